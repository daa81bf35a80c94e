from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.unit.evidence.test_earlier import ONE, candidate

from vetting.errors import InputError
from vetting.evidence.screening_result import ListResult
from vetting.reports.unfinished import Unfinished

RESULT = ListResult(candidates=(candidate("A"), candidate("B")), coverage=ONE)


def test_what_is_kept_is_read_back_and_the_end_removes_it(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    first = Unfinished(folder)
    assert first.list_result("k") is None
    first.keep_list_result("k", RESULT)
    first.keep_bits("d", np.array([20.25, -1.0]))
    again = Unfinished(folder)
    assert again.list_result("k") == RESULT
    bits = again.bits("d")
    assert bits is not None
    assert bits.tolist() == [20.25, -1.0]
    assert again.taken_up == 2
    again.finish()
    assert not folder.exists()


def test_what_is_damaged_counts_as_not_done(tmp_path: Path) -> None:
    parts = Unfinished(tmp_path)
    for text in ("", "[]", '{"candidates": 1}', '{"bits": "x"}', '{"bits": null}'):
        (tmp_path / "k.json").write_text(text)
        assert parts.list_result("k") is None
        if text != '{"bits": null}':
            assert parts.bits("k") is None


def test_without_a_folder_nothing_is_kept() -> None:
    parts = Unfinished(None)
    parts.keep_list_result("k", RESULT)
    parts.keep_bits("k", np.zeros(1))
    assert parts.list_result("k") is None
    assert parts.bits("k") is None
    parts.finish()


def test_a_folder_that_cannot_be_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="goes on from the parts before"):
        Unfinished(tmp_path / "file" / "parts").keep_bits("k", np.zeros(1))
