import numpy as np
import pytest

from vetting.normalise import texts
from vetting.normalise.columns import ValueTable, column_of
from vetting.normalise.handle_parts import compact_column, handle_parts, parts_of
from vetting.normalise.handles import handle_form
from vetting.records.identifiers import IdentifierKind

FORMS = [handle_form(text) for text in ("Vorn_Skald_77", "vornSkald", "v0rn", "скальд_9", "x--x", "___")]


@pytest.mark.parametrize("few", [0, 100])
def test_each_form_has_its_parts_at_its_place(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "FEW", few)
    parts = handle_parts(FORMS)
    assert list(parts.compact) == ["vornskald77", "vornskald", "v0rn", "skald9", "xx", "___"]
    assert list(parts.core) == ["vornskald", "vornskald", "v0rn", "skald", "xx", "___"]
    assert list(parts.evened) == ["vornskaid", "vornskaid", "vorn", "skaid", "x", "_"]
    assert list(parts.turned) == ["77 skald vorn", "skald vorn", "0 rn v", "9 skald", "x x", ""]
    assert parts.affix_counts.tolist() == [2, 2, 2, 0, 1, 0]
    assert list(parts.affixes) == ["skald", "vorn", "skald", "vorn", "rn", "v", "x"]


def test_a_table_is_worked_on_once_and_equal_texts_are_one_form() -> None:
    rows = np.arange(len(FORMS), dtype=np.int32)
    values = ValueTable(len(FORMS), {IdentifierKind.HANDLE: column_of(rows, ["a-b", "ab", *FORMS[2:]], rows)})
    assert parts_of(values) is parts_of(values)
    compact = compact_column(values)
    assert compact.codes.tolist()[:2] == [0, 0]
    assert list(compact.forms)[:2] == ["ab", "v0rn"]
