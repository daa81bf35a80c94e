"""Finished parts of a run that may be stopped: kept in a folder, and taken up by the same run again."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import asdict

from vetting.errors import InputError
from vetting.evidence.results import Candidate
from vetting.evidence.screening_result import ListCoverage, ListResult
from vetting.graph.export import replace_file

__all__ = ["Unfinished"]

Floats = npt.NDArray[np.float64]


class Unfinished:
    """Parts of a run, each under a fingerprint of all that it depends on.

    Args:
        folder: Where they are kept; made when there is a first one. ``None`` keeps nothing.

    Attributes:
        taken_up: How many parts were found done.

    Raises:
        InputError: A part cannot be written, as on a full disk; from what writes it.
    """

    def __init__(self, folder: str | os.PathLike[str] | None) -> None:
        self._folder = Path(folder) if folder is not None else None
        self.taken_up = 0

    def list_result(self, key: str) -> ListResult | None:
        """Return what was found on a list, if that was done."""
        data = self._read(key)
        if data is None:
            return None
        try:
            candidates = tuple(Candidate.from_dict(item) for item in data["candidates"])
            result = ListResult(candidates=candidates, coverage=ListCoverage(**data["coverage"]))
        except (KeyError, TypeError, ValueError):
            return None
        self.taken_up += 1
        return result

    def keep_list_result(self, key: str, result: ListResult) -> None:
        """Keep what was found on a list."""
        candidates = [one.as_dict() for one in result.candidates]
        self._write(key, {"candidates": candidates, "coverage": asdict(result.coverage)})

    def bits(self, key: str) -> Floats | None:
        """Return the bits of decoys' pairs, if they were screened."""
        data = self._read(key)
        try:
            found = None if data is None else np.array(data["bits"], np.float64)
        except (KeyError, TypeError, ValueError):
            return None
        self.taken_up += found is not None
        return found

    def keep_bits(self, key: str, bits: Floats) -> None:
        """Keep the bits of decoys' pairs."""
        self._write(key, {"bits": bits.tolist()})

    def finish(self) -> None:
        """Remove the folder: the run is done."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _read(self, key: str) -> dict[str, Any] | None:
        if self._folder is None:
            return None
        try:
            data = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None  # not done, or not done to its end: it is done again
        return data if isinstance(data, dict) else None

    def _write(self, key: str, data: dict[str, Any]) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(self._folder / f"{key}.json", json.dumps(data))
        except OSError as error:
            raise InputError(
                self._folder,
                reason="a finished part of the run cannot be written",
                remedy="Make room, and run the same command again: it goes on from the parts before.",
            ) from error
