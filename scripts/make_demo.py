"""Makes the demonstration's files: a synthetic forum's dump through a real MariaDB, a roster, a passport.

Run from the repository's root, with Debian's mariadb-server installed::

    python -m scripts.make_demo

The seed is fixed, the dump carries no date and the gzip header no time, so that the same MariaDB release
gives the same bytes. Nobody in it exists.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
from pathlib import Path

from scripts.demo.forum import invent
from scripts.demo.people import roster_csv
from scripts.demo.stories import stories_toml
from scripts.demo.tables_ipb3 import ipb3_inserts
from scripts.demo.tables_ips4 import ips4_inserts
from tests.mariadb import MariaDB

_SEED = 20_180_830
_ROOT = Path(__file__).resolve().parent.parent
_SCHEMA = _ROOT / "tests" / "integration" / "forum_schema"
_DATABASE = "ravensmoot"

_PASSPORT = """\
# Passport of the demonstration's list. The forum, its members and its leak are invented.

id = "ravensmoot-2018"
title = "Database of the Ravensmoot Forum (invented for this demonstration)"
kind = "leak"
organisation = "Ravensmoot Forum"
organisation_kind = "extremist-forum"
legal_status = "Never proscribed; operated from 2012-03-04 until it went offline on 2018-08-30"
origin = "MySQL dump of the forum's database, published anonymously on a file-sharing site on 2019-02-11"
obtained = "Copied on 2019-02-14 from the published archive by the force's digital media unit, exhibit DMU/7"
events = ["2012-03-04", "2018-08-30"]
leaked = "2019-02-11"
sha256 = "{sha256}"
lawful_basis = "UK GDPR Art. 6(1)(e) and 9(2)(g); Data Protection Act 2018, Sch. 1 para. 10; policy document V-12"
purpose = "Vetting of applicants and of the serving workforce for police posts, and for nothing else"
grade = "2D"
grade_scheme = "3x5x2"
presence_means = "Somebody registered an account. It shows neither who, nor that they agreed with anything said \
there: journalists, researchers, opponents and the merely curious registered too."
emails_confirmed = "unknown"
contamination = "The upgrade of 2015 lost about one account in twenty: its posts carry a name but no account. \
After the leak, copies circulated to which addresses had been added; this one was taken before."
handling = "P"
expires = "2036-02-11"
"""


def build(server: MariaDB) -> dict[str, bytes]:
    """Make every file of the demonstration.

    Args:
        server: A running MariaDB; a database is made in it.

    Returns:
        Contents by file name.
    """
    forum, people = invent(_SEED)
    schema = (_SCHEMA / "ips4.sql", _SCHEMA / "ipb3.sql")
    server.create(_DATABASE, *schema, *ips4_inserts(forum), *ipb3_inserts(forum))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(server.dump(_DATABASE, "--skip-dump-date"))
    digest = hashlib.sha256(packed.getvalue()).hexdigest()
    return {
        "forum.sql.gz": packed.getvalue(),
        "passport.toml": _PASSPORT.format(sha256=digest).encode(),
        "roster.csv": roster_csv(people).encode(),
        "stories.toml": stories_toml().encode(),
    }


def main() -> None:
    """Make the files and print their sizes."""
    parser = argparse.ArgumentParser(description="Makes the demonstration's data.")
    parser.add_argument(
        "--out", type=Path, default=_ROOT / "src" / "vetting" / "demo_data", help="the folder"
    )
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with MariaDB.running() as server:
        made = build(server)
    for name, content in made.items():
        (out / name).write_bytes(content)
        print(f"{len(content):>9,} bytes  {out / name}")


if __name__ == "__main__":
    main()
