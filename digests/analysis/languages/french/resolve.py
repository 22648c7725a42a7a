"""Mentions -> names: "elle", "la candidate", "le patron pêcheur" to the fullest name that the text gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digests.analysis.languages.french.alike import (
    are_alike,
    gender_by_adjective,
    gender_of,
    lowered,
    speaks_as_one,
    stem,
)
from digests.analysis.languages.french.cast import Cast
from digests.analysis.languages.french.descriptions import AGED, OFFICES, SURE, TELLS_LITTLE, Descriptions
from digests.analysis.languages.french.focus import Focus, Row
from digests.analysis.languages.french.mentions import ONE_OF, Mention, read_mention
from digests.analysis.languages.french.roles import LEANS
from digests.analysis.languages.french.sentences import Sentences
from digests.analysis.languages.french.unnamed import find_new, full_group_name
from digests.analysis.languages.french.verbs import WORD
from digests.analysis.languages.french.words import is_role
from digests.analysis.people import Person
from digests.model import ActorKind

_FEMININE = re.compile(r"(?:elles?|celle-ci|cette dernière|l['’]intéressée)$", re.I)
_PLURAL = re.compile(r"(?:ils|elles|on)$", re.I)
_IS_FROM = re.compile(
    r"(?:[Ll][ae]|[Cc]e|[Cc]ette)\s[A-ZÀ-Þ][\w-]*(?:aise?|oise?|ienn?e?|onn?e?|ine?|and|ande|éenne|éen|iote|ard|arde)"
)
"""Somebody by town or land: "la Bretonne", "le Brestois"."""

_ARTICLE = re.compile(r"(?:l[ae]s?\s|l['’])", re.IGNORECASE)
_SUBORDINATE = re.compile(r"(?<![\w’'-])(?:que|qui|ils?|elles?|on)(?![\w’'-])|(?<![\w’'-])[Qq]u['’]")
"""What makes a sentence's opening one of somebody else: "Elle raconte que mardi, une patiente a"."""

