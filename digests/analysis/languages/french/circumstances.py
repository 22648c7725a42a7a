"""Where and on which day something was said, as printed: "lors d'une conférence de presse", "lundi"."""

import re
from datetime import date, timedelta

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from digests.analysis.languages.french.words import words

_DAYS = {"lundi": MO, "mardi": TU, "mercredi": WE, "jeudi": TH, "vendredi": FR, "samedi": SA, "dimanche": SU}
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_WEEKDAY = "|".join(_DAYS)
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"\b(?:(?:(?:{_WEEKDAY})\s+)?(?P<number>\d{{1,2}}|1er)\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?"
    rf"|(?P<weekday>{_WEEKDAY})(?:\s+(?:matin|midi|soir|après-midi|dernier))?"
    r"|(?P<word>hier|avant-hier|aujourd['’]hui)(?:\s+(?:matin|midi|soir|après-midi))?"
    r"|ce (?:matin|soir|midi))\b",
    re.IGNORECASE,
)
_LATER = re.compile(rf"\b(?:{_WEEKDAY}|{_MONTH}) prochaine?\b|d['’]ici (?:à )?$", re.IGNORECASE)
_VENUE = re.compile(
    r"(?:(?<=[\s,])|^)(?P<venue>(?:[Ll]ors d(?:e la |e l['’]|['’]une? |u |es |e )"
    r"|[Aa]u cours d(?:e la |['’]une? |u |e )"
    r"|[Ee]n conférence de presse|en marge d(?:e la |['’]une? |u |e )|à l['’](?:issue|occasion|antenne)"
    r"|à la (?:barre|tribune|télévision|radio|sortie|presse)|[Aa]u micro d(?:e |['’]|u )|[Ss]ur |[Dd]ans "
    r"|[Dd]evant |depuis |via |par (?=communiqué|téléphone|courriel|mail|écrit)|auprès d(?:e |['’]|u )"
    r"|à l['’](?=[A-Z])|au (?=[A-Z]|[Jj]ournal|téléphone|procès|conseil)|à (?=[A-Z])"
    r"|aux (?=journalistes|médias))"
    r"[^,.;:!?«»“”\"()\n—–]*)"
)
_CUT_AT = (
    r"publiée?|diffusée?|parue?|adressée?|transmise?|qui|que|où|avant|après|alors|tout|pour|et|dont"
    r"|ce (?:matin|soir)|le \d|a|ont|est"
)
_CUT = re.compile(rf"\s(?:{_WEEKDAY}|hier|{_CUT_AT})(?:\s.*)?$")
_REACH = 150


def find_venue(text: str, flat: str, start: int, end: int) -> str | None:
    """Return the place of speech told between two offsets, as printed, or ``None``."""
    for found in _VENUE.finditer(flat, start, end):
        phrase = _CUT.sub("", found["venue"]).strip()
        if len(phrase.split()) > 1 and _is_venue(phrase):
            return text[found.start("venue") : found.start("venue") + len(phrase)]
    return None


def _is_venue(phrase: str) -> bool:
    tokens = [re.sub("^[ldLD]['’]", "", word) for word in phrase.split()]
    if {"même", "mêmes"}.intersection(tokens):
        return False  # "sur la même antenne" leans on the sentence before
    if any(word.lower().strip("'’") in words("venues") for word in tokens):
        return True
    medium = phrase.startswith(("sur ", "au micro", "à l", "auprès", "au ", "à "))
    return medium and tokens[1][:1].isupper() and phrase.startswith(("sur ", "au micro", "auprès"))


def find_day(flat: str, start: int, end: int) -> str | None:
    """Return the day told between two offsets, as printed; one that is to come is not when it was said."""
    for found in _DAY.finditer(flat, start, end):
        if not _LATER.match(flat, found.start()) and not re.search(
            r"(?:avant|d['’]ici(?: à)?|jusqu['’]à|pour|dès|depuis) (?:le )?$",
            flat[max(0, found.start() - 14) : found.start()],
        ):
            return found[0]
    return None


def resolve_day(printed: str, published: date) -> date | None:
    """Return the day that ``printed`` means in an article of ``published``: the latest such day."""
    found = _DAY.fullmatch(printed.strip())
    if found is None:
        return None
    if found["weekday"]:
        meant: date = published + relativedelta(weekday=_DAYS[found["weekday"].lower()](-1))
        return meant
    if found["number"]:
        return _of_month(found, published)
    back = {"hier": 1, "avant-hier": 2}.get((found["word"] or "").lower(), 0)
    return published - timedelta(days=back)


def _of_month(found: re.Match[str], published: date) -> date | None:
    number = int(found["number"].removesuffix("er"))
    month = _MONTHS.index(found["month"].lower()) + 1
    try:
        meant = date(int(found["year"] or published.year), month, number)
        return meant if found["year"] or meant <= published else meant.replace(year=published.year - 1)
    except ValueError:
        return None


def reach(flat: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch behind a verb in which its place and day can stand: up to a colon or a quote."""
    end = min(end, start + _REACH)
    stop = re.search(r"[«“:;]|\n", flat[start:end])
    return start, start + stop.start() if stop is not None else end
