"""Laws of evidence: missing is nothing, agreement never hurts, one fact counts once, no order of sides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests import strategies

from vetting.evidence.assessing import assess
from vetting.evidence.results import Assessment, Evidence, Level
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant

Held = dict[str, Any]
LEVELS = {str(level) for level in Level}
ATTRIBUTES = {"name", "handle", "email", "phone", "date_of_birth", "place", "url"}
RARE = "oakmarrowskald_vq7"


def compared(left: Held, right: Held) -> Assessment:
    return assess(Applicant(id="A-1", **left), ListedAccount(list_id="forum-2019", account_id="41", **right))


def item(assessment: Assessment, kind: str) -> Evidence:
    return next(found for found in assessment.evidence if found.kind == kind)


def with_value(held: Held, kind: str, value: str) -> Held:
    return {**held, kind: [*held.get(kind, []), value]}


# -- what is missing -----------------------------------------------------------------------------------


@given(strategies.holdings(), strategies.holdings())
def test_what_is_missing_is_0_bits_not_counted_and_shown(left: Held, right: Held) -> None:
    found = compared(left, right)
    assert set(found.levels) >= ATTRIBUTES
    for one in found.evidence:
        if one.level is Level.MISSING:
            assert one.bits == 0
            assert one.kind in found.missing
    for kind, field in (
        ("name", "names"),
        ("phone", "phones"),
        ("email", "emails"),
        ("date_of_birth", "date_of_birth"),
    ):
        if not left[field] or not right[field]:
            missing = item(found, kind)
            assert missing.level is Level.MISSING
            assert bool(missing.applicant_value) == bool(left[field])
            assert bool(missing.listed_value) == bool(right[field])


@given(strategies.holdings())
def test_nobody_agrees_with_an_account_that_says_nothing(left: Held) -> None:
    found = compared(left, {})
    assert found.bits == 0
    assert set(found.levels.values()) == {"missing"}


@given(strategies.hostile_holdings(), strategies.hostile_holdings() | strategies.holdings())
def test_hostile_values_never_raise_and_always_have_a_level(left: Held, right: Held) -> None:
    found = compared(left, right)
    assert set(found.levels.values()) <= LEVELS
    assert 0 < found.probability < 1
    assert found.bits == pytest.approx(sum(one.bits for one in found.evidence if one.counted))


@pytest.mark.parametrize("kind", ["names", "handles", "emails", "phones", "places", "urls"])
@pytest.mark.parametrize("value", ["ab\ud800cdef", "example.org/\udcff", "\ud83d"])
def test_half_characters_are_assessed_like_any_other_text(kind: str, value: str) -> None:
    found = compared({kind: value}, {kind: value})
    assert set(found.levels.values()) <= LEVELS


@given(strategies.hostile_holdings())
def test_hostile_values_compared_with_themselves_never_contradict(held: Held) -> None:
    found = compared(held, held)
    assert not found.contradicting


# -- agreement and conflict ----------------------------------------------------------------------------


@given(strategies.holdings())
def test_a_record_compared_with_itself_agrees_wherever_it_says_something(held: Held) -> None:
    found = compared(held, held)
    assert not found.contradicting
    for kind, field in (("name", "names"), ("email", "emails"), ("phone", "phones"), ("handle", "handles")):
        if len(held[field]) == 1 and held["names"] != ["J"]:
            assert item(found, kind).level in {Level.EXACT, Level.CLOSE, Level.PLAUSIBLE}


@pytest.mark.parametrize("given_name", ["Ben", "Al", "Del", "Maren", "San"])
def test_the_same_given_and_family_name_is_exact_whatever_the_given_name(given_name: str) -> None:
    name = f"{given_name} Quillmere"
    assert compared({"names": name}, {"names": name}).levels["name"] == "exact"


@given(
    strategies.holdings(),
    strategies.holdings(),
    st.sampled_from([("emails", "zq.fennel@example.test"), ("phones", "+44 1632 960999"), ("handles", RARE)]),
)
@example({}, {}, ("handles", RARE))
@example({"names": ["Maren Quillmere"]}, {"names": ["Bob Vale"]}, ("phones", "+44 1632 960999"))
@example(
    {"emails": ["vornskald@example.org"]},
    {"emails": ["vornskald@example.org"]},
    ("emails", "zq.fennel@example.test"),
)
def test_an_agreeing_strong_identifier_on_both_sides_never_lowers_the_sum(
    left: Held, right: Held, added: tuple[str, str]
) -> None:
    before = compared(left, right)
    after = compared(with_value(left, *added), with_value(right, *added))
    assert after.bits >= before.bits - 1e-9


@given(strategies.handle_texts().filter(str.isascii))
@example("thornwickvalequillmerevornskald_1977")
def test_an_agreeing_email_written_like_the_agreeing_handle_never_lowers_the_sum(handle: str) -> None:
    one = {"handles": [handle]}
    both = {**one, "emails": [f"{handle}@example.org"]}
    assert compared(both, both).bits >= compared(one, one).bits - 1e-9


def test_an_agreeing_email_that_repeats_the_handle_does_not_undo_another_email_that_agrees() -> None:
    before = {"handles": ["oakmarrowskald"], "emails": ["zq.fen@example.test"]}
    after = {**before, "emails": ["zq.fen@example.test", "oakmarrowskald@example.org"]}
    assert compared(after, after).bits >= compared(before, before).bits - 1e-9


@given(strategies.holdings(), st.sampled_from(["phones", "date_of_birth", "names"]))
def test_a_conflicting_attribute_never_raises_the_sum(held: Held, kind: str) -> None:
    there, here = {
        "phones": (["+44 1632 960111"], ["+44 1632 960888"]),
        "date_of_birth": ("1951-03-09", "1988-11-24"),
        "names": (["Oswin Thornwick"], ["Tilda Skaldby"]),
    }[kind]
    left, right = {**held, kind: None}, {**held, kind: None}
    before = compared(left, right)
    after = compared({**left, kind: there}, {**right, kind: here})
    assert item(after, "name" if kind == "names" else kind.removesuffix("s")).bits <= 0
    if kind == "names":  # a name may also be read from a handle: that is agreement, not this conflict
        assume("name_in_handle" not in after.levels)
    assert after.bits <= before.bits + 1e-9


@given(strategies.holdings(), strategies.holdings())
def test_levels_and_signs_go_together(left: Held, right: Held) -> None:
    for one in compared(left, right).evidence:
        if one.level is Level.CONFLICT:
            assert one.bits <= 0
        else:
            assert one.bits >= 0


# -- dependence ----------------------------------------------------------------------------------------


@given(
    st.sampled_from(
        [("Oswin", "Thornwick"), ("Tilda", "Quillmere"), ("Maren", "Skaldby"), ("John", "Smith")]
    ),
    st.sampled_from(["", ".", "_"]),
    st.integers(0, 99).map(str) | st.just(""),
)
def test_one_string_told_as_handle_email_and_name_counts_once(
    name: tuple[str, str], separator: str, digits: str
) -> None:
    handle = f"{name[0]}{separator}{name[1]}{digits}".lower()
    held = {"names": " ".join(name), "handles": handle, "emails": f"{handle}@example.org"}
    found = compared(held, held)
    assert len(found.supporting) >= 3
    assert found.bits <= max(one.bits for one in found.supporting) + 1e-9
    assert len({one.group for one in found.supporting}) == 1
    assert sum(one.counted for one in found.supporting) == 1


@pytest.mark.parametrize("handle", ["oswinthornwik", "oswinthornwickk", "theoswinthornwick"])
def test_one_listed_handle_is_not_counted_both_as_the_name_and_as_the_handle(handle: str) -> None:
    found = compared({"names": "Oswin Thornwick", "handles": handle}, {"handles": "oswinthornwick"})
    assert found.bits <= max(one.bits for one in found.supporting) + 1e-9


@pytest.mark.parametrize(
    ("there", "here"), [("UK", "Harrowby"), ("Earth", "Earth"), ("ZZ1 1AA", "Harrowby"), ("x", "4 Mill Lane")]
)
def test_places_that_cannot_be_compared_do_not_contradict(there: str, here: str) -> None:
    assert compared({"places": there}, {"places": here}).levels["place"] != "conflict"


@given(strategies.holdings(), strategies.holdings())
def test_of_every_group_at_most_one_support_is_counted(left: Held, right: Held) -> None:
    counted = [one.group for one in compared(left, right).supporting if one.counted]
    assert len(counted) == len(set(counted))


# -- symmetry ------------------------------------------------------------------------------------------


def own(assessment: Assessment) -> dict[str, str]:
    return {kind: level for kind, level in assessment.levels.items() if kind in ATTRIBUTES}


@given(strategies.holdings(), strategies.holdings())
def test_the_levels_do_not_depend_on_which_side_is_the_applicant(left: Held, right: Held) -> None:
    assert own(compared(left, right)) == own(compared(right, left))


@given(strategies.holdings(most=1), strategies.holdings(most=1))
@example({"handles": ["vornskald"]}, {"handles": ["vornskqld"]})
@example({"emails": ["vornskald@example.org"]}, {"emails": ["vornskqld@example.org"]})
@example({"names": ["Robert Vale"]}, {"names": ["Bob Vale"]})
@example({"date_of_birth": "1981-05-04"}, {"date_of_birth": "1991-05-04"})
@example({"phones": ["01632 960111"]}, {"phones": ["01632 960112"]})
def test_the_bits_of_each_kind_do_not_depend_on_which_side_is_the_applicant(left: Held, right: Held) -> None:
    there, back = compared(left, right), compared(right, left)
    for kind in ATTRIBUTES:
        assert item(there, kind).bits == pytest.approx(item(back, kind).bits), kind


@given(strategies.holdings(), strategies.holdings())
def test_the_same_comparison_twice_gives_the_same_answer(left: Held, right: Held) -> None:
    assert compared(left, right) == compared(left, right)


@given(strategies.holdings(), strategies.holdings())
@example({"names": ["Maren Quillmere", "Maren"]}, {"names": ["Robert Quillmere"]})
@example(
    {"emails": ["vornskald@example.org", "quillmere@example.org"]},
    {"emails": ["vornskald@example.org", "quillmere@example.org"], "handles": ["vornskald"]},
)
def test_the_order_of_values_does_not_change_the_sum(left: Held, right: Held) -> None:
    turned = {kind: held[::-1] if isinstance(held, list) else held for kind, held in left.items()}
    assert compared(left, right).bits == pytest.approx(compared(turned, right).bits)