_OPENS = re.compile(r"(?:L[ae]s?|Un|Une|Des|Ce|Cet|Cette|Ces|Son|Sa|Ses|Leurs?)\s|L['’]")
_OF_MANY = frozenset("un une des plusieurs certains deux trois quatre les ses ces".split())
_DOER = re.compile(r"(?:iste|euse|eur|trice|ière|ier|ienne|ien)$")
_SHORTEST_STEM, _MENTIONS_READ = 3, 6
_FRESH, _FAR_BACK = 3, 0.65
_NAMED, _SAME = 0.9, 0.8
_ANY_GROUP = frozenset("organisation entreprise groupe société institution structure firme compagnie".split())


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is meant: the name, the person where it is one of the cast, and how surely."""

    name: str
    person: Person | None
    sure: float


NOBODY = Resolved("", None, 0.0)


class Resolver:
    """Follows through one article who is in focus."""

    def __init__(self, text: str, cast: Cast, sentences: Sentences) -> None:
        self.text, self.cast, self.sentences = text, cast, sentences
        self._groups: list[str] = []
        self._nameless: dict[str, Person] = {}
        self.descriptions = Descriptions(text, cast, sentences)
        self._focus = Focus([*self._named(), *self._introduced()])

    def _named(self) -> Iterator[Row]:
        """Yield where people are named outside quotes; who comes first in a sentence weighs more."""
        last = -1
        for at in self.cast.named_within(0, len(self.text)):
            if self.sentences.flat[at : at + 1] != self.text[at : at + 1]:
                continue
            sentence = self.sentences.at(at)
            leans = LEANS.search(self.text[max(0, at - 8) : at])
            yield Row(at, sentence, self.cast.at[at], 0.0 if leans or sentence == last else 0.8)
            last = sentence

    def _introduced(self) -> Iterator[Row]:
        """Yield where a sentence begins with somebody new and unnamed: "À la barre, un gendarme raconte"."""
        for match in find_new(self.sentences.flat):
            at, noun = match.start(), match["noun"]
            opening = self.text[self.sentences.around(at)[0] : at].strip()
            mention = read_mention(self.text, self.cast, at) if is_role(noun) else None
            led = bool(opening) and (opening[-1] != "," or _SUBORDINATE.search(opening) is not None)
            if mention is None or mention.person is not None or led:
                continue
            printed = lowered(re.sub(r"\s+", " ", match[0]))
            who = self._unnamed(printed, [noun], gender_of(match["article"].lower(), [noun]))
            if who.person is not None:
                yield Row(at, self.sentences.at(at), who.person, 0.8, who.sure)

    def resolve(self, mention: Mention, *, speaks: bool = True) -> Resolved:
        """Return who is meant, and remember that they are in focus there, and what they are called."""
        found = self._resolve(mention)
        described = mention.person is None and not mention.pronoun
        if described and found.sure >= SURE and found.person in self.cast.people:
            printed = re.sub(r"\s+", " ", self.text[mention.start : mention.end])
            self.descriptions.learn(mention, printed, found.person, speaks=speaks)
        if found.person is not None and mention.person is None:
            self._bring(mention.start, found, 0.8)
        return found

    def speaks(self, at: int, who: Resolved) -> None:
        """Remember that somebody speaks at ``at``."""
        self._bring(at, who, 1.0)

    def _bring(self, at: int, who: Resolved, weight: float) -> None:
        if who.person is not None and who.person.kind is ActorKind.PERSON:
            self._focus.add(Row(at, self.sentences.at(at), who.person, weight, who.sure))

    def _resolve(self, mention: Mention) -> Resolved:
        if mention.person is not None:
            return Resolved(mention.person.name, mention.person, 0.96)
        printed = re.sub(r"\s+", " ", self.text[mention.start : mention.end])
        if mention.pronoun:
            return self._pronoun(mention, printed)
        if printed[:1].isupper() and not _OPENS.match(printed):
            return Resolved(re.sub(r"^(?:M\.|Mme|Mlle|Me|Dr\.?|Pr\.?) ", "", printed), None, 0.85)
        return self._named_group(printed) or self._meant(mention, printed)

    def _named_group(self, printed: str) -> Resolved | None:
        """Return the organisation whose name a phrase begins with: "le Syndicat des pêcheurs du Hallec"."""
        name = _ARTICLE.sub("", printed)
        named = name[:1].isupper() and name != printed
        found = next((one for one in self.cast.organizations if named and name.startswith(one.name)), None)
        return Resolved(found.name, found, _NAMED) if found is not None else None

    def _pronoun(self, mention: Mention, printed: str) -> Resolved:
        if _PLURAL.match(printed):
            return NOBODY
        if "intéressé" in printed:
            return self._concerned(mention.start, -1 if printed.endswith("e") else 1)
        gender = 0 if printed.lower() in ("l'", "l’") else -1 if _FEMININE.match(printed) else 1
        found = self._in_focus(mention.start, gender, 0.0)
        return found if found.person is not None else self._organization(mention.start)

    def _organization(self, at: int) -> Resolved:
        """Return the organisation named last, for "elle" where nobody else could be meant."""
        here = self.sentences.at(at)
        named = [place for one in self.cast.organizations for place, _ in one.mentions if place < at]
        last = max(named, default=-1)
        if last < 0 or here - self.sentences.at(last) > _FRESH:
            return NOBODY
        return Resolved(self.cast.at[last].name, self.cast.at[last], _FAR_BACK)

    def _concerned(self, at: int, gender: int) -> Resolved:
        """Return whom "l'intéressée" means: the most named of that gender, not who has just spoken."""
        last = self._focus.last(at)
        others = [
            one
            for one in self.cast.people
            if (last is None or one is not last.person) and one.gender * gender > 0
        ]
        if not others:
            return self._in_focus(at, gender, 0.1)
        best = max(others, key=lambda one: sum(start < at for start, _ in one.mentions))
        return Resolved(best.name, best, 0.7)

    def _in_focus(
        self,
        at: int,
        gender: int,
        malus: float = 0.0,
        among: list[Person] | None = None,
        *,
        weighed: bool = False,
    ) -> Resolved:
        likely = self._focus.likeliest(at, self.sentences.at(at), gender, among, weighed=weighed)
        if likely is None:
            return NOBODY
        return Resolved(likely.person.name, likely.person, round(max(likely.sure - malus, 0.05), 3))

    def _meant(self, mention: Mention, printed: str) -> Resolved:
        """Return who is meant by a role: who bears it, else who is in focus, else the words themselves."""
        if ONE_OF.match(printed):
            return Resolved(printed[0].lower() + printed[1:], None, 0.8)
        bare = re.findall(WORD, re.sub(r"^[ldLD]['’]", "", printed))
        article = bare[0].lower() if bare and printed[1:2] not in "'’" else ""
        nouns = [word.lower() for word in bare if is_role(word.lower())][:2]
        gender = gender_of(article, nouns) or gender_by_adjective(bare)
        same = bare[1:2] in (["même"], ["mêmes"])
        again = self._told_of(bare[-1], mention.start) if same or article in ("ce", "cet", "cette") else ""
        if again:
            return Resolved(again, self._nameless.get(again), 0.85)
        if same:
            return self._same(mention.start)
        if article in ("un", "une") and bare[1:] and not speaks_as_one(bare):
            return self._unnamed(lowered(printed), nouns or [bare[1].lower()], gender)
        if article in _OF_MANY:
            return Resolved(lowered(printed), None, 0.8)
        if not nouns and _IS_FROM.fullmatch(AGED.sub("", printed)) and gender:
            found = self._in_focus(mention.start, gender, 0.02)
            return found if found.person is not None else Resolved(lowered(printed), None, 0.5)
        if not nouns and (speaks_as_one(bare) or not gender or len(bare) < 2 or bare[1][0].isupper()):
            return self._group(lowered(printed), bare, mention.start)
        nouns = nouns or [bare[1].lower()]
        fitting = [one for one in self.cast.people if one.gender * gender >= 0]
        fitting += [one for one in self._nameless.values() if one.gender * gender >= 0]
        bearers = [one for one in fitting if any(stem(nouns[0]) == stem(own) for own in one.described)]
        if bearers:
            return self._bearer(mention, bearers, gender)
        fitting = [one for one in fitting if one.mentions and one.mentions[0][0] < mention.start]
        alike = [one for one in fitting if any(are_alike(nouns[0], own) for own in one.described)]
        if alike:
            return self._alike(mention, alike, gender)
        return self._described(mention, printed, nouns, gender)

    def _same(self, at: int) -> Resolved:
        """Return whom "la même source" means: whoever spoke last, if the article does not name him."""
        last = self._focus.last(at)
        if last is None or last.person is not self._nameless.get(last.person.name):
            return NOBODY
        return Resolved(last.person.name, last.person, _SAME)

    def _told_of(self, noun: str, at: int) -> str:
        """Return how somebody unnamed was called before: "cette source" is "une source proche du dossier"."""
        earlier = [one for one in find_new(self.sentences.flat, at) if one["noun"] == noun]
        return lowered(re.sub(r"\s+", " ", earlier[-1][0])) if earlier else ""

    def _group(self, printed: str, bare: list[str], at: int) -> Resolved:
        """Return a group by its words; "l'organisation" alone is the one that was told of last."""
        if not speaks_as_one(bare):
            return Resolved(printed, None, 0.5)
        head = bare[-1].lower() if len(re.findall(WORD, printed)) <= 2 else ""
        named = full_group_name(self.sentences.flat, head, at) if head else ""
        if named:
            return Resolved(named, None, 0.85)
        for earlier in reversed(self._groups):
            if head in _ANY_GROUP or head in earlier.lower().split():
                return Resolved(earlier, None, 0.8)
        if not head:
            self._groups.append(printed)
        return Resolved(printed, None, 0.85)

    def _bearer(self, mention: Mention, bearers: list[Person], gender: int) -> Resolved:
        if len(bearers) == 1:
            return Resolved(bearers[0].name, bearers[0], 0.92)
        found = self._in_focus(mention.start, gender, 0.0, bearers)
        return found if found.person is not None else Resolved(bearers[0].name, bearers[0], 0.5)

    def _alike(self, mention: Mention, alike: list[Person], gender: int) -> Resolved:
        """Return who is meant by another word for a role; who is in focus weighs as much."""
        found = self._in_focus(mention.start, gender, 0.0)
        if found.person in alike:
            return replace(found, sure=max(found.sure, 0.9))
        return (
            found if found.person is not None and found.sure > 0.8 else Resolved(alike[0].name, alike[0], 0.7)
        )

    def _described(self, mention: Mention, printed: str, nouns: list[str], gender: int) -> Resolved:
        """Return the one in focus whom a new description tells of: "l'ancien notaire", "l'artiste"."""
        former = bool(re.search(r"\b(?:ancienne?|ex-|jeune)", printed))
        among = (
            [one for one in self.cast.people if not one.described]
            if nouns[0] in OFFICES and not former
            else None
        )
        doing = [one for one in self.cast.people if one.gender * gender >= 0 and self._does(one, nouns[0])]
        if doing:
            return self._bearer(mention, doing, gender)
        found = self._in_focus(mention.start, gender, 0.05, among, weighed=True)
        last = self._focus.last_of(found.person, mention.start) if found.person is not None else None
        back = self.sentences.at(mention.start) - last.sentence if last is not None else 99
        if found.person is None or (among is not None and back > 1):
            return self._unnamed(lowered(printed), nouns, gender)
        if among is None and self._introduces(mention.start, found.person, nouns[0], gender):
            return replace(found, sure=max(found.sure, SURE))
        return found if back <= _FRESH else replace(found, sure=min(found.sure, _FAR_BACK))

    def _introduces(self, at: int, person: Person, noun: str, gender: int) -> bool:
        """Return whether a description can only mean the one person of its paragraph.

        Who is described already can only be "la jeune femme": another noun may bring somebody else in.
        """
        plain = TELLS_LITTLE.match(noun) is not None or not (person.described or person.roles)
        return plain and person.gender * gender > 0 and self.descriptions.is_sole(at, person)

    def _does(self, person: Person, noun: str) -> bool:
        """Return whether a sentence that names somebody tells what the noun says: "a nagé", "la nageuse"."""
        doing = _DOER.sub("", noun).replace("y", "i")
        if len(doing) < _SHORTEST_STEM or doing == noun:
            return False
        told = re.compile(rf"(?<![\w’-]){re.escape(doing)}(?!{re.escape(noun[len(doing) :])})")
        spans = {self.sentences.around(at) for at, _ in person.mentions[:_MENTIONS_READ]}
        return any(told.search(self.sentences.flat[a:b].lower().replace("y", "i")) for a, b in spans)

    def _unnamed(self, printed: str, nouns: list[str], gender: int) -> Resolved:
        """Return somebody whom the article never names: "la préfète", whom "elle" can mean from then on."""
        known = self._nameless.get(printed)
        if known is None:
            known = Person(name=printed, kind=ActorKind.PERSON)
            known.gender, known.described = 2 * gender, {nouns[0]}
            self._nameless[printed] = known
        return Resolved(printed, known, 0.85)
