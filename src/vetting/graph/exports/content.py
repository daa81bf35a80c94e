"""What every format has to hold, and how: texts that some format cannot say, and the graph made again.

A format's own fields say what they can. Beside them stands every attribute as it is, so that nothing is lost
where a format has no field for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from vetting.graph.attributes import EDGE_DEFAULTS, NODE_DEFAULTS
from vetting.graph.draft import AssociationGraph

__all__ = [
    "UNSAID_IN_JSON",
    "UNSAID_IN_LINES",
    "as_texts",
    "attributes_of",
    "escaped",
    "from_texts",
    "moment_of",
    "notes_in_words",
    "notes_of",
    "rebuilt",
    "texts_mapped",
    "unescaped",
]

# A backslash that would read as one of our escapes is escaped itself, so that no two texts meet.
_LOOKS_ESCAPED = r"\\(?=u[0-9A-Fa-f]{4})"
UNSAID_IN_JSON = re.compile(rf"[\ud800-\udfff]|{_LOOKS_ESCAPED}")
UNSAID_IN_LINES = re.compile(
    rf"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|{_LOOKS_ESCAPED}"
)
_NO_NOTES: Mapping[str, Any] = {"left_out": [], "hops": 1, "hub_cap": 0}
_ESCAPE = re.compile(r"\\u([0-9A-F]{4})")


def escaped(text: str, unsaid: re.Pattern[str] = UNSAID_IN_LINES) -> str:
    r"""Write as ``\uXXXX`` what a format cannot say: control characters, line ends, half a surrogate pair.

    Graphs of this library hold no such character; those that somebody made by hand may.

    Args:
        text: Any text.
        unsaid: What to escape; for XML and CSV unless told.

    Example:
        >>> print(escaped("a\nb"))
        a\u000Ab
        >>> unescaped(escaped("a\nb")) == "a\nb"
        True
    """
    return unsaid.sub(lambda found: f"\\u{ord(found[0]):04X}", text)


def unescaped(text: str) -> str:
    """Undo :func:`escaped`."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def texts_mapped(value: Any, change: Callable[[str], str]) -> Any:
    """Return JSON-like data with every text changed, names of fields included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(name): texts_mapped(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [texts_mapped(one, change) for one in value]
    return value


def attributes_of(defaults: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes in their order, each of its default's type.

    A text that is absent is empty: several formats cannot say an empty text.
    """
    return {
        name: type(default)(data[name]) if name in data else ("" if isinstance(default, str) else default)
        for name, default in defaults.items()
    }


def as_texts(defaults: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, str]:
    """Return the attributes as texts, for formats that have nothing else."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in attributes_of(defaults, data).items()
    }


def from_texts(defaults: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Undo :func:`as_texts`.

    Raises:
        KeyError: An attribute is missing.
        ValueError: A number is none.
    """
    return {
        name: texts[name] == "true" if isinstance(default, bool) else type(default)(texts[name])
        for name, default in defaults.items()
    }


def notes_of(graph: AssociationGraph) -> dict[str, Any]:
    """Return what the graph says of itself: ``left_out``, ``hops``, ``hub_cap``, and whatever else it has."""
    return {**_NO_NOTES, **graph.graph}


def notes_in_words(graph: AssociationGraph) -> list[str]:
    """Say what the graph leaves out, for a reader of the exported file."""
    notes = notes_of(graph)
    reach = f"Relations up to {notes['hops']} steps from the candidates are shown"
    return [
        f"{reach}; nodes with more than {notes['hub_cap']} relations are not followed.",
        *notes["left_out"],
        "Associations are no evidence of identity, and nearness says nothing of a person.",
    ]


def rebuilt(
    nodes: Iterable[tuple[str, Mapping[str, Any]]],
    edges: Iterable[tuple[str, str, str, Mapping[str, Any]]],
    notes: Mapping[str, Any],
) -> AssociationGraph:
    """Make the frozen graph again.

    Args:
        nodes: Key and attributes.
        edges: Source, target, key and attributes.
        notes: As :func:`notes_of` returned them.

    Raises:
        ValueError: A node or an edge is there twice, or an edge leads to a node that is not there.
        KeyError: The notes are missing: the file is no export of ours, or was cut.
    """
    import networkx as nx

    from vetting.graph.pictured import AssociationGraph

    if missing := set(_NO_NOTES) - set(notes):
        raise KeyError(*sorted(missing))
    graph = AssociationGraph(**notes)
    for name, data in nodes:
        if name in graph:
            raise ValueError("a node is there twice")
        graph.add_node(name, **attributes_of(NODE_DEFAULTS, data))
    keys = set()
    for source, target, key, data in edges:
        if key in keys or source not in graph or target not in graph:
            raise ValueError("an edge is there twice, or leads nowhere")
        keys.add(key)
        graph.add_edge(source, target, key=key, **attributes_of(EDGE_DEFAULTS, data))
    nx.freeze(graph)
    return graph


def moment_of(text: str) -> datetime | None:
    """Return a date of an edge as a moment in UTC; ``None`` for what is no date."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
