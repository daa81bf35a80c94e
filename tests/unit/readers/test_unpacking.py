"""Zstandard is decompressed as gzip is: whole, bounded, and never more memory than is safe."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from vetting.errors import ArchiveError
from vetting.readers import read_list
from vetting.readers.files import InputFile
from vetting.readers.unpacking import UnpackingError, unzstd

TEXT = b"INSERT INTO t VALUES (1);\n" * 5000
REDDIT = b'{"author":"vornskald","subreddit":"oakmarrow","created_utc":1500000000,"id":"c1"}\n'
SKIPPABLE = b"\x50\x2a\x4d\x18" + (9).to_bytes(4, "little") + b"unrelated"


def packed(content: bytes, *, window_log: int = 0) -> bytes:
    if not window_log:
        return zstandard.ZstdCompressor().compress(content)
    parameters = zstandard.ZstdCompressionParameters.from_level(1, window_log=window_log)
    writer = zstandard.ZstdCompressor(
        compression_params=parameters
    ).compressobj()  # of a size not known before
    return writer.compress(content) + writer.flush()


def blocks(content: bytes, size: int) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))


@pytest.mark.parametrize("size", [7, 1000, 1 << 22])
@pytest.mark.parametrize(
    "content",
    [
        packed(TEXT),
        packed(TEXT[:999]) + packed(TEXT[999:]),
        SKIPPABLE + packed(TEXT),
        packed(TEXT) + SKIPPABLE,
    ],
    ids=["one", "two frames", "skippable first", "skippable last"],
)
def test_content_hash_and_progress(tmp_path: Path, content: bytes, size: int) -> None:
    path = tmp_path / "misleading.sql"
    path.write_bytes(content)
    told: list[tuple[int, int]] = []
    file = InputFile(path, progress=lambda done, total: told.append((done, total)))
    chunks = list(file.chunks(size))
    assert file.container == "zstd"
    assert b"".join(chunks) == TEXT
    assert max(map(len, chunks)) <= size
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert told[-1] == (file.size, file.size)


@given(content=st.binary(max_size=3000), cut=st.integers(0, 3000), size=st.integers(1, 5000))
def test_what_is_cut_short_or_damaged_is_never_taken_for_whole(content: bytes, cut: int, size: int) -> None:
    whole = packed(content)
    assert b"".join(unzstd(blocks(whole, size), 1 << 20, window=1 << 27)) == content
    if cut < len(whole) and cut:
        with pytest.raises(UnpackingError):
            list(unzstd(blocks(whole[:cut], size), 1 << 20, window=1 << 27))


def test_a_bomb_is_stopped_long_before_its_end(tmp_path: Path) -> None:
    writer = zstandard.ZstdCompressor().compressobj()
    (tmp_path / "bomb").write_bytes(
        b"".join(writer.compress(bytes(1 << 20)) for _ in range(2000)) + writer.flush()
    )
    produced = 0
    with pytest.raises(ArchiveError, match="200 times"):
        for chunk in InputFile(tmp_path / "bomb").chunks():
            produced += len(chunk)
    assert produced < 256 << 20


def test_the_largest_window_is_for_reddit_s_archives_only(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(packed(TEXT, window_log=31))
    with pytest.raises(ArchiveError, match=r"more than 128 MiB of memory.*--long=31"):
        list(InputFile(tmp_path / "other").chunks())
    (tmp_path / "reddit").write_bytes(packed(REDDIT * 9, window_log=31))
    assert b"".join(InputFile(tmp_path / "reddit").chunks()) == REDDIT * 9


def test_an_archive_inside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(packed(b"PK\x03\x04" + bytes(99)))
    with pytest.raises(ArchiveError, match="another archive"):
        list(InputFile(tmp_path / "a").chunks())


def test_without_the_package_the_error_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    (tmp_path / "a.zst").write_bytes(b"\x28\xb5\x2f\xfd" + bytes(99))
    with pytest.raises(ArchiveError, match=r"vetting\[zst\]"):
        read_list(tmp_path / "a.zst")


def test_a_dump_and_a_table_are_read_as_they_are_packed(tmp_path: Path) -> None:
    (tmp_path / "members.csv.zst").write_bytes(packed(b"id,name,email\n1,Maren Vale,m.vale@example.org\n"))
    reading = read_list(tmp_path / "members.csv.zst")
    assert [batch.rows.num_rows for batch in reading.batches() if batch.table == "accounts"] == [1]
    assert reading.completeness.complete
