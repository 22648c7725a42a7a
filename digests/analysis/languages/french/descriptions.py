"""What a description tells of the person it means: "lance l'élu centriste" says what he is."""

import re

from digests.analysis.languages.french.cast import Cast
from digests.analysis.languages.french.mentions import Mention
from digests.analysis.languages.french.roles import LEANS, is_relation, role_behind, whole_role
from digests.analysis.languages.french.sentences import Sentences
from digests.analysis.languages.french.verbs import WORD
from digests.analysis.languages.french.words import is_role, mixed_forms
from digests.analysis.people import Person

_DETERMINER = re.compile(r"(?:l[ae]\s|du\s|au\s|cet?\s|cette\s|[ld]['’])", re.IGNORECASE)
_LEADING = frozenset("ancien ancienne jeune nouveau nouvelle premier première actuel actuelle".split())
_BARE_SAYS_LITTLE = frozenset(
    """technicien technicienne élu élue dirigeant dirigeante responsable patron patronne chef
    cheffe leader candidat candidate principal représentant représentante délégué déléguée
    spécialiste expert experte""".split()
)
"""What tells a reader something only with what follows it: "élu centriste"."""

TELLS_LITTLE = re.compile(
    r"(?:homme|femme|dame|jeune|adolescente?|victime|témoin|habitué|intéressée?|bless\w+|gard[ée]e?|premi\w+"
    r"|principale?|\w+énaire|trentenaire|centenaire|mamie|papy|parents?)$"
)
_POINTS = re.compile(r"\s(?:d[eu]|des|à|aux?|dans)\s(?:ce|cet|cette|ces|son|sa|ses|leurs?)\s.*$")
AGED = re.compile(r"\sde \d+ ans\b.*$")
_INFINITIVE = re.compile(r"(?:\sde\s|\sd['’])\w+(?:er|ir|re)$")
_WORD = re.compile(rf"(?P<elided>[dl]['’])?(?P<word>{WORD})")
_LINKS = frozenset("de du des d la le les l à au aux en et pour sur sous chez par".split())
_ADJECTIVE = re.compile(
    r"\w+(?:iste|ale?|ienn?e?|[ao]ise?|eu[rx]|euse|ante?|i[fv]e?|elle|ique|aire|ière?|ée?|i?ne|[ai]in|ande?|o[ln]e?)s?$"
)
_AS_ADJECTIVES = frozenset("divers gauche droite".split())
_MOST_WORDS, _NEAR = 10, 2
OFFICES = frozenset(
    """procureur procureure préfet préfète ministre juge président présidente maire roi reine pape commissaire
    porte-parole ambassadeur ambassadrice gouverneur gouverneure évêque rapporteur greffier""".split()
)
"""What an article may mention without the name of who holds it."""

_OFTEN_UNNAMED = frozenset(
    """gendarme policier policière pompier pompière arbitre expert experte greffier greffière juge magistrat
    magistrate procureur procureure substitut enquêteur enquêtrice médecin journaliste chauffeur conducteur
    conductrice automobiliste passant passante interprète assesseur huissier""".split()
)
"""Who comes into a story without a name and a word of introduction."""

SURE = 0.85
"""How sure a description must be to tell a role."""

_SAME_ONE = re.compile(r"^(?:cet?|cette)\s|\s(?:ce|cet|cette)\s|\sde \d+ ans\b", re.IGNORECASE)
_AGE_BEHIND = re.compile(r",\s\d+\sans\b")
_CUT_OFF = re.compile(r"\s(?:dans|sur|sous|devant|par|avec|pour|depuis|en|lors|hier)(?![\w’'-])")
_PARTICIPLE = re.compile(r"(?<=[^\W\d_] )(?:[^\W\d_]+(?:[éiu]e?s?)|morte?s?|mise?s?|faite?s?|ouverte?s?)$")


