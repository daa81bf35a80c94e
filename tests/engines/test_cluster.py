"""A real cluster on the loopback: two worker processes, and one that is lost in the middle of a job."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.engines.test_conformance import SHOW_ALL, assert_identical, scene
from tests.spark import spark_cluster, spark_session

import vetting
from vetting.engines import pairs as pair_module
from vetting.engines.protocol import MapFunction
from vetting.engines.spark import SparkEngine

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on a cluster of its own."""
    with (
        spark_cluster(tmp_path_factory.mktemp("cluster")) as cluster,
        spark_session(cluster.master, spark_executor_memory="600m", spark_cores_max="2") as running,
    ):
        yield running


def test_two_worker_processes_give_what_one_process_gives(
    tmp_path: Path, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_module, "_FEW_KEYS", -1)
    cohort, store = scene(tmp_path, seed=51)
    engine = SparkEngine(session, partitions=6)
    found = vetting.screen(cohort, store, policy=SHOW_ALL, engine=engine)
    engine.close()
    assert_identical(found, vetting.screen(cohort, store, policy=SHOW_ALL))


class Losing(SparkEngine):
    """Kills the executor that is given the first batch, once."""

    def __init__(self, session: Any, marker: Path) -> None:
        super().__init__(session, partitions=6)
        self._marker = str(marker)

    def map(self, table: Any, function: MapFunction, schema: pa.Schema) -> Any:
        marker = self._marker

        def fatal(batch: pa.RecordBatch) -> pa.RecordBatch:
            try:
                os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return function(batch)
            # This worker was forked by a daemon, and the daemon was started by the executor.
            daemon = os.getppid()
            status = Path(f"/proc/{daemon}/status").read_text(encoding="utf-8")
            executor = int(next(line for line in status.splitlines() if line.startswith("PPid")).split()[1])
            os.kill(executor, signal.SIGKILL)
            return function(batch)

        return super().map(table, fatal, schema)


def test_an_executor_lost_in_the_middle_changes_nothing(
    tmp_path: Path, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_module, "_FEW_KEYS", -1)
    cohort, store = scene(tmp_path / "store", seed=61)
    marker = tmp_path / "an executor was killed"
    found = vetting.screen(cohort, store, policy=SHOW_ALL, engine=Losing(session, marker))
    assert marker.exists()
    assert_identical(found, vetting.screen(cohort, store, policy=SHOW_ALL))
    assert [held.id for held in store.lists()] == ["forum-2019"]
