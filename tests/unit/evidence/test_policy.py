from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vetting.errors import PolicyError
from vetting.evidence.policy import SurfacingPolicy


def written(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_key_left_out_keeps_its_default(tmp_path: Path) -> None:
    policy = SurfacingPolicy.read(written(tmp_path, 'minimum_probability = 0.2\nregion = "DE"\n'))
    assert policy == SurfacingPolicy(minimum_probability=0.2, region="DE")


def test_a_policy_survives_being_written_as_plain_values() -> None:
    policy = SurfacingPolicy(include_unsurfaced=True, minimum_kind_bits=4.0)
    assert SurfacingPolicy(**policy.as_dict()) == policy  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"expected_prevalence": 0.0},
        {"expected_prevalence": 1.0},
        {"second_account_rate": -0.1},
        {"minimum_probability": 1.5},
        {"minimum_kind_bits": -1.0},
        {"strong_identifier_sharers": -1},
        {"strong_handle_coincidences": 0.0},
        {"strong_handle_coincidences": 1.1},
        {"expected_prevalence": float("nan")},
    ],
)
def test_a_number_out_of_its_range_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        SurfacingPolicy(**wrong)


@pytest.mark.parametrize(
    "text",
    [
        "minimum_probabilty = 0.2",
        "minimum_probability = 2",
        "region = 7",
        'minimum_probability = "0.1"',
        "= broken",
        "[a]\nb=1",
    ],
)
def test_a_file_that_is_no_policy_is_refused_with_one_line(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(PolicyError) as caught:
        SurfacingPolicy.read(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_or_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError):
        SurfacingPolicy.read(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolicyError):
        SurfacingPolicy.read(tmp_path / "binary.toml")


def test_a_table_of_name_variants_is_meant_from_where_the_policy_lies(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('name_variants = "variants.csv"\n', encoding="utf-8")
    assert SurfacingPolicy.read(tmp_path / "policy.toml").name_variants == str(tmp_path / "variants.csv")
