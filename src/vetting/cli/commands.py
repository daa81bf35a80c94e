"""The commands: each calls the library, prints what came of it, and returns the exit status.

What a command needs is imported when it runs, so that ``vetting --help`` answers at once.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vetting.cli.terminal import chosen_candidate, existing_store, open_console, show_progress

__all__ = [
    "run_demo",
    "run_fairness",
    "run_forecast",
    "run_ingest",
    "run_inspect",
    "run_lists",
    "run_passport",
    "run_refit",
    "run_screen",
    "run_show",
]


_UNFINISHED = ".unfinished"  # in the folder for the results: parts of a run that are done


def run_demo(options: argparse.Namespace) -> int:
    """Screen the invented cohort."""
    from vetting.demonstration import run_demo

    run_demo(Path(options.out), console=open_console())
    return 0


def run_inspect(options: argparse.Namespace) -> int:
    """Show what a file holds."""
    from vetting.readers.inspect import inspect
    from vetting.reports.printing import print_inspection

    found = inspect(options.file, profile=options.profile, control=options.control)
    print_inspection(found, console=open_console())
    return 0


def run_passport(options: argparse.Namespace) -> int:
    """Write a passport template."""
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


def run_ingest(options: argparse.Namespace) -> int:
    """Take a list into a store."""
    from vetting.ingestion import ListStore
    from vetting.records.passports import ListPassport
    from vetting.reports.printing import print_report

    passport = ListPassport.read(options.passport)
    with ListStore.open(options.store) as store, show_progress("Reading") as progress:
        report = store.ingest(
            options.file,
            passport,
            profile=options.profile,
            mapping=options.mapping,
            region=options.region,
            progress=progress,
            control=options.control,
        )
    print_report(
        report.list_id,
        report.accounts,
        report.completeness,
        held=report.already_held,
        console=open_console(),
    )
    return 0


def run_lists(options: argparse.Namespace) -> int:
    """Show what a store holds."""
    from vetting.ingestion import ListStore
    from vetting.reports.printing import print_lists

    with existing_store(options.store, ListStore) as store:
        print_lists(store, console=open_console())
    return 0


def run_screen(options: argparse.Namespace) -> int:
    """Screen a roster and write the results."""
    from attrs import evolve

    from vetting.evidence.policy import SurfacingPolicy
    from vetting.readers.roster import read_roster
    from vetting.reports.files import read_screening, write_screening
    from vetting.reports.printing import print_screening
    from vetting.screening import screen
    from vetting.store.folder import ShardFolder

    policy = SurfacingPolicy.read(options.policy) if options.policy else SurfacingPolicy()
    policy = evolve(policy, include_unsurfaced=options.include_unsurfaced or policy.include_unsurfaced)
    roster = read_roster(options.roster)
    earlier = read_screening(options.since) if options.since else None
    out = Path(options.out)
    if (out / _UNFINISHED).is_dir():
        print(f"Going on with a run that was stopped: {out / _UNFINISHED}", file=sys.stderr)
    with (
        existing_store(options.store, ShardFolder) as store,
        show_progress("Screening", unit="steps") as progress,
    ):
        screening = screen(
            roster,
            store,
            policy=policy,
            lists=options.list,
            engine=options.engine,
            earlier=earlier,
            checkpoint=out / _UNFINISHED,
            progress=progress and (lambda name, done, total: progress(done, total, f"Screening {name}")),
        )
        write_screening(screening, out, store=store, include_unsurfaced=policy.include_unsurfaced)
    print_screening(screening, out, console=open_console())
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Print the queue of a run again, or one of its candidates in full."""
    from vetting.reports.files import read_screening
    from vetting.reports.printing import print_screening
    from vetting.reports.terminal import print_candidate

    screening = read_screening(options.screening)
    if options.candidate is None:
        print_screening(screening, Path(options.screening), console=open_console())
        return 0
    chosen = chosen_candidate(screening, options)
    if chosen is None:
        return 2
    print_candidate(chosen, number=options.candidate, console=open_console())
    return 0


def run_forecast(options: argparse.Namespace) -> int:
    """Say before a run how many candidates chance alone would make."""
    from vetting.evidence.policy import SurfacingPolicy
    from vetting.forecasting import forecasts
    from vetting.ingestion import ListStore
    from vetting.readers.roster import read_roster

    policy = SurfacingPolicy.read(options.policy) if options.policy else None
    roster = read_roster(options.roster)
    with (
        existing_store(options.store, ListStore) as store,
        show_progress("Screening decoys", unit="decoys") as progress,
    ):
        for told in forecasts(
            roster,
            store,
            policy=policy,
            lists=options.list,
            decoys=options.decoys,
            seed=options.seed,
        ):
            if progress:
                progress(told.decoys, max(told.decoys, options.decoys))
    print(told.as_text())
    return 0


def run_fairness(options: argparse.Namespace) -> int:
    """Measure how often people who cannot be listed are surfaced, by group."""
    from vetting.evidence.policy import SurfacingPolicy
    from vetting.forecasting import error_rates
    from vetting.ingestion import ListStore
    from vetting.readers.roster import read_roster, read_roster_column

    policy = SurfacingPolicy.read(options.policy) if options.policy else None
    decoys = read_roster(options.decoys)
    groups = read_roster_column(options.decoys, options.group) if options.group else None
    with (
        existing_store(options.store, ListStore) as store,
        show_progress("Screening decoys", unit="lists") as progress,
    ):
        told = error_rates(
            decoys,
            store,
            group_of=None if groups is None else (lambda person: groups[person.id]),
            policy=policy,
            lists=options.list,
            progress=(lambda _list, done, total: progress(done, total)) if progress else None,
        )
    print(told.as_text())
    return 0


def run_refit(options: argparse.Namespace) -> int:
    """Fit the m probabilities on pairs that people have settled."""
    from pathlib import Path

    from vetting.evidence.refitting import read_settled, refit_weights
    from vetting.reports.files import read_screening

    answers = read_settled(options.settled)
    candidates = read_screening(options.screening).candidates
    same = [one for one in candidates if answers.get((one.applicant_id, one.list_id, one.account_id)) is True]
    fit = refit_weights(same)
    Path(options.out).write_text(fit.to_toml(), encoding="utf-8")
    print(
        f"Wrote {options.out}, fitted on {fit.pairs} pairs settled as the same person. "
        f"Use it with the line weights = {Path(options.out).name!r} in a policy beside it."
    )
    return 0
