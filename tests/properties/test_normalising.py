"""Laws of normalising: a form is its own form, nothing hostile breaks it, and it reveals no invisible text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests import strategies

from vetting.normalise.forms import form_of, forms_of
from vetting.normalise.text import ascii_letters, fold_text, visible_text
from vetting.records.identifiers import IdentifierKind

KINDS = list(IdentifierKind)
WRITTEN = (
    strategies.hostile_texts()
    | strategies.person_names()
    | strategies.handle_texts()
    | strategies.email_texts()
    | strategies.place_texts()
    | strategies.url_texts()
)


def twice(kind: str, text: str) -> tuple[str, str]:
    once = form_of(IdentifierKind(kind), text)
    return once, form_of(IdentifierKind(kind), once)


@given(WRITTEN)
@example("Maren Quillmere Jr 3")
@example("Quillmere II, Maren 4")
def test_the_form_of_a_names_form_is_itself(text: str) -> None:
    once, again = twice("name", text)
    assert once == again


@given(WRITTEN)
@example("@@vornskald")
@example("@ @vornskald")
def test_the_form_of_a_handles_form_is_itself(text: str) -> None:
    once, again = twice("handle", text)
    assert once == again


@given(
    WRITTEN
    | strategies.email_texts().map("Sam <{}>".format)
    | strategies.email_texts().map("mailto:{}".format)
)
@example("..@googlemail.com")
@example("+tag@example.org")
def test_the_form_of_an_emails_form_is_itself(text: str) -> None:
    once, again = twice("email", text)
    assert once == again


@given(WRITTEN)
@example("ZZ1-1AA Harrowby")
@example("ZZ1, 1AA")
@example("ZZ1 ZZ2 2AA 1AA")
def test_the_form_of_a_places_form_is_itself(text: str) -> None:
    once, again = twice("place", text)
    assert once == again


@given(WRITTEN)
@example("www.www.example.org")
@example("m.www.example.org/Sam")
@example("https://www.m.example.org/")
def test_the_form_of_a_pages_form_is_itself(text: str) -> None:
    once, again = twice("url", text)
    assert once == again


@given(strategies.phone_texts() | st.from_regex(r"\+?[0-9() .-]{5,18}", fullmatch=True))
def test_the_form_of_an_international_number_is_itself(text: str) -> None:
    once, again = twice("phone", text)
    assert once == again or not once.startswith("+")


@given(strategies.birth_dates() | strategies.hostile_texts())
def test_the_form_of_a_dates_form_is_itself(text: str) -> None:
    once, again = twice("date_of_birth", text)
    assert once == again


@given(strategies.hostile_texts())
def test_folding_twice_changes_nothing_and_leaves_no_capital_mark_or_control(text: str) -> None:
    folded = fold_text(text)
    assert fold_text(folded) == folded
    assert not {unicodedata.category(c) for c in folded} & {"Cc", "Cf", "Cs", "Mn"}
    assert folded == folded.strip()


@given(st.characters())
def test_every_single_character_folds_to_a_fixed_point(character: str) -> None:
    folded = fold_text(f"a{character}b")
    assert fold_text(folded) == folded


@given(strategies.hostile_texts())
def test_transliteration_is_ascii_and_visible_text_is_printable(text: str) -> None:
    assert ascii_letters(text).isascii()
    assert all(c.isprintable() for c in visible_text(text))


@pytest.mark.parametrize("kind", KINDS)
@given(texts=st.lists(strategies.hostile_texts(), max_size=6))
def test_a_column_has_the_forms_of_its_values_one_by_one(kind: IdentifierKind, texts: list[str]) -> None:
    assert forms_of(kind, texts) == [form_of(kind, text) for text in texts]


@pytest.mark.parametrize("kind", KINDS)
@given(text=strategies.hostile_texts())
def test_a_form_can_be_stored_whatever_was_written(kind: IdentifierKind, text: str) -> None:
    form_of(kind, text).encode("utf-8")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["ab\ud800cd", "example.org/\udcff", "\ud83d@example.org"])
def test_a_form_never_holds_half_a_character(kind: IdentifierKind, text: str) -> None:
    form_of(kind, text).encode("utf-8")


@given(strategies.handle_texts(), st.sampled_from(["_", ".", "-", " "]))
def test_case_marks_and_invisible_characters_do_not_change_a_handle(handle: str, separator: str) -> None:
    def folded(text: str) -> str:
        return form_of(IdentifierKind.HANDLE, text)

    assert folded(handle.upper()) == folded(handle)
    assert folded(f"\u200b{separator.join(handle)}\u200d") == folded(separator.join(handle))
