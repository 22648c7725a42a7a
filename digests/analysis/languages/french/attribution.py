"""Quotes -> who says them: by the verb beside them, by what announces them, by who was speaking."""

import re
from collections.abc import Sequence
from dataclasses import replace

from digests.analysis.languages.french.announced import Announcements
from digests.analysis.languages.french.answers import Answer
from digests.analysis.languages.french.cast import Cast
from digests.analysis.languages.french.found import DENIED, UNKNOWN, Found
from digests.analysis.languages.french.mentions import Mention, is_somebody, read_mention
from digests.analysis.languages.french.resolve import Resolved, Resolver
from digests.analysis.languages.french.sentences import Sentences
from digests.analysis.languages.french.sources import source_before, source_behind
from digests.analysis.languages.french.speech import Piece
from digests.analysis.languages.french.subjects import Subjects
from digests.analysis.languages.french.verbs import (
    Verb,
    find_subject,
    read_behind_quote,
    read_inverted,
    read_loose,
)
from digests.analysis.quotes import count_words

_GAP = re.compile(r"[\s\u00a0»”\"]*,?(?:\s[–—-])?[\s\u00a0]*")
_SIGNED = re.compile(r"[\s\u00a0]*(?:[—–]\s+|\()(?=[A-ZÀ-Þ])")
_FOR_WHOM = re.compile(r",?\s(?:pour|selon|d['’]après) (?:qui|lequel|laquelle),?[\s\u00a0]*$")
_FEW, _FAR = 3, 120
_ANSWERED = 0.95


