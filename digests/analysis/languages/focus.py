"""Who is in focus, and whom a pronoun, an office or a name means there."""

from dataclasses import dataclass

from digests.analysis.languages.gender import UNKNOWN, gender_of, gender_of_pronoun, may_be
from digests.analysis.languages.offices import holder
from digests.analysis.languages.people import Known
from digests.analysis.languages.readers import Form, Reading


@dataclass(frozen=True, slots=True)
class Focus:
    """Whose deeds a paragraph tells, whom it has named, and what makes that doubtful.

    ``told`` says that the last sentence tells the subject's words, ``rivals`` are the genders of others in it
    whom a pronoun may mean; ``strangers`` says that there were such in any sentence of the paragraph.
    """

    subject: str | None = None
    near: frozenset[str] = frozenset()
    told: bool = False
    rivals: frozenset[int] = frozenset()
    strangers: bool = True


def meant(known: Known, focus: Focus, pronoun: str) -> str | None:
    """Return whom a pronoun, or a verb without a subject (``""``), means."""
    table = known.table
    gender = gender_of_pronoun(pronoun, table) if pronoun else UNKNOWN
    one = focus.subject
    if one is None and len(focus.near) == 1:
        one = next(iter(focus.near))
        if (pronoun and gender_of(one, table) == UNKNOWN) or (not pronoun and focus.strangers):
            return None
    if one is None or not may_be(gender, gender_of(one, table)):
        return None
    if one.split()[0].lower() in table.indefinite:
        return None
    return None if any(may_be(gender, rival) for rival in focus.rivals) else one


def resolve(known: Known, who: Reading, focus: Focus) -> str | None:
    """Return the fullest name of whom a text means."""
    if who.form is not Form.OFFICE:
        return known.resolve(who)
    return holder(known, who, focus.near | ({focus.subject} if focus.subject else set()))
