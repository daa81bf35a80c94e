"""Reads the outputs of an account finder about made-up handles: a site that finds one of them finds anybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from os import PathLike
from pathlib import Path

from vetting.errors import InputError
from vetting.readers.archives import Member
from vetting.readers.exports.answers import FEWEST_CONTROLS, Controls
from vetting.readers.exports.formats import ExportFormat
from vetting.readers.exports.gathering import Gathering
from vetting.readers.files import file_sha256

__all__ = ["hashes_of", "not_account_finder", "read_controls"]

_FINDER = "account-finder"


def read_controls(
    path: Path,
    tools: Collection[ExportFormat],
    outputs: Sequence[tuple[Path, Mapping[str, Sequence[Member]]]],
) -> dict[str, Controls]:
    """Read the controls of a list's file.

    Args:
        path: The list's file.
        tools: The formats in it.
        outputs: Each control's path, and its files by the name of their format.

    Returns:
        By format: what the tool answered about the made-up handles. Nothing without a control.

    Raises:
        InputError: The list is no account finder's output, a control is of another tool, or a tool was asked for
            fewer than three made-up handles.
    """
    finders = {one.name: one for one in tools if one.family == _FINDER}
    if outputs and not finders:
        raise not_account_finder(path)
    gathered = {name: Gathering() for name in finders}
    used: set[str] = set()
    for where, found in outputs:
        if not found or set(found) - set(finders):
            raise InputError(
                where,
                reason=f"this control is no output of {' or '.join(sorted(finders))}, as the list is",
                remedy="Hand in what the same tool wrote about a made-up handle. Where it wrote an empty file, since it "
                "found nothing, take its CSV, which names every site that was asked.",
            )
        for name, members in found.items():
            used.add(name)
            for _, told in finders[name].read(members, gathered[name]):
                if told.truncated:
                    raise InputError(
                        where,
                        reason="this control ends before its end",
                        remedy="Hand in a whole one: a site that is missing in it would seem to be trustworthy.",
                    )
    controls = {name: gathered[name].answers.as_controls() for name in sorted(used)}
    for name, one in controls.items():
        if len(one.handles) < FEWEST_CONTROLS:
            raise InputError(
                path,
                reason=f"the controls of {name} are about {len(one.handles)} different handles, and at least "
                f"{FEWEST_CONTROLS} are needed",
                remedy=f"Run {name} for more made-up handles and give each output with --control. A JSON or text report "
                "in which nothing was found does not name its handle: take the CSV.",
            )
    return controls


def not_account_finder(path: str | PathLike[str]) -> InputError:
    """The error of a list to which controls mean nothing."""
    return InputError(
        path,
        reason="a control is given, and this is no account finder's output that is known",
        remedy="Leave --control out, or say with --profile which tool wrote the file.",
    )


def hashes_of(control: Sequence[str | PathLike[str]]) -> tuple[str, ...]:
    """Return the SHA-256 of controls, sorted: the same ones in another order are the same.

    Raises:
        InputError: One cannot be opened.
    """
    return tuple(sorted({file_sha256(one) for one in control}))
