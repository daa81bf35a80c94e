"""The lines of the picture: from box to box, and round what stands between."""

from __future__ import annotations

from collections.abc import Collection

from vetting.graph.layout import Box

__all__ = ["direct_path", "lowest_between", "way_round"]


def direct_path(left: Box, right: Box, *, trunk: bool, lane: int) -> str:
    """A curve for identity; for associations a line along a trunk that all of one account share."""
    y1, y2 = left.y + left.height // 2, right.y + right.height // 2
    x1 = left.x + left.width
    if left.x == right.x:  # in one column: a bow at its right
        return f"M{x1} {y1} C{x1 + 30} {y1} {x1 + 30} {y2} {x1} {y2}"
    x2 = right.x
    if trunk:
        turn = x1 + 12 + 6 * lane
        if y1 == y2:
            return f"M{x1} {y1}H{x2}"
        bend = min(6, abs(y2 - y1) // 2) * (1 if y2 > y1 else -1)
        return f"M{x1} {y1}H{turn - 6}q6 0 6 {bend}V{y2 - bend}q0 {bend} 6 {bend}H{x2}"
    middle = (x2 - x1) // 2
    return f"M{x1} {y1} C{x1 + middle} {y1} {x2 - middle} {y2} {x2} {y2}"


def lowest_between(left: Box, right: Box, boxes: Collection[Box]) -> int:
    """The lower edge of the columns between two boxes; 0 where there are none."""
    between = (box.y + box.height for box in boxes if left.x + left.width < box.x < right.x)
    return max(between, default=0)


def way_round(left: Box, right: Box, below: int) -> str:
    """A line below what stands between two boxes, so that it is not taken to lead there."""
    y1, y2 = left.y + left.height // 2, right.y + right.height // 2
    x1, x2 = left.x + left.width, right.x
    out, back = (6 if below > y1 else -6), (6 if y2 > below else -6)  # radius of the corners, down or up
    return (
        f"M{x1} {y1}h8q6 0 6 {out}V{below - out}q0 {out} 6 {out}"
        f"H{x2 - 20}q6 0 6 {back}V{y2 - back}q0 {back} 6 {back}H{x2}"
    )
