"""Checksums of a shard's files: written once, after everything else, and compared when a store is checked.

Parquet pages carry checksums of their own; mapped arrays do not, and a flipped byte in one would be read
as another account's row. Nothing is hashed in a screening, which would read what it only maps.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from attrs import frozen

from vetting.store.layout import CHECKSUMS_FILE
from vetting.store.parts import damaged

__all__ = ["Checksum", "checksum_of", "read_checksums", "shard_files", "write_checksums"]

_ALGORITHM = "blake2b-256"  # twice as fast as SHA-256 where the processor has no instructions for it
_BYTES_AT_ONCE = 1 << 20


@frozen
class Checksum:
    """What is known of a file's content.

    Attributes:
        bytes: Its size.
        digest: BLAKE2b of 256 bits, in hexadecimal.
    """

    bytes: int
    digest: str


def checksum_of(path: Path) -> Checksum:
    """Hash a file, a piece at a time.

    Raises:
        OSError: It cannot be read.
    """
    content = hashlib.blake2b(digest_size=32)
    size = 0
    with path.open("rb") as file:
        while piece := file.read(_BYTES_AT_ONCE):
            content.update(piece)
            size += len(piece)
    return Checksum(size, content.hexdigest())


def shard_files(folder: Path) -> list[str]:
    """Return the files of a shard but its checksums, relative to its folder, in order."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if name != CHECKSUMS_FILE)


def write_checksums(folder: Path) -> None:
    """Hash every file of a finished shard, and write the sums beside them.

    Args:
        folder: The shard's; nothing in it changes any more.

    Cost: the whole shard is read once; about a gigabyte a second.
    """
    sums = {name: checksum_of(folder / name) for name in shard_files(folder)}
    content = {
        "algorithm": _ALGORITHM,
        "files": {name: {"bytes": found.bytes, "digest": found.digest} for name, found in sums.items()},
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (folder / CHECKSUMS_FILE).write_text(text, encoding="utf-8")


def read_checksums(folder: Path) -> dict[str, Checksum] | None:
    """Read a shard's checksums.

    Returns:
        File -> its checksum; ``None`` for a shard that was written before there were any.

    Raises:
        StoreFormatError: The file of checksums is damaged.
    """
    path = folder / CHECKSUMS_FILE
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        sums = {str(name): Checksum(**found) for name, found in content["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(folder, CHECKSUMS_FILE) from error
    if content["algorithm"] != _ALGORITHM:
        raise damaged(folder, CHECKSUMS_FILE)
    return sums
