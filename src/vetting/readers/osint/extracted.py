"""Keeps what an account finder took from a page it found: the page's own words may tie the account to a person."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from vetting.errors import RecordError
from vetting.normalise.contacts import url_form
from vetting.normalise.pages import url_handle
from vetting.readers.credentials import is_credential_column
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.links import links_in, text_of
from vetting.records.dates import PartialDate

__all__ = ["Holder", "keep_extracted"]

_NAMES = frozenset("fullname full_name name".split())
_OTHER_NAMES = frozenset(
    "display_name displayname alternative_fullname name_alternatives other_names credit_name nickname "
    "steam_nickname".split()
)
_PLACES = frozenset("location address hometown".split())
_EMAILS = frozenset("email emails business_email contact_email public_email mail".split())
_PHONES = frozenset("phone phones phone_number business_phone mobile".split())
_BORN = frozenset("birthday birth_date birthdate date_of_birth dob".split())
_TEXTS = frozenset("bio description about about_me status headline tagline biography summary".split())
_LINKS = frozenset(
    "links link website websites url urls blog external_urls social_links linked_social contacts facebook_link "
    "facebook_page homepage web site".split()
)
_OWN_HANDLES = frozenset("username login screen_name known_usernames".split())
_CREATED = frozenset("created_at created joined joined_at registered_at registration_date".split())
_SEEN = frozenset("latest_activity_at last_seen last_seen_at last_online last_login_at last_active".split())
_NO_LINK = re.compile(r"image|avatar|photo|picture|banner|cover|background|_bg|icon|feed|thumbnail")
_ELSEWHERE = re.compile(r"([a-z][a-z0-9]{1,20})_(?:username|screen_name|nickname|handle)")
_PLATFORMS = frozenset(
    "twitter facebook instagram telegram vk github skype youtube tiktok twitch reddit linkedin discord mastodon bluesky "
    "snapchat steam soundcloud pinterest tumblr icq livejournal".split()
)
_HANDLE = re.compile(r"@?[\w.\-]{2,64}")
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST = 200  # values of one field
_LONGEST = 65_536
_SINCE, _UNTIL = 0, 1 << 33  # seconds that may be a date: 1970 to 2242


@frozen(kw_only=True)
class Holder:
    """An account that was found: what the page's own words are no news about.

    Attributes:
        account: Its id.
        platform: Where.
        handle: Its handle.
        page: Form of the page's address.
    """

    account: str
    platform: str
    handle: str
    page: str

    def is_own(self, platform: str, handle: str) -> bool:
        """Whether this is the handle itself, which a page, or a copy of it elsewhere, names without tying it to anybody."""
        here = platform == self.platform or (len(platform) > 2 and platform in self.platform)
        return here and handle.casefold() == self.handle.casefold()


def keep_extracted(gathered: Gathering, holder: Holder, fields: Mapping[str, Any], cited: str) -> None:
    """Keep the fields that are known; those that are not, and credentials, are counted by their names.

    Names and places are the holder's own claims; links, addresses and other accounts have the role ``self_linked``. A
    link to the page itself, or its own handle, would be the search's own question for an answer: it is left out.
    """
    for given, value in _whole_names(fields).items():
        key = str(given).strip().casefold().replace(" ", "_").replace("-", "_")
        if value in (None, "", [], {}, "[]", "{}", "None", False):
            continue
        if key.startswith("your_"):
            gathered.counts["extracted fields about whoever searched, left out"] += 1
        elif is_credential_column(key):
            gathered.counts["extracted credentials, left out"] += 1
        elif not _kept(gathered, holder, key, value, cited):
            named = key if _PLAIN_KEY.fullmatch(key) else "others"
            gathered.counts[f"extracted fields not kept: {named}"] += 1


def _whole_names(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the parts of a name together: alone each is no name of anybody."""
    first, last = fields.get("first_name"), fields.get("last_name")
    if not isinstance(first, str) or not isinstance(last, str) or not first.strip() or not last.strip():
        return fields
    others = {key: value for key, value in fields.items() if key not in {"first_name", "last_name"}}
    name = f"{first.strip()} {last.strip()}"
    return {**others, "display_name" if "name" in others else "name": name}


