"""[io] SIGHUP: asks a bot to read its configuration again, or says that its terminal was closed.

The signal is the same for both. A bot whose terminal is gone ends, as it would with Ctrl-C; one that was
started with ``nohup`` stays.
"""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType


@dataclass(slots=True)
class Hangups:
    """What is known of SIGHUP in this process; ``early`` says that one came before the bot minded it."""

    early: bool = False
    ends: bool = False
    streams: tuple[int, ...] = ()

    def hold(self) -> None:
        """Let a SIGHUP no longer end the process: a start takes a second, and it may come in it."""
        nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        self.ends = not nohup and has_terminal()
        self.streams = tuple(stream for stream in range(3) if os.isatty(stream))
        signal.signal(signal.SIGHUP, self._note)

    def closes(self) -> bool:
        """Return whether a SIGHUP that came now means that the terminal was closed."""
        return self.ends and not has_terminal()

    def let_go(self) -> None:
        """Write what is still to be written nowhere: a terminal that is gone fails whoever writes to it."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in self.streams:
            os.dup2(nowhere, stream)
        os.close(nowhere)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.early = True


HANGUPS = Hangups()


def has_terminal() -> bool:
    """Return whether the process has a controlling terminal, which is open."""
    with suppress(OSError):
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
        return True
    return False
