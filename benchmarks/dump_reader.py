"""Measures the dump reader on a synthetic dump of an IPS 4 forum: megabytes per CPU-second and memory.

Run: ``python benchmarks/dump_reader.py [--size 200]``. Every person and word in the dump is invented.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

TABLES = {
    "core_members": (
        "member_id bigint", "name varchar(255)", "member_group_id smallint", "email varchar(150)", "joined int",
        "ip_address varchar(46)", "skin smallint", "warn_level int", "warn_lastwarn int", "restrict_post int",
        "bday_day int", "bday_month int", "bday_year int", "msg_count_new int", "msg_count_total int", "last_visit int",
        "last_activity int", "mod_posts int", "temp_ban int", "mgroup_others varchar(245)", "members_seo_name varchar(255)",
        "members_pass_hash varchar(255)", "members_pass_salt varchar(22)", "signature mediumtext", "timezone varchar(64)",
        "pp_last_visitors text", "mfa_details text",
    ),
    "core_follow": (
        "follow_id varchar(32)", "follow_app varchar(150)", "follow_area varchar(200)", "follow_rel_id bigint",
        "follow_member_id bigint", "follow_added int", "follow_is_anon tinyint", "follow_visible tinyint",
    ),
    "core_message_topics": (
        "mt_id int", "mt_date int", "mt_title varchar(255)", "mt_starter_id bigint", "mt_to_member_id bigint",
        "mt_replies int", "mt_is_deleted tinyint",
    ),
    "core_message_topic_user_map": (
        "map_id int", "map_user_id bigint", "map_topic_id int", "map_folder_id varchar(32)", "map_read_time int",
        "map_user_active tinyint",
    ),
    "core_message_posts": (
        "msg_id int", "msg_topic_id int", "msg_date int", "msg_post mediumtext", "msg_author_id bigint",
        "msg_ip_address varchar(46)", "msg_is_first_post tinyint",
    ),
    "forums_posts": (
        "pid bigint", "append_edit tinyint", "edit_time int", "author_id bigint", "author_name varchar(255)",
        "ip_address varchar(46)", "post_date int", "post mediumtext", "queued tinyint", "topic_id bigint",
        "new_topic tinyint", "edit_name varchar(255)", "post_key varchar(32)", "post_htmlstate smallint",
        "post_edit_reason varchar(255)", "post_bwoptions int", "pdelete_time int", "post_field_int int",
    ),
}  # fmt: skip
HEAD = """/*M!999999\\- enable the sandbox mode */
-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: forum
-- ------------------------------------------------------
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET NAMES utf8mb4 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;

