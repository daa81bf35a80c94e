import pickle

import pyarrow as pa

from vetting.normalise.texts import Texts, encoded, utf8


def test_texts_are_texts_again_after_a_journey() -> None:
    texts = Texts(pa.array(["vorn", "", "скальд"]))
    assert pickle.loads(pickle.dumps(texts)) == ["vorn", "", "скальд"]
    assert texts != ["vorn"]
    assert repr(texts) == "Texts(['vorn', '', 'скальд'])"


def test_a_part_of_an_array_is_read_from_where_it_begins() -> None:
    starts, content = utf8(pa.array(["vorn", "skald", "ab"], pa.large_string())[1:])
    assert content[starts[0] : starts[-1]].tobytes() == b"skaldab"
    assert (starts - starts[0]).tolist() == [0, 5, 7]


def test_nothing_has_no_bytes_and_no_numbers() -> None:
    assert utf8([])[0].tolist() == [0]
    codes, distinct = encoded([])
    assert (len(codes), list(distinct)) == (0, [])


def test_repeated_texts_have_one_number() -> None:
    codes, distinct = encoded(["b", "a", "b"])
    assert (codes.tolist(), list(distinct)) == ([0, 1, 0], ["b", "a"])
