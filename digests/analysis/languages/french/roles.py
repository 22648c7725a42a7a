"""What somebody is, beside the name: "la maire de Kervel, Jeanne Morlet", "Karim Benali, avocat"."""

import re

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.french.verbs import WORD
from digests.analysis.languages.french.words import gender_of_role, is_role, words

_LEADING = frozenset(
    """ancien ancienne jeune nouveau nouvelle premier première ex actuel actuelle futur future
    vice ex-""".split()
)
_BREAKS = re.compile(r"[.;:!?«»“”\"()\n—–]")
_NEVER = frozenset(
    """a ont est sont était étaient avait avaient sera serait et ou mais que qui dont où quand si pas ne se il
    elle on nous ils elles par pour avec selon d'après contre sans après avant depuis comme lors y
    en s n""".split()
)
_OPEN = frozenset(("de", "du", "des", "d'", "à", "au", "la", "le", "les", "l'", "et"))
_TEAMS = (["formation"], ["équipe"], ["écurie"])
"""Whose name it is that follows: "grimpeuse de la formation Orvane"."""

_DOES = re.compile(
    r"(?:juge|garde|pilote|guide|critique|arbitre)\s(?:l[ae]s?\s|l['’]|une?\s|que\s|qu['’]|s(?:on|a|es)\s)"
)
"""A verb that looks like a role: "Tugdual Kerempont, **juge** la décision"."""

_LONGEST = 11
_TITLE_BEFORE = re.compile(r"(?:M\.|Mme|Mlle|Me|Dr\.?|Pr\.?|docteur|professeur|monsieur|madame)[ \u00a0]+$")
_BEHIND = re.compile(
    r",?\s*(?:\((?=[a-zé])|,\s*)(?:âgée? de\s+)?(?:\d+\s+ans\s*,\s*|\d+\s+ans\s+et\s+)?"
    r"(?P<role>(?:l[ae]\s+|l['’]|une?\s+|son\s+|sa\s+|leur\s+)?[^,.;:!?«»“”\"()\n—–]{2,90})"
)
_OTHERS = re.compile(r",?\s+(?:(?:Me|Dr|M\.|Mme)\s)?[A-ZÀ-Þ][\w’-]+\s[A-ZÀ-Þ]")
_STOPS = re.compile(
    r"\s(?:a|ont|avait|est|était|sont|qui|dont|où|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|lors"
    r"|dans un|sous (?:l[ae]s?|l['’]|une?|des)|sur|au micro|en marge|depuis|après|avant|devant|et|mais|ce"
    r"|comme)\b.*$"
    r"|\s[a-zé]+-t-.*$"
)

_TAIL = re.compile(
    r"\s(?:depuis|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|lorsque|quand|et|mais|ou|qui|dont|où)\b.*$"
)
_QUALIFIED = re.compile(
    r"\set\s[a-zà-ÿ-]+(?:ique|ale?|aux|aire|el|elle|if|ive|ien|ienne)s?(?=\s*(?:[,.;]|$))"
)
_OF_KIND = re.compile(r"(?:ique|ale?|aux|aire|el|elle|if|ive|ien|ienne)s?$")
"""Two adjectives of one noun: "secrétaire du comité social et économique"."""

_JOINED = re.compile(r"\set\s[A-ZÀ-Þ][\w’'-]*")
_OPEN_END = re.compile(r"(?:\s(?:de|du|des|d['’]une?|une?|l[ae]s?|à|aux?|en|et)|\s?[dl]['’])+$")
"""What a role that was cut short may end with: "auteure d'un"."""


