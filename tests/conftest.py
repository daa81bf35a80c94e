"""What every test shares: how hard hypothesis tries, and nothing that reaches beyond this machine."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# "dev" is quick and forgiving of a busy machine; "ci" looks further and says how to reproduce what it finds.
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "ci",
    max_examples=300,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))
