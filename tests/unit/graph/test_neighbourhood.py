import time
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pytest
from tests.small_lists import passport

from vetting.graph.kinds import ASSOCIATION_KINDS, IDENTITY_KINDS
from vetting.graph.neighbourhood import neighbourhood
from vetting.records.accounts import Relation


class BigShard:
    """One account with very many relations, made of arrays."""

    list_id = "big"
    size = 1
    passport = passport(id="big")

    def __init__(self, relations: Any) -> None:
        self.count = relations
        targets = np.arange(1, relations + 1, dtype=np.int32)
        kinds = pa.array(["posted_in"] * (relations - 1) + ["messaged"])
        self.relations = pa.table(
            {
                "kind": kinds,
                "source_node": pa.array(np.zeros(relations, np.int32)),
                "target_node": pa.array(targets),
                "weight": pa.array((np.arange(relations) % 1000 + 1).astype(np.int32)),
            }
        )

    def relation_rows(self, node: Any) -> Any:
        return np.arange(self.count, dtype=np.int32) if node == 0 else np.array([node - 1], np.int32)

    def relations_at(self, rows: Any) -> Any:
        return [
            Relation(list_id="big", kind="x", source="0", target_kind="topic", target=str(r)) for r in rows
        ]


def test_a_node_with_very_many_relations_gives_a_small_graph_quickly() -> None:
    shard = BigShard(900_000)
    start = time.process_time()
    near = neighbourhood(cast("Any", shard), 0, hops=2, hub_cap=200)
    assert time.process_time() - start < 3.0
    assert len(near.links) == 200
    assert sum(near.left_out.values()) == 900_000 - 200
    assert 899_999 in {link.row for link in near.links}  # the one message, before any topic


@pytest.mark.parametrize("catalogue", [ASSOCIATION_KINDS, IDENTITY_KINDS])
def test_every_kind_says_what_it_does_not_mean(catalogue: Any) -> None:
    for name, kind in catalogue.items():
        assert name == kind.name
        assert kind.means.endswith(".")
        assert kind.does_not_mean.endswith(".")
