"""Opening files: by content, bounded, hashed."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from vetting.errors import ArchiveError, InputError
from vetting.readers.files import InputFile, Limits, file_sha256

TEXT = b"INSERT INTO t VALUES (1);\n" * 5000


def zipped(path: Path, members: Any, **options: Any) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, **options)


def make(path: Path, how: str) -> Path:
    if how == "plain":
        path.write_bytes(TEXT)
    elif how == "gzip":
        path.write_bytes(gzip.compress(TEXT))
    elif how == "gzip of two":
        path.write_bytes(gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]) + b"\0" * 512)
    else:
        zipped(path, {"folder/": "", "folder/dump.sql": TEXT})
    return path


@pytest.mark.parametrize("how", ["plain", "gzip", "gzip of two", "zip"])
@pytest.mark.parametrize("size", [7, 1000, 1 << 22])
def test_content_hash_and_progress(tmp_path: Path, how: str, size: int) -> None:
    path = make(tmp_path / "misleading.gz", how)
    told = []
    file = InputFile(path, progress=lambda done, total: told.append((done, total)))
    chunks = list(file.chunks(size))
    assert b"".join(chunks) == TEXT
    assert max(map(len, chunks)) <= size
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() == file_sha256(path)
    assert told[-1] == (file.size, file.size)
    assert told == sorted(told)
    assert InputFile(path).head(10) == TEXT[:10]


def test_an_empty_or_missing_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for name in ("empty", "missing"):
        with pytest.raises(InputError, match=r"\. [A-Z].*\.$"):
            InputFile(tmp_path / name)
    (tmp_path / "hollow.gz").write_bytes(gzip.compress(b""))
    with pytest.raises(ArchiveError, match="nothing is inside"):
        list(InputFile(tmp_path / "hollow.gz").chunks())


@pytest.mark.parametrize("how", ["gzip", "zip"])
def test_a_bomb_is_stopped_long_before_its_end(tmp_path: Path, how: str) -> None:
    path = tmp_path / "bomb"
    if how == "zip":
        zipped(path, {"dump.sql": bytes(300 << 20)})
    else:
        with gzip.open(path, "wb", 9) as out:
            for _ in range(300):
                out.write(bytes(1 << 20))
    produced = 0
    with pytest.raises(ArchiveError, match="200 times"):
        for chunk in InputFile(path).chunks():
            produced += len(chunk)
    assert 64 << 20 <= produced < 80 << 20


def test_the_total_is_bounded(tmp_path: Path) -> None:
    path = make(tmp_path / "f.gz", "gzip")
    with pytest.raises(ArchiveError, match="1000 bytes"):
        list(InputFile(path, limits=Limits(total=1000)).chunks())


@pytest.mark.parametrize("inner", ["gzip", "zip", "tar"])
def test_archives_in_archives_are_refused(tmp_path: Path, inner: str) -> None:
    content = {
        "gzip": gzip.compress(TEXT),
        "zip": b"PK\x03\x04" + bytes(100),
        "tar": bytes(257) + b"ustar" + bytes(300),
    }
    (tmp_path / "f.gz").write_bytes(gzip.compress(content[inner]))
    zipped(tmp_path / "f.zip", {"x": content[inner]})
    for name in ("f.gz", "f.zip"):
        with pytest.raises(ArchiveError, match="archive"):
            list(InputFile(tmp_path / name).chunks())


@pytest.mark.parametrize("name", ["../dump.sql", "/etc/dump.sql", "C:\\dump.sql", "a/../../b"])
def test_paths_out_of_a_zip_are_refused(tmp_path: Path, name: str) -> None:
    zipped(tmp_path / "f.zip", {name: TEXT})
    with pytest.raises(ArchiveError, match="path out"):
        list(InputFile(tmp_path / "f.zip").chunks())


def test_links_and_encryption_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        info = zipfile.ZipInfo("dump.sql")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(ArchiveError, match="link"):
        list(InputFile(tmp_path / "link.zip").chunks())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("dump.sql", TEXT)
    content = bytearray(buffer.getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    with pytest.raises(ArchiveError, match="encrypted"):
        list(InputFile(tmp_path / "locked.zip").chunks())


def test_of_several_members_one_must_be_named(tmp_path: Path) -> None:
    zipped(tmp_path / "f.zip", {"a.sql": TEXT, "b.sql": b"x"})
    with pytest.raises(ArchiveError, match="2 files"):
        list(InputFile(tmp_path / "f.zip").chunks())
    assert b"".join(InputFile(tmp_path / "f.zip", member="a.sql").chunks()) == TEXT


@pytest.mark.parametrize("how", ["gzip", "zip"])
@pytest.mark.parametrize("damage", ["cut", "flip"])
def test_damage_is_found(tmp_path: Path, how: str, damage: str) -> None:
    path = make(tmp_path / "f", how)
    content = bytearray(path.read_bytes())
    if damage == "cut":
        content = content[: len(content) // 2]
    else:
        content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(ArchiveError):
        list(InputFile(path).chunks())
