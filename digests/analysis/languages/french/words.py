"""The words of French: verbs of saying in the forms that news prints, roles, titles, given names.

The words themselves are data (``words.json``); regular verbs get their forms here.
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

_ENDINGS = "e ent ait aient a èrent era é ée és ées ant"


@cache
def _data() -> dict[str, Any]:
    path = files("digests.analysis.languages.french") / "words.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def words(key: str) -> frozenset[str]:
    """Return a list of the data as a set."""
    found = _data()[key]
    return frozenset(found.split() if isinstance(found, str) else found)


def forms_of(verb: str) -> frozenset[str]:
    """Return the third persons and participles of a verb in -er, as it spells them; of others, those given.

    ``rappeler`` -> rappelle, ``répéter`` -> répète, ``juger`` -> jugea, ``annoncer`` -> annonça.
    """
    listed = _data()["irregular"].get(verb)
    if listed is not None:
        return frozenset(listed.split())
    if not verb.endswith("er"):
        return frozenset()
    stem = verb[:-2]
    found = set()
    for ending in _ENDINGS.split():
        spelled = stem
        if ending in ("e", "ent", "era"):
            spelled = re.sub(r"[ée]([^aeiouyéè]{1,2})$", r"è\1", stem) if _is_open(stem) else stem
            spelled = f"{stem}{stem[-1]}" if verb in _DOUBLED else spelled
        elif ending[0] in "aà":
            spelled = re.sub("g$", "ge", re.sub("c$", "ç", stem))
        found.add(spelled + ending)
    return frozenset(found)


_DOUBLED = frozenset({"rappeler", "appeler", "rejeter", "interpeller", "grommeler"})


def _is_open(stem: str) -> bool:
    """Return whether a stem's last vowel opens before a silent ending: répét-, soulev-."""
    return bool(re.search(r"[ée](?:[^aeiouyéèç]|gu|qu|[bcdfgptv][lr])$", stem))


@cache
def say_forms() -> frozenset[str]:
    """Return every form of a verb of saying, reflexive ones without "se"."""
    verbs = words("regular") | words("reflexive") | frozenset(_data()["irregular"])
    return frozenset().union(*(forms_of(verb) for verb in verbs)) - _TOO_COMMON


_TOO_COMMON = frozenset({"poste", "présente", "engage"})


@cache
def infinitives() -> frozenset[str]:
    """Return the verbs of saying themselves: "a tenu à préciser"."""
    return words("regular") | frozenset(_data()["irregular"])


@cache
def mixed_forms() -> frozenset[str]:
    """Return forms of verbs that take quoted words into their own sentence: "dénonce « une faute »"."""
    return say_forms() | words("mixed_forms") | frozenset().union(*map(forms_of, words("mixed")))


def is_past(form: str) -> bool:
    """Return whether a form can be a past participle: "déclaré", "dit", "promis"."""
    return form.endswith(("é", "ée", "és", "ées", "i", "ie", "is", "it", "ite", "u", "ue", "us", "t", "te"))


_PREFIX = re.compile(r"^(?:(?:arrière|petite?|grande?|demi|ex|vice|sous|co)-)+(?=[^\W\d_]{3})")
_PEOPLE = re.compile(r"(?:[^\W\d_]{2}iste|ologue|génaire|[^\W\d_]{3}(?:trice|ienne|icien|euse))s?$")


@cache
def is_role(word: str) -> bool:
    """Return whether a noun, in lower case, is what somebody is: a known one, or one with such an ending."""
    word = _PREFIX.sub("", word)
    return word in words("roles") or word.rstrip("s") in words("roles") or bool(_PEOPLE.search(word))


@cache
def gender_of_role(word: str) -> int:
    """Return 1 or -1 for a role that only men or women have by its ending, else 0."""
    word = word.lower()
    if word in words("feminine_only"):
        return -1
    if word in words("masculine_only"):
        return 1
    if not is_role(word):
        return 0
    feminine = re.search(r"(?:trice|euse|ienne|ère|ée|ente|ante|onne|esse|ate|oute|ine|ure|ale|ue)$", word)
    masculine = re.search(r"(?:teur|eur|ien|er|é|ent|ant|on|at|in|f|al|u)$", word)
    return -1 if feminine else 1 if masculine else 0
