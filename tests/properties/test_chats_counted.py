"""What a chat's reading says is what its messages say, counted one by one: for each format that writes JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from tests.strategies import chats

from vetting.readers.exports.reading import read_export

Message = dict[str, Any]


def _discord(messages: list[Message]) -> str:
    def person(number: int) -> dict[str, Any]:
        return {"id": f"90000000000000000{number}", "name": f"vornskald_{number}", "discriminator": "0000"}

    return json.dumps({
        "guild": {"id": "7"}, "channel": {"id": "8", "type": "GuildTextChat"},
        "messages": [
            {"id": f"m{n}", "type": "Default", "timestamp": f"{datetime.fromtimestamp(one['at'], UTC):%Y-%m-%dT%H:%M:%S}.123+00:00",
             "author": person(one["who"]), "mentions": [person(who) for who in one["mentions"]],
             "reactions": [{"users": [person(who) for who in one["reactions"]]}],
             **({} if one["replied"] is None else {"reference": {"messageId": f"m{one['replied']}"}})}
            for n, one in enumerate(messages)
        ],
    })  # fmt: skip


def _telegram(messages: list[Message]) -> str:
    return json.dumps({
        "name": "x", "type": "private_supergroup", "id": 77,
        "messages": [
            {"id": n, "type": "message", "date_unixtime": str(one["at"]), "from": f"Bo {one['who']}", "from_id": f"user{one['who']}",
             "text_entities": [{"type": "mention_name", "text": "x", "user_id": who} for who in one["mentions"]],
             "reactions": [{"recent": [{"from": f"Bo {who}", "from_id": f"user{who}"} for who in one["reactions"]]}],
             **({} if one["replied"] is None else {"reply_to_message_id": one["replied"]})}
            for n, one in enumerate(messages)
        ],
    })  # fmt: skip


def _messenger(messages: list[Message]) -> str:
    return json.dumps({
        "participants": [],
        "messages": [
            {"sender_name": f"Bo {one['who']}", "timestamp_ms": one["at"] * 1000 + 999,
             "reactions": [{"actor": f"Bo {who}"} for who in one["reactions"]]}
            for one in messages
        ],
    })  # fmt: skip


def _signal(messages: list[Message]) -> str:
    return json.dumps([
        {"id": f"m{n}", "type": "incoming", "conversationId": "c", "sent_at": one["at"] * 1000, "source": f"+44770090010{one['who']}",
         "bodyRanges": [{"mentionAci": f"+44770090010{who}"} for who in one["mentions"]],
         "reactions": [{"emoji": "x", "fromId": f"+44770090010{who}"} for who in one["reactions"]],
         **({} if one["replied"] is None else {"quote": {"author": f"+44770090010{messages[one['replied']]['who']}"}})}
        for n, one in enumerate(messages)
    ])  # fmt: skip


def _signal_export(messages: list[Message]) -> str:
    return "\n".join(
        json.dumps({"date": f"{datetime.fromtimestamp(one['at'], UTC):%Y-%m-%dT%H:%M:%S}", "sender": f"Bo{one['who']}", "body": "",
                    "reactions": [[f"Bo{who}", "x"] for who in one["reactions"]]})
        for one in messages
    )  # fmt: skip


@frozen(kw_only=True)
class Format:
    """How a format is written, and how its accounts are named; not all tell of mentions and replies."""

    write: Callable[[list[Message]], str]
    account: str
    wrote: tuple[str, str]
    told: tuple[str, ...] = ("mentions", "replied", "reactions")


FORMATS = {
    "discord": Format(write=_discord, account="90000000000000000{}", wrote=("posted_in", "discord:8")),
    "telegram": Format(write=_telegram, account="user{}", wrote=("posted_in", "telegram:77")),
    "messenger": Format(
        write=_messenger, account="name:Bo {}", wrote=("messaged", "thread:it"), told=("reactions",)
    ),
    "signal": Format(write=_signal, account="+44770090010{}", wrote=("messaged", "signal:c")),
    "signal-export": Format(
        write=_signal_export, account="name:Bo{}", wrote=("messaged", "signal:it"), told=("reactions",)
    ),
}


def _counted(messages: list[Message], form: Format) -> tuple[dict[str, Any], dict[tuple[str, ...], Any]]:
    """Accounts with when they wrote last, and relations with how often, first and last: by the plainest way."""
    seen: dict[str, int | None] = {}
    relations: dict[tuple[str, ...], list[int | None]] = {}

    def relate(kind: str, source: int, target: int, at: int | None) -> None:
        for who in (source, target):
            seen.setdefault(form.account.format(who), None)
        if source != target:
            key = (kind, form.account.format(source), "account", form.account.format(target))
            relations.setdefault(key, []).append(at)

    for one in messages:
        author = form.account.format(one["who"])
        seen[author] = max(seen.get(author) or 0, one["at"])
        relations.setdefault((form.wrote[0], author, "conversation", form.wrote[1]), []).append(one["at"])
        if "mentions" in form.told:
            for who in one["mentions"]:
                relate("mentioned", one["who"], who, one["at"])
        if "replied" in form.told and one["replied"] is not None:
            relate("quoted", one["who"], messages[one["replied"]]["who"], one["at"])
        for who in one["reactions"]:
            relate("reacted", who, one["who"], None)
    told: dict[tuple[str, ...], Any] = {}
    for key, times in relations.items():
        known = [at for at in times if at is not None]
        told[key] = (len(times), min(known, default=None), max(known, default=None))
    return seen, told


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=chats())
def test_accounts_and_relations_are_those_of_the_messages(
    name: str, messages: list[Message], tmp_path: Path
) -> None:
    form = FORMATS[name]
    (tmp_path / "it").write_text(form.write(messages))
    reading = read_export(tmp_path / "it", profile=name)
    rows: dict[str, list[dict[str, Any]]] = {"accounts": [], "identifiers": [], "relations": []}
    for batch in reading.batches():
        rows[batch.table] += batch.rows.to_pylist()
    seen, relations = _counted(messages, form)
    assert {one["account_id"]: _seconds(one["last_seen"]) for one in rows["accounts"]} == seen
    assert {
        (one["kind"], one["source"], one["target_kind"], one["target"]):
            (one["weight"], _seconds(one["first"]), _seconds(one["last"]))
        for one in rows["relations"]
    } == relations  # fmt: skip
    assert reading.completeness.tables[0].rows == len(messages)
    named = {one["account_id"] for one in rows["identifiers"]}  # Telegram mentions some by an id alone
    assert {form.account.format(one["who"]) for one in messages} <= named <= set(seen)
