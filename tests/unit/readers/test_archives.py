"""Files of archives and folders are listed and streamed, and nothing dangerous is opened."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from vetting.errors import ArchiveError
from vetting.readers.archives import ArchiveLimits, Member, list_members
from vetting.readers.files import Limits


def packed(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def whole(member: Member) -> bytes:
    return b"".join(member.chunks())


def test_a_zip_and_the_folder_that_it_was_made_of_list_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for name in ("b", "a"):
        (folder / name).write_bytes(name.encode() * 9)
    archive = packed(tmp_path / "export.zip", b=b"b" * 9, a=b"a" * 9)
    listed = [[(one.name, one.size, whole(one)) for one in list_members(it)] for it in (folder, archive)]
    assert listed[0] == listed[1] == [("a", 9, b"a" * 9), ("b", 9, b"b" * 9)]


@pytest.mark.parametrize("name", ["../out", "/etc/out", "..\\out", "C:\\out"])
def test_a_name_that_leads_out_of_the_archive_is_listed_and_not_opened(tmp_path: Path, name: str) -> None:
    archive = packed(tmp_path / "a.zip", **{name: b"x", "good": b"y"})
    members = {one.name: one for one in list_members(archive)}
    assert whole(members.pop("good")) == b"y"
    (other,) = members.values()
    with pytest.raises(ArchiveError, match="path out of the archive"):
        whole(other)


def test_a_link_is_not_followed_in_a_zip_nor_in_a_folder(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/hostname")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "a.zip")
    for where in (tmp_path / "a.zip", folder):
        (member,) = list_members(where)
        with pytest.raises(ArchiveError, match="link"):
            whole(member)


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    """The flag is set by hand: no producer of encrypted archives runs here."""
    content = bytearray(packed(tmp_path / "a.zip", a=b"secret").read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    (member,) = list_members(tmp_path / "a.zip")
    with pytest.raises(ArchiveError, match="encrypted"):
        whole(member)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a", "b")
    (member,) = list_members(packed(tmp_path / "a.zip", inner=inner.getvalue()))
    with pytest.raises(ArchiveError, match="another archive"):
        whole(member)


@pytest.mark.parametrize("limits", [Limits(ratio_after=1 << 16), Limits(total=1 << 16)])
def test_a_bomb_is_stopped_by_ratio_and_by_size(tmp_path: Path, limits: Limits) -> None:
    archive = packed(tmp_path / "a.zip", zeros=bytes(8 << 20))
    (member,) = list_members(archive, ArchiveLimits(each=limits))
    with pytest.raises(ArchiveError, match="expands beyond"):
        for _ in member.chunks(1 << 12):
            pass


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    archive = packed(tmp_path / "a.zip", a=b"", b=b"", c=b"")
    with pytest.raises(ArchiveError, match="more than 2 files"):
        list_members(archive, ArchiveLimits(members=2))


def test_a_damaged_archive_is_a_clear_error(tmp_path: Path) -> None:
    content = packed(tmp_path / "a.zip", a=bytes(range(256)) * 99).read_bytes()
    (tmp_path / "a.zip").write_bytes(content[:50])
    with pytest.raises(ArchiveError, match="damaged or cut short"):
        list_members(tmp_path / "a.zip")
