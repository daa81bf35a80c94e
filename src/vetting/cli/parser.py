"""The words of the command line: commands, options and their help."""

from __future__ import annotations

import argparse

from vetting.cli import commands, graph_commands, store_commands

__all__ = ["parser"]

_PROFILE = (
    "the format of an export (telegram, maigret), or a forum profile's name, its TOML file, or a folder of them; "
    "default: detect it"
)
_CONTROL = (
    "the same account finder's output for a made-up handle; repeat for three handles at least: sites that find one "
    "are dropped"
)


def parser() -> argparse.ArgumentParser:
    """Build the parser; each command's function is in ``run``."""
    words = argparse.ArgumentParser(
        prog="vetting",
        description="Match applicants against lists, with evidence that a person can read and judge.",
    )
    known = words.add_subparsers(title="commands", required=True, metavar="COMMAND")

    demo = known.add_parser("demo", help="screen a made-up cohort against a made-up forum")
    demo.add_argument("--out", default="demo-out", help="folder for the results (default: %(default)s)")
    demo.set_defaults(run=commands.run_demo)

    inspect = known.add_parser("inspect", help="show what a file holds and what would be kept and dropped")
    inspect.add_argument("file", metavar="FILE")
    inspect.add_argument("--profile", metavar="NAME", help=_PROFILE)
    inspect.add_argument("--control", action="append", default=[], metavar="FILE", help=_CONTROL)
    inspect.set_defaults(run=commands.run_inspect)

    ingest = known.add_parser("ingest", help="take a list into a store")
    ingest.add_argument("file", metavar="FILE")
    ingest.add_argument("--passport", required=True, metavar="P.toml", help="the list's passport")
    ingest.add_argument("--store", required=True, metavar="DIR", help="the store's folder, made if absent")
    ingest.add_argument("--profile", metavar="NAME", help=_PROFILE)
    ingest.add_argument("--control", action="append", default=[], metavar="FILE", help=_CONTROL)
    ingest.add_argument("--mapping", metavar="M.toml", help="which column of a table is what")
    ingest.add_argument(
        "--region", default="GB", help="country of national phone numbers (default: %(default)s)"
    )
    ingest.set_defaults(run=commands.run_ingest)

    passport = known.add_parser("passport", help="write a passport template with comments")
    passport.add_argument("--out", metavar="P.toml", help="the file to write; default: print it")
    passport.set_defaults(run=commands.run_passport)

    lists = known.add_parser("lists", help="show the lists that a store holds")
    lists.add_argument("--store", required=True, metavar="DIR")
    lists.set_defaults(run=commands.run_lists)

    _withdraw(known)
    store = known.add_parser("store", help="look after a store: check it, withdraw a list")
    kept = store.add_subparsers(title="commands", required=True, metavar="COMMAND")
    check = kept.add_parser("check", help="verify that every list is whole and as it was written")
    check.add_argument("--store", required=True, metavar="DIR")
    check.add_argument("--list", action="append", metavar="ID", help="only this list; may be repeated")
    check.set_defaults(run=store_commands.run_check)
    _withdraw(kept)

    screen = known.add_parser("screen", help="screen a roster against the lists of a store")
    screen.add_argument("roster", metavar="ROSTER")
    screen.add_argument("--store", required=True, metavar="DIR")
    screen.add_argument("--out", required=True, metavar="OUT", help="folder for the results")
    screen.add_argument("--list", action="append", metavar="ID", help="only this list; may be repeated")
    screen.add_argument("--policy", metavar="P.toml", help="a surfacing policy")
    screen.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    screen.add_argument(
        "--since", metavar="OUT", help="results of an earlier run: only what is new since is screened"
    )
    screen.add_argument(
        "--include-unsurfaced", action="store_true", help="also write pairs that the policy does not surface"
    )
    screen.set_defaults(run=commands.run_screen)

    show = known.add_parser("show", help="show a run's queue again, or one candidate in full")
    show.add_argument("--screening", required=True, metavar="OUT", help="the folder that screen wrote")
    show.add_argument(
        "--candidate", type=int, metavar="N", help="its number in the queue; default: the queue"
    )
    show.set_defaults(run=commands.run_show)

    _one_candidate(known)

    forecast = known.add_parser(
        "forecast", help="say before a run how many candidates chance alone would make of it"
    )
    forecast.add_argument("roster", metavar="ROSTER")
    forecast.add_argument("--store", required=True, metavar="DIR")
    forecast.add_argument("--list", action="append", metavar="ID", help="only this list; may be repeated")
    forecast.add_argument("--policy", metavar="P.toml", help="a surfacing policy")
    forecast.add_argument(
        "--decoys",
        type=_positive,
        default=10_000,
        metavar="N",
        help="invented people to screen, at least (default: %(default)s)",
    )
    forecast.add_argument(
        "--seed", type=_natural, default=0, metavar="N", help="another number, other decoys (default: 0)"
    )
    forecast.set_defaults(run=commands.run_forecast)

    fairness = known.add_parser(
        "fairness", help="measure by group how often people who cannot be listed are surfaced"
    )
    fairness.add_argument("decoys", metavar="DECOYS", help="a roster of people who cannot be listed")
    fairness.add_argument("--store", required=True, metavar="DIR")
    fairness.add_argument(
        "--group", metavar="COLUMN", help="column that says the group; default: the script of the name"
    )
    fairness.add_argument("--list", action="append", metavar="ID", help="only this list; may be repeated")
    fairness.add_argument("--policy", metavar="P.toml", help="a surfacing policy")
    fairness.set_defaults(run=commands.run_fairness)

    refit = known.add_parser("refit", help="fit the m probabilities on pairs that people have settled")
    refit.add_argument("settled", metavar="SETTLED", help="CSV: applicant_id,list_id,account_id,same_person")
    refit.add_argument("--screening", required=True, metavar="OUT", help="the folder that screen wrote")
    refit.add_argument("--out", required=True, metavar="WEIGHTS.toml", help="the file to write")
    refit.set_defaults(run=commands.run_refit)
    return words


