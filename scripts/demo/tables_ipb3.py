"""Writes what happened before the upgrade into the tables of IPB 3 that it put aside (``orig_*``)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scripts.demo.accounts import GROUPS, UPGRADED, Account
from scripts.demo.forum import Forum, seo_name
from scripts.demo.talk import Conversation, Post
from tests.mariadb import insert

__all__ = ["ipb3_inserts"]

# As a default installation had them, in this order.
_FIELDS = ("AIM", "MSN", "Website URL", "ICQ", "Gender", "Location", "Interests", "Yahoo", "Jabber", "Skype")


def ipb3_inserts(forum: Forum) -> Iterator[str]:
    """INSERT statements for every table of the schema's second half."""
    yield from _members(forum)
    yield from _profiles(forum)
    yield from _threads(forum)
    yield from _messages(forum)
    yield from _ties(forum)


def _shown_name(account: Account) -> str:
    """The display name at the upgrade, escaped: IPB 3 stored names as HTML."""
    return escape(account.name_at(UPGRADED - 1))


def _login_name(account: Account) -> str:
    shown = _shown_name(account)
    return shown.lower().replace(" ", "") if account.id % 3 == 0 else shown


def _members(forum: Forum) -> Iterator[str]:
    yield insert(
        "orig_members",
        ("member_id", "name", "member_group_id", "email", "joined", "ip_address", "bday_day", "bday_month",
         "bday_year", "last_visit", "last_activity", "members_display_name", "members_seo_name",
         "members_l_display_name", "members_l_username", "members_pass_hash", "members_pass_salt",
         "member_login_key", "member_banned"),
        (
            (a.id, _login_name(a), a.group, a.email_at(UPGRADED - 1), a.joined, a.ip, a.born[0] or None,
             a.born[1] or None, a.born[2] or None, min(a.seen, UPGRADED) - 600, min(a.seen, UPGRADED),
             _shown_name(a), seo_name(a.name_at(UPGRADED - 1)), _shown_name(a).lower(), _login_name(a).lower(),
             f"{a.id:032x}", "demo.", f"{a.id + 4096:032x}", int(a.group == 5))
            for a in forum.early
        ),
    )  # fmt: skip
    changes = [(c.at, a, c) for a in forum.early for c in a.names if c.at < UPGRADED]
    yield insert(
        "orig_dnames_change",
        ("dname_member_id", "dname_date", "dname_ip_address", "dname_previous", "dname_current"),
        (
            (a.id, at, a.ip, escape(c.old), escape(c.new))
            for at, a, c in sorted(changes, key=lambda change: (change[0], change[1].id))
        ),
    )


def _profiles(forum: Forum) -> Iterator[str]:
    yield insert("orig_groups", ("g_id", "g_title"), GROUPS.items())
    yield insert("orig_pfields_data", ("pf_title", "pf_type"), ((title, "input") for title in _FIELDS))
    yield insert(
        "orig_pfields_content",
        ("member_id", "field_3", "field_6", "field_7", "field_10"),
        (
            (a.id, *(text or None for text in (a.website, escape(a.location), a.interests, a.telegram)))
            for a in forum.early
            if a.website or a.location or a.interests or a.telegram
        ),
    )
    yield insert(
        "orig_profile_portal",
        ("pp_member_id", "pp_about_me", "signature"),
        (
            (a.id, f"I like {a.interests}." if a.interests else "", "As ever." if a.id % 9 == 0 else "")
            for a in forum.early
        ),
    )


def _threads(forum: Forum) -> Iterator[str]:
    yield insert(
        "orig_topics",
        ("tid", "title", "state", "starter_id", "start_date", "starter_name", "forum_id", "approved"),
        (
            (t.id, escape(t.title), "open", t.starter.id, t.at, escape(t.starter.name_at(t.at)), 2, 1)
            for t in forum.topics
            if t.at < UPGRADED
        ),
    )
    yield insert(
        "orig_posts",
        ("pid", "author_id", "author_name", "ip_address", "post_date", "post", "topic_id", "new_topic"),
        (
            (p.id, p.author.id, _shown_name(p.author), p.ip, p.at, _bbcode(p), p.topic, int(p.opens))
            for p in forum.posts
            if p.at < UPGRADED
        ),
    )


def _bbcode(post: Post) -> str:
    text = f"<p>{escape(post.text)}</p>"
    if post.quoted is None:
        return text
    name = _shown_name(post.quoted.author)
    quotation = f"[quote name='{name}' timestamp='{post.quoted.at}' post='{post.quoted.id}']"
    return f"<p>{quotation}<br />{escape(post.quoted.text)}[/quote]</p>\n{text}"


def _messages(forum: Forum) -> Iterator[str]:
    talks = [talk for talk in forum.conversations if talk.messages[0].at < UPGRADED]
    yield insert(
        "orig_message_topics",
        ("mt_id", "mt_date", "mt_title", "mt_starter_id", "mt_start_time", "mt_last_post_time",
         "mt_invited_members", "mt_to_count", "mt_to_member_id", "mt_replies"),
        (
            (t.id, t.messages[0].at, t.title, t.starter.id, t.messages[0].at, t.messages[-1].at, _invited(t),
             len(t.others) + 1, t.others[0].id, len(t.messages) - 1)
            for t in talks
        ),
    )  # fmt: skip
    yield insert(
        "orig_message_posts",
        ("msg_topic_id", "msg_date", "msg_post", "msg_author_id", "msg_ip_address", "msg_is_first_post"),
        (
            (t.id, m.at, escape(m.text), m.author.id, m.author.ip, int(n == 0))
            for t in talks
            for n, m in enumerate(t.messages)
            if m.at < UPGRADED
        ),
    )
    yield insert(
        "orig_message_topic_user_map",
        (
            "map_user_id",
            "map_topic_id",
            "map_folder_id",
            "map_read_time",
            "map_user_active",
            "map_is_starter",
        ),
        (
            (account.id, t.id, "myconvo", t.messages[-1].at, 1, int(account is t.starter))
            for t in talks
            # Who had left before the upgrade is in no map: only the invitation or a message tells.
            for account in (t.starter, *t.others)
            if (account.id + t.id) % 7
        ),
    )


def _invited(talk: Conversation) -> str | None:
    """The ids of those invited beyond the first, as PHP serialises them."""
    if len(talk.others) < 2:
        return None
    items = "".join(f"i:{at};i:{account.id};" for at, account in enumerate(talk.others[1:]))
    return f"a:{len(talk.others) - 1}:{{{items}}}"


def _ties(forum: Forum) -> Iterator[str]:
    yield insert(
        "orig_profile_friends",
        ("friends_member_id", "friends_friend_id", "friends_approved", "friends_added"),
        ((f.owner.id, f.other.id, int((f.owner.id + f.other.id) % 10 > 0), f.at) for f in forum.friends),
    )
    yield insert(
        "orig_ignored_users",
        ("ignore_owner_id", "ignore_ignore_id", "ignore_messages", "ignore_topics"),
        (
            (i.owner.id, i.other.id, 1, 1)
            for i in forum.ignores
            if i.at < UPGRADED and i.owner.before_upgrade and i.other.before_upgrade
        ),
    )
