from __future__ import annotations

import pytest

from vetting.normalise.contacts import email_form, email_local, phone_form, url_form
from vetting.normalise.pages import url_handle


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Maren.Vale@Example.ORG", "maren.vale@example.org"),
        ("mailto:maren@example.org", "maren@example.org"),
        ("Maren Vale <maren@example.org>", "maren@example.org"),
        ("maren+forum@example.org", "maren@example.org"),
        ("m.a.r.e.n@googlemail.com", "maren@gmail.com"),
        ("m.aren@example.org", "m.aren@example.org"),
        ("+tag@example.org", "+tag@example.org"),
        ("maren@here@example.org", ""),
        ("maren@localhost", ""),
        ("maren example.org", ""),
        ("a@example.org, b@example.org", ""),
        ("", ""),
    ],
)
def test_an_address_is_reduced_to_its_mailbox(text: str, form: str) -> None:
    assert email_form(text) == form


def test_the_local_part_is_what_stands_before_the_at() -> None:
    assert email_local("maren.vale@example.org") == "maren.vale"


@pytest.mark.parametrize(
    ("text", "region", "form"),
    [
        ("01632 960111", "GB", "+441632960111"),
        ("+44 (0)1632 960111", "GB", "+441632960111"),
        ("0044 1632 960111", "US", "+441632960111"),
        ("01632 960111 ext 5", "GB", "+441632960111"),
        ("123", "GB", ""),
        ("call me", "GB", ""),
        ("1" * 30, "GB", ""),
    ],
)
def test_a_number_is_reduced_to_its_international_form(text: str, region: str, form: str) -> None:
    assert phone_form(text, region) == form


def test_digits_that_fit_no_plan_are_kept_as_weak() -> None:
    assert phone_form("1632960", "ZZ") == "~1632960"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("https://www.Example.org/Sam/?ref=1#top", "example.org/Sam"),
        ("EXAMPLE.org", "example.org"),
        ("http://example.org/", "example.org"),
        ("no page", ""),
        ("sam@example.org", ""),
        ("localhost/x", ""),
    ],
)
def test_a_page_is_reduced_to_host_and_path(text: str, form: str) -> None:
    assert url_form(text) == form


def test_a_page_of_a_known_platform_names_its_account() -> None:
    assert url_handle("twitter.com/vorn_skald") == ("twitter", "vorn_skald")
    assert url_handle("twitter.com/vorn_skald/status/1") is None
    assert url_handle("example.org/vorn_skald") is None
    assert url_handle("twitter.com") is None
