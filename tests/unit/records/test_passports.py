from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.errors import PassportError, PassportRefusedError, VettingError
from vetting.records.passport_rules import OPTIONAL_KEYS, PASSPORT_KEYS
from vetting.records.passports import ListPassport

CORPUS = Path(__file__).parents[2] / "corpus" / "passports"
VALUES: dict[str, Any] = {
    "id": "forum-2019",
    "title": "Member database of the forum Quillmere",
    "kind": "leak",
    "organisation": "Quillmere",
    "organisation_kind": "extremist-forum",
    "legal_status": "not proscribed, 2011 to 2019",
    "origin": "published by an unknown hand",
    "obtained": "from an archive",
    "events": ["2011-09-13", "2017-11-21"],
    "leaked": "2019-11-06",
    "sha256": "ab" * 32,
    "lawful_basis": "public task",
    "purpose": "vetting of applicants",
    "grade": "2D",
    "grade_scheme": "3x5x2",
    "presence_means": "an account was registered",
    "emails_confirmed": "unknown",
    "expires": "2027-11-22",
}


def refusal(**changes: Any) -> Any:
    with pytest.raises(PassportError) as caught:
        ListPassport(**{**VALUES, **changes})
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("path", sorted(CORPUS.glob("valid/*")), ids=lambda path: path.stem)
def test_a_valid_passport_is_read_and_survives_a_round_trip(path: Any, tmp_path: Path) -> None:
    passport = ListPassport.read(path)
    copy = tmp_path / "copy.toml"
    copy.write_text(passport.to_toml(), encoding="utf-8")
    assert ListPassport.read(copy) == passport
    assert ListPassport(**passport.as_dict()) == passport
    assert passport.events == (date(2011, 9, 13), date(2017, 11, 21))
    assert passport.expires == date(2027, 11, 22)
    assert passport.sha256 == "ab" * 32


def test_a_membership_list_needs_no_leak_and_keeps_its_native_grade() -> None:
    passport = ListPassport.read(CORPUS / "valid" / "membership.toml")
    assert passport.leaked is None
    assert passport.grade == "F6"
    assert passport.grade_meaning == (
        "F6 (Admiralty): the reliability of the source cannot be judged; "
        "the truth of the information cannot be judged."
    )


