"""Associations for looking at: build, draw, explain, export."""

from __future__ import annotations

from vetting.graph.association import association_graph
from vetting.graph.chains import derived_identifiers, identity_chains
from vetting.graph.export import read_graph, write_graph
from vetting.graph.kinds import EdgeKind, association_kind, identity_kind
from vetting.graph.paths import ExplainedPath, PathStep, Route, explained_paths
from vetting.graph.sharing import Shared, shared_structure

__all__ = [
    "EdgeKind",
    "ExplainedPath",
    "PathStep",
    "Route",
    "Shared",
    "association_graph",
    "association_kind",
    "derived_identifiers",
    "explained_paths",
    "identity_chains",
    "identity_kind",
    "read_graph",
    "shared_structure",
    "write_graph",
]
