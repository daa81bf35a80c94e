"""Writes the forum into the tables of IPS 4, as the software would hold them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from scripts.demo.accounts import CLOSED, GROUPS, UPGRADED, Account
from scripts.demo.forum import Forum, carried_over, seo_name
from scripts.demo.talk import WELCOME, Conversation, Post
from tests.mariadb import insert

__all__ = ["ips4_inserts"]

_FIELDS = ("Location", "Website URL", "Real name", "Telegram", "Phone", "Interests")


def ips4_inserts(forum: Forum) -> Iterator[str]:
    """INSERT statements for every table of the schema's first half."""
    yield from _members(forum)
    yield from _profiles(forum)
    yield from _threads(forum)
    yield from _messages(forum)
    yield from _ties(forum)


def _key(number: int) -> str:
    """Thirty-two hexadecimal digits, as the software's keys have them."""
    return f"{number:032x}"


def _members(forum: Forum) -> Iterator[str]:
    yield insert(
        "core_members",
        ("member_id", "name", "member_group_id", "email", "joined", "ip_address", "bday_day", "bday_month",
         "bday_year", "last_visit", "last_activity", "members_seo_name", "members_pass_hash",
         "members_pass_salt", "member_login_key", "timezone", "signature"),
        (
            (a.id, a.name, a.group, a.email, a.joined, a.ip, a.born[0] or None, a.born[1] or None,
             a.born[2] or None, a.seen - 600, a.seen, seo_name(a.name),
             # Of the right shape, and the hash of nothing: readers must drop the column.
             f"$2y$13$Synthetic.demonstration.value.not.a.hash.of.any.p{a.id:04}",
             f"SyntheticSaltOfNo.{a.id:04}", _key(a.id), "Europe/London",
             "<p>As ever.</p>" if a.id % 9 == 0 else "")
            for a in forum.kept
        ),
    )  # fmt: skip
    changes = [
        (change.at, account, kind, change)
        for account in forum.kept
        for kind, made in (("display_name", account.names), ("email_change", account.emails))
        for change in made
        if change.at >= UPGRADED
    ]
    yield insert(
        "core_member_history",
        ("log_app", "log_member", "log_by", "log_type", "log_data", "log_date", "log_ip_address"),
        (
            ("core", a.id, a.id, kind, json.dumps({"old": change.old, "new": change.new}), at, a.ip)
            for at, a, kind, change in sorted(changes, key=lambda change: (change[0], change[1].id))
        ),
    )
    yield insert(
        "core_members_known_ip_addresses",
        ("device_key", "member_id", "ip_address", "last_seen"),
        ((*key, at) for key, at in sorted(_known_addresses(forum).items())),
    )
    yield insert(
        "core_validating",
        ("vid", "member_id", "entry_date", "new_reg", "ip_address"),
        ((_key(a.id + 7000), a.id, a.joined, 1, a.ip) for a in forum.kept if a.group == 1),
    )


def _known_addresses(forum: Forum) -> dict[tuple[str, int, str], int]:
    """Device, account and address to when it was last seen; the software prunes after a year."""
    known = {(_key(a.id), a.id, a.ip): a.seen for a in forum.kept}
    for post in forum.posts:
        if post.author.upgraded:
            key = (_key(post.author.id), post.author.id, post.ip)
            known[key] = max(post.at, known.get(key, 0))
    return {key: at for key, at in known.items() if at > CLOSED - 365 * 86_400}


def _profiles(forum: Forum) -> Iterator[str]:
    yield insert(
        "core_pfields_data",
        ("pf_type", "pf_position"),
        (("Url" if title == "Website URL" else "Text", at) for at, title in enumerate(_FIELDS, start=1)),
    )
    words = [("core", f"core_pfield_{at}", title) for at, title in enumerate(_FIELDS, start=1)]
    words += [("core", f"core_pfield_{at}_desc", "") for at in range(1, len(_FIELDS) + 1)]
    words += [("core", f"core_group_{number}", title) for number, title in GROUPS.items()]
    words += [("forums", "forums_forum_2", "The common room"), ("core", "login", "Sign in")]
    yield insert("core_sys_lang_words", ("word_app", "word_key", "word_default"), words)
    yield insert(
        "core_pfields_content",
        ("member_id", *(f"field_{at}" for at in range(1, 7))),
        (
            (a.id, *(text or None for text in (a.location, a.website, a.real_name, a.telegram, a.phone, a.interests)))
            for a in forum.kept
        ),
    )  # fmt: skip
    yield insert("core_groups", ("g_id", "g_view_board"), ((number, 1) for number in GROUPS))


def _threads(forum: Forum) -> Iterator[str]:
    posts = [post for post in forum.posts if carried_over(post.id, post.at, every=6)]
    shown = {post.topic for post in posts} | {WELCOME}
    yield insert(
        "forums_topics",
        (
            "tid",
            "title",
            "state",
            "starter_id",
            "start_date",
            "starter_name",
            "forum_id",
            "approved",
            "pinned",
        ),
        (
            (t.id, t.title, "open", *_author(t.starter), t.at, t.starter.name, 2, 1, int(t.id == WELCOME))
            for t in forum.topics
            if t.id in shown
        ),
    )
    yield insert(
        "forums_posts",
        ("pid", "author_id", "author_name", "ip_address", "post_date", "post", "topic_id", "new_topic"),
        (
            (p.id, *_author(p.author), p.author.name, p.ip, p.at, _html(p), p.topic, int(p.opens))
            for p in posts
        ),
    )


