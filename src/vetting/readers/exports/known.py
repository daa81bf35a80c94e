"""Every format of exports that is known, by name."""

from __future__ import annotations

from vetting.readers.chats.formats import CHAT_FORMATS
from vetting.readers.osint.formats import FINDER_FORMATS
from vetting.readers.social.fediverse_formats import FEDIVERSE_FORMATS
from vetting.readers.social.reddit_and_vk_formats import REDDIT_AND_VK_FORMATS
from vetting.readers.social.x_and_meta_formats import X_AND_META_FORMATS

__all__ = ["EXPORT_FORMATS"]

EXPORT_FORMATS = {
    one.name: one
    for one in (
        *CHAT_FORMATS,
        *FEDIVERSE_FORMATS,
        *REDDIT_AND_VK_FORMATS,
        *X_AND_META_FORMATS,
        *FINDER_FORMATS,
    )
}
