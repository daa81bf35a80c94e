"""Measures every reader of lists on synthetic files: megabytes per CPU-second and peak memory, beside the obvious way.

Run: ``python benchmarks/readers.py [--mb 100] [--runs 1] [--peers PYTHON] [--only NAME]...``. PYTHON is one that can
import sqlglot and openpyxl, in an environment of its own; a peer that cannot be imported is skipped and named.
Readers are measured one after the other, each in a process of its own; in the end all is printed as a table in
Markdown. Exports are made by ``benchmarks/made_exports.py``, where a new format's writer is to be added.
Every person in the files is invented. On a shared machine compare rows of one run only.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "benchmarks")]

from made_exports import EXPORTS, write_export  # noqa: E402
from tests.reader_seeds import FORUMS, forum_dump, forum_tables  # noqa: E402

COLUMNS = ("id", "name", "username", "email", "phone", "dob", "address", "status")
PEER_MEGABYTES = 3

PEAK = """
import json, sys, time
def peak():
    # Not ru_maxrss: a child inherits its parent's until it has grown beyond it.
    return int(dict(line.split(":", 1) for line in open("/proc/self/status"))["VmHWM"].split()[0])
def tell(rows):
    print(json.dumps([time.process_time() - began, peak() / 1024, base / 1024, rows]))
path = sys.argv[1]
"""
OURS = """
import pyarrow, pyarrow.compute, pyarrow.parquet, numpy
from vetting.readers import read_list
import vetting.readers.tables, vetting.readers.forum, vetting.readers.exports.reading
base = peak(); began = time.process_time()
reading = read_list(path)
for batch in reading.batches():
    pass
tell(sum(table.rows for table in reading.completeness.tables))
"""
ROSTER = """
from vetting.readers.roster import read_roster
base = peak(); began = time.process_time()
tell(len(read_roster(path)))
"""
PEERS = {
    "csv.DictReader": """
import csv
base = peak(); began = time.process_time()
rows = 0
with open(path, encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file, delimiter="\\t" if path.endswith("tsv") else ","):
        rows += 1
tell(rows)
""",
    "openpyxl": """
import openpyxl
base = peak(); began = time.process_time()
sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
tell(sum(1 for _ in sheet.iter_rows(values_only=True)) - 1)
""",
    "pyarrow": """
import pyarrow.parquet as pq
base = peak(); began = time.process_time()
tell(sum(len(batch.to_pylist()) for batch in pq.ParquetFile(path).iter_batches()))
""",
    "json.load": """
import json
base = peak(); began = time.process_time()
with open(path, encoding="utf-8") as file:
    found = json.load(file)
tell(len(found) if isinstance(found, list) else max(len(one) for one in found.values() if isinstance(one, list)))
""",
    "json.loads": """
import json
base = peak(); began = time.process_time()
rows = 0
with open(path, encoding="utf-8") as file:
    for line in file:
        json.loads(line)
        rows += 1
tell(rows)
""",
    # Only parts lines; it does not look at who is meant, nor at the order of dates.
    "re": """
import re
base = peak(); began = time.process_time()
line = re.compile(r"\\[(\\d+)/(\\d+)/(\\d+), (\\d+):(\\d+):(\\d+)\\] ([^:]+): (.*)")
with open(path, encoding="utf-8", newline="\\n") as file:
    tell(sum(1 for one in file if line.match(one)))
""",
    # Takes every line of a dump for a row of tabs, and does not undo escapes.
    "csv, tabs": """
import csv
base = peak(); began = time.process_time()
with open(path, encoding="utf-8", newline="") as file:
    tell(sum(len(row) > 1 for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)))
""",
    # Slow, and it holds whole statements as objects: it is given a smaller dump of the same forum.
    "sqlglot": """
import sqlglot
with open(path, "rb") as file:
    text = file.read().decode()