_IN_QUESTION = re.compile(r"\s(?:en question|(?:depuis|en) \d{4}|depuis [^,.;:]{2,25}),?\s$")
_ELECTED = re.compile(r"élue?s?\s(?:à|en|aux?|avec|par|face|contre|sur|dès|pour)(?![\w’'-])", re.IGNORECASE)
_CHARGED = re.compile(
    r"chargée? (?:de (?:mission|communication|projets?|production|cours|clientèle|recherche|développement)"
    r"|d['’](?:affaires|études|enseignement)|du\s(?:chantier|projet|dossier|recrutement|suivi|développement))\b"
)
_NO_NOUN = re.compile(r"(?:\w+(?:euse|ienne?)|(?:optim|pessim|fatal|réal|perfectionn|alarm)iste)$")
_AND = frozenset("de du des d aux au en".split())
_NAMING = re.compile(
    r"\b(?:groupe|association|collectif|revue|journal|société|entreprise|compagnie|syndicat|restaurant|café|bar|club"
    r"|magasin|boutique|cabinet|agence|studio|label|festival|film|spectacle|chalutier|navire|bateau|librairie"
    r"|galerie|école|maison|liste|mouvement|troupe|ferme|domaine|ferry|voilier|paquebot)$"
)
_NAMED = re.compile(r"[ \u00a0]?(?:«[^«»\n]{2,50}»|“[^“”\n]{2,50}”)(?=[,.;:)]|\s[a-zà-ÿ–—])")
_OF_NAMED = re.compile(r"\s(?:d[eu]|de la|de l['’]|d['’]une?|d['’])\s?\w+$")
_PRINCIPAL = re.compile(r"principale?\s(?:du collège|de l['’]établissement|adjointe?\b)")
_DOER = re.compile(r"[a-zà-ÿ]{3,}(?:eur|graphe|logue)")
_THINGS = frozenset("secteur moteur honneur malheur bonheur intérieur extérieur monsieur paragraphe".split())
_RELATIONS = frozenset(
    """père mère parent mari femme époux épouse fils fille frère sœur soeur oncle tante
    cousin cousine neveu nièce petit-fils petite-fille grand-père grand-mère beau-frère
    belle-sœur gendre veuf veuve compagne compagnon ami amie voisin voisine collègue
    confrère consœur associé associée client cliente""".split()
)
_HEADS = re.compile(
    r"(?:,\s(?P<chief>(?:à la tête|aux commandes|en charge) (?:d[eu]s?\s|d['’])"
    r"(?!(?:la |l['’])?(?:course|classement|peloton|championnat|cortège|manifestation|étape|tournoi)\b)"
    r"[^,.;:!?«»“”\"()\n—–]{2,80})"
    r"|,\s(?P<who>qui (?:(?:préside|dirige|tient|gère|anime|exploite|coordonne|encadre|entraîne|pilote"
    r"|enseigne|représente)\s(?:l[ae]s?\s|l['’]|une?\s|des\s|deux\s|trois\s)|cultive\s)(?![^,.;:]*\spour\s)"
    r"[^,.;:!?«»“”\"()\n—–]{4,80})"
    r"|\sest (?:(?:aujourd['’]hui|désormais|également|aussi|devenue?) )?(?:l[ae]\s|une?\s|l['’])?"
    r"(?P<is>[^,.;:!?«»“”\"()\n—–]{2,80}))"
)
_PASSING = frozenset(
    """abonné abonnée gréviste principal garde responsable victime témoin jeune mort morte
    gardé gardée détenu détenue blessé blessée rescapé rescapée élu élue accusé accusée
    général secrétaire candidat candidate premier première tout toute nouveau nouvelle""".split()
)
"""What somebody can also be for a moment, or be made: "est responsable de la fuite", "est élu maire"."""


def is_relation(role: str) -> bool:
    """Return whether it says only that somebody is another's relative, friend or neighbour, and not whose."""
    return role.lower() in _RELATIONS


