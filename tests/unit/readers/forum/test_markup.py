"""Quotes and mentions in each software's markup, as an SQL dump holds it."""

from __future__ import annotations

from time import process_time

import pytest

from vetting.readers.forum.markup import DIALECTS, found_in
from vetting.readers.sqldump.grammar import mask


def shown(dialect: str, body: str) -> list[tuple[str, str, bytes]]:
    """Kind, what is captured (an account, a name or a kind of post), and the capture."""
    literal = body.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"')
    text = mask(f"('{literal}'),".encode())[0]
    return [
        (marker.kind, "name" if marker.by_name else marker.of or "account", captured)
        for marker in DIALECTS[dialect]
        for captured in found_in(text, [1], [len(text) - 2], marker)[1]
    ]


@pytest.mark.parametrize(
    ("dialect", "body", "found"),
    [
        ("mybb", "[quote=\"x\" pid='12' dateline='1']", [("quoted", "post", b"12")]),
        ("mybb", '[quote="a, pid= b"]', [("quoted", "name", b"a, pid= b")]),
        ("mybb", "[quote]x[/quote] pid='3'", []),
        ("phpbb", '<QUOTE author="x" post_id="1" time="2" user_id="7">', [("quoted", "account", b"7")]),
        ("phpbb", '<QUOTE author="x"><s>[quote="x"]</s></QUOTE> user_id="7"', [("quoted", "name", b"x")]),
        ("phpbb", "[quote=&quot;x y&quot;:1a2b]", [("quoted", "name", b"x y")]),
        ("smf", "[quote author=x y link=topic=3.msg44#msg44 date=1]", [("quoted", "post", b"44")]),
        ("smf", "[quote author=x link=msg=45 date=1]", [("quoted", "post", b"45")]),
        ("smf", "[quote author=x y date=14]", [("quoted", "name", b"x y")]),
        ("vbulletin", "[QUOTE=x;y;12]", [("quoted", "post", b"12")]),
        ("vbulletin", "[QUOTE=x;n12]", [("quoted", "node", b"12")]),
        ("vbulletin", "[quote=x y]", [("quoted", "name", b"x y")]),
        ("vbulletin", '[USER="5"]x[/USER] [MENTION=6]', [("mentioned", "account", b"6"), ("mentioned", "account", b"5")]),
        ("xenforo", '[QUOTE="x, post: 1, member: 2"]', [("quoted", "account", b"2")]),
        ("xenforo", '[QUOTE="x, post: 1"] [QUOTE="y"]', [("quoted", "name", b"x"), ("quoted", "name", b"y")]),
        ("xenforo", "[USER=3]@x[/USER] [USER=x]", [("mentioned", "account", b"3")]),
    ],
)  # fmt: skip
def test_each_form_is_found_once(dialect: str, body: str, found: list[tuple[str, str, bytes]]) -> None:
    assert shown(dialect, f"before {body} after") == found


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_body_of_nothing_but_beginnings_costs_no_more_than_its_length(dialect: str) -> None:
    begun = process_time()
    for marker in DIALECTS[dialect]:
        text = marker.sign * 20_000
        assert found_in(text, [0], [len(text)], marker)[0] in ([], [0])
    assert process_time() - begun < 3  # a look ahead without an end took longer
