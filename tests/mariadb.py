"""A real MariaDB on a scratch directory and a UNIX socket, to make dumps with and to hold readers against.

Nothing in the package needs MariaDB; the integration tests and the script that makes the demonstration
do. No driver is needed: bytes go through the ``mariadb`` client, and come back as hexadecimal digits.
"""

from __future__ import annotations

import getpass
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

__all__ = ["MariaDB", "MariaDBError", "Row", "insert", "literal", "missing_programs"]

Value = int | str | bytes | None
Row = tuple[bytes | None, ...]

_PROGRAMS = ("mariadbd", "mariadb", "mariadb-admin", "mariadb-dump", "mariadb-install-db")
_READY_SECONDS = 60.0
_ROWS_PER_INSERT = 200
# Small and careless: the data lives for one test run, and the machine is shared.
_SERVER_OPTIONS = (
    "--skip-networking",
    "--skip-log-bin",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_unicode_ci",
    "--innodb-buffer-pool-size=48M",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-log-file-size=16M",
    "--max-allowed-packet=64M",
    "--default-time-zone=+00:00",
)


class MariaDBError(RuntimeError):
    """A MariaDB program ended badly; the text is what it said."""


def missing_programs() -> list[str]:
    """The programs of Debian's mariadb-server and mariadb-client that are not on this machine."""
    return [name for name in _PROGRAMS if shutil.which(name) is None]


