"""Archives of Reddit: who wrote where and answered whom. Written by hand, after the objects of Reddit's interface."""

from __future__ import annotations

import json
import random
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readings import Rows, read_out

from vetting.readers import read_list
from vetting.readers.archives import list_members
from vetting.readers.exports.gathering import Gathering
from vetting.readers.social.lines import Lines, decoder
from vetting.readers.social.reddit import read_reddit
from vetting.records.completeness import Completeness


def comment(id_: str, author: str | None, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "author": author,
        "subreddit": "oakmarrow",
        "created_utc": 1500000000,
        "body": "harrowby",
        **more,
    }


def submission(id_: str, author: str, **more: Any) -> dict[str, Any]:
    held = {
        "id": id_,
        "author": author,
        "subreddit": "oakmarrow",
        "created_utc": "1500000000",
        "title": "x",
        "selftext": "",
    }
    return held | more


def read(path: Path, *things: Any, lines: bool = True) -> tuple[Rows, Completeness]:
    path.write_text(
        "\n".join(json.dumps(one) for one in things) if lines else json.dumps(things[0]), encoding="utf-8"
    )
    return read_out(read_list(path, profile="reddit"))


def edges(rows: Rows) -> set[tuple[str, str, str]]:
    return {(row["kind"], row["source"], row["target"]) for row in rows["relations"]}


def test_an_author_with_and_without_an_id_is_one_account(tmp_path: Path) -> None:
    rows, _ = read(
        tmp_path / "r", comment("c1", "Vornskald"), comment("c2", "vornskald", author_fullname="t2_9z")
    )
    assert [row["account_id"] for row in rows["accounts"]] == ["t2_9z"]
    assert [(row["value"], row["platform"]) for row in rows["identifiers"]] == [("Vornskald", "reddit")]
    (posted,) = rows["relations"]
    assert (posted["kind"], posted["target"], posted["weight"]) == ("posted_in", "r/oakmarrow", 2)
    assert posted["record"] == "r@t1_c1"


def test_answers_go_to_whoever_wrote_that_in_whatever_order(tmp_path: Path) -> None:
    rows, told = read(
        tmp_path / "r",
        comment("c2", "bob", parent_id="t1_c1"),
        comment("c1", "maren", parent_id="t3_s1"),
        submission("s1", "halvard"),
        comment("c3", "bob", parent_id="t1_gone"),
        comment("s1", "ottoline"),  # a comment of the same number as the submission
    )
    assert edges(rows) >= {("quoted", "name:bob", "name:maren"), ("quoted", "name:maren", "name:halvard")}
    assert not [edge for edge in edges(rows) if edge[0] == "quoted" and edge[2] == "name:ottoline"]
    assert "answers to what is not in the files: 1" in told.notes
    (answer,) = [row for row in rows["relations"] if (row["kind"], row["source"]) == ("quoted", "name:bob")]
    assert (answer["record"], answer["place"]) == ("r@t1_c2", "topic:r/oakmarrow")
    assert answer["first"].timestamp() == 1500000000


def test_mentions_and_crossposts_are_relations_and_texts_are_not_kept(tmp_path: Path) -> None:
    crosspost = submission(
        "s2", "bob", crosspost_parent_list=[submission("s1", "maren", subreddit="harrowby")]
    )
    rows, told = read(
        tmp_path / "r",
        comment("c1", "bob", body="ask u/Halvard_7, not http://example.org/u/nobody"),
        crosspost,
    )
    assert edges(rows) == {
        ("mentioned", "name:bob", "name:halvard_7"),
        ("quoted", "name:bob", "name:maren"),
        ("posted_in", "name:bob", "r/oakmarrow"),
    }
    assert "example.org" not in str(rows)
    assert told.complete


def test_deleted_accounts_are_counted_and_the_list_cannot_show_absence(tmp_path: Path) -> None:
    _, told = read(tmp_path / "r", comment("c1", "[deleted]"), comment("c2", None), comment("c3", "bob"))
    assert (told.rows_quarantined, told.complete) == (2, False)


def test_files_of_one_archive_are_one_reading(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "r.zip", "w") as archive:
        archive.writestr(
            "RC.ndjson", json.dumps(comment("c1", "Bob", author_fullname="t2_9z", parent_id="t3_s1"))
        )
        archive.writestr(
            "RS.ndjson", json.dumps(submission("s1", "maren")) + "\n" + json.dumps(submission("s2", "bob"))
        )
    rows, _ = read_out(read_list(tmp_path / "r.zip"))
    assert {row["account_id"] for row in rows["accounts"]} == {"t2_9z", "name:maren"}
    assert ("quoted", "t2_9z", "name:maren") in edges(rows)
    assert {row["record"] for row in rows["relations"]} == {"RC.ndjson@t1_c1", "RS.ndjson@t3_s1"}


def test_what_is_only_counted_deleted_or_nobody_is_told_apart(tmp_path: Path) -> None:
    things = [comment("c1", "[deleted]"), comment("c2", "bob", parent_id="t1_c1"), {"kind": "more", "data": {"children": ["c9"]}},
              comment("c3", "bob") | {"author": 7}, comment("z" * 12, "bob", parent_id="t1_" + "z" * 12)]  # fmt: skip
    _, told = read(tmp_path / "r", *things)
    assert {"answers to accounts that were deleted: 1", "comments that an answer only counts: 1", "entries without an account: 1",
            "entries by accounts that were deleted: 1", "answers to what cannot be told: 1"} <= set(told.notes)  # fmt: skip
    assert told.rows_quarantined == 2


