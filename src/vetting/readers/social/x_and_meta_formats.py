"""The formats of X (Twitter), Facebook and Instagram, and what in a file shows each."""

from __future__ import annotations

import re

from vetting.readers.exports.formats import ExportFormat, each
from vetting.readers.social.facebook import FACEBOOK_MARK, read_facebook
from vetting.readers.social.instagram import read_instagram
from vetting.readers.social.twitter import read_twitter, read_twitter_v2
from vetting.readers.social.x_archive import X_ARCHIVE_MARK, read_x_archive

__all__ = ["X_AND_META_FORMATS"]

_LINES = (".json", ".jsonl", ".ndjson")
_TWITTER = (
    "handles, names and places",
    "links of the profile",
    "whom they answered, named and quoted, and when",
)

X_AND_META_FORMATS = (
    ExportFormat(
        name="twitter-archive",
        family="social",
        why="a script that gives a list to window.YTD, as the archive of an X (Twitter) account has it",
        marks=(X_ARCHIVE_MARK,),
        read=read_x_archive,
        endings=(".js",),
        kept=(
            *_TWITTER,
            "earlier handles",
            "the holder's address, number and birth date",
            "followers, followed and blocked by id",
            "who wrote to whom",
        ),
        dropped=(
            "texts",
            "likes, which do not say whose tweet it was",
            "advertising, devices, contacts and everything else",
        ),
    ),
    ExportFormat(
        name="twitter",
        family="social",
        why="users with screen names, or tweets with such users, as version 1.1 of Twitter's interface answers",
        marks=(
            re.compile(r"^\s*[\[{]"),
            re.compile(r'"screen_name"\s*:|"ids"\s*:\s*\[\s*"?\d'),
            re.compile(r'"id_str"\s*:|"next_cursor(?:_str)?"\s*:'),
        ),
        read=each(read_twitter),
        endings=_LINES,
        kept=_TWITTER,
        dropped=("texts", "counts of followers", "lists of ids that do not say whose they are"),
    ),
    ExportFormat(
        name="twitter-v2",
        family="social",
        why="a page with data of users or of tweets with the ids of their authors, as version 2 of Twitter's interface answers",
        marks=(
            re.compile(r'^\s*\{\s*"(?:data|includes|meta)"\s*:'),
            re.compile(r'"author_id"\s*:\s*"\d|"username"\s*:\s*"\w{1,15}"'),
            re.compile(r'"id"\s*:\s*"\d+"'),
        ),
        read=each(read_twitter_v2),
        endings=_LINES,
        kept=_TWITTER,
        dropped=("texts", "counts of followers"),
    ),
    ExportFormat(
        name="facebook",
        family="social",
        why="an object that begins with a profile, friends, followers, groups or pages, as Facebook exports them",
        marks=(FACEBOOK_MARK,),
        read=read_facebook,
        kept=(
            "the holder's names, handle, addresses, numbers, birth date and places",
            "accounts elsewhere and websites",
            "friends, followers, followed and blocked by name",
            "groups",
        ),
        dropped=("relatives", "faith, views, interests and pages followed", "work and schools", "requests"),
    ),
    ExportFormat(
        name="instagram",
        family="social",
        why="lists of accounts with pages on instagram.com, or the profile of the holder, as Instagram exports them",
        marks=(
            re.compile(r"^\s*[\[{]"),
            re.compile(r'"string_(?:list|map)_data"\s*:'),
            re.compile(
                r'instagram\.com|"relationships_\w+"\s*:|"profile_(?:user|profile_change|linked_meta_accounts)"\s*:'
            ),
        ),
        read=read_instagram,
        kept=(
            "the holder's names, handles, address, number and birth date, the earlier ones too",
            "links of the profile",
            "followers, followed and blocked by handle",
        ),
        dropped=(
            "close friends, requests and who is not followed any more",
            "fields under labels that are not English",
        ),
    ),
)
