"""Answers of Bluesky and archives of repositories. Written by hand, after the published lexicons and specifications."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.car_files import car_file, cbor
from tests.readings import Rows, read_out

from vetting.errors import InputError
from vetting.readers import read_list
from vetting.readers.archives import list_members
from vetting.readers.social.car import CutError, blocks, decode
from vetting.records.completeness import Completeness

MAREN, BOB = "did:plc:maren", "did:plc:bob"


def read(path: Path, *documents: Any) -> tuple[Rows, Completeness]:
    if documents:
        path.write_text("\n".join(json.dumps(one) for one in documents), encoding="utf-8")
    return read_out(read_list(path))


def edges(rows: Rows) -> set[tuple[str, str, str]]:
    return {(row["kind"], row["source"], row["target"]) for row in rows["relations"]}


def test_a_profile_is_keyed_on_its_did_and_a_domain_as_a_handle_is_proved(tmp_path: Path) -> None:
    given = {"did": MAREN, "handle": "quill-example.org", "displayName": "Maren Q", "description": "also https://example.net/q",
             "createdAt": "2023-05-13T10:00:00Z", "followersCount": 3}  # fmt: skip
    rows, told = read(tmp_path / "b", given)
    assert {(row["kind"], row["value"], row["role"], row["confirmed"]) for row in rows["identifiers"]} == {
        ("handle", "quill-example.org", "current", None),
        ("name", "Maren Q", "display", None),
        ("url", "https://quill-example.org", "self_linked", True),
        ("url", "https://example.net/q", "self_linked", None),
    }
    assert told.complete
    for handle in ("quill.bsky.social", "quill.server.example.org"):
        usual, _ = read(tmp_path / "c", given | {"handle": handle})
        assert not [row for row in usual["identifiers"] if row["confirmed"]]


@pytest.mark.parametrize(
    ("key", "edge"), [("followers", ("follows", BOB, MAREN)), ("follows", ("follows", MAREN, BOB))]
)
def test_lists_that_say_whose_they_are_tell_who_follows_whom(
    tmp_path: Path, key: str, edge: tuple[str, str, str]
) -> None:
    page = {
        key: [{"did": BOB, "handle": "bob.bsky.social"}],
        "subject": {"did": MAREN, "handle": "m.bsky.social"},
        "cursor": "x",
    }
    assert edges(read(tmp_path / "one", page)[0]) == edges(read(tmp_path / "two", page, page)[0]) == {edge}


RECORDS: list[tuple[dict[str, Any], tuple[str, str, str] | None]] = [
    ({"$type": "app.bsky.graph.follow", "subject": BOB, "createdAt": "2023-05-13T10:00:00Z"}, ("follows", MAREN, BOB)),
    ({"$type": "app.bsky.graph.block", "subject": "did:plc:foe"}, ("ignores", MAREN, "did:plc:foe")),
    ({"$type": "app.bsky.feed.like", "subject": {"uri": "at://did:plc:liked/app.bsky.feed.post/1"}}, ("reacted", MAREN, "did:plc:liked")),
    ({"$type": "app.bsky.feed.repost", "subject": {"uri": "at://did:plc:again/app.bsky.feed.post/1"}}, ("quoted", MAREN, "did:plc:again")),
    ({"$type": "app.bsky.feed.post", "text": "zwyn", "reply": {"parent": {"uri": "at://did:plc:asked/app.bsky.feed.post/1"}},
      "facets": [{"features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:named"}]}],
      "createdAt": "2023-05-14T10:00:00Z"}, ("quoted", MAREN, "did:plc:asked")),
    ({"$type": "app.bsky.feed.post", "text": "zwyn", "embed": {"record": {"uri": "at://did:plc:shown/app.bsky.feed.post/1"}}}, ("quoted", MAREN, "did:plc:shown")),
    ({"$type": "app.bsky.feed.threadgate"}, None),
]  # fmt: skip
EDGES = {edge for _, edge in RECORDS if edge} | {("mentioned", MAREN, "did:plc:named")}


def test_records_of_an_account_tell_what_it_did(tmp_path: Path) -> None:
    listed = [
        {"uri": f"at://{MAREN}/x/{n}", "cid": "x", "value": record} for n, (record, _) in enumerate(RECORDS)
    ]
    rows, told = read(tmp_path / "b", {"records": listed, "cursor": "x"})
    assert edges(rows) == EDGES
    assert "records of other kinds, not read: 1" in told.notes
    assert "zwyn" not in str(rows)


def test_a_feed_tells_whose_posts_they_are_and_who_repeated_them(tmp_path: Path) -> None:
    post = {
        "uri": f"at://{BOB}/app.bsky.feed.post/1",
        "author": {"did": BOB, "handle": "bob.bsky.social"},
        "record": RECORDS[4][0],
    }
    rows, _ = read(
        tmp_path / "b",
        {"feed": [{"post": post, "reason": {"by": {"did": MAREN, "handle": "m.bsky.social"}}}]},
    )
    assert edges(rows) == {
        ("quoted", BOB, "did:plc:asked"),
        ("mentioned", BOB, "did:plc:named"),
        ("quoted", MAREN, BOB),
    }


def test_a_repository_is_read_as_its_records_are(tmp_path: Path) -> None:
    held = [record for record, _ in RECORDS]
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Maren Q", "avatar": (bytes(32),)}
    commit = {"did": MAREN, "version": 3, "data": (bytes(32),), "rev": "x", "prev": None, "sig": b"\x00\xff"}
    tree = {"e": [{"p": 0, "k": b"app.bsky", "v": (bytes(32),), "t": None}], "l": None}
    (tmp_path / "repo.car").write_bytes(car_file([profile, *held, tree, commit]))
    rows, told = read(tmp_path / "repo.car")
    assert edges(rows) == EDGES
    assert ("name", "Maren Q") in {(row["kind"], row["value"]) for row in rows["identifiers"]}
    assert (told.profile, told.complete) == ("bluesky-repository", True)
    (tmp_path / "cut.car").write_bytes((tmp_path / "repo.car").read_bytes()[:-9])
    assert read(tmp_path / "cut.car")[1].ended_well is False


def test_a_block_that_cannot_be_read_is_counted(tmp_path: Path) -> None:
    whole = car_file([{"did": MAREN, "version": 3}, {"$type": "x", "text": "abc"}])
    (tmp_path / "a.car").write_bytes(whole.replace(b"cabc", b"cab\xff"))
    _, told = read(tmp_path / "a.car")
    assert "blocks that cannot be read: 1" in told.notes
    assert not told.complete


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(VALUES)
@settings(deadline=None)
def test_what_was_encoded_is_decoded(value: Any) -> None:
    assert decode(cbor(value), 0) == (value, len(cbor(value)))


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with contextlib.suppress(ValueError, IndexError):
        decode(data, 0)


def test_depth_and_size_are_bounded(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too deep"):
        decode(b"\x81" * 5000 + b"\x01", 0)
    (tmp_path / "a.car").write_bytes(car_file([])[:-1] + b"\xff\xff\xff\xff\x7f")
    (member,) = list_members(tmp_path / "a.car")
    with pytest.raises((InputError, CutError)):
        list(blocks(member))
