from __future__ import annotations

from pathlib import Path

import pytest

from vetting.compare.tokens import UNLIKE, VARIANT, token_likeness
from vetting.compare.variants import known_variants, read_name_variants
from vetting.errors import PolicyError


def test_variants_go_both_ways_and_no_name_is_its_own() -> None:
    known = known_variants()
    assert all(name in known[other] for name, others in known.items() for other in others)
    assert not [name for name, others in known.items() if name in others]


@pytest.mark.parametrize(
    ("left", "right"),
    [("robert", "bob"), ("katherine", "catherine"), ("lee", "yi"), ("park", "pak"), ("yusuf", "joseph")],
)
def test_well_known_variants_are_known(left: str, right: str) -> None:
    assert right in known_variants()[left]


def test_two_short_forms_of_one_name_do_not_stand_for_one_another() -> None:
    assert "lottie" in known_variants()["charlotte"]
    assert "lottie" not in known_variants().get("charlie", frozenset())


def test_a_users_table_adds_to_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "variants.csv"
    path.write_text("# Invented.\n\nQuillan, Quilly ,Квилли # a comment\n", encoding="utf-8")
    variants = read_name_variants(path)
    assert variants["quillan"] == {"quilly", "kvilli"}
    assert "bob" in variants["robert"]
    assert token_likeness(["quillan"], ["kvilli"])[0].tolist() == [UNLIKE]
    assert token_likeness(["quillan"], ["kvilli"], variants=variants)[0].tolist() == [VARIANT]


def test_pet_forms_stand_for_each_name_and_nothing_else_for_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "variants.csv"
    path.write_text("Quillan, Quillandra > Zaqly, Zab\n", encoding="utf-8")
    variants = read_name_variants(path)
    assert variants["quillan"] == variants["quillandra"] == {"zaqly", "zab"}
    assert variants["zaqly"] == {"quillan", "quillandra"}


@pytest.mark.parametrize("line", ["Quillan", "Quillan, Maren Vale", ",", "Quillan,,Mr"])
def test_a_line_that_is_no_set_of_names_is_an_error_without_the_names(tmp_path: Path, line: str) -> None:
    path = tmp_path / "variants.csv"
    path.write_text(f"Maren,Marin\n{line}\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="line 2") as caught:
        read_name_variants(path)
    assert "Quillan" not in str(caught.value)


def test_a_table_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "broken.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("absent.csv", "broken.csv"):
        with pytest.raises(PolicyError, match="cannot be read"):
            read_name_variants(tmp_path / name)
