"""What of the Spark engine needs no Spark; the rest is held to the conformance suite in ``tests/engines``."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from vetting.engines import open_engine
from vetting.engines.spark import SparkEngine
from vetting.errors import MissingPartError


class Catalog:
    def __init__(self) -> None:
        self.views: set[str] = set()

    def dropTempView(self, name: str) -> None:  # noqa: N802
        self.views.remove(name)


class Frame:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def createOrReplaceTempView(self, name: str) -> None:  # noqa: N802
        self.catalog.views.add(name)


class Session:
    """Records what it is asked."""

    def __init__(self) -> None:
        self.catalog = Catalog()
        self.asked: list[str] = []
        self.stopped = False

    def sql(self, query: str) -> str:
        self.asked.append(query)
        return query

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def session() -> Any:
    return Session()


def test_tables_are_views_under_names_of_their_own_and_are_dropped_at_the_end(session: Any) -> None:
    engine = SparkEngine(session)
    engine.sql("SELECT * FROM t", t=Frame(session.catalog))
    engine.sql("SELECT * FROM t", t=Frame(session.catalog))
    assert len(session.catalog.views) == 2
    assert len(set(session.asked)) == 2
    engine.close()
    assert session.catalog.views == set()
    assert not session.stopped


def test_a_query_with_steps_of_its_own_keeps_them(session: Any) -> None:
    engine = SparkEngine(session)
    engine.sql("\n  WITH s AS (SELECT 1) SELECT * FROM s, t", t=Frame(session.catalog))
    (view,) = session.catalog.views
    assert " ".join(session.asked[0].split()) == (
        f"WITH t AS (SELECT * FROM {view}), s AS (SELECT 1) SELECT * FROM s, t"
    )
    engine.sql("SELECT 1")
    assert session.asked[1] == "SELECT 1"


def test_without_pyspark_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingPartError, match="pip install"):
        open_engine("spark")
