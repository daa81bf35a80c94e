"""The house keeps its rules: sizes, doors, import directions, weight of the first import, words."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import vetting

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "vetting"
UNIT = ROOT / "tests" / "unit"
MODULES = sorted(path for path in SOURCE.rglob("*.py"))
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
DOCUMENTS = sorted(
    path
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    if path.is_file()
)
HEAVY = (
    "numpy",
    "pyarrow",
    "networkx",
    "duckdb",
    "rapidfuzz",
    "rich",
    "phonenumbers",
    "nicknames",
    "anyascii",
)
# Words that would say of a person what only a person may say, or what no evidence can show.
BANNED = re.compile(
    r"\b(hits?|suspects?|extremists?(?! forum)(?!-forum)|risk[ -]scores?|cleared|match(es)? confirmed|members? of(?! the workforce))\b",
    re.IGNORECASE,
)
# "extremist-forum" is the kind of an organisation in a passport; these pages list the words in order to ban them.
LISTS_THE_WORDS = {"glossary.md", "architecture.md", "style.md", "words.md"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


# -- size and shape ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_has_300_lines_at_most_and_says_first_what_it_is_for(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    docstring = ast.get_docstring(tree_of(path))
    assert docstring, "no docstring"
    first = docstring.split("\n\n")[0]
    assert first.rstrip().endswith((".", ":", "?")), "the first sentence does not end"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for(room: str) -> None:
    assert ast.get_docstring(tree_of(SOURCE / room / "__init__.py"))


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    stems = {part for path in MODULES for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not {
        name for name in stems if re.search(r"(^|_)(utils?|common|helpers?|managers?|misc|v2)($|_)", name)
    }


# The calls that everybody writes: their keywords are what a run or a list is made of, and each stands for itself.
_MORE_ARGUMENTS = {"screening.screen": 8, "ingestion.ingest": 7}


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_public_functions_take_six_arguments_at_most_and_defaults_by_keyword_only(path: Path) -> None:
    for one in functions(path):
        if one.name.startswith("_"):
            continue
        given = [*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs]
        most = _MORE_ARGUMENTS.get(f"{path.stem}.{one.name}", 6)
        assert len([argument for argument in given if argument.arg not in {"self", "cls"}]) <= most, one.name
        assert not any(
            isinstance(default, ast.Constant) and isinstance(default.value, bool)
            for default in one.args.defaults
        ), f"{one.name}: a boolean is positional"


# -- the door ------------------------------------------------------------------------------------------


def test_the_public_names_are_few_sorted_and_complete() -> None:
    names = list(vetting.__all__)
    assert names == sorted(names)
    assert len(names) <= 30
    imported = {
        alias.asname
        for node in ast.walk(tree_of(SOURCE / "__init__.py"))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }
    assert imported == set(names)
    assert set(names) <= set(dir(vetting))


@pytest.mark.parametrize("name", vetting.__all__)
def test_every_public_name_resolves_and_explains_itself(name: str) -> None:
    found = getattr(vetting, name)
    assert inspect.getdoc(found)
    assert found.__name__ == name


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        vetting.no_such_name  # noqa: B018 - the access is the point


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_modules_list_of_names_is_true(path: Path) -> None:
    for node in tree_of(path).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            names = ast.literal_eval(node.value)
            defined = {
                name
                for one in ast.walk(tree_of(path))
                for name in (
                    [one.name]
                    if isinstance(one, ast.FunctionDef | ast.ClassDef)
                    else [one.id]
                    if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
                    else [alias.asname or alias.name for alias in one.names]
                    if isinstance(one, ast.ImportFrom)
                    else []
                )
            }
            assert set(names) <= defined


# -- imports -------------------------------------------------------------------------------------------


def test_the_import_contracts_hold() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    done = subprocess.run(
        [*command, "--no-cache"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


# Peak memory is read from the kernel: what getrusage says includes the process that started this one.
MEASURE = """
import json, resource, sys
start = resource.getrusage(resource.RUSAGE_SELF)
import vetting
end = resource.getrusage(resource.RUSAGE_SELF)
seconds = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
loaded = sorted({name.split(".")[0] for name in sys.modules})
try:
    with open("/proc/self/status") as status:
        kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    kilobytes = 0