def literal(value: Value) -> str:
    """Write a value as an SQL literal that no character can break out of.

    Text goes as the hexadecimal digits of its UTF-8, so that neither the client's nor the server's
    reading of quotes and backslashes can alter what a test means to store.

    Example:
        >>> literal("it's"), literal(b"\\x00'"), literal(""), literal(None), literal(-3)
        ("_utf8mb4 x'69742773'", "x'0027'", "''", 'NULL', '-3')
    """
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    return f"_utf8mb4 x'{value.encode().hex()}'" if value else "''"


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Write INSERT statements for rows, some hundred rows each; empty without rows."""
    values = [f"({','.join(map(literal, row))})" for row in rows]
    head = f"INSERT INTO {_quoted(table)} ({','.join(map(_quoted, columns))}) VALUES\n"
    parts = [values[at : at + _ROWS_PER_INSERT] for at in range(0, len(values), _ROWS_PER_INSERT)]
    return "".join(head + ",\n".join(part) + ";\n" for part in parts)


@frozen(kw_only=True)
class MariaDB:
    """A running server.

    Attributes:
        socket: Its UNIX socket, the only way in.
    """

    socket: Path

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[MariaDB]:
        """Start a server of its own for the current user, and remove every trace of it afterwards.

        Raises:
            MariaDBError: The data directory cannot be made, or the server does not come up.
        """
        # In the system's temporary folder, since a socket's path may have 107 bytes at most.
        with tempfile.TemporaryDirectory(prefix="vetting-mariadb-") as scratch:
            folder = Path(scratch)
            data, socket, log = folder / "data", folder / "s.sock", folder / "server.log"
            common = ("--no-defaults", f"--user={getpass.getuser()}", f"--datadir={data}")
            _call(
                "mariadb-install-db",
                *common,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            )
            with log.open("wb") as output:
                process = subprocess.Popen(
                    [
                        str(shutil.which("mariadbd")),
                        *common,
                        f"--socket={socket}",
                        f"--pid-file={folder / 'pid'}",
                        f"--tmpdir={folder}",
                        *_SERVER_OPTIONS,
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
            server = cls(socket=socket)
            try:
                server._wait_until_ready(process, log)
                yield server
            finally:
                process.terminate()
                try:
                    process.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def run(self, sql: str | bytes, *, database: str = "") -> bytes:
        """Run SQL text through the client, connected in utf8mb4.

        Args:
            sql: Statements; ``DELIMITER`` works, as in the client.
            database: The database to use; empty for none.

        Returns:
            What the client prints in batch mode: tab-separated values, without column names.

        Raises:
            MariaDBError: A statement failed; the text is the client's.
        """
        given = sql.encode() if isinstance(sql, str) else sql
        options = ("--batch", "--skip-column-names", "--default-character-set=utf8mb4")
        client = (*self._client("mariadb"), *options, "--max-allowed-packet=64M")
        return _call(*client, *([database] if database else []), given=given)

    def create(self, database: str, *scripts: str | Path) -> None:
        """Make a database anew from SQL texts or files, in order.

        Args:
            database: Its name; one that exists already is dropped.
            scripts: SQL text, or the path of a file that holds it.
        """
        self.run(f"DROP DATABASE IF EXISTS `{database}`; CREATE DATABASE `{database}`;")
        for script in scripts:
            self.run(script.read_bytes() if isinstance(script, Path) else script, database=database)

    def columns(self, database: str, table: str) -> dict[str, bool]:
        """The names of a table's columns, in their own order, each with whether it holds text."""
        query = (
            "SELECT CONCAT(character_set_name IS NOT NULL, column_name) FROM information_schema.columns "
            f"WHERE table_schema={literal(database)} AND table_name={literal(table)} "
            "ORDER BY ordinal_position"
        )
        return {line[1:]: line[0] == "1" for line in self.run(query).decode().splitlines()}

    def tables(self, database: str) -> list[str]:
        """The names of a database's tables without its views, sorted."""
        query = (
            "SELECT table_name FROM information_schema.tables "
            f"WHERE table_schema={literal(database)} AND table_type='BASE TABLE' ORDER BY 1"
        )
        return self.run(query).decode().splitlines()

    def rows(
        self, database: str, table: str, columns: Sequence[str], *, charset: str = "utf8mb4"
    ) -> list[Row]:
        """What the server itself returns for a table, byte for byte, in no order.

        Args:
            database: The database.
            table: The table.
            columns: The columns wanted.
            charset: Text comes in it; what it lacks is a question mark. Binary columns stay as they are.

        Returns:
            One tuple a row. Numbers come in their decimal digits, ``None`` is NULL.
        """
        is_text = self.columns(database, table)
        cells = [
            f"CONVERT({_quoted(name)} USING {charset})" if is_text[name] else _quoted(name)
            for name in columns
        ]
        return self.select(database, f"SELECT {', '.join(cells)} FROM {_quoted(table)}", width=len(columns))

    def select(self, database: str, query: str, *, width: int, before: str = "") -> list[Row]:
        """Every cell of a query's result, byte for byte, each in its own charset, in no order.

        Args:
            database: The database.
            query: A SELECT.
            width: How many columns it has.
            before: A statement to run first, in the same connection.
        """
        names = [f"c{at}" for at in range(width)]
        cells = ",'.',".join(f"IFNULL(HEX(CAST({name} AS BINARY)),'-')" for name in names)
        wanted = f"WITH wanted ({','.join(names)}) AS ({query}) SELECT CONCAT({cells}) FROM wanted;"
        lines = self.run(f"{before};{wanted}" if before else wanted, database=database).decode("ascii")
        return [
            tuple(None if cell == "-" else bytes.fromhex(cell) for cell in line.split("."))
            for line in lines.splitlines()
        ]

    def dump(self, database: str, *options: str, tables: Sequence[str] = ()) -> bytes:
        """Dump a database with mariadb-dump.

        Args:
            database: The database.
            options: Options for mariadb-dump, such as ``--hex-blob``.
            tables: Only these tables, in this order; all of them when empty.

        Returns:
            The dump as written.
        """
        return _call(*self._client("mariadb-dump"), "--max-allowed-packet=64M", *options, database, *tables)

    def _client(self, program: str) -> tuple[str, ...]:
        return (program, "--no-defaults", "--user=root", f"--socket={self.socket}")

    def _wait_until_ready(self, process: subprocess.Popen[bytes], log: Path) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise MariaDBError(f"mariadbd ended at once:\n{log.read_text(errors='replace')[-2000:]}")
            try:
                _call(*self._client("mariadb-admin"), "--silent", "ping")
            except MariaDBError:
                time.sleep(0.05)
            else:
                return
        raise MariaDBError(f"mariadbd is not ready after {_READY_SECONDS:.0f} s")


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _call(program: str, *arguments: str, given: bytes = b"") -> bytes:
    ended = subprocess.run([program, *arguments], input=given, capture_output=True, check=False)
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip() or f"exit status {ended.returncode}"
        raise MariaDBError(f"{program}: {said[-400:]}")  # the client repeats the whole statement before it
    return ended.stdout
