"""Answers of Mastodon, documents of ActivityPub. Written by hand, after the documented entities and vocabularies."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from tests.readings import Rows, read_out

import vetting
from vetting.readers import read_list
from vetting.readers.social.fediverse_names import key_of
from vetting.records.completeness import Completeness

HOST = "social.example.org"


def account(number: int, name: str, **more: Any) -> dict[str, Any]:
    held = {"id": str(number), "username": name, "acct": name, "display_name": f"{name} by name", "note": "", "fields": [],
            "created_at": "2019-04-03T00:00:00.000Z", "url": f"https://{HOST}/@{name}"}  # fmt: skip
    return held | more


def status(number: int, by: dict[str, Any], **more: Any) -> dict[str, Any]:
    held = {
        "id": str(number),
        "created_at": "2020-01-01T10:00:00Z",
        "account": by,
        "content": "zwyn",
        "mentions": [],
    }
    return held | {"in_reply_to_account_id": None, "reblog": None} | more


def mention(number: int, acct: str) -> dict[str, str]:
    name, _, server = acct.partition("@")
    return {"id": str(number), "username": name, "acct": acct, "url": f"https://{server or HOST}/@{name}"}


def read(path: Path, *documents: Any) -> tuple[Rows, Completeness]:
    if documents:
        path.write_text("\n".join(json.dumps(one) for one in documents), encoding="utf-8")
    return read_out(read_list(path))


def of(rows: Rows, name: str) -> set[tuple[str, str, str | None, str, bool | None]]:
    return {
        (row["kind"], row["value"], row["platform"], row["role"], row["confirmed"])
        for row in rows["identifiers"]
        if row["account_id"] == f"fediverse:{name}"
    }


def edges(rows: Rows) -> set[tuple[str, str, str]]:
    return {
        (row["kind"], row["source"].removeprefix("fediverse:"), row["target"].removeprefix("fediverse:"))
        for row in rows["relations"]
    }


def test_an_account_is_its_address_and_a_verified_field_is_a_confirmed_link(tmp_path: Path) -> None:
    given = account(
        1, "Vornskald", note='<p>or <a href="https://example.net/bio">here</a>, ask <a class="u-url mention" href="https://x.example.org/@bob">@bob</a></p>',
        fields=[{"name": "Code", "value": '<a href="https://github.com/oakmarrow" rel="me">x</a>', "verified_at": "2020-01-01T00:00:00Z"},
                {"name": "Web", "value": '<a href="https://example.org/q">x</a>', "verified_at": None}],
        moved=account(2, "quill", acct="quill@other.example.org", url="https://other.example.org/@quill"),
    )  # fmt: skip
    rows, told = read(tmp_path / "m", given)
    assert of(rows, f"vornskald@{HOST}") == {
        ("handle", f"Vornskald@{HOST}", "fediverse", "current", None),
        ("name", "Vornskald by name", None, "display", None),
        ("url", "https://github.com/oakmarrow", None, "self_linked", True),
        ("handle", "oakmarrow", "github", "self_linked", True),
        ("url", "https://example.org/q", None, "self_linked", None),
        ("url", "https://example.net/bio", None, "self_linked", None),
        ("handle", "quill@other.example.org", "fediverse", "self_linked", None),
    }
    assert [row["account_id"] for row in rows["accounts"]] == [
        "fediverse:quill@other.example.org",
        f"fediverse:vornskald@{HOST}",
    ]
    assert told.complete


def test_statuses_tell_whom_they_answer_name_and_repeat(tmp_path: Path) -> None:
    maren, bob = account(1, "maren"), account(2, "bob")
    rows, told = read(
        tmp_path / "m",
        [
            status(
                10,
                maren,
                in_reply_to_account_id="2",
                mentions=[mention(2, "bob"), mention(9, "halvard@other.example.org")],
            ),
            status(11, bob, reblog=status(10, maren)),
            status(12, bob, in_reply_to_account_id="77"),
        ],
    )
    assert edges(rows) == {
        ("quoted", f"maren@{HOST}", f"bob@{HOST}"),
        ("mentioned", f"maren@{HOST}", "halvard@other.example.org"),
        ("quoted", f"bob@{HOST}", f"maren@{HOST}"),
    }
    assert "answers to accounts that are not in the file: 1" in told.notes
    assert "zwyn" not in str(rows)


@pytest.mark.parametrize("shape", ["list", "lines", "search"])
def test_accounts_come_in_lists_lines_and_searches(tmp_path: Path, shape: str) -> None:
    both = [account(1, "maren"), account(2, "bob")]
    documents: dict[str, list[Any]] = {
        "list": [both],
        "lines": both,
        "search": [{"accounts": both, "statuses": [], "hashtags": []}],
    }
    rows, _ = read(tmp_path / "m", *documents[shape])
    assert {row["account_id"] for row in rows["accounts"]} == {
        f"fediverse:maren@{HOST}",
        f"fediverse:bob@{HOST}",
    }


ACTOR: dict[str, Any] = {
    "@context": "https://www.w3.org/ns/activitystreams", "id": f"https://{HOST}/users/vornskald", "type": "Person",
    "preferredUsername": "vornskald", "name": "Maren Q", "published": "2019-04-03T00:00:00Z", "summary": "<p>https://example.net/bio</p>",
    "attachment": {"type": "PropertyValue", "name": "x", "value": '<a href="https://example.org/q">x</a>'},
    "alsoKnownAs": "https://other.example.org/users/oakmarrow", "publicKey": {"publicKeyPem": "zwyn"},
}  # fmt: skip


def test_an_actor_says_what_else_is_theirs_and_is_believed_where_that_one_agrees(tmp_path: Path) -> None:
    alone, _ = read(tmp_path / "alone", ACTOR)
    link = ("handle", "oakmarrow@other.example.org", "fediverse", "self_linked")
    assert (*link, None) in of(alone, f"vornskald@{HOST}")
    other = {**ACTOR, "id": "https://other.example.org/users/oakmarrow", "preferredUsername": "oakmarrow",
             "alsoKnownAs": [ACTOR["id"]]}  # fmt: skip
    both, _ = read(tmp_path / "both", ACTOR, other)
    assert (*link, True) in of(both, f"vornskald@{HOST}")
    assert ("handle", f"vornskald@{HOST}", "fediverse", "self_linked", True) in of(
        both, "oakmarrow@other.example.org"
    )
    assert "zwyn" not in str(both)


def test_an_account_whose_id_tells_no_address_keeps_its_id(tmp_path: Path) -> None:
    rows, _ = read(
        tmp_path / "a", {**ACTOR, "id": "https://mk.example.org/ids/9x", "preferredUsername": None}
    )
    assert [row["account_id"] for row in rows["accounts"]] == ["fediverse:https://mk.example.org/ids/9x"]
    foreign, told = read(tmp_path / "b", {**ACTOR, "webfinger": "vornskald@example.org"})
    assert [row["account_id"] for row in foreign["accounts"]] == [f"fediverse:vornskald@{HOST}"]
    assert "addresses of another server than the actor's, not believed: 1" in told.notes


def test_an_actor_whose_id_is_not_its_name_is_one_account_with_what_it_did(tmp_path: Path) -> None:
    opaque = {
        **ACTOR,
        "id": "https://mk.example.org/users/9abc",
        "preferredUsername": "sam3",
        "alsoKnownAs": [ACTOR["id"]],
    }
    mine = {**ACTOR, "alsoKnownAs": [opaque["id"]]}
    note = {
        "@context": "x",
        "id": "n1",
        "type": "Create",
        "actor": opaque["id"],
        "object": {"type": "Note", "inReplyTo": f"{ACTOR['id']}/statuses/1"},
    }
    rows, _ = read(tmp_path / "a", opaque, note, mine)
    assert {row["account_id"] for row in rows["accounts"]} == {
        "fediverse:sam3@mk.example.org",
        f"fediverse:vornskald@{HOST}",
    }
    assert edges(rows) == {("quoted", "sam3@mk.example.org", f"vornskald@{HOST}")}
    assert ("handle", "sam3@mk.example.org", "fediverse", "self_linked", True) in of(
        rows, f"vornskald@{HOST}"
    )
    assert not [row for row in rows["identifiers"] if row["value"].startswith("9abc@")]


def archive(path: Path, files: dict[str, Any]) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        for name, document in files.items():
            data = json.dumps(document).encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return path


def test_the_archive_of_an_account_is_read_with_whose_likes_they_are(tmp_path: Path) -> None:
    note = {"type": "Note", "content": "zwyn", "inReplyTo": "https://other.example.org/users/bob/statuses/1",
            "tag": [{"type": "Mention", "name": "@Halvard@other.example.org", "href": "https://other.example.org/users/Halvard"},
                    {"type": "Mention", "name": "@bob@other.example.org", "href": "https://other.example.org/users/bob"}]}  # fmt: skip
    outbox = [
        {
            "id": "a1",
            "type": "Create",
            "actor": ACTOR["id"],
            "published": "2020-01-01T10:00:00Z",
            "object": note,
        },
        {
            "id": "a2",
            "type": "Announce",
            "actor": ACTOR["id"],
            "published": "2020-01-02T10:00:00Z",
            "object": "https://other.example.org/users/ottoline/statuses/5",
        },
        {"id": "a3", "type": "Announce", "actor": ACTOR["id"], "object": "https://mk.example.org/notes/5"},
        {"id": "a4", "type": "Delete", "actor": ACTOR["id"]},
        {"id": "a5", "type": "Create"},
    ]
    rows, told = read(archive(tmp_path / "archive.tar.gz", {
        "bookmarks.json": {"@context": "x", "id": "bookmarks.json", "type": "OrderedCollection", "orderedItems": ["https://other.example.org/users/foe/statuses/1"]},
        "likes.json": {"@context": "x", "id": "likes.json", "type": "OrderedCollection", "orderedItems": ["https://other.example.org/users/liked/statuses/1"]},
        "outbox.json": {"@context": "x", "id": "outbox.json", "type": "OrderedCollection", "totalItems": 5, "orderedItems": outbox},
        "actor.json": ACTOR,
    }))  # fmt: skip
    me = f"vornskald@{HOST}"
    assert edges(rows) == {
        ("quoted", me, "bob@other.example.org"), ("mentioned", me, "halvard@other.example.org"),
        ("quoted", me, "ottoline@other.example.org"), ("reacted", me, "liked@other.example.org"),
    }  # fmt: skip
    assert {"things done towards somebody whom the address does not tell: 1", "bookmarks and other references, not kept: 1",
            "activities of other kinds, not read: 1"} <= set(told.notes)  # fmt: skip
    assert (told.rows_quarantined, told.profile) == (1, "activitypub")
    assert "zwyn" not in str(rows)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (f"https://{HOST}/@Vorn", f"fediverse:vorn@{HOST}"),
        (f"https://{HOST}/users/Vorn/followers", f"fediverse:vorn@{HOST}"),
        (f"@Vorn@{HOST}", f"fediverse:vorn@{HOST}"),
        (f"https://{HOST}/u/vorn", f"fediverse:vorn@{HOST}"),
        ("https://mk.example.org/users/9x", "fediverse:9x@mk.example.org"),
        ("https://mk.example.org/ids/9x", "fediverse:https://mk.example.org/ids/9x"),
        ("as:Public", ""),
        (7, ""),
    ],
)
def test_one_account_has_one_key_however_it_is_named(given: object, key: str) -> None:
    assert key_of(given) == key


@pytest.mark.parametrize("given", [f"fediverse:vornskald_77@{HOST}", f"@vornskald_77@{HOST}", "vornskald_77"])
def test_an_applicant_s_way_of_writing_the_handle_agrees_exactly(given: str) -> None:
    listed = vetting.ListedAccount(
        list_id="social-2020", account_id="1", handles=[f"fediverse:vornskald_77@{HOST}"]
    )
    found = vetting.assess(vetting.Applicant(id="A-1", handles=[given]), listed)
    assert found.levels["handle"] == "exact"
    page = vetting.assess(vetting.Applicant(id="A-1", urls=[f"https://{HOST}/@vornskald_77"]), listed)
    assert page.levels["handle"] == "exact"


def test_a_handle_of_another_server_says_so() -> None:
    listed = vetting.ListedAccount(
        list_id="social-2020", account_id="1", handles=[f"fediverse:vornskald_77@{HOST}"]
    )
    for given in ("@vornskald_77@other.example.net", "twitter:vornskald_77"):
        found = vetting.assess(vetting.Applicant(id="A-1", handles=[given]), listed)
        assert "on another platform or server" in found.supporting[0].note, given
    for given in (f"@vornskald_77@{HOST}", f"mastodon:vornskald_77@{HOST}", "vornskald_77"):
        found = vetting.assess(vetting.Applicant(id="A-1", handles=[given]), listed)
        assert "on another platform" not in found.supporting[0].note, given
