from __future__ import annotations

import pytest

from vetting.errors import RecordError
from vetting.records.identifiers import Identifier, IdentifierKind, to_emails, to_handles, to_names


def test_a_handle_with_its_platform_is_split_and_the_platform_is_lower_case() -> None:
    (handle,) = to_handles("Twitter:Vorn_Skald")
    assert (handle.platform, handle.value) == ("twitter", "Vorn_Skald")
    assert str(handle) == "twitter:Vorn_Skald"


@pytest.mark.parametrize("text", ["https://example.org/vorn", ":vorn", "vorn:", "a b:c"])
def test_a_colon_that_ends_no_platforms_name_stays_in_the_handle(text: str) -> None:
    (handle,) = to_handles(text)
    assert (handle.platform, handle.value) == (None, text)


def test_a_colon_in_another_kind_is_left_alone() -> None:
    assert to_names("twitter:vorn")[0].value == "twitter:vorn"


def test_one_value_several_and_none_are_all_tuples_without_repeats() -> None:
    assert to_names(None) == ()
    assert [one.value for one in to_names("Maren Vale")] == ["Maren Vale"]
    assert [one.value for one in to_emails(["b@example.org", "a@example.org", "b@example.org"])] == [
        "b@example.org",
        "a@example.org",
    ]


def test_an_identifier_of_another_kind_is_refused() -> None:
    with pytest.raises(RecordError, match="email is wanted here, not name"):
        to_emails(Identifier(kind=IdentifierKind.NAME, value="Maren"))


@pytest.mark.parametrize("value", ["", "  \t", None, 7, b"vorn"])
def test_what_is_no_text_is_refused_without_repeating_it(value: object) -> None:
    with pytest.raises(RecordError) as caught:
        to_names([value])  # type: ignore[list-item]
    assert "vorn" not in str(caught.value)


def test_the_value_is_kept_as_written() -> None:
    assert Identifier(kind="handle", value=" Vorn ").value == " Vorn "
