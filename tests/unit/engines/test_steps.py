from __future__ import annotations

import pyarrow as pa

from vetting.engines.duckdb import DuckDBEngine
from vetting.engines.lazy import LazyEngine
from vetting.engines.steps import NOBODY_WATCHES, Steps


def test_steps_rise_from_nothing_to_all() -> None:
    seen: list[tuple[str, int, int]] = []
    steps = Steps(lambda *step: seen.append(step), lists=2, decoys=True)
    for name in ("one", "two"):
        steps.begin(name)
        steps.part(0.5)
        steps.part(0.25)  # never back
    steps.begin("one", decoys=True)
    steps.begin("two", decoys=True)
    steps.end()
    assert [step[1] for step in seen] == [0, 50, 100, 150, 200, 225, 250]
    assert {step[2] for step in seen} == {250}


def double(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"a": [2 * one for one in batch["a"].to_pylist()]})


def test_an_engine_tells_of_its_batches_and_nobody_need_watch() -> None:
    seen: list[int] = []
    steps = Steps(lambda _name, done, _total: seen.append(done), lists=1, decoys=False)
    steps.begin("one")
    engine = LazyEngine(lambda: DuckDBEngine(threads=1))
    steps.watch(engine, 0.0, 1.0)
    table = pa.table({"a": list(range(40_000))})
    assert engine.map(table, double, table.schema)["a"][-1].as_py() == 79_998
    engine.close()
    assert seen[0] == 0
    assert seen[-1] == 100
    assert len(seen) > 5
    NOBODY_WATCHES.watch(object(), 0.0, 1.0)
    NOBODY_WATCHES.part(0.5)