"""
SHARES = (
    ("core_members", 0.08), ("core_follow", 0.04), ("core_message_topics", 0.01), ("core_message_topic_user_map", 0.02),
    ("core_message_posts", 0.15), ("forums_posts", 0.70),
)  # fmt: skip


class Forum:
    """Makes rows of an invented forum."""

    def __init__(self, seed: int, members: int) -> None:
        self.random = random.Random(seed)
        self.members = members
        letters = "aeiouaeioubcdfghklmnprstvwz"
        pick = self.random
        self.words = ["".join(pick.choices(letters, k=pick.randint(2, 10))) for _ in range(4000)]
        self.names = [
            f"{pick.choice(self.words)}_{pick.choice(self.words)}{number}" for number in range(members + 1)
        ]
        self.texts = [self.body() for _ in range(6000)]

    def body(self) -> str:
        pick, parts = self.random, ["<p>\\n\\t"]
        if pick.random() < 0.25:
            author = pick.randint(1, self.members)
            parts.append(
                f'<blockquote class=\\"ipsQuote\\" data-ipsquote=\\"\\" data-ipsquote-contentcommentid=\\"{author * 7}\\" '
                f'data-ipsquote-userid=\\"{author}\\" data-ipsquote-username=\\"{self.names[author]}\\"><p>x</p></blockquote>'
            )
        if pick.random() < 0.05:
            parts.append(f'<a data-mentionid=\\"{pick.randint(1, self.members)}\\" href=\\"#\\">@x</a> ')
        for _ in range(pick.randint(4, 70)):
            parts.append(pick.choice(self.words))
            chance = pick.random()
            if chance < 0.03:
                parts.append("it\\'s")
            elif chance < 0.05:
                parts.append("</p>\\n\\n<p>\\n\\t")
            elif chance < 0.06:
                parts.append("день")
        return " ".join(parts) + "\\n</p>\\n"

    def ip(self, who: int) -> str:
        """One of a member's few addresses."""
        place = who * 3 + self.random.randrange(3)
        return f"198.{18 + (place >> 16) % 2}.{(place >> 8) % 256}.{place % 254 + 1}"

    def author(self) -> int:
        """A member who writes: few write most, as in any forum."""
        return 1 + int(self.members * self.random.random() ** 4)

    def rows(self, table: str) -> Iterator[str]:
        pick, number = self.random, 0
        while True:
            number += 1
            who, other = pick.randint(1, self.members), pick.randint(1, self.members)
            if table.endswith("_posts"):
                who = self.author()
            when = pick.randint(1_315_000_000, 1_511_000_000)
            if table == "core_members":
                if number > self.members:
                    return
                name = self.names[number]
                yield (
                    f"({number},'{name}',3,'{name}@example.org',{when},'{self.ip(who)}',0,0,0,0,{pick.randint(0, 28)},"
                    f"{pick.randint(0, 12)},NULL,0,3,{when},{when},0,0,'4,7','{name}','$2y$13${'x' * 53}','abcdefgh',"
                    f"'<p>{pick.choice(self.texts)}</p>','Europe/London','{{\\\"1\\\":2}}',NULL)"
                )
            elif table == "core_follow":
                area = "member" if pick.random() < 0.4 else "topic"
                app = "core" if area == "member" else "forums"
                yield f"('{pick.getrandbits(128):032x}','{app}','{area}',{other},{who},{when},0,1)"
            elif table == "core_message_topics":
                yield f"({number},{when},'{pick.choice(self.words)}',{who},0,4,0)"
            elif table == "core_message_topic_user_map":
                yield f"({number},{who},{number // 3},'myconvo',{when},1)"
            elif table == "core_message_posts":
                yield f"({number},{number // 5},{when},'{pick.choice(self.texts)}',{who},'{self.ip(who)}',0)"
            else:
                yield (
                    f"({number},0,NULL,{who},'{self.names[who]}','{self.ip(who)}',{when},'{pick.choice(self.texts)}',0,"
                    f"{number // 20},0,NULL,'{pick.getrandbits(128):032x}',0,NULL,0,0,NULL)"
                )


def write_dump(path: Path, megabytes: int, *, seed: int = 7) -> dict[str, int]:
    """Write a dump as mariadb-dump does; returns rows by table."""
    forum = Forum(seed, megabytes * 130)
    counts: dict[str, int] = {}
    with path.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for table, share in SHARES:
            names = [column.split(" ", 1) for column in TABLES[table]]
            columns = ",\n".join(f"  `{name}` {kind} DEFAULT NULL" for name, kind in names)
            out.write(
                f"DROP TABLE IF EXISTS `{table}`;\nCREATE TABLE `{table}` (\n{columns}\n) ENGINE=InnoDB;\n"
            )
            out.write(f"LOCK TABLES `{table}` WRITE;\n")
            counts[table] = write_rows(out.write, table, forum.rows(table), megabytes * 1_000_000 * share)
            out.write("UNLOCK TABLES;\n\n")
        out.write("-- Dump completed on 2017-11-21 10:00:00\n")
    return counts


def write_rows(write: Callable[[str], object], table: str, rows: Iterable[str], budget: float) -> int:
    count, size, written = 0, 0, 0.0
    for row in rows:
        if written >= budget:
            break
        if not size:
            write(f"INSERT INTO `{table}` VALUES\n")
        else:
            write(",\n")
        write(row)
        count += 1
        size += len(row)
        written += len(row.encode()) + 2
        if size > 1_000_000:
            write(";\n")
            size = 0
    if size:
        write(";\n")
    return count


