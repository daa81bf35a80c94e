"""The list of formats that are read names every one of them, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vetting.readers.exports.known import EXPORT_FORMATS
from vetting.readers.profiles import load_profiles

PAGE = Path("docs/reference/formats.md")


def test_the_reference_names_every_format_that_a_profile_may_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))  # nobody's own profiles
    rows = [
        line.split("|")[1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert sorted(named) == sorted([*EXPORT_FORMATS, *(profile.name for profile in load_profiles())])
