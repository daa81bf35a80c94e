"""Column headers, as people write them, to the fields that they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

__all__ = ["ROSTER_HEADERS", "SEVERAL_COLUMNS", "TABLE_HEADERS", "fold_header", "match_headers", "nearest"]

_PERSON: dict[str, str] = {
    "name": "name, full name, fullname, whole name, complete name",
    "given_name": "given name, given names, first name, first names, forename, forenames, christian name",
    "middle_name": "middle name, middle names, second name",
    "family_name": "family name, surname, last name, family names, surnames",
    "aliases": "aliases, alias, aka, also known as, other names, other name, former name, former names, "
    "previous name, previous names, maiden name, birth name, name at birth, known as",
    "date_of_birth": "date of birth, dob, birth date, birthdate, birthday, born, d o b",
    "email": "email, e-mail, mail, email address, e-mail address, mail address, emails, emailaddr, "
    "personal email, work email, private email, home email, contact email",
    "phone": "phone, phone number, telephone, telephone number, tel, tel no, phone no, telephone no, mobile, "
    "mobile number, mobile phone, mobile no, cell, cell phone, home phone, work phone, phones, landline",
    "address": "address, home address, postal address, street, street address, address line, current address, "
    "previous address, town, city, place, location, residence",
    "postcode": "postcode, post code, postal code, zip, zip code, zipcode",
    "url": "url, urls, website, web site, homepage, home page, web page, webpage, link, links, profile url, "
    "profile link, site",
}
_HANDLES = (
    "handle, handles, username, user name, usernames, nick, nickname, nick name, screen name, login, "
    "login name, social media, social handle, account name, user"
)
_ROSTER: dict[str, str] = {
    "id": "id, applicant id, applicant no, applicant number, candidate id, candidate no, candidate number, "
    "employee id, employee no, employee number, staff id, staff no, staff number, person id, personnel number, "
    "reference, ref, reference no, reference number, application id, application number, record id, identifier",
    **_PERSON,
    "name": _PERSON["name"] + ", applicant name, candidate name, employee name, display name",
    "handle": _HANDLES,
}
_TABLE: dict[str, str] = {
    "account_id": "id, account id, member no, member number, membership number, membership no, member id, "
    "user id, uid, userid, user no, no, record id, identifier, supporter id, supporter no",
    **_PERSON,
    "name": _PERSON["name"] + ", member name, real name, person",
    "initials": "initials, initial",
    "handle": _HANDLES + ", member login, account",
    "display_name": "display name, shown name, displayed name",
    "status": "status, member status, membership status, account status, state of membership, list status",
    "created_at": "created at, created, joined, join date, joined at, date joined, start date, registered, "
    "registration date, member since, registered at, reg date",
    "last_seen": "last seen, last seen at, last contact, lapsed, last visit, last activity, last active, last login",
    "groups": "groups, group, branch, region, user group, usergroup, member group, chapter",
}
# A column named after a platform holds handles there.
_PLATFORMS = (
    "twitter, telegram, facebook, instagram, skype, discord, reddit, youtube, vk, gab, mastodon, bluesky, "
    "linkedin, tiktok, icq, jabber, steam, github, snapchat, signal, parler, minds, odysee, gettr, threads"
)

SEVERAL_COLUMNS = frozenset(
    {"name", "aliases", "email", "phone", "handle", "display_name", "address", "postcode", "place"}
    | {"url", "groups"}
)
"""Fields that more than one column may feed."""


def fold_header(text: str) -> str:
    """A header without case, accents, spaces, hyphens, punctuation and a number at its end.

    Example:
        >>> fold_header(" E-Mail Address 2 "), fold_header("date_of_birth")
        ('emailaddress', 'dateofbirth')
    """
    letters = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"\d+$", "", re.sub(r"[\W_]+", "", letters))


def _by_header(aliases: Mapping[str, str]) -> dict[str, str]:
    known = {fold_header(name): f"handle:{name}" for name in _PLATFORMS.split(", ")}
    for name, written in aliases.items():
        known[fold_header(name)] = name
        known.update({fold_header(alias): name for alias in written.split(", ")})
    return known


ROSTER_HEADERS: Mapping[str, str] = _by_header(_ROSTER)
"""Folded header to field of an applicant; ``handle:<platform>`` for a column named after a platform."""

TABLE_HEADERS: Mapping[str, str] = _by_header(_TABLE)
"""Folded header to field of a member table."""


def match_headers(headers: Sequence[str], known: Mapping[str, str]) -> list[str | None]:
    """Find the field that each column means.

    Args:
        headers: The headers as written.
        known: ``ROSTER_HEADERS`` or ``TABLE_HEADERS``.

    Returns:
        A field for each column, or ``None`` for a column that means nothing here.

    Example:
        >>> match_headers(["Applicant ID", "DoB", "Shoe size", "Twitter"], ROSTER_HEADERS)
        ['id', 'date_of_birth', None, 'handle:twitter']
    """
    return [known.get(fold_header(header)) for header in headers]


def nearest(header: str, known: Mapping[str, str]) -> str | None:
    """The field whose header is nearest to a header that means nothing; ``None`` if none is near.

    Example:
        >>> nearest("e-mial", ROSTER_HEADERS)
        'email'
    """
    folded = fold_header(header)
    found = get_close_matches(folded, known, n=1, cutoff=0.75) if len(folded) < 64 else []
    return known[found[0]] if found else None
