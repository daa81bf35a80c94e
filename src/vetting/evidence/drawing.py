"""A card as an SVG image, for a notebook: paragraphs and rows of folded text, and nothing but text.

An image keeps what comes from people's records out of the page it is shown on: in an ``<img>`` no script
runs, no link is followed, and no style reaches what is around it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from attrs import field, frozen
from attrs.validators import ge

from vetting.normalise.folding import few_marks, folded, plain_width, text_width
from vetting.normalise.text import visible_text

__all__ = ["BLUE", "GREY", "INK", "Card", "Column", "Piece", "image"]

INK, GREY, BLUE = "#1b2530", "#5b6470", "#1f4f82"  # on white, each has a contrast of more than 5.5
_RULE = "#d5d9de"
_MARGIN = 24
_FACES = "system-ui, Segoe UI, Helvetica, Arial, sans-serif"


@frozen
class Piece:
    """Some text of one look.

    Attributes:
        text: As it comes, on one line; control characters are made visible.
        size: Of the letters, in pixels.
        bold: Whether they are bold.
        ink: Their colour.
    """

    text: str
    size: int = field(default=14, kw_only=True, validator=ge(8))
    bold: bool = field(default=False, kw_only=True)
    ink: str = field(default=INK, kw_only=True)


@frozen
class Column:
    """A column of a row.

    Attributes:
        share: Of the card's width, beside that of the other columns.
        right: Whether its text stands at the right.
    """

    share: int
    right: bool = field(default=False, kw_only=True)


class Card:
    """A card that grows downwards.

    Args:
        width: In pixels; a notebook has some 900.
    """

    def __init__(self, *, width: int = 900) -> None:
        self._width = width
        self._bottom = _MARGIN
        self._drawn: list[str] = []

    def write(self, *pieces: Piece, above: int = 4, indent: int = 0) -> None:
        """Write pieces one under the other, over the whole width.

        Args:
            *pieces: The text.
            above: Space above the first, in pixels.
            indent: Of all of them, in pixels.
        """
        self._bottom += above
        room = self._width - 2 * _MARGIN - indent
        self._bottom = self._stack(pieces, _MARGIN + indent, room, right=False)

    def row(self, columns: Sequence[Column], cells: Iterable[Sequence[Piece]], *, above: int = 7) -> None:
        """Write the cells of a table's row side by side; the longest says how high the row is.

        Args:
            columns: Of the table.
            cells: Pieces for each of them.
            above: Space above, in pixels.
        """
        self._bottom += above
        gap = 14
        room = self._width - 2 * _MARGIN - gap * (len(columns) - 1)
        shares = sum(column.share for column in columns)
        left, bottom = float(_MARGIN), self._bottom
        for column, pieces in zip(columns, cells, strict=True):
            width = room * column.share / shares
            bottom = max(bottom, self._stack(pieces, left, width, right=column.right))
            left += width + gap
        self._bottom = bottom

    def rule(self, *, above: int = 10) -> None:
        """Draw a line from side to side."""
        self._bottom += above
        self._drawn.append(
            f'<path d="M{_MARGIN} {self._bottom}H{self._width - _MARGIN}" stroke="{_RULE}" fill="none"/>'
        )

    def svg(self, title: str) -> str:
        """Return the card as one ``<svg>`` element, the same bytes for the same text.

        Args:
            title: Its name for those who do not see it.
        """
        height = self._bottom + _MARGIN
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self._width}" height="{height}" '
            f'viewBox="0 0 {self._width} {height}" role="img" font-family="{_FACES}">'
            f"<title>{_safe(title)}</title>"
            f'<rect width="{self._width}" height="{height}" fill="#ffffff"/>'
        )
        return "\n".join([head, *self._drawn, "</svg>"]) + "\n"

    def _stack(self, pieces: Iterable[Piece], left: float, width: float, *, right: bool) -> int:
        y = self._bottom
        for piece in pieces:
            for line in _lines(piece, width):
                y += round(piece.size * 1.4)
                self._drawn.append(_line(piece, line, left + (width if right else 0), y, right=right))
        return y


def image(svg: str, words: str) -> str:
    """Return an ``<img>`` element that holds a picture in itself.

    Args:
        svg: The picture.
        words: What it shows, for those who do not see it.
    """
    data = b64encode(svg.encode("utf-8")).decode("ascii")
    return (
        f'<img alt="{_safe(" ".join(words.split()))}" style="max-width:100%;height:auto" '
        f'src="data:image/svg+xml;base64,{data}">'
    )


def _lines(piece: Piece, width: float) -> list[str]:
    return folded(few_marks(visible_text(piece.text)), width, piece.size, bold=piece.bold)


def _line(piece: Piece, text: str, x: float, y: int, *, right: bool) -> str:
    bold = ' font-weight="600"' if piece.bold else ""
    end = ' text-anchor="end"' if right else ""
    # Where a face may be wider than was reckoned, the line is drawn in the width that was.
    fixed = "" if plain_width(text) else f' textLength="{text_width(text, piece.size, bold=piece.bold):.0f}"'
    spread = ' lengthAdjust="spacingAndGlyphs"' if fixed else ""
    # Isolated: letters that run to the left stay in their own line, and at its left side.
    return (
        f'<text x="{x:.0f}" y="{y}" font-size="{piece.size}" fill="{piece.ink}" direction="ltr" '
        f'unicode-bidi="isolate" xml:space="preserve"{bold}{end}{fixed}{spread}>{_safe(text.rstrip(" ") if right else text)}</text>'
    )


def _safe(text: str) -> str:
    return escape(visible_text(text), quote=True)
