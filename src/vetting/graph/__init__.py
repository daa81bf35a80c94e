"""Associations for looking at: build, draw, export."""

from __future__ import annotations

from vetting.graph.association import association_graph
from vetting.graph.export import read_graph, write_graph

__all__ = ["association_graph", "read_graph", "write_graph"]
