"""Streams the rows of wanted tables out of a dump, and counts whatever it could not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import define, field

from vetting.errors import DumpError
from vetting.readers.files import InputFile
from vetting.readers.sqldump import grammar
from vetting.readers.sqldump.chunk import DumpLimits, DumpTable, RowChunk
from vetting.readers.sqldump.headers import UNSAFE_CHARSETS, Header, created_columns
from vetting.readers.sqldump.postgres import COPY, CopyReader, qualified
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
_TRUSTED = "Raise the limit, if the file is to be trusted."
_FETCH = "Fetch a whole copy; if it stays so, ingest it: what cannot be read is counted."
_WORDS = re.compile(rb"INSERT\b|REPLACE\b", re.IGNORECASE)


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
            DumpError: At a place that cannot be read, when `strict`; always for an unsafe encoding.
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
        elif first == b"\\":
            self.header.note_command(raw[position : position + 256])
            window.pass_over(b"\n")
        elif first in b"cC" and (copy := COPY.match(raw, position)):
            yield from self._copy(copy)
        elif first in b"cC" and grammar.CREATE.match(raw, position):
            self._create()
        else:
            if first in b"sS" and _SET.match(raw, position):
                self.header.note_setting(raw[position : raw.find(b";", position)])
            self.statements_skipped += 1
            self._skip()

    def _line(self) -> None:
        window = self._window
        self.header.note_line(window.raw[window.position : window.position + 256])
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
        window.escapes = not self.header.no_backslash_escapes
        opened = window.offset
        while (
            not (found := grammar.definition_end(window.code, window.position))
            and window.left <= self.limits.row
            and window.more()
        ):
            pass
        start = opened - window.base
        created = grammar.CREATE.match(window.code, start)
        if not created or not found:
            self._unreadable("the definition of a table has no end", "", start)
            return
        table = self._table(created["table"])
        table.columns = created_columns(window.code[created.end() : found], postgres=self.header.postgres)
        self.header.in_header = False
        window.position = found

    def _insert(self) -> Iterator[RowChunk]:
        window = self._window
        if not grammar.INSERT.match(window.raw, window.position):
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
        table, columns, wanted = self._begun(header["table"], header["columns"])
        if wanted is None:
            self._skip()
            return
        window.position = header.end()
        begins = header[0]
        again = True
        while again:
            yield from self._rows.read(table, columns, wanted)
            if self._rows.trouble:
                yield from self._rows.flush()
                self._unreadable(self._rows.trouble, table.name, window.position)
                return
            # A writer of one row a statement says the same again: four times as fast.
            after = _SPACE.match(window.raw, window.position)
            again = after is not None and window.raw.startswith(begins, after.end())
            if again and after:
                window.position = after.end() + len(begins)

    def _begun(
        self, name: bytes, listed: bytes | None
    ) -> tuple[DumpTable, tuple[str, ...], tuple[str, ...] | None]:
        """Look at the head of rows; returns the table, their columns, and those captured, if any are wanted."""
        table = self._table(name)
        columns = grammar.identifiers(listed) if listed else table.columns
        if len(columns) > self.limits.columns:
            raise self._error("it has too many columns", _TRUSTED, table.name)
        if not columns:
            table.note = "no column names: neither CREATE TABLE nor a list of columns; not read"
        table.columns = table.columns or columns
        wanted = self.want(table.name, columns) if columns else None
        if wanted is None:
            table.skipped += 1
            self.statements_skipped += 1
            return table, columns, None
        if self.header.charset in UNSAFE_CHARSETS:
            reason = f"its charset {self.header.charset} cannot be told apart from escapes"
            raise self._error(reason, self.header.remedy_for_charset, table.name)
        table.wanted = tuple(wanted)
        return table, columns, table.wanted

    def _copy(self, head: re.Match[bytes]) -> Iterator[RowChunk]:
        self.header.note_copy()
        table, columns, wanted = self._begun(head["table"], head["columns"])
        window, reader = self._window, CopyReader(self._window, self.limits.row)
        window.position = head.end()
        if wanted is None:
            self.truncated |= not reader.pass_over()
            return
        yield from self._rows.flush()
        if head["options"].strip():
            reader.trouble = "its data are in another form than pg_dump writes"
        else:
            yield from reader.read(table, columns, wanted)
        table.note = reader.trouble or ("its end mark is missing" if reader.cut_short else table.note)
        if self.strict and (reader.trouble or reader.cut_short):
            raise self._error(table.note, _FETCH, table.name)
        if reader.trouble:
            opened = window.offset
            self.truncated |= not reader.pass_over()
            self.bytes_unread += window.offset - opened
        self.truncated |= reader.cut_short

    def _skip(self) -> None:
        """Pass over the rest of a statement, by its line end where the writer is known to escape others."""
        window = self._window
        if self.header.escapes_newlines:
            if not window.pass_over(b";\r\n" if self.header.crlf else b";\n"):
                self.truncated |= not window.raw.rstrip().endswith(b";")
            return
        window.escapes = not self.header.no_backslash_escapes
        while True:
            skipped = grammar.skip_pattern(dollars=self.header.postgres).match(window.code, window.position)
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
            raise self._error(reason, _FETCH, table)
        opened = window.offset
        self.truncated |= not window.pass_over_pattern(grammar.RESYNC)
        self.bytes_unread += window.offset - opened

    def _table(self, name: bytes) -> DumpTable:
        text = qualified(name, self.header.database) if self.header.postgres else grammar.unquoted(name)
        if text not in self.tables:
            if len(self.tables) >= self.limits.tables:
                raise self._error("it has too many tables", _TRUSTED, "")
            self.tables[text] = DumpTable(text)
        return self.tables[text]

    def _error(self, reason: str, remedy: str, table: str) -> DumpError:
        return DumpError(
            self.file.path, reason=reason, remedy=remedy, offset=self._window.offset, table=table
        )
