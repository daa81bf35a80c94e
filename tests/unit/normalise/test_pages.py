"""A page is an account where its platform puts handles in paths, and a platform's own pages are nobody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.normalise.contacts import url_form
from vetting.normalise.pages import url_handle


@pytest.mark.parametrize(
    ("page", "account"),
    [
        ("https://twitter.com/sam_ex", ("twitter", "sam_ex")),
        ("https://x.com/Sam_Ex?s=20", ("twitter", "Sam_Ex")),
        ("https://mobile.twitter.com/sam_ex", ("twitter", "sam_ex")),
        ("https://www.reddit.com/user/sam_ex/", ("reddit", "sam_ex")),
        ("https://old.reddit.com/u/sam_ex", ("reddit", "sam_ex")),
        ("https://bsky.app/profile/sam.example.org", ("bluesky", "sam.example.org")),
        ("https://www.linkedin.com/in/sam-ex", ("linkedin", "sam-ex")),
        ("https://youtube.com/@sam_ex", ("youtube", "sam_ex")),
        ("https://www.youtube.com/user/sam_ex", ("youtube", "sam_ex")),
        ("https://truthsocial.com/@sam_ex", ("truthsocial", "sam_ex")),
        ("https://gab.com/sam_ex", ("gab", "sam_ex")),
        ("https://social.example.org/@sam_ex", ("fediverse", "sam_ex@social.example.org")),
        ("https://social.example.org/users/sam_ex", ("fediverse", "sam_ex@social.example.org")),
        ("https://instagram.com/_u/sam_ex", ("instagram", "sam_ex")),
        ("https://np.reddit.com/user/sam_ex", ("reddit", "sam_ex")),
        ("https://uk.linkedin.com/in/sam-ex", ("linkedin", "sam-ex")),
        ("https://odysee.com/@sam_ex:4", ("odysee", "sam_ex")),
        ("https://social.example.org/@sam_ex@other.example.org", ("fediverse", "sam_ex@other.example.org")),
        ("https://social.example.org/web/@sam_ex", ("fediverse", "sam_ex@social.example.org")),
        ("https://x.com/compose", None),
        ("https://github.com/sponsors", None),
        ("https://github.com/features", None),
        ("https://facebook.com/people", None),
        ("https://vk.com/club123", None),
        ("https://vk.com/id123", None),
        ("https://bsky.app/profile/did:plc:abc", None),
        ("https://twitter.com/search?q=sam", None),
        ("https://twitter.com/sam_ex/status/1", None),
        ("https://twitter.com/i/user/17", None),
        ("https://www.facebook.com/profile.php?id=17", None),
        ("https://www.youtube.com/watch?v=17", None),
        ("https://t.me/+AbCdEf", None),
        ("https://t.me/joinchat", None),
        ("https://example.org/sam_ex", None),
        ("https://example.org/users/sam/17", None),
        ("https://reddit.com/r/sam_ex", None),
        ("https://social.example.org/@", None),
    ],
)
def test_accounts_are_told_from_other_pages(page: str, account: tuple[str, str] | None) -> None:
    assert url_handle(url_form(page)) == account


@given(st.text(max_size=80))
def test_any_text_is_an_account_or_none(text: str) -> None:
    found = url_handle(url_form(text))
    assert found is None or all(found)
