"""Who is in focus where a quote stands: the subject of the sentences before it, where nothing is in doubt."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from digests.analysis.languages.focus import Focus, meant, resolve
from digests.analysis.languages.follow import bare_cue
from digests.analysis.languages.gender import UNKNOWN, gender_of
from digests.analysis.languages.people import Known, merged
from digests.analysis.languages.readers import Reading
from digests.analysis.languages.subjects import BLANK, Sentence, begins_with_noun, rivals, subject_of
from digests.analysis.languages.words import skip_space
from digests.analysis.quotes import QuotedSpan, find_paragraphs

_STOP = re.compile(r"(?<!\W\d)(?<!\W\d\d)(?<!\bDr)(?<!\bProf)(?<!\bSt)[.!?…]+[»”“\"«)]*\s+(?=\S)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(slots=True)
class Scene:
    """A text whose quoted words are blank, its sentences, and who has spoken in it so far."""

    known: Known
    bare: str
    starts: list[int]
    """Where the reporter's sentences begin."""
    firsts: list[int]
    """The numbers of those that begin a paragraph."""
    voices: dict[int, str | None] = field(default_factory=dict)
    _read: dict[int, Focus] = field(default_factory=dict)
    _kept: dict[int, Focus] = field(default_factory=dict)

    def speak(self, span: QuotedSpan, speaker: str | None) -> None:
        """Take in who says a quote; quotes come in order."""
        self.voices[span.outer_start] = speaker
        number = self._number(span.outer_start)
        while number in self._read:
            del self._read[number]
            number += 1

    def resolve(self, who: Reading) -> str | None:
        """Return the fullest name of whom a text means."""
        return resolve(self.known, who, self.at(who.start))

    def at(self, place: int) -> Focus:
        """Return who is in focus at a place; at a paragraph's start, who was at the end of the one before."""
        number = self._number(place)
        first = self.firsts[bisect_right(self.firsts, number) - 1]
        return self._behind(number - 1, first) if number > first else self._before(first)

    def _behind(self, number: int, first: int) -> Focus:
        """Return the focus behind a sentence of the paragraph that begins with the sentence ``first``."""
        known = number
        while known >= first and known not in self._read:
            known -= 1
        focus = self._read[known] if known >= first else Focus(strangers=False)
        for one in range(known + 1, number + 1):
            focus = self._read[one] = self._after(focus, *self._bounds(one))
        return focus

    def _before(self, first: int) -> Focus:
        """Return the focus of the paragraph before; all others named by then may be meant by a pronoun."""
        if first == 0:
            return Focus()
        if first not in self._kept:
            self._kept[first] = self._carried(first)
        return self._kept[first]

    def _carried(self, first: int) -> Focus:
        focus = self._behind(first - 1, self.firsts[bisect_right(self.firsts, first - 1) - 1])
        begin = self.starts[first]
        by_then = merged({one for one, place in self.known.first.items() if place < begin}) - {focus.subject}
        others = {gender_of(one, self.known.table) for one in by_then}
        everybody = by_then | ({focus.subject} if focus.subject else set())
        near = everybody if len(everybody) == 1 else frozenset[str]()
        return Focus(focus.subject, frozenset(near), rivals=focus.rivals | others)

    def meant(self, pronoun: str, place: int) -> str | None:
        """Return whom a pronoun, or a verb without a subject (``""``), means at a place."""
        return meant(self.known, self.at(place), pronoun)

    def sentence(self, place: int) -> tuple[int, int]:
        """Return where the reporter's sentence around a place begins and ends."""
        return self._bounds(self._number(place))

    def opens(self, span: QuotedSpan) -> bool:
        """Return whether a quote begins a sentence of the reporter's."""
        return self.sentence(span.outer_start)[0] >= span.outer_start

    def _number(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)

    def _bounds(self, number: int) -> tuple[int, int]:
        stop = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.bare)
        return self.starts[number], stop

    def _after(self, focus: Focus, start: int, stop: int) -> Focus:
        """Return the focus behind a sentence."""
        named, sentence = self.named(start, stop), Sentence(self.known, self.bare, start, stop)
        spoken = start in self.voices
        one, told = (self.voices[start], True) if spoken else subject_of(sentence, focus)
        alone = focus.near | named
        who = next(iter(alone)) if one is None and len(alone) == 1 else one
        others = rivals(sentence, who, named) | ({UNKNOWN} if spoken and one is None else set())
        near = focus.near | named | ({one} if one in self.known.first else set())
        if one is None and not named and not others:
            return replace(focus, near=near, told=False)
        strangers = focus.strangers or bool(others) or (one is None and begins_with_noun(sentence))
        return Focus(one, near, told, others, strangers)

    def named(self, start: int, stop: int) -> frozenset[str]:
        """Return everybody whom the reporter names between two places."""
        return frozenset(merged(self.known.mentions(start, stop, self.bare)))


def make_scene(known: Known, spans: Iterable[QuotedSpan]) -> Scene:
    """Return the scene of a text in which nobody has spoken yet."""
    letters = list(known.text)
    for span in spans:
        for at in range(span.start, span.end):
            if letters[at] != "\n" and not (at == span.end - 1 and letters[at] in ".!?…"):
                letters[at] = BLANK
    bare = "".join(letters)
    starts: list[int] = []
    firsts: list[int] = []
    for begin, end in find_paragraphs(bare):
        firsts.append(len(starts))
        starts += [skip_space(bare, begin), *(match.end() for match in _STOP.finditer(bare, begin, end))]
    return Scene(known, bare, starts or [0], firsts or [0])


def in_focus(scene: Scene, span: QuotedSpan, at: int) -> str | None:
    """Return who says a quote with a verb of saying behind it, at ``at``, that has no subject or a pronoun.

    "Kanzler Jan Holt verteidigte die Reform. „Wir müssen handeln“, sagte er."
    """
    focus = scene.at(span.outer_start)
    pronoun = bare_cue(scene.known, at, focus.subject, split=True)
    return meant(scene.known, focus, pronoun) if pronoun is not None else None
