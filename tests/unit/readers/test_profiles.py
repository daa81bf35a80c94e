"""Profiles are data: loaded, checked, and never stronger than the deny rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from vetting.errors import InputError
from vetting.readers.credentials import column_denied
from vetting.readers.forum.matching import Matcher
from vetting.readers.profiles import load_profiles

MEMBERS4 = ("member_id", "name", "email", "joined", "members_pass_hash")
MEMBERS3 = ("member_id", "name", "members_display_name", "email", "joined", "member_login_key")
OWN = """
name = "own"
title = "A forum of our own"
[[table]]
role = "people"
suffix = "people"
requires = ["pid"]
key = "pid"
[table.account]
created_at = "since"
[[table.identifier]]
kind = "handle"
columns = ["nick"]
[[table.identifier]]
kind = "name"
columns = ["password"]
"""


@pytest.mark.parametrize(
    ("table", "columns", "profile"),
    [
        ("core_members", MEMBERS4, "ips4"),
        ("xyz_core_members", MEMBERS4, "ips4"),
        ("ibf_members", MEMBERS3, "ipb3"),
        ("orig_members", MEMBERS3, "ipb3"),
        ("members", MEMBERS3, "ipb3"),
        ("ibf_members", MEMBERS4, ""),
        ("wp_users", ("ID", "user_login"), ""),
    ],
)
def test_tables_are_known_by_suffix_and_columns(table: str, columns: tuple[str, ...], profile: str) -> None:
    matcher = Matcher(load_profiles())
    matcher.match(table, columns)
    assert matcher.profile == profile


def test_a_second_forum_in_the_dump_is_not_mixed_in() -> None:
    matcher = Matcher(load_profiles())
    assert matcher.match("ibf_members", MEMBERS3)
    assert matcher.match("other_members", MEMBERS3) is None
    assert "another prefix" in matcher.refused["other_members"]


def test_no_rule_maps_a_credential() -> None:
    for profile in load_profiles():
        for rule in profile.table:
            columns = [*rule.requires, *MEMBERS4, *MEMBERS3, "twitter_token", "field_1"]
            mapped = rule.mapped(rule.suffix, columns)
            assert not [column for column in mapped if column_denied(rule.suffix, column)]


def test_a_profile_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    (profile,) = load_profiles(path)
    rule = profile.rule_for("x_people", ("pid", "nick", "password", "since", "other"))
    assert rule is not None
    assert rule.mapped("x_people", ("pid", "nick", "password", "since", "other")) == ("pid", "nick", "since")


@pytest.mark.parametrize(
    "text",
    ["name = ", "name = 'x'", "name='x'\ntitle='y'\ntable=[{role='r', suffix='s', colour='c'}]", "name='x'\ntitle='y'\ntable=3",
     "name='x'\ntitle='y'\n[[table]]\nrole='r'\nsuffix='s'\n[[table.identifier]]\nkind='passwords'\ncolumns=['a']"],
)  # fmt: skip
def test_a_malformed_profile_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"malformed.*Correct it"):
        load_profiles(path)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(InputError, match="ips4, ipb3"):
        load_profiles("ips5")
    assert [profile.name for profile in load_profiles("ipb3+ips4")] == ["ipb3", "ips4"]
