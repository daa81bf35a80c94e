"""JSON is walked by parts, whatever its size, and a cut document is told from a wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from vetting.errors import InputError
from vetting.readers.archives import list_members
from vetting.readers.exports import json_stream
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.json_stream import Path as JsonPath


def opened(folder: Path, content: bytes) -> JsonStream:
    (folder / "it.json").write_bytes(content)
    (member,) = list_members(folder / "it.json")

    def enter(path: JsonPath) -> bool:
        return path in {(), ("messages",)}

    return JsonStream(member, enter)


MESSAGES = [{"id": (1 << 60) + n, "text": "é" * 40, "more": {"n": [n, None]}} for n in range(40_000)]


def test_what_is_larger_than_the_buffer_comes_back_in_order_and_ids_exactly(tmp_path: Path) -> None:
    document = {"name": "x", "messages": MESSAGES, "count": 3}
    stream = opened(tmp_path, json.dumps(document, ensure_ascii=False, indent=1).encode())
    found = list(stream.items())
    assert [value for path, value in found if path == ("messages", "*")] == MESSAGES
    assert found[0] == (("name",), "x")
    assert found[-2:] == [(("count",), 3), (("",), None)]
    assert not stream.truncated


@pytest.mark.parametrize("share", [0.1, 0.5, 0.999])
def test_a_document_cut_short_gives_what_is_before_the_cut_and_says_so(tmp_path: Path, share: float) -> None:
    content = json.dumps({"messages": MESSAGES}).encode()
    stream = opened(tmp_path, content[: int(len(content) * share)])
    read = [value for path, value in stream.items() if path == ("messages", "*")]
    assert stream.truncated
    assert read == MESSAGES[: len(read)]
    assert abs(len(read) / len(MESSAGES) - share) < 0.01


def test_what_is_wrong_in_the_middle_is_an_error_with_its_place(tmp_path: Path) -> None:
    stream = opened(tmp_path, b'{"messages": [{"id": 1}, {"id": !}' + b', {"id": 2}' * 99 + b"]}")
    with pytest.raises(InputError, match="no JSON") as raised:
        list(stream.items())
    assert "near character 25" in raised.value.place


def test_a_value_nested_100_000_deep_is_a_clear_error(tmp_path: Path) -> None:
    stream = opened(tmp_path, b'{"messages": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}")
    with pytest.raises(InputError, match="nested too deep"):
        list(stream.items())


def test_control_characters_as_telegram_writes_them_are_repaired(tmp_path: Path) -> None:
    stream = opened(tmp_path, rb'{"messages": ["a\x1Bb", "a\\x1Bb", "a\\\x1Bb"]}')
    found = [value for path, value in stream.items() if path == ("messages", "*")]
    assert found == ["a\x1bb", r"a\x1Bb", "a\\\x1bb"]
    assert stream.repaired == 2


def test_nan_is_nothing_and_the_last_of_two_keys_counts(tmp_path: Path) -> None:
    stream = opened(tmp_path, b'{"messages": [{"date": NaN, "a": 1, "a": 2}]}')
    assert (("messages", "*"), {"date": None, "a": 2}) in list(stream.items())


def test_utf_16_is_read_and_bytes_of_another_encoding_are_counted(tmp_path: Path) -> None:
    both = opened(tmp_path, '{"messages": ["é"]}'.encode("utf-16"))
    assert (("messages", "*"), "é") in list(both.items())
    latin = opened(tmp_path, '{"messages": ["é"]}'.encode("latin-1"))
    assert (("messages", "*"), "\ufffd") in list(latin.items())
    assert latin.replaced == 1


def test_lines_of_json_are_read_one_after_another(tmp_path: Path) -> None:
    stream = opened(tmp_path, b'{"a": 1}\n{"a": 2}\n\n{"a": ')
    assert list(stream.documents()) == [{"a": 1}, {"a": 2}]
    assert stream.truncated


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    messages=st.lists(_VALUES),
    indent=st.sampled_from([None, 1, 4]),
    size=st.integers(1, 300),
    ascii_only=st.booleans(),
)
@example(messages=[0.0], indent=1, size=1, ascii_only=False)
@example(messages=[1e300, -1.5e-7], indent=None, size=2, ascii_only=False)
def test_wherever_the_buffer_ends_the_values_are_those_of_the_whole_document(
    tmp_path: Path, messages: list[object], indent: int | None, size: int, *, ascii_only: bool
) -> None:
    document = {"name": 7, "messages": messages, "count": 12}
    content = json.dumps(document, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "replace")
    with patch.object(json_stream, "_CHUNK", size):
        found = list(opened(tmp_path, content).items())
        lines = b"\n".join(json.dumps(one).encode() for one in messages)
        (tmp_path / "lines").write_bytes(lines or b" ")
        (member,) = list_members(tmp_path / "lines")
        documents = list(JsonStream(member, lambda _: False).documents())
    assert [value for path, value in found if path == ("messages", "*")] == json.loads(content)["messages"]
    assert [one for one in found if len(one[0]) == 1] == [
        (("name",), 7), (("count",), 12), (("",), None)
    ]  # fmt: skip
    assert documents == messages


@pytest.mark.parametrize(
    "content", [b'{"messages": [1,]}', b'{"messages": [1 2]}', b'{"messages": [1,,2]}', b"7", b'"x"']
)
def test_what_is_no_json_of_an_export_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match="no JSON"):
        list(opened(tmp_path, content + b" " * 200).items())