@pytest.mark.parametrize("path", sorted(CORPUS.glob("hostile/*")), ids=lambda path: path.stem)
def test_a_hostile_passport_is_refused_in_one_line_that_names_the_file(path: Any) -> None:
    with pytest.raises(PassportError) as caught:
        ListPassport.read(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert "\n" not in message
    assert isinstance(caught.value, PassportRefusedError) == path.stem.startswith("refused_")


def test_every_wrong_key_is_named_at_once() -> None:
    with pytest.raises(PassportError) as caught:
        ListPassport.read(CORPUS / "hostile" / "many_wrong.toml")
    message = str(caught.value)
    for part in (
        "kind: one of leak, open-source, membership is wanted (did you mean leak?)",
        "sha256: 64 hexadecimal digits",
        "expires: a date is wanted",
        "grade: the scheme 3x5x2 has grades [1-3][A-E]",
        "unknown key 'organization' (did you mean organisation?)",
    ):
        assert part in message


def test_every_missing_key_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text('id = "x"\n', encoding="utf-8")
    with pytest.raises(PassportError) as caught:
        ListPassport.read(path)
    for key in set(PASSPORT_KEYS) - OPTIONAL_KEYS - {"id"}:
        assert key in str(caught.value)


@pytest.mark.parametrize("key", sorted(set(VALUES) - {"leaked"}))
@pytest.mark.parametrize("value", ["", "  ", "FILL IN: this", 7, True, None, ["x"]])
def test_no_required_key_may_be_blank_template_text_or_of_another_type(key: Any, value: Any) -> None:
    assert key in str(refusal(**{key: value}))


@pytest.mark.parametrize(
    "wrong",
    ["", "Forum", "-x", ".x", "a/b", "a b", "..", "x\n", "é", "a" * 65, "a\\b", "con:1"],
)
def test_an_id_is_safe_as_a_folder(wrong: Any) -> None:
    assert "id: " in str(refusal(id=wrong))


@pytest.mark.parametrize("right", ["a", "7", "forum-2019", "a.b_c-d", "a" * 64])
def test_a_slug_is_an_id(right: Any) -> None:
    assert ListPassport(**{**VALUES, "id": right}).id == right


@pytest.mark.parametrize(
    "events",
    [
        ["2017-11-21", "2011-09-13"],
        ["2011-09-13"],
        ["2011-09-13"] * 3,
        ["2011-02-30", "2012-01-01"],
        "2011-09-13",
    ],
)
def test_events_are_two_days_in_order(events: Any) -> None:
    assert "events: " in str(refusal(events=events))


def test_one_day_of_events_is_a_period() -> None:
    assert ListPassport(**{**VALUES, "events": ["2011-09-13"] * 2}).events == (date(2011, 9, 13),) * 2


def test_a_leak_says_when_it_leaked() -> None:
    assert "leaked" in str(refusal(leaked=None))
    assert ListPassport(**{**VALUES, "leaked": None, "kind": "open-source"}).leaked is None


@pytest.mark.parametrize("rule", ["", "   "])
def test_a_lawful_party_is_refused_without_a_rule(rule: Any) -> None:
    assert isinstance(refusal(organisation_kind="Political Party", prohibited_by=rule), PassportRefusedError)


def test_a_lawful_party_is_read_under_a_rule_with_its_date() -> None:
    assert "prohibited_by: " in str(refusal(organisation_kind="lawful-party", prohibited_by="some rule"))
    rule = "Invented Conduct Rules 2004, rule 7"
    passport = ListPassport(**{**VALUES, "organisation_kind": "lawful-party", "prohibited_by": rule})
    assert passport.prohibited_by == rule


@pytest.mark.parametrize("kind", ["union", "health", "religion", "whistle-blower", "journalism"])
def test_no_rule_opens_the_other_refused_kinds(kind: Any) -> None:
    error = refusal(organisation_kind=kind, prohibited_by="Invented Conduct Rules 2004, rule 7")
    assert isinstance(error, PassportRefusedError)


def test_a_refusal_comes_before_other_faults() -> None:
    assert isinstance(refusal(organisation_kind="trade union", grade="?", id="?"), PassportRefusedError)


def test_a_passport_is_usable_through_its_last_day() -> None:
    passport = ListPassport(**VALUES)
    passport.check_usable(date(2027, 11, 22))
    with pytest.raises(PassportError, match=r"expired on 2027-11-22.*[Rr]eview.*withdraw"):
        passport.check_usable(date(2027, 11, 23))


@pytest.mark.parametrize("path", ["absent.toml", ".", "nul\0.toml"])
def test_a_path_that_cannot_be_read_is_a_passport_error(path: Any) -> None:
    with pytest.raises(PassportError):
        ListPassport.read(path)


def test_another_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "big.toml"
    path.write_bytes(b"#" * ((1 << 20) + 1))
    with pytest.raises(PassportError, match="larger than 1 MiB"):
        ListPassport.read(path)


@given(text=st.text(min_size=1).filter(lambda text: text.strip() and "FILL IN" not in text))
def test_any_text_survives_the_round_trip(text: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    passport = ListPassport(**{**VALUES, "title": text, "presence_means": text})
    path = tmp_path_factory.mktemp("passport") / "p.toml"
    path.write_text(passport.to_toml(), encoding="utf-8")
    assert ListPassport.read(path) == passport


@given(raw=st.binary(max_size=200) | st.text(alphabet="id=\"[]{}\n.#'-:0T").map(str.encode))
def test_any_bytes_raise_nothing_but_a_passport_error(
    raw: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("passport") / "p.toml"
    path.write_bytes(raw)
    with pytest.raises(VettingError) as caught:
        ListPassport.read(path)
    assert isinstance(caught.value, PassportError)