base = peak(); began = time.process_time()
statements = sqlglot.parse(text, read="mysql")
rows = sum(len(one.expression.expressions) for one in statements if isinstance(one, sqlglot.exp.Insert))
tell(rows)
""",
}


def people(seed: int = 7) -> Iterator[tuple[str, ...]]:
    """Endless rows of invented members."""
    pick = random.Random(seed)
    stems = ["".join(pick.choices("aeioubcdfghklmnprstvwz", k=pick.randint(4, 9))) for _ in range(3000)]
    row = 0
    while True:
        row += 1
        given, family, word = pick.choice(stems), pick.choice(stems), pick.choice(stems)
        yield (
            str(row), f"{given.title()} {family.title()}", f"{word}_{row}", f"{given}.{family}{row}@example.org",
            f"+44 7700 900{row % 1000:03}", f"19{50 + row % 50}-{1 + row % 12:02}-{1 + row % 28:02}",
            f"{row % 200} {word.title()} Lane, Harrowby", pick.choice(("current", "lapsed")),
        )  # fmt: skip


def write_text(path: Path, megabytes: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",")
        writer.writerow(COLUMNS)
        for row in people():
            writer.writerow(row)
            if not int(row[0]) % 1000 and file.tell() > megabytes * 1_000_000:
                return


def write_workbook(path: Path, megabytes: int) -> None:
    """A workbook whose sheet is so large unpacked; a sheet ends at 1,048,576 rows."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    from tests.workbooks import write_workbook as small

    small(path, {1: {"A": "id"}})
    with zipfile.ZipFile(path) as given:
        members = {name: given.read(name) for name in given.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            if "sheet1.xml" not in name:
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            written = sheet.write(f'{head}<worksheet xmlns="{main}"><sheetData>'.encode())
            for at, row in enumerate(people(), 1):
                cells = row if at > 1 else COLUMNS
                text = "".join(
                    f'<c r="{letter}{at}" t="inlineStr"><is><t>{cell}</t></is></c>'
                    for letter, cell in zip("ABCDEFGH", cells, strict=True)
                )
                written += sheet.write(f'<row r="{at}">{text}</row>'.encode())
                if written > megabytes * 1_000_000 or at == 1_048_576:
                    break
            sheet.write(b"</sheetData></worksheet>")


def write_parquet(path: Path, megabytes: int) -> None:
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    rows = people()
    with pq.ParquetWriter(path, schema, compression="none", use_dictionary=False) as writer:
        while not path.exists() or path.stat().st_size < megabytes * 1_000_000:
            part = [next(rows) for _ in range(50_000)]
            columns = [pa.array(column) for column in zip(*part, strict=True)]
            writer.write_table(pa.table(columns, schema=schema))


def write_dump(path: Path, megabytes: int) -> None:
    """Every table of a forum with the same number of rows, so that no profile's tables are favoured."""
    tables = forum_tables(path.stem)
    one = len(forum_dump(tables, rows=2000)) - len(forum_dump(tables, rows=1000))
    path.write_bytes(forum_dump(tables, rows=1 + megabytes * 1_000_000 * 1000 // one))


def write_copy(path: Path, megabytes: int) -> None:
    """Members and posts of Discourse as pg_dump writes them, with the columns that hold most of such a dump."""
    pick = random.Random(7)
    words = ["".join(pick.choices("aeioubcdfghklmnprstvwz", k=pick.randint(2, 9))) for _ in range(3000)]
    stamp = "2014-05-13 10:00:00.123456"
    tables = {
        "users": ("id, username, username_lower, name, created_at, trust_level, active", 50_000,
                  lambda n: f"{n}\tvornskald_{n}\tvornskald_{n}\tMaren Quillmere{n}\t{stamp}\t1\tt"),
        "user_emails": ('id, user_id, email, "primary", created_at', 50_000,
                        lambda n: f"{n}\t{n}\tquillmere{n}@example.org\tt\t{stamp}"),
        "posts": ("id, user_id, topic_id, post_number, raw, cooked, created_at, updated_at, reply_to_post_number", 1 << 40,
                  lambda n: (text := " ".join(pick.choices(words, k=40)), (f"{n}\t{1 + n * 7919 % 50_000}\t{n // 20}\t{n % 20 + 1}\t{text}\\n{text}\t"
                             f"<p>{text}</p>\\n<p>{text}</p>\t{stamp}\t{stamp}\t\\N"))[1]),
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n\n")
        for table, (columns, most, row) in tables.items():
            written = file.write(f"COPY public.{table} ({columns}) FROM stdin;\n")
            for n in range(1, most):
                written += file.write(row(n) + "\n")
                if written > megabytes * (1_000_000 if table == "posts" else 50_000):
                    break
            file.write("\\.\n\n")
        file.write("--\n-- PostgreSQL database dump complete\n--\n")


def _write_export(name: str, path: Path, megabytes: int) -> None:
    write_export(path, name, megabytes)


Writer = Callable[[Path, int], None]
CASES: dict[str, tuple[str, Writer, str, str]] = {  # file, its writer, our script, the peer
    "CSV": ("members.csv", write_text, OURS, "csv.DictReader"),
    "TSV": ("members.tsv", write_text, OURS, "csv.DictReader"),
    "XLSX": ("members.xlsx", write_workbook, OURS, "openpyxl"),
    "Parquet": ("members.parquet", write_parquet, OURS, "pyarrow"),
    "roster, CSV": ("roster.csv", write_text, ROSTER, "csv.DictReader"),
    **{software: (f"{software}.sql", write_dump, OURS, "sqlglot") for software in FORUMS},
    "pg_dump": ("discourse.sql", write_copy, OURS, "csv, tabs"),
    **{
        name: (export.file, partial(_write_export, name), OURS, export.peer)
        for name, export in EXPORTS.items()
    },
}


def measure(python: str, script: str, path: Path, runs: int) -> list[float] | None:
    """CPU seconds, peak MiB, MiB after imports, rows: medians of runs in processes of their own."""
    results = []
    for _ in range(runs):
        done = subprocess.run(
            [python, "-c", script, str(path)], capture_output=True, text=True, check=False, cwd=ROOT,
            env={"PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        if done.returncode:
            print((done.stderr.strip().splitlines() or [f"ended with status {done.returncode}"])[-1])
            return None
        results.append(json.loads(done.stdout.splitlines()[-1]))
    return [statistics.median(column) for column in zip(*results, strict=True)]


def show(name: str, who: str, megabytes: float, measured: list[float] | None) -> str:
    """Print a row of the table, and return it."""
    if measured is None:
        row = f"| {name} | {who} | {megabytes:.0f} | cannot run here | | | | |"
    else:
        seconds, peak, base, rows = measured
        row = (
            f"| {name} | {who} | {megabytes:.0f} | {megabytes / seconds:.1f} | {seconds:.2f} "
            f"| {peak:.0f} | {peak - base:.0f} | {int(rows):,} |"
        )
    print(row, flush=True)
    return row


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--mb", "--size", type=int, default=100, help="megabytes of each file; of a workbook, unpacked"
    )
    parser.add_argument("--runs", type=int, default=1, help="of which the medians are shown")
    parser.add_argument("--peers", default=sys.executable, help="a Python with sqlglot and openpyxl")
    parser.add_argument("--only", action="append", choices=list(CASES), help="these alone")
    options = parser.parse_args()
    rows = []
    for name in options.only or CASES:
        file, write, ours, peer = CASES[name]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / file
            write(path, options.mb)
            megabytes = path.stat().st_size / 1e6
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as archive:
                    megabytes = sum(entry.file_size for entry in archive.infolist()) / 1e6
            own = measure(sys.executable, PEAK + ours, path, options.runs)
            rows.append(show(name, "vetting", megabytes, own))
            if peer == "sqlglot":
                write(path, min(PEER_MEGABYTES, options.mb))
                megabytes = path.stat().st_size / 1e6
            python = options.peers if peer in {"sqlglot", "openpyxl"} else sys.executable
            rows.append(show(name, peer, megabytes, measure(python, PEAK + PEERS[peer], path, options.runs)))
    print("\n| file | read by | MB | MB/CPU-s | CPU s | peak MiB | over imports | rows |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
