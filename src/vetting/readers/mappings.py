"""A mapping: which column of a member table holds what, in a TOML file that people write.

::

    [columns]                                  # field = the column's header, or several
    account_id = "Member no."
    given_name = "Forename"
    family_name = "Surname"
    handle = ["nick", "old nick"]
    "handle:telegram" = "TG name"              # handles on one platform
    place = ["address", "town", "postcode"]

    [options]                                  # all optional
    delimiter = ";"                            # one character; found by itself otherwise
    encoding = "cp1252"                        # UTF-8, UTF-16 and Windows-1252 are found by themselves
    day_first = true                           # 03/04/1990 is 3 April; without it both readings are kept
    email_confirmed = false                    # whether the source had addresses confirmed

Fields: ``account_id, name, given_name, middle_name, family_name, initials, aliases, handle, display_name,
email, phone, date_of_birth, place, url, status, created_at, last_seen, groups``. A column that no field
names is not captured.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any, Self

from attrs import frozen

from vetting.errors import TableError
from vetting.readers.credentials import is_credential_column
from vetting.readers.headers import SEVERAL_COLUMNS, fold_header

__all__ = ["FIELDS", "TableMapping"]

FIELDS = (
    *("account_id", "name", "given_name", "middle_name", "family_name", "initials", "aliases", "handle"),
    *("display_name", "email", "phone", "date_of_birth", "place", "url", "status", "created_at", "last_seen"),
    "groups",
)
_OPTIONS: dict[str, type] = {"delimiter": str, "encoding": str, "day_first": bool, "email_confirmed": bool}
_LARGEST = 1 << 20


@frozen(kw_only=True)
class TableMapping:
    """Which columns of a member table are read as what.

    Attributes:
        columns: Field to the headers of the columns that feed it.
        delimiter: Of a text file; ``None`` to find it.
        encoding: Of a text file, a name that Python knows; ``None`` to find it.
        day_first: ``True`` for day before month, ``False`` for the reverse, ``None`` to keep both readings.
        email_confirmed: Whether the source had e-mail addresses confirmed; ``None`` when unknown.
    """

    columns: Mapping[str, tuple[str, ...]]
    delimiter: str | None = None
    encoding: str | None = None
    day_first: bool | None = None
    email_confirmed: bool | None = None

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Self:
        """Read a mapping from a TOML file.

        Raises:
            TableError: The file cannot be read, is no TOML, or names fields or options that do not exist;
                the message names all of them.
        """
        document = _parsed(path)
        problems: list[str] = [
            f"unknown table [{name[:40]}]" for name in document if name not in {"columns", "options"}
        ]
        columns = _columns(document.get("columns"), problems)
        options = document.get("options", {})
        if isinstance(options, dict):
            problems += [_option_problem(name, value) for name, value in options.items()]
        else:
            problems.append("options: a table [options] is wanted")
        problems = [problem for problem in problems if problem]
        if problems:
            raise TableError(
                path,
                reason="; ".join(problems),
                remedy=f"Correct the mapping; its fields are {', '.join(FIELDS)}.",
            )
        return cls(columns=columns, **options)

    def fields_of(self, headers: Sequence[str], file: str | PathLike[str]) -> list[str | None]:
        """Find the field of each column of a table.

        Args:
            headers: The table's headers as written.
            file: The table's file, for the error.

        Returns:
            A field, or ``None`` for a column that is not captured.

        Raises:
            TableError: A column that the mapping names is not in the table, or is there twice.
        """
        fields: list[str | None] = [None] * len(headers)
        folded = [" ".join(header.split()).casefold() for header in headers]
        loose = [fold_header(header) for header in headers]
        problems: list[str] = []
        for name, wanted in self.columns.items():
            for header in wanted:
                exact = " ".join(header.split()).casefold()
                places = [i for i, text in enumerate(folded) if text == exact]
                places = places or [i for i, text in enumerate(loose) if text == fold_header(header)]
                if len(places) != 1:
                    problems.append(f"{header[:40]!a} is there {len(places)} times")
                elif fields[places[0]]:
                    problems.append(f"{header[:40]!a} is mapped twice")
                else:
                    fields[places[0]] = name
        if problems:
            raise TableError(
                file,
                place="header",
                reason=f"of the columns that the mapping names, {'; '.join(problems)}",
                remedy="Name in the mapping each column once, as the table's header has it.",
            )
        return fields


def _parsed(path: str | PathLike[str]) -> dict[str, Any]:
    try:
        with Path(path).open("rb") as file:
            return tomllib.loads(file.read(_LARGEST).decode("utf-8-sig"))
    except OSError:
        raise TableError(path, reason="the mapping cannot be opened", remedy="Check its path.") from None
    except (ValueError, RecursionError):
        raise TableError(
            path,
            reason="the mapping is not valid TOML in UTF-8",
            remedy='Write [columns], and below it lines such as email = "E-Mail".',
        ) from None


def _columns(given: object, problems: list[str]) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, dict) or not given:
        problems.append("a table [columns] is wanted, with a line at least")
        return {}
    columns: dict[str, tuple[str, ...]] = {}
    for name, value in given.items():
        headers = (value,) if isinstance(value, str) else value
        if not isinstance(headers, list | tuple) or not all(
            isinstance(h, str) and h.strip() for h in headers
        ):
            problems.append(f"{name[:40]}: a header or a list of headers is wanted")
        elif name not in FIELDS and not name.startswith("handle:"):
            near = get_close_matches(name, FIELDS, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            problems.append(f"unknown field {name[:40]!a}{hint}")
        elif len(headers) > 1 and name not in SEVERAL_COLUMNS and not name.startswith("handle:"):
            problems.append(f"{name}: one column only")
        elif any(map(is_credential_column, headers)):
            problems.append(f"{name}: columns of passwords and other credentials are never captured")
        else:
            columns[name] = tuple(headers)
    return columns


def _option_problem(name: str, value: object) -> str:
    if name not in _OPTIONS:
        near = get_close_matches(name, _OPTIONS, n=1)
        return f"unknown option {name[:40]!a}" + (f" (did you mean {near[0]}?)" if near else "")
    if not isinstance(value, _OPTIONS[name]):
        return f"{name}: {'true or false' if _OPTIONS[name] is bool else 'text'} is wanted"
    if (
        name == "delimiter"
        and isinstance(value, str)
        and (len(value) != 1 or value in '\r\n"' or value > "~")
    ):
        return "delimiter: one ASCII character is wanted"
    if name == "encoding" and isinstance(value, str):
        try:
            "text".encode(value)
        except (LookupError, ValueError):  # an unknown codec, or one that is not for text
            return "encoding: not a text encoding that Python knows"
    return ""
