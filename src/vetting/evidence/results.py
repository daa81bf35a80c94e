"""What an assessment says: evidence item by item, its sum in bits, and a candidate for review.

Nothing here decides. A candidate is a pair of records worth a person's time, with everything that
speaks for and against their being the same person.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from attrs import asdict, field, frozen

from vetting.evidence.likelihood import likelihood_term

__all__ = ["Assessment", "Candidate", "Evidence", "Level"]


class Level(StrEnum):
    """How far two values agree, per attribute."""

    EXACT = "exact"
    CLOSE = "close"
    PLAUSIBLE = "plausible"
    CONFLICT = "conflict"
    MISSING = "missing"


def _to_level(given: str) -> Level:
    # Looking a member up again takes longer than all the rest of making an Evidence.
    return given if isinstance(given, Level) else Level(given)


@frozen(kw_only=True)
class Evidence:
    """One comparison: two concrete values, how far they agree, and what that is worth.

    Attributes:
        kind: The attribute: ``name``, ``handle``, ``email``, ``phone``, ``date_of_birth``, ``place``,
            ``url``, or ``name_in_handle`` for a name compared with a handle.
        level: How far the values agree.
        applicant_value: The applicant's value as written; ``None`` when missing.
        listed_value: The listed value as written; ``None`` when missing.
        bits: log2 of P(this agreement | same person) over P(this agreement | two people). Positive
            supports, negative contradicts, 0 says nothing. What ``counted`` says is not in it.
        rule: The rule that fired, in a few words.
        group: The fact that this tells; evidence of one group is one fact and counts once.
        counted: Whether the bits are in the sum.
        note: What a reader should know of the values: "an earlier name", "e-mail not confirmed".
        record: Citation of the listed value's record.
        basis: What the listed value rests on: empty for the account's own data, ``"self-linked"`` for what its
            profile names as its holder's elsewhere, ``"self-linked, verified"`` where the platform checked it.
    """

    kind: str
    level: Level = field(converter=_to_level)
    applicant_value: str | None = None
    listed_value: str | None = None
    bits: float = 0.0
    rule: str = ""
    group: str = ""
    counted: bool = False
    note: str = ""
    record: str = ""
    basis: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: plain values, in the order of the attributes."""
        return asdict(
            self, value_serializer=lambda _i, _a, value: str(value) if isinstance(value, Level) else value
        )


@frozen(kw_only=True)
class Assessment:
    """One applicant and one listed account, compared attribute by attribute.

    Attributes:
        applicant_id: The applicant.
        list_id: The list.
        account_id: The account.
        evidence: All of it, what is missing included; strongest support first, then what contradicts,
            then what says nothing.
        probability: P(the account was controlled by the applicant) under the policy's expected
            prevalence and list size, between 0 and 1, never either.
    """

    applicant_id: str
    list_id: str
    account_id: str
    evidence: tuple[Evidence, ...]
    probability: float

    @property
    def bits(self) -> float:
        """The sum of the counted evidence, in bits."""
        return sum(item.bits for item in self.evidence if item.counted)

    @property
    def levels(self) -> dict[str, str]:
        """The best level of each attribute, ``{"name": "close", "handle": "exact", ...}``."""
        return {item.kind: str(item.level) for item in reversed(self.evidence)}

    @property
    def proposition(self) -> str:
        """The statement that the likelihood is about."""
        return (
            f"the account {self.account_id} on list {self.list_id} "
            f"was controlled by applicant {self.applicant_id}"
        )

    @property
    def likelihood(self) -> str:
        """The yardstick's term for the probability."""
        return likelihood_term(self.probability)

    @property
    def words(self) -> str:
        """The likelihood as a sentence about the proposition."""
        return f"{self.likelihood} that {self.proposition}"

    @property
    def supporting(self) -> tuple[Evidence, ...]:
        """Evidence for: positive bits, counted or not."""
        return tuple(item for item in self.evidence if item.bits > 0)

    @property
    def contradicting(self) -> tuple[Evidence, ...]:
        """Evidence against: negative bits."""
        return tuple(item for item in self.evidence if item.bits < 0)

    @property
    def missing(self) -> tuple[str, ...]:
        """Attributes that one side or both do not have: not compared, and not evidence."""
        return tuple(item.kind for item in self.evidence if item.level is Level.MISSING)

    def as_text(self) -> str:
        """Explain the assessment in plain text, for a terminal or a file."""
        from vetting.evidence.explanation import assessment_text

        return assessment_text(self)

    def _repr_html_(self) -> str:
        from vetting.evidence.cards import assessment_image

        return assessment_image(self)


@frozen(kw_only=True)
class Candidate(Assessment):
    """An applicant and a listed account that a screening run puts before a person.

    Attributes:
        surfaced: Whether the policy asks for review. It is no finding.
        surfaced_because: The policy's reason in words, or why it was not surfaced.
        expected_coincidences: How many pairs of two different people this run would produce by
            accident with at least this much evidence.
        innocent_explanations: What else would explain this evidence.
        record: Citation of the account's main record.
    """

    surfaced: bool
    expected_coincidences: float
    surfaced_because: str = ""
    innocent_explanations: tuple[str, ...] = ()
    record: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return one object of ``candidates.jsonl``."""
        return {
            "applicant_id": self.applicant_id,
            "list_id": self.list_id,
            "account_id": self.account_id,
            "surfaced": self.surfaced,
            "surfaced_because": self.surfaced_because,
            "bits": self.bits,
            "expected_coincidences": self.expected_coincidences,
            "probability": self.probability,
            "likelihood": self.likelihood,
            "proposition": self.proposition,
            "innocent_explanations": list(self.innocent_explanations),
            "record": self.record,
            "evidence": [item.as_dict() for item in self.evidence],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Candidate:
        """Read back what :meth:`as_dict` wrote."""
        return cls(
            applicant_id=data["applicant_id"],
            list_id=data["list_id"],
            account_id=data["account_id"],
            surfaced=data["surfaced"],
            surfaced_because=data.get("surfaced_because", ""),
            expected_coincidences=data["expected_coincidences"],
            probability=data["probability"],
            innocent_explanations=tuple(data.get("innocent_explanations", ())),
            record=data.get("record", ""),
            evidence=tuple(Evidence(**item) for item in data["evidence"]),
        )
