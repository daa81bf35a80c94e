"""The surfacing policy: which pairs are put before a person. It never says what they mean."""

from __future__ import annotations

import tomllib
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import asdict, field, fields, frozen
from attrs.validators import and_, ge, gt, instance_of, le, lt, matches_re

from vetting.errors import PolicyError

__all__ = ["SurfacingPolicy", "read_policy_file"]


def _upper(region: str) -> str:
    if not isinstance(region, str):
        raise TypeError("region is a country code of two letters")
    return region.upper()


_probability = and_(gt(0.0), lt(1.0))


@frozen(kw_only=True)
class SurfacingPolicy:
    """When a candidate is surfaced, with conservative defaults.

    A name alone never surfaces anybody. A candidate needs one strong identifier (an e-mail address or
    a telephone number, not shared by many, or a handle so rare that the run expects fewer than
    ``strong_handle_coincidences`` of its strength), or two independent kinds of evidence and a
    probability of at least ``minimum_probability``.

    Attributes:
        expected_prevalence: P(an applicant is on a given list), before any evidence. It is an
            assumption of the employer's, and is stated in every report.
            Where a run shows more, the reports state both.
        second_account_rate: P(a listed person has several accounts on one list).
        second_application_rate: P(an applicant stands on the roster under another id as well).
        minimum_probability: Below it, two independent kinds do not surface.
        minimum_kind_bits: Bits that a kind needs to count as one of the two.
        strong_identifier_sharers: How many others may have an e-mail address or number for it to be strong
            on its own: a household shares one, a placeholder is shared by many.
        strong_handle_coincidences: Expected coincidences below which a handle is strong on its own.
        include_unsurfaced: Whether a run also returns pairs with evidence for that are not surfaced.
        weights: Path of a file of fitted m probabilities (``vetting refit``); empty for the documented table.
        name_variants: Path of a CSV file of names that stand for one another, beside the known ones; empty
            for none.
        region: Two-letter country code in which national telephone numbers are read.

    Raises:
        ValueError: A number is out of its range.
    """

    expected_prevalence: float = field(default=0.001, validator=_probability)
    second_account_rate: float = field(default=0.1, validator=_probability)
    second_application_rate: float = field(default=0.01, validator=_probability)
    minimum_probability: float = field(default=0.1, validator=_probability)
    minimum_kind_bits: float = field(default=2.0, validator=ge(0.0))
    strong_identifier_sharers: int = field(default=5, validator=ge(0))
    strong_handle_coincidences: float = field(default=0.01, validator=and_(gt(0.0), le(1.0)))
    include_unsurfaced: bool = False
    weights: str = field(default="", validator=instance_of(str))
    name_variants: str = field(default="", validator=instance_of(str))
    region: str = field(default="GB", converter=_upper, validator=matches_re(r"[A-Z]{2}"))

    @classmethod
    def read(cls, path: str | PathLike[str]) -> SurfacingPolicy:
        """Read a policy from a TOML file; a key left out keeps its default.

        Args:
            path: The file.

        Raises:
            PolicyError: The file is missing, is no TOML, or has a key or a value that cannot be.
        """
        known = [attribute.name for attribute in fields(cls)]
        given = read_policy_file(path)
        unknown = sorted(set(given) - set(known))
        if unknown:
            raise PolicyError(
                path, place=unknown[0], reason="unknown key", remedy=f"The keys are: {', '.join(known)}."
            )
        for name in ("weights", "name_variants"):
            if given.get(name):
                # A path in a file is meant from where the file lies.
                given[name] = str(Path(path).parent / str(given[name]))
        try:
            return cls(**given)
        except (TypeError, ValueError) as error:
            raise PolicyError(path, reason=str(error), remedy="Give a value in range.") from error

    def as_dict(self) -> dict[str, float | str]:
        """Return the policy as plain values, for reports."""
        return asdict(self)


def read_policy_file(path: str | PathLike[str]) -> dict[str, Any]:
    """Read the TOML of a policy, or of the weights that one points to.

    Raises:
        PolicyError: The file is missing or is no TOML.
    """
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise PolicyError(path, reason="cannot be read", remedy="Check the path.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(path, reason=f"is not TOML ({error})", remedy="Mend the file.") from error
