"""Streams the rows of wanted tables out of a dump, and counts whatever it could not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import define, field, frozen

from vetting.errors import DumpError
from vetting.readers.files import InputFile
from vetting.readers.sqldump import grammar
from vetting.readers.sqldump.chunk import DumpTable, RowChunk
from vetting.readers.sqldump.headers import UNSAFE_CHARSETS, Header, created_columns
from vetting.readers.sqldump.rows import RowReader
from vetting.readers.sqldump.window import Window

__all__ = ["Dump", "DumpLimits", "DumpTable", "RowChunk", "Want"]

Want = Callable[[str, tuple[str, ...]], Sequence[str] | None]
"""Given a table's name and columns: the columns to capture, none to only count rows, ``None`` to skip."""

# Held from a statement's start, so that its head is whole; more is fetched for a long list of columns.
_AHEAD = 1 << 16
_CHUNK = 1 << 20  # held at a time, once more masked; four times as much is no faster

_SPACE = re.compile(rb"[\s;\xef\xbb\xbf\0]*+")
_LINE = re.compile(rb"--(?=\s|\Z)|#")
_SET = re.compile(rb"SET\b", re.IGNORECASE)
_COPY = re.compile(rb"COPY\s[^;]*?\sFROM\s+stdin", re.IGNORECASE)
_WORDS = re.compile(rb"INSERT\b|REPLACE\b", re.IGNORECASE)


@frozen(kw_only=True)
class DumpLimits:
    """Bounds of what one dump may make us hold.

    Attributes:
        row: Bytes of one row, comment or definition.
        columns: Columns of a table.
        tables: Tables of a dump.
    """

    row: int = 64 << 20
    columns: int = 4096
    tables: int = 10_000


