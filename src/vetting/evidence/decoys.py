"""Decoys: people who cannot be on any list, alike a cohort in everything that chance depends on.

What decoys surface is chance by construction, which calibrates a forecast and measures error rates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import count as counting
from typing import Literal

from attrs import frozen

from vetting.evidence.decoy_handles import HandleOwner, HandleStyle, Plan, plan_of
from vetting.evidence.decoy_letters import Draws
from vetting.evidence.decoy_parts import (
    Dates,
    NamePlan,
    name_plan,
    new_number,
    number_key,
    word_token,
)
from vetting.normalise.contacts import email_form, email_local
from vetting.normalise.names import name_form
from vetting.normalise.text import fold_text
from vetting.records.dates import PartialDate
from vetting.records.identifiers import Identifier
from vetting.records.people import Applicant

__all__ = ["DecoyKind", "DecoyMaker", "decoy_cohort"]

DecoyKind = Literal["generated", "shuffled"]

_TRIES = 10
_GIVE_UP = 500  # a month alone has twelve values: where all are somebody's, the decoy has none


def decoy_cohort(
    applicants: Iterable[Applicant], count: int, *, seed: int, kind: DecoyKind = "generated"
) -> tuple[Applicant, ...]:
    """Make people who cannot be on any list, alike the applicants.

    Args:
        applicants: The cohort to resemble, at least one person.
        count: How many decoys.
        seed: The same seed gives the same decoys, on every machine.
        kind: ``"generated"``: whole names of the cohort, since the words of a name go together by origin;
            birth dates from its years and days, handles and addresses in its style, numbers in its shape,
            places of the cohort; each from somebody else.
            ``"shuffled"``: names, dates and places as they are but each from another person; handles,
            addresses and numbers with their characters in another order.

    Returns:
        Decoys with the ids ``decoy-000001`` and on. None has an e-mail address, a number or a handle of
        anybody in the cohort, nor the name and birth date of one; as many lack a kind of value.

    Raises:
        ValueError: There are no applicants, or the kind is unknown.

    Cost: some 100 microseconds each. From a few applicants the decoys are namesakes with other contacts.

    Example:
        >>> (decoy,) = decoy_cohort([Applicant(id="A-1", names="Sam Vale", phones="01632 960123")], 1, seed=4)
        >>> decoy.id, decoy.names[0].value, decoy.phones[0].value[:4]
        ('decoy-000001', 'Sam Vale', '0163')
    """
    return DecoyMaker(applicants, kind=kind).cohort(count, seed=seed)


@frozen
class _Template:
    """A person's shape: which values there are, and how each is put together."""

    person: Applicant
    names: NamePlan
    handles: tuple[tuple[Identifier, Plan], ...]
    emails: tuple[tuple[Identifier, Plan, int], ...]  # the number of the handle that the local part repeats
    phones: tuple[Identifier, ...]
    urls: tuple[tuple[Identifier, str, Plan], ...]


