"""Sphinx: reference pages are made from the code, so that they cannot differ from it."""

from __future__ import annotations

import shutil
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

import vetting  # noqa: E402

project = "vetting"
author = "The vetting authors"
project_copyright = author
version = release = vetting.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"vetting {release}"
html_show_sourcelink = False
language = "en-GB"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_custom_sections = [("Source", "notes_style"), ("Cost", "notes_style")]
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100

# Nothing is fetched to build these pages, so names of other packages lead nowhere. Neither do a module's own
# aliases for array types, nor private names in signatures.
nitpick_ignore_regex = [
    (
        r"py:.*",
        r"(pyarrow|pa|numpy|np|npt|networkx|nx|rich|duckdb|attrs|collections|pathlib|datetime|date)(\..*)?",
    ),
    (r"py:.*", r"(enum|os|typing|types|argparse|re|contextlib|functools|pyspark)(\..*)?"),
    (
        r"py:.*",
        r"(PathLike|Path|Sequence|Mapping|Iterable|Iterator|Callable|StrEnum|IntEnum|Protocol|Any|Self)",
    ),
    (
        r"py:.*",
        r"(TracebackType|NDArray|Literal|Console|Table|Text|SparkSession|DataFrame|BaseException|Exception|ValueError|.*Error)",
    ),
    (r"py:data", r"[A-Z_]+"),  # constants without a text of their own
    (
        r"py:.*",
        r"(Ints|Bits|Floats|Shares|Hashes|Codes|Weighed|Check|Progress|IdentifierAt|Row|Given|GivenMany)",
    ),
]

SHOWN_ELSEWHERE = {id(getattr(vetting, name)) for name in vetting.__all__ if hasattr(vetting, name)}


def _own(module):
    """Names that a module offers and that no other page describes."""
    names = []
    for name in getattr(module, "__all__", ()):
        value = getattr(module, name, None)
        if id(value) in SHOWN_ELSEWHERE or getattr(value, "__module__", module.__name__) != module.__name__:
            continue
        names.append(name)
    return names


def _section(name, level):
    module = import_module(name)
    own = _own(module)
    lines = [f"{'#' * level} `{name}`", "", "```{eval-rst}", f".. automodule:: {name}"]
    if own:
        lines.append(f"   :members: {', '.join(own)}")
    return "\n".join([*lines, "```", ""])


def _room_page(room):
    module = import_module(room)
    parts = [_section(room, 1)]
    if hasattr(module, "__path__"):
        parts += [_section(found.name, 2) for found in walk_packages(module.__path__, room + ".")]
    return "\n".join(parts)


def _weights_page():
    from vetting.evidence.scoring import EVIDENCE_RULES
    from vetting.evidence.weights import WEIGHTS
    from vetting.evidence.words import KIND_TITLES

    lines = [
        "# Table of weights",
        "",
        "Made from `vetting.evidence.weights`. *m* is the probability of the outcome when both records are of",
        "one person; *wider* is how many bits likelier a chance agreement of this kind is than agreement on the",
        "shared text itself; *at most* limits the bits. [How the bits are computed](../../explanation/"
        "how-the-bits-are-computed.md) says how they are used.",
        "",
    ]
    for kind, rules in EVIDENCE_RULES.items():
        lines += [f"## {KIND_TITLES[kind].capitalize()}", "", "| rule | level | m | wider | at most |"]
        lines += ["| --- | --- | ---: | ---: | ---: |"]
        for rule in rules:
            weight = WEIGHTS[kind][rule.key]
            most = "" if weight.at_most is None else f"{weight.at_most:g}"
            wider = f"{weight.wider:g}" if weight.wider else ""
            lines.append(f"| {rule.text} | {rule.level.name.lower()} | {weight.m:g} | {wider} | {most} |")
        lines.append("")
    return "\n".join(lines)


def _make_reference():
    folder = HERE / "reference" / "api"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for room in sorted(
        entry.stem
        for entry in (HERE.parent / "src" / "vetting").iterdir()
        if (entry.suffix == ".py" and not entry.stem.startswith("__")) or (entry / "__init__.py").exists()
    ):
        (folder / f"{room}.md").write_text(_room_page(f"vetting.{room}"), encoding="utf-8")
    (folder / "weights.md").write_text(_weights_page(), encoding="utf-8")


_make_reference()


def _literal_blocks(app, what, name, obj, options, lines):
    """Show an indented block of a module's docstring as it is written."""
    if what != "module":
        return
    above = ""
    made = []
    for place, line in enumerate(lines):
        opens = line.startswith("    ") and place and not lines[place - 1]
        if opens and above and not above.startswith((" ", "*", ".")) and not above.endswith("::"):
            made += ["::", ""]
        made.append(line)
        above = line or above
    lines[:] = made


def _keep(app, what, name, obj, options, lines):
    """Remember the text of a property or constant: napoleon takes the words before a colon for a type."""
    if what in {"property", "data", "attribute"}:
        app.env.temp_data["vetting_property"] = list(lines)


def _undo_types(app, what, name, obj, options, lines):
    """Give back to the text what napoleon took for a type; ours stand in the signature."""
    if what in {"property", "data", "attribute"}:
        lines[:] = app.env.temp_data.pop("vetting_property", lines)
        return
    for place, line in enumerate(lines):
        if line.startswith(":rtype:"):
            words = line.removeprefix(":rtype:").strip()
            for other, text in enumerate(lines):
                if text.startswith(":returns:"):
                    lines[other] = f":returns: {words}: {text.removeprefix(':returns:').strip()}"
                    del lines[place]
                    return


def _by_last_name(app, env, node, contnode):
    """Resolve a name of ours that a docstring gives without its module."""
    if node.get("refdomain") != "py":
        return None
    domain = env.domains["py"]
    last = node["reftarget"].rsplit(".", 1)[-1]
    found = [
        name
        for name, entry in domain.objects.items()
        if name.rsplit(".", 1)[-1] == last and not entry.aliased
    ]
    if len(found) != 1:
        home = node.get("py:module")
        # Something of the module that no page shows: its name stands there without a link.
        return contnode if home and hasattr(import_module(home), last) else None
    return domain.resolve_xref(env, node["refdoc"], app.builder, node["reftype"], found[0], node, contnode)


def setup(app):
    app.connect("autodoc-process-docstring", _literal_blocks, priority=300)
    app.connect("autodoc-process-docstring", _keep, priority=400)
    app.connect("autodoc-process-docstring", _undo_types, priority=900)
    app.connect("missing-reference", _by_last_name)
