"""JSON that no producer writes, put into every place of every export's seed: read, counted or refused in words.

A new format is covered once its seed stands in ``tests/reader_seeds.py``.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from tests.reader_seeds import SEEDS, read_as_list

from vetting.errors import VettingError
from vetting.readers.archives import list_members
from vetting.readers.exports.known import EXPORT_FORMATS
from vetting.readers.exports.reading import read_export, recognised
from vetting.records.completeness import Completeness

Place = tuple[str | int, ...]
_WRONG: tuple[Any, ...] = (None, -7.5, 1 << 70, True, [], [[]], {}, {"id": {}}, "\u202e", [None, 3, "x", {}])


@frozen
class Document:
    """A seed of JSON: what stands before it (``window.X = ``), and one document or one a line."""

    prefix: str
    parts: list[Any]

    def write(self, path: Path, *changed: str) -> Path:
        """Write it, or what it was changed to."""
        texts = changed or tuple(json.dumps(part) for part in self.parts)
        path.write_bytes((self.prefix + "\n".join(texts)).encode("utf-8", "surrogatepass"))
        return path


def _document(content: bytes) -> Document | None:
    try:
        text = content.decode()
        found = re.match(r"\s*window\.[\w.]+ = ", text)
        prefix = found[0] if found else ""
        try:
            return Document(prefix, [json.loads(text[len(prefix) :])])
        except ValueError:
            return Document(prefix, [json.loads(line) for line in text.splitlines()])
    except ValueError:
        return None


def _found(folder: Path, content: bytes) -> set[str]:
    (folder / "seed").write_bytes(content)
    members = list_members(folder / "seed")
    return {one.name for member in members for one in recognised(member, alone=len(members) == 1)}


DOCUMENTS = {
    name: found
    for name, (content, read) in SEEDS.items()
    if read is read_as_list and name != "JSON" and (found := _document(content))
}


@pytest.fixture
def profile(tmp_path: Path, name: str) -> str:
    return _found(tmp_path, SEEDS[name][0]).pop()


def _read(path: Path, profile: str) -> tuple[list[Any], Completeness] | None:
    """What a file says, and what its report; ``None`` where it is refused in words."""
    reading = read_export(path, profile=profile)
    try:
        rows = [(batch.table, row) for batch in reading.batches() for row in batch.rows.to_pylist()]
    except VettingError:
        return None
    return rows, reading.completeness


def _places(value: Any, at: Place = ()) -> Iterator[Place]:
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from _places(one, (*at, key))


def _with(document: Document, at: Place, value: Any) -> Document:
    parts = copy.deepcopy(document.parts)
    inner: Any = parts
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return Document(document.prefix, parts)


def _every_place(document: Document) -> list[Place]:
    """Each place of the seed; of a list the first two entries, as the others are like them."""
    return [
        place
        for place in _places(document.parts)
        if place and all(key in {0, 1} for key in place if isinstance(key, int))
    ]


def _told(found: Completeness) -> tuple[int, set[str]]:
    """Rows read or in quarantine, and what is said besides."""
    rows = sum(table.rows + table.rows_quarantined for table in found.tables)
    return rows, {*found.notes, *(table.note for table in found.tables)}


def test_every_format_has_a_seed(tmp_path: Path) -> None:
    seeds = [content for content, read in SEEDS.values() if read is read_as_list]
    assert set(EXPORT_FORMATS) == set().union(*(_found(tmp_path, content) for content in seeds))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_value_of_the_wrong_type_in_any_place_is_read_counted_or_refused(
    name: str, profile: str, tmp_path: Path
) -> None:
    document = DOCUMENTS[name]
    whole = _read(document.write(tmp_path / "it.json"), profile)
    assert whole
    rows, said = _told(whole[1])
    silent: dict[Place, list[Any]] = {}
    for place in _every_place(document):
        for wrong in _WRONG:
            found = _read(_with(document, place, wrong).write(tmp_path / "it.json"), profile)
            if found is None or not found[1].complete:
                continue
            others, more = _told(found[1])
            if others < rows and not more - said:
                silent.setdefault(place, []).append(wrong)
    assert not silent


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize(
    "hostile",
    ["[" * 1000 + "]" * 1000, '{"id":' * 1000 + "1" + "}" * 1000, "NaN", "-Infinity", "1e999", "9" * 5000,
     r'"\ud800"', '{"id": 1, "id": 2, "": 3}', "18446744073709551617", r'"\u0000"'],
    ids=["lists", "objects", "NaN", "infinity", "1e999", "digits", "surrogate", "twice", "2^64", "NUL"],
)  # fmt: skip
def test_json_that_no_producer_writes_is_read_or_refused_in_every_place(
    name: str, hostile: str, profile: str, tmp_path: Path
) -> None:
    document = DOCUMENTS[name]
    for place in _every_place(document):
        changed = _with(document, place, "@@")
        texts = [json.dumps(part).replace('"@@"', hostile) for part in changed.parts]
        _read(changed.write(tmp_path / "it.json", *texts), profile)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_id_beyond_the_reach_of_a_float_is_kept_exactly(name: str, profile: str, tmp_path: Path) -> None:
    """Numbers of the seed that are the id of an account: one more than 2^53 and the next are two accounts."""
    document = DOCUMENTS[name]
    whole = _read(document.write(tmp_path / "it.json"), profile)
    assert whole
    for place in _every_place(document):
        seen = set()
        for number in ((1 << 53) + 1, (1 << 53) + 2):
            found = _read(_with(document, place, number).write(tmp_path / "it.json"), profile)
            texts = repr(found[0]) if found else ""
            seen.add(str(number) in texts)
            assert str(float(number)) not in texts
            assert number % 2 == 0 or f"{number - 1}" not in texts
        assert len(seen) == 1, place
