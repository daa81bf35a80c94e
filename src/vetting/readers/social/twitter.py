"""Reads what Twitter's interfaces answered: users and tweets of v1.1, and pages of v2.

The interfaces cannot be asked where this is tested: the layouts are those of their documented objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vetting.readers.archives import Member
from vetting.readers.exports.gathering import Gathering
from vetting.readers.exports.json_stream import JsonStream
from vetting.readers.exports.links import links_in
from vetting.readers.exports.values import as_dict, as_list, as_text, identity
from vetting.readers.social.twitter_times import created, tweeted

__all__ = ["read_twitter", "read_twitter_v2"]

_V1_LISTS = {(), ("users",), ("statuses",)}
_V2_LISTS = {(), ("data",), ("includes",), ("includes", "users"), ("includes", "tweets")}


def read_twitter(member: Member, gathered: Gathering) -> JsonStream:
    """Read users or tweets of v1.1: one, a list, an answer with a list, or one a line.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda path: path in _V1_LISTS)
    reading = _Reading(member.name, gathered)
    root: dict[str, Any] = {}
    for _, value in stream.entries(root):
        reading.thing(as_dict(value))
    if "id_str" in root or "id" in root or "ids" in root:
        reading.thing(root)
    for document in stream.documents():
        answer = as_dict(document)
        listed = [*as_list(answer.get("users")), *as_list(answer.get("statuses"))] or [answer]
        for one in listed:
            reading.thing(as_dict(one))
    return stream


def read_twitter_v2(member: Member, gathered: Gathering) -> JsonStream:
    """Read pages of v2, one or one a line; whose a tweet is that another answers to is told by the page, if at all.

    Raises:
        InputError: It is no JSON.
    """
    stream = JsonStream(member, lambda path: path in _V2_LISTS)
    reading = _Reading(member.name, gathered)
    data: dict[str, Any] = {}
    for path, value in stream.items():
        if path[-1] == "*":
            reading.thing_v2(as_dict(value), user=path[:2] == ("includes", "users"))
        elif len(path) == 2 and path[0] == "data" and path[1]:
            data[path[1]] = value  # a page of one thing
    if data:
        reading.thing_v2(data)
    for document in stream.documents():
        page = as_dict(document)
        included = as_dict(page.get("includes"))
        for one in as_list(page.get("data")) or [page.get("data", page)]:
            reading.thing_v2(as_dict(one))
        for one in as_list(included.get("users")):
            reading.thing_v2(as_dict(one), user=True)
        for one in as_list(included.get("tweets")):
            reading.thing_v2(as_dict(one))
    reading.finish()
    return stream