class Attributor:
    """Decides the pieces of one article in order."""

    def __init__(
        self, text: str, pieces: Sequence[Piece], cast: Cast, sentences: Sentences, subjects: Subjects
    ) -> None:
        self.text, self.pieces, self.cast, self.sentences = text, pieces, cast, sentences
        self.subjects = subjects
        self._announcements = Announcements(text, cast, sentences, subjects)
        self.resolver = Resolver(text, cast, sentences)
        self.found: list[Found | None] = [None] * len(pieces)
        self._advanced = 0

    def run(self) -> list[Found | None]:
        """Return what was found for each piece."""
        for index in range(len(self.pieces)):
            if self.found[index] is None:
                self._decide(index)
        self._advance(len(self.sentences.spans) - 1, self.pieces[-12:])
        return self.found

    def _advance(self, until: int, near: Sequence[Piece]) -> None:
        """Let the subjects of the sentences up to a number come into focus, but for what is said in them."""
        spoken = [piece.span for piece in near]
        for number in range(self._advanced, until + 1):
            start, end = self.sentences.spans[number]
            inside = [span.outer_start for span in spoken if start <= span.outer_start < end]
            mention = self.subjects.of_sentence(start, min([end, *inside]))
            if mention is not None and mention.person is None and is_somebody(self.text, mention):
                self.resolver.resolve(mention, speaks=False)
        self._advanced = max(self._advanced, until + 1)

    def _decide(self, index: int) -> None:
        until = self.sentences.at(self.pieces[index].span.outer_start)
        self._advance(until, self.pieces[max(0, index - 12) : index + 1])
        found = self._direct(index) or self._from_sentence(index) or self._ahead(index) or self._around(index)
        self.found[index] = found
        if found is not None and found.direct:
            self.resolver.speaks(self.pieces[index].span.start, found.who)

    # --- what stands at the quote itself ---------------------------------------------------------------

    def _direct(self, index: int) -> Found | None:
        piece = self.pieces[index]
        if piece.answer is not None:
            return self._answered(piece.answer)
        before = self._same_part(index)
        if before is not None and piece.incise is not None and self.pieces[before].incise == piece.incise:
            return self.found[before]
        if piece.incise is not None:
            return self._by_verb(self._verb_at(piece.incise[0]))
        if before is not None and self.found[before] is not None:
            return self.found[before]
        return self._behind(index) or self._announced(index)

    def _answered(self, answer: Answer) -> Found:
        """Return who answers in an interview; only a label prints somebody there."""
        start, end = answer.named
        person = self.cast.at.get(start)
        name = person.name if person is not None else re.sub(r"\s", " ", self.text[start:end])
        mention = Mention(*answer.label, person) if answer.label is not None else None
        return Found(Resolved(name, person, _ANSWERED), mention, None, direct=True)

    def _verb_at(self, at: int) -> Verb | None:
        return read_inverted(self.text, at) or read_loose(self.text, at)

    def _same_part(self, index: int) -> int | None:
        return index - 1 if index and self.pieces[index - 1].part == self.pieces[index].part else None

    def _by_verb(self, verb: Verb | None, *, anybody: bool = False) -> Found | None:
        """Return the subject that hangs on a verb, or stands behind it; ``anybody`` takes every noun."""
        if verb is None:
            return None
        if verb.pronoun is not None:
            mention: Mention | None = Mention(*verb.pronoun, pronoun=True)
        else:
            at = find_subject(self.text, verb.end)
            mention = read_mention(self.text, self.cast, verb.end if at is None else at)
        if mention is None or not (anybody or is_somebody(self.text, mention)):
            return None
        return Found(self.resolver.resolve(mention), mention, verb, direct=True)

    def _behind(self, index: int) -> Found | None:
        """Return who is told right behind a quote: "…, a dit la maire", "…, selon elle", "… — Jeanne"."""
        span = self.pieces[index].span
        gap = _GAP.match(self.text, span.outer_end)
        at = gap.end() if gap is not None else span.outer_end
        ended = self.text[span.end - 1] in ".?!…" or self.text[span.outer_end : at].strip() == ""
        if self.text[at : at + 1].islower() and (ended or "," in self.text[span.outer_end : at]):
            found = self._by_verb(self._verb_at(at)) or self._by_verb(
                read_behind_quote(self.text, at), anybody=True
            )
            if found is not None:
                return found
        mention = source_behind(self.text, self.cast, span.outer_end)
        signed = _SIGNED.match(self.text, span.outer_end)
        if mention is None and signed is not None and signed.end() in self.cast.at:
            mention = read_mention(self.text, self.cast, signed.end())
        if mention is None:
            return None
        return Found(self.resolver.resolve(mention), mention, None, direct=True)

    def _announced(self, index: int) -> Found | None:
        """Return who is told before a colon: "La maire a déclaré : « … »", "Jeanne Morlet : « … »"."""
        announced = self._announcements.before(self.pieces[index].span)
        if announced is None:
            return None
        if announced.denied:
            return DENIED
        found = self._told(announced.mention, announced.verb, announced.malus)
        if found is None and announced.stranger:
            return UNKNOWN
        if found is not None or not announced.again:
            return found
        again = self._again(index, 0.03)
        return replace(again, direct=True) if again is not None else None

    def _told(
        self, mention: Mention | None, verb: Verb | None, malus: float, *, direct: bool = True
    ) -> Found | None:
        if mention is None:
            return None
        who = self.resolver.resolve(mention, speaks=direct)
        return Found(replace(who, sure=round(max(who.sure - malus, 0.0), 3)), mention, verb, direct=direct)

    def _again(self, index: int, malus: float) -> Found | None:
        """Return the speaker of the piece before, for one that only goes on."""
        before = self.found[index - 1] if index else None
        if before is None or not before.who.name:
            return None
        return Found(replace(before.who, sure=round(max(before.who.sure - malus, 0.0), 3)), None, None)

    # --- what stands around it -------------------------------------------------------------------------

    def _from_sentence(self, index: int) -> Found | None:
        """Return whose words a sentence takes in: "Elle dénonce « une faute »", "« inutile », selon lui"."""
        span = self.pieces[index].span
        start, end = self.sentences.around(span.outer_start)
        if span.outer_start <= start + 1 and self.text[span.outer_end : end].strip(" .,!?\u00a0") == "":
            return None
        mention = source_before(self.text, self.cast, start, span.outer_start) or self._source_in(
            span.outer_end, end
        )
        mention = mention or self._for_whom(start, span.outer_start)
        if mention is not None:
            return Found(self.resolver.resolve(mention), mention, None, direct=True, inside=True)
        narrated = self.subjects.of_narrative(start, span.outer_start)
        found = (None, narrated) if narrated else self.subjects.taking_in(index, start, span.outer_start)
        if found is None:
            return self._joined(index, start)
        verb, mention = found
        if mention is None or not is_somebody(self.text, mention):
            return None
        who = self.resolver.resolve(mention)
        few = count_words(self.text[span.start : span.end]) <= _FEW
        return Found(
            replace(who, sure=round(who.sure - (0.08 if few else 0.04), 3)),
            mention,
            verb,
            direct=True,
            inside=True,
        )

    def _for_whom(self, start: int, at: int) -> Mention | None:
        """Return who stands before "pour qui": "… M. Koné, pour qui « tout est écrit »"."""
        found = _FOR_WHOM.search(self.text, start, at)
        named = self.cast.named_within(start, found.start()) if found is not None else []
        if found is None or not named or self.cast.ends[named[-1]] < found.start():
            return None
        return Mention(named[-1], self.cast.ends[named[-1]], self.cast.at[named[-1]])

    def _joined(self, index: int, start: int) -> Found | None:
        """Return the subject of a verb before for one joined to it: "dénonce « … » et parle de « … »"."""
        before = self.found[index - 1] if index else None
        span, last = self.pieces[index].span, self.pieces[index - 1].span
        if before is None or not before.inside or last.outer_start < start or before.mention is None:
            return None
        verb = self.subjects.verb_before(last.outer_end, span.outer_start)
        return replace(before, verb=verb) if verb is not None and not verb.denied else None

    def _source_in(self, at: int, end: int) -> Mention | None:
        """Return the source told further behind in the sentence: "« inutile » et cher, selon elle"."""
        tail = self.sentences.flat[at:end]
        for comma in re.finditer(r",\s+(?=[a-zé])", tail[:_FAR]):
            verb = read_inverted(self.text, at + comma.end())
            told = self._by_verb(verb) if verb is not None and verb.end < end else None
            if told is not None:
                return told.mention
        found = re.search(r",\s+(?=selon\s|d['’]après\s)", tail)
        return (
            source_behind(self.text, self.cast, at + found.start())
            if found is not None and found.start() < 120
            else None
        )

    def _ahead(self, index: int) -> Found | None:
        """Return the next quote's speaker where only white space parts them: « … » « … », a-t-elle dit."""
        if index + 1 >= len(self.pieces):
            return None
        span, following = self.pieces[index].span, self.pieces[index + 1].span
        if following.paragraph != span.paragraph or self.text[span.outer_end : following.outer_start].strip(
            " .\u00a0"
        ):
            return None
        found = self._direct(index + 1)
        if found is None:
            return None
        self.found[index + 1] = found
        return replace(found, who=replace(found.who, sure=round(found.who.sure - 0.08, 3)))

    def _around(self, index: int) -> Found | None:
        """Return who was speaking, or who was just told of, for a quote that stands alone."""
        span = self.pieces[index].span
        before = self.pieces[index - 1].span if index else None
        start = self.sentences.around(span.outer_start)[0]
        if before is not None and before.continues and before.paragraph == span.paragraph - 1:
            return self._again(index, 0.0)
        if self.pieces[index].dialogue and index > 1 and self.pieces[index - 1].dialogue:
            return self._turn(index)
        if before is not None and before.paragraph == span.paragraph:
            between = self.sentences.at(span.outer_start) - self.sentences.at(before.outer_start)
            if self._is_anothers(index, start):
                return UNKNOWN
            if between <= 1:
                return self._again(index, 0.06)
        told = self._sentence_before(start) or self._sentence_behind(index)
        if told is not None:
            return told
        if before is not None and before.paragraph == span.paragraph - 1 and self._opens_paragraph(index):
            return self._again(index, 0.2) or self._of_story(start)
        return self._of_story(start) if self._opens_paragraph(index) else None

    def _is_anothers(self, index: int, start: int) -> bool:
        """Return whether a sentence that takes words in is about somebody else than who spoke before."""
        span, before = self.pieces[index].span, self.found[index - 1]
        if before is None or span.outer_start <= start + 1 or not self.text[span.start].islower():
            return False
        mention = self.subjects.of_sentence(start, span.outer_start)
        if mention is None or mention.pronoun or not is_somebody(self.text, mention):
            return False
        return self.resolver.resolve(mention).name != before.who.name

    def _of_story(self, start: int) -> Found | None:
        """Return whom the paragraph before ends with, for one that is a quote alone; too unsure to print."""
        number = self.sentences.at(start)
        mention = self.subjects.of_sentence(*self.sentences.spans[number - 1]) if number else None
        return (
            self._told(mention, None, 0.3, direct=False)
            if mention is not None and is_somebody(self.text, mention)
            else None
        )

    def _opens_paragraph(self, index: int) -> bool:
        span = self.pieces[index].span
        return self.text[: span.outer_start].rstrip(" ").endswith("\n") or span.outer_start == 0

    def _turn(self, index: int) -> Found | None:
        """Return the other of two who take turns."""
        turns = {
            self.pieces[at].part: at for at in range(max(0, index - 8), index) if self.pieces[at].dialogue
        }
        places = list(turns.values())[-2:]
        last, before = (self.found[at] for at in places) if len(places) > 1 else (None, None)
        if before is None or last is None or before.who.name == last.who.name:
            return None
        return Found(replace(last.who, sure=round(min(last.who.sure - 0.1, 0.8), 3)), None, None)

    def _sentence_before(self, start: int) -> Found | None:
        """Return the subject of the sentence before, in the same paragraph: "Elle se tait. « … »"."""
        number = self.sentences.at(start)
        if number == 0:
            return None
        first, end = self.sentences.spans[number - 1]
        if "\n" in self.text[first:start]:
            announces = self.text[first:end].rstrip().endswith(":")
            return self._told(self.subjects.of_sentence(first, end), None, 0.1) if announces else None
        mention = self.subjects.of_sentence(first, end)
        if mention is None or not is_somebody(self.text, mention):
            return None
        return self._told(mention, None, 0.12, direct=False)

    def _sentence_behind(self, index: int) -> Found | None:
        """Return the name that begins the sentence behind a quote that opens a paragraph."""
        span = self.pieces[index].span
        number = self.sentences.at(span.outer_start) + 1
        if not self._opens_paragraph(index) or number >= len(self.sentences.spans):
            return None
        start, end = self.sentences.spans[number]
        between = self.text[span.outer_end : start]
        if "\n" in between or between.strip() or start not in self.cast.at:
            return None
        mention = self.subjects.of_sentence(start, end)
        return self._told(mention, None, 0.18, direct=False) if mention is not None else None
