"""E-mail addresses, telephone numbers and addresses of pages."""

from __future__ import annotations

import re
from functools import lru_cache

from vetting.normalise.text import fold_text

__all__ = [
    "DOTLESS_EMAIL",
    "PLAIN_EMAIL",
    "email_form",
    "email_local",
    "phone_form",
    "url_form",
]

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\.]+")
# For very many at once (RE2): addresses whose form is their lower case without a tag, and dots with some providers.
PLAIN_EMAIL = r"^[A-Za-z0-9][A-Za-z0-9._%+\-]*@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+$"
DOTLESS_EMAIL = r"@(?:gmail|googlemail)\.com$"
# Providers whose addresses ignore dots, and what they are also called.
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
_NOT_DIGITS = re.compile(r"[^\d+]")
_WHOLE_NUMBER = re.compile(r"\+[1-9][0-9]{6,15}")
_MARKED_URL = re.compile(r"^[a-z][a-z0-9+.\-]*://", re.ASCII)


def email_form(text: str) -> str:
    """Reduce an e-mail address to the mailbox it reaches: lower case, no ``+tag``, provider's own aliases.

    Args:
        text: An address as written, ``mailto:`` and a display name allowed.

    Returns:
        ``local@domain``, or an empty string when it is no address.

    Example:
        >>> email_form("Sam <Sam.Ex+forum@GoogleMail.com>"), email_form("a@b@example.org")
        ('samex@gmail.com', '')
    """
    folded = fold_text(text).removeprefix("mailto:").strip()
    if folded.endswith(">") and "<" in folded:
        folded = folded[folded.rindex("<") + 1 : -1]
    if not _EMAIL.fullmatch(folded):
        return ""
    local, _, domain = folded.rpartition("@")
    local = local.split("+", 1)[0] or local
    domain = domain.rstrip(".")
    if domain in _DOTLESS:
        domain = _DOTLESS[domain]
        local = local.replace(".", "") or local
    return f"{local}@{domain}"


def email_local(form: str) -> str:
    """Return the part before the ``@`` of an address's form."""
    return form.rpartition("@")[0]


@lru_cache(maxsize=131_072)
def phone_form(text: str, region: str = "GB") -> str:
    """Reduce a telephone number to E.164.

    Args:
        text: A number as written.
        region: Two-letter code of the country whose national numbers need no prefix.

    Returns:
        ``"+447700900123"`` for a number of a national plan; ``"~"`` and the digits for seven digits or
        more that fit no plan, which is weak; an empty string otherwise.

    Example:
        >>> phone_form("07700 900123"), phone_form("call me")
        ('+447700900123', '')
    """
    import phonenumbers

    digits = _NOT_DIGITS.sub("", fold_text(text).split("ext")[0].replace("(0)", ""))
    if len(digits.strip("+")) < 7 or len(digits) > 24:
        return ""
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if _WHOLE_NUMBER.fullmatch(digits) and _stays(digits):
        return digits
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return "~" + digits.replace("+", "")
    if not phonenumbers.is_possible_number(number):
        return "~" + digits.replace("+", "")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _stays(number: str) -> bool:
    """Whether a number in international form is as its plan writes it: no prefix in it, and a possible length.

    The parser says the same of it, at ten times the cost.
    """
    for size in (1, 2, 3):  # no country's code begins with another's
        plan = _plan(int(number[1 : 1 + size]))
        if plan is not None:
            prefix, lengths = plan
            national = number[1 + size :]
            return len(national) in lengths and national[0] != "0" and not (prefix and prefix.match(national))
    return False


@lru_cache(maxsize=1024)
def _plan(code: int) -> tuple[re.Pattern[str] | None, frozenset[int]] | None:
    """What a country's numbers may be dialled with before them, and how long they are; none for no code."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    regions = COUNTRY_CODE_TO_REGION_CODE.get(code)
    metadata = regions and PhoneMetadata.metadata_for_region_or_calling_code(code, regions[0])
    if not metadata or metadata.general_desc is None:
        return None
    prefix = metadata.national_prefix_for_parsing
    return re.compile(prefix) if prefix else None, frozenset(metadata.general_desc.possible_length)


def url_form(text: str) -> str:
    """Reduce a page's address to host and path: no scheme, ``www.``, query, fragment or closing slash.

    Returns:
        ``"host/path"``; an empty string when there is no host with a dot.

    Example:
        >>> url_form("https://www.Example.org/Sam/?ref=1#top")
        'example.org/Sam'
    """
    # Half a character has no bytes, and no place in an address.
    written = "".join(text.encode("utf-8", "ignore").decode().split())
    written = _MARKED_URL.sub("", written[:12].lower() + written[12:]) if "://" in written[:16] else written
    written = written.split("#", 1)[0].split("?", 1)[0].rstrip("/")
    host, slash, path = written.partition("/")
    host = fold_text(host).rstrip(".")
    while host.startswith(("www.", "m.")) and host.count(".") > 1:
        host = host.partition(".")[2]
    if "." not in host or "@" in host or " " in host:
        return ""
    return f"{host}{slash}{path}"
