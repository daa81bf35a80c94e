"""Finds what a profile's text links to: pages, e-mail addresses, accounts of the fediverse."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["links_in", "text_of"]

_LONGEST = 65_536
_LINK = re.compile(
    r"https?://[^\s<>\"'()\[\]{}|\\^`]{3,2000}+"
    r"|(?<![\w.+@/-])@?[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,8}"
)
_TAG = re.compile(r"<[a-zA-Z/!]")


class _Html(HTMLParser):
    """Collects the texts and the targets of links; mentions and hashtags are no links of one's own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and not {"mention", "hashtag"} & set((given.get("class") or "").split()):
            self.targets.append(given.get("href") or "")
        if tag in {"p", "br", "div", "li"}:
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def text_of(given: object) -> str:
    """Return a profile's text without its markup.

    Example:
        >>> text_of("<p>Harrowby &amp; more</p>")
        'Harrowby & more'
    """
    return _parsed(given)[0]


def links_in(given: object) -> tuple[str, ...]:
    """Return what a text or a piece of HTML links to, in its order and each once.

    Args:
        given: The text; anything but a text links to nothing.

    Example:
        >>> links_in('Also <a href="https://example.org/v">here</a>, or write to v@example.org')
        ('https://example.org/v', 'v@example.org')
    """
    text, targets = _parsed(given)
    found = [target for target in targets if target.startswith(("http://", "https://"))]
    found += [hit.rstrip(".,;:!?") for hit in _LINK.findall(text)]
    return tuple(dict.fromkeys(found))


def _parsed(given: object) -> tuple[str, list[str]]:
    if not isinstance(given, str):
        return "", []
    text = given[:_LONGEST]
    if not _TAG.search(text):
        return text, []
    parser = _Html()
    parser.feed(text)
    parser.close()
    return "".join(parser.texts).strip(), parser.targets
