"""The bytes of a delimited member table as blocks of whole lines in UTF-8, whatever they were in."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from attrs import define, field

from vetting.errors import TableError
from vetting.readers.delimited import unicode_mark
from vetting.readers.files import InputFile

__all__ = ["TextLines"]

_LONGEST_LINE = 64 << 20


@define
class TextLines:
    """A text file, read once, block by block.

    A byte order mark decides, then the encoding that the caller states, then UTF-8; lines that are no UTF-8
    are read as Windows-1252 and counted, since tables are often pasted together.

    Attributes:
        file: The file.
        encoding: ``None`` to find it; then what was found.
        relined: Lines that are no UTF-8 and were read as Windows-1252.
        replaced: Characters that the encoding does not know.
        bytes_read: Decompressed bytes looked at.
    """

    file: InputFile
    encoding: str | None = None
    relined: int = field(init=False, default=0)
    replaced: int = field(init=False, default=0)
    bytes_read: int = field(init=False, default=0)

    def blocks(self) -> Iterator[bytes]:
        """Yield blocks of UTF-8 that end with a line feed.

        Raises:
            TableError: The file holds NUL bytes, or a line longer than 64 MiB.
            ArchiveError: It is compressed, and damaged or too large unpacked.
        """
        return self._whole_lines(self._utf8())

    def _whole_lines(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        carry = b""
        for chunk in chunks:
            head, newline, tail = chunk.rpartition(b"\n")
            if newline:
                yield self._as_utf8(carry + head + newline)
                carry = tail
            else:
                carry += tail
            if len(carry) > _LONGEST_LINE:
                raise TableError(
                    self.file.path,
                    place=f"byte {self.bytes_read}",
                    reason="a line of more than 64 MiB",
                    remedy="Check that this is a table of text with line ends.",
                )
        if carry:
            yield self._as_utf8(carry + b"\n")

    def _utf8(self) -> Iterator[bytes]:
        decoder: codecs.IncrementalDecoder | None = None
        old_mac: bool | None = None  # lines that end with CR alone
        for chunk in self.file.chunks():
            data = chunk
            if not self.bytes_read:
                data = chunk[self._find_encoding(chunk) :]
                if codecs.lookup(self.encoding or "utf-8").name != "utf-8":
                    decoder = codecs.getincrementaldecoder(self.encoding or "utf-8")("replace")
            self.bytes_read += len(chunk)
            if decoder is not None:
                data = self._recoded(decoder, data)
            if old_mac is None:
                old_mac = b"\r" in data and b"\n" not in data
            yield data.replace(b"\r", b"\n") if old_mac else data
        if decoder is not None:
            yield self._recoded(decoder, b"", final=True)

    def _find_encoding(self, chunk: bytes) -> int:
        """Settle the encoding from the file's beginning; how many bytes its mark takes."""
        found, skip = unicode_mark(chunk[:512])
        if self.encoding is None and not found and b"\0" in chunk[:4096]:
            raise TableError(
                self.file.path,
                place=f"byte {chunk.index(0)}",
                reason="a NUL byte, so this is no table of text",
                remedy="Hand in CSV, .xlsx or Parquet.",
            )
        self.encoding = found or self.encoding or "utf-8"
        return skip

    def _recoded(self, decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool = False) -> bytes:
        text = decoder.decode(data, final)
        self.replaced += text.count("\ufffd")
        return text.encode("utf-8", "replace")

    def _as_utf8(self, block: bytes) -> bytes:
        """The block itself if it is UTF-8; otherwise its other lines read as Windows-1252, and counted."""
        try:
            block.decode()
        except UnicodeDecodeError:
            return b"".join(map(self._line_as_utf8, block.splitlines(keepends=True)))
        return block

    def _line_as_utf8(self, line: bytes) -> bytes:
        try:
            line.decode()
        except UnicodeDecodeError:
            self.relined += 1
            text = line.decode("cp1252", "replace")
            self.replaced += text.count("\ufffd")
            return text.encode()
        return line
