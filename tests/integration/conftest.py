"""The real parts that whole paths are tested with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.mariadb import MariaDB, missing_programs
from tests.postgres import Postgres, programs
from tests.requirements import missing_part


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDB]:
    """One MariaDB for the session; each test makes a database of its own in it."""
    missing = missing_programs()
    if missing:
        missing_part(f"{', '.join(missing)} not found: install Debian's mariadb-server")
    with MariaDB.running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the session; each test makes a database of its own in it."""
    if programs() is None:
        missing_part("initdb not found: install Debian's postgresql")
    with Postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def forum_schema() -> tuple[Path, Path]:
    """The tables of an IPS 4 forum, and those that its upgrade from IPB 3 left behind."""
    folder = Path(__file__).parent / "forum_schema"
    return folder / "ips4.sql", folder / "ipb3.sql"