class Descriptions:
    """What an article's descriptions tell of the people in it, until the roles are given out."""

    def __init__(self, text: str, cast: Cast, sentences: Sentences) -> None:
        self._text, self._cast, self._sentences = text, cast, sentences
        self._told: list[tuple[Person, str]] = []

    def learn(self, mention: Mention, printed: str, person: Person, *, speaks: bool) -> None:
        """Remember what a description tells, and what stands behind it: "cette Bretonne, championne".

        Who ``speaks`` so is printed as the speaker. Elsewhere "la conductrice" may be somebody new, and
        "cette conductrice" or "la conductrice, 34 ans," is not.
        """
        known = speaks or _SAME_ONE.search(printed) or _AGE_BEHIND.match(self._text, mention.end)
        if not known:
            return
        behind = None if speaks else role_behind(self._text, mention.end)
        for role in (role_told(self._uncut(mention, printed)), behind):
            if role is not None and self._is_theirs(mention.start, person, role.split()[0]):
                self._told.append((person, role))

    def _is_theirs(self, at: int, person: Person, noun: str) -> bool:
        """Return whether a role must be a person's: an office where nobody else is told of, no witness."""
        if noun in person.described:
            return True
        return noun not in _OFTEN_UNNAMED and (noun not in OFFICES or self.is_sole(at, person))

    def _uncut(self, mention: Mention, printed: str) -> str:
        """Return a description without a participle that lacks its complement: "mort (dans les flammes)"."""
        return _PARTICIPLE.sub("", printed) if _CUT_OFF.match(self._text, mention.end) else printed

    def give_roles(self) -> None:
        """Give those whose role stands nowhere beside their name what they were described as."""
        known = {id(person) for person in self._cast.people if not person.roles}
        for person, role in self._told:
            if id(person) in known and role in self._text:
                person.roles.append(role)

    def is_sole(self, at: int, person: Person) -> bool:
        """Return whether a paragraph names nobody else before ``at``, and him right before, as no object."""
        flat, text = self._sentences.flat, self._text
        start = text.rfind("\n", 0, at) + 1
        named = [place for place in self._cast.named_within(start, at) if flat[place] == text[place]]
        if not named or any(self._cast.at[place] is not person for place in named):
            return False
        near = self._sentences.at(at) - self._sentences.at(named[-1]) <= _NEAR
        return near and not LEANS.search(text[max(0, named[-1] - 8) : named[-1]])


def role_told(printed: str) -> str | None:
    """Return what a description says that somebody is, without its article; ``None`` where that is little."""
    determiner = _DETERMINER.match(printed)
    if determiner is None:
        return None
    role = AGED.sub("", _POINTS.sub("", whole_role(printed[determiner.end() :].rstrip())))
    words = re.findall(WORD, role)
    if not words or not role[0].islower() or _INFINITIVE.search(role) or len(words) > _MOST_WORDS:
        return None
    head = next((word for word in words[:2] if word.lower() not in _LEADING), "")
    if not is_role(head.lower()) or TELLS_LITTLE.match(head.lower()) or is_relation(role):
        return None
    role = _noun_phrase(role, head)
    return None if role == head and head.lower() in _BARE_SAYS_LITTLE else role


def _noun_phrase(role: str, head: str) -> str:
    """Return a role up to the word that can be none of it: a verb that the reader of sentences took along."""
    end = before = role.index(head) + len(head)
    last, linked = head, False
    for word in _WORD.finditer(role, before):
        plain = word["word"]
        link = word["elided"] is not None or plain in _LINKS
        if not link and plain[0].islower() and (last[0].isupper() or not (linked or _may_follow(plain))):
            return role[:end].rstrip()
        linked = linked or link
        last, end = plain, word.end()
    return role


def _may_follow(word: str) -> bool:
    """Return whether a word right behind a role can be part of it: "centriste", "pêcheur"."""
    if word in _AS_ADJECTIVES or is_role(word):
        return True
    return _ADJECTIVE.match(word) is not None and word not in mixed_forms()
