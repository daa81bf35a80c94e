"""The archive of an X account. Written by hand, after the layout that open programs for such archives read."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.readings import Rows, read_out

from vetting.readers import read_list
from vetting.records.completeness import Completeness

FRIEND, FOE = "967164000000000007", "12"


def tweet(number: int, text: str = "harrowby", mentions: Any = (), **more: Any) -> dict[str, Any]:
    held = {"id_str": str(number), "created_at": "Fri Feb 23 22:34:37 +0000 2018", "full_text": text,
            "entities": {"user_mentions": list(mentions)}}  # fmt: skip
    return {"tweet": held | more}


def mention(number: str, handle: str) -> dict[str, str]:
    return {"id_str": number, "screen_name": handle, "name": f"{handle} by name"}


ARCHIVE: dict[str, Any] = {
    "account": [{"account": {"email": "m.quillmere@example.org", "createdVia": "web", "username": "vornskald_7", "accountId": "77",
                             "createdAt": "2011-05-13T10:00:00.000Z", "accountDisplayName": "Maren Q", "phoneNumber": "+447700900101"}}],
    "profile": [{"profile": {"description": {"bio": "also https://example.net/bio", "website": "https://example.org/quill", "location": "Harrowby"}}}],
    "ageinfo": [{"ageMeta": {"ageInfo": {"age": ["30"], "birthDate": "1990-04-03"}}}],
    "screen_name_change": [{"screenNameChange": {"accountId": "77", "screenNameChange": {"changedFrom": "oakmarrow", "changedTo": "vornskald_7"}}}],
    "email_address_change": [{"emailAddressChange": {"accountId": "77", "emailChange": {"changedFrom": "old@example.org"}}}],
    "follower": [{"follower": {"accountId": FRIEND, "userLink": "https://twitter.com/intent/user?user_id=1"}}, {"follower": {}}],
    "following": [{"following": {"accountId": FRIEND}}],
    "block": [{"blocking": {"accountId": FOE}}],
    "mute": [{"muting": {"accountId": FOE}}],
    "tweets": [
        tweet(1, mentions=[mention("5", "halvard"), mention("6", "ottoline")], in_reply_to_user_id_str="5", in_reply_to_screen_name="halvard"),
        tweet(2, "RT @bob: harrowby", [mention("8", "bob")]),
        tweet(3, mentions=[{"id_str": "-1", "screen_name": "nobody"}]),
    ],
    "deleted_tweets": [tweet(4, in_reply_to_user_id=55)],
    "like": [{"like": {"tweetId": "1", "fullText": "harrowby", "expandedUrl": "https://twitter.com/i/web/status/1"}}],
    "direct_messages": [{"dmConversation": {"conversationId": "77-5", "messages": [
        {"messageCreate": {"senderId": "5", "recipientId": "77", "createdAt": "2018-02-23T22:34:37.000Z", "text": "harrowby",
                           "reactions": [{"senderId": "77", "reactionKey": "like"}]}}]}}],
    "direct_messages_group": [{"dmConversation": {"conversationId": "9", "messages": [
        {"joinConversation": {"initiatingUserId": "5"}},
        {"participantsJoin": {"initiatingUserId": "5", "userIds": ["6"], "createdAt": "2018-02-23T22:34:37.000Z"}},
        {"participantsLeave": {"userIds": ["6"], "createdAt": "2018-02-24T22:34:37.000Z"}}]}}],
    "ip_audit": [{"ipAudit": {"accountId": "77", "createdAt": "2018-02-23T22:34:37.000Z", "loginIp": "203.0.113.9"}}],
    "device_token": [{"deviceToken": {"token": "zwyntharquolle"}}],
}  # fmt: skip


def written(path: Path, parts: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, entries in parts.items():
            archive.writestr(
                f"data/{name.replace('_', '-')}.js", f"window.YTD.{name}.part0 = {json.dumps(entries)}"
            )
        archive.writestr("data/tweets_media/1.jpg", b"x")
    return path


def read(path: Path) -> tuple[Rows, Completeness]:
    return read_out(read_list(path))


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Rows, Completeness]:
    return read(written(tmp_path / "x.zip", ARCHIVE))


def test_the_holder_is_one_account_with_everything_of_their_own(whole: Any) -> None:
    rows, told = whole
    assert {
        (row["kind"], row["value"], row["role"])
        for row in rows["identifiers"]
        if row["account_id"] == "twitter:77"
    } == {
        ("handle", "vornskald_7", "current"),
        ("handle", "oakmarrow", "previous"),
        ("name", "Maren Q", "display"),
        ("email", "m.quillmere@example.org", "current"),
        ("email", "old@example.org", "previous"),
        ("phone", "+447700900101", "current"),
        ("date_of_birth", "1990-04-03", "current"),
        ("place", "Harrowby", "current"),
        ("url", "https://example.org/quill", "self_linked"),
        ("url", "https://example.net/bio", "self_linked"),
    }
    assert (told.profile, told.reader) == ("twitter-archive", "social")
    assert "zwyntharquolle" not in str(rows)
    assert "harrowby" not in str(rows)


def test_ties_go_the_right_way(whole: Any) -> None:
    rows, told = whole
    assert {(row["kind"], row["source"], row["target"]) for row in rows["relations"]} == {
        ("follows", f"twitter:{FRIEND}", "twitter:77"),
        ("follows", "twitter:77", f"twitter:{FRIEND}"),
        ("ignores", "twitter:77", f"twitter:{FOE}"),
        ("quoted", "twitter:77", "twitter:5"),
        ("mentioned", "twitter:77", "twitter:6"),
        ("quoted", "twitter:77", "twitter:8"),
        ("quoted", "twitter:77", "twitter:55"),
        ("messaged", "twitter:5", "twitter:77"),
        ("reacted", "twitter:77", "twitter:5"),
        ("added", "twitter:5", "twitter:6"),
        ("left", "twitter:6", "twitter:9"),
        ("used_ip", "twitter:77", "203.0.113.9"),
    }
    assert {
        "likes, which do not say whose tweet it was: 1",
        "people named without an id: 1",
        "files of no known format, not read: 2",
    } <= set(told.notes)
    assert (told.rows_quarantined, told.complete) == (1, False)  # a follower without an id


def test_an_id_that_holds_a_time_says_when_the_account_was_made(whole: Any) -> None:
    made = {row["account_id"]: row["created_at"] for row in whole[0]["accounts"]}
    assert made[f"twitter:{FRIEND}"].isoformat() == "2018-02-23T22:27:21+00:00"
    assert made[f"twitter:{FOE}"] is None
    assert made["twitter:77"].isoformat() == "2011-05-13T10:00:00+00:00"


def test_without_the_holder_s_file_ties_are_of_an_unnamed_owner(tmp_path: Path) -> None:
    rows, _ = read(written(tmp_path / "x.zip", {"following": ARCHIVE["following"], "tweets": []}))
    assert [(row["source"], row["target"]) for row in rows["relations"]] == [
        ("twitter:owner", f"twitter:{FRIEND}")
    ]


def test_several_parts_and_a_cut_one_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("data/account.js", f"window.YTD.account.part0 = {json.dumps(ARCHIVE['account'])}")
        for part in range(2):
            script = f"window.YTD.following.part{part} = {json.dumps([{'following': {'accountId': str(50 + part)}}] * 2)}"
            archive.writestr(f"data/following-part{part}.js", script[: -9 * part or None])
    rows, told = read(tmp_path / "x.zip")
    assert {row["target"] for row in rows["relations"]} == {"twitter:50", "twitter:51"}
    assert told.ended_well is False