def _kept(gathered: Gathering, holder: Holder, key: str, value: Any, cited: str) -> bool:
    if key in _CREATED or key in _SEEN:
        return _dated(gathered, holder, key, value, cited)
    texts = _texts(value)
    if not texts:
        return False
    found = 0
    for text in texts[:_MOST]:
        found += _value_kept(gathered, holder, key, text, cited)
    if len(texts) > _MOST:
        gathered.counts["extracted values beyond the first two hundred of a field, left out"] += (
            len(texts) - _MOST
        )
    return found > 0


def _value_kept(gathered: Gathering, holder: Holder, key: str, text: str, cited: str) -> bool:
    who = holder.account
    if key in _NAMES:
        gathered.identifier(who, "name", text_of(text), cited, role="display")
    elif key in _OTHER_NAMES:
        gathered.identifier(who, "name", text_of(text), cited, role="alias")
    elif key in _PLACES:
        gathered.identifier(who, "place", text_of(text), cited)
    elif key in _PHONES:
        gathered.identifier(who, "phone", text, cited, role="self_linked")
    elif key in _EMAILS:
        gathered.self_link(who, text, cited)
    elif key in _BORN:
        try:
            gathered.identifier(who, "date_of_birth", str(PartialDate.parse(text)), cited)
        except RecordError:
            return False
    elif key in _TEXTS:
        for link in links_in(text):
            _linked(gathered, holder, link, cited)
        gathered.counts["extracted texts of which only links are kept"] += 1
    elif key in _OWN_HANDLES:
        if not holder.is_own(holder.platform, text):
            gathered.identifier(who, "handle", text, cited, platform=holder.platform, role="registered")
    elif (other := _ELSEWHERE.fullmatch(key)) or key in _PLATFORMS:
        return _elsewhere(gathered, holder, other[1] if other else key, text, cited)
    elif key in _LINKS or (key.endswith(("_url", "_link")) and not _NO_LINK.search(key)):
        for link in links_in(text) or (text,):
            _linked(gathered, holder, link, cited)
    else:
        return False
    return True


def _elsewhere(gathered: Gathering, holder: Holder, platform: str, text: str, cited: str) -> bool:
    """Keep an account on another platform, given as its handle or its page."""
    if "/" in text:
        _linked(gathered, holder, text, cited)
        return True
    handle = text.removeprefix("@")
    if not _HANDLE.fullmatch(handle) and not (platform == "mastodon" and "@" in handle):
        return False
    if platform == "mastodon" and "@" in handle:
        gathered.self_link(holder.account, f"@{handle}", cited)
    elif not holder.is_own(platform, handle):
        about = {"platform": platform, "role": "self_linked"}
        gathered.identifier(holder.account, "handle", handle, cited, **about)
    return True


def _linked(gathered: Gathering, holder: Holder, link: str, cited: str) -> None:
    form = url_form(link)
    page = url_handle(form) if form else None
    if form and (form.casefold() == holder.page.casefold() or (page and holder.is_own(*page))):
        return
    gathered.self_link(holder.account, link, cited)


def _dated(gathered: Gathering, holder: Holder, key: str, value: Any, cited: str) -> bool:
    at = _moment(value)
    if at is None:
        return False
    if key in _CREATED:
        gathered.account(holder.account, cited, created=at)
    else:
        gathered.account(holder.account, cited, seen=at)
    return True


def _moment(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.strip().isdigit()):
            number = int(value)
            at = number // 1000 if number >= _UNTIL else number
        else:
            moment = datetime.fromisoformat(str(value).strip())
            at = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
    return at if _SINCE < at < _UNTIL else None


def _texts(value: Any) -> list[str]:
    """Take a field's texts: one, a list, or a list that was written out as a text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, str) and value.startswith("[") and len(value) <= _LONGEST:
        try:
            value = ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return [value.strip()] if isinstance(value, str) else []
    if isinstance(value, str):
        return [value.strip()[:_LONGEST]] if value.strip() else []
    if isinstance(value, list | tuple):
        return [one.strip()[:_LONGEST] for one in value if isinstance(one, str) and one.strip()]
    return []
