"""However a file is damaged, a reader ends well or with one of our errors; no message tells a value; a store that
refuses a file is as it was."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.holdings import passport
from tests.mutations import Step, mutated
from tests.reader_seeds import PERSONAL, SEEDS, read_as_list
from tests.strategies import damages

from vetting.errors import VettingError
from vetting.ingestion import ListStore
from vetting.readers.profiles import load_profiles

_SECONDS = 20  # a whole seed is read in less than a tenth of one


def _held(store: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in store.rglob("*")
        if path.is_file() and path.name != ".writing"
    }


def _silent(error: VettingError, path: Path) -> None:
    told = " ".join(map(str, (error, *error.args))).replace(str(path), "").lower()
    assert not [word for word in PERSONAL if word in told], type(error)


@pytest.mark.parametrize("name", SEEDS)
def test_a_whole_seed_is_read_so_that_damage_to_it_means_something(name: str, tmp_path: Path) -> None:
    content, read = SEEDS[name]
    (tmp_path / "input").write_bytes(content)
    if name == "JSON":
        with pytest.raises(VettingError):
            read(tmp_path / "input")
    else:
        assert read(tmp_path / "input")


def test_every_profile_that_ships_has_a_seed() -> None:
    for profile in load_profiles():
        assert any(profile.name in name for name in SEEDS), profile.name


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=damages())
def test_a_damaged_file_is_read_or_refused_in_words_without_a_value(
    name: str, steps: list[Step], tmp_path: Path
) -> None:
    content, read = SEEDS[name]
    path = tmp_path / "input"
    path.write_bytes(mutated(content, steps))
    began = time.process_time()
    try:
        read(path)
    except VettingError as error:
        _silent(error, path)
    assert time.process_time() - began < _SECONDS


@pytest.mark.parametrize("name", [name for name, (_, read) in SEEDS.items() if read is read_as_list])
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=damages())
def test_a_store_that_refuses_a_damaged_file_is_as_it_was(
    name: str, steps: list[Step], tmp_path: Path
) -> None:
    path = tmp_path / "input"
    path.write_bytes(mutated(SEEDS[name][0], steps))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with ListStore.open(tmp_path / f"lists-{digest}") as store:
        before = _held(store.path)
        try:
            report = store.ingest(path, passport(sha256=digest))
        except VettingError as error:
            _silent(error, path)
            assert _held(store.path) == before
            assert store.lists() == ()
        else:
            assert report.already_held or store.check().faults == ()
