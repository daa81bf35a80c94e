"""The command line, thin: parse, call, print.

Exit status: 0 done, 2 unusable input, with one line on stderr that names file, place and remedy.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: Words after the program's name; ``None`` for those of this process.

    Returns:
        The exit status.
    """
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except VettingError as error:
        print(f"vetting: {_one_line(str(error))}", file=sys.stderr)
        return 2
    except OSError as error:
        place = error.filename or "a file"
        print(
            f"vetting: {place}: {_one_line(error.strerror or 'cannot be used')}. Check the path.",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        print("vetting: stopped; the store is as it was.", file=sys.stderr)
        return 130
    return status


def _demo(options: argparse.Namespace) -> int:
    from vetting.demonstration import run_demo

    run_demo(Path(options.out), console=_console())
    return 0


def _inspect(options: argparse.Namespace) -> int:
    from vetting.readers.inspect import inspect
    from vetting.reports.printing import print_inspection

    print_inspection(inspect(options.file), console=_console())
    return 0


def _passport(options: argparse.Namespace) -> int:
    from vetting.records.passport_template import passport_template

    if options.out is None:
        print(passport_template(), end="")
        return 0
    path = Path(options.out)
    if path.exists():
        print(f"vetting: {path}: exists already. Give another path.", file=sys.stderr)
        return 2
    path.write_text(passport_template(), encoding="utf-8")
    print(f"Wrote {path}. Fill in every key, then: vetting ingest FILE --passport {path} --store DIR")
    return 0


def _ingest(options: argparse.Namespace) -> int:
    from vetting.ingestion import ListStore
    from vetting.records.passports import ListPassport
    from vetting.reports.printing import print_report

    passport = ListPassport.read(options.passport)
    with ListStore.open(options.store) as store, _progress("Reading") as progress:
        report = store.ingest(
            options.file,
            passport,
            profile=options.profile,
            mapping=options.mapping,
            region=options.region,
            progress=progress,
        )
    print_report(
        report.list_id,
        report.accounts,
        report.completeness,
        held=report.already_held,
        console=_console(),
    )
    return 0


def _lists(options: argparse.Namespace) -> int:
    from vetting.ingestion import ListStore
    from vetting.reports.printing import print_lists

    with _existing_store(options.store, ListStore) as store:
        print_lists(store, console=_console())
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    from vetting.ingestion import ListStore

    with _existing_store(options.store, ListStore) as store:
        store.withdraw(options.list)
    print(f"Withdrew {options.list}: its shard and everything derived from it are gone from the store.")
    return 0


def _screen(options: argparse.Namespace) -> int:
    from attrs import evolve

    from vetting.evidence.policy import SurfacingPolicy
    from vetting.ingestion import ListStore
    from vetting.readers.roster import read_roster
    from vetting.reports.files import write_screening
    from vetting.reports.printing import print_screening
    from vetting.screening import screen

    policy = SurfacingPolicy.read(options.policy) if options.policy else SurfacingPolicy()
    policy = evolve(policy, include_unsurfaced=options.include_unsurfaced or policy.include_unsurfaced)
    roster = read_roster(options.roster)
    with _existing_store(options.store, ListStore) as store, _progress("Screening", unit="lists") as progress:
        screening = screen(
            roster,
            store,
            policy=policy,
            lists=options.list,
            engine=options.engine,
            progress=(lambda _list, done, total: progress(done, total)) if progress else None,
        )
        write_screening(screening, options.out, store=store, include_unsurfaced=policy.include_unsurfaced)
    print_screening(screening, Path(options.out), console=_console())
    return 0


def _graph(options: argparse.Namespace) -> int:
    from vetting.graph import association_graph
    from vetting.ingestion import ListStore
    from vetting.reports.files import read_screening
    from vetting.reports.graph_page import write_graph_file

    screening = read_screening(options.screening)
    if not 1 <= options.candidate <= len(screening.candidates):
        print(
            f"vetting: {options.screening}: has {len(screening.candidates)} candidates. "
            "Give --candidate a number from 1 to that, in the order of the queue.",
            file=sys.stderr,
        )
        return 2
    chosen = screening.candidates[options.candidate - 1]
    with _existing_store(options.store, ListStore) as store:
        graph = association_graph(screening, store, hops=options.hops, candidates=[chosen])
    write_graph_file(graph, options.out)
    print(f"Wrote {options.out}: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vetting",
        description="Match applicants against lists, with evidence that a person can read and judge.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="screen a made-up cohort against a made-up forum")
    demo.add_argument("--out", default="demo-out", help="folder for the results (default: %(default)s)")
    demo.set_defaults(run=_demo)

    inspect = commands.add_parser("inspect", help="show what a file holds and what would be kept and dropped")
    inspect.add_argument("file", metavar="FILE")
    inspect.set_defaults(run=_inspect)

    ingest = commands.add_parser("ingest", help="take a list into a store")
    ingest.add_argument("file", metavar="FILE")
    ingest.add_argument("--passport", required=True, metavar="P.toml", help="the list's passport")
    ingest.add_argument("--store", required=True, metavar="DIR", help="the store's folder, made if absent")
    ingest.add_argument(
        "--profile", metavar="NAME", help="a forum profile's name or file; default: detect it"
    )
    ingest.add_argument("--mapping", metavar="M.toml", help="which column of a table is what")
    ingest.add_argument(
        "--region", default="GB", help="country of national phone numbers (default: %(default)s)"
    )
    ingest.set_defaults(run=_ingest)

    passport = commands.add_parser("passport", help="write a passport template with comments")
    passport.add_argument("--out", metavar="P.toml", help="the file to write; default: print it")
    passport.set_defaults(run=_passport)

    lists = commands.add_parser("lists", help="show the lists that a store holds")
    lists.add_argument("--store", required=True, metavar="DIR")
    lists.set_defaults(run=_lists)

    withdraw = commands.add_parser("withdraw", help="remove a list and everything derived from it")
    withdraw.add_argument("list", metavar="ID")
    withdraw.add_argument("--store", required=True, metavar="DIR")
    withdraw.set_defaults(run=_withdraw)

    screen = commands.add_parser("screen", help="screen a roster against the lists of a store")
    screen.add_argument("roster", metavar="ROSTER")
    screen.add_argument("--store", required=True, metavar="DIR")
    screen.add_argument("--out", required=True, metavar="OUT", help="folder for the results")
    screen.add_argument("--list", action="append", metavar="ID", help="only this list; may be repeated")
    screen.add_argument("--policy", metavar="P.toml", help="a surfacing policy")
    screen.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    screen.add_argument(
        "--include-unsurfaced", action="store_true", help="also write pairs that the policy does not surface"
    )
    screen.set_defaults(run=_screen)

    graph = commands.add_parser("graph", help="write the association graph of a candidate")
    graph.add_argument("--store", required=True, metavar="DIR")
    graph.add_argument("--screening", required=True, metavar="OUT", help="the folder that screen wrote")
    graph.add_argument("--candidate", required=True, type=int, metavar="N", help="its number in the queue")
    graph.add_argument("--hops", type=int, default=1)
    graph.add_argument(
        "--out", required=True, metavar="FILE", help="an .html, .svg, .graphml, .gexf or .json file"
    )
    graph.set_defaults(run=_graph)
    return parser


def _existing_store(path: str, store: Any) -> Any:
    """Open a store that must be there: a mistyped path must not become a new, empty one."""
    if not Path(path).is_dir():
        from vetting.errors import StoreError

        raise StoreError(f"{path}: there is no store. Give the folder that `vetting ingest` wrote.")
    return store.open(path)


def _console() -> Console:
    from rich.console import Console

    return Console(soft_wrap=False)


@contextmanager
def _progress(what: str, *, unit: str = "bytes") -> Iterator[Any]:
    """Show a progress bar on stderr, if a person is looking; else give ``None``."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    amount = DownloadColumn() if unit == "bytes" else MofNCompleteColumn()
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        amount,
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _one_line(text: str) -> str:
    return " ".join(text.split())
