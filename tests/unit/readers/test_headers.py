from __future__ import annotations

from typing import Any

import pytest

from vetting.readers.headers import ROSTER_HEADERS, TABLE_HEADERS, fold_header, match_headers, nearest


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["id", "ID ", "Applicant No.", "candidate-id"], ["id"] * 4),
        (["given_name", "First Name", "FORENAMES"], ["given_name"] * 3),
        (["date_of_birth", "D.O.B.", "Date of birth", "dob"], ["date_of_birth"] * 4),
        (["e-mail", "Email 2", "E-Mail-Address"], ["email"] * 3),
        (["Address line 1", "address_line_2", "Town"], ["address"] * 3),
        (["Twitter", "telegram"], ["handle:twitter", "handle:telegram"]),
        (["shoe size", "", "12"], [None] * 3),
    ],
)
def test_headers_of_a_roster(headers: Any, fields: Any) -> None:
    assert match_headers(headers, ROSTER_HEADERS) == fields


def test_headers_of_a_member_table() -> None:
    headers = [
        "Member no",
        "membership number",
        "nick",
        "screen name",
        "Mail",
        "joined",
        "branch",
        "last contact",
    ]
    fields = ["account_id", "account_id", "handle", "handle", "email", "created_at", "groups", "last_seen"]
    assert match_headers(headers, TABLE_HEADERS) == fields


def test_no_header_means_a_credential() -> None:
    assert match_headers(["password", "passwd", "salt", "hash", "token"], TABLE_HEADERS) == [None] * 5


def test_nearest_finds_slips_and_nothing_else() -> None:
    assert nearest("e-mial", ROSTER_HEADERS) == "email"
    assert nearest("surnmae", ROSTER_HEADERS) == "family_name"
    assert nearest("shoe size", ROSTER_HEADERS) is None
    assert nearest("x" * 10_000, ROSTER_HEADERS) is None


def test_folding_is_idempotent_on_every_known_header() -> None:
    assert all(fold_header(header) == header for header in {**ROSTER_HEADERS, **TABLE_HEADERS})
