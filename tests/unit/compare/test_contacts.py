from __future__ import annotations

import pytest
from tests.comparing import forms_paired, rules_of

from vetting.compare.contacts import compare_emails, compare_phones, compare_urls


@pytest.mark.parametrize(
    ("left", "right", "rule", "level"),
    [
        ("maren@example.org", "maren@example.org", "same", "exact"),
        ("maren@harrow.test", "maren@harow.test", "domain_typo", "close"),
        ("maren@example.org", "maran@example.org", "local_typo", "close"),
        ("maren@example.org", "maren@mail.test", "other_domain", "plausible"),
        ("info@example.org", "into@example.org", "different", "conflict"),
        ("maren@example.org", "tilda@example.org", "different", "conflict"),
    ],
)
def test_addresses_agree_by_the_strongest_rule_in_either_order(
    left: str, right: str, rule: str, level: str
) -> None:
    assert rules_of(compare_emails, (left, right), (right, left)) == [(rule, level)] * 2


@pytest.mark.parametrize(
    ("left", "right", "rule", "level"),
    [
        ("+441632960111", "+441632960111", "same", "exact"),
        ("~1632960111", "~1632960111", "national", "close"),
        ("+441632960111", "~01632960111", "national", "close"),
        ("+441632960111", "+441632960112", "one_digit", "plausible"),
        ("+441632960111", "+441632960888", "different", "conflict"),
    ],
)
def test_numbers_agree_by_the_strongest_rule_in_either_order(
    left: str, right: str, rule: str, level: str
) -> None:
    assert rules_of(compare_phones, (left, right), (right, left)) == [(rule, level)] * 2


def test_two_international_numbers_that_end_alike_in_two_countries_are_not_the_same() -> None:
    assert rules_of(compare_phones, ("+441632960111", "+331632960111")) == [("different", "conflict")]


def test_pages_are_the_same_letter_case_aside() -> None:
    assert rules_of(
        compare_urls, ("example.org/Vorn", "example.org/vorn"), ("example.org/a", "example.org/b")
    ) == [
        ("same", "exact"),
        ("different", "conflict"),
    ]


def test_where_only_the_local_part_agrees_it_alone_is_shared() -> None:
    found = compare_emails(forms_paired([("maren@example.org", "maren@mail.test"), ("a@b.test", "a@b.test")]))
    assert [found.shared_forms[code] for code in found.shared.tolist()] == ["maren", "a@b.test"]
