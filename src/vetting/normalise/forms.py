"""From values to normalised forms, a column at a time; each distinct value is normalised once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from vetting.errors import RecordError
from vetting.normalise.contacts import email_form, phone_form, url_form
from vetting.normalise.handles import handle_form
from vetting.normalise.names import name_form
from vetting.normalise.places import place_form
from vetting.records.dates import PartialDate
from vetting.records.identifiers import IdentifierKind

__all__ = ["form_of", "forms_of"]

# A longer value is no identifier of a person; it is kept as written and not compared.
LONGEST_VALUE = 512


def _date_form(text: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except RecordError:
        return ""


def _former(kind: IdentifierKind, region: str) -> Callable[[str], str]:
    match kind:
        case IdentifierKind.NAME:
            return name_form
        case IdentifierKind.HANDLE:
            return handle_form
        case IdentifierKind.EMAIL:
            return email_form
        case IdentifierKind.PHONE:
            return partial(phone_form, region=region)
        case IdentifierKind.DATE_OF_BIRTH:
            return _date_form
        case IdentifierKind.PLACE:
            return place_form
        case IdentifierKind.URL:
            return url_form


def form_of(kind: IdentifierKind, value: str, *, region: str = "GB") -> str:
    """Return the normalised form of one value; empty when it cannot be used.

    Args:
        kind: What the value is.
        value: As written.
        region: Country code for national telephone numbers.

    Example:
        >>> form_of(IdentifierKind.EMAIL, "Sam@Example.org")
        'sam@example.org'
    """
    return _former(kind, region)(value) if len(value) <= LONGEST_VALUE else ""


def forms_of(kind: IdentifierKind, values: Iterable[str], *, region: str = "GB") -> list[str]:
    """Return the forms of many values of one kind, in their order.

    Cost: one call per distinct value.
    """
    former = _former(kind, region)
    values = list(values)
    known = {value: former(value) if len(value) <= LONGEST_VALUE else "" for value in set(values)}
    return [known[value] for value in values]