MEASURED = """
import sys, json, time
import pyarrow, pyarrow.compute, numpy
from vetting.readers.files import InputFile
from vetting.readers.forum import read_forum
from vetting.readers.inspect import inspect
from vetting.readers.sqldump.window import Window
path, what = sys.argv[1:]
def peak():
    # Not ru_maxrss: a child inherits its parent's until it has grown beyond it.
    return int(dict(line.split(":", 1) for line in open("/proc/self/status"))["VmHWM"].split()[0])
base = peak()
began = time.process_time()
rows = 0
if what == "inspect":
    rows = sum(table.rows for table in inspect(path).tables)
elif what in ("hash", "mask"):  # what no reader of this design can be faster than
    window = Window(InputFile(path).chunks(1 << 20))
    while window.ensure(1):
        if what == "mask":
            window.code
        window.position = len(window.raw)
else:
    roles = ("members",) if what == "members" else ()
    rows = sum(batch.rows.num_rows for batch in read_forum(path, roles=roles).batches())
print(json.dumps([time.process_time() - began, peak() / 1024, base / 1024, rows]))
"""
# A peer is measured on the first megabytes: it is slow, and holds whole statements as objects.
PEER_BYTES = 8_000_000
PEER = """
import sys, json, time
import sqlglot
def peak():
    return int(dict(line.split(":", 1) for line in open("/proc/self/status"))["VmHWM"].split()[0])
with open(sys.argv[1], "rb") as file:
    text = file.read(int(sys.argv[2]))
text = text[: text.rindex(b";\\n") + 1].decode()
base = peak()
began = time.process_time()
statements = sqlglot.parse(text, read="mysql")
rows = sum(len(one.expression.expressions) for one in statements if isinstance(one, sqlglot.exp.Insert))
print(json.dumps([time.process_time() - began, peak() / 1024, base / 1024, rows]))
"""


def measure(python: str, script: str, arguments: list[str], runs: int) -> tuple[float, float, float, int]:
    """CPU seconds, peak RSS and RSS after imports (MiB), rows: medians of runs in processes of their own."""
    results = []
    for _ in range(runs):
        done = subprocess.run([python, "-c", script, *arguments], capture_output=True, text=True, check=True)
        results.append(json.loads(done.stdout.splitlines()[-1]))
    seconds, peak, base, rows = (statistics.median(column) for column in zip(*results, strict=True))
    return seconds, peak, base, int(rows)


def has_sqlglot(python: str) -> bool:
    return subprocess.run([python, "-c", "import sqlglot"], capture_output=True, check=False).returncode == 0


def show(what: str, megabytes: float, measured: tuple[float, float, float, int]) -> None:
    seconds, peak, base, rows = measured
    speed = megabytes / seconds
    print(
        f"{what:<16}{speed:>10.{0 if speed >= 10 else 1}f}{seconds:>8.2f}{peak:>10.0f}{peak - base:>14.0f}{rows:>12,}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=200, help="megabytes of the dump")
    parser.add_argument("--runs", type=int, default=3, help="of which the medians are shown")
    parser.add_argument(
        "--keep", type=Path, help="write the dump here and keep it; used again if it is there"
    )
    parser.add_argument(
        "--sqlglot-python",
        default=sys.executable,
        help="a Python that can import sqlglot, for the peer's row",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "forum.sql"
        if not path.exists():
            began = time.time()
            counts = write_dump(path, options.size)
            print(
                f"{path.stat().st_size / 1e6:.0f} MB, {sum(counts.values()):,} rows, made in {time.time() - began:.0f} s"
            )
        size = path.stat().st_size / 1e6
        print(f"{'what':<16}{'MB/CPU-s':>10}{'CPU s':>8}{'peak MiB':>10}{'over imports':>14}{'rows out':>12}")
        for what in ("members", "graph", "inspect", "hash", "mask"):
            show(what, size, measure(sys.executable, MEASURED, [str(path), what], options.runs))
        if has_sqlglot(options.sqlglot_python):
            some = min(PEER_BYTES, path.stat().st_size)
            measured = measure(options.sqlglot_python, PEER, [str(path), str(some)], options.runs)
            show(f"sqlglot ({some / 1e6:.0f} MB)", some / 1e6, measured)
        else:
            print("sqlglot         absent: name a Python that has it with --sqlglot-python")


if __name__ == "__main__":
    main()
