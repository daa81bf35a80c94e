"""The peers of the quality benchmark: RapidFuzz ratios here, logic-v2 and Splink in environments of their own.

The environments are named by ``VETTING_PEERS_NK`` and ``VETTING_PEERS_SPLINK`` (folders of virtual
environments with ``nomenklatura``, and with ``splink`` and ``recordlinkage``); without one, its peers are
reported as absent.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist
from rapidfuzz.utils import default_process

__all__ = ["NAME_PEERS", "logic_v2", "peer_python", "run_splink"]

Floats = npt.NDArray[np.float64]
_HERE = Path(__file__).resolve().parent
_DEFAULTS = {"VETTING_PEERS_NK": "../peers-nk", "VETTING_PEERS_SPLINK": "../peers-splink"}


def _ratio(scorer: Callable[..., float], scale: float) -> Callable[[Sequence[str], Sequence[str]], Floats]:
    def scores(left: Sequence[str], right: Sequence[str]) -> Floats:
        # Lower-cased and without punctuation: the library's own advice for its ratios.
        left, right = [default_process(text) for text in left], [default_process(text) for text in right]
        return np.asarray(cpdist(left, right, scorer=scorer, dtype=np.float32), np.float64) / scale

    return scores


NAME_PEERS = {
    "WRatio": _ratio(fuzz.WRatio, 100.0),
    "token_sort_ratio": _ratio(fuzz.token_sort_ratio, 100.0),
    "Jaro-Winkler": _ratio(JaroWinkler.similarity, 1.0),
}


def peer_python(variable: str) -> Path | None:
    """The Python of a peer's environment; ``None`` when absent."""
    folder = Path(os.environ.get(variable, _DEFAULTS[variable]))
    folder = folder if folder.is_absolute() or folder.exists() else _HERE.parent / folder
    python = folder / "bin" / "python"
    return python.absolute() if python.exists() else None


def logic_v2(pairs: Sequence[tuple[dict[str, str], dict[str, str]]]) -> Floats | None:
    """Scores of logic-v2 at its own configuration; ``None`` when it is not installed."""
    python = peer_python("VETTING_PEERS_NK")
    if python is None:
        return None
    lines = "\n".join(json.dumps(pair, ensure_ascii=False) for pair in pairs)
    done = subprocess.run(
        [python, _HERE / "quality_nk_runner.py"],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
    )
    return np.array([float(line) for line in done.stdout.split()])


def run_splink(*arguments: str) -> str | None:
    """Run the Splink runner; what it printed last, or ``None`` when it is not installed."""
    python = peer_python("VETTING_PEERS_SPLINK")
    if python is None:
        return None
    done = subprocess.run(
        [python, _HERE / "quality_splink_runner.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if done.returncode:
        return "failed: " + (done.stderr.strip().splitlines() or ["?"])[-1][:160]
    return done.stdout.strip().splitlines()[-1]
