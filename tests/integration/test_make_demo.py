"""The shipped demonstration is what the script in the repository makes."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest
from scripts.make_demo import build
from tests.mariadb import MariaDB

pytestmark = pytest.mark.mariadb

_DATA = files("vetting") / "demo_data"


def _statements(packed: bytes) -> list[bytes]:
    """The dump without its comments, in which a client writes its own release."""
    lines = gzip.decompress(packed).splitlines()
    return [line for line in lines if not line.startswith((b"--", b"/*"))]


def test_script_makes_the_shipped_files(mariadb: MariaDB) -> None:
    made = build(mariadb)
    assert made["roster.csv"] == (_DATA / "roster.csv").read_bytes()
    assert made["stories.toml"] == (_DATA / "stories.toml").read_bytes()
    assert _statements(made["forum.sql.gz"]) == _statements((_DATA / "forum.sql.gz").read_bytes())
    assert set(made) == {entry.name for entry in _DATA.iterdir() if entry.is_file()}


def test_script_makes_the_same_twice(mariadb: MariaDB) -> None:
    assert build(mariadb) == build(mariadb)
