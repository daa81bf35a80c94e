"""Graphs to files that networkx and other programs read, and back; the suffix names the format."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import ParseError

from attrs import frozen

from vetting.errors import InputError
from vetting.graph.draft import AssociationGraph
from vetting.graph.exports.followthemoney import followthemoney_text, read_followthemoney
from vetting.graph.exports.i2_chart import chart_text, read_chart
from vetting.graph.exports.i2_csv import csv_texts, pair_stem, read_csv_pair
from vetting.graph.exports.networkx_forms import (
    cytoscape_text,
    gexf_text,
    graphml_text,
    node_link_text,
    read_cytoscape,
    read_gexf,
    read_graphml,
    read_node_link,
)
from vetting.graph.exports.stix import read_stix, stix_text
from vetting.graph.picture import graph_svg

__all__ = [
    "GRAPH_SUFFIXES",
    "graph_suffix",
    "graph_text",
    "graph_texts",
    "read_graph",
    "replace_file",
    "write_graph",
]


def write_graph(graph: AssociationGraph, path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write a graph in the format that the file's suffix names.

    ``.graphml`` and ``.gexf`` for network programs, ``.json`` for networkx's node-link form
    (``edges="edges"``), ``.cyjs`` for Cytoscape, ``.ftm.json`` for FollowTheMoney, ``.stix.json`` for STIX
    2.1, ``.csv`` for a pair of tables and ``.anx`` for a chart of i2 Analyst's Notebook, ``.svg`` for the
    picture. The same graph always gives the same bytes. A file is replaced whole or not at all. A page
    (``.html``) is written by :mod:`vetting.reports`.

    Args:
        graph: As :func:`~vetting.graph.association.association_graph` returns it.
        path: The file; ``NAME.csv`` stands for ``NAME.entities.csv`` and ``NAME.links.csv``.

    Returns:
        The files written.

    Raises:
        InputError: The suffix is none of these.
    """
    path = Path(path)
    suffix = graph_suffix(path)
    stem = pair_stem(path.name)
    written = []
    for own, text in graph_texts(graph, suffix).items():
        # The suffix as it was given, capitals included, unless one name stands for two files.
        file = path if own == suffix else path.with_name(stem + own)
        replace_file(file, text)
        written.append(file)
    return tuple(written)


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file's whole content in one step; only the owner may read it.

    Half of a surrogate pair has no UTF-8 and is written as its escape, which JSON reads back.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def graph_suffix(path: str | os.PathLike[str]) -> str:
    """Return which of :data:`GRAPH_SUFFIXES` a file's name ends with; double ones go before single ones.

    Raises:
        InputError: None of them.

    Example:
        >>> graph_suffix("out/candidate-1.stix.json"), graph_suffix("candidate-1.JSON")
        ('.stix.json', '.json')
    """
    name = Path(path).name.lower()
    for suffix in _LONGEST_FIRST:
        if name.endswith(suffix) and name != suffix:
            return suffix
    raise _unknown(path, Path(path).suffix)


def graph_texts(graph: AssociationGraph, suffix: str) -> dict[str, str]:
    """Return a graph as the texts of its files, by the suffixes of these: one, or for ``.csv`` two.

    Raises:
        InputError: The suffix is not known.
    """
    known = graph_suffix(f"graph{suffix}")
    written = _FORMATS[known].write(graph)
    return written if isinstance(written, dict) else {known: written}


def graph_text(graph: AssociationGraph, suffix: str, *, file: str | os.PathLike[str] = "graph") -> str:
    """Return a graph as text in the format of a suffix, for a format of one file.

    Raises:
        InputError: The suffix is not known, or stands for two files; the message names ``file``.
    """
    if suffix.lower() not in _FORMATS:
        raise _unknown(file, suffix)
    written = _FORMATS[suffix.lower()].write(graph)
    if isinstance(written, dict):
        raise InputError(
            file,
            reason=f"the suffix {suffix!r} stands for two files",
            remedy="Use graph_texts or write_graph.",
        )
    return written


def _unknown(file: str | os.PathLike[str], suffix: str) -> InputError:
    return InputError(
        file,
        reason=f"no graph format has the suffix {suffix!r}",
        remedy=f"Use one of {', '.join(GRAPH_SUFFIXES)}.",
    )


def read_graph(path: str | os.PathLike[str]) -> AssociationGraph:
    """Read back what :func:`write_graph` wrote, in every format but the picture.

    Args:
        path: The file, by the name that it was written under; of a pair of tables either file will do.

    Returns:
        A frozen graph with the same nodes, edges, keys and attributes as the one that was written.

    Raises:
        InputError: The suffix is none of these, or the file cannot be read, or it is not one that
            :func:`write_graph` wrote.
    """
    import networkx as nx

    path = Path(path)
    readers = {suffix: one.read for suffix, one in _FORMATS.items() if one.read is not None}
    suffix = next((suffix for suffix in _LONGEST_FIRST if path.name.lower().endswith(suffix)), "")
    if suffix not in readers:
        raise InputError(
            path,
            reason=f"a file with the suffix {path.suffix!r} cannot be read back",
            remedy=f"Use one of {', '.join(readers)}.",
        )
    try:
        return readers[suffix](path)
    except OSError as error:
        raise InputError(
            path, reason="the file cannot be read", remedy="Give a file that write_graph wrote."
        ) from error
    except (
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
        StopIteration,
        ParseError,
        csv.Error,
        nx.NetworkXError,
    ):
        # Without its cause, which may quote a value.
        raise InputError(
            path,
            reason="the file does not hold a whole graph as write_graph writes it",
            remedy="Export the graph again; other programs' files are not read.",
        ) from None


@frozen
class _Format:
    """How a format is written and read back.

    Attributes:
        write: Graph to text, or to the texts of several files by their suffixes.
        read: File to graph; ``None`` for a picture.
    """

    write: Callable[[AssociationGraph], str | dict[str, str]]
    read: Callable[[Path], AssociationGraph] | None


_FORMATS: dict[str, _Format] = {
    ".graphml": _Format(graphml_text, read_graphml),
    ".gexf": _Format(gexf_text, read_gexf),
    ".json": _Format(node_link_text, read_node_link),
    ".cyjs": _Format(cytoscape_text, read_cytoscape),
    ".ftm.json": _Format(followthemoney_text, read_followthemoney),
    ".ftm.ndjson": _Format(followthemoney_text, read_followthemoney),
    ".stix.json": _Format(stix_text, read_stix),
    ".csv": _Format(csv_texts, read_csv_pair),
    ".anx": _Format(chart_text, read_chart),
    ".svg": _Format(graph_svg, None),
}

GRAPH_SUFFIXES: tuple[str, ...] = tuple(_FORMATS)
_LONGEST_FIRST = sorted(_FORMATS, key=len, reverse=True)
