"""A role as running text."""

from digests.analysis.lexicon import PORTFOLIOS, TITLE_ABBREVIATIONS, TITLES


def display_role(role: str | None, name: str, language: str = "") -> str:
    """Return a role as running text: "Illinois Gov." becomes "Illinois governor", in English."""
    if not role or role.lower() in name.lower():
        return ""
    if language not in ("", "en", "und"):
        return role
    words = [TITLE_ABBREVIATIONS.get(word.lower(), word) for word in role.split()]
    lowered = list(words)
    for place in range(len(words) - 1, -1, -1):
        word, after = words[place].lower(), "".join(lowered[place + 1 : place + 2])
        leads = word in PORTFOLIOS and after in TITLES | PORTFOLIOS
        within_name = place > 0 and words[place - 1].lower() in ("of", "for")
        if words[place].istitle() and (word in TITLES or leads) and not within_name:
            lowered[place] = word
    return " ".join(lowered)
