"""What applicants and listed accounts have in common: they hold identifiers."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from vetting.records.dates import PartialDate, to_partial_date
from vetting.records.identifiers import (
    Identifier,
    IdentifierKind,
    to_emails,
    to_handles,
    to_names,
    to_phones,
    to_places,
    to_urls,
)

__all__ = ["IdentifierHolder"]


@frozen(kw_only=True)
class IdentifierHolder:
    """Somebody or something with identifiers. Use :class:`Applicant` or :class:`ListedAccount`.

    Every list takes plain strings or :class:`Identifier` objects.

    Attributes:
        names: Names of a person as written, one whole name each.
        date_of_birth: Text, a :class:`datetime.date` or a :class:`PartialDate`; ``None`` if unknown.
        emails: E-mail addresses.
        phones: Telephone numbers; a national number is read in the policy's region.
        handles: Handles on forums and social platforms; ``"platform:handle"`` is split.
        places: Addresses, towns, postcodes.
        urls: Pages.
    """

    names: tuple[Identifier, ...] = field(default=(), converter=to_names)
    date_of_birth: PartialDate | None = field(default=None, converter=to_partial_date)
    emails: tuple[Identifier, ...] = field(default=(), converter=to_emails)
    phones: tuple[Identifier, ...] = field(default=(), converter=to_phones)
    handles: tuple[Identifier, ...] = field(default=(), converter=to_handles)
    places: tuple[Identifier, ...] = field(default=(), converter=to_places)
    urls: tuple[Identifier, ...] = field(default=(), converter=to_urls)

    def identifiers(self) -> Iterator[Identifier]:
        """Yield every identifier, the date of birth last, in a fixed order of kinds."""
        yield from self.names
        yield from self.handles
        yield from self.emails
        yield from self.phones
        yield from self.places
        yield from self.urls
        if self.date_of_birth is not None:
            yield Identifier(kind=IdentifierKind.DATE_OF_BIRTH, value=str(self.date_of_birth))
