import io
from pathlib import Path

from attrs import evolve
from rich.console import Console
from tests.small_lists import screening, seed_candidate

from vetting.evidence.words import counted
from vetting.readers.inspect import DroppedColumn, InspectedTable, Inspection
from vetting.records.completeness import Completeness, TableReport
from vetting.reports.printing import print_inspection, print_report, print_screening


def printed(print_it, *arguments, width=200, **options):
    out = io.StringIO()
    print_it(*arguments, console=Console(file=out, width=width, color_system=None), **options)
    return out.getvalue()


def completeness(**changes):
    tables = (
        TableReport(
            name="core_members",
            role="members",
            rows=1200,
            columns_kept=["name"],
            columns_dropped=["members_pass_hash", "skin"],
        ),
        TableReport(name="core_cache", rows=7),
    )
    return Completeness(
        file="forum.sql", sha256="0" * 64, size=10, reader="mysqldump", tables=tables, **changes
    )


def test_one_is_singular_and_thousands_are_parted():
    assert counted(1, "list") == "1 list"
    assert counted(2000, "account") == "2,000 accounts"


def test_an_ingest_says_what_was_kept_dropped_and_left_unread():
    text = printed(print_report, "forum", 1200, completeness(), held=False)
    assert "forum is in the store: 1,200 accounts" in text
    assert "1 kept, 2 dropped (1 credentials)" in text
    assert "1 further table not read" in text
    assert "NOT complete" not in text


def test_a_list_that_is_not_whole_is_said_to_be_so():
    text = printed(print_report, "forum", 1200, completeness(bytes_unread=1234, ended_well=False), held=True)
    assert "held already" in text
    assert "NOT complete: 1,234 bytes" in text
    assert "the file breaks off" in text


def test_an_inspection_names_credentials_apart_and_stores_nothing():
    table = InspectedTable(
        name="core_members",
        role="members",
        rows=3,
        columns_kept=("name",),
        columns_dropped=(
            DroppedColumn("members_pass_hash", "credential"),
            DroppedColumn("skin", "not mapped"),
        ),
    )
    found = Inspection(
        file="f.sql",
        size=3,
        sha256="0" * 64,
        container="plain",
        format="sql-dump",
        profile="ips4",
        tables=(table,),
    )
    lines = printed(print_inspection, found).splitlines()
    assert any("credentials" in line and "members_pass_hash" in line for line in lines)
    assert not any("members_pass_hash" in line for line in lines if "dropped" in line)
    assert lines[-1] == "Nothing was stored."


def test_a_screening_ends_with_what_was_not_checked_and_who_decides():
    run = screening(seed_candidate())
    run = evolve(run, coverage=evolve(run.coverage, missing={"email": 3, "handle": 0}, quarantined=2))
    text = printed(print_screening, run, Path("out"))
    assert "e-mail address (3)" in text
    assert "handle (0)" not in text
    assert "Of the roster 2 values could not be read" in text
    assert "Only a person turns a candidate into a finding." in text
