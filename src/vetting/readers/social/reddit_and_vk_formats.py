"""The formats of Reddit's archives and of VK's interface, and what in a file shows each."""

from __future__ import annotations

import re

from vetting.readers.exports.formats import ExportFormat, each
from vetting.readers.social.reddit import read_reddit
from vetting.readers.social.vk import read_vk

__all__ = ["REDDIT_AND_VK_FORMATS"]

REDDIT_AND_VK_FORMATS = (
    ExportFormat(
        name="reddit",
        family="social",
        why="objects with an author, a subreddit and a time of creation, or a user with karma, as Reddit and its archives write",
        marks=(
            re.compile(r"^\s*[\[{]"),
            re.compile(r'"created_utc"\s*:'),
            re.compile(r'"author"\s*:\s*(?:"|null)|"(?:comment|link)_karma"\s*:'),
            re.compile(r'"subreddit"\s*:|"(?:comment|link)_karma"\s*:'),
        ),
        read=read_reddit,
        endings=(".json", ".jsonl", ".ndjson", ".txt"),
        rows="comments and submissions",
        lost=(
            "entries by accounts that were deleted",
            "entries without an account",
            "lines that are no JSON",
        ),
        kept=(
            "who wrote, when and in which subreddit",
            "whom they answered or named",
            "links of a user's own profile",
        ),
        dropped=("texts and titles", "links in posts", "flairs", "votes and awards"),
    ),
    ExportFormat(
        name="vk",
        family="social",
        why="users with first and last names and VK's own fields, or posts of a wall, as VK's interface answers",
        marks=(
            re.compile(r"^\s*[\[{]"),
            re.compile(r'"(?:first_name|from_id)"\s*:'),
            re.compile(r'"(?:last_name|owner_id)"\s*:'),
            re.compile(
                r'"(?:can_access_closed|is_closed|deactivated|screen_name|domain|bdate|home_town|track_code|owner_id)"\s*:'
            ),
            re.compile(r'"id"\s*:\s*-?\d'),
        ),
        read=each(read_vk),
        endings=(".json", ".jsonl", ".ndjson"),
        kept=(
            "names, screen names, birth dates, towns and telephone numbers",
            "links and accounts elsewhere",
            "whose wall they wrote on, and when",
        ),
        dropped=(
            "texts",
            "relatives and partners",
            "views, faith and interests",
            "work, schools and military service",
        ),
    ),
)
