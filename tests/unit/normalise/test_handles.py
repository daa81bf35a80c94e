from __future__ import annotations

import pytest

from vetting.normalise.handles import compact_handle, evened_handle, handle_core, handle_form, handle_tokens


def test_a_handle_keeps_its_separators_and_loses_case_and_a_leading_at() -> None:
    assert handle_form(" @Vorn_Skald.77 ") == "vorn_skald.77"


@pytest.mark.parametrize(
    ("form", "compact"),
    [("vorn_skald.77", "vornskald77"), ("вереск-77", "veresk77"), ("___", "___"), ("x", "x")],
)
def test_the_compact_form_drops_separators_unless_nothing_is_left(form: str, compact: str) -> None:
    assert compact_handle(form) == compact


@pytest.mark.parametrize(
    ("compact", "core"),
    [("88vornskald1990", "vornskald"), ("ab12", "ab12"), ("1990", "1990"), ("v0rn", "v0rn")],
)
def test_the_core_drops_digits_at_the_ends_unless_too_little_is_left(compact: str, core: str) -> None:
    assert handle_core(compact) == core


def test_a_handle_is_split_at_separators_digits_and_inner_capitals() -> None:
    assert handle_tokens(handle_form("VornSkald_77x")) == ["vorn", "skald", "77", "x"]
    assert handle_tokens(handle_form("XMLQuillmere")) == ["xml", "quillmere"]
    assert handle_tokens(handle_form("ВорнСкальд")) == ["vornskald"]


@pytest.mark.parametrize(
    "written",
    [
        "@vornskald",
        "u/vornskald",
        "/u/Vornskald",
        "vornskald#1234",
        "@vornskald@fell.example",
        "vornskald.bsky.social",
    ],
)
def test_what_a_platform_puts_around_a_handle_is_no_part_of_it(written: str) -> None:
    assert handle_form(written) == "vornskald"


@pytest.mark.parametrize("written", ["#1234", "@", "u/", "@fell.example"])
def test_what_would_leave_nothing_is_kept_or_empty(written: str) -> None:
    assert handle_form(handle_form(written)) == handle_form(written)


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("v0rnsk4ld", "vornskald"),
        ("vooornskaaald", "vornskald"),
        ("vоrnskаld", "vornskald"),  # two letters are Cyrillic
        ("vornsKa1d", "vornskald"),
        ("Grim_T4rn99", "grimtarn"),
    ],
)
def test_disguised_handles_even_out_to_the_plain_one(disguised: str, plain: str) -> None:
    assert evened_handle(handle_form(disguised)) == evened_handle(plain)


def test_a_whole_word_of_another_script_is_not_read_by_its_looks() -> None:
    assert evened_handle("сорока") == "soroka"
    assert evened_handle("zyxo77") != evened_handle("zyxo77a")
