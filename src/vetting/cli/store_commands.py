"""The commands that look after a store: check it, and withdraw a list from it."""

from __future__ import annotations

import argparse
import sys

from vetting.cli.terminal import existing_store, open_console

__all__ = ["run_check", "run_withdraw"]


def run_check(options: argparse.Namespace) -> int:
    """Verify the lists of a store: a table where all is right, else a line for each fault."""
    from vetting.ingestion import ListStore
    from vetting.reports.printing import print_check

    with existing_store(options.store, ListStore) as store:
        found = store.check(lists=options.list)
    for fault in found.faults:
        print(f"vetting: {fault}", file=sys.stderr)
    if found.faults:
        return 2
    print_check(found, console=open_console())
    return 0


def run_withdraw(options: argparse.Namespace) -> int:
    """Remove a list from a store."""
    from vetting.evidence.words import counted
    from vetting.ingestion import ListStore

    with existing_store(options.store, ListStore) as store:
        gone = store.withdraw(options.list)
        left = len(store.lists())
    print(
        f"Withdrew {gone.id} ({counted(gone.accounts, 'account')}): its shard {gone.folder} and everything derived "
        f"from it are gone from the store, which holds {counted(left, 'list')} now."
    )
    return 0
