"""Measures the seed case's size: a forum of 1,200 members, 195,000 posts and 22,000 private messages
against a roster of 6,300, then one applicant; import, install size and the demonstration.

Run: ``python benchmarks/seed_case.py``. Everybody is invented. Each step runs in a process of its own;
times are wall seconds, memory is the peak resident set in MiB.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from dump_reader import HEAD, TABLES, Forum, write_rows
from rich.console import Console
from rich.table import Table

MEMBERS, POSTS, MESSAGES, ROSTER = 1_200, 195_000, 22_000, 6_300

PASSPORT = """
id = "forum"
title = "An invented forum"
kind = "leak"
organisation = "An invented forum"
organisation_kind = "extremist-forum"
legal_status = "invented"
origin = "made by a benchmark"
obtained = "made by a benchmark"
events = ["2011-09-13", "2017-11-21"]
leaked = "2019-11-06"
sha256 = "{sha256}"
lawful_basis = "none needed: nobody in it exists"
purpose = "to measure"
grade = "2D"
grade_scheme = "3x5x2"
presence_means = "nothing"
emails_confirmed = "unknown"
expires = "2099-01-01"
"""

STEP = """
import json, sys, time
def out(**facts):
    # Not ru_maxrss: a child inherits its parent's until it has grown beyond it.
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    facts["memory"] = int(status["VmHWM"].split()[0]) / 1024
    print(json.dumps(facts))
"""

INGEST = (
    STEP
    + """
import vetting
began = time.perf_counter()
with vetting.ListStore.open(sys.argv[1] + "/lists") as store:
    report = store.ingest(sys.argv[1] + "/forum.sql", vetting.ListPassport.read(sys.argv[1] + "/p.toml"))
out(seconds=time.perf_counter() - began, accounts=report.accounts, relations=report.counts.relations)
"""
)

SCREEN = (
    STEP
    + """
import vetting
began = time.perf_counter()
roster = vetting.read_roster(sys.argv[1] + "/roster.csv")
with vetting.ListStore.open(sys.argv[1] + "/lists") as store:
    screening = vetting.screen(roster, store)
    screened = time.perf_counter() - began
    vetting.write_screening(screening, sys.argv[1] + "/out", store=store)
out(seconds=time.perf_counter() - began, screened=screened, candidates=len(screening.surfaced))
"""
)

SINGLE = (
    STEP
    + """
import vetting
roster = vetting.read_roster(sys.argv[1] + "/roster.csv")
times = []
with vetting.ListStore.open(sys.argv[1] + "/lists") as store:
    for applicant in roster[:220]:
        began = time.perf_counter()
        vetting.screen(applicant, store)
        times.append(time.perf_counter() - began)
out(times=times[20:])
"""
)

IMPORT = STEP + "began = time.perf_counter()\nimport vetting\nout(seconds=time.perf_counter() - began)\n"


def write_forum(path: Path) -> None:
    """Write the dump with exact numbers of rows."""
    forum = Forum(7, MEMBERS)
    wanted = {
        "core_members": MEMBERS,
        "core_follow": 2_000,
        "core_message_topics": MESSAGES // 5,
        "core_message_topic_user_map": MESSAGES // 5 * 3,
        "core_message_posts": MESSAGES,
        "forums_posts": POSTS,
    }
    with path.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for table, count in wanted.items():
            columns = ",\n".join("  `{}` {}".format(*column.split(" ", 1)) for column in TABLES[table])
            out.write(f"CREATE TABLE `{table}` (\n{columns}\n) ENGINE=InnoDB;\n")
            rows = (row for _, row in zip(range(count), forum.rows(table), strict=False))
            write_rows(out.write, table, rows, float("inf"))
        out.write("-- Dump completed on 2017-11-21 10:00:00\n")


def write_roster(path: Path) -> None:
    """Write applicants, twelve of whom have an account of the forum."""
    pick = random.Random(11)
    forum = Forum(7, MEMBERS)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "date_of_birth", "email", "phone", "handle", "postcode"])
        for number in range(ROSTER):
            given, family = pick.choice(forum.words).title(), pick.choice(forum.words).title()
            account = forum.names[1 + number * 37 % MEMBERS] if number < 12 else ""
            writer.writerow([
                f"A-{number}",
                f"{given} {family}",
                f"{pick.randint(1960, 2004)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}",
                f"{account or given + family + str(pick.randint(1, 99))}@example.org",
                f"07700 9{pick.randint(0, 99999):05}",
                account if number % 2 else f"{given}{family}{pick.randint(1, 99)}",
                f"HX{pick.randint(1, 9)} {pick.randint(1, 9)}AB",
            ])  # fmt: skip


def run(code: str, *arguments: str) -> dict[str, object]:
    """Run a step in a fresh process; returns what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    facts: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return facts


def size_of(*names: str) -> float:
    """MiB on disk of some installed packages."""
    total = 0
    for name in names:
        spec = find_spec(name)
        for place in (spec.submodule_search_locations or []) if spec else []:
            total += sum(file.stat().st_size for file in Path(place).rglob("*") if file.is_file())
    return total / 2**20


def main() -> None:
    """Print the table."""
    table = Table(title="The seed case's size")
    for column in ("what", "wall s", "MiB", "facts"):
        table.add_column(column, justify="left" if column in {"what", "facts"} else "right")
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder, "forum.sql")
        write_forum(dump)
        write_roster(Path(folder, "roster.csv"))
        sha256 = hashlib.sha256(dump.read_bytes()).hexdigest()
        Path(folder, "p.toml").write_text(PASSPORT.format(sha256=sha256), encoding="utf-8")
        done = run(INGEST, folder)
        facts = f"{dump.stat().st_size / 1e6:.0f} MB, {done['accounts']:,} accounts, {done['relations']:,} relations"
        table.add_row("ingest", f"{done['seconds']:.2f}", f"{done['memory']:.0f}", facts)
        done = run(SCREEN, folder)
        facts = f"{ROSTER:,} applicants, {done['candidates']} candidates; screening alone {done['screened']:.2f} s"
        table.add_row("screen and write the page", f"{done['seconds']:.2f}", f"{done['memory']:.0f}", facts)
        done = run(SINGLE, folder)
        times = sorted(done["times"])  # type: ignore[call-overload]  # a list of numbers
        median, late = statistics.median(times), times[int(0.95 * len(times))]
        table.add_row(
            "one applicant, p50 and p95",
            f"{median:.4f} {late:.4f}",
            f"{done['memory']:.0f}",
            "warm, 200 runs",
        )
    for _ in range(3):
        done = run(IMPORT)
    table.add_row("import vetting", f"{done['seconds']:.3f}", f"{done['memory']:.0f}", "third of three runs")
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "vetting", "demo", "--out", folder], capture_output=True, check=True
        )
        table.add_row("vetting demo", f"{time.perf_counter() - began:.2f}", "", "process start included")
    core = ("attr", "attrs", "networkx", "rapidfuzz", "duckdb", "_duckdb", "pyarrow", "numpy", "rich", "phonenumbers", "anyascii", "nicknames")  # fmt: skip
    table.add_row(
        "installed size", "", f"{size_of('vetting', *core):.0f}", f"of which vetting {size_of('vetting'):.1f}"
    )
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
