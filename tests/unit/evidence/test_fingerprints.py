from __future__ import annotations

from pathlib import Path

import pytest

from vetting.errors import PolicyError
from vetting.evidence.fingerprints import joined_fingerprint, people_fingerprints, settings_fingerprint
from vetting.evidence.policy import SurfacingPolicy
from vetting.records.people import Applicant


def mark(**values: object) -> str:
    return people_fingerprints([Applicant(id="A", **values)])["A"]  # type: ignore[arg-type]


def test_a_record_has_one_fingerprint_whatever_the_order_of_its_values() -> None:
    assert mark(handles=["ashfen", "oak"], names="Maren Vale") == mark(
        names="Maren Vale", handles=["oak", "ashfen"]
    )
    assert len(mark()) == 32


def test_whatever_is_compared_changes_it() -> None:
    marks = {
        mark(),
        mark(names="Maren Vale"),
        mark(names="Maren Vale", date_of_birth="1990-04-03"),
        mark(names="Maren Vale", date_of_birth="1990-04-04"),
        mark(handles="Maren Vale"),
        mark(handles="forum:ashfen"),
        mark(handles="ashfen"),
    }
    assert len(marks) == 7


def test_settings_are_the_policy_and_what_its_files_say(tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_text("a,b\n")
    policy = SurfacingPolicy(name_variants=str(table))
    first = settings_fingerprint(policy)
    assert first == settings_fingerprint(policy) != settings_fingerprint(SurfacingPolicy())
    table.write_text("a,c\n")
    assert settings_fingerprint(policy) != first
    moved = table.rename(tmp_path / "other.csv")
    moved.write_text("a,b\n")
    assert settings_fingerprint(SurfacingPolicy(name_variants=str(moved))) == first


def test_a_joined_one_depends_on_every_part() -> None:
    people = {"A": "1", "B": "2"}
    whole = joined_fingerprint(["x"], people)
    assert whole == joined_fingerprint(["x"], {"B": "2", "A": "1"})
    assert len({whole, joined_fingerprint(["y"], people), joined_fingerprint(["x"], {"A": "1"})}) == 3


def test_a_file_that_the_policy_names_and_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        settings_fingerprint(SurfacingPolicy(weights=str(tmp_path / "absent.toml")))