def test_users_bring_their_own_links(tmp_path: Path) -> None:
    user = {"kind": "t2", "data": {"id": "9z", "name": "vornskald", "created_utc": 1400000000.0, "link_karma": 1,
            "subreddit": {"public_description": "me: https://twitter.com/oakmarrow_7"}}}  # fmt: skip
    rows, _ = read(tmp_path / "r", user)
    (account,) = rows["accounts"]
    assert (account["account_id"], account["created_at"].timestamp()) == ("t2_9z", 1400000000)
    assert {(row["value"], row["role"]) for row in rows["identifiers"]} == {
        ("vornskald", "current"),
        ("https://twitter.com/oakmarrow_7", "self_linked"),
        ("oakmarrow_7", "self_linked"),
    }


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"data": x}, lambda x: {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": one} for one in x]}}],
                         ids=["list", "data", "Listing"])  # fmt: skip
def test_answers_of_interfaces_are_read_as_lines_are(tmp_path: Path, wrap: Any) -> None:
    things = [comment("c1", "maren"), comment("c2", "bob", parent_id="t1_c1")]
    assert edges(read(tmp_path / "a", wrap(things), lines=False)[0]) == edges(
        read(tmp_path / "b", *things)[0]
    )


def test_a_cut_or_broken_line_is_told(tmp_path: Path) -> None:
    whole = "\n".join(json.dumps(comment(f"c{n}", "bob")) for n in range(3))
    for text, cut, lost in ((whole[:-9], True, 0), (whole.replace("}", "", 1), False, 1)):
        (tmp_path / "r").write_text(text, encoding="utf-8")
        reading = read_list(tmp_path / "r", profile="reddit")
        list(reading.batches())
        assert (reading.completeness.ended_well, reading.completeness.rows_quarantined) == (not cut, lost)


def test_an_archive_in_zstandard_is_recognised_and_read(tmp_path: Path) -> None:
    lines = "".join(json.dumps(comment(f"c{n}", f"user_{n}")) + "\n" for n in range(2000)).encode()
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=31)
    (tmp_path / "RC_2017-07.zst").write_bytes(
        zstandard.ZstdCompressor(compression_params=parameters).compress(lines)
    )
    reading = read_list(tmp_path / "RC_2017-07.zst")
    assert sum(batch.rows.num_rows for batch in reading.batches() if batch.table == "accounts") == 2000
    assert reading.completeness.profile == "reddit"


def test_a_law_every_entry_is_counted_once(tmp_path: Path) -> None:
    chance = random.Random(5)
    names = ["maren", "bob", "halvard", "[deleted]"]
    things = [
        comment(
            f"c{n}",
            chance.choice(names),
            subreddit=chance.choice("xyz"),
            parent_id=f"t1_c{chance.randrange(400)}",
        )
        for n in range(300)
    ]
    rows, told = read(tmp_path / "r", *things)
    wrote = {one["id"]: one["author"] for one in things}
    posted = Counter((one["author"], one["subreddit"]) for one in things if one["author"] != "[deleted]")
    answered = Counter(
        (one["author"], other, one["subreddit"])
        for one in things
        if (other := wrote.get(one["parent_id"][3:], "[deleted]")) != "[deleted]"
        and one["author"] not in {"[deleted]", other}
    )
    found = {
        (row["kind"], row["source"][5:], row["target"], row["place"]): row["weight"]
        for row in rows["relations"]
    }
    assert found == {("posted_in", who, f"r/{where}", None): n for (who, where), n in posted.items()} | {
        ("quoted", who, f"name:{other}", f"topic:r/{where}"): n for (who, other, where), n in answered.items()
    }
    assert told.rows_quarantined == sum(one["author"] == "[deleted]" for one in things)


FIELDS = ("id", "author", "body", "data")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(
    given=st.dictionaries(st.sampled_from([*FIELDS, "other"]), values, max_size=4),
    noise=st.sampled_from(["", "x", '"id": 7, ']),
)
@settings(deadline=None)
def test_both_decoders_read_the_same(given: dict[str, Any], noise: str) -> None:
    line = json.dumps(given).replace("{", "{" + noise, 1).encode()
    quick = decoder(FIELDS)
    with pytest.MonkeyPatch.context() as without:
        without.setitem(sys.modules, "msgspec", None)
        plain = decoder(FIELDS)
    assert quick.__qualname__ != plain.__qualname__
    one, other = quick(line), plain(line)
    assert repr(one) == repr(other) or _huge(given)


def _huge(given: Any) -> bool:
    """Whether a number is beyond 64 bits, which the quick decoder rounds; no id of Reddit is a number."""
    if isinstance(given, dict | list):
        return any(map(_huge, given.values() if isinstance(given, dict) else given))
    return isinstance(given, int) and not -(1 << 63) <= given < 1 << 64


@pytest.mark.parametrize(
    "line", [b"[" * 9000, b'{"id": ' + b"[" * 9000, b'{"id": ' + b"9" * 9000 + b"}", b"{\xff}", b"nul"]
)
def test_what_is_no_object_is_counted(tmp_path: Path, line: bytes) -> None:
    good = json.dumps(comment("c1", "bob")).encode()
    (tmp_path / "r").write_bytes(good + b"\n" + line + b"\n" + good + b"\n")
    (member,) = list_members(tmp_path / "r")
    gathered = Gathering()
    ((_, told),) = read_reddit([member], gathered)
    assert isinstance(told, Lines)
    assert (gathered.counts["comments and submissions"], told.unreadable, told.truncated) in {
        (2, 1, False),
        (2, 0, False),
    }
    assert (
        gathered.counts["comments and submissions"]
        + gathered.counts["lines that are no JSON"]
        + gathered.counts["entries without an account"]
        == 3
    )
