"""An applicant (or a serving member of the workforce): what a person told their employer."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen
from attrs.validators import instance_of

from vetting.errors import RecordError
from vetting.records.holders import IdentifierHolder

__all__ = ["Applicant", "check_ids"]


@frozen(kw_only=True)
class Applicant(IdentifierHolder):
    """A person to be screened, as the employer knows them.

    A name with the role ``"alias"`` is a former or other name. The other fields are those of
    :class:`IdentifierHolder`.

    Attributes:
        id: The employer's own key, unique in the roster, not empty.

    Raises:
        RecordError: A field holds something that cannot be right.

    Example:
        >>> person = Applicant(id="A-17", names=["Sam Example"], handles=["twitter:sam_ex", "samex"])
        >>> person.handles[0].platform, person.handles[0].value
        ('twitter', 'sam_ex')
    """

    id: str = field(validator=instance_of(str))

    @id.validator
    def _has_id(self, _attribute: object, value: str) -> None:
        if not value.strip():
            raise RecordError("Applicant", "id", "empty")


def check_ids(people: Sequence[Applicant]) -> None:
    """Make sure that no two applicants have the same id.

    Raises:
        ValueError: Two have; the error says which came second.
    """
    seen: set[str] = set()
    for position, person in enumerate(people, 1):
        if person.id in seen:
            raise ValueError(f"applicant {position} has an id that came before; ids must be unique")
        seen.add(person.id)
