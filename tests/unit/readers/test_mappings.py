from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.errors import TableError, VettingError
from vetting.readers.mappings import FIELDS, TableMapping


def written(tmp_path: Path, text: Any) -> Any:
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_is_read_and_finds_its_columns(tmp_path: Path) -> None:
    text = '[columns]\naccount_id = "Nr."\nplace = ["town", "Post code"]\n"handle:telegram" = "TG"\n'
    text += '[options]\ndelimiter = "|"\nencoding = "cp1252"\nday_first = false\nemail_confirmed = true\n'
    mapping = TableMapping.read(written(tmp_path, text))
    assert (mapping.delimiter, mapping.encoding) == ("|", "cp1252")
    assert (mapping.day_first, mapping.email_confirmed) == (False, True)
    headers = ["TOWN", "nr.", "post-code", "E-Mail", "tg"]
    assert mapping.fields_of(headers, "x.csv") == ["place", "account_id", "place", None, "handle:telegram"]


def test_everything_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    text = '[columns]\nemial = "y"\naccount_id = ["a", "b"]\nemail = "Password"\nname = 3\n'
    text += '[options]\ndelimiter = "ab"\nencodng = "x"\nencoding = "hex"\nday_first = "yes"\n[other]\n'
    with pytest.raises(TableError) as caught:
        TableMapping.read(written(tmp_path, text))
    message = str(caught.value)
    for part in (
        "unknown field 'emial' (did you mean email?)",
        "account_id: one column only",
        "email: columns of passwords and other credentials are never captured",
        "name: a header or a list of headers is wanted",
        "delimiter: one ASCII character is wanted",
        "unknown option 'encodng' (did you mean encoding?)",
        "encoding: not a text encoding",
        "day_first: true or false is wanted",
        "unknown table [other]",
    ):
        assert part in message
    assert "\n" not in message


@pytest.mark.parametrize("text", ["", "[columns]\n", "columns = 1\n", "x", "[options]\nday_first = true\n"])
def test_a_mapping_without_columns_is_refused(text: Any, tmp_path: Path) -> None:
    with pytest.raises(TableError):
        TableMapping.read(written(tmp_path, text))


def test_columns_that_the_table_lacks_or_has_twice_are_named() -> None:
    mapping = TableMapping(columns={"email": ("mail", "e-mail"), "name": ("who",)})
    with pytest.raises(TableError) as caught:
        mapping.fields_of(["mail", "mail", "other"], "x.csv")
    assert "'mail' is there 2 times; 'e-mail' is there 0 times; 'who' is there 0 times" in str(caught.value)


def test_every_field_may_be_mapped(tmp_path: Path) -> None:
    text = "[columns]\n" + "".join(f'{name} = "column {name}"\n' for name in FIELDS)
    mapping = TableMapping.read(written(tmp_path, text))
    assert mapping.fields_of([f"column {name}" for name in FIELDS], "x.csv") == list(FIELDS)


@given(raw=st.binary(max_size=100))
def test_any_bytes_raise_nothing_but_a_vetting_error(
    raw: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("mapping") / "m.toml"
    path.write_bytes(raw)
    with pytest.raises(VettingError):
        TableMapping.read(path)
