"""The formats of the fediverse and of Bluesky, and what in a file shows each."""

from __future__ import annotations

import re

from vetting.readers.exports.formats import ExportFormat, each, keys
from vetting.readers.social.activitypub import read_activitypub
from vetting.readers.social.bluesky import read_bluesky, read_bluesky_repository
from vetting.readers.social.mastodon import read_mastodon

__all__ = ["FEDIVERSE_FORMATS"]

_LINES = (".json", ".jsonl", ".ndjson")
_KEPT = (
    "handles, display names and dates",
    "links of the profile",
    "whom they answered, named, repeated and followed, and when",
)
_DROPPED = ("texts", "counts of followers", "keys")

FEDIVERSE_FORMATS = (
    ExportFormat(
        name="mastodon",
        family="social",
        why="accounts with an acct and a page, or statuses of such, as the interface of Mastodon answers, and that of Gab and Truth Social",
        marks=(
            re.compile(r"^\s*[\[{]"),
            re.compile(r'"acct"\s*:\s*"'),
            re.compile(r'"(?:display_name|in_reply_to_account_id|followers_count|note)"\s*:'),
        ),
        read=each(read_mastodon),
        endings=_LINES,
        kept=_KEPT,
        dropped=_DROPPED,
    ),
    ExportFormat(
        name="activitypub",
        family="social",
        why="a document of ActivityPub: an actor, or a collection of activities or addresses, as archives of Mastodon have them",
        marks=keys(
            r'"@context"\s*:',
            r'"(?:preferredUsername|orderedItems|attributedTo)"\s*:|"actor"\s*:\s*"https?:',
        ),
        read=read_activitypub,
        endings=(".json", ".jsonl", ".ndjson", ".jsonld"),
        kept=_KEPT,
        dropped=(*_DROPPED, "bookmarks"),
    ),
    ExportFormat(
        name="bluesky",
        family="social",
        why="accounts with a did, or records under at://, as Bluesky's interface answers",
        marks=(
            re.compile(r"^\s*[\[{]"),
            re.compile(r'"(?:did|uri)"\s*:\s*"(?:at://)?did:'),
            re.compile(r'"(?:handle|value|record|subject)"\s*:'),
        ),
        read=each(read_bluesky),
        endings=_LINES,
        kept=_KEPT,
        dropped=_DROPPED,
    ),
    ExportFormat(
        name="bluesky-repository",
        family="social",
        why="blocks after a header with roots, as the archive (CAR) of an account's repository has them",
        marks=(re.compile(r"\A[\s\S]{1,4}eroots"), re.compile(r"\A[\s\S]{0,300}gversion")),
        read=each(read_bluesky_repository),
        endings=(".car",),
        kept=_KEPT,
        dropped=_DROPPED,
    ),
)
