"""Knows the kinds of files for which there must be no reader, by their content, and says why.

They hold what was taken from victims, or was found out by misusing sites, and nothing in them shows that anybody
associated with anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from os import PathLike
from pathlib import Path

from attrs import frozen

from vetting.errors import InputError, ListRefusedError
from vetting.readers.archives import Member, list_members
from vetting.readers.credentials import credential_values

__all__ = ["refuse_stolen"]

_MOST_MEMBERS = (
    100  # of an archive, whose beginnings are looked at: one in a packed tar may cost reading it whole
)
_TEXTS = (".txt", ".csv", ".tsv", ".json", ".html", ".htm", ".log")
_LONGEST = 400  # characters of a line that may be one of these
_SHARE = 0.8
_FEWEST = 3  # lines, below which nothing is said of a file


@frozen
class _Kind:
    reason: str
    remedy: str


_UNLAWFUL = "Delete it as your rules for unlawful data say."
_HOLEHE = _Kind(
    "it is what holehe writes: at which sites an e-mail address is registered, found out through their forms for "
    "registering and for lost passwords",
    "There is no reader for it: it misuses those forms, shows what a person keeps private (health, dating), and ties "
    "nobody to a list. Delete the file, and ask the applicant for the accounts that matter.",
)
_SNOOP = _Kind(
    "it is what Snoop writes",
    "There is no reader for it: its licence allows private use only, and none in an office. Search with Maigret or "
    "Sherlock, and hand in what they write.",
)
_COMBOLIST = _Kind(
    "it is a list of addresses or names with their passwords (a combolist)",
    "There is no reader for it: it is stolen from its victims, to hold it may be an offence, and being in it shows "
    f"nothing about association. {_UNLAWFUL}",
)
_STEALER = _Kind(
    "it is what malware, or a browser's export, took of somebody's passwords, cookies and forms (a stealer log)",
    "There is no reader for it: it is stolen from its victims' computers, opens accounts to whoever holds it, and shows "
    f"nothing about association. {_UNLAWFUL}",
)

_HOLEHE_NAMES = frozenset({"ratelimit", "exists", "emailrecovery"})
_HOLEHE_TEXT = re.compile(r"\[\+\] Email used\b[^\n]{0,40}\[-\] Email not used\b")
_HOLEHE_LINE = re.compile(r"\[[+x\-]\] \S")
_HOLEHE_JSON = re.compile(
    r"\A\s*(?:\[\s*)?\{[^{}]{0,300}[\"']rateLimit[\"']\s*:[^{}]{0,80}[\"']exists[\"']\s*:[^{}]{0,80}[\"']emailrecovery[\"']\s*:"
)
_SNOOP_TABLE = re.compile(r"\A\W*(?:Никнейм|Объект)\W+Ресурс\b[^\n]*\b[Сс]татус\b")
_SNOOP_TEXT = re.compile(r"\A\s*Адрес \| ресурс|\A\s*<[\s\S]{0,4000}<h3>\s*Snoop Project\b")
_EMAIL = r"[\w.+%\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}"
_COMBO = re.compile(rf"{_EMAIL}:\S{{1,128}}")
_COMBO_TABLE = re.compile(rf"{_EMAIL}[;|,\t](?P<secret>[^\s;|,]{{4,128}})")
_COMBO_NAME = re.compile(r"(?P<who>[\w.\-]{3,64}):(?P<secret>\S{4,128})")
_AT_SITE = re.compile(
    r"(?:https?|android)://[^\s:]{1,256}(?::\d{1,5}(?=[/:]))?[^\s:]*:[^\s:]{1,128}:\S{1,128}"
)
_SYMBOL = re.compile(r"[!#$%^&*=?~<>{}\\]")
_LOGINS = frozenset("email mail emailaddress user username login loginname handle nick".split())
_SITES = frozenset("url site host hostname website domain".split())
_BESIDE_SITES = frozenset({"name", "note", "notes"})
_SECRET = re.compile(r"pass|pwd|hash", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*(?:(?P<at>url|host|hostname|web ?site|soft|application|browser|profile|storage)"
    r"|(?P<who>user ?name|user|login|user ?login|e-?mail)|(?P<secret>pass|password|user ?password))\s*:(?!//)",
    re.IGNORECASE,
)
_COOKIE = re.compile(
    r"\.?[\w\-.]{3,255}\t(?:TRUE|FALSE)\t/[^\t]*\t(?:TRUE|FALSE)\t\d{1,20}(?:\.\d+)?\t[^\t]*\t.*"
)
_STEALER_FILES = {
    "passwords": re.compile(r"(?:^|/)(?:all ?)?_?passwords?(?:list)?\.txt$|(?:^|/)logins?/[^/]*\.txt$"),
    "cookies": re.compile(r"(?:^|/)cookies?/[^/]*\.txt$|(?:^|/)cookies?[^/]*\.txt$"),
    "forms": re.compile(r"(?:^|/)(?:important_?)?autofills?(?:/[^/]*)?\.txt$"),
    "machine": re.compile(
        r"(?:^|/)(?:user_?information|system_?info(?:rmation)?|information|installed_?(?:software|browsers)"
        r"|process_?list|domain_?detects?)\.txt$"
    ),
    "cards": re.compile(r"(?:^|/)(?:cc|credit_?cards?)(?:/[^/]*)?\.txt$|(?:^|/)wallets?/"),
}


def refuse_stolen(path: str | PathLike[str]) -> None:
    """Refuse a file, a zip or a folder for which there must be no reader; anything else is let through.

    Args:
        path: What was handed in. Of every text in it the first 64 KiB are looked at.

    Raises:
        ListRefusedError: It is an output of holehe or Snoop, a combolist, or a stealer log. The message names no file
            in it, for its name may be a victim's.
    """
    where = Path(path)
    try:
        members = list_members(where)
    except InputError:
        return  # whoever reads it says what is wrong with it
    found = _STEALER if _of_names([member.name for member in members]) else None
    looked = [member for member in members if len(members) == 1 or _is_text(member)]
    for member in looked[:_MOST_MEMBERS]:
        found = found or _of_text(_head(member))
    if found:
        raise ListRefusedError(where, reason=found.reason, remedy=found.remedy)


def _is_text(member: Member) -> bool:
    return member.name.lower().endswith(_TEXTS)


def _of_names(names: Sequence[str]) -> bool:
    """Whether the files of an archive or folder are those that malware packs: two kinds, or more, of its texts."""
    lowered = [name.replace("\\", "/").lower().replace(" ", "_") for name in names]
    kinds = {
        kind for kind, pattern in _STEALER_FILES.items() if any(pattern.search(name) for name in lowered)
    }
    return len(kinds) > 1 and bool(kinds & {"passwords", "cookies", "forms"})


def _head(member: Member) -> str:
    try:
        raw = member.head()
    except InputError:
        return ""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return raw.decode("utf-16", "replace")
    if raw.lstrip(b'"').startswith(("Никнейм".encode("cp1251"), "Объект".encode("cp1251"))):
        return raw.decode("cp1251", "replace")
    return raw.decode("utf-8-sig", "replace")


def _of_text(head: str) -> _Kind | None:
    first = head.lstrip("\r\n").partition("\n")[0][:4096]
    names = _columns(first)
    if names >= _HOLEHE_NAMES or _HOLEHE_JSON.search(head):
        return _HOLEHE
    if _SNOOP_TABLE.search(head) or _SNOOP_TEXT.search(head):
        return _SNOOP
    if kind := _only_logins(names):
        return kind
    lines = [line.strip() for line in head.split("\n")]
    if len(head) >= 1 << 15:
        lines.pop()  # may be cut
    lines = [line for line in lines if line]
    if len(lines) < _FEWEST:
        return None
    if _HOLEHE_TEXT.search(head) and sum(bool(_HOLEHE_LINE.match(line)) for line in lines) > len(lines) / 2:
        return _HOLEHE
    if _mostly(lines, _COMBO.fullmatch) or _secret_column(lines):
        return _COMBOLIST
    if (
        _blocks(lines)
        or _mostly(lines, _AT_SITE.fullmatch)
        or _mostly(_uncommented(lines), _COOKIE.fullmatch)
    ):
        return _STEALER
    return None


def _columns(header: str) -> frozenset[str]:
    return frozenset(re.sub(r"[\W_]+", "", name).lower() for name in re.split(r"[,;\t|]", header))


def _only_logins(names: frozenset[str]) -> _Kind | None:
    """Whether a table's columns are a login and its password, and where it works, and nothing else.

    A table of members that has passwords among other columns is one: those columns are dropped.
    """
    others = {name for name in names if not _SECRET.search(name)}
    if others == names or not others & _LOGINS:
        return None
    if others & _SITES and others <= _LOGINS | _SITES | _BESIDE_SITES:
        return _STEALER
    return _COMBOLIST if len(others) == 1 else None


def _mostly(lines: Sequence[str], matches: Callable[[str], object]) -> bool:
    if len(lines) < _FEWEST:
        return False
    return sum(len(line) <= _LONGEST and bool(matches(line)) for line in lines) >= _SHARE * len(lines)


def _secret_column(lines: Sequence[str]) -> bool:
    """Whether lines are an address, or a name that no other has, and something that is a password's hash or like one.

    Like one is what holds signs that no handle and no number does, on a tenth of the lines.
    """
    for pattern in (_COMBO_TABLE, _COMBO_NAME):
        if not _mostly(lines, pattern.fullmatch):
            continue
        found = [match for line in lines if (match := pattern.fullmatch(line))]
        secrets = [match["secret"] for match in found]
        hashes = credential_values(secrets).to_pylist()
        count = sum(bool(hashed or _SYMBOL.search(one)) for one, hashed in zip(secrets, hashes, strict=True))
        alone = pattern is _COMBO_TABLE or len({match["who"] for match in found}) > 0.9 * len(found)
        if alone and count >= max(2, len(found) // 10):
            return True
    return False


def _blocks(lines: Sequence[str]) -> bool:
    """Whether most lines are the fields of logins, passwords among them."""
    kinds = [match.lastgroup for line in lines if (match := _FIELD.match(line[:_LONGEST]))]
    if len(kinds) < len(lines) / 2 or not {"who", "secret"} <= set(kinds):
        return False
    return kinds.count("secret") >= len(kinds) / 6 and "at" in kinds


def _uncommented(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if not line.startswith("#") or line.startswith("#HttpOnly_")]
