"""Answers of VK's interface. Written by hand, after VK's own description of its objects (VKCOM/vk-api-schema)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.readings import Rows, read_out

from vetting.readers import read_list
from vetting.records.completeness import Completeness


def user(**more: Any) -> dict[str, Any]:
    return {"id": 1007, "first_name": "Maren", "last_name": "Quillmere", "is_closed": False} | more


def read(path: Path, text: str) -> tuple[Rows, Completeness]:
    path.write_text(text, encoding="utf-8")
    return read_out(read_list(path, profile="vk"))


def told_of(rows: Rows) -> set[tuple[str, str, str | None, str]]:
    return {(row["kind"], row["value"], row["platform"], row["role"]) for row in rows["identifiers"]}


def test_a_whole_profile_is_kept_but_for_what_concerns_nobody(tmp_path: Path) -> None:
    given = user(
        screen_name="vornskald_7", domain="vornskald_7", nickname="Anders", maiden_name="Oakmarrow", bdate="3.4.1990",
        city={"id": 1, "title": "Harrowby"}, country={"title": "Ruritania"}, home_town="Thornwick",
        site="https://example.org/quill t.example.org/x", connections={"skype": "quill.skype"}, twitter="quill_tw",
        mobile_phone="+44 7700 900101", home_phone="call me", last_seen={"time": 1500000000, "platform": 7},
        personal={"political": 4, "religion": "x"}, military=[{"unit": "zwyn"}], relatives=[{"id": 5, "name": "Bob"}],
        about="see http://example.net/about", deactivated="banned",
    )  # fmt: skip
    rows, told = read(tmp_path / "v", json.dumps({"response": [given]}))
    (account,) = rows["accounts"]
    assert (account["account_id"], account["status"], account["last_seen"].timestamp()) == (
        "vk:1007",
        "banned",
        1500000000,
    )
    assert told_of(rows) == {
        ("name", "Maren Quillmere", None, "display"),
        ("name", "Maren Anders Quillmere", None, "alias"),
        ("name", "Maren Oakmarrow", None, "alias"),
        ("handle", "vornskald_7", "vk", "current"),
        ("handle", "quill.skype", "skype", "self_linked"),
        ("handle", "quill_tw", "twitter", "self_linked"),
        ("date_of_birth", "1990-04-03", None, "current"),
        ("place", "Harrowby, Ruritania", None, "current"),
        ("place", "Thornwick, Ruritania", None, "previous"),
        ("phone", "+44 7700 900101", None, "current"),
        ("url", "https://example.org/quill", None, "self_linked"),
        ("url", "http://example.net/about", None, "self_linked"),
    }
    assert {
        "field not kept: personal: 1",
        "field not kept: military: 1",
        "field not kept: relatives: 1",
    } <= set(told.notes)
    assert "telephone numbers that are none: 1" in told.notes


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"response": [user(), user(id=1008)]}),
        json.dumps({"response": {"count": 2, "items": [user(), user(id=1008)]}}),
        json.dumps([user(), user(id=1008)]),
        json.dumps(user()) + "\n" + json.dumps(user(id=1008)),
        json.dumps({"response": user()}) + "\n" + json.dumps({"response": user(id=1008)}),
        json.dumps({"response": [user()]}) + "\n" + json.dumps({"response": {"items": [user(id=1008)]}}),
    ],
    ids=["users.get", "friends.get", "list", "lines", "one user a line", "answers, a line each"],
)
def test_answers_lists_and_lines_are_read_alike(tmp_path: Path, text: str) -> None:
    rows, told = read(tmp_path / "v", text)
    assert [row["account_id"] for row in rows["accounts"]] == ["vk:1007", "vk:1008"]
    assert told.complete


def test_posts_tell_whose_wall_and_groups_are_nobody(tmp_path: Path) -> None:
    posts = [
        {"id": 1, "from_id": 1007, "owner_id": -9, "date": 1500000000, "text": "zwyn"},
        {"id": 2, "from_id": -9, "owner_id": -9},
    ]
    rows, told = read(
        tmp_path / "v",
        json.dumps(
            {
                "response": {
                    "count": 2,
                    "items": posts,
                    "profiles": [user()],
                    "groups": [{"id": 9, "name": "x", "screen_name": "y"}],
                }
            }
        ),
    )
    (post,) = rows["relations"]
    assert (post["kind"], post["source"], post["target"], post["record"]) == (
        "posted_in",
        "vk:1007",
        "vk:wall-9",
        "v@wall-9_1",
    )
    assert "posts by groups: 1" in told.notes
    assert "zwyn" not in str(rows)
    assert ("name", "Maren Quillmere", None, "display") in told_of(rows)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("3.4.1990", "1990-04-03"),
        ("3.4", "--04-03"),
        ("31.13.1990", ""),
        ("31.2.1990", ""),
        ("29.2", "--02-29"),
        ("1.1.0000", ""),
        ("x", ""),
    ],
)
def test_birth_dates_are_day_first_and_may_hide_the_year(tmp_path: Path, written: str, kept: str) -> None:
    rows, _ = read(tmp_path / "v", json.dumps([user(bdate=written)]))
    assert [row["value"] for row in rows["identifiers"] if row["kind"] == "date_of_birth"] == [kept] * bool(
        kept
    )


def test_who_was_deleted_and_what_is_nobody_is_counted(tmp_path: Path) -> None:
    rows, told = read(
        tmp_path / "v",
        json.dumps([user(first_name="DELETED", last_name="", deactivated="deleted"), {"first_name": "x"}, 7]),
    )
    assert not rows["identifiers"]
    assert "accounts without a name, since they were deleted: 1" in told.notes
    assert (told.rows_quarantined, told.complete) == (2, False)


def test_who_signed_a_group_s_post_and_whom_a_text_names_is_kept(tmp_path: Path) -> None:
    post = {"id": 1, "from_id": -9, "to_id": -9, "signer_id": 7, "date": 1500000000, "text": "ask [id8|zwyn] and [club9|x]",
            "copy_history": [{"from_id": 5}]}  # fmt: skip
    rows, told = read(
        tmp_path / "v", json.dumps({"response": {"wall": [post], "groups": [{"id": 9, "name": "x"}]}})
    )
    assert {(row["kind"], row["source"], row["target"]) for row in rows["relations"]} == {
        ("posted_in", "vk:7", "vk:wall-9"),
        ("mentioned", "vk:7", "vk:8"),
    }
    assert {"posts repeated from elsewhere, not kept: 1", "groups, not read: 1"} <= set(told.notes)
    assert "zwyn" not in str(rows)


def test_a_number_as_a_screen_name_is_no_handle(tmp_path: Path) -> None:
    rows, _ = read(tmp_path / "v", json.dumps([user(screen_name="id1007")]))
    assert {row["kind"] for row in rows["identifiers"]} == {"name"}
