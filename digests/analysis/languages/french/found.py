"""What was found of one piece of French speech."""

from dataclasses import dataclass

from digests.analysis.languages.french.mentions import Mention
from digests.analysis.languages.french.resolve import NOBODY, Resolved
from digests.analysis.languages.french.verbs import Verb


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a piece: who is printed as its speaker, who that is, and the verb between them."""

    who: Resolved = NOBODY
    mention: Mention | None = None
    verb: Verb | None = None
    direct: bool = False
    """Whether the words themselves say who speaks, and not only what stands around them."""

    inside: bool = False
    """Whether the reporter's sentence takes the words in: "dénonce « une faute »"."""


DENIED = Found()
"""What somebody did not say: "n'a pas dit : « … »"."""

UNKNOWN = Found(direct=True)
"""What somebody said whom the article brings in there, and of whom nothing certain can be told."""
