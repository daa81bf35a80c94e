"""Takes what an account finder says of sites and handles, and keeps it so that nothing seems known that is not.

A handle that is registered somewhere has no weight by itself: anybody may have registered it. It stands with the role
``registered``, and what the page says of its holder stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import define, field

from vetting.normalise.contacts import url_form
from vetting.normalise.pages import platform_key, url_handle
from vetting.readers.exports.answers import Status, site_key
from vetting.readers.exports.gathering import Gathering
from vetting.readers.osint.extracted import Holder, keep_extracted

__all__ = ["ANSWERS", "NOT_CHECKED", "Findings", "platform_of"]

ANSWERS = "answers of sites"
"""The count of answers: ``rows`` of every format of account finders."""
NOT_CHECKED = "answers that tell nothing: sites not checked, not named, or dropped by a control"
"""The count of what stays unknown: ``lost`` of every format; a list with any cannot show absence."""

_WORLD = re.compile(r"\.(?:com|org|net|io|ru|me|tv|co)$")


def platform_of(site: str, url: str = "") -> str:
    """Name a platform shortly: by the address where that is known, else by what the tool calls the site.

    Example:
        >>> platform_of("X (Twitter)", "https://x.com/oakmarrow"), platform_of("Chess.com"), platform_of("Vinted PL")
        ('twitter', 'chess', 'vintedpl')
    """
    page = url_handle(url_form(url)) if url else None
    if page:
        return page[0]
    name = platform_key(site)
    short = "".join(one for one in _WORLD.sub("", name) if one.isalnum())
    return short or name


@define
class Findings:
    """The answers in one file.

    Args:
        gathered: Where they are kept.
        file: The file's name, with which every record begins.

    Example:
        >>> found = Findings(Gathering(), "report.csv")
        >>> found.answer("GitHub", "oakmarrow", "found", url="https://github.com/oakmarrow", record="2")
        'github:oakmarrow'
        >>> found.answer("Chess", "oakmarrow", "not-checked", record="3")
        ''
    """

    gathered: Gathering
    file: str
    _holders: dict[str, Holder] = field(factory=dict, init=False)

    def answer(self, site: str, handle: str, status: Status, *, url: str = "", record: str) -> str:
        """Note one site's answer about one handle.

        Args:
            site: As the tool names it.
            handle: As it was searched for.
            status: ``"found"``, ``"absent"``, or ``"not-checked"`` for anything that is neither, such as a site that
                blocked, failed or is unknown.
            url: Of the page found.
            record: Where in the file: a row, or a key.

        Returns:
            The account's id; empty when nothing was found, or a control shows that the site finds anybody.
        """
        counts, handle = self.gathered.counts, handle.strip()
        if not site.strip() or not handle:
            self.unusable()
            return ""
        counts[ANSWERS] += 1
        believed = self.gathered.answers.note(site, handle, status)
        if status == "not-checked" or not believed:
            counts[NOT_CHECKED] += 1
            return ""
        if status == "absent":
            return ""
        account, cited = f"{site_key(site)}:{handle}", f"{self.file}@{record}"
        platform = platform_of(site, url)
        self.gathered.account(account, cited)
        self.gathered.identifier(account, "handle", handle, cited, platform=platform, role="registered")
        page = url_form(url)
        if page:
            self.gathered.identifier(account, "url", url.strip(), cited, role="registered")
        self._holders[account] = Holder(account=account, platform=platform, handle=handle, page=page)
        return account

    def extracted(self, account: str, fields: Mapping[str, Any], record: str) -> None:
        """Keep what the tool took from the page of an account that `answer` returned; it may tie it to a person.

        Args:
            account: The account's id; nothing is kept of an empty one.
            fields: Names as the tools write them (``fullname``, ``bio``, ``location``, ``links``, ``twitter_username``)
                and values: texts, numbers or lists of texts. Those not kept are counted by name.
            record: Where in the file.
        """
        if account:
            keep_extracted(self.gathered, self._holders[account], fields, f"{self.file}@{record}")

    def found_only(self) -> None:
        """Note that the file names the sites that found a handle and no other: it can show no absence."""
        self.gathered.answers.found_only = True
        self.gathered.counts[NOT_CHECKED] += 1

    def searched(self, handle: str) -> None:
        """Note a handle that was searched for, where the file says so apart from any answer."""
        if handle.strip():
            self.gathered.answers.handles.add(handle.strip().casefold())

    def unusable(self) -> None:
        """Count a row that names no site or no handle, or cannot be understood."""
        self.gathered.counts["rows that name no site or handle, or cannot be understood"] += 1
        self.gathered.counts[NOT_CHECKED] += 1
