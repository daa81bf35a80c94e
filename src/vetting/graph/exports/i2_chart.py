"""An i2 chart as XML exchange (``.anx``), which Analyst's Notebook imports.

Entities are icons in columns by steps from the applicant; links are solid, dashed or dotted as their strength
is confirmed, unconfirmed or tentative. Every attribute is an attribute of its chart item, the graph's notes
are those of a text item of their own. The elements are those that public charts use; no copy of Analyst's
Notebook was at hand to open one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from vetting.graph.attributes import ASSOCIATION, EDGE_DEFAULTS, NODE_DEFAULTS
from vetting.graph.draft import AssociationGraph
from vetting.graph.exports.content import (
    as_texts,
    escaped,
    from_texts,
    moment_of,
    notes_in_words,
    notes_of,
    rebuilt,
    unescaped,
)

__all__ = ["chart_text", "read_chart"]

_STRENGTHS = {
    "confirmed": ("Confirmed", "DotStyleSolid"),
    "unconfirmed": ("Unconfirmed", "DotStyleDashed"),
    "tentative": ("Tentative", "DotStyleDotted"),
}
_STRENGTH_IDS = {name: f"strength-{name}" for name, _ in _STRENGTHS.values()}
# What a kind is called on the chart, and the icon that is drawn for it.
_TYPES = {
    "applicant": ("Applicant", "person"),
    "account": ("Account", "account"),
    "identifier": ("Identifier", "general"),
    "topic": ("Topic", "general"),
    "conversation": ("Conversation", "general"),
    "ip": ("Internet address", "general"),
}
_OTHER_TYPE = ("Other", "general")
_GRAPH_KEY = "graph"
_CLASSES = {
    name: f"attribute{number}"
    for number, name in enumerate(
        dict.fromkeys(("key", "source", "target", _GRAPH_KEY, *NODE_DEFAULTS, *EDGE_DEFAULTS))
    )
}


def chart_text(graph: AssociationGraph) -> str:
    """Return the chart as XML."""
    root = ET.Element("Chart", IdReferenceLinking="false", Rigorous="true")
    strengths = ET.SubElement(root, "StrengthCollection")
    for name, dots in _STRENGTHS.values():
        ET.SubElement(strengths, "Strength", Id=_STRENGTH_IDS[name], Name=name, DotStyle=dots)
    classes = ET.SubElement(root, "AttributeClassCollection")
    for name, identity in _CLASSES.items():
        ET.SubElement(
            classes,
            "AttributeClass",
            Id=identity,
            Name=name,
            Type="AttText",
            IsUser="true",
            UserCanAdd="true",
            UserCanRemove="true",
            ShowValue="false",
            Visible="false",
        )
    links = ET.SubElement(root, "LinkTypeCollection")
    kinds = sorted({_link_type(data) for _, _, data in graph.edges(data=True)})
    for number, kind in enumerate(kinds):
        ET.SubElement(links, "LinkType", Id=f"link{number}", Name=kind)
    entities = ET.SubElement(root, "EntityTypeCollection")
    for number, (name, icon) in enumerate((*_TYPES.values(), _OTHER_TYPE)):
        ET.SubElement(entities, "EntityType", Id=f"type{number}", Name=name, IconFile=icon)
    items = ET.SubElement(root, "ChartItemCollection")
    _add_entities(items, graph)
    _add_links(items, graph)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def read_chart(path: Path) -> AssociationGraph:
    """Read back the chart from the attributes of its items."""
    nodes, edges = [], []
    notes: dict[str, Any] = {}
    for item in ET.parse(path).iter("ChartItem"):  # noqa: S314 - expat refuses what grows without end
        own = {one.attrib["AttributeClass"]: unescaped(one.attrib["Value"]) for one in item.iter("Attribute")}
        if _GRAPH_KEY in own:
            notes = json.loads(own[_GRAPH_KEY])
        elif item.find("Link") is not None:
            edges.append((own["source"], own["target"], own["key"], from_texts(EDGE_DEFAULTS, own)))
        else:
            nodes.append((own["key"], from_texts(NODE_DEFAULTS, own)))
    return rebuilt(nodes, edges, notes)


def _add_entities(items: ET.Element, graph: AssociationGraph) -> None:
    numbers = {key: number for number, key in enumerate(graph)}
    rows: dict[int, int] = {}
    for key, data in graph.nodes(data=True):
        step = data["step"]
        rows[step] = rows.get(step, -1) + 1
        type_name = _TYPES.get(data["kind"], _OTHER_TYPE)[0]
        given = {"key": key} | as_texts(NODE_DEFAULTS, data)
        place = (240 * step, 90 * rows[step])
        _add_entity(items, (f"n{numbers[key]}", data["label"] or key, type_name), place, given)
    words = " ".join(notes_in_words(graph))
    given = {_GRAPH_KEY: json.dumps(notes_of(graph), ensure_ascii=False)}
    _add_entity(items, ("graph", "What this chart leaves out", _OTHER_TYPE[0]), (0, -120), given, words)


def _add_entity(
    items: ET.Element,
    named: tuple[str, str, str],
    place: tuple[int, int],
    given: Mapping[str, str],
    description: str = "",
) -> None:
    identity, label, type_name = named
    item = ET.SubElement(items, "ChartItem", Label=escaped(label), XPosition=str(place[0]))
    if description:
        item.set("Description", escaped(description))
    end = ET.SubElement(item, "End", X=str(place[0]), Y=str(place[1]), Z="0")
    entity = ET.SubElement(
        end,
        "Entity",
        EntityId=identity,
        Identity=escaped(given.get("key", identity)),
        LabelIsIdentity="false",
    )
    icon = ET.SubElement(entity, "Icon")
    ET.SubElement(icon, "IconStyle", Type=type_name)
    _add_attributes(item, given)


def _add_links(items: ET.Element, graph: AssociationGraph) -> None:
    numbers = {key: number for number, key in enumerate(graph)}
    for source, target, key, data in graph.edges(keys=True, data=True):
        item = ET.SubElement(items, "ChartItem", Label=escaped(data["kind"].replace("_", " ")))
        strength = _STRENGTHS.get(data["strength"], _STRENGTHS["tentative"])[0]
        moment = moment_of(data["first"])
        if moment is not None:
            item.set("DateSet", "true")
            item.set("TimeSet", "true")
            item.set("DateTime", moment.replace(tzinfo=None).isoformat(timespec="seconds"))
        link = ET.SubElement(item, "Link", End1Id=f"n{numbers[source]}", End2Id=f"n{numbers[target]}")
        ET.SubElement(
            link,
            "LinkStyle",
            Type=_link_type(data),
            Strength=strength,
            StrengthReference=_STRENGTH_IDS[strength],
            ArrowStyle="ArrowOnHead" if data["edge_class"] == ASSOCIATION else "ArrowNone",
            MlStyle="MultiplicityMultiple",
        )
        _add_attributes(
            item, {"key": key, "source": source, "target": target} | as_texts(EDGE_DEFAULTS, data)
        )


def _link_type(data: Mapping[str, Any]) -> str:
    return escaped(f"{data['edge_class']}: {data['kind'].replace('_', ' ')}")


def _add_attributes(item: ET.Element, given: Mapping[str, str]) -> None:
    attributes = ET.SubElement(item, "AttributeCollection")
    for name, value in given.items():
        ET.SubElement(
            attributes,
            "Attribute",
            AttributeClass=name,
            AttributeClassReference=_CLASSES[name],
            Value=escaped(value),
        )
