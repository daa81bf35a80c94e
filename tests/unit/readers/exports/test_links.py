"""What a profile links to is found in plain text and in HTML, and nothing that only looks like it."""

from __future__ import annotations

import pytest

from vetting.readers.exports.links import links_in, text_of


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("see https://example.org/vornskald, or http://example.net.", ("https://example.org/vornskald", "http://example.net")),
        ("write to v.skald+x@example.org!", ("v.skald+x@example.org",)),
        ("also @vornskald@social.example.org", ("@vornskald@social.example.org",)),
        ('<p>on <a href="https://example.org/@v" rel="me">my page</a></p>', ("https://example.org/@v",)),
        ('<a href="https://example.org/@bob" class="u-url mention">@bob</a>', ()),
        ('<a href="javascript:alert(1)">x</a>', ()),
        ("no links @ all, 3.14@ or example", ()),
        (None, ()),
        (7, ()),
    ],
)  # fmt: skip
def test_links_are_found(given: object, found: tuple[str, ...]) -> None:
    assert links_in(given) == found


def test_markup_is_no_text() -> None:
    assert text_of("<p>Harrowby<br>mill</p>") == "Harrowby mill"


def test_a_hostile_text_takes_no_time() -> None:
    assert links_in("a" * 200_000 + "@" * 100_000 + "<" * 100_000) == ()
    assert links_in("<a" * 100_000) == ()
