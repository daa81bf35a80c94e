"""The command line, thin: parse, call, print.

Exit status: 0 done, 2 unusable input, with one line on stderr that names file, place and remedy.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from vetting.cli.parser import parser as _parser
from vetting.errors import VettingError

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


def _one_line(text: str) -> str:
    return " ".join(text.split())