def _author(account: Account) -> tuple[int]:
    """The account's number, or the guest's 0 for one that was lost at the upgrade: only its name is left."""
    return (account.id if account.upgraded else 0,)


def _html(post: Post) -> str:
    quoted, mentioned = post.quoted, post.mentioned
    parts = []
    if quoted:
        parts.append(
            f'<blockquote class="ipsQuote" data-ipsquote="" data-ipsquote-contentapp="forums" '
            f'data-ipsquote-contentclass="forums_Topic" data-ipsquote-contentcommentid="{quoted.id}" '
            f'data-ipsquote-contentid="{quoted.topic}" data-ipsquote-contenttype="forums" '
            f'data-ipsquote-timestamp="{quoted.at}" data-ipsquote-userid="{_author(quoted.author)[0]}" '
            f'data-ipsquote-username="{escape(quoted.author.name)}"><div class="ipsQuote_citation">'
            f"{escape(quoted.author.name)} said:</div><div>\n<p>{escape(quoted.text)}</p>\n</div></blockquote>"
        )
    greeting = ""
    if mentioned and mentioned.upgraded:
        page = f"https://ravensmoot.example.net/profile/{mentioned.id}-{seo_name(mentioned.name)}/"
        greeting = (
            f'<a contenteditable="false" data-ipshover="" data-ipshover-target="{page}?do=hovercard" '
            f'data-mentionid="{mentioned.id}" href="{page}">@{escape(mentioned.name)}</a> '
        )
    parts.append(f"<p>\n\t{greeting}{escape(post.text, quote=False)}\n</p>")
    return "\n".join(parts)


def _messages(forum: Forum) -> Iterator[str]:
    talks = [
        talk
        for talk in forum.conversations
        if carried_over(talk.id, talk.messages[0].at, every=4) and talk.starter.upgraded
    ]
    yield insert(
        "core_message_topics",
        ("mt_id", "mt_date", "mt_title", "mt_starter_id", "mt_start_time", "mt_last_post_time", "mt_to_count",
         "mt_to_member_id", "mt_replies"),
        (
            # The software stopped filling mt_to_member_id at some time: it is no list of recipients.
            (t.id, t.messages[0].at, t.title, t.starter.id, t.messages[0].at, t.messages[-1].at,
             len(t.others) + 1, t.others[0].id if t.messages[0].at < UPGRADED + 200 * 86_400 else 0,
             len(t.messages) - 1)
            for t in talks
        ),
    )  # fmt: skip
    yield insert(
        "core_message_posts",
        ("msg_topic_id", "msg_date", "msg_post", "msg_author_id", "msg_ip_address", "msg_is_first_post"),
        (
            (t.id, m.at, f"<p>\n\t{escape(m.text, quote=False)}\n</p>", *_author(m.author), m.author.ip, int(n == 0))
            for t in talks
            for n, m in enumerate(t.messages)
        ),
    )  # fmt: skip
    yield insert(
        "core_message_topic_user_map",
        ("map_user_id", "map_topic_id", "map_folder_id", "map_read_time", "map_user_active", "map_is_starter",
         "map_left_time"),
        (row for t in talks for row in _in_conversation(t)),
    )  # fmt: skip


def _in_conversation(talk: Conversation) -> Iterator[tuple[int | str, ...]]:
    end = talk.messages[-1].at
    for account in (talk.starter, *talk.others):
        left = account.upgraded and (account.id + talk.id) % 11 == 0
        if account.upgraded:
            yield (account.id, talk.id, "myconvo", end, int(not left), int(account is talk.starter),
                   end + 3600 if left else 0)  # fmt: skip


def _ties(forum: Forum) -> Iterator[str]:
    yield insert(
        "core_follow",
        ("follow_id", "follow_app", "follow_area", "follow_rel_id", "follow_member_id", "follow_added"),
        (
            *((_key(n), "core", "member", f.other.id, f.owner.id, f.at) for n, f in enumerate(forum.follows, start=1)),
            # A thread that is followed is no person.
            *((_key(9000 + t.id), "forums", "topic", t.id, t.starter.id, t.at) for t in forum.topics if t.starter.upgraded),
        ),
    )  # fmt: skip
    yield insert(
        "core_ignored_users",
        ("ignore_owner_id", "ignore_ignore_id", "ignore_messages", "ignore_topics"),
        ((i.owner.id, i.other.id, 1, 1) for i in forum.ignores if i.owner.upgraded and i.other.upgraded),
    )
    yield insert(
        "core_reputation_index",
        ("member_id", "app", "type", "type_id", "rep_date", "member_received"),
        ((who.id, "forums", "pid", post.id, post.at + 3600, post.author.id) for who, post in forum.likes),
    )
