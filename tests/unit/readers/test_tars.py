"""The files of a tar are listed and streamed, packed or not, and nothing dangerous is opened."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
from pathlib import Path

import pytest
import zstandard
from tests.reader_seeds import SEEDS

from vetting.errors import ArchiveError
from vetting.readers.archives import ArchiveLimits, list_members
from vetting.readers.exports.reading import is_export, read_export
from vetting.readers.files import Limits

LARGE = bytes(range(256)) * 1024


def tar(*entries: tuple[str, bytes] | tarfile.TarInfo, mode: int = tarfile.PAX_FORMAT) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=mode) as archive:
        for entry in entries:
            if isinstance(entry, tarfile.TarInfo):
                archive.addfile(entry)
                continue
            info = tarfile.TarInfo(entry[0])
            info.size = len(entry[1])
            archive.addfile(info, io.BytesIO(entry[1]))
    return held.getvalue()


def special(name: str, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/hostname"
    return info


@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, zstandard.ZstdCompressor().compress], ids=["tar", "gz", "zst"]
)
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_files_are_listed_by_name_and_streamed(tmp_path: Path, pack: object, form: int) -> None:
    assert callable(pack)
    (tmp_path / "a").write_bytes(
        pack(tar(("b/two", LARGE), ("a", b"one"), special("dir", tarfile.DIRTYPE), mode=form))
    )
    members = list_members(tmp_path / "a")
    assert [(one.name, one.size) for one in members] == [("a", 3), ("b/two", len(LARGE))]
    assert [b"".join(one.chunks(1000)) for one in members] == [b"one", LARGE]
    assert members[1].head(10) == LARGE[:10]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (("../out", b"x"), "path out of the archive"),
        (("/etc/out", b"x"), "path out of the archive"),
        (special("link", tarfile.SYMTYPE), "link"),
        (special("hard", tarfile.LNKTYPE), "link"),
        (special("device", tarfile.CHRTYPE), "no plain file"),
        (special("pipe", tarfile.FIFOTYPE), "no plain file"),
        (("nested", gzip.compress(b"x" * 99)), "another archive"),
        (("nested.tar", tar(("x", b"y"))), "tar archive"),
    ],
)
def test_what_is_dangerous_is_listed_and_not_opened(
    tmp_path: Path, entry: tuple[str, bytes] | tarfile.TarInfo, why: str
) -> None:
    (tmp_path / "a.tar").write_bytes(tar(("good", b"y"), entry))
    members = list_members(tmp_path / "a.tar")
    assert len(members) == 2
    for one in members:
        if one.name == "good":
            assert b"".join(one.chunks()) == b"y"
        else:
            with pytest.raises(ArchiveError, match=why):
                list(one.chunks())


def test_a_damaged_or_cut_archive_is_a_clear_error(tmp_path: Path) -> None:
    whole = tar(("a", LARGE), ("b", LARGE))
    for cut in (700, len(LARGE), len(LARGE) + 1500):
        (tmp_path / "a.tar").write_bytes(whole[:cut])
        with pytest.raises(ArchiveError, match="damaged or cut short"):
            list_members(tmp_path / "a.tar")
    (tmp_path / "b.tar").write_bytes(tar(("small", b"x" * 999))[:900])
    with pytest.raises(ArchiveError, match="damaged or cut short"):
        list_members(tmp_path / "b.tar")
    (tmp_path / "a.tgz").write_bytes(gzip.compress(whole)[:-9])
    with pytest.raises(ArchiveError, match="damaged or cut short"):
        [list(one.chunks()) for one in list_members(tmp_path / "a.tgz")]


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("cut between files", "damaged or cut short"),
        ("cut in a header", "damaged or cut short"),
        ("a damaged header", "damaged or cut short"),
        ("without its end", "damaged or cut short"),
        ("another behind it", "something follows"),
    ],
)
def test_no_file_is_lost_in_silence(tmp_path: Path, what: str, why: str) -> None:
    whole = tar(("a", b"1" * 512), ("b", b"2" * 512), mode=tarfile.USTAR_FORMAT)
    damaged = {
        "cut between files": whole[:1024],
        "cut in a header": whole[:1200],
        "a damaged header": whole[:1024] + b"x" + whole[1025:],
        "without its end": whole[:2048],
        "another behind it": whole + whole,
    }
    (tmp_path / "a.tar").write_bytes(damaged[what])
    with pytest.raises(ArchiveError, match=why):
        list_members(tmp_path / "a.tar")


def test_too_many_files_two_of_one_name_and_bombs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(tar(*((str(n), b"x") for n in range(9))))
    with pytest.raises(ArchiveError, match="more than 8 files"):
        list_members(tmp_path / "a.tar", ArchiveLimits(members=8))
    (tmp_path / "b.tar").write_bytes(tar(("x", b"1"), ("x", b"2")))
    with pytest.raises(ArchiveError, match="one name"):
        list_members(tmp_path / "b.tar")
    (tmp_path / "c.tgz").write_bytes(gzip.compress(tar(("zeros", bytes(3 << 20)))))
    with pytest.raises(ArchiveError, match="expands beyond"):
        list_members(tmp_path / "c.tgz", ArchiveLimits(each=Limits(ratio_after=1 << 20)))


def test_a_header_is_not_trusted_to_be_of_any_size(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 300 << 20
    with gzip.open(tmp_path / "a.tgz", "wb") as out:
        out.write(info.tobuf(tarfile.USTAR_FORMAT))
        for _ in range(300):
            out.write(random.Random(7).randbytes(1 << 14) * 64)
    with pytest.raises(ArchiveError, match="larger than 64 MiB"):
        list_members(tmp_path / "a.tgz")


def test_an_export_in_a_packed_tar_is_read(tmp_path: Path) -> None:
    (tmp_path / "export.tar.gz").write_bytes(
        gzip.compress(tar(("x/result.json", SEEDS["Telegram"][0]), ("x/p.jpg", LARGE)))
    )
    assert is_export(tmp_path / "export.tar.gz")
    reading = read_export(tmp_path / "export.tar.gz")
    assert sum(batch.rows.num_rows for batch in reading.batches() if batch.table == "accounts")
    assert "files of no known format, not read: 1" in reading.completeness.notes
