"""Text into HTML: everything from outside is escaped, and what is invisible is made visible."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from importlib import resources

from vetting.normalise.text import visible_text

__all__ = ["capitalised", "definitions", "page", "safe", "sheet", "table", "value"]

# No script, no request to anywhere; styles are in the page itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def safe(text: object) -> str:
    """Escape a text for HTML, in an element or a quoted attribute.

    Example:
        >>> safe("<b>\u202e & co")
        '&lt;b&gt;&lt;U+202E&gt; &amp; co'
    """
    return escape(visible_text(str(text)), quote=True)


def capitalised(text: str) -> str:
    """Return a text with a capital at its start and the rest as it is."""
    return text[:1].upper() + text[1:]


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


def page(title: str, body: str, *, styles: str = "", scripts: Sequence[str] = ()) -> str:
    """Return a whole page that asks for nothing from anywhere.

    Args:
        title: As text.
        body: As HTML.
        styles: Further rules, after those that every page has.
        scripts: Whole scripts, run in this order at the end of the page. The policy names each by its hash
            and lets no other run; without any, none runs.
    """
    style = sheet("screening.css") + styles
    policy = POLICY
    if scripts:
        policy += f"; script-src {' '.join(map(_hashed, scripts))}"
    ran = "".join(f"<script>{script}</script>\n" for script in scripts)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{safe(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n{ran}</body>\n</html>\n"
    )


def sheet(name: str) -> str:
    """Return a file of this package as text: a style sheet or a script."""
    return resources.files("vetting.reports").joinpath(name).read_text(encoding="utf-8")


def _hashed(script: str) -> str:
    """Name a script as the policy does. One that holds its own end tag would be cut short by it."""
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("the script cannot stand in a page")
    return f"'sha256-{b64encode(sha256(script.encode('utf-8')).digest()).decode('ascii')}'"
