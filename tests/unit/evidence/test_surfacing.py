from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vetting.compare.levels import LevelCode
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.scores import EvidenceRows, PairScores
from vetting.evidence.scoring import EVIDENCE_KINDS
from vetting.evidence.surfacing import SURFACING_REASONS, Surfacing, surfacing

POLICY = SurfacingPolicy()


def decided(
    probability: float = 0.5, pairs: int = 10_000, policy: SurfacingPolicy = POLICY, **kinds: tuple[Any, ...]
) -> Surfacing:
    """One pair with an item of each of these kinds: level, bits, and perhaps whether it counts and who shares it."""
    given = [(kind, *item, *(True, 0)[len(item) - 2 :]) for kind, item in kinds.items()]
    none = EvidenceRows.none()

    def column(name: str, values: list[Any]) -> Any:
        return np.array(values, getattr(none, name).dtype)

    rows = EvidenceRows(
        pair=column("pair", [0] * len(given)),
        kind=column("kind", [EVIDENCE_KINDS.index(one[0]) for one in given]),
        level=column("level", [LevelCode[one[1]] for one in given]),
        rule=column("rule", [0] * len(given)),
        bits=column("bits", [one[2] for one in given]),
        left=column("left", list(range(len(given)))),
        right=column("right", list(range(len(given)))),
        fact=column("fact", list(range(len(given)))),
        sharers=column("sharers", [one[4] for one in given]),
        tried=column("tried", [1] * len(given)),
        counted=column("counted", [one[3] for one in given]),
    ).in_order()
    row = np.zeros(1, np.int32)
    scores = PairScores(row, row, np.array([(rows.bits * rows.counted).sum()]), rows)
    return surfacing(scores, (np.array([probability]), np.array([probability])), policy, pairs=pairs)


def surfaced(**given: Any) -> bool:
    found = decided(**given)
    assert found.surfaced[0] == (0 < found.reason[0] < 5)
    assert len(found.reasons()) == 1
    return bool(found.surfaced[0])


@pytest.mark.parametrize("kind", ["email", "phone"])
def test_an_exact_address_or_number_surfaces_alone_whatever_the_probability(kind: str) -> None:
    assert surfaced(probability=1e-6, **{kind: ("EXACT", 20)})
    assert surfaced(
        probability=1e-6, **{kind: ("EXACT", 20)}, name=("CONFLICT", -6), date_of_birth=("CONFLICT", -4)
    )


@pytest.mark.parametrize("kind", ["email", "phone"])
def test_a_nearly_agreeing_or_much_shared_address_does_not_surface_alone(kind: str) -> None:
    assert not surfaced(**{kind: ("CLOSE", 20)})
    assert surfaced(**{kind: ("EXACT", 20, True, POLICY.strong_identifier_sharers)})
    assert not surfaced(**{kind: ("EXACT", 20, True, POLICY.strong_identifier_sharers + 1)})


def test_a_handle_surfaces_alone_only_if_it_is_too_rare_to_agree_by_accident_in_this_run() -> None:
    assert surfaced(handle=("EXACT", 25), pairs=10_000)
    assert not surfaced(handle=("EXACT", 25), pairs=10_000_000_000)
    assert not surfaced(handle=("EXACT", 12), pairs=10_000)
    assert not surfaced(handle=("PLAUSIBLE", 25), pairs=10_000)


@pytest.mark.parametrize("bits", [5, 20, 60])
def test_a_name_alone_is_never_surfaced(bits: float) -> None:
    assert not surfaced(name=("EXACT", bits), probability=0.999)
    assert not surfaced(name=("EXACT", bits), name_in_handle=("CLOSE", bits, False), probability=0.999)


def test_two_independent_kinds_surface_if_they_are_likely_enough_together() -> None:
    kinds = {"name": ("EXACT", 15), "date_of_birth": ("EXACT", 12)}
    assert surfaced(probability=POLICY.minimum_probability, **kinds)
    assert not surfaced(probability=POLICY.minimum_probability / 2, **kinds)


def test_a_kind_that_is_weak_or_counted_already_is_not_a_second_one() -> None:
    assert not surfaced(name=("EXACT", 15), place=("PLAUSIBLE", POLICY.minimum_kind_bits - 0.1))
    assert not surfaced(name=("EXACT", 15), name_in_handle=("CLOSE", 12, False))


def test_nothing_is_surfaced_of_nothing() -> None:
    assert not surfaced()


def test_every_reason_is_given_in_words_of_its_own() -> None:
    assert len(set(SURFACING_REASONS)) == len(SURFACING_REASONS)
    (reason,) = decided(email=("EXACT", 20)).reasons()
    assert "e-mail" in reason
    (reason,) = decided(name=("EXACT", 20)).reasons()
    assert "name alone" in reason
