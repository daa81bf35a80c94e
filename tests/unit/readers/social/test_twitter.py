"""Answers of Twitter's interfaces. Written by hand, after the documented objects of versions 1.1 and 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.readings import Rows, read_out

from vetting.readers import read_list
from vetting.records.completeness import Completeness

LONG = "2244994945"
WHEN = "Fri Feb 23 22:34:37 +0000 2018"


def user(number: int, handle: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "id_str": str(number), "screen_name": handle, "name": f"{handle} by name"} | more


def tweet(number: int, by: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id_str": str(number), "created_at": WHEN, "full_text": "harrowby", "user": by} | more


def read(path: Path, *documents: Any) -> tuple[Rows, Completeness]:
    path.write_text("\n".join(json.dumps(one) for one in documents), encoding="utf-8")
    return read_out(read_list(path))


def values(rows: Rows) -> set[tuple[str, str, str, str]]:
    return {(row["account_id"], row["kind"], row["value"], row["role"]) for row in rows["identifiers"]}


def edges(rows: Rows) -> set[tuple[str, str, str]]:
    return {(row["kind"], row["source"], row["target"]) for row in rows["relations"]}


def test_a_user_of_1_1_is_kept_with_long_links_and_the_exact_id(tmp_path: Path) -> None:
    given = user(9007199254740993, "vornskald", location="Harrowby", created_at=WHEN, url="https://t.co/abc",
                 description="more at https://t.co/xyz and http://example.net/plain",
                 entities={"url": {"urls": [{"expanded_url": "https://example.org/quill"}]},
                           "description": {"urls": [{"expanded_url": "https://github.com/oakmarrow"}]}})  # fmt: skip
    given["id"] = 9007199254740992  # as a program with floating numbers rounds it
    rows, told = read(tmp_path / "t", given)
    who = "twitter:9007199254740993"
    assert values(rows) == {
        (who, "handle", "vornskald", "current"),
        (who, "name", "vornskald by name", "display"),
        (who, "place", "Harrowby", "current"),
        (who, "url", "https://example.org/quill", "self_linked"),
        (who, "url", "https://github.com/oakmarrow", "self_linked"),
        (who, "handle", "oakmarrow", "self_linked"),
        (who, "url", "http://example.net/plain", "self_linked"),
    }
    assert rows["accounts"][0]["created_at"].isoformat() == "2018-02-23T22:34:37+00:00"
    assert told.complete


@pytest.mark.parametrize("wrap", ["list", "lines", "users", "answers, a line each"])
def test_users_come_in_lists_answers_and_lines(tmp_path: Path, wrap: str) -> None:
    users = [user(1, "maren"), user(2, "bob")]
    shapes: dict[str, list[Any]] = {
        "list": [users],
        "lines": users,
        "users": [{"users": users, "next_cursor": 0}],
        "answers, a line each": [{"users": [one], "next_cursor": 0} for one in users],
    }
    rows, _ = read(tmp_path / "t", *shapes[wrap])
    assert [row["account_id"] for row in rows["accounts"]] == ["twitter:1", "twitter:2"]


def test_a_tweet_of_1_1_tells_whom_it_answers_repeats_quotes_and_names(tmp_path: Path) -> None:
    inner = tweet(5, user(3, "halvard"))
    rows, _ = read(
        tmp_path / "t",
        [
            tweet(7, user(1, "maren"), in_reply_to_user_id_str="2", in_reply_to_screen_name="bob", quoted_status=inner,
                  entities={"user_mentions": [{"id_str": "2", "screen_name": "bob"}, {"id_str": "4", "screen_name": "ottoline"}]}),
            inner,
        ],
    )  # fmt: skip
    assert edges(rows) == {
        ("quoted", "twitter:1", "twitter:2"),
        ("quoted", "twitter:1", "twitter:3"),
        ("mentioned", "twitter:1", "twitter:4"),
    }
    assert {row["weight"] for row in rows["relations"]} == {1}
    assert "harrowby" not in str(rows)


def test_the_whole_form_of_a_long_text_names_everybody(tmp_path: Path) -> None:
    everybody = {
        "user_mentions": [{"id_str": "2", "screen_name": "bob"}, {"id_str": "3", "screen_name": "halvard"}]
    }
    long = tweet(
        7,
        user(1, "maren"),
        entities={"user_mentions": everybody["user_mentions"][:1]},
        extended_tweet={"entities": everybody},
    )
    rows, _ = read(tmp_path / "t", [long, tweet(8, user(1, "maren"), in_reply_to_user_id=4)])
    assert edges(rows) == {
        ("mentioned", "twitter:1", "twitter:2"),
        ("mentioned", "twitter:1", "twitter:3"),
        ("quoted", "twitter:1", "twitter:4"),
    }


def test_lists_of_ids_that_do_not_say_whose_are_counted(tmp_path: Path) -> None:
    rows, told = read(tmp_path / "t", {"ids": [1, 2, 3], "next_cursor": 0})
    assert not rows["accounts"]
    assert "ids in lists that do not say whose they are, not kept: 3" in told.notes


def test_a_page_of_version_2_resolves_what_it_includes(tmp_path: Path) -> None:
    page = {
        "data": [{"id": "967164000000000011", "author_id": LONG, "text": "harrowby", "in_reply_to_user_id": "2",
                  "referenced_tweets": [{"type": "replied_to", "id": "9"}, {"type": "quoted", "id": "967164000000000012"}, {"type": "retweeted", "id": "8"}],
                  "entities": {"mentions": [{"username": "ottoline", "id": "4"}, {"username": "lost"}]}}],
        "includes": {"users": [{"id": LONG, "username": "vornskald", "name": "Maren", "entities": {"url": {"urls": [{"expanded_url": "https://example.org/q"}]}}}],
                     "tweets": [{"id": "967164000000000012", "author_id": "3", "text": "harrowby"}]},
        "meta": {"result_count": 1},
    }  # fmt: skip
    rows, told = read(tmp_path / "t", page, page)
    assert edges(rows) == {
        ("quoted", f"twitter:{LONG}", "twitter:2"),
        ("quoted", f"twitter:{LONG}", "twitter:3"),
        ("mentioned", f"twitter:{LONG}", "twitter:4"),
    }
    assert (f"twitter:{LONG}", "url", "https://example.org/q", "self_linked") in values(rows)
    assert "answers to what is not in the file: 1" in told.notes
    (seen,) = [row["last_seen"] for row in rows["accounts"] if row["account_id"] == f"twitter:{LONG}"]
    assert seen.isoformat() == "2018-02-23T22:27:21+00:00"  # of the tweet's id


def test_a_page_of_one_user_of_version_2_is_read(tmp_path: Path) -> None:
    rows, told = read(tmp_path / "t", {"data": {"id": LONG, "name": "Maren", "username": "vornskald"}})
    assert (f"twitter:{LONG}", "handle", "vornskald", "current") in values(rows)
    assert told.profile == "twitter-v2"


def test_what_tells_of_nobody_is_counted_and_the_list_not_complete(tmp_path: Path) -> None:
    _, told = read(
        tmp_path / "t", [user(1, "maren"), {"id_str": "0", "screen_name": "x"}, {"text": "harrowby"}, 7]
    )
    assert (told.rows_quarantined, told.complete) == (3, False)
