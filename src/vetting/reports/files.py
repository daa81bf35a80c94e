"""The files of a screening run, written whole or not at all, and read back."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from attrs import evolve

from vetting.errors import InputError
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.results import Candidate
from vetting.evidence.screening_result import Coverage, ListCoverage, Screening
from vetting.graph.association import ShardSource
from vetting.graph.export import replace_file
from vetting.reports.page import screening_html

__all__ = ["read_screening", "write_screening"]

CANDIDATES_FILE = "candidates.jsonl"
COVERAGE_FILE = "coverage.json"
PAGE_FILE = "screening.html"
SCREENED_FILE = "screened.json"

# Line ends that JSON allows inside a string and that some programs take for the end of a line.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write_screening(
    screening: Screening,
    folder: str | os.PathLike[str],
    *,
    store: ShardSource | None = None,
    include_unsurfaced: bool = False,
) -> None:
    """Write ``candidates.jsonl``, ``coverage.json``, ``screened.json`` and ``screening.html`` into a folder.

    Nothing in them tells when they were written: the same run gives the same bytes. Each file is replaced
    whole, and only the owner may read it, since it holds personal data.

    Args:
        screening: The run.
        folder: Made if absent.
        store: For the graphs and passports on the page.
        include_unsurfaced: Write candidates that the policy did not surface too.

    Raises:
        InputError: The folder cannot be written.
    """
    kept = screening.candidates if include_unsurfaced else screening.surfaced
    ordered = evolve(screening, candidates=tuple(sorted(kept, key=_by_evidence)))
    folder = Path(folder)
    files = {
        CANDIDATES_FILE: "".join(f"{_json(item.as_dict())}\n" for item in ordered.candidates),
        COVERAGE_FILE: _json(_coverage(ordered), indent=2) + "\n",
        SCREENED_FILE: _json({"settings": screening.settings, "applicants": dict(screening.screened)}) + "\n",
        PAGE_FILE: screening_html(ordered, store),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            replace_file(folder / name, text)
    except OSError as error:
        raise InputError(
            folder, reason="the folder cannot be written", remedy="Give a folder that can, with room in it."
        ) from error


def read_screening(folder: str | os.PathLike[str]) -> Screening:
    """Read back what :func:`write_screening` wrote.

    The applicants' own records are not in the files; what was compared of them is in the evidence.

    Raises:
        InputError: A file is missing or is not such a file; the message names file and line.
    """
    folder = Path(folder)
    candidates = []
    for number, line in enumerate(_text(folder / CANDIDATES_FILE).split("\n"), start=1):
        if line:
            try:
                candidates.append(Candidate.from_dict(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise _unusable(folder / CANDIDATES_FILE, f"line {number}") from error
    try:
        about = json.loads(_text(folder / COVERAGE_FILE))
        policy = SurfacingPolicy(**about.pop("policy", {}))
        unsurfaced = about.pop("unsurfaced", 0)
        lists = tuple(ListCoverage(**item) for item in about.pop("lists", ()))
        not_tried = {person: tuple(kinds) for person, kinds in about.pop("not_tried", {}).items()}
        about |= {name: tuple(about.get(name, ())) for name in ("lists_not_tried", "notes")}
        coverage = Coverage(lists=lists, not_tried=not_tried, **about)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unusable(folder / COVERAGE_FILE, "") from error
    settings, screened = _screened(folder / SCREENED_FILE)
    return Screening(
        candidates=tuple(candidates),
        coverage=coverage,
        policy=policy,
        unsurfaced=unsurfaced,
        settings=settings,
        screened=screened,
    )


def _screened(path: Path) -> tuple[str, dict[str, str]]:
    """By what a later run knows who was screened; nothing where an older version wrote the folder."""
    if not path.exists():
        return "", {}
    try:
        about = json.loads(_text(path))
        return str(about["settings"]), {str(one): str(mark) for one, mark in about["applicants"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unusable(path, "") from error


def _by_evidence(candidate: Candidate) -> tuple[float, str, str, str]:
    return -candidate.bits, candidate.applicant_id, candidate.list_id, candidate.account_id


def _coverage(screening: Screening) -> dict[str, Any]:
    """The coverage, and the run's policy, without which its figures mean nothing."""
    return {
        **screening.coverage.as_dict(),
        "policy": screening.policy.as_dict(),
        "unsurfaced": screening.unsurfaced,
    }


def _json(data: dict[str, Any], *, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False).translate(_LINE_ENDS)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            path, reason="cannot be read", remedy="Give the folder that `vetting screen` wrote."
        ) from error
    except UnicodeDecodeError as error:
        raise _unusable(path, "") from error


def _unusable(path: Path, place: str) -> InputError:
    return InputError(
        path,
        place=place,
        reason="not what a screening run writes",
        remedy="Run `vetting screen` again; the file was changed since.",
    )
