"""Bullets of articles in other languages: cut where their scripts allow, judged by what is known of them."""

import pytest

from digests.bullets import make_bullets
from digests.digest import make_story
from digests.model import Analysis, Bullet
from digests.worth import dangling, topic, worth
from tests.make import make_article, make_quote, make_read

JAPANESE = "橋は安全のために閉鎖する。" * 3 + "再開は未定だ。" * 20
CHINESE = "我们将重建这座桥梁，工程明年开始，" * 20
THAI = "สะพานจะปิดจนถึงปีหน้า " * 20
ENDLESS = "橋" * 500


def bullet(words: str, language: str, who: str | None = "Ana Ruiz") -> Bullet:
    """Return the one bullet of an article that holds one quote."""
    text = f"Ruiz: “{words}”"
    quotes = (make_quote(text, words, who),)
    (made,) = make_bullets(make_article(text=text), Analysis(engine="t", language=language, quotes=quotes))
    assert made.pieces[0].text == text[made.pieces[0].start : made.pieces[0].end]
    return made


@pytest.mark.parametrize(
    ("words", "language", "end"),
    [
        pytest.param(JAPANESE, "ja", "だ。", id="Japanese: at the end of a sentence"),
        pytest.param(CHINESE, "zh", "桥梁", id="Chinese: at a comma"),
        pytest.param(THAI, "th", "ปีหน้า", id="Thai: at a space"),
        pytest.param(ENDLESS, "ja", "橋", id="at any character where there is nothing else"),
    ],
)
def test_a_long_quote_is_cut_where_its_script_allows(words, language, end):
    """To what two lines of a phone hold; Han and kana take twice the room of letters."""
    made = bullet(words, language)
    assert made.pieces[0].text.endswith(end)
    assert made.cut
    limit = 230 if language == "th" else 115
    assert limit / 2 < len(made.pieces[0].text) <= limit


def test_a_short_sentence_without_spaces_is_no_fragment():
    """Its words are counted, though nothing parts them; also where nobody is sure who spoke."""
    assert bullet("橋は安全のため閉鎖する", "ja").pieces[0].text == "橋は安全のため閉鎖する"
    assert bullet("橋は安全のために閉鎖する", "ja", None).speaker is None


def test_the_first_sentence_of_an_article_without_bullets_is_cut_too():
    """At its own full stop; an endless one at a character."""
    assert (
        make_story(make_read(text="橋は閉鎖された。再開は未定だ。", analysis=None)).note == "橋は閉鎖された。"
    )
    note = make_story(make_read(text=ENDLESS, analysis=None)).note
    assert (note[-1], len(note)) == ("…", 101)


# --- what words are worth ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("It was he who knew", id="English words, if they were"),
        pytest.param("So ist das nun einmal", id="a German word that is an English one"),
        pytest.param("That it is", id="whatever"),
    ],
)
def test_english_rules_are_not_asked_of_other_languages(words):
    """German "so", Dutch "is", Spanish "he": nothing leans on anything there that we know of."""
    assert dangling(words, "en") > 0
    assert dangling(words, "de") == dangling(words, "") == 0


@pytest.mark.parametrize(
    ("words", "leans"),
    [
        pytest.param("Ça ne marche pas", True, id="ça"),
        pytest.param("Et cela, nous le savons", True, id="cela"),
        pytest.param("C’est faux", True, id="c’est"),
        pytest.param("Ils le savent", True, id="ils"),
        pytest.param("Mais la ville doit payer", True, id="mais"),
        pytest.param("Il faut reconstruire le pont", False, id="il faut"),
        pytest.param("Il y a deux ponts dans la ville", False, id="il y a"),
        pytest.param("C’est la ville qui doit payer le pont", False, id="c’est … qui"),
        pytest.param("La ville doit payer le pont", False, id="a sentence"),
        pytest.param("Illégal, le pont sera fermé", False, id="a longer word"),
    ],
)
def test_french_words_that_lean_are_known(words, leans):
    """By their pronouns and conjunctions."""
    assert (dangling(words, "fr") >= 0.3) is leans


def test_what_an_article_is_about_is_told_in_languages_whose_empty_words_we_know():
    """Else "nicht" or "sobre" would be its matter."""
    article = make_article(title="Le pont sera fermé dans deux semaines", text="")
    assert topic(article, "fr") == {"pont", "fermé", "deux", "semain"}
    assert topic(article, "de") == frozenset()
    quote = make_quote("Le pont est fermé", "Le pont est fermé")
    about = topic(article, "fr")
    assert worth(quote, about, 100, "fr") > worth(quote, (), 100, "fr")
    assert worth(quote, about, 100, "de") == worth(quote, (), 100, "de")


def test_a_question_is_one_in_every_script():
    """By its own mark."""
    for mark in "?？؟":
        asked, said = (make_quote(f"橋は閉鎖{end}", f"橋は閉鎖{end}") for end in (mark, "。"))
        assert worth(asked, (), 100, "ja") < worth(said, (), 100, "ja")


@pytest.mark.parametrize(("language", "left_out"), [("fr", 0), ("de", 2)])
def test_a_speakers_best_words_are_chosen_by_their_own_language(language, left_out):
    """Two of three are told: in French not what leans; of German nothing is known, and the last is left."""
    said = [
        "Ça ne marche pas du tout depuis des mois dans la ville",
        "La ville doit payer le pont avant la fin de cet hiver",
        "Le port restera ouvert toute la nuit pour les bateaux",
    ]
    text = " ".join(f"Ruiz: “{words}.”" for words in said)
    quotes = tuple(make_quote(text, words, speaker_start=at) for at, words in enumerate(said))
    article = make_article(text=text, title="")
    told = make_bullets(article, Analysis(engine="t", language=language, quotes=quotes))
    assert [bullet.pieces[0].text for bullet in told] == said[:left_out] + said[left_out + 1 :]
