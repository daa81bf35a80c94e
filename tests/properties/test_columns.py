"""Laws of whole columns: what is worked out for very many values at once is what is worked out for each alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import phonenumbers
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests import strategies

from vetting.blocking.hashing import hash_text, hash_texts
from vetting.blocking.keys import blocking_keys, handle_key_texts
from vetting.blocking.name_keys import initials, name_keys, name_texts, skeleton_initials, skeleton_texts
from vetting.normalise import texts as texts_module
from vetting.normalise.columns import ValueTable, column_of
from vetting.normalise.contacts import phone_form
from vetting.normalise.forms import form_column, form_of, forms_of
from vetting.normalise.handle_parts import handle_parts
from vetting.normalise.handles import handle_affixes, handle_form, handle_texts
from vetting.normalise.texts import Texts, encoded, utf8
from vetting.records.identifiers import IdentifierKind as Kind

# Letters, digits and signs that the ways for very many tell apart, and some that they leave to the way for one.
HANDLES = st.text("abclxyzABZ013457829._- @#/~'\u00b7\u00e9\u0436\u0661\u212a\u017f\u6797\t", max_size=14)
WORDS = st.sampled_from(
    "sam sample van de ben al abd abdul allah dr mr jr li o'hara \u00e9lodie \u0434\u043c\u0438\u0442\u0440\u0438\u0439 "
    "\u062d\u0633\u0646 \u6797\u6587 ng xu aa bb sergey serguei SAMPLE Von J x1 mc-nab \u212aim".split()
)
NAMES = st.lists(WORDS, max_size=5).map(" ".join) | strategies.person_names() | strategies.hostile_texts()
ADDRESSES = st.builds(
    "{}@{}".format,
    st.text("abAB.+_%'- ", max_size=8),
    st.sampled_from(["gmail.com", "GoogleMail.com", "example.org", "a..example", "x", "mail.example.org."]),
)
VALUES = {
    Kind.NAME: NAMES,
    Kind.HANDLE: HANDLES | strategies.handle_texts() | st.builds("{}.bsky.social".format, HANDLES),
    Kind.EMAIL: ADDRESSES | strategies.email_texts() | HANDLES,
    Kind.PHONE: strategies.phone_texts() | st.from_regex(r"\+[0-9]{6,16}", fullmatch=True),
    Kind.DATE_OF_BIRTH: strategies.birth_dates() | HANDLES,
    Kind.PLACE: strategies.place_texts() | HANDLES,
    Kind.URL: strategies.url_texts() | HANDLES,
}


@pytest.fixture(autouse=True, scope="module")
def few_are_many():
    """Few values are worked on one by one; here they go the way of many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts_module, "FEW", 0)
        yield


@given(data=st.data(), kind=st.sampled_from(list(Kind)))
def test_the_forms_of_a_column_are_those_of_its_values(data: st.DataObject, kind: Kind) -> None:
    values = data.draw(st.lists(VALUES[kind] | strategies.hostile_texts(), max_size=12))
    assert forms_of(kind, values) == [form_of(kind, value) for value in values]


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_too_long_has_no_form_in_a_column_either(kind: Kind) -> None:
    values = pa.array(["a" * 513, "a" * 512, "a" * 505 + "@b.example"])
    assert form_column(kind, values).to_pylist() == [form_of(kind, value) for value in values.to_pylist()]


@given(st.lists(HANDLES | strategies.handle_texts() | strategies.hostile_texts(), max_size=20))
@example(["a13b", "13", "a8b8c", "a88b", "8a", "a8", "l0l", "", "_", "vorn\u00b7skald"])
def test_the_parts_of_many_handles_are_those_of_each(texts: list[str]) -> None:
    forms = [handle_form(text) for text in texts]
    parts = handle_parts(forms)
    found = zip(parts.compact, parts.core, parts.evened, parts.turned, strict=True)
    assert list(found) == [handle_texts(form)[1:5] for form in forms]
    ends = np.cumsum([0, *parts.affix_counts])
    assert [parts.affixes[a:b] for a, b in pairwise(ends)] == list(map(handle_affixes, forms))


@given(st.lists(HANDLES | strategies.handle_texts(), max_size=12))
def test_the_keys_of_many_handles_are_those_of_each(texts: list[str]) -> None:
    forms = [form for text in texts if (form := handle_form(text))]
    rows = np.arange(len(forms), dtype=np.int32)
    found = blocking_keys(ValueTable(len(forms), {Kind.HANDLE: column_of(rows, forms, rows)}))
    ours = set(zip(found.owners.tolist(), found.keys.tolist(), strict=True))
    assert ours == {
        (row, hash_text(text)) for row, form in enumerate(forms) for text in handle_key_texts(form)
    }


@given(st.lists(NAMES, max_size=20))
@example(["sam sample", "sample sam", "li ng", "sam sam", "aa bb", "sergey serguei", "sam"])
def test_the_keys_of_many_names_are_those_of_each(texts: list[str]) -> None:
    forms = list(dict.fromkeys(form for text in texts if (form := form_of(Kind.NAME, text))))
    keys = name_keys(forms)
    for found, texts_of in (
        (keys.whole, name_texts),
        (keys.initials, initials),
        (keys.skeletons, skeleton_texts),
        (keys.skeleton_initials, skeleton_initials),
    ):
        ours = set(zip(found.codes.tolist(), found.keys.tolist(), strict=True))
        assert ours == {(code, hash_text(text)) for code, form in enumerate(forms) for text in texts_of(form)}


@given(st.lists(HANDLES, max_size=12), st.text(max_size=3).filter(lambda text: text.isprintable()))
def test_a_prefix_is_hashed_as_if_it_were_written(texts: list[str], prefix: str) -> None:
    whole = [hash_text(prefix + text) for text in texts]
    assert hash_texts(texts, prefix=prefix).tolist() == whole
    assert hash_texts(pa.array(["first", *texts], pa.large_string())[1:], prefix=prefix).tolist() == whole


@given(st.lists(HANDLES, max_size=12))
def test_texts_are_read_like_a_list(texts: list[str]) -> None:
    column = Texts(pa.array(texts, pa.string()))
    assert list(column) == texts
    assert column == texts
    assert [column[place] for place in range(len(column))] == texts
    assert column[1:] == texts[1:]
    starts, content = utf8(column)
    assert Texts.of(starts, content) == texts
    codes, distinct = encoded(texts)
    assert list(distinct) == list(dict.fromkeys(texts))
    assert [distinct[code] for code in codes.tolist()] == texts


def parsed(text: str) -> str:
    """What the parser of numbers says, without a shorter way."""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return "~" + text.replace("+", "")
    if not phonenumbers.is_possible_number(number):
        return "~" + text.replace("+", "")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@given(
    st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)),
    st.lists(st.from_regex(r"[0-9]{5,13}", fullmatch=True), min_size=1, max_size=20),
)
def test_a_whole_number_is_what_the_parser_makes_of_it(code: int, nationals: list[str]) -> None:
    for national in nationals:
        text = f"+{code}{national}"
        if 7 <= len(text) - 1 <= 24:
            assert phone_form(text) == parsed(text)
