"""What a dump says about itself: its writer, its charset, its escapes, its tables' columns, its end."""

from __future__ import annotations

import re

from attrs import define

from vetting.readers.sqldump.grammar import IDENTIFIER, unquoted

__all__ = ["CHARSETS", "Header", "created_columns"]

# MySQL's charset names and Python's. MySQL's latin1 is cp1252.
CHARSETS = {
    "utf8": "utf-8",
    "utf8mb3": "utf-8",
    "utf8mb4": "utf-8",
    "latin1": "cp1252",
    "ascii": "utf-8",
    "latin2": "iso8859-2",
    "latin5": "iso8859-9",
    "latin7": "iso8859-13",
    "cp1250": "cp1250",
    "cp1251": "cp1251",
    "cp1256": "cp1256",
    "cp1257": "cp1257",
    "cp850": "cp850",
    "cp852": "cp852",
    "cp866": "cp866",
    "koi8r": "koi8-r",
    "koi8u": "koi8-u",
    "greek": "iso8859-7",
    "hebrew": "iso8859-8",
    "tis620": "tis-620",
    "euckr": "euc-kr",
    "ujis": "euc-jp",
    "gb2312": "gb2312",
    "macroman": "mac-roman",
}
# PostgreSQL's names, without hyphens and underscores.
POSTGRES_CHARSETS = {
    "utf8": "utf-8",
    "unicode": "utf-8",
    **{
        f"latin{number}": f"iso8859-{part}"
        for number, part in enumerate((1, 2, 3, 4, 9, 10, 13, 14, 15, 16), 1)
    },
    **{f"iso8859{part}": f"iso8859-{part}" for part in (5, 6, 7, 8)},
    **{
        f"win{number}": f"cp{number}"
        for number in (866, 874, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)
    },
    "koi8r": "koi8-r",
    "koi8u": "koi8-u",
    "eucjp": "euc-jp",
    "euckr": "euc-kr",
    "euccn": "gb2312",
}
# In these the byte of a backslash can be half of a character, so escapes cannot be told apart.
UNSAFE_CHARSETS = frozenset({"gbk", "big5", "sjis", "cp932", "gb18030", "uhc", "johab", "shiftjis2004"})

_WRITERS = (
    (re.compile(rb"--\s+MariaDB dump", re.IGNORECASE), "mariadb-dump"),
    (re.compile(rb"--\s+MySQL dump", re.IGNORECASE), "mysqldump"),
    (re.compile(rb"--\s+phpMyAdmin SQL Dump", re.IGNORECASE), "phpmyadmin"),
    (re.compile(rb"--\s+Adminer", re.IGNORECASE), "adminer"),
    (re.compile(rb"--\s+HeidiSQL|--\s+Host:.*HeidiSQL", re.IGNORECASE), "heidisql"),
    (re.compile(rb"--\s+mysqldump-php", re.IGNORECASE), "mysqldump-php"),
    (re.compile(rb"--\s+PostgreSQL database (?:cluster )?dump", re.IGNORECASE), "pg_dump"),
)
_NAMES = re.compile(rb"SET\s+NAMES\s+'?(\w+)'?", re.IGNORECASE)
_MODE = re.compile(rb"SQL_MODE\s*=\s*(?:'([^']*)'|\"([^\"]*)\")", re.IGNORECASE)
_ENCODING = re.compile(rb"SET\s+client_encoding\s*(?:=|TO)\s*'([\w-]+)'", re.IGNORECASE)
_CONFORMING = re.compile(rb"SET\s+standard_conforming_strings\s*(?:=|TO)\s*'?(on|off)", re.IGNORECASE)
_CONNECT = re.compile(rb"\\c(?:onnect)?\s+(?:-\S+\s+)*(\S+)")
_TRAILER = re.compile(rb"--\s+(?:Dump completed|PostgreSQL database dump complete)", re.IGNORECASE)


