"""The demonstration's shipped files: whole, small, and about nobody who exists."""

from __future__ import annotations

import gzip
import hashlib
import re
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from vetting.readers import read_list
from vetting.readers.roster import read_roster
from vetting.records.passports import ListPassport
from vetting.records.people import Applicant

_DATA = files("vetting") / "demo_data"
_RESERVED = ("example.org", "example.net", "example.com")
_DRAMA = re.compile(r"\+44(7700900\d{3}|20794 ?60\d{3})|07700900\d{3}|02079460\d{3}")
_EMAIL = re.compile(r"[^\s@<>'\"\\;,]+@([a-z0-9.-]+\.[a-z]+)", re.IGNORECASE)


def _path(name: str) -> str:
    return str(_DATA / name)


@pytest.fixture(scope="module")
def dump() -> bytes:
    return gzip.decompress((_DATA / "forum.sql.gz").read_bytes())


@pytest.fixture(scope="module")
def applicants() -> dict[str, Applicant]:
    return {applicant.id: applicant for applicant in read_roster(_path("roster.csv"))}


@pytest.fixture(scope="module")
def stories() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = tomllib.loads((_DATA / "stories.toml").read_text("utf-8"))["story"]
    return told


@pytest.fixture(scope="module")
def identifiers() -> dict[str, list[dict[str, Any]]]:
    """Every account's identifiers, as the reader finds them in the shipped dump."""
    found: dict[str, list[dict[str, Any]]] = {}
    for batch in read_list(_path("forum.sql.gz")).batches():
        for row in batch.rows.to_pylist():
            if batch.table == "accounts":
                found.setdefault(row["account_id"], [])
            elif batch.table == "identifiers":
                found.setdefault(row["account_id"], []).append(row)
    return found


def test_passport_is_valid_and_names_the_shipped_dump() -> None:
    passport = ListPassport.read(_path("passport.toml"))
    assert passport.sha256 == hashlib.sha256((_DATA / "forum.sql.gz").read_bytes()).hexdigest()
    assert (passport.kind, passport.organisation_kind) == ("leak", "extremist-forum")
    assert passport.emails_confirmed == "unknown"
    assert passport.contamination
    assert passport.expires > date(2035, 1, 1), "the demonstration must not stop working soon"
    keys = set(tomllib.loads((_DATA / "passport.toml").read_text("utf-8")))
    assert keys == {*passport.as_dict()}, "every key of a passport but prohibited_by is shown"


def test_files_are_small_and_the_dump_is_packed_without_a_time(dump: bytes) -> None:
    assert len((_DATA / "forum.sql.gz").read_bytes()) < 600_000
    assert sum(len(entry.read_bytes()) for entry in _DATA.iterdir() if entry.is_file()) < 700_000
    assert (_DATA / "forum.sql.gz").read_bytes()[4:8] == b"\0\0\0\0"
    assert dump.rstrip().endswith(b"-- Dump completed"), "whole, and without a date"


def test_dump_reads_whole_and_has_both_generations() -> None:
    reading = read_list(_path("forum.sql.gz"))
    for _ in reading.batches():
        pass
    completeness = reading.completeness
    assert completeness.profile == "ips4+ipb3"
    assert completeness.ended_well
    assert completeness.bytes_unread == 0
    rows = {table.name: table.rows for table in completeness.tables}
    assert 450 <= rows["core_members"] <= 500
    assert 200 <= rows["orig_members"] <= 300
    assert rows["forums_posts"] > 1000
    assert rows["orig_posts"] > 1000
    assert min(rows["core_message_posts"], rows["orig_message_posts"]) > 100


def test_every_email_address_is_in_a_reserved_domain(dump: bytes) -> None:
    for text in (dump.decode("utf-8"), (_DATA / "roster.csv").read_text("utf-8")):
        domains = {found[1].lower() for found in _EMAIL.finditer(text)}
        assert domains == set(_RESERVED)


def test_every_phone_number_is_in_a_range_kept_for_drama(
    applicants: dict[str, Applicant], identifiers: dict[str, list[dict[str, Any]]]
) -> None:
    phones = [phone.value for applicant in applicants.values() for phone in applicant.phones]
    phones += [row["value"] for rows in identifiers.values() for row in rows if row["kind"] == "phone"]
    assert len(phones) > 300
    assert not [phone for phone in phones if not _DRAMA.fullmatch(phone.replace(" ", ""))]


def test_credentials_in_the_dump_are_stand_ins(dump: bytes) -> None:
    hashes = set(re.findall(rb"\$2[aby]\$[^']{10,}", dump))
    assert hashes
    assert all(b"Synthetic.demonstration.value" in one for one in hashes)
    # Keys of thirty-two digits are mostly zeros: no hash of anything.
    assert not [one for one in re.findall(rb"'([0-9a-f]{32})'", dump) if not one.startswith(b"0" * 20)]


