"""Exports of Facebook and Instagram. Written by hand, after the layout that open programs for such exports read."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from tests.readings import Rows, read_out

from vetting.readers import read_list
from vetting.records.completeness import Completeness


def garbled(given: Any) -> Any:
    """As the export writes texts: each byte of UTF-8 a character of its own."""
    if isinstance(given, dict):
        return {key: garbled(value) for key, value in given.items()}
    if isinstance(given, list):
        return [garbled(one) for one in given]
    return given.encode().decode("latin-1") if isinstance(given, str) else given


def read(path: Path, files: dict[str, Any]) -> tuple[Rows, Completeness]:
    with zipfile.ZipFile(path, "w") as archive:
        for name, document in files.items():
            archive.writestr(name, json.dumps(garbled(document)))
    return read_out(read_list(path))


def of(rows: Rows, account: str) -> set[tuple[str, str, str | None, str]]:
    return {
        (row["kind"], row["value"], row["platform"], row["role"])
        for row in rows["identifiers"]
        if row["account_id"] == account
    }


def edges(rows: Rows) -> set[tuple[str, str, str]]:
    return {(row["kind"], row["source"], row["target"]) for row in rows["relations"]}


PROFILE = {
    "profile_v2": {
        "name": {"full_name": "Mären Quillmere", "first_name": "Mären", "last_name": "Quillmere"},
        "emails": {"emails": ["m.quillmere@example.org"], "previous_emails": ["old@example.org"], "pending_emails": []},
        "birthday": {"year": 1990, "month": 4, "day": 3},
        "previous_names": [{"name": "Mären Oakmarrow", "timestamp": 1}], "other_names": [{"name": "Mimi", "type": "nickname"}],
        "current_city": {"name": "Harrowby"}, "hometown": {"name": "Thornwick"}, "relationship": {"status": "x", "partner": "zwyn"},
        "family_members": [{"name": "zwyn", "relation": "x"}], "political_view": {"name": "zwyn"},
        "websites": [{"address": "https://example.net/quill"}],
        "screen_names": [{"service_name": "Skype", "names": [{"name": "quill.skype"}]}],
        "phone_numbers": [{"phone_type": "Mobile", "phone_number": "+447700900101", "verified": True}],
        "username": "maeren.q", "registration_timestamp": 1200000000,
    },
}  # fmt: skip


def test_facebook_s_parts_belong_to_the_holder_whose_threads_have_the_same_account(tmp_path: Path) -> None:
    rows, told = read(tmp_path / "f.zip", {
        "connections/friends/your_friends.json": {"friends_v2": [{"name": "Bob Vale", "timestamp": 1500000000}, {"name": ""}]},
        "connections/friends/removed_friends.json": {"deleted_friends_v2": [{"name": "Halvard Quennell", "timestamp": 1600000000}]},
        "connections/friends/sent_friend_requests.json": {"sent_requests_v2": [{"name": "Somebody Else", "timestamp": 1}]},
        "connections/followers/who_you_follow.json": {"following_v3": [{"name": "Oakmarrow Page", "timestamp": 1500000000}]},
        "groups/your_groups.json": {"groups_joined_v2": [{"timestamp": 1, "data": [{"name": "Harrowby Watch"}], "title": "x"}]},
        "pages/pages.json": {"page_likes_v2": [{"name": "Thornwick Board", "timestamp": 1500000000}]},
        "profile_information/profile_information.json": PROFILE,
        "messages/inbox/a/message_1.json": {"participants": [{"name": "Mären Quillmere"}],
                                            "messages": [{"sender_name": "Mären Quillmere", "timestamp_ms": 1500000000000, "content": "zwyn"}]},
        "ads/advertisers.json": {"custom_audiences_v2": [{"name": "zwyn"}]},
    })  # fmt: skip
    owner = "name:Mären Quillmere"
    assert of(rows, owner) == {
        ("name", "Mären Quillmere", None, "display"), ("name", "Mären Oakmarrow", None, "previous"), ("name", "Mimi", None, "alias"),
        ("handle", "maeren.q", "facebook", "current"), ("handle", "quill.skype", "skype", "self_linked"),
        ("email", "m.quillmere@example.org", None, "current"), ("email", "old@example.org", None, "previous"),
        ("phone", "+447700900101", None, "current"), ("date_of_birth", "1990-04-03", None, "current"),
        ("place", "Harrowby", None, "current"), ("place", "Thornwick", None, "previous"),
        ("url", "https://example.net/quill", None, "self_linked"),
    }  # fmt: skip
    assert edges(rows) == {
        ("friend", owner, "name:Bob Vale"), ("friend", owner, "name:Halvard Quennell"), ("follows", owner, "name:Oakmarrow Page"),
        ("messaged", owner, "thread:messages/inbox/a"),
    }  # fmt: skip
    (account,) = [row for row in rows["accounts"] if row["account_id"] == owner]
    assert (account["groups"], account["created_at"].timestamp()) == (["Harrowby Watch"], 1200000000)
    assert told.profile == "facebook+messenger"
    assert {
        "sent requests, not kept: 1",
        "pages followed or liked, not kept: 1",
        "field not kept: political_view: 1",
        "files of no known format, not read: 1",
    } <= set(told.notes)
    assert (told.rows_quarantined, told.complete) == (1, False)  # a friend without a name
    assert "zwyn" not in str(rows)
    (confirmed,) = {row["confirmed"] for row in rows["identifiers"] if row["kind"] == "phone"}
    assert confirmed is True


def test_facebook_s_older_lists_are_read_and_a_friend_of_the_holder_s_name_is_counted(tmp_path: Path) -> None:
    rows, told = read(tmp_path / "f.zip", {
        "profile.json": {"profile": {"name": "Maren Vale"}},
        "following.json": {"following": [{"name": "Bob Vale", "timestamp": 1500000000}]},
        "groups.json": {"groups_joined": [{"data": [{"name": "Harrowby Watch"}], "timestamp": 1}]},
        "friends.json": {"friends": [{"name": "Maren Vale", "timestamp": 1500000000}]},
    })  # fmt: skip
    assert edges(rows) == {("follows", "name:Maren Vale", "name:Bob Vale")}
    assert [row["groups"] for row in rows["accounts"] if row["account_id"] == "name:Maren Vale"] == [
        ["Harrowby Watch"]
    ]
    assert "friends of the holder's own name, whom nothing tells apart: 1" in told.notes


def text(value: str) -> dict[str, Any]:
    return {"href": "", "value": value, "timestamp": 0}


def listed(handle: str, *, how: str = "value") -> dict[str, Any]:
    page = {"href": f"https://www.instagram.com/_u/{handle}", "timestamp": 1500000000}
    if how == "title":
        return {"title": handle, "string_list_data": [{"href": "", "timestamp": 1500000000}]}
    return {
        "title": "",
        "media_list_data": [],
        "string_list_data": [page | ({"value": handle} if how == "value" else {})],
    }


def test_instagram_s_ties_are_found_wherever_a_version_puts_the_handle(tmp_path: Path) -> None:
    rows, told = read(tmp_path / "i.zip", {
        "personal_information/personal_information.json": {"profile_user": [{"title": "", "string_map_data": {
            "Email": text("m.quillmere@example.org"), "Username": text("Vornskald_7"), "Name": text("Mären Q"),
            "Bio": text("see https://example.org/quill"), "Date of birth": text("1990-04-03"), "Gender": text("zwyn"),
            "Benutzername": text("zwyn"), "Website": text("example.net/me")}}]},
        "personal_information/profile_changes.json": {"profile_profile_change": [
            {"string_map_data": {"Changed": text("Username"), "Previous Value": text("oakmarrow"), "New Value": text("vornskald_7")}},
            {"string_map_data": {"Changed": text("Profile Photo"), "Previous Value": text("zwyn")}}]},
        "personal_information/linked_meta_accounts.json": {"profile_linked_meta_accounts": [{"string_map_data": {
            "Account Type": text("Facebook"), "User Name": text("maeren.q"), "Email address": text("fb@example.org")}}]},
        "connections/followers_and_following/followers_1.json": [listed("maren.v"), listed("x y z")],
        "connections/followers_and_following/following.json": {"relationships_following": [listed("bob_1", how="href"), listed("bob_2", how="title")]},
        "connections/followers_and_following/blocked_accounts.json": {"relationships_blocked_users": [listed("foe", how="title")]},
        "connections/followers_and_following/close_friends.json": {"relationships_close_friends": [listed("near")]},
    })  # fmt: skip
    owner = "instagram:vornskald_7"
    assert of(rows, owner) == {
        ("handle", "Vornskald_7", "instagram", "current"), ("handle", "oakmarrow", "instagram", "previous"),
        ("name", "Mären Q", None, "display"), ("email", "m.quillmere@example.org", None, "current"),
        ("date_of_birth", "1990-04-03", None, "current"), ("url", "https://example.org/quill", None, "self_linked"),
        ("url", "example.net/me", None, "self_linked"), ("handle", "maeren.q", "facebook", "self_linked"),
        ("email", "fb@example.org", None, "self_linked"),
    }  # fmt: skip
    assert edges(rows) == {
        ("follows", "instagram:maren.v", owner), ("follows", owner, "instagram:bob_1"), ("follows", owner, "instagram:bob_2"),
        ("ignores", owner, "instagram:foe"),
    }  # fmt: skip
    assert {"fields of the profile that are not kept or not understood: 2", "changes of the profile that are not kept or not understood: 1",
            "close friends, not kept: 1"} <= set(told.notes)  # fmt: skip
    assert (told.rows_quarantined, told.profile) == (1, "instagram")
    assert "zwyn" not in str(rows)
