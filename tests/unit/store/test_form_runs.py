from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from attrs import fields

from vetting.blocking.hashing import hash_texts
from vetting.blocking.postings import CompactForms, Postings, build_postings
from vetting.evidence.characters import count_trigrams
from vetting.store.form_runs import FormRuns
from vetting.store.ranges import put_forms

TEXTS = [f"vorn{number}skald{number % 7}" for number in range(60)] + ["oakmoor", "oak"]


def forms(texts: list[str], first: int) -> CompactForms:
    count = len(texts)
    rows = np.arange(first, first + count, dtype=np.int32)
    return CompactForms(texts, np.arange(count + 1, dtype=np.int64), rows, rows % 2 == 0)


def written(folder: Path, parts: list[CompactForms], at_once: int) -> Postings:
    runs = FormRuns(at_once=at_once)
    for number, part in enumerate(parts):
        put_forms(folder / str(number), part)
        runs.add(folder / str(number), 0)
    (folder / "out").mkdir()
    trigrams = runs.merge(folder / "out", workers=1)
    assert np.array_equal(trigrams, count_trigrams(sorted({text for part in parts for text in part.texts})))
    return Postings(**{part.name: np.load(folder / "out" / f"{part.name}.npy") for part in fields(Postings)})


@pytest.mark.parametrize("at_once", [1, 40, 10_000])
def test_ranges_merge_to_the_postings_of_all_forms_at_once(tmp_path: Path, at_once: int) -> None:
    by_hash = sorted(TEXTS, key=lambda text: int(hash_texts([text])[0]))
    whole = build_postings(forms(by_hash, 0))
    cut = [forms(TEXTS[:25], 0), forms(TEXTS[25:], 25)]
    found = written(tmp_path, cut, at_once)
    for name in ("grams", "counts", "starts", "forms"):
        assert np.array_equal(getattr(found, name), getattr(whole, name)), name
    assert np.allclose(found.norms, whole.norms, rtol=1e-6)
    assert [TEXTS[row] for row in found.accounts.tolist()] == by_hash
    assert found.declared.tolist() == [row % 2 == 0 for row in found.accounts.tolist()]


def test_a_form_of_two_ranges_is_one_form_with_the_holders_of_both(tmp_path: Path) -> None:
    found = written(tmp_path, [forms(["vorn", "oak"], 0), forms(["oak", "elm"], 10)], 100)
    starts, holders = found.account_starts, found.accounts
    place = sorted(["vorn", "oak", "elm"], key=lambda text: int(hash_texts([text])[0])).index("oak")
    assert holders[starts[place] : starts[place + 1]].tolist() == [1, 10]
