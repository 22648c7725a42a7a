"""Where sentences end."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.sentences import sentence_ends


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("It rained. It poured! Did it?", ["It rained.", "It poured!", "Did it?"], id="three"),
        pytest.param(
            "It was “late.” It rained.", ["It was “late.”", "It rained."], id="the mark belongs to it"
        ),
        pytest.param("It was late. “Go,” she said.", ["It was late.", "“Go,” she said."], id="a quote opens"),
        pytest.param("Mr. Vale met Sen. Ruiz.", ["Mr. Vale met Sen. Ruiz."], id="titles"),
        pytest.param("On Aug. 30 J. B. Vale left.", ["On Aug. 30 J. B. Vale left."], id="month and initials"),
        pytest.param("The U.S. Senate met.", ["The U.S. Senate met."], id="dotted letters"),
        pytest.param(
            "She asked “why?” and left.", ["She asked “why?” and left."], id="goes on in small letters"
        ),
        pytest.param(
            "It cost 2.50 in 1990. It rained.", ["It cost 2.50 in 1990.", "It rained."], id="figures"
        ),
        pytest.param("No. Never.", ["No.", "Never."], id="one word"),
        pytest.param("no end", ["no end"], id="no stop"),
    ],
)
def test_a_sentence_ends_where_a_reader_would_pause(text, sentences):
    """Behind its stop and closing marks; the stop of an abbreviation ends none."""
    starts = (0, *sentence_ends(text))
    assert [text[a:b].strip() for a, b in pairwise(starts)] == sentences


@settings(deadline=None)
@given(st.text(alphabet='aB1.!?”" \nMr', max_size=40))
def test_ends_rise_to_the_end_of_the_text(text):
    """Whatever the text, its pieces put together are the text."""
    ends = sentence_ends(text)
    assert ends[-1] == len(text)
    assert list(ends) == sorted(ends)
    assert not text or all(ends)


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        pytest.param("橋は閉鎖する。未定だ！なぜ？", "ja", ["橋は閉鎖する。", "未定だ！", "なぜ？"], id="ja"),
        pytest.param("「閉鎖だ。」と述べた。了。", "ja", ["「閉鎖だ。」と述べた。", "了。"], id="ja, on"),
        pytest.param("他说：“好。” 她走了。", "zh", ["他说：“好。”", "她走了。"], id="zh, at a space"),
        pytest.param("真的吗？！我们不知道。", "zh", ["真的吗？！", "我们不知道。"], id="zh, two marks"),
        pytest.param("هل أُغلق الجسر؟ نعم. غدا.", "ar", ["هل أُغلق الجسر؟", "نعم.", "غدا."], id="ar"),
        pytest.param("پل بند ہے۔ کل کھلے گا۔", "ur", ["پل بند ہے۔", "کل کھلے گا۔"], id="ur"),
        pytest.param("पुल बंद है। कल खुलेगा।", "hi", ["पुल बंद है।", "कल खुलेगा।"], id="hi"),
        pytest.param("«\u202fOui.\u202f» Il part.", "fr", ["«\u202fOui.\u202f»", "Il part."], id="fr, marks"),
        pytest.param("M. Roy et MM. Vial. Il part.", "fr", ["M. Roy et MM. Vial.", "Il part."], id="fr, MM."),
        pytest.param("Am 3. März war es. Gut.", "de", ["Am 3. März war es.", "Gut."], id="de, ordinals"),
        pytest.param("It was May 3. March came.", "en", ["It was May 3.", "March came."], id="en, none"),
        pytest.param("สะพานปิด เปิดปีหน้า", "th", ["สะพานปิด เปิดปีหน้า"], id="th, no ends"),
    ],
)  # fmt: skip
def test_sentences_end_in_other_languages_too(text, language, sentences):
    """By their own marks; East Asia's need no space, and a stop before closing marks may be within."""
    starts = (0, *sentence_ends(text, language))
    assert [text[a:b].strip() for a, b in pairwise(starts)] == sentences


@settings(deadline=None)
@given(st.text(alphabet="橋は。！」「 \nA“”", max_size=40), st.sampled_from(["", "ja", "de"]))
def test_ends_rise_in_other_scripts_too(text, language):
    """Each end is behind the one before, and the last is the text's."""
    ends = sentence_ends(text, language)
    assert ends[-1] == len(text)
    assert all(a < b for a, b in pairwise(ends))
