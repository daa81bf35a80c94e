"""Which of an applicant's values tell the same fact: one string told as handle, e-mail and name is one.

Evidence that rests on values of one fact is dependent, and counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from vetting.normalise.columns import KindColumn, ValueTable
from vetting.normalise.contacts import email_local
from vetting.normalise.handles import compact_handle, handle_core, handle_form
from vetting.normalise.names import name_variants
from vetting.normalise.pages import url_handle
from vetting.records.identifiers import IdentifierKind as Kind

__all__ = ["Member", "core_set", "fact_groups", "facts_of", "value_cores"]

_SHORTEST = 4  # shorter cores coincide by chance


def fact_groups(values: ValueTable) -> Mapping[Kind, npt.NDArray[np.int32]]:
    """Number the facts behind each applicant's values.

    Two values of one applicant tell one fact when they share a core: the letters of a handle, of the
    local part of an address or of an account's page. What holds one of the applicant's names is one fact
    with the name.
    Birth dates, telephone numbers and places are facts of their own kind.

    Args:
        values: The applicants' values.

    Returns:
        For each kind, the fact of each value in its column; facts of different applicants differ.

    Cost: a few operations per value.
    """
    groups = {kind: np.full(column.size, -1, np.int32) for kind, column in values.columns.items()}
    members: dict[int, list[tuple[Kind, int, frozenset[str]]]] = {}
    for kind in (Kind.NAME, Kind.EMAIL, Kind.HANDLE, Kind.URL):
        column = values.column(kind)
        cores = [core_set(kind, form) for form in column.forms]
        for place, (owner, code) in enumerate(_entries(column)):
            members.setdefault(owner, []).append((kind, place, cores[code]))
    number = 0
    for owned in members.values():
        for fact in facts_of(owned):
            for kind, place, _ in fact:
                groups[kind][place] = number
            number += 1
    for kind in (Kind.DATE_OF_BIRTH, Kind.PHONE, Kind.PLACE):
        if kind in groups:
            groups[kind] = (number + values.columns[kind].owners).astype(np.int32)
            number += values.owner_count
    return groups


def value_cores(kind: Kind, form: str) -> Iterable[str]:
    """Return the strings that a value shares with other values which tell the same fact."""
    match kind:
        case Kind.NAME:
            return [*name_variants(form), *form.split()]
        case Kind.EMAIL:
            texts = [email_local(form)]
        case Kind.HANDLE:
            texts = [form]
        case Kind.URL:
            account = url_handle(form)
            texts = [handle_form(account[1])] if account else []
        case _:
            texts = []
    compacts = [compact_handle(text) for text in texts]
    # The whole text too: "w-wu2000" is one fact with w-wu2000@..., however short its letters are.
    cores = {*compacts, *(handle_core(compact) for compact in compacts)}
    return sorted(core for core in cores if len(core) >= _SHORTEST)


def core_set(kind: Kind, form: str) -> frozenset[str]:
    """Return what :func:`value_cores` returns, as a set."""
    return frozenset(value_cores(kind, form))


def _entries(column: KindColumn) -> Iterable[tuple[int, int]]:
    return zip(column.owners.tolist(), column.codes.tolist(), strict=True)


Member = tuple[Kind, int, frozenset[str]]


def facts_of(owned: list[Member]) -> list[list[Member]]:
    """Join members that share a core; all names of a person, and what is made of them, are one fact."""
    words = {
        word for kind, _, cores in owned if kind is Kind.NAME for word in cores if len(word) >= _SHORTEST
    }
    facts: list[tuple[set[str], list[Member]]] = []
    for member in owned:
        cores = set(member[2])
        if member[0] is Kind.NAME or any(word in core for word in words for core in cores):
            cores.add("name ")
        touching = [fact for fact in facts if fact[0] & cores]
        rest = [fact for fact in facts if not fact[0] & cores]
        merged = ([entry for fact in touching for entry in fact[1]]) + [member]
        for fact in touching:
            cores |= fact[0]
        facts = [*rest, (cores, merged)]
    return [entries for _, entries in facts]
