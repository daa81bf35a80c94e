"""Executes every example of README, docs and docstrings, so that no document can lie for long.

In documents, beside Python:

* ``sh`` blocks: lines that start with ``vetting`` are run, and must end with status 0;
* a block under ``<!-- file: NAME -->`` is written to that file;
* a block under ``<!-- printed -->`` must be what the last ``sh`` block printed, ``...`` standing for lines
  left out.

Every document starts in a folder of its own that holds the demonstration's files: ``roster.csv``,
``list.toml`` (the passport) and ``dump.sql.gz``.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
from collections.abc import Iterable
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from doctest import ELLIPSIS
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sybil import Document, Example, Region, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parent
DEMO = ROOT / "src" / "vetting" / "demo_data"
DEMO_FILES = {"roster.csv": "roster.csv", "passport.toml": "list.toml", "forum.sql.gz": "dump.sql.gz"}

_MARKED = re.compile(
    r"^<!-- (?P<mark>file: (?P<file>[\w.]+)|printed) -->\n```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a third party name an engine for the conformance suite."""
    parser.addoption(
        "--engine", action="append", default=[], help="package.module:Class of an engine of your own"
    )


def _enter(namespace: dict[str, Any]) -> None:
    """Give the document a folder of its own."""
    left = ExitStack()
    folder = Path(left.enter_context(TemporaryDirectory(prefix="vetting-docs-")))
    for source, target in DEMO_FILES.items():
        shutil.copyfile(DEMO / source, folder / target)
    left.enter_context(chdir(folder))
    columns = os.environ.get("COLUMNS")
    left.callback(_columns, columns)
    _columns("120")
    namespace["_document"] = left


def _columns(wanted: str | None) -> None:
    if wanted is None:
        os.environ.pop("COLUMNS", None)
    else:
        os.environ["COLUMNS"] = wanted


def _leave(namespace: dict[str, Any]) -> None:
    namespace["_document"].close()
    _forget(namespace)


def _forget(namespace: dict[str, Any]) -> None:
    """Let go of what the examples made: an engine that lives until the end complains of it."""
    namespace.clear()


def _run(example: Example) -> str | None:
    """Run the lines of a shell block that start with ``vetting``."""
    from vetting.cli import main

    printed = io.StringIO()
    for line in example.parsed.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] != ["vetting"]:
            continue
        errors = io.StringIO()
        with redirect_stdout(printed), redirect_stderr(errors):
            status = main(words[1:])
        if status:
            return f"{line}\nended with status {status}: {errors.getvalue()}"
    example.namespace["_printed"] = printed.getvalue()
    return None


def _marked_blocks(document: Document) -> Iterable[Region]:
    """Find blocks under a mark."""
    for found in _MARKED.finditer(document.text):
        yield Region(found.start(), found.end(), parsed=found, evaluator=_marked)


def _marked(example: Example) -> str | None:
    found: re.Match[str] = example.parsed
    if found["file"]:
        Path(found["file"]).write_text(found["text"], encoding="utf-8")
        return None
    printed = [line.rstrip() for line in example.namespace["_printed"].splitlines()]
    for line in found["text"].splitlines():
        if line.strip() and line.strip() != "..." and line.rstrip() not in printed:
            return f"{line!r} was not printed, but:\n" + "\n".join(printed)
    return None


_documents = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        CodeBlockParser(language="sh", evaluator=_run),
        _marked_blocks,
    ],
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
    excludes=["docs/reference/api/*.md", "docs/_build/*"],
    setup=_enter,
    teardown=_leave,
)
_docstrings = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS)],
    patterns=["src/vetting/*.py", "src/vetting/*/*.py", "src/vetting/*/*/*.py"],
    teardown=_forget,
)

pytest_collect_file = (_documents + _docstrings).pytest()