class _Reading:
    def __init__(self, file: str, gathered: Gathering) -> None:
        self.file, self.gathered = file, gathered
        self.writers: dict[str, str] = {}  # tweet -> account
        self.pending: list[tuple[str, str, int | None, str]] = []  # account, tweet it refers to, when, record
        self.seen: set[str] = set()  # pages repeat what they include

    def account(self, number: object, record: str, *, seen: int | None = None) -> str:
        """Note an account by its id."""
        found = identity(number)
        if not found or found in {"0", "-1"}:
            return ""
        account = f"twitter:{found}"
        self.gathered.account(account, record, seen=seen, created=created(found))
        return account

    def lost(self) -> None:
        """Count what tells of nobody."""
        self.gathered.counts["entries without an account"] += 1

    def user(self, given: dict[str, Any], handle: object) -> str:
        """Read a user of either version."""
        number = identity(given.get("id_str") or given.get("id"))
        record = f"{self.file}@{number}"
        account = self.account(number, record)
        if not account:
            self.lost()
            return ""
        self.gathered.counts["accounts"] += account not in self.seen
        self.seen.add(account)
        at = tweeted(given.get("created_at"))
        if at is not None:
            self.gathered.account(account, record, created=at)
        self.named(account, handle, given.get("name"), record)
        self.gathered.identifier(account, "place", given.get("location"), record)
        entities = as_dict(given.get("entities"))
        links = [
            as_text(as_dict(one).get("expanded_url"))
            for part in ("url", "description")
            for one in as_list(as_dict(entities.get(part)).get("urls"))
        ]
        short = as_text(given.get("url"))
        if short and not any(links):
            links.append(short)
        for link in dict.fromkeys([*filter(None, links), *_unshortened(given.get("description"))]):
            self.gathered.self_link(account, link, record)
        return account

    def named(self, account: str, handle: object, name: object, record: str) -> None:
        """Note what an account is called."""
        self.gathered.identifier(account, "handle", handle, record, platform="twitter")
        self.gathered.identifier(account, "name", name, record, role="display")

    def thing(self, given: dict[str, Any]) -> None:
        """Read a user or a tweet of v1.1."""
        if "ids" in given:
            self.gathered.counts["ids in lists that do not say whose they are, not kept"] += len(
                as_list(given["ids"])
            )
        elif "screen_name" in given:
            account = self.user(given, given.get("screen_name"))
            if account and isinstance(given.get("status"), dict):
                self.gathered.account(account, self.file, seen=tweeted(given["status"].get("created_at")))
        elif "user" in given:
            self.tweet(given)
        else:
            self.lost()

    def tweet(self, given: dict[str, Any]) -> str:
        """Read a tweet of v1.1 with its author, and those in it; return the author's account."""
        about = as_dict(given.get("user"))
        author = self.user(about, about.get("screen_name"))
        number = identity(given.get("id_str") or given.get("id"))
        record = f"{self.file}@{number}"
        if not author:
            return ""
        fresh = f"tweet {number}" not in self.seen
        self.seen.add(f"tweet {number}")
        at = tweeted(given.get("created_at"))
        self.gathered.account(author, record, seen=at)
        inner = [
            self.tweet(given[key])
            for key in ("retweeted_status", "quoted_status")
            if isinstance(given.get(key), dict)
        ]
        if not fresh:
            return author
        self.gathered.counts["tweets"] += 1
        answered = self.account(
            given.get("in_reply_to_user_id_str") or given.get("in_reply_to_user_id"), record
        )
        if answered:
            self.named(answered, given.get("in_reply_to_screen_name"), None, record)
        for other in dict.fromkeys(filter(None, [answered, *inner])):
            self.gathered.relation("quoted", author, ("account", other), at, ("", record))
        # Of a long text streamed, the short form names some and the whole form all.
        entities = as_dict(as_dict(given.get("extended_tweet")).get("entities")) or as_dict(
            given.get("entities")
        )
        for one in as_list(entities.get("user_mentions")):
            mention = as_dict(one)
            other = self.account(mention.get("id_str") or mention.get("id"), record)
            if other:
                self.named(other, mention.get("screen_name"), mention.get("name"), record)
                if other not in {answered, *inner}:
                    self.gathered.relation("mentioned", author, ("account", other), at, ("", record))
            else:
                self.gathered.counts["people named without an id"] += 1
        return author

    def thing_v2(self, given: dict[str, Any], *, user: bool = False) -> None:
        """Read a user or a tweet of v2."""
        if user or "username" in given:
            self.user(given, given.get("username"))
            return
        number = identity(given.get("id"))
        record = f"{self.file}@{number}"
        at = tweeted(given.get("created_at")) or created(number)
        author = self.account(given.get("author_id"), record, seen=at)
        if not author:
            self.lost()
            return
        if number in self.writers:
            return
        self.writers[number] = author
        self.gathered.counts["tweets"] += 1
        answered = self.account(given.get("in_reply_to_user_id"), record)
        if answered:
            self.gathered.relation("quoted", author, ("account", answered), at, ("", record))
        for one in as_list(given.get("referenced_tweets")):
            about = as_dict(one)
            if about.get("type") != "replied_to" or not answered:
                self.pending.append((author, identity(about.get("id")), at, record))
        for one in as_list(as_dict(given.get("entities")).get("mentions")):
            mention = as_dict(one)
            other = self.account(mention.get("id"), record)
            if other:
                self.named(other, mention.get("username"), None, record)
                if other != answered:
                    self.gathered.relation("mentioned", author, ("account", other), at, ("", record))
            else:
                self.gathered.counts["people named without an id"] += 1

    def finish(self) -> None:
        """Find whose the tweets are that others refer to."""
        for author, tweet, at, record in self.pending:
            other = self.writers.get(tweet)
            if other:
                self.gathered.relation("quoted", author, ("account", other), at, ("", record))
            else:
                self.gathered.counts["answers to what is not in the file"] += 1


def _unshortened(given: object) -> Iterator[str]:
    """Links written out in a text; the short ones stand in the entities."""
    return (link for link in links_in(given) if "//t.co/" not in link)
