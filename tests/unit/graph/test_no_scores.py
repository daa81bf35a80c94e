"""The graph room scores nobody: no centrality, no rank, nothing that passes from one account to another."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from attrs import fields

import vetting.graph
from vetting.graph.paths import ExplainedPath, Route

MODULES = sorted(Path(vetting.graph.__file__).parent.glob("*.py"))

# As networkx and others call what measures a node by its place in a graph.
_MEASURES = re.compile(
    r"centrality|pagerank|page_rank|katz|eigenvector|betweenness|\bhits\b|voterank|simrank|harmonic|trophic"
    r"|communicab|link_analysis|prominence|percolation|closeness|propagat|contagion|diffusion|heat_",
    re.IGNORECASE,
)
_SCORES = re.compile(r"score|risk|influence|importance|suspicion|danger|rank", re.IGNORECASE)


def names_used(tree: ast.Module) -> set[str]:
    """Whatever is imported, called, read or defined; prose is left out."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.name for alias in node.names} | {getattr(node, "module", None) or ""}
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_module_uses_or_offers_a_measure_of_a_nodes_place(path: Path) -> None:
    names = names_used(ast.parse(path.read_text(encoding="utf-8")))
    assert [name for name in sorted(names) if _MEASURES.search(name)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_function_class_or_field_is_a_score_of_anybody(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    defined += [
        node.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    assert [name for name in defined if _SCORES.search(name)] == []


def test_the_check_would_see_a_measure() -> None:
    bad = (
        "import networkx as nx\nfrom networkx.algorithms.link_analysis import pagerank\nnx.degree_centrality"
    )
    assert {name for name in names_used(ast.parse(bad)) if _MEASURES.search(name)} == {
        "networkx.algorithms.link_analysis",
        "pagerank",
        "degree_centrality",
    }


def test_a_route_has_no_strength_of_both_its_parts_together() -> None:
    assert {one.name for one in fields(Route)} == {"identity", "association"}
    offered = {name for name in dir(Route) if not name.startswith("_")}
    assert offered == {"identity", "association"}
    assert {one.name for one in fields(ExplainedPath)} == {"edge_class", "steps"}