def said_behind(text: str, end: int) -> str | None:
    """Return what else tells behind a name: "qui préside le club", "à la tête du club", "est notaire"."""
    found = _HEADS.match(text, end)
    if found is None:
        return None
    if found["is"] is None:
        role = _OPEN_END.sub("", _TAIL.sub("", found["chief"] or found["who"])).strip()
        return role if len(role.split()) > 2 else None
    closed = text[found.end("is") : found.end("is") + 1] in (",", ".", ";", "")
    role = whole_role(found["is"], closed=closed)
    head = re.match(WORD, role)
    named = head is not None and head[0].lower() in words("roles") - _PASSING
    return role if named and not is_relation(role) else None


def role_before(text: str, start: int) -> str | None:
    """Return the role that ends right before a name at ``start``, without its article, or ``None``."""
    titled = _TITLE_BEFORE.search(text, max(0, start - 14), start)
    start = titled.start() if titled is not None else start
    window = _IN_QUESTION.sub(", ", text[max(0, start - 110) : start])
    breaks = [match.end() for match in _BREAKS.finditer(window)]
    clause = window[breaks[-1] :] if breaks else window
    stripped = clause.rstrip()
    apposed = stripped.endswith(",")
    stripped = stripped.rstrip(", \u00a0")
    if "," in stripped:
        stripped = stripped[stripped.rindex(",") + 1 :]
    found = _role_in(stripped, apposed=apposed)
    return found if found and not _ELECTED.match(found) else None


def _role_in(clause: str, *, apposed: bool) -> str:
    """Return the end of a clause from its first role noun that leads to the name."""
    tokens = [(m.start(), m[0]) for m in re.finditer(rf"[ldLD]['’]|{WORD}", clause)]
    best = ""
    for place in range(len(tokens) - 1, max(-1, len(tokens) - 1 - _LONGEST), -1):
        word = tokens[place][1]
        lowered = word.lower()
        following = re.sub("['’]$", "", tokens[place + 1][1].lower()) if place + 1 < len(tokens) else ""
        if lowered == "et" and apposed and following in _AND:
            continue
        if lowered in _NEVER or (lowered in ("à", "dans", "sur", "chez") and not apposed):
            break
        if is_role(lowered) and _is_given(tokens[place + 1 : place + 2]):
            break  # somebody else's: "face à la maire Jeanne Morlet, …"
        last = place == len(tokens) - 1 and not apposed
        if not _is_head(lowered, clause[tokens[place][0] :]) and not (last and _does(lowered)):
            continue
        led = place == 0 or _leads(tokens[place - 1][1])
        tail = [one.lower() for _, one in tokens[place + 1 :]]
        if led and _leads_to_name(tail) and (apposed or tail[-1:] not in _TEAMS):
            best = clause[_with_leading(tokens, place) :].strip()
    return best


def _is_head(word: str, clause: str) -> bool:
    """Return whether a noun is what somebody is; "la principale du collège" is somebody, and no adjective."""
    if is_role(word) or word.startswith(("vice-", "ex-", "co-")):
        return True
    return _PRINCIPAL.match(clause) is not None or _CHARGED.match(clause) is not None


def _is_given(tokens: list[tuple[int, str]]) -> bool:
    return bool(tokens) and tokens[0][1][0].isupper() and gender_of_given(tokens[0][1]) != 0


def _does(word: str) -> bool:
    """Return whether a noun right before a name says what somebody does: "l'élagueur Tom Bazin"."""
    return _DOER.fullmatch(word) is not None and word not in _THINGS


def _leads(word: str) -> bool:
    word = word.lower().replace("’", "'")
    return word in _LEADING or word in (
        "le la les l' un une son sa ses leur leurs notre nos votre ce cette cet du au des aux d'".split()
    )


def _leads_to_name(tail: list[str]) -> bool:
    """Return whether the words between a role and the name belong to the role."""
    if not tail:
        return True
    return tail[-1] not in _OPEN


def _with_leading(tokens: list[tuple[int, str]], place: int) -> int:
    while place > 0 and tokens[place - 1][1].lower() in _LEADING:
        place -= 1
    return tokens[place][0]


