r"""The grammar of dumps as possessive byte patterns, over text whose escapes are masked.

Masking replaces ``\\`` and ``\'`` by a backslash and a control byte, of the same length, so that every
remaining ``'`` is a real quote and a string is ``'[^']*'``: three times as fast to match as a pattern that
looks at each escape, and offsets stay true. :mod:`vetting.readers.sqldump.literals` takes the mask off.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

__all__ = [
    "ANY_ROW",
    "BALANCED_ROW",
    "COLUMN_LIST",
    "CREATE",
    "DELIMITER",
    "IDENTIFIER",
    "INSERT",
    "RESYNC",
    "UNDELIMITER",
    "USUAL_MASK",
    "definition_end",
    "identifiers",
    "mask",
    "row_patterns",
    "skip_pattern",
    "unquoted",
    "usual_mask",
]

_STRING = rb"'[^']*+'(?:'[^']*+')*+\s*+"  # 'it''s' is two strings on end
VALUE = rb"(?:[^,()']++(?:" + _STRING + rb")?+|" + _STRING + rb")"  # 12, NULL, 0xFF, 'x', _binary 'x'
_USUAL = rb"(?:'[^']*+'(?!')|[^,()']++)"  # without doubled quotes and introducers: twice as fast
_END = rb"\)(?:\s*+ON CONFLICT DO NOTHING)?+\s*+[,;]"

IDENTIFIER = rb'(?:`(?:[^`]|``)++`|"(?:[^"]|"")++"|[\w$\x80-\xff]++)'
_NAME = IDENTIFIER + rb"(?:\s*+\.\s*+" + IDENTIFIER + rb")?+"
COLUMN_LIST = rb"\(\s*+" + IDENTIFIER + rb"(?:\s*+,\s*+" + IDENTIFIER + rb")*+\s*+\)"

INSERT = re.compile(
    rb"(?:INSERT|REPLACE)(?:\s++(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE))*+(?:\s++INTO)?+\s*+"
    rb"(?P<table>" + _NAME + rb")\s*+(?P<columns>" + COLUMN_LIST + rb")?+"
    rb"(?:\s*+OVERRIDING\s++(?:SYSTEM|USER)\s++VALUE)?+\s*+VALUES?\s*+(?=\()",
    re.IGNORECASE | re.DOTALL,
)
CREATE = re.compile(
    rb"CREATE\s++(?:(?:TEMPORARY|UNLOGGED|FOREIGN)\s++)?+TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?+(?P<table>"
    + _NAME
    + rb")\s*+\(",
    re.IGNORECASE | re.DOTALL,
)
DELIMITER = re.compile(rb"DELIMITER[ \t]++(?P<text>\S++)", re.IGNORECASE)
UNDELIMITER = re.compile(rb"\n[ \t]*+DELIMITER[ \t]++;[ \t\r]*+(?=\n|\Z)", re.IGNORECASE)
# Where reading goes on after a place that cannot be read.
RESYNC = re.compile(
    rb";[ \t]*+\r?\n(?=\s*+(?:(?:INSERT|REPLACE|CREATE|DROP|LOCK|UNLOCK|ALTER|SET|COMMIT|USE|DELIMITER)\b|--\s|/\*))",
    re.IGNORECASE,
)
# A row of any number of columns, and one that only balances its quotes and its bracket.
ANY_ROW = re.compile(rb"\s*+\(\s*+" + VALUE + rb"(?:,\s*+" + VALUE + rb")*+" + _END, re.DOTALL)
BALANCED_ROW = re.compile(rb"\s*+(?:\((?:[^')]++|'[^']*+')*+)?+", re.DOTALL)
# From outside a string to the end of the statement, or to the string that has no end yet.
_SKIP = re.compile(rb"(?:[^';]*+'[^']*+')*+[^';]*+", re.DOTALL)
# The same in PostgreSQL, whose functions' bodies stand between $$ and $$, or $name$ and $name$. The group is entered
# only where it is sure to match: one that fails within a possessive loop makes the re module raise SystemError.
_TAG = rb"\$(?:[A-Za-z_\x80-\xff][\w\x80-\xff]*+)?+"
_SKIP_DOLLARS = re.compile(
    rb"(?:[^';$\"]++|'[^']*+'|\"[^\"]*+\"|(?="
    + _TAG
    + rb"\$)("
    + _TAG
    + rb"\$).*?\1|"
    + _TAG
    + rb"(?=[^\w$\x80-\xff])|\$(?=\d))*+",
    re.DOTALL,
)

# The same inside a definition, where names are quoted too and may hold anything.
DEFINITION = re.compile(rb"(?:[^';`\"]*+(?:'[^']*+'|`[^`]*+`|\"[^\"]*+\"))*+[^';`\"]*+", re.DOTALL)


def skip_pattern(*, dollars: bool = False) -> re.Pattern[bytes]:
    """Pattern of what may be skipped without looking into it: whole strings, and text without ``;``.

    With `dollars`, strings between PostgreSQL's dollar signs, too.
    """
    return _SKIP_DOLLARS if dollars else _SKIP


def definition_end(code: bytes, position: int) -> int:
    """Return where a definition ends, behind its semicolon; 0 where its end is not there."""
    skipped = DEFINITION.match(code, position)
    end = skipped.end() if skipped else 0
    return end + 1 if code[end : end + 1] == b";" else 0


@lru_cache(maxsize=512)
def row_patterns(columns: int, wanted: tuple[int, ...]) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    r"""Compile two patterns of one row, with a group for each wanted column.

    Args:
        columns: Columns of a row; a row with another number does not match.
        wanted: Positions captured, ascending, from 0.

    Returns:
        A fast one that knows no ``''`` in a text and no ``_binary`` before it, and one that knows both.

    Example:
        >>> [pattern.match(b"(7,'a),(b',NULL),(").groups() for pattern in row_patterns(3, (0, 2))]
        [(b'7', b'NULL'), (b'7', b'NULL')]
    """

    def pattern(value: bytes) -> re.Pattern[bytes]:
        captured = frozenset(wanted)
        values = (b"(" + value + b")" if position in captured else value for position in range(columns))
        return re.compile(rb"\s*+\(\s*+" + rb",\s*+".join(values) + _END, re.DOTALL)

    return pattern(_USUAL), pattern(VALUE)


_QUOTE, _SLASH = USUAL_MASK = (b"\x01", b"\x02")
_BACKSLASH, _APOSTROPHE = b"\\'"
_SPARE = tuple(bytes([byte]) for byte in range(3, 32) if byte not in b"\n\r\t\x1a")


def mask(text: bytes) -> tuple[bytes, tuple[bytes, bytes]]:
    r"""Mask escaped backslashes and quotes, so that every ``'`` left is a real one.

    A run of backslashes always starts an escape inside a string, so replacing pairs from the left is
    exact. The mask bytes are chosen so that no backslash escapes them in the text itself.

    Returns:
        The masked text, of the same length, and the two bytes that stand for quote and backslash.

    Example:
        >>> mask(rb"'it\'s \\'")[0]
        b"'it\\\x01s \\\x02'"
    """
    quote, slash = _QUOTE, _SLASH
    if b"\\" not in text:
        return text, (quote, slash)
    # The single bytes are looked for first: that is a tenth of the cost, and they are rare.
    if (b"\x01" in text or b"\x02" in text) and (b"\\\x01" in text or b"\\\x02" in text):
        # Behind an escaped backslash, as binary addresses have it, a control byte is only itself.
        escapes = text.replace(b"\\\\", b"")
        if b"\\\x01" in escapes or b"\\\x02" in escapes:
            spare = [byte for byte in _SPARE if b"\\" + byte not in escapes]
            if len(spare) < 2:
                raise ValueError("too many escaped control bytes")
            quote, slash = spare[:2]
    codes = np.frombuffer(text, dtype=np.uint8)
    slashes = np.flatnonzero(codes == _BACKSLASH)
    if (slashes[1:] - slashes[:-1] == 1).any():
        text = text.replace(b"\\\\", b"\\" + slash)
        codes = np.frombuffer(text, dtype=np.uint8)
        slashes = np.flatnonzero(codes == _BACKSLASH)
    if slashes[-1] == len(text) - 1:
        slashes = slashes[:-1]
    quotes = slashes[codes[slashes + 1] == _APOSTROPHE] + 1
    if len(quotes):
        masked = bytearray(text)
        np.frombuffer(masked, dtype=np.uint8)[quotes] = quote[0]
        text = bytes(masked)
    return text, (quote, slash)


def usual_mask(value: bytes, used: tuple[bytes, bytes]) -> bytes:
    """Rewrite a value masked with spare bytes as if it had been masked with the usual two."""
    for usual in (_QUOTE, _SLASH):  # an escaped control byte is that byte
        value = value.replace(b"\\" + usual, usual)
    return value.replace(b"\\" + used[0], b"\\" + _QUOTE).replace(b"\\" + used[1], b"\\" + _SLASH)


def unquoted(name: bytes) -> str:
    """Return the last part of a possibly quoted and qualified identifier, as text.

    Example:
        >>> unquoted(b"`forum`.`core_members`")
        'core_members'
    """
    last = re.findall(IDENTIFIER, name)[-1]
    for quote in (b"`", b'"'):
        if last.startswith(quote):
            last = last[1:-1].replace(quote * 2, quote)
    text: str = last.decode("utf-8", "replace")
    return text


def identifiers(column_list: bytes) -> tuple[str, ...]:
    """Return the names in a bracketed list of columns.

    Example:
        >>> identifiers(b"(`a`, b)")
        ('a', 'b')
    """
    return tuple(unquoted(name) for name in re.findall(IDENTIFIER, column_list))
