"""Gathers what exports tell: accounts, the names they went by, and who did what towards whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import pyarrow as pa
from attrs import define, field

from vetting.normalise.contacts import email_form, url_form
from vetting.normalise.pages import url_handle
from vetting.readers.exports.answers import Answers
from vetting.records.schemas import SCHEMAS, Batch, TableName

__all__ = ["Gathering", "Told", "WasRead"]

_BATCH = 1 << 16
_MOST = (1 << 31) - 1
_HALVES = "values with half of a character, which is written out as in JSON"
_NO_TEXT = "names and other values that are no text, left out"
_ONE = {"current", "display"}  # roles of which an account has one value of each kind and platform


class Told(Protocol):
    """What a reader of one file tells afterwards.

    Attributes:
        truncated: Whether the file ended before its end.
        replaced: Characters that are not of the file's encoding.
        repaired: Control characters that were written wrongly.
    """

    truncated: bool
    replaced: int
    repaired: int


@define
class WasRead:
    """What a reader tells that streams no JSON; the attributes are those of `Told`."""

    truncated: bool = False
    replaced: int = 0
    repaired: int = 0


@define
class _Account:
    record: str
    created: int | None = None
    seen: int | None = None
    status: str | None = None
    groups: dict[str, None] = field(factory=dict)


@define
class Gathering:
    """Everything read so far; memory grows with accounts and distinct relations, not with messages.

    Attributes:
        counts: What was met and not kept, and other figures for the completeness report.
        answers: What sites answered, when an account finder's output is read.
    """

    counts: Counter[str] = field(factory=Counter)
    answers: Answers = field(factory=Answers)
    _accounts: dict[str, _Account] = field(factory=dict)
    _identifiers: dict[tuple[str, str, str, str, str], tuple[int, str, bool | None]] = field(factory=dict)
    _relations: dict[tuple[str, str, str, str, str], list[Any]] = field(factory=dict)

    def account(
        self, id_: str, record: str, *, seen: int | None = None, created: int | None = None
    ) -> _Account:
        """Note an account, and when it was last seen."""
        found = self._accounts.get(id_)
        if found is None:
            found = self._accounts[id_] = _Account(record)
        if seen is not None and (found.seen is None or seen > found.seen):
            found.seen = seen
        if created is not None:
            found.created = created
        return found

    def identifier(self, account: str, kind: str, value: object, record: str, **about: Any) -> None:
        """Note a value; of several current or display ones the one used last is it, the others are previous.

        Args:
            account: Whose.
            kind: An identifier's kind.
            value: As written; a blank text is passed over, what is no text is counted.
            record: Where.
            **about: ``platform``, ``role``, ``at``, the time of use, and ``confirmed``, whether control was proved.
        """
        if not isinstance(value, str) or not value.strip():
            self.counts[_NO_TEXT] += not isinstance(value, str | None)
            return
        key = (account, kind, value, about.get("platform", ""), about.get("role", "current"))
        at = about.get("at")
        at = -1 if at is None else at
        held = self._identifiers.get(key)
        confirmed = about.get("confirmed")
        if held is None:
            self._identifiers[key] = (at, record, confirmed)
        else:
            self._identifiers[key] = (max(at, held[0]), held[1], held[2] if confirmed is None else confirmed)

    def self_link(self, account: str, value: object, record: str, *, confirmed: bool | None = None) -> None:
        """Note what a profile itself names: a page, an e-mail address, or ``user@host`` of the fediverse with an ``@``.

        A page that is an account on another platform is noted as that account's handle, too.

        Args:
            account: Whose profile.
            value: As written there; anything else is passed over.
            record: Where.
            confirmed: ``True`` where the platform has checked that the page links back.
        """
        if not isinstance(value, str) or not (text := value.strip()):
            return
        about: dict[str, Any] = {"role": "self_linked", "confirmed": confirmed}
        if text.startswith("@") and "@" in text[1:]:
            self.identifier(account, "handle", text[1:], record, platform="fediverse", **about)
        elif "@" in text and email_form(text) and "/" not in text:
            self.identifier(account, "email", text.removeprefix("mailto:"), record, **about)
        elif form := url_form(text):
            self.identifier(account, "url", text, record, **about)
            if page := url_handle(form):
                self.identifier(account, "handle", page[1], record, platform=page[0], **about)

    def relation(
        self, kind: str, source: str, target: tuple[str, str], at: int | None, where: tuple[str, str]
    ) -> None:
        """Count something done: kind, who, (kind, id) of the target, when, (place, record). Not towards oneself."""
        self.counted(kind, source, target, (at, at, 1), where)

    def counted(
        self,
        kind: str,
        source: str,
        target: tuple[str, str],
        often: tuple[int | None, int | None, int],
        where: tuple[str, str],
    ) -> None:
        """Note what was done several times, as `relation` does what was done once: ``often`` is first, last, how often."""
        if target == ("account", source):
            return
        key = (kind, source, *target, where[0])
        held = self._relations.get(key)
        if held is None:
            self._relations[key] = [*often, where[1]]
            return
        first, last, times = often
        held[2] += times
        if first is not None:
            held[0] = first if held[0] is None or first < held[0] else held[0]
        if last is not None:
            held[1] = last if held[1] is None or last > held[1] else held[1]

    def batches(self) -> Iterator[Batch]:
        """Hand over all rows, in the order of their keys."""
        yield from _batches(
            "accounts",
            (
                (id_, one.created, one.seen, one.status, list(one.groups) or None, one.record)
                for id_, one in sorted(self._accounts.items())
            ),
            self.counts,
        )
        latest: dict[tuple[str, str, str, str], tuple[int, str]] = {}
        for (account, kind, value, platform, role), (at, _, _) in self._identifiers.items():
            slot = (account, kind, platform, role)
            latest[slot] = max(latest.get(slot, (-2, "")), (at, value))
        yield from _batches(
            "identifiers",
            (
                (
                    account,
                    kind,
                    value,
                    platform or None,
                    role
                    if role not in _ONE or latest[account, kind, platform, role][1] == value
                    else "previous",
                    confirmed,
                    record,
                )
                for (account, kind, value, platform, role), (_, record, confirmed) in sorted(
                    self._identifiers.items(), key=lambda item: item[0]
                )
            ),
            self.counts,
        )
        yield from _batches(
            "relations",
            (
                (kind, source, target_kind, target, first, last, min(weight, _MOST), place or None, record)
                for (kind, source, target_kind, target, place), (first, last, weight, record) in sorted(
                    self._relations.items()
                )
            ),
            self.counts,
        )


def _batches(table: TableName, rows: Iterable[tuple[Any, ...]], counts: Counter[str]) -> Iterator[Batch]:
    schema = SCHEMAS[table]
    held: list[tuple[Any, ...]] = []
    for row in rows:
        held.append(row)
        if len(held) == _BATCH:
            yield _batch(table, held, schema, counts)
            held = []
    if held:
        yield _batch(table, held, schema, counts)


def _batch(table: TableName, rows: list[tuple[Any, ...]], schema: pa.Schema, counts: Counter[str]) -> Batch:
    columns = [
        _array(column, one.type, counts) for column, one in zip(zip(*rows, strict=True), schema, strict=True)
    ]
    return Batch(table, pa.RecordBatch.from_arrays(columns, schema=schema))


def _array(column: Sequence[Any], kind: pa.DataType, counts: Counter[str]) -> pa.Array:
    try:
        return pa.array(column, kind)
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can write and no text can hold
        plain = [_unpaired(value) for value in column]
        counts[_HALVES] += sum(one != given for one, given in zip(plain, column, strict=True))
        return pa.array(plain, kind)


def _unpaired(value: Any) -> Any:
    """Write out halves of surrogate pairs as JSON does, so that two values stay two."""
    if isinstance(value, list):
        return [_unpaired(one) for one in value]
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
