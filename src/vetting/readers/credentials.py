"""Keeps credentials out: deny rules by column, by table and by what a value looks like.

These rules stand above every profile and mapping: what they deny cannot be mapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

__all__ = ["column_denied", "credential_values", "is_credential_column", "table_denied"]

# Whole words of a column's name, split at underscores and capitals.
_WORDS = frozenset({
    "pass", "passwd", "password", "passwords", "passphrase", "passhash", "pwd", "pw", "passkey", "salt", "hash",
    "hashmethod", "token", "tokens", "secret", "secrets", "key", "keys", "apikey", "authkey", "loginkey", "actkey",
    "mfa", "tfa", "totp", "otp", "2fa", "captcha", "nonce", "credential", "credentials", "scheme", "cookie", "cookies",
    "session", "sessions", "auth", "authenticate",
})  # fmt: skip
_PHRASES = re.compile(
    r"passw|pass_?(?:hash|salt|wd)|newpass|_pass$|^pass_|user_pass|salt$|(?:login|act|auth|secret|activation|api)_?key"
    r"|form_salt|token|secret|security_?(?:question|answer)|validation_?code|activation_?code|recovery_?code"
    r"|backup_?code|failed_logins?|mfa_|tfa_|totp|session_?(?:id|data|key|token)|auth_?data|two_?factor|authenticator",
    re.IGNORECASE,
)
# Columns that hold such a word and are no credential.
_HARMLESS = frozenset({"word_key", "pf_key", "field_key", "lang_key", "g_access_key", "sort_key", "app_key"})
_TABLES = re.compile(
    r"(?:sessions?|user_authenticate|oauth\w*|access_tokens|email_tokens|user_passwords|passwordhistory|api_?keys?"
    r"|validating|login_links|converge|user_auth_tokens|user_second_factors|user_tfa|login_handlers|login_methods"
    r"|security_answers|known_devices)$|(?:^|_)sessions?_|(?:^|_)oauth",
    re.IGNORECASE,
)
# What may still be taken of such a table: whom it is about, and why.
_BARE_IDS = frozenset(
    {"member_id", "user_id", "userid", "uid", "id_member", "new_reg", "email_chg", "user_verified"}
)

_CERTAIN = r"^\s*(?:\$(?:2[abxy]?|1|5|6|argon2\w*|P|H|S|y|7|pbkdf2\w*|scrypt)\$|\{(?:SSHA|SHA|MD5|CRYPT|BCRYPT)\}|sha1\$|md5\$|pbkdf2_)"
_DIGEST = r"^\s*(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128})(?::.{1,64})?\s*$"
CREDENTIAL_VALUE = f"(?:{_CERTAIN})|(?:{_DIGEST})"


def is_credential_column(column: str) -> bool:
    """Whether a column's name says that it holds a credential.

    Example:
        >>> [is_credential_column(name) for name in ("members_pass_hash", "resetToken", "passport_no", "name")]
        [True, True, False, False]
    """
    name = column.strip()
    if name.lower() in _HARMLESS:
        return False
    if _PHRASES.search(name):
        return True
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+[a-z]+|\d+", name)
    return any(word.lower() in _WORDS for word in words)


def table_denied(table: str) -> bool:
    """Whether a table's name says that it is about credentials.

    Example:
        >>> table_denied("ibf_core_sessions"), table_denied("core_members")
        (True, False)
    """
    return bool(_TABLES.search(table))


def column_denied(table: str, column: str) -> bool:
    """Whether a column must not be captured, whatever a profile or mapping says.

    Example:
        >>> column_denied("core_validating", "member_id"), column_denied("core_validating", "vid")
        (False, True)
    """
    if is_credential_column(column):
        return True
    return table_denied(table) and column.lower() not in _BARE_IDS


def credential_values(values: pa.Array | Iterable[str | None]) -> pa.Array:
    """Find the texts that look like a password's hash.

    Args:
        values: An Arrow string array, or texts.

    Returns:
        An Arrow array of booleans, false for missing values.

    Example:
        >>> credential_values(["$2y$10$" + "a" * 53, "quillmere_19", "5f4dcc3b" * 4, None]).to_pylist()
        [True, False, True, False]
    """
    import pyarrow.compute as pc  # slow to import, and reports need only the names of columns

    texts = values if isinstance(values, pa.Array) else pa.array(list(values), pa.string())
    return pc.fill_null(pc.match_substring_regex(texts, CREDENTIAL_VALUE), False)
