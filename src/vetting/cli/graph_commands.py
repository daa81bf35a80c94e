"""The commands for one candidate of a run: its association graph, and its dossier."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from vetting.cli.terminal import chosen_candidate, existing_store

if TYPE_CHECKING:
    from vetting.evidence.screening_result import Screening

__all__ = ["run_dossier", "run_graph"]


def run_graph(options: argparse.Namespace) -> int:
    """Write a candidate's graph."""
    from vetting.graph import association_graph
    from vetting.ingestion import ListStore
    from vetting.reports.files import read_screening
    from vetting.reports.graph_page import write_graph_file

    screening = read_screening(options.screening)
    chosen = chosen_candidate(screening, options)
    if chosen is None:
        return 2
    with existing_store(options.store, ListStore) as store:
        graph = association_graph(
            screening,
            store,
            candidates=[chosen],
            hops=options.hops,
            hub_cap=options.hub_cap,
            kinds=options.kind,
            since=options.since,
            until=options.until,
        )
    written = write_graph_file(graph, options.out)
    print(
        f"Wrote {' and '.join(map(str, written))}: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges."
    )
    return 0


def run_dossier(options: argparse.Namespace) -> int:
    """Write a candidate's dossier."""
    from vetting.graph.chains import identity_chains
    from vetting.ingestion import ListStore
    from vetting.reports.dossier import Dossier, write_dossier
    from vetting.reports.files import read_screening

    screening = read_screening(options.screening)
    chosen = chosen_candidate(screening, options)
    if chosen is None:
        return 2
    held = len(chosen.evidence)
    without = [number for numbers in options.without for number in numbers]
    if any(number > held for number in without):
        print(
            f"vetting: {options.screening}: candidate {options.candidate} has {held} items of evidence. "
            "Give --without their numbers, from 1 to that, as the dossier shows them.",
            file=sys.stderr,
        )
        return 2
    with existing_store(options.store, ListStore) as store:
        dossier = Dossier(
            screening=screening,
            store=store,
            number=options.candidate,
            hops=options.hops,
            explore=options.explore,
            chains=identity_chains(_about(options, screening), store, settled=_settled(options, screening)),
            without=frozenset(without),
        )
        write_dossier(dossier, options.out)
        told = dossier.standing()
    print(f"Wrote {options.out}: the dossier of candidate {options.candidate}.")
    if told is not None:
        print(f"Without what you left out: {told.bits:+.1f} bits. {told.sentence}")
    return 0


def _about(options: argparse.Namespace, screening: Screening) -> Screening:
    """The run with the record of this candidate's applicant alone, if there is a roster to take it from."""
    from attrs import evolve

    from vetting.readers.roster import read_roster

    wanted = screening.candidates[options.candidate - 1].applicant_id
    people = read_roster(options.roster) if options.roster else ()
    return evolve(screening, applicants={one.id: one for one in people if one.id == wanted})


def _settled(options: argparse.Namespace, screening: Screening) -> list[tuple[str, str, str]]:
    """What people have settled of this applicant as the same person."""
    from vetting.evidence.refitting import read_settled

    wanted = screening.candidates[options.candidate - 1].applicant_id
    answers = read_settled(options.settled) if options.settled else {}
    return [pair for pair, same in answers.items() if same and pair[0] == wanted]
