import os
from pathlib import Path

import pytest

from digests.errors import FetchCause, FetchError
from digests.feeds.local import read

pytestmark = pytest.mark.timeout(10)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("none", "none is not there; check the address.", id="nothing"),
        pytest.param("folder", "folder is a folder; name the feed's file in it.", id="folder"),
        pytest.param("pipe", "pipe is a pipe or a device; write the feed to a file.", id="pipe"),
    ],
)
async def test_what_is_no_file_is_told_with_what_to_do(tmp_path: Path, name: str, words: str) -> None:
    """Nobody waits for who might write into a pipe."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FetchError) as caught:
        await read((tmp_path / name).as_uri(), max_bytes=1000)
    assert caught.value.cause is FetchCause.MISSING_FILE
    assert str(caught.value) == f"{tmp_path}/{words}"