@define
class Dump:
    """A dump to be read once.

    Attributes:
        file: The file.
        want: Decides, table by table, which columns are captured.
        strict: Raise at the first place that cannot be read, where otherwise reading goes on at the next
            statement and counts the bytes in between.
        limits: Bounds of memory.
        header: What the dump says about itself.
        tables: By name, in file order.
        bytes_unread: Bytes that could not be read.
        statements_skipped: Statements that are no rows of a wanted table.
        truncated: Whether the file ends inside a statement.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "d.sql"
        >>> _ = path.write_text("INSERT INTO `t` (`a`,`b`) VALUES (1,'x'),(2,NULL);")
        >>> dump = Dump(InputFile(path), want=lambda table, columns: ("b",))
        >>> [chunk.values for chunk in dump.chunks()]
        [((b"'x'", b'NULL'),)]
    """

    file: InputFile
    want: Want = field(kw_only=True)
    strict: bool = field(default=True, kw_only=True)
    limits: DumpLimits = field(factory=DumpLimits, kw_only=True)
    header: Header = field(factory=Header, init=False)
    tables: dict[str, DumpTable] = field(factory=dict, init=False)
    bytes_unread: int = field(default=0, init=False)
    statements_skipped: int = field(default=0, init=False)
    truncated: bool = field(default=False, init=False)
    _window: Window = field(init=False)
    _rows: RowReader = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the window; nothing is read yet."""
        self._window = Window(self.file.chunks(_CHUNK), self.file.path)
        self._rows = RowReader(self._window, self.limits.row)

    @property
    def bytes_read(self) -> int:
        """Decompressed bytes looked at so far."""
        return self._window.offset

    @property
    def ended_well(self) -> bool | None:
        """Whether the writer's end mark was seen; ``None`` when this writer makes none."""
        if self.truncated:
            return False
        return self.header.trailer if self.header.has_trailer else None

    def chunks(self) -> Iterator[RowChunk]:
        """Read the dump.

        Yields:
            Literals of the wanted columns, in file order, some thousands of rows at a time.

        Raises:
            DumpError: At a place that cannot be read, when `strict`; always for a dump of another
                database system or with an encoding that cannot be parsed safely.
            ArchiveError: If the file is compressed and damaged or a bomb.
        """
        window = self._window
        window.ensure(1)
        line_end = window.raw.find(b"\n")
        self.header.crlf = line_end > 0 and window.raw[line_end - 1 : line_end] == b"\r"
        while window.ensure(1):
            window.position = _SPACE.match(window.raw, window.position).end()  # type: ignore[union-attr]
            if not window.left:
                continue
            window.ensure(_AHEAD)
            yield from self._statement()
        yield from self._rows.flush()

    def _statement(self) -> Iterator[RowChunk]:
        window = self._window
        raw, position = window.raw, window.position
        first = raw[position : position + 1]
        if _LINE.match(raw, position):
            self._line()
        elif raw.startswith(b"/*", position):
            self._comment()
        elif first in b"dD" and (delimiter := grammar.DELIMITER.match(raw, position)):
            window.position = delimiter.end()
            if delimiter["text"] != b";":
                self.statements_skipped += 1
                if not window.pass_over_pattern(grammar.UNDELIMITER):
                    self.truncated = True
        elif _WORDS.match(raw, position):
            yield from self._insert()
        elif first in b"cC" and grammar.CREATE.match(raw, position):
            self._create()
        else:
            if first in b"sS" and _SET.match(raw, position):
                self.header.note_setting(raw[position : raw.find(b";", position)])
            elif _COPY.match(raw, position):
                raise self._other_system()
            self.statements_skipped += 1
            self._skip()

    def _line(self) -> None:
        window = self._window
        self.header.note_line(window.raw[window.position : window.position + 256])
        if self.header.writer == "pg_dump":
            raise self._other_system()
        window.pass_over(b"\n")

    def _comment(self) -> None:
        window = self._window
        start, raw = window.position, window.raw
        if raw.startswith((b"/*!", b"/*M!"), start):
            self.header.note_setting(raw[start : raw.find(b"*/", start, start + 4096)])
        window.position += 2
        opened = window.offset
        while (end := window.raw.find(b"*/", window.position)) < 0 and window.left <= self.limits.row:
            if not window.more():
                break
        if end >= 0:
            window.position = end + 2
        else:
            self._unreadable("a comment has no end", "", opened - window.base)

    def _create(self) -> None:
        window = self._window
        opened = window.offset
        while not (found := self._find_end(window)) and window.left <= self.limits.row and window.more():
            pass
        start = opened - window.base
        created = grammar.CREATE.match(window.code, start)
        if not created or not found:
            self._unreadable("the definition of a table has no end", "", start)
            return
        table = self._table(created["table"])
        table.columns = created_columns(window.code[created.end() : found])
        self.header.in_header = False
        window.position = found

    @staticmethod
    def _find_end(window: Window) -> int:
        skipped = grammar.DEFINITION.match(window.code, window.position)
        end = skipped.end() if skipped else 0
        return end + 1 if window.code[end : end + 1] == b";" else 0

    def _insert(self) -> Iterator[RowChunk]:
        window = self._window
        header = grammar.INSERT.match(window.raw, window.position)
        if not header and not window.ended and window.left < 1 << 20:
            window.ensure(1 << 20)  # a long list of columns
            header = grammar.INSERT.match(window.raw, window.position)
        self.header.in_header = self.header.trailer = False
        window.escapes = not self.header.no_backslash_escapes
        if not header:  # INSERT ... SELECT, INSERT ... SET: no rows are written out, whatever they were
            opened = window.offset
            self.statements_skipped += 1
            self._skip()
            self.bytes_unread += window.offset - opened
            return
        table = self._table(header["table"])
        columns = grammar.identifiers(header["columns"]) if header["columns"] else table.columns
        if len(columns) > self.limits.columns:
            raise self._error(
                "it has too many columns", "Raise the limit, if the file is to be trusted.", table.name
            )
        table.columns = table.columns or columns
        wanted = self.want(table.name, columns) if columns else None
        if not columns:
            table.note = "no column names: neither CREATE TABLE nor a list of columns; not read"
            self.statements_skipped += 1
        if wanted is None:
            table.skipped += 1
            self.statements_skipped += bool(columns)
            self._skip()
            return
        if self.header.charset in UNSAFE_CHARSETS:
            raise self._error(
                f"its charset {self.header.charset} cannot be told apart from escapes",
                "Load it into a scratch MariaDB server without network and dump it again as utf8mb4.",
                table.name,
            )
        table.wanted = tuple(wanted)
        window.position = header.end()
        begins = header[0]
        again = True
        while again:
            yield from self._rows.read(table, columns, table.wanted)
            if self._rows.trouble:
                yield from self._rows.flush()
                self._unreadable(self._rows.trouble, table.name, window.position)
                return
            # A writer of one row a statement says the same again: four times as fast.
            after = _SPACE.match(window.raw, window.position)
            again = after is not None and window.raw.startswith(begins, after.end())
            if again and after:
                window.position = after.end() + len(begins)

    def _skip(self) -> None:
        """Pass over the rest of a statement, by its line end where the writer is known to escape others."""
        window = self._window
        if self.header.escapes_newlines:
            if not window.pass_over(b";\r\n" if self.header.crlf else b";\n"):
                self.truncated |= not window.raw.rstrip().endswith(b";")
            return
        window.escapes = not self.header.no_backslash_escapes
        while True:
            skipped = grammar.skip_pattern().match(window.code, window.position)
            window.position = skipped.end() if skipped else window.position
            if window.code[window.position : window.position + 1] == b";":
                return
            if window.left > self.limits.row:
                self._unreadable("a text has no end", "", window.position)
                return
            if not window.more():
                if window.left:  # an open string: nothing behind it can be trusted
                    self._unreadable("a text has no end", "", window.position)
                self.truncated = True
                return

    def _unreadable(self, reason: str, table: str, start: int) -> None:
        """Raise, or go on at the next statement and count what lies between."""
        window = self._window
        window.position = start
        if self.strict:
            raise self._error(
                reason,
                "Fetch a whole copy; if it stays so, ingest it: what cannot be read is counted.",
                table,
            )
        opened = window.offset
        self.truncated |= not window.pass_over_pattern(grammar.RESYNC)
        self.bytes_unread += window.offset - opened

    def _table(self, name: bytes) -> DumpTable:
        text = grammar.unquoted(name)
        if text not in self.tables:
            if len(self.tables) >= self.limits.tables:
                remedy = "Raise the limit, if the file is to be trusted."
                raise self._error("it has too many tables", remedy, "")
            self.tables[text] = DumpTable(text)
        return self.tables[text]

    def _other_system(self) -> DumpError:
        return self._error(
            "it is a dump of PostgreSQL", "Export the tables as CSV and ingest them with a mapping.", ""
        )

    def _error(self, reason: str, remedy: str, table: str) -> DumpError:
        return DumpError(
            self.file.path, reason=reason, remedy=remedy, offset=self._window.offset, table=table
        )