def test_roster_has_the_promised_size_and_shape(applicants: dict[str, Applicant]) -> None:
    assert len(applicants) == 300
    assert all(applicant.names and applicant.emails and applicant.places for applicant in applicants.values())
    assert all(
        applicant.date_of_birth and applicant.date_of_birth.is_full for applicant in applicants.values()
    )
    assert len({applicant.names[0].value for applicant in applicants.values()}) > 240
    assert sum(bool(applicant.handles) for applicant in applicants.values()) > 120


def test_stories_name_applicants_and_accounts_that_exist(
    stories: list[dict[str, Any]],
    applicants: dict[str, Applicant],
    identifiers: dict[str, list[dict[str, Any]]],
) -> None:
    assert len({story["id"] for story in stories}) == len(stories) >= 12
    for story in stories:
        assert set(story) == {"id", "applicant_id", "account_id", "surface", "title", "text"}, story["id"]
        assert story["applicant_id"] in applicants, story["id"]
        assert story["account_id"] in identifiers, story["id"]
        assert isinstance(story["surface"], bool)
        assert len(story["text"]) > 60
    assert sum(story["surface"] for story in stories) == 7


def _values(rows: list[dict[str, Any]], kind: str) -> set[str]:
    return {row["value"].lower() for row in rows if row["kind"] == kind}


def _squeezed(handle: str) -> str:
    return "".join(filter(str.isalnum, handle.lower()))


def test_surfacing_stories_share_what_they_say_and_the_others_do_not(
    stories: list[dict[str, Any]],
    applicants: dict[str, Applicant],
    identifiers: dict[str, list[dict[str, Any]]],
) -> None:
    for story in stories:
        applicant, account = applicants[story["applicant_id"]], identifiers[story["account_id"]]
        emails = {email.value.lower() for email in applicant.emails} & _values(account, "email")
        phones = {phone.value for phone in applicant.phones} & _values(account, "phone")
        handles = {_squeezed(handle.value) for handle in applicant.handles}
        shared = handles & {_squeezed(handle) for handle in _values(account, "handle")}
        if story["surface"]:
            assert emails or shared, story["id"]
        else:
            assert not emails, story["id"]
            assert not phones, story["id"]
            assert shared <= {"nightwolf", "admin"}, story["id"]


def test_earlier_names_and_addresses_are_in_histories_only(
    stories: list[dict[str, Any]], identifiers: dict[str, list[dict[str, Any]]]
) -> None:
    by_id = {story["id"]: identifiers[story["account_id"]] for story in stories}
    expected = {
        "earlier-name": ("handle", "Harrowmere Kestrel", "core_member_history"),
        "earlier-name-before-upgrade": ("handle", "VellumFox-Tarn", "orig_dnames_change"),
        "earlier-email": ("email", "elen.maddocks@example.net", "core_member_history"),
    }
    for name, (kind, value, table) in expected.items():
        found = [row for row in by_id[name] if row["value"] == value]
        assert [(row["kind"], row["role"], row["record"].partition("@")[0]) for row in found] == [
            (kind, "previous", table)
        ]


def test_common_handles_are_common_on_the_list(identifiers: dict[str, list[dict[str, Any]]]) -> None:
    spellings = {
        row["value"]
        for rows in identifiers.values()
        for row in rows
        if row["kind"] == "handle" and "nightwolf" in _squeezed(row["value"])
    }
    assert len(spellings) >= 7


def test_nobody_else_in_the_roster_shares_an_address_with_the_forum(
    stories: list[dict[str, Any]],
    applicants: dict[str, Applicant],
    identifiers: dict[str, list[dict[str, Any]]],
) -> None:
    told = {story["applicant_id"] for story in stories if story["surface"]}
    listed = {
        (row["kind"], row["value"].lower().replace(" ", ""))
        for rows in identifiers.values()
        for row in rows
        if row["kind"] in {"email", "phone"}
    }
    for applicant in applicants.values():
        mine = {("email", email.value.lower()) for email in applicant.emails}
        mine |= {("phone", phone.value.replace(" ", "")) for phone in applicant.phones}
        assert applicant.id in told or not mine & listed, applicant.id


def test_nobody_else_shares_more_than_a_common_handle(
    stories: list[dict[str, Any]],
    applicants: dict[str, Applicant],
    identifiers: dict[str, list[dict[str, Any]]],
) -> None:
    told = {story["applicant_id"] for story in stories}
    common = (
        "nightwolf",
        "shadow",
        "admin",
        "ghost",
        "maverick",
        "phoenix",
        "hunter",
        "raven",
        "titan",
        "blade",
    )
    listed = {
        _squeezed(row["value"]) for rows in identifiers.values() for row in rows if row["kind"] == "handle"
    }
    for applicant in applicants.values():
        for handle in applicant.handles:
            mine = _squeezed(handle.value)
            if applicant.id not in told and mine in listed:
                assert len(mine) < 6 or mine in common, applicant.id
