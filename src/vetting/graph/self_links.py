"""What an account states of itself beside its own handle: pages, e-mail addresses, handles elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from vetting.normalise.contacts import url_form
from vetting.normalise.pages import platform_key, url_handle
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier, IdentifierKind

__all__ = ["addresses", "own_platform", "self_links"]

_NOT_STATED = {"posted_as", "registered"}
_OWN = {"current", "registered"}  # an account that somebody names is that one, whoever found it


def self_links(account: ListedAccount) -> tuple[Identifier, ...]:
    """Return what a profile names as its own.

    Pages and e-mail addresses of the profile, and handles on another platform than the account's. A page that
    is an account elsewhere counts as that account's handle, too. Not what was merely seen on a post, not the
    account's own page, and not names, places and numbers: they lead to everybody who has them.

    Example:
        >>> told = ListedAccount(
        ...     list_id="social-2020", account_id="7", handles=["mastodon:quillmere"],
        ...     urls=["https://twitter.com/vornskald_77"],
        ... )
        >>> [str(item) for item in self_links(told)]
        ['https://twitter.com/vornskald_77', 'twitter:vornskald_77']
    """
    return tuple(dict.fromkeys(_stated(account)))


def _stated(account: ListedAccount) -> Iterator[Identifier]:
    own = own_platform(account)
    itself = {(item.platform, item.value.casefold()) for item in account.handles}
    for item in account.handles:
        if item.platform and own and item.platform != own and item.role not in _NOT_STATED:
            yield item
    for item in (*account.emails, *account.urls):
        if item.role in _NOT_STATED:
            continue
        page = url_handle(url_form(item.value)) if item.kind is IdentifierKind.URL else None
        if page and (page[0], page[1].casefold()) in itself:
            continue
        yield item
        if page:
            yield Identifier(
                kind=IdentifierKind.HANDLE,
                value=page[1],
                platform=page[0],
                confirmed=item.confirmed,
                record=item.record,
            )


def own_platform(account: ListedAccount) -> str | None:
    """Return the platform that an account is on: that of its first own handle with one."""
    return next((item.platform for item in account.handles if item.platform and item.role in _OWN), None)


def addresses(identifier: Identifier, account: ListedAccount) -> bool:
    """Whether an identifier names exactly this account: its handle together with its platform, or its page.

    Without a platform a handle may be anybody's on another one.
    """
    named = (platform_key(identifier.platform or ""), identifier.value)
    if identifier.kind is IdentifierKind.URL:
        named = url_handle(url_form(identifier.value)) or ("", "")
    elif identifier.kind is not IdentifierKind.HANDLE:
        return False
    platform = platform_key(own_platform(account) or "")
    return bool(platform) and any(
        platform_key(item.platform or "") == platform == named[0]
        and item.role in _OWN
        and item.value.casefold().removeprefix("@") == named[1].casefold().removeprefix("@")
        for item in account.handles
    )
