"""The engines that the conformance suite runs on, a third party's own among them.

``pytest tests/engines --engine package.module:Class`` runs the suite on an engine of yours as well: a
callable without arguments that returns something with the verbs of
:class:`vetting.engines.protocol.Engine`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from tests.spark import spark_session

from vetting.engines.duckdb import DuckDBEngine
from vetting.engines.protocol import Engine
from vetting.engines.spark import SparkEngine

OWN = ("duckdb, 1 thread", "duckdb, 2 threads", "spark, 1 part", "spark, 7 parts", "spark, 64 parts")


@pytest.fixture(scope="session")
def session() -> Iterator[Any]:
    """A Spark session on this machine, for all tests of this process."""
    with spark_session() as running:
        yield running


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever asks for an engine on each of them."""
    if "engine" in metafunc.fixturenames:
        own = [
            pytest.param(name, marks=[pytest.mark.spark] if name.startswith("spark") else []) for name in OWN
        ]
        given = metafunc.config.getoption("--engine")
        metafunc.parametrize("engine", [*own, *given], indirect=True, ids=str)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine, closed afterwards."""
    running = _opened(request.param, request)
    yield running
    running.close()


def _opened(name: str, request: pytest.FixtureRequest) -> Engine:
    what, _, size = name.partition(", ")
    if what == "duckdb":
        return DuckDBEngine(threads=int(size.split()[0]))
    if what == "spark":
        return SparkEngine(request.getfixturevalue("session"), partitions=int(size.split()[0]))
    module, _, attribute = name.partition(":")
    made: Engine = getattr(importlib.import_module(module), attribute)()
    return made
