"""Everything that is used like a handle, as one column: handles, account pages, local parts of addresses."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from vetting.normalise.columns import KindColumn, ValueTable, derive, stack
from vetting.normalise.contacts import email_local
from vetting.normalise.handles import handle_form
from vetting.normalise.pages import url_handle
from vetting.normalise.texts import Texts, are_few
from vetting.records.identifiers import IdentifierKind

__all__ = ["HandleColumn", "handle_like", "page_handle"]


@frozen(eq=False)
class HandleColumn:
    """Handles and what is used like one.

    Attributes:
        column: The values; sources are those of the values they were derived from.
        declared: Shape (n,): whether the holder gave it as a handle or an account's page; an e-mail
            address's local part is only derived.
    """

    column: KindColumn
    declared: npt.NDArray[np.bool_]


def handle_like(values: ValueTable) -> HandleColumn:
    """Gather the handles of everybody, declared and derived; made once per table of values."""
    if values.derived.get("handle_like") is None:
        parts = [
            values.column(IdentifierKind.HANDLE),
            derive(values.column(IdentifierKind.URL), page_handle),
            _locals(values.column(IdentifierKind.EMAIL)),
        ]
        declared = np.concatenate([np.full(part.size, place < 2) for place, part in enumerate(parts)])
        order = np.argsort(np.concatenate([part.owners for part in parts]), kind="stable")
        values.derived["handle_like"] = HandleColumn(stack(parts), declared[order])
    made: HandleColumn = values.derived["handle_like"]
    return made


def _locals(emails: KindColumn) -> KindColumn:
    """What stands before the ``@``, of which a form has one."""
    if are_few(emails.forms):
        return emails.rewritten([email_local(form) for form in emails.forms])
    forms = pa.array(emails.forms, pa.large_string())
    return emails.rewritten(Texts(pc.replace_substring_regex(forms, "@[^@]*$", "")))


def page_handle(form: str) -> list[str]:
    """Return the handle of an account's page, or nothing."""
    account = url_handle(form)
    return [handle_form(account[1])] if account else []
