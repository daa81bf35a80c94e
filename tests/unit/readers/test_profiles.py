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


SOFTWARE = {
    "mybb": ("x_users", ("uid", "username", "email", "regdate", "usergroup", "password", "salt", "loginkey")),
    "phpbb": ("x_users", ("user_id", "username", "username_clean", "user_email", "user_regdate", "user_password")),
    "smf": ("x_members", ("id_member", "member_name", "real_name", "email_address", "date_registered", "passwd")),
    "vbulletin": ("x_user", ("userid", "username", "email", "joindate", "usergroupid", "password", "salt", "token")),
    "xenforo": ("x_user", ("user_id", "username", "email", "register_date", "secret_key")),
}  # fmt: skip


@pytest.mark.parametrize("software", SOFTWARE)
def test_each_software_is_known_by_its_table_of_accounts(software: str) -> None:
    matcher = Matcher(load_profiles())
    table, columns = SOFTWARE[software]
    match = matcher.match(table, columns)
    assert match is not None
    assert matcher.profile == software
    assert not [column for column in match.columns if column_denied(table, column)]


@pytest.mark.parametrize("second", ["phpbb", "smf", "vbulletin", "xenforo"])
def test_a_forum_of_another_software_in_the_dump_is_not_mixed_in(second: str) -> None:
    matcher = Matcher(load_profiles())
    assert matcher.match(*SOFTWARE["mybb"])
    table, columns = SOFTWARE[second]
    assert matcher.match(f"other{table}", columns) is None
    assert f"members of {second}" in matcher.refused[f"other{table}"]


def test_a_second_forum_in_the_dump_is_not_mixed_in() -> None:
    matcher = Matcher(load_profiles())
    assert matcher.match("ibf_members", MEMBERS3)
    assert matcher.match("other_members", MEMBERS3) is None
    assert "another prefix" in matcher.refused["other_members"]


def test_no_rule_maps_a_credential() -> None:
    others = [column for _, columns in SOFTWARE.values() for column in columns]
    for profile in load_profiles():
        for rule in profile.table:
            columns = [*rule.requires, *MEMBERS4, *MEMBERS3, *others, "twitter_token", "field_1"]
            mapped = rule.mapped(rule.suffix, columns)
            assert not [column for column in mapped if column_denied(rule.suffix, column)]


def test_a_profile_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    (profile,) = load_profiles(path)
    rule = profile.rule_for("x_people", ("pid", "nick", "password", "since", "other"))
    assert rule is not None
    assert rule.mapped("x_people", ("pid", "nick", "password", "since", "other")) == ("pid", "nick", "since")


def test_a_file_in_the_users_folder_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "vetting" / "profiles"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(OWN)
    assert [profile.name for profile in load_profiles()][:2] == ["own", "xenforo"]
    (folder / "ours.toml").write_text(OWN.replace('"own"', '"mybb"'))
    found = {profile.name: profile for profile in load_profiles()}
    assert found["mybb"].title == "A forum of our own"
    assert load_profiles("mybb") == (found["mybb"],)
    (folder / "broken.toml").write_text("name = ")
    with pytest.raises(InputError, match=r"broken\.toml: the profile is malformed"):
        load_profiles()


@pytest.mark.parametrize("as_text", [True, False])
def test_a_folder_of_profiles_may_be_named(tmp_path: Path, *, as_text: bool) -> None:
    (tmp_path / "own.toml").write_text(OWN)
    names = [profile.name for profile in load_profiles(str(tmp_path) if as_text else tmp_path)]
    assert names[0] == "own"
    assert {"ips4", "mybb"} <= set(names)


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
    with pytest.raises(InputError, match="xenforo, vbulletin, smf, phpbb, mybb"):
        load_profiles("mybb+punbb")
    assert [profile.name for profile in load_profiles("ipb3+ips4")] == ["ipb3", "ips4"]
