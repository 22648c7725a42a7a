"""What announces a French quote: "La maire a déclaré :", "Jeanne Morlet :", "Et d'ajouter :"."""

import re
from dataclasses import dataclass

from digests.analysis.languages.french.cast import Cast
from digests.analysis.languages.french.mentions import Mention, is_somebody, read_mention
from digests.analysis.languages.french.sentences import Sentences
from digests.analysis.languages.french.sources import source_before
from digests.analysis.languages.french.subjects import Subjects
from digests.analysis.languages.french.verbs import Verb
from digests.analysis.quotes import QuotedSpan

_INITIALS = re.compile(r"([A-ZÀ-Þ])\.?[ \u00a0-]?([A-ZÀ-Þ])\.?[ \u00a0]*:")
_LABEL = re.compile(r"(?:^|\n)[ \t]*(?=[A-ZÀ-Þ])[^\n:.«]{3,60}?[ \u00a0]?:[ \u00a0]*$")
_CHAINED = re.compile(
    r"(?:[Aa]vant (?:de|d['’])|(?:et|puis) (?:de|d['’])|Et (?:de|d['’])|^\s*(?:De|D['’])|en\s|,\s)\s?"
    r"(?:\w+er|\w+ir|\w+re|\w+ant)\b[^:«]{0,80}:[\s\u00a0]*$"
)
_ANSWER = re.compile(
    r"(?:^|[\s«»])(?:[Rr]éponse|[Rr]éplique|[Rr]éaction|[Cc]ommentaire|[Ee]xplication|[Cc]onstat|[Aa]veu|[Cc]onclusion"
    r"|[Vv]erdict)(?:\s[^\W\d_]+)?\s(?P<who>(?:d[eu]|des)\s[^:«»]{2,80}|d['’][^:«»]{2,80})[\s\u00a0]?:[\s\u00a0]*$"
)
_NEW = re.compile(r"Une?\s")
_ANONYMOUS = re.compile(
    r"(?<![\w’'-])(?P<who>[Uu]ne?\s(?:(?!\sune?\s)[^,;:«»“”]){3,60}?),?\s(?:qui\s|sous\s|souhait|préfér|requ[eé]r|dés|tenant\s)"
    r"[^,;:«»“”]{0,50}anonym"
)
_GOES_ON = re.compile(r"\W*(?:Et|De|D['’]|Avant|En)")
_PLAINLY = re.compile(r"\b(?:dit|déclaré|affirmé|promis|écrit|prononcé|répondu)$")
"""What is not said where it is denied; "ne croit pas : « … »" still quotes."""


@dataclass(frozen=True, slots=True)
class Announced:
    """Who is announced, by which verb, and how much less sure that is than the mention itself.

    ``again`` says that it is whoever spoke before, where nobody is printed; ``denied`` that nobody said it;
    ``stranger`` that the sentence brings somebody or something new, so that it is not who spoke before.
    """

    mention: Mention | None
    verb: Verb | None = None
    malus: float = 0.0
    again: bool = False
    denied: bool = False
    stranger: bool = False


class Announcements:
    """Reads what stands before colons in one article."""

    def __init__(self, text: str, cast: Cast, sentences: Sentences, subjects: Subjects) -> None:
        self.text, self.cast, self.sentences, self.subjects = text, cast, sentences, subjects

    def before(self, span: QuotedSpan) -> Announced | None:
        """Return who is announced before a quote, ``None`` where no colon stands there."""
        start = self.sentences.around(span.outer_start)[0]
        prefix = self.text[start : span.outer_start].rstrip(" \u00a0")
        if not prefix.endswith(":"):
            return None
        colon = start + len(prefix)
        mention = (
            self._label(start, colon)
            or source_before(self.text, self.cast, start, colon)
            or self._initials(start, colon)
            or self._answer(prefix, start)
        )
        if mention is not None:
            return Announced(mention)
        narrated = self.subjects.of_narrative(start, colon)
        if narrated is not None:
            return Announced(narrated, malus=0.04)
        return self._chained(prefix, start, colon) or self._by_verb(start, colon)

    def _by_verb(self, start: int, colon: int) -> Announced:
        """Read the last verb of saying, else the subject of the sentence."""
        verb, mention = self.subjects.of_last_verb(start, colon)
        if verb is not None and verb.denied and _PLAINLY.search(self.text, verb.start, verb.end):
            return Announced(None, denied=True)
        if mention is not None and (is_somebody(self.text, mention) or mention.end < colon):
            return Announced(mention, verb)
        subject = self._shy(start, colon) or self.subjects.of_sentence(start, colon, strict=True)
        stranger = _NEW.match(self.text, start) is not None
        return Announced(subject, malus=0.06, stranger=stranger)

    def _shy(self, start: int, colon: int) -> Mention | None:
        """Return who wants no name, whatever the noun: "Un cadre, qui préfère garder l'anonymat, … :"."""
        shy = list(_ANONYMOUS.finditer(self.text, start, colon))
        if not shy:
            return None
        return read_mention(self.text, self.cast, shy[-1].start("who"), shy[-1].end("who"))

    def _chained(self, prefix: str, start: int, colon: int) -> Announced | None:
        """Read "Et d'ajouter :", "avant de conclure :", "en précisant :"."""
        chained = _CHAINED.search(prefix)
        if chained is None:
            return None
        if _GOES_ON.match(prefix) and not self.cast.named_within(start, start + chained.start() + 1):
            return Announced(None, again=True)
        return Announced(self.subjects.of_sentence(start, colon), malus=0.05, again=True)

    def _label(self, start: int, colon: int) -> Mention | None:
        """Return the name that labels a quote: "Jeanne Morlet, maire de Kervel :"."""
        named = self.cast.named_within(start, colon)
        if len(named) != 1 or not _LABEL.search(self.text[max(0, start - 1) : colon]):
            return None
        between = self.text[self.cast.ends[named[0]] : colon].strip(" \u00a0:")
        alone = len(self.text[start : named[0]].strip()) <= _LONGEST_TITLE
        labels = alone and (not between or between[0] in ",(")
        return read_mention(self.text, self.cast, named[0]) if labels else None

    def _answer(self, prefix: str, start: int) -> Mention | None:
        """Return whose answer it is: "Réponse du prévenu :", "Commentaire de Jeanne Morlet :"."""
        found = _ANSWER.search(prefix)
        if found is None:
            return None
        behind = re.compile(r"(?:de\s|d['’])?").match(found["who"])
        at = start + found.start("who") + (behind.end() if behind is not None else 0)
        mention = read_mention(self.text, self.cast, at)
        return mention if mention is not None and is_somebody(self.text, mention) else None

    def _initials(self, start: int, colon: int) -> Mention | None:
        """Return who is labelled by initials: "N. C. : « … »"."""
        found = _INITIALS.fullmatch(self.text, start, colon)
        if found is None:
            return None
        letters = [found[1], found[2]]
        meant = [one for one in self.cast.people if [part[0] for part in one.name.split()] == letters]
        return Mention(start, found.end(2), meant[0]) if len(meant) == 1 else None


_LONGEST_TITLE = 5
