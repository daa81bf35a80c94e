"""Pages that are accounts: which platform an address is on, and whose page of it."""

from __future__ import annotations

import re

__all__ = ["platform_key", "url_handle"]

# Where handles stand right behind the host, perhaps with an @.
_HOSTS = {
    "twitter.com": "twitter", "x.com": "twitter", "mobile.twitter.com": "twitter", "facebook.com": "facebook",
    "fb.com": "facebook", "instagram.com": "instagram", "threads.net": "threads", "threads.com": "threads",
    "github.com": "github", "gitlab.com": "gitlab", "t.me": "telegram", "telegram.me": "telegram", "vk.com": "vk",
    "vkontakte.ru": "vk", "ok.ru": "ok", "gab.com": "gab", "truthsocial.com": "truthsocial", "youtube.com": "youtube",
    "tiktok.com": "tiktok", "twitch.tv": "twitch", "soundcloud.com": "soundcloud", "medium.com": "medium",
    "odysee.com": "odysee", "minds.com": "minds", "pinterest.com": "pinterest", "keybase.io": "keybase",
    "patreon.com": "patreon", "linktr.ee": "linktree", "disqus.com": "disqus", "snapchat.com": "snapchat",
}  # fmt: skip
# Where they stand behind a word.
_BEHIND = {
    "reddit.com": ("reddit", {"u", "user"}), "old.reddit.com": ("reddit", {"u", "user"}), "bsky.app": ("bluesky", {"profile"}),
    "linkedin.com": ("linkedin", {"in"}), "youtube.com": ("youtube", {"user", "c"}), "steamcommunity.com": ("steam", {"id"}),
    "rumble.com": ("rumble", {"user", "c"}), "gettr.com": ("gettr", {"user"}), "snapchat.com": ("snapchat", {"add"}),
    "disqus.com": ("disqus", {"by"}), "instagram.com": ("instagram", {"_u"}),
}  # fmt: skip
# Pages of the platforms' own.
_NOBODY = frozenset(
    "about account accounts ads app apps blog business c channel collections compose developers directory discover download events explore "
    "features feed gaming groups hashtag help home i intent invite joinchat jobs legal login logout marketplace messages "
    "notifications oauth orgs p pages people photo photo.php playlist policies pricing privacy profile.php public reel reels rules "
    "s search settings share sharer sharer.php shop shorts signin signup sponsors status stories story.php support terms topics tos "
    "trending tv user users video videos watch web www".split()
)
_MOST = 64
_VERSIONS = frozenset({"old", "new", "mobile", "web", "touch", "mbasic"})
_NUMBERED = re.compile(r"(?:id|club|public|event)\d+")  # accounts, groups and events by number
# One platform by several names.
_SAME = {
    "x": "twitter", "x (twitter)": "twitter", "twitter/x": "twitter", "mastodon": "fediverse", "pleroma": "fediverse",
    "misskey": "fediverse", "activitypub": "fediverse", "bsky": "bluesky", "vkontakte": "vk", "fb": "facebook", "ig": "instagram",
    "insta": "instagram", "tg": "telegram", "yt": "youtube", "odnoklassniki": "ok",
}  # fmt: skip


def platform_key(name: str) -> str:
    """Fold a platform's name, so that its several names meet.

    Example:
        >>> platform_key("X"), platform_key(" Mastodon ")
        ('twitter', 'fediverse')
    """
    folded = " ".join(name.split()).casefold()
    return _SAME.get(folded, folded)


def url_handle(form: str) -> tuple[str, str] | None:
    """Return platform and handle when a page is an account on a platform that puts handles in paths.

    On a server of the fediverse that is not known by name, ``/@name`` and ``/users/name`` are accounts, and the
    server belongs to the handle.

    Args:
        form: What :func:`~vetting.normalise.contacts.url_form` returns.

    Example:
        >>> url_handle("twitter.com/sam_ex"), url_handle("reddit.com/user/sam_ex"), url_handle("twitter.com/search")
        (('twitter', 'sam_ex'), ('reddit', 'sam_ex'), None)
        >>> url_handle("social.example.org/@sam_ex")
        ('fediverse', 'sam_ex@social.example.org')
    """
    host, _, path = form.partition("/")
    host = _known(host)
    parts = path.split("/")
    if len(parts) == 2 and parts[0] == "web" and parts[1].startswith("@"):  # as a server's own page links
        parts = parts[1:]
    if len(parts) == 1:
        handle = parts[0].removeprefix("@")
        platform = _HOSTS.get(host)
        if platform is None and handle != parts[0] and host not in _BEHIND:
            return _on_server(handle, host)
        if platform == "odysee":
            handle = handle.partition(":")[0]  # the number of a claim
        return (platform, handle) if platform and _is_handle(handle, platform) else None
    if len(parts) == 2:
        platform, words = _BEHIND.get(host, ("", set()))
        word, handle = parts[0], parts[1].removeprefix("@")
        if word in words and _is_handle(handle, platform):
            return platform, handle
        if word == "users" and host not in _HOSTS and host not in _BEHIND:
            return _on_server(handle, host)
    return None


def _known(host: str) -> str:
    """A host without what platforms put before their names for a language or a version."""
    first, _, rest = host.partition(".")
    both = {*_HOSTS, *_BEHIND}
    return rest if host not in both and rest in both and (len(first) == 2 or first in _VERSIONS) else host


def _on_server(handle: str, host: str) -> tuple[str, str] | None:
    """An account of the fediverse; one of another server may be shown by this one."""
    name, _, server = handle.partition("@")
    return ("fediverse", f"{name}@{server or host}") if _is_handle(name, "fediverse") else None


def _is_handle(text: str, platform: str) -> bool:
    if not text or len(text) > _MOST or text.lower() in _NOBODY or text.startswith(("+", "did:")):
        return False
    return platform != "vk" or not _NUMBERED.fullmatch(text)