def role_behind(text: str, end: int) -> str | None:
    """Return the role that follows a name: ", maire de Kervel", ", 48 ans, cariste", " (avocate)"."""
    found = _BEHIND.match(text, end)
    if found is None:
        return None
    closed = text[found.end("role") : found.end("role") + 1] in (",", ".", ")", ";", ":", "")
    role = _with_name(text, found.start("role"), whole_role(found["role"], closed=closed))
    next_name = _OTHERS.match(text, found.start("role") + len(role))
    if next_name is not None and re.match(r"l[ae]\s|l['’]", role):
        return None  # "Canal Info, le ministre de la Mer, Thibault Le Gall"
    bare = re.sub(r"^(?:l[ae]\s+|l['’]|une?\s+|son\s+|sa\s+|leur\s+)", "", role)
    head = re.match(WORD, bare)
    if head is None or (bare == role and _DOES.match(bare) is not None):
        return None
    first = head[0].lower()
    if re.match(r"(?:son|sa|leur)\s", role) and is_relation(first):
        return first  # "sa collègue de bureau" is another's
    if _ELECTED.match(bare) or (bare == first and _NO_NOUN.match(first) and first not in words("roles")):
        return None
    named = _is_head(first, bare) or (
        first in _LEADING and any(is_role(one.lower()) for one in bare.split()[1:3])
    )
    initials = head[0].isupper() and len(head[0]) > 1  # "le PDG"
    return bare if named and (initials or not bare[0].isupper()) else None


def whole_role(printed: str, *, closed: bool = False) -> str:
    """Return a role without what follows it; "et" may stand in a name: "du groupe Terre et Mer".

    ``closed`` says that a mark ends the words: "directrice des arts et de la culture," is one role then.
    """
    role = _STOPS.sub("", printed).rstrip()
    joined = _JOINED.match(printed, len(role))
    if joined is not None and role.split()[-1][:1].isupper():
        role += joined[0]
    qualified = _QUALIFIED.match(printed, len(role))
    if qualified is not None and _OF_KIND.search(role):
        role += qualified[0]
    more = re.match(r"\set\s", printed[len(role) :]) if closed else None
    if more is not None and role:
        rest = printed[len(role) + more.end() :].rstrip()
        first = re.split(r"[\s'’]", rest)[0].lower()
        joins = first in _AND or is_role(first) or first in _LEADING
        if joins and whole_role(rest, closed=True) == rest:
            return f"{role}{more[0]}{rest}".strip()
    return _OPEN_END.sub("", role).strip()


def _with_name(text: str, start: int, role: str) -> str:
    """Return a role with the name in marks that ends it, or without what such a name should follow."""
    end = start + len(role)
    if not _NAMING.search(role) or not text[end : end + 2].strip(" \u00a0").startswith(("«", "“")):
        return role
    named = _NAMED.match(text, end)
    return text[start : named.end()] if named is not None else _OF_NAMED.sub("", role)


def gender_in(role: str, before: str = "") -> int:
    """Return 1 or -1 where a role, or the article before it, is a man's or a woman's; else 0."""
    head = re.match(WORD, role)
    if head is None:
        return 0
    article = before.lower()
    if article in ("la", "une", "sa", "cette"):
        return -1
    return 1 if article in ("le", "un", "ce", "du", "au") else gender_of_role(head[0])


def article_before(text: str, start: int) -> str:
    """Return the article right before ``start``: "la", "un", or empty."""
    found = re.search(r"(?<![\w’'])(l[ae]|une?|sa|cette|ce|du|au)\s+$", text[max(0, start - 8) : start])
    return found[1] if found is not None else ""


def heads_of(role: str) -> frozenset[str]:
    """Return the role nouns in a role, in lower case: those by which it can be meant again."""
    return frozenset(word.lower() for word in re.findall(WORD, role) if is_role(word.lower()))


LEANS = re.compile(r"(?:\b(?:de|du|des|à|avec|par|contre|pour|chez|et)|d['’])\s?$")
"""What stands before a name that is no subject."""
