"""A pair of CSV files for i2 Analyst's Notebook and for spreadsheets: entities, and the links between them.

Every cell is quoted, a record is one line, and the files begin with a byte-order mark, without which
spreadsheets take UTF-8 for something else. A cell that a spreadsheet would compute gets an apostrophe before
it, and so does one that begins with an apostrophe, so that reading back is exact.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from vetting.graph.attributes import EDGE_DEFAULTS, NODE_DEFAULTS
from vetting.graph.draft import AssociationGraph
from vetting.graph.exports.content import (
    as_texts,
    escaped,
    from_texts,
    notes_in_words,
    notes_of,
    rebuilt,
    unescaped,
)

__all__ = ["ENTITIES", "LINKS", "csv_texts", "pair_stem", "read_csv_pair"]

ENTITIES = ".entities.csv"
LINKS = ".links.csv"

# What spreadsheets take for the start of a formula, wide forms included, also after blanks.
_COMPUTED = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
_ENTITY_COLUMNS = ("key", *NODE_DEFAULTS, "graph")
_LINK_COLUMNS = ("key", "from", "to", *EDGE_DEFAULTS)
_MOST_CHARACTERS = 1 << 27


def csv_texts(graph: AssociationGraph) -> dict[str, str]:
    """Return the two files' texts by suffix, links first.

    The last row of the entities is the graph's own: its notes in words, and in its column ``graph`` as JSON,
    with a checksum of the links, so that two files that do not belong together are not read as one graph.
    """
    edges = graph.edges(keys=True, data=True)
    links = _table(
        _LINK_COLUMNS,
        (
            {"key": key, "from": source, "to": target} | as_texts(EDGE_DEFAULTS, data)
            for source, target, key, data in edges
        ),
    )
    notes = {"links": _digest(links), "notes": notes_of(graph)}
    own = {
        **as_texts(NODE_DEFAULTS, {"kind": "graph", "label": " ".join(notes_in_words(graph))}),
        "key": "graph",
        "graph": json.dumps(notes, ensure_ascii=False),
    }
    nodes = [
        {"key": key, "graph": ""} | as_texts(NODE_DEFAULTS, data) for key, data in graph.nodes(data=True)
    ]
    return {LINKS: links, ENTITIES: _table(_ENTITY_COLUMNS, [*nodes, own])}


def read_csv_pair(path: Path) -> AssociationGraph:
    """Read back the pair that ``NAME.csv`` names; either file's own name will do."""
    stem = pair_stem(path.name)
    links = (path.parent / f"{stem}{LINKS}").read_bytes().decode("utf-8")
    entities = _rows((path.parent / f"{stem}{ENTITIES}").read_bytes().decode("utf-8"))
    own = json.loads(entities.pop()["graph"])
    if own["links"] != _digest(links):
        raise ValueError("the links are not those of the entities")
    return rebuilt(
        [(row["key"], from_texts(NODE_DEFAULTS, row)) for row in entities],
        [(row["from"], row["to"], row["key"], from_texts(EDGE_DEFAULTS, row)) for row in _rows(links)],
        own["notes"],
    )


def pair_stem(name: str) -> str:
    """Return the NAME of ``NAME.csv``, ``NAME.entities.csv`` or ``NAME.links.csv``."""
    for suffix in (ENTITIES, LINKS, ".csv"):
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def _table(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    columns = list(columns)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return "\ufeff" + out.getvalue()


def _rows(text: str) -> list[dict[str, str]]:
    former = csv.field_size_limit(_MOST_CHARACTERS)
    try:
        lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        columns = next(lines)
        return [dict(zip(columns, map(_value, line), strict=True)) for line in lines]
    finally:
        csv.field_size_limit(former)


def _cell(text: str) -> str:
    text = escaped(text)
    return f"'{text}" if text.startswith("'") or text.lstrip().startswith(_COMPUTED) else text


def _value(cell: str) -> str:
    return unescaped(cell.removeprefix("'"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
