"""The bot's own words in every language that it speaks."""

import ast
import gettext
import io
import re
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import config.values
from digests.catalogue import ENGLISH, LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
TRANSLATED = LANGUAGES[1:]
GETTEXT = {"gettext": 1, "ngettext": 2, "pgettext": 2}
Key = tuple[str, ...]


def po(language: str) -> Path:
    return ROOT / "digests" / "locale" / language / "LC_MESSAGES" / "onrecord.po"


def translations(language: str) -> Catalog:
    with po(language).open("rb") as file:
        return read_po(file, locale=language)


def called(node: ast.AST) -> str:
    """Return which of gettext's functions a call is, or an empty string."""
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr
    return named if named in GETTEXT else ""


def messages() -> Iterator[Key]:
    """Yield every message of the source: its words, both forms of a counted one, the context before them."""
    for package in ("bot", "digests"):
        for path in (ROOT / package).rglob("*.py"):
            if path == ROOT / "digests" / "catalogue.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (name := called(node)):
                    yield (name, *(ast.literal_eval(one) for one in node.args[: GETTEXT[name]]))
    yield from (("pgettext", context, words) for context, words in PATTERNS)


PATTERNS = [
    ("day, as CLDR writes patterns", "EEE d MMM"),
    ("day, as CLDR writes patterns", "EEE d MMM y"),
    ("time, as strftime writes patterns", "%H:%M"),
    ("a moment", "{day}, {time}"),
]
SOURCE = frozenset(messages())


def key(message: Message) -> Key:
    if isinstance(message.id, tuple):
        return ("ngettext", *message.id)
    return ("pgettext", message.context, message.id) if message.context else ("gettext", message.id)


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_source_has_messages():
    """The tests below look at something: sentences, counted ones, and marks with a context."""
    assert len(SOURCE) > 40
    assert {one[0] for one in SOURCE} == set(GETTEXT)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_no_other(language):
    """`make messages` was run, and somebody wrote what it left empty."""
    told = {key(message): message for message in translations(language) if message.id}
    assert SOURCE - set(told) == set()
    assert set(told) - SOURCE == set()
    assert [one for one, message in told.items() if message.fuzzy or not all(forms(message))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_message(language):
    """Each form of a counted message too: no number is left out, and no name unknown."""
    for message in translations(language):
        if message.id:
            wanted = {frozenset(placeholders(words)) for words in key(message)[1:]} - {frozenset()}
            for words in forms(message):
                assert {frozenset(placeholders(words))} - {frozenset()} == wanted, words


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_programs_read_is_what_people_wrote(language):
    """The compiled catalogue is that of the text beside it; a new machine compiles nothing."""
    compiled = io.BytesIO()
    write_mo(compiled, translations(language))
    assert po(language).with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_french_words_have_no_space_that_a_row_can_end_at_before_a_mark():
    """« Oui ! » is one piece: no-break spaces inside of its marks and before double ones."""
    words = [form for message in translations("fr") if message.id for form in forms(message)]
    assert any("\u202f" in one for one in words)
    assert [one for one in words if re.search(r" [:;!?»]|« ", one)] == []


def test_the_configuration_offers_what_the_bot_speaks():
    """No more and no less; every language has its file."""
    assert tuple(config.values.LANGUAGES) == LANGUAGES
    assert {path.parts[-3] for path in po("fr").parents[2].rglob("*.mo")} == set(TRANSLATED)


def test_an_unknown_language_is_spoken_in_english():
    """A document of another version may name one."""
    assert catalogue("xx") is ENGLISH
    assert isinstance(ENGLISH.texts, gettext.NullTranslations)


@pytest.mark.parametrize(
    ("language", "day", "short", "whole"),
    [
        ("en", date(2026, 3, 10), "Tue 10 Mar", "Tue 10 Mar 2026"),
        ("en", date(2026, 9, 6), "Sun 6 Sep", "Sun 6 Sep 2026"),
        ("fr", date(2026, 3, 10), "mar. 10 mars", "mar. 10 mars 2026"),
        ("fr", date(2026, 2, 1), "dim. 1 févr.", "dim. 1 févr. 2026"),
    ],
)
def test_days_are_written_as_their_language_does(language, day, short, whole):
    """By CLDR's names of days and months."""
    assert (catalogue(language).day(day), catalogue(language).whole_day(day)) == (short, whole)


def test_things_are_counted_as_their_language_does():
    """Nothing is many in English and one in French."""
    one, many = "{number} story", "{number} stories"
    assert [ENGLISH.ngettext(one, many, number) for number in (0, 1, 2)] == [
        "0 stories",
        "1 story",
        "2 stories",
    ]
    french = [catalogue("fr").ngettext(one, many, number) for number in (0, 1, 2)]
    assert french == ["0 article", "1 article", "2 articles"]


# --- nothing goes past it --------------------------------------------------------------------------------

# What the code compares, or asks a library for; nobody reads it.
UNSEEN = {"en", "und", "UTC", "Etc/", "At", "In", "On", "During", "After", r"\s*\n\s*"}


def shown(tree: ast.AST) -> list[str]:
    """Return the literals with letters that are no messages, docstrings or annotations."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if called(node):
            assert isinstance(node, ast.Call)
            skipped |= {id(one) for one in node.args[: GETTEXT[called(node)]]}
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            assert isinstance(node.body[0], ast.Expr)
            skipped.add(id(node.body[0].value))
        if isinstance(node, ast.Dict):
            skipped |= {id(one) for one in node.keys}
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in skipped]
    return [
        one.value
        for one in literals
        if isinstance(one.value, str) and any(map(str.isalpha, one.value)) and one.value not in UNSEEN
    ]


def test_no_word_of_a_document_goes_past_the_catalogue():
    """Whatever `render/document.py` says is a message."""
    tree = ast.parse((ROOT / "digests" / "render" / "document.py").read_text(encoding="utf-8"))
    assert shown(tree) == []


def test_no_word_in_chat_goes_past_the_catalogue():
    """Nor what `words.py` says in the words of a channel: what is given a catalogue."""
    tree = ast.parse((ROOT / "bot" / "words.py").read_text(encoding="utf-8"))
    spoken = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "say" in [argument.arg for argument in node.args.args]
    ]
    assert len(spoken) > 10
    assert {node.name: shown(node) for node in spoken if shown(node)} == {}


def test_a_word_that_goes_past_it_would_be_seen():
    """As a plain text, and as a part of another."""
    tree = ast.parse('def f(say):\n    """Say."""\n    return say.gettext("Yes") + "No" + f"{1} Perhaps"')
    assert shown(tree) == ["No", " Perhaps"]
