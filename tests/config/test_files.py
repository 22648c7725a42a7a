import os
import threading
from pathlib import Path

import pytest

from config.files import read_file
from config.load import load
from config.problems import ConfigError
from config.watch import WatchedConfig

TEXT = 'feeds: [{url: "https://a.example/rss", name: "${OUTLET}"}]\n'
pytestmark = pytest.mark.timeout(10)


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    """A named pipe into which nobody writes."""
    os.mkfifo(tmp_path / "fifo")
    return tmp_path / "fifo"


def test_a_named_pipe_is_refused_and_not_waited_for(fifo: Path) -> None:
    """As a configuration, as a secret's file, and where a link leads to it."""
    link = fifo.with_name("link.yaml")
    link.symlink_to(fifo)
    for path in (fifo, link):
        with pytest.raises(ConfigError, match="cannot be read: it is a pipe or a device: write it to a file"):
            load(path, {})
    config = fifo.with_name("onrecord.yaml")
    config.write_text(TEXT)
    with pytest.raises(ConfigError, match=r"OUTLET_FILE names a file that cannot be read \(it is a pipe"):
        load(config, {"OUTLET_FILE": str(fifo)})


def test_a_device_is_refused() -> None:
    """One of them has no end."""
    with pytest.raises(OSError, match="a pipe or a device"):
        read_file(Path("/dev/zero"))


def test_a_configuration_that_became_a_pipe_holds_up_no_running_bot(fifo: Path) -> None:
    """Neither a look nor a reload waits; the operator reads why it is refused."""
    config = fifo.with_name("onrecord.yaml")
    config.write_text("feeds: []\nchannels: []\n")
    watched = WatchedConfig(config, {})
    with pytest.raises(ConfigError):
        watched.load()
    fifo.replace(config)
    assert watched.changed(watched.look())
    with pytest.raises(ConfigError, match="it is a pipe or a device"):
        watched.load()


def test_links_to_files_are_followed(tmp_path: Path) -> None:
    """As ConfigMaps are made of them: a link to a file in a linked folder."""
    (tmp_path / "v1").mkdir()
    (tmp_path / "v1" / "onrecord.yaml").write_text("text")
    (tmp_path / "data").symlink_to("v1")
    (tmp_path / "onrecord.yaml").symlink_to("data/onrecord.yaml")
    assert read_file(tmp_path / "onrecord.yaml", again=True) == b"text"


def test_what_a_program_hands_over_is_read_once() -> None:
    """``check --config <(…)`` has somebody at its other end, who may be slow; ``run`` would ask again."""
    reading, writing = os.pipe()
    path = Path(f"/dev/fd/{reading}")
    with pytest.raises(OSError, match="a pipe, which cannot be read again"):
        read_file(path, again=True)
    with pytest.raises(ConfigError, match="a pipe, which cannot be read again"):
        WatchedConfig(path, {}).load()
    with os.fdopen(writing, "wb") as file:
        late = threading.Timer(0.2, lambda: (file.write(b"text"), file.close()))
        late.start()
        assert read_file(path) == b"text"
        late.join()
    os.close(reading)
