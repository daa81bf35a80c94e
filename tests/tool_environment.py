"""An environment of its own for a tool from PyPI that cannot live beside the library: made once, kept in the user's cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["ToolError", "tool_python"]


class ToolError(RuntimeError):
    """The tool cannot be installed; the text is the end of what pip said."""


def tool_python(*requirements: str) -> Path:
    """Return the Python of an environment that has these, made if there is none.

    Args:
        requirements: As pip takes them.

    Raises:
        ToolError: It cannot be made or filled.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vetting-tests"
    name = hashlib.sha256(" ".join([sys.version, *requirements]).encode()).hexdigest()[:12]
    folder = cache / f"{requirements[0].partition('=')[0].strip('~<>!')}-{name}"
    python = folder / "bin" / "python"
    if python.exists():
        return python
    # Made under a name of its own and renamed: two sessions may do so at once, and a stopped one leaves nothing half.
    making = folder.with_name(f"{folder.name}.{os.getpid()}")
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    try:
        for command in (
            [sys.executable, "-m", "venv", str(making)],
            [str(making / "bin" / "python"), "-m", "pip", "install", "-q", *requirements],
        ):
            done = subprocess.run(
                command, env=quiet, capture_output=True, text=True, timeout=600, check=False
            )
            if done.returncode:
                raise ToolError((done.stdout + done.stderr).strip()[-400:])
        making.rename(folder)
    except (OSError, subprocess.TimeoutExpired) as error:
        if not python.exists():
            raise ToolError(str(error)) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return python
