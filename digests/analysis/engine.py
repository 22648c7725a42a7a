"""An article's text -> who said what in it. Calls the analysis rooms in order."""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from digests.analysis.actors import find_actors
from digests.analysis.attributed import make_quotes
from digests.analysis.attribution import Found, Ranker, attribute
from digests.analysis.cast import Cast
from digests.analysis.cues import Cue, find_cues
from digests.analysis.importance import Voices, make_actors
from digests.analysis.language import detect_language
from digests.analysis.languages.rooms import Rooms
from digests.analysis.lexicon import SAY_VERBS
from digests.analysis.parse import Parser
from digests.analysis.pronouns import make_cast
from digests.analysis.quotes import find_quotes
from digests.analysis.scene import Scene, set_scene
from digests.analysis.speech import SpeechJudge
from digests.analysis.statements import ReportJudge, make_statements
from digests.analysis.tokens import Token
from digests.analysis.verify import verify_analysis
from digests.model import Analysis

ENGINE_VERSION = "onrecord-3"
_MOST_CHARS = 250_000
"""An article is analysed up to here, about 40,000 words; no news article is longer."""


class Engine:
    """The analyser with its model loaded; one per process."""

    def __init__(self) -> None:
        self._parser = Parser()
        self._ranker = Ranker()
        self._judge = SpeechJudge()
        self._reports = ReportJudge()
        self._rooms = Rooms(ENGINE_VERSION)
        self.version = f"{ENGINE_VERSION} {self._parser.model_name}"

    def analyse(self, text: str, *, byline: str = "", published: datetime | None = None) -> Analysis:
        """Return who said what in ``text``; whoever is named in the byline alone is no actor.

        Days are told as dates where ``published`` says which "Monday" is meant.
        """
        text = text[:_MOST_CHARS]
        language = detect_language(text)
        if language not in ("en", "und"):
            return self._rooms.analyse(text, language, byline, published)
        return self._english(text, language, byline, published)

    def _english(self, text: str, language: str, byline: str, published: datetime | None) -> Analysis:
        started = time.process_time()
        spans = find_quotes(text)
        parsed = self._parser.parse(text, spans)
        cues = find_cues(parsed)
        scene = set_scene(parsed, spans, cues)
        found = self._speakers(scene)
        people = find_actors(parsed, scene.credits, _speaking(found, cues))
        cast = make_cast(parsed, people, _said(scene, found))
        day = published.date() if published else None
        quotes, spoken = make_quotes(scene, cast, found, day)
        analysis = Analysis(
            engine=self.version,
            language=language,
            quotes=quotes,
            statements=make_statements(scene, cast, self._reports.find(scene), day),
            actors=make_actors(
                cast, Voices(quoted=spoken, reported=_reported(cast, cues)), byline, scene.credits
            ),
            seconds=time.process_time() - started,
        )
        return verify_analysis(text, analysis)

    def _speakers(self, scene: Scene) -> list[Found | None]:
        """Return what was found for each quote; ``None`` where the marks hold no speech."""
        found = attribute(scene, self._ranker)
        speech = self._judge.are_speech(scene, found)
        return [row if said else None for row, said in zip(found, speech, strict=True)]


def _speaking(found: Sequence[Found | None], cues: Sequence[Cue]) -> list[Token]:
    """Return the heads of the mentions that speak, quoted or not."""
    rows = [row.speaker for row in found if row is not None and row.speaker is not None and row.sure > 0.5]
    return [*rows, *(cue.subject for cue in cues if cue.subject is not None and cue.verb in SAY_VERBS)]


def _reported(cast: Cast, cues: Sequence[Cue]) -> Counter[int]:
    """Return how often each person (by ``id``) is the subject of a verb of saying, quoted or not."""
    told: Counter[int] = Counter()
    for cue in cues:
        if cue.subject is not None and cue.verb in SAY_VERBS:
            taken = cast.pronouns.get(cue.subject.i)
            person = taken.person if taken is not None else cast.named_by(cue.subject)
            if person is not None:
                told[id(person)] += 1
    return told


def _said(scene: Scene, found: Sequence[Found | None]) -> dict[int, str]:
    """Return what was quoted of each mention that speaks, by its head token."""
    said: dict[int, str] = {}
    for span, row in zip(scene.quotes, found, strict=True):
        if row is not None and row.speaker is not None:
            words = scene.parsed.text[span.start : span.end]
            said[row.speaker.i] = f"{said.get(row.speaker.i, '')} {words}"
    return said
