"""Lines as rows of a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from digests.document import Run
from digests.render.direction import parts
from digests.render.wrapping import wrap

TEXT = st.text(alphabet=st.sampled_from("ab 、。「」東京カーッ한กำשל…\u00a0»é"), max_size=60)


def rows(text: str, width: int) -> list[str]:
    """Return the rows of a line of one run."""
    wrapped = wrap(parts((Run(text=text),)), width)
    return ["".join(text[piece.start : piece.end] for piece in row) for row in wrapped]


@pytest.mark.parametrize(
    ("text", "width", "told"),
    [
        pytest.param("one two three", 8, ["one two", "three"], id="at a space"),
        pytest.param(
            "知事は橋を閉鎖した", 8, ["知事は橋", "を閉鎖し", "た"], id="between characters, two cells each"
        ),
        pytest.param("Ruiz: 橋を閉鎖", 8, ["Ruiz: 橋", "を閉鎖"], id="Japanese behind a name"),
        pytest.param("橋を閉鎖。橋", 8, ["橋を閉", "鎖。橋"], id="no row begins with a full stop"),
        pytest.param("知事「橋は", 6, ["知事", "「橋は"], id="no row ends with an opening mark"),
        pytest.param(
            "スーパーマーケット", 6, ["スー", "パー", "マー", "ケット"], id="small kana and long marks stay"
        ),
        pytest.param("C’est vrai\u00a0!", 10, ["C’est", "vrai\u00a0!"], id="a no-break space holds"),
        pytest.param(
            "see https://a.example/b now", 8, ["see", "https://a.example/b", "now"], id="an address"
        ),
        pytest.param("สะพานปิดแล้ว", 6, ["สะพานปิ", "ดแล้ว"], id="a Thai phrase that is too wide"),
        pytest.param("다리가 닫혔다", 8, ["다리가", "닫혔다"], id="Korean at its spaces"),
        pytest.param("", 8, [], id="nothing"),
    ],
)
def test_a_row_ends_where_its_script_lets_it(text, width, told):
    """At spaces; beside Han and kana, where no mark is left alone; never within a character."""
    assert rows(text, width) == told


@given(TEXT, st.integers(4, 20))
def test_rows_hold_every_word_in_order(text, width):
    """Only spaces at the ends of rows are left out."""
    assert "".join(rows(text, width)).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet=st.sampled_from("知事は橋を閉鎖 ab"), max_size=60), st.integers(4, 20))
def test_no_row_is_wider_than_the_page(text, width):
    """Where no word is."""
    words = [word for word in text.split(" ") if word.isascii()]
    if all(len(word) <= width for word in words):
        assert all(cell_len(row) <= width for row in rows(text, width))


def test_a_stretch_from_the_right_is_one_in_each_of_its_rows():
    """Each row of a terminal is a paragraph of its own: an isolate does not reach into the next."""
    line = (Run(text="Ana: "), Run(text="قالت إن الجسر مغلق"))
    wrapped = wrap(parts(line), 14)
    assert [[piece.from_right for piece in row] for row in wrapped] == [[False, True], [True]]
