"""One holder's values, normalised: what a cohort's columns hold, for a person or an account alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from vetting.normalise.columns import KindColumn, ValueTable
from vetting.normalise.contacts import email_local
from vetting.normalise.forms import form_of
from vetting.normalise.handle_like import page_handle
from vetting.records.dates import PartialDate
from vetting.records.holders import IdentifierHolder
from vetting.records.identifiers import UNWEIGHED_ROLES, Identifier, IdentifierKind

__all__ = ["Holding", "Values", "holding_of", "holdings_of"]

Values = list[tuple[str, int]]
"""Forms, none empty, each with its place among the holder's identifiers."""

_KEPT = 65_536  # values whose forms are remembered, of each kind


class Holding(NamedTuple):
    """The usable values of one person or account.

    Attributes:
        identifiers: All of them, as the holder yields them.
        names: Names, and so on for each kind.
        handles: Handles as given.
        emails: Addresses.
        phones: Numbers.
        places: Addresses and towns.
        urls: Pages.
        dates: Dates of birth, one at most.
        handle_like: Handles, then what pages and addresses are used like.
        declared: How many of these were given as a handle or an account's page.
    """

    identifiers: list[Identifier]
    names: Values
    handles: Values
    emails: Values
    phones: Values
    places: Values
    urls: Values
    dates: Values
    handle_like: Values
    declared: int


def holding_of(holder: IdentifierHolder, region: str) -> Holding:
    """Normalise a holder's values.

    Args:
        holder: The person or the account.
        region: Country code in which national telephone numbers are read.
    """
    identifiers: list[Identifier] = []
    columns: list[Values] = []
    for items, former in (
        (holder.names, _name),
        (holder.handles, _handle),
        (holder.emails, _email),
        (holder.phones, None),
        (holder.places, _place),
        (holder.urls, _url),
    ):
        values: Values = []
        columns.append(values)
        for item in items:
            form = former(item.value) if former else _phone(item.value, region)
            if form and item.role not in UNWEIGHED_ROLES:
                values.append((form, len(identifiers)))
            identifiers.append(item)
    dates: Values = []
    if holder.date_of_birth is not None:
        born, form = _born(holder.date_of_birth)
        if form:
            dates.append((form, len(identifiers)))
        identifiers.append(born)
    names, handles, emails, phones, places, urls = columns
    declared = handles
    if urls:
        declared = [*handles, *((text, source) for form, source in urls for text in page_handle(form))]
    like = [*declared, *((email_local(form), source) for form, source in emails)]
    return Holding(identifiers, names, handles, emails, phones, places, urls, dates, like, len(declared))


_name, _handle, _email, _place, _url = (
    lru_cache(maxsize=_KEPT)(partial(form_of, kind))
    for kind in (
        IdentifierKind.NAME,
        IdentifierKind.HANDLE,
        IdentifierKind.EMAIL,
        IdentifierKind.PLACE,
        IdentifierKind.URL,
    )
)


@lru_cache(maxsize=_KEPT)
def _phone(value: str, region: str) -> str:
    return form_of(IdentifierKind.PHONE, value, region=region)


@lru_cache(maxsize=_KEPT)
def _born(date: PartialDate) -> tuple[Identifier, str]:
    """A date of birth as an identifier, and its form."""
    born = Identifier(kind=IdentifierKind.DATE_OF_BIRTH, value=str(date))
    return born, form_of(IdentifierKind.DATE_OF_BIRTH, born.value)


def holdings_of(values: ValueTable, rows: Sequence[int]) -> list[Holding]:
    """Gather the values of some owners from columns, as :func:`holding_of` does from records.

    Args:
        values: The columns.
        rows: Owners, ascending.

    Returns:
        A holding each, without identifiers; the places are the values' sources.
    """
    names, handles, emails, phones, places, urls, dates = (
        _by_owner(values.column(kind), rows)
        for kind in (
            IdentifierKind.NAME,
            IdentifierKind.HANDLE,
            IdentifierKind.EMAIL,
            IdentifierKind.PHONE,
            IdentifierKind.PLACE,
            IdentifierKind.URL,
            IdentifierKind.DATE_OF_BIRTH,
        )
    )
    found = []
    for row in rows:
        given, pages, addresses = handles.get(row, _NO_VALUES), urls.get(row), emails.get(row, _NO_VALUES)
        declared = given
        if pages:
            declared = [*given, *((text, source) for form, source in pages for text in page_handle(form))]
        like = declared
        if addresses:
            like = [*declared, *((email_local(form), source) for form, source in addresses)]
        found.append(
            Holding(
                [],
                names.get(row, _NO_VALUES),
                given,
                addresses,
                phones.get(row, _NO_VALUES),
                places.get(row, _NO_VALUES),
                pages or _NO_VALUES,
                dates.get(row, _NO_VALUES),
                like,
                len(declared),
            )
        )
    return found


_NO_VALUES: Values = []


def _by_owner(column: KindColumn, rows: Sequence[int]) -> dict[int, Values]:
    found: dict[int, Values] = {}
    forms = column.forms
    wanted = set(rows)
    for owner, code, source in zip(
        column.owners.tolist(), column.codes.tolist(), column.sources.tolist(), strict=True
    ):
        if owner in wanted:
            found.setdefault(owner, []).append((forms[code], source))
    return found