print(json.dumps({"seconds": seconds, "kilobytes": kilobytes, "loaded": loaded}))
"""


@cache
def first_import() -> list[dict[str, object]]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    environment.pop("COVERAGE_PROCESS_START", None)
    return [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", MEASURE], env=environment, capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(5)
    ]


def test_the_first_import_loads_nothing_heavy() -> None:
    assert not set(HEAVY) & set(first_import()[0]["loaded"])  # type: ignore[call-overload]


def test_the_first_import_is_quick_and_small() -> None:
    assert min(run["seconds"] for run in first_import()) < 0.3  # type: ignore[type-var, operator]
    assert min(run["kilobytes"] for run in first_import()) < 80 * 1024  # type: ignore[type-var, operator]


# -- words ---------------------------------------------------------------------------------------------


def prose(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_text_in_the_package_says_what_only_a_person_may_say(path: Path) -> None:
    found = [
        (node.lineno, match[0])
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for match in BANNED.finditer(prose(node.value))
    ]
    assert found == []


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.name not in LISTS_THE_WORDS], ids=named)
def test_no_document_says_what_only_a_person_may_say(path: Path) -> None:
    assert [match[0] for match in BANNED.finditer(prose(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    "text", ["a hit", "the suspect", "an extremist", "Risk score", "was cleared", "a member of it"]
)
def test_the_banned_words_are_recognised(text: str) -> None:
    assert BANNED.search(text)
    assert not BANNED.search("an extremist-forum, its members, a whiteboard, hitherto")


def test_every_public_class_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").casefold()
    classes = [name for name in vetting.__all__ if inspect.isclass(getattr(vetting, name))]

    def known(name: str) -> bool:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
        return any(re.search(rf"\b{re.escape(form.casefold())}\b", glossary) for form in (name, words))

    assert [name for name in classes if not known(name)] == []


# -- tests ---------------------------------------------------------------------------------------------


def test_the_unit_tests_mirror_the_rooms() -> None:
    for path in UNIT.rglob("test_*.py"):
        room = path.relative_to(UNIT).parts[0]
        if room == "demo":  # scripts/demo makes the demonstration's data
            continue
        assert room in ROOMS, f"{named(path)} has no room"
    tested = {path.relative_to(UNIT).parts[0] for path in UNIT.rglob("test_*.py")}
    assert set(ROOMS) - tested == set()


def module_name(path: Path) -> str:
    return ".".join(("vetting", *path.relative_to(SOURCE).with_suffix("").parts))


def imported_by(path: Path) -> set[str]:
    return {
        name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    }


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_of_a_room_is_tested_by_name_or_through_a_neighbour_that_is(room: str) -> None:
    tests = list((UNIT / room).rglob("test_*.py"))
    texts = "\n".join(test.read_text(encoding="utf-8") for test in tests)
    modules = {
        module_name(path): path for path in (SOURCE / room).rglob("*.py") if path.name != "__init__.py"
    }
    tested = {name for name in modules if re.search(rf"{re.escape(name)}\b", texts)}
    tested |= {name for name in modules if f"test_{name.rpartition('.')[2]}" in {test.stem for test in tests}}
    waiting = set(tested)
    while waiting:
        path = modules[waiting.pop()]
        fresh = (imported_by(path) & set(modules)) - tested
        tested |= fresh
        waiting |= fresh
    assert sorted(set(modules) - tested) == []


def test_no_test_names_a_real_mail_domain() -> None:
    found = {
        (path.name, domain)
        for path in (ROOT / "tests").rglob("*.py")
        for domain in re.findall(
            r"[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})\b", path.read_text(encoding="utf-8"), re.IGNORECASE
        )
        if not re.search(r"(^|\.)(example\.(org|net|com)|test|invalid|example)$", domain.lower())
    }
    # Two providers whose own rules about dots are the subject.
    assert {domain.lower() for _, domain in found} <= {"gmail.com", "googlemail.com"}, found