class DecoyMaker:
    """Makes decoy cohorts from one cohort; see :func:`decoy_cohort`."""

    def __init__(self, applicants: Iterable[Applicant], *, kind: DecoyKind = "generated") -> None:
        self._people = tuple(applicants)
        if not self._people:
            raise ValueError("decoys resemble somebody: give at least one applicant")
        if kind not in {"generated", "shuffled"}:
            raise ValueError("the kind of a decoy is 'generated' or 'shuffled'")
        self._shuffled = kind == "shuffled"
        plans = [name_plan(person.names) for person in self._people]
        owners = [
            _owner([slot.word for slot in plan.slots], person.date_of_birth)
            for plan, person in zip(plans, self._people, strict=True)
        ]
        used = [(row, text) for row, person in enumerate(self._people) for text in _handle_texts(person)]
        self._style = HandleStyle(used, owners)
        self._dates = Dates(self._people)
        self._named_templates = [plan for plan in plans if plan.names] or plans
        self._templates = [_template(*each) for each in zip(self._people, plans, owners, strict=True)]
        self._placed = [person.places for person in self._people if person.places]
        usable = [email_form(item.value) for person in self._people for item in person.emails]
        self._addresses = {form for form in usable if form}
        self._domains = [form.rpartition("@")[2] for form in usable if form]
        self._numbers = {number_key(item.value) for person in self._people for item in person.phones}
        self._named = {
            key for person in self._people for key in _names_and_date(person.names, person.date_of_birth)
        }

    def cohort(self, count: int, *, seed: int) -> tuple[Applicant, ...]:
        """Make a cohort of decoys."""
        draws = Draws(seed)
        self._style.start(draws)
        make = self._from_shuffled if self._shuffled else self._from_generated
        return tuple(make(f"decoy-{row + 1:06}", row, draws) for row in range(count))

    def _from_generated(self, decoy_id: str, _row: int, draws: Draws) -> Applicant:
        template, like = draws.pick(self._templates), draws.pick(self._people).date_of_birth
        like = template.person.date_of_birth and (like or template.person.date_of_birth)
        words, names, born = self._unlike_anybody(
            draws, like, lambda: _named(draws.pick(self._named_templates))
        )
        owner = _owner(words, born)
        handles = [self._style.fresh(plan, owner, draws) for _, plan in template.handles]
        emails = [
            self._email(lambda: self._style.fresh(plan, owner, draws, whole=False), draws)  # noqa: B023
            if same < 0
            else self._email(lambda: handles[same].replace("@", ""), draws)  # noqa: B023
            for _, plan, same in template.emails
        ]
        return Applicant(
            id=decoy_id,
            names=names,
            date_of_birth=born,
            handles=_retold([item for item, _ in template.handles], handles),
            emails=_retold([item for item, _, _ in template.emails], emails),
            phones=_retold(template.phones, self._phones(template.phones, draws)),
            places=draws.pick(self._placed) if template.person.places else (),
            urls=_retold(
                [item for item, _, _ in template.urls],
                [start + self._style.fresh(plan, owner, draws) for _, start, plan in template.urls],
            ),
        )

    def _from_shuffled(self, decoy_id: str, row: int, draws: Draws) -> Applicant:
        """Give each kind of value of another person: rows are dealt out in turn, so that none runs short."""
        people = self._people
        like = draws.pick(people)
        _, names, born = self._unlike_anybody(
            draws, like.date_of_birth, lambda: ((), people[row % len(people)].names), whole_dates=True
        )
        contacts = draws.pick(self._templates)
        handled = draws.pick(self._templates)
        return Applicant(
            id=decoy_id,
            names=names,
            date_of_birth=born,
            handles=_retold(
                [item for item, _ in handled.handles],
                [self._reordered(item.value, draws) for item, _ in handled.handles],
            ),
            emails=_retold(
                [item for item, _, _ in contacts.emails],
                [
                    self._email(lambda: self._reordered(local, draws), draws)  # noqa: B023
                    for item, _, _ in contacts.emails
                    for local in (email_local(email_form(item.value)),)
                ],
            ),
            phones=_retold(contacts.phones, self._phones(contacts.phones, draws)),
            places=draws.pick(people).places,
            urls=_retold(
                [item for item, _, _ in handled.urls],
                [start + self._reordered(item.value[len(start) :], draws) for item, start, _ in handled.urls],
            ),
        )

    def _unlike_anybody(
        self,
        draws: Draws,
        like: PartialDate | None,
        name: Callable[[], tuple[Sequence[str], tuple[Identifier, ...]]],
        *,
        whole_dates: bool = False,
    ) -> tuple[Sequence[str], tuple[Identifier, ...], PartialDate | None]:
        """Draw names and a birth date that nobody in the cohort has together."""
        for attempt in counting():
            words, names = name()
            apart = max(attempt - _TRIES, 0)
            if whole_dates and not apart:
                born = like if not attempt else draws.pick(self._people).date_of_birth
                born = None if like is None else born or like
            else:
                born = self._dates.drawn(like, draws, apart=apart) if apart < _GIVE_UP else None
            # Where no birth date is known, a namesake is told apart by everything else.
            if not any(key in self._named for key in _names_and_date(names, born)) or (
                born is None and attempt >= _TRIES
            ):
                break
        return words, names, born

    def _email(self, local: Callable[[], str], draws: Draws) -> str:
        """Write an address that is nobody's, at a domain of the cohort."""
        domain = draws.pick(self._domains)
        for attempt in counting():
            text = fold_text(local()) + (draws.digits(1 + attempt // _TRIES) if attempt else "")
            if attempt > _TRIES and not email_form(f"{text}@{domain}"):  # a handle that is no local part
                text = draws.letters(8)
            form = email_form(f"{text}@{domain}")
            if form and form not in self._addresses:
                return form
        raise AssertionError("unreachable")

    def _phones(self, phones: Sequence[Identifier], draws: Draws) -> list[str]:
        return [new_number(item.value, self._numbers, draws) for item in phones]

    def _reordered(self, text: str, draws: Draws) -> str:
        """Put letters among letters and digits among digits in another order, until it is nobody's."""
        for _ in range(_TRIES):
            mixed = {
                kind: iter(draws.shuffled("".join(c for c in text if kind(c))))
                for kind in (str.isalpha, str.isdigit)
            }
            made = "".join(
                next(mixed[str.isalpha]) if c.isalpha() else next(mixed[str.isdigit]) if c.isdigit() else c
                for c in text
            )
            if not self._style.is_somebodys(made):
                return made
        while self._style.is_somebodys(made):
            made = draws.letters(max(len(text) - 2, 4)) + draws.digits(2)
        return made


def _template(person: Applicant, names: NamePlan, owner: HandleOwner) -> _Template:
    handles = [item for item in person.handles if fold_text(item.value).strip("@ ._-")]
    texts = [fold_text(item.value) for item in handles]
    emails = []
    for item in person.emails:
        local = email_local(email_form(item.value))
        if local:
            same = texts.index(local) if local in texts else -1
            emails.append((item, plan_of(local, owner), same))
    urls = []
    for item in person.urls:
        # The last part of a page's address is the account's name, or as good as one.
        start, slash, end = item.value.rstrip("/").rpartition("/")
        urls.append((item, start + slash, plan_of(end, owner)))
    return _Template(
        person=person,
        names=names,
        handles=tuple((item, plan_of(item.value, owner)) for item in handles),
        emails=tuple(emails),
        phones=tuple(item for item in person.phones if number_key(item.value)),
        urls=tuple(urls),
    )


def _handle_texts(person: Applicant) -> Iterable[str]:
    yield from (item.value for item in person.handles)
    yield from (email_local(email_form(item.value)) for item in person.emails)
    yield from (item.value.rstrip("/").rpartition("/")[2] for item in person.urls)


def _owner(words: Sequence[str], born: PartialDate | None) -> HandleOwner:
    return HandleOwner(tuple(map(word_token, words)), born.year if born else None)


def _named(plan: NamePlan) -> tuple[Sequence[str], tuple[Identifier, ...]]:
    words = [slot.word for slot in plan.slots]
    return words, plan.filled(words)


def _names_and_date(names: Sequence[Identifier], born: PartialDate | None) -> Iterable[tuple[str, str]]:
    """What must not agree as a whole: the words of each name in any order, with the birth date."""
    date = str(born or "")
    for item in names:
        form = name_form(item.value) or fold_text(item.value)
        yield " ".join(sorted(form.split())), date


def _retold(items: Sequence[Identifier], values: Sequence[str]) -> tuple[Identifier, ...]:
    """Give identifiers other values."""
    return tuple(
        Identifier(kind=item.kind, value=value, platform=item.platform, role=item.role)
        for item, value in zip(items, values, strict=True)
    )
