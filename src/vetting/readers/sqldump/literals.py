r"""Turns SQL literals into values: integers column-wise, text through the dump's charset."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from vetting.readers.sqldump.headers import CHARSETS

__all__ = ["TextDecoder", "integers", "payload"]

_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
# What follows a backslash, mask bytes included; % and _ keep theirs, as MySQL reads them.
_ESCAPED = {
    **{bytes([byte]): bytes([byte]) for byte in range(256)},
    b"0": b"\0",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"Z": b"\x1a",
    b"%": b"\\%",
    b"_": b"\\_",
    b"\x01": b"'",
    b"\x02": b"\\",
}
_PREFIXED = re.compile(rb"(_\w+|[xXbBnN])\s*+('.*')\s*+", re.DOTALL)
_HEX = re.compile(rb"0[xX]((?:[0-9A-Fa-f]{2})+)\s*+")
_LONGEST = 1 << 20  # of a captured text; no name, address or id comes near


def payload(literal: bytes, *, escapes: bool = True) -> tuple[bytes | None, str]:
    r"""Read one literal as bytes.

    Args:
        literal: As captured: quoted, masked, hexadecimal, with or without an introducer.
        escapes: Whether the dump's strings know backslash escapes.

    Returns:
        The bytes, ``None`` for ``NULL``; and the charset its introducer names, ``"binary"`` for
        hexadecimal, else empty.

    Raises:
        ValueError: If it is no literal.

    Example:
        >>> payload(b"'a\\nb'"), payload(b"0x4142"), payload(b"NULL")
        ((b'a\nb', ''), (b'AB', 'binary'), (None, ''))
    """
    if literal[:1] == b"'":
        text = literal.rstrip()[1:-1]
        if b"''" in text:
            text = text.replace(b"''", b"'")
        if escapes and b"\\" in text:
            text = _ESCAPE.sub(lambda match: _ESCAPED[match[1]], text)
        return text, ""
    if literal[:4].upper() == b"NULL" and not literal[4:].strip():
        return None, ""
    if found := _HEX.fullmatch(literal):
        return bytes.fromhex(found[1].decode()), "binary"
    if found := _PREFIXED.fullmatch(literal):
        inner = payload(found[2], escapes=escapes)[0] or b""
        sort = found[1].lower()
        if sort == b"x":
            return bytes.fromhex(inner.decode("ascii")), "binary"
        if sort == b"b":
            number = int(inner or b"0", 2)
            return number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big"), "binary"
        return inner, "utf8" if sort == b"n" else found[1][1:].decode("ascii", "replace").lower()
    bare = literal.strip()
    if not bare or not re.fullmatch(rb"[-+.\w]++", bare):
        raise ValueError("no literal")
    return bare, ""


def integers(literals: Sequence[bytes]) -> pa.Array:
    """Read a column of whole numbers.

    Returns:
        An Arrow ``int64`` array; null for ``NULL`` and for what is no whole number of 64 bits.

    Example:
        >>> integers([b"7", b"NULL", b"'12'", b"x"]).to_pylist()
        [7, None, 12, None]
    """
    try:
        written = pa.array(literals, pa.string())
        return pc.if_else(pc.equal(written, "NULL"), pa.scalar(None, pa.string()), written).cast(pa.int64())
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return pa.array([_integer(literal) for literal in literals], pa.int64())


def _integer(literal: bytes) -> int | None:
    try:
        value, charset = payload(literal)
        if value is None:
            return None
        number = int.from_bytes(value, "big") if charset == "binary" and len(value) <= 8 else int(value)
    except ValueError:
        return None
    return number if -(1 << 63) <= number < 1 << 63 else None


# MySQL maps the five bytes that cp1252 leaves open to the control characters of the same number.
_CP1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))


@define
class TextDecoder:
    r"""Decodes texts by the dump's charset, and remembers what did not fit.

    Attributes:
        encoding: Python's name of the declared encoding; empty when undeclared: UTF-8 is tried, and what
            does not fit is read as cp1252.
        escapes: Whether the dump's strings know backslash escapes.
        fallback_columns: Columns (``table.column``) with text that was read as cp1252 for want of a
            declaration.
        undecodable: Values with bytes that the declared encoding does not know, now U+FFFD.
        too_long: Values left out for their length.
        lossy: Values of a single-byte dump with a question mark, which may stand for a lost character.

    Example:
        >>> TextDecoder("").text(b"'Zo\xeb'", "t.name"), TextDecoder("utf-8").text(b"'\xd0\xaf'", "t.name")
        ('Zoë', 'Я')
    """

    encoding: str
    escapes: bool = True
    fallback_columns: dict[str, int] = field(factory=dict, init=False)
    undecodable: int = field(default=0, init=False)
    too_long: int = field(default=0, init=False)
    lossy: int = field(default=0, init=False)

    def text(self, literal: bytes, column: str) -> str | None:
        """Read one literal as text; ``None`` for ``NULL`` and for what is no text."""
        if len(literal) > _LONGEST:
            self.too_long += 1
            return None
        try:
            value, charset = payload(literal, escapes=self.escapes)
        except ValueError:
            return None
        if value is None:
            return None
        declared = self.encoding
        if charset == "binary":  # not converted by the connection: the column's own charset, mostly utf8
            declared = ""
        elif charset:
            declared = CHARSETS.get(charset, self.encoding)
        return self._decoded(value, declared, column)

    def texts(self, literals: Sequence[bytes], column: str) -> list[str | None]:
        """Read a column of texts."""
        plain = self._plain(literals)
        return [self.text(literal, column) for literal in literals] if plain is None else plain

    def _plain(self, literals: Sequence[bytes]) -> list[str | None] | None:
        """Read a whole column at once when it holds plain quoted texts and ``NULL`` only, else ``None``."""
        joined = b"\n".join(literals)
        if joined.replace(b"\n", b"").isdigit() and joined.count(b"\n") == len(literals) - 1:
            return [*joined.decode("ascii").split("\n")] if len(joined) < _LONGEST else None
        quoted = len(literals) - literals.count(b"NULL")
        if (
            b"\\" in joined
            or joined.count(b"\n") != len(literals) - 1
            or joined.count(b"'") != 2 * quoted
            or joined.count(b"\n'") + joined.startswith(b"'") < quoted
            or (len(joined) > _LONGEST and max(map(len, literals)) > _LONGEST)
        ):
            return None
        try:
            text = cp1252(joined) if self.encoding == "cp1252" else joined.decode(self.encoding or "utf-8")
        except UnicodeDecodeError:
            return None
        if self.encoding == "cp1252" and "?" in text:
            self.lossy += sum("?" in one for one in text.split("\n"))
        return [one[1:-1] if one != "NULL" else None for one in text.split("\n")]

    def _decoded(self, value: bytes, declared: str, column: str) -> str:
        if declared == "cp1252":
            self.lossy += b"?" in value
            return cp1252(value)
        try:
            return value.decode(declared or "utf-8")
        except UnicodeDecodeError:
            if not declared:
                self.fallback_columns[column] = self.fallback_columns.get(column, 0) + 1
                return cp1252(value)
            self.undecodable += 1
            return value.decode(declared, "replace")


def cp1252(value: bytes) -> str:
    """Decode as MySQL's ``latin1``: cp1252 without gaps."""
    decoded: tuple[str, Any] = codecs.charmap_decode(value, "strict", _CP1252)
    return decoded[0]
