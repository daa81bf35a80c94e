"""Text into HTML: everything from outside is escaped, and what is invisible is made visible."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib import resources

from vetting.normalise.text import visible_text

__all__ = ["definitions", "page", "safe", "table", "value"]

# No script, no request to anywhere; styles are in the page itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def safe(text: object) -> str:
    """Escape a text for HTML, in an element or a quoted attribute.

    Example:
        >>> safe("<b>\u202e & co")
        '&lt;b&gt;&lt;U+202E&gt; &amp; co'
    """
    return escape(visible_text(str(text)), quote=True)


def value(text: str | None) -> str:
    """Return a value as people wrote it, isolated from the direction of the text around it."""
    return '<span class="none">none</span>' if text is None else f"<bdi>{safe(text)}</bdi>"


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a definition list; the second of each pair is HTML already, and an empty one is left out."""
    rows = "".join(f"<div><dt>{safe(term)}</dt><dd>{html}</dd></div>" for term, html in pairs if html)
    return f"<dl>{rows}</dl>"


def table(headings: Iterable[str], rows: Iterable[Iterable[str]], *, name: str) -> str:
    """Return a table whose cells are HTML already; on a narrow screen each row becomes a block.

    Args:
        headings: Of the columns, as text.
        rows: Cells as HTML.
        name: A class for the table.
    """
    headings = list(headings)
    head = "".join(f'<th scope="col">{safe(heading)}</th>' for heading in headings)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-of="{safe(heading)}"><div>{cell}</div></td>'
            for heading, cell in zip(headings, row, strict=True)
        )
        + "</tr>\n"
        for row in rows
    )
    return f'<table class="{safe(name)}"><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>'


def page(title: str, body: str) -> str:
    """Return a whole page that asks for nothing from anywhere.

    Args:
        title: As text.
        body: As HTML.
    """
    style = resources.files("vetting.reports").joinpath("screening.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{safe(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