def _withdraw(known: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    withdraw = known.add_parser("withdraw", help="remove a list and everything derived from it")
    withdraw.add_argument("list", metavar="ID")
    withdraw.add_argument("--store", required=True, metavar="DIR")
    withdraw.set_defaults(run=store_commands.run_withdraw)


def _one_candidate(known: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands that are about one candidate of a run."""
    graph = known.add_parser("graph", help="write the association graph of a candidate")
    dossier = known.add_parser(
        "dossier", help="write the dossier of a candidate: one page to read, print and keep"
    )
    for command in (graph, dossier):
        command.add_argument("--store", required=True, metavar="DIR")
        command.add_argument("--screening", required=True, metavar="OUT", help="the folder that screen wrote")
        command.add_argument(
            "--candidate", required=True, type=int, metavar="N", help="its number in the queue"
        )
        command.add_argument(
            "--hops",
            type=_natural,
            default=1,
            metavar="N",
            help="relations away from the account (default: 1)",
        )
    graph.add_argument(
        "--kind", action="append", metavar="KIND", help="only relations of this kind; may be repeated"
    )
    graph.add_argument(
        "--since", default="", metavar="DATE", help="only what was still there then, or came later"
    )
    graph.add_argument("--until", default="", metavar="DATE", help="only what had begun by then")
    graph.add_argument(
        "--hub-cap",
        type=_positive,
        default=200,
        metavar="N",
        help="relations beyond which a node is a hub and not followed (default: %(default)s)",
    )
    graph.add_argument(
        "--out",
        required=True,
        metavar="FILE",
        help="an .html, .svg, .png, .graphml, .gexf, .json, .cyjs, .ftm.json, .stix.json, .csv or .anx file",
    )
    graph.set_defaults(run=graph_commands.run_graph)
    dossier.add_argument(
        "--without",
        action="append",
        type=_numbers,
        default=[],
        metavar="N[,N]",
        help="numbers of evidence to leave out when the page opens; may be repeated",
    )
    dossier.add_argument(
        "--roster", metavar="ROSTER", help="what the applicant gave, to follow chains of identity from there"
    )
    dossier.add_argument(
        "--settled", metavar="SETTLED", help="CSV: applicant_id,list_id,account_id,same_person; the same"
    )
    dossier.add_argument(
        "--explore", action="store_true", help="add a graph to move and ask, by a script inside the page"
    )
    dossier.add_argument("--out", required=True, metavar="FILE.html", help="the page to write")
    dossier.set_defaults(run=graph_commands.run_dossier)


def _numbers(text: str) -> list[int]:
    try:
        return [_positive(part) for part in text.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError("give whole numbers from 1, with commas between them") from error


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a whole number from 1")
    return number


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("give a whole number from 0")
    return number