@define
class Header:
    """What the comments and settings of a dump have said so far.

    Attributes:
        writer: ``"mysqldump"``, ``"mariadb-dump"``, ``"phpmyadmin"``, ...; empty when it does not say.
        charset: MySQL's name of the text encoding; empty when undeclared.
        no_backslash_escapes: Whether strings know no backslash escapes.
        trailer: Whether ``-- Dump completed`` was the last thing said.
        crlf: Whether lines end in CR LF.
        in_header: Whether no table has begun yet.
        database: Name of the database, where tables of another one came before; their ids mean other people.
        mixed_charsets: Whether a second, different charset was declared; the first is used.
    """

    writer: str = ""
    charset: str = ""
    no_backslash_escapes: bool = False
    trailer: bool = False
    crlf: bool = False
    in_header: bool = True
    database: str = ""
    mixed_charsets: bool = False

    @property
    def escapes_newlines(self) -> bool:
        """Whether ``;`` and a line end can only be the end of a statement, as these writers ensure."""
        return self.writer in {"mysqldump", "mariadb-dump", "phpmyadmin"} and not self.no_backslash_escapes

    @property
    def has_trailer(self) -> bool:
        """Whether this writer ends its dumps with a mark."""
        return self.writer in {"mysqldump", "mariadb-dump", "pg_dump"}

    @property
    def postgres(self) -> bool:
        """Whether the dump is PostgreSQL's."""
        return self.writer == "pg_dump"

    @property
    def encoding(self) -> str:
        """Python's name of the declared encoding; empty when undeclared or unknown."""
        return (POSTGRES_CHARSETS if self.postgres else CHARSETS).get(self.charset, "")

    @property
    def remedy_for_charset(self) -> str:
        """What to do about a charset that cannot be parsed."""
        if self.postgres:
            return "Dump it again with pg_dump --encoding=UTF8."
        return "Load it into a scratch MariaDB server without network and dump it again as utf8mb4."

    def note_line(self, line: bytes) -> None:
        """Take in a comment line."""
        if not self.writer:
            self.writer = next((name for pattern, name in _WRITERS if pattern.match(line)), "")
            if self.postgres:
                self.no_backslash_escapes = True  # since 9.1, unless it says otherwise
        if _TRAILER.match(line):
            self.trailer = True

    def note_command(self, line: bytes) -> None:
        r"""Take in a line for psql: ``\connect`` begins another database."""
        if not self.in_header and (found := _CONNECT.match(line)):
            self.database = found[1].decode("utf-8", "replace").strip("\"'")

    def note_copy(self) -> None:
        """Take in that data follow; they are handed over as literals without backslash escapes."""
        self.writer = "pg_dump"
        self.no_backslash_escapes = True
        self.in_header = self.trailer = False

    def note_setting(self, text: bytes) -> None:
        """Take in a ``SET`` statement or a conditional comment.

        ``SET NAMES`` counts, and the first of them; ``character_set_client`` does not: mysqldump switches
        it around each ``CREATE TABLE``. A mode set later belongs to a trigger.
        """
        if found := _ENCODING.match(text):
            name = found[1].decode("ascii", "replace").lower().replace("-", "").replace("_", "")
            self.writer = "pg_dump"
            if name != "sqlascii":
                self.mixed_charsets |= bool(self.charset) and self.charset != name
                self.charset = self.charset or name
        elif found := _CONFORMING.match(text):
            self.writer = "pg_dump"
            self.no_backslash_escapes = found[1].lower() == b"on"
        elif found := _NAMES.search(text):
            name = found[1].decode("ascii", "replace").lower()
            if name not in {"binary", "default"}:
                self.mixed_charsets |= bool(self.charset) and self.charset != name
                self.charset = self.charset or name
        if self.in_header and (mode := _MODE.search(text)):
            self.no_backslash_escapes |= b"NO_BACKSLASH_ESCAPES" in (mode[1] or mode[2] or b"").upper()


_COLUMN = re.compile(rb"\s*+(" + IDENTIFIER + rb")\s++(\w++)", re.DOTALL)
_KEYWORD = re.compile(
    rb"\s*+(?:PRIMARY|KEY|UNIQUE|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|FOREIGN|CHECK|PERIOD|VECTOR)\b",
    re.IGNORECASE,
)
_POSTGRES_KEYWORD = re.compile(rb"\s*+(?:PRIMARY|UNIQUE|CONSTRAINT|FOREIGN|CHECK|LIKE)\b", re.IGNORECASE)
_GENERATED = re.compile(rb"\bGENERATED\s+ALWAYS\b|\bAS\s*\(", re.IGNORECASE)
# One definition: up to a comma that is in no string, bracket or quoted name.
_BRACKETS = rb"\([^()']*+\)"
for _ in range(6):  # of a default, a check or a generated column's expression
    _BRACKETS = rb"\((?:[^()']++|'[^']*+'|" + _BRACKETS + rb")*+\)"
_DEFINITION = re.compile(rb"(?:[^,()'`\"]++|'[^']*+'|`[^`]*+`|\"[^\"]*+\"|" + _BRACKETS + rb")++")


def created_columns(body: bytes, *, postgres: bool = False) -> tuple[str, ...]:
    """Return the names of a table's columns, in order.

    Args:
        body: What follows the opening bracket of ``CREATE TABLE``, masked.
        postgres: Whether PostgreSQL's words count: a column may be called ``key`` there, and rows hold generated
            columns, too (as ``DEFAULT``).

    Example:
        >>> created_columns(b"`id` int(10) NOT NULL, `t` enum('a,b') COMMENT 'x)', PRIMARY KEY (`id`)) ENGINE=X")
        ('id', 't')
    """
    names = []
    for definition in _definitions(body):
        if (_POSTGRES_KEYWORD if postgres else _KEYWORD).match(definition):
            continue
        if (column := _COLUMN.match(definition)) and (
            postgres or not _GENERATED.search(re.sub(rb"'[^']*'", b"", definition))
        ):
            names.append(unquoted(column[1]))
    return tuple(names)


def _definitions(body: bytes) -> list[bytes]:
    found = []
    position = 0
    while (match := _DEFINITION.match(body, position)) is not None:
        found.append(match[0])
        position = match.end()
        if body[position : position + 1] != b",":
            break
        position += 1
    return found
