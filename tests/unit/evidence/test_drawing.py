from __future__ import annotations

import re
from base64 import b64decode
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from hypothesis import given
from tests.strategies import hostile_values

from vetting.evidence.drawing import Card, Column, Piece, image


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_an_image_is_one_element_whatever_its_words_are() -> None:
    tags = Tags()
    tags.feed(image("<svg/>", "\"'><script>alert(1)</script>\u202e\n\n two"))
    ((tag, attributes),) = tags.found
    assert tag == "img"
    assert attributes["alt"] == "\"'><script>alert(1)</script><U+202E> two"
    assert set(attributes) == {"alt", "style", "src"}
    kind, data = str(attributes["src"]).split(",")
    assert kind == "data:image/svg+xml;base64"
    assert b64decode(data) == b"<svg/>"


@given(text=hostile_values())
def test_whatever_a_value_holds_the_card_is_well_formed_and_has_nothing_but_text(text: str) -> None:
    card = Card(width=300)
    card.write(Piece(text))
    card.row([Column(1), Column(1, right=True)], [[Piece(text)], [Piece(text, bold=True)]])
    svg = ET.fromstring(card.svg(text))
    assert {element.tag.rpartition("}")[2] for element in svg.iter()} <= {"svg", "title", "rect", "text"}


def test_lines_are_below_one_another_and_inside_the_card() -> None:
    card = Card(width=400)
    card.write(Piece("x" * 500), Piece("second"))
    svg = ET.fromstring(card.svg("title"))
    heights = [int(line.attrib["y"]) for line in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert heights == sorted(set(heights))
    assert heights[-1] < int(svg.attrib["height"])


def test_a_row_is_as_high_as_its_longest_cell() -> None:
    card = Card(width=400)
    card.row([Column(1), Column(1)], [[Piece("x" * 200)], [Piece("short")]])
    card.write(Piece("below"))
    heights = [int(y) for y in re.findall(r' y="(\d+)"', card.svg("title"))]
    assert heights[-1] == max(heights)
    assert heights.count(heights[0]) == 2
