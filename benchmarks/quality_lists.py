"""Screens generated applicants against a generated list in a temporary store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from quality_ours import Row, StrongOnly, applicant, make_store

import vetting

__all__ = ["screened"]


def screened(
    applicants: Sequence[Row],
    accounts: Sequence[Row],
    *,
    policy: vetting.SurfacingPolicy | None = None,
    least_bits: float | None = None,
) -> vetting.Screening:
    """Screen ``A-0, A-1, ...`` against accounts ``0, 1, ...``.

    Args:
        applicants: Generated rows.
        accounts: Generated rows.
        policy: As for a screening.
        least_bits: Drop scored pairs below these bits; needed with ``include_unsurfaced``.
    """
    with TemporaryDirectory() as folder, make_store(Path(folder), [str(i) for i in range(len(accounts))], accounts) as store:
        people = [applicant(f"A-{place}", row) for place, row in enumerate(applicants)]
        engine = "duckdb" if least_bits is None else StrongOnly(least_bits)
        return vetting.screen(people, store, policy=policy, engine=engine)
