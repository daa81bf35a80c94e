"""Skip or fail where a real part (MariaDB, a browser) is not installed: one rule for every fixture."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

__all__ = ["missing_part"]


def missing_part(reason: str) -> NoReturn:
    """Skip the test, or fail it where everything is required.

    Continuous integration sets ``VETTING_REQUIRE_ALL=1``, so that a part which vanished from the
    machine cannot turn its tests green by skipping them.

    Args:
        reason: What is missing and how to install it.
    """
    if os.environ.get("VETTING_REQUIRE_ALL") == "1":
        pytest.fail(f"{reason} (VETTING_REQUIRE_ALL=1 does not let this skip)", pytrace=False)
    pytest.skip(reason)
