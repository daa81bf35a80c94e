"""A real PostgreSQL on a scratch directory and a UNIX socket, to make dumps with and to hold readers against."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = ["Postgres", "PostgresError", "programs"]

_READY_SECONDS = 60.0
_USER = "postgres"
# Small and careless: the data live for one test run, and the machine is shared.
_SERVER_OPTIONS = (
    "listen_addresses=",
    "fsync=off",
    "shared_buffers=16MB",
    "max_connections=10",
    "timezone=UTC",
)


class PostgresError(RuntimeError):
    """A PostgreSQL program ended badly; the text is what it said."""


def programs() -> Path | None:
    """The folder of Debian's newest PostgreSQL, which keeps the server out of the search path."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True
    )
    return found[0].parent if found else None


@frozen(kw_only=True)
class Postgres:
    """A running server.

    Attributes:
        folder: With its socket, the only way in.
        bin: Its programs.
    """

    folder: Path
    bin: Path

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Postgres]:
        """Start a server of its own, and remove every trace of it afterwards.

        The server refuses to run as root, so root starts it as the user that Debian made for it.

        Raises:
            PostgresError: It is not installed, or the server does not come up.
        """
        found = programs()
        if found is None:
            raise PostgresError("initdb not found: install Debian's postgresql")
        with tempfile.TemporaryDirectory(prefix="vetting-postgres-") as scratch:
            folder = Path(scratch)
            account: dict[str, Any] = {}
            if os.geteuid() == 0:
                shutil.chown(folder, _USER, _USER)
                account = {"user": _USER, "group": _USER, "extra_groups": []}
            server, data = cls(folder=folder, bin=found), folder / "data"
            initdb = (
                "--auth=trust",
                f"--username={_USER}",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            )
            _ended([found / "initdb", *initdb, data], cwd=folder, **account)
            options = [part for option in _SERVER_OPTIONS for part in ("-c", option)]
            with (folder / "server.log").open("wb") as log:
                process = subprocess.Popen(
                    [found / "postgres", "-D", data, "-k", folder, *options],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    cwd=folder,
                    **account,
                )
            try:
                server._wait_until_ready(process)
                yield server
            finally:
                process.terminate()
                try:
                    process.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def run(self, sql: str, *, database: str = "postgres") -> str:
        """Run SQL text through psql; returns what it prints, unaligned and without headers."""
        command = self._client("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", database)
        return _ended(command, given=sql.encode()).decode()

    def create(self, database: str, *scripts: str) -> None:
        """Make a database anew from SQL texts, in order."""
        self.run(f"DROP DATABASE IF EXISTS {database};")
        self.run(f"CREATE DATABASE {database};")
        for script in scripts:
            self.run(script, database=database)

    def select(self, database: str, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query as the server returns them: numbers, truth values and texts; ``None`` is NULL."""
        told = self.run(
            f"SELECT (SELECT json_agg(value) FROM json_each(row_to_json(q))) FROM ({query}) q;",
            database=database,
        )
        return [tuple(json.loads(line)) for line in told.split("\n") if line]

    def dump(self, database: str, *options: str) -> bytes:
        """Dump a database with pg_dump; returns the dump as written."""
        return _ended(self._client("pg_dump", *options, database))

    def _client(self, program: str, *arguments: str) -> list[str]:
        return [str(self.bin / program), "-h", str(self.folder), "-U", _USER, *arguments]

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                said = (self.folder / "server.log").read_text(errors="replace")[-2000:]
                raise PostgresError(f"postgres ended at once:\n{said}")
            try:
                self.run("SELECT 1;")
            except PostgresError:
                time.sleep(0.05)
            else:
                return
        raise PostgresError(f"postgres is not ready after {_READY_SECONDS:.0f} s")


def _ended(command: list[Any], *, given: bytes = b"", **options: Any) -> bytes:
    ended: subprocess.CompletedProcess[bytes] = subprocess.run(
        command, input=given, capture_output=True, check=False, **options
    )
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip() or f"exit status {ended.returncode}"
        raise PostgresError(f"{Path(command[0]).name}: {said[-800:]}")
    return ended.stdout
