"""The commented template of a list passport, to be filled in by whoever answers for the list."""

from __future__ import annotations

__all__ = ["passport_template"]

# "FILL IN" is what the validation looks for (passport_rules.PLACEHOLDER).
_TEMPLATE = """\
# Passport of a list. No list is read without one.
# Replace every text that begins with "FILL IN". Lines that begin with # are comments.

# Short name of the list: lower-case letters, digits, dots, hyphens, underscores.
# It becomes the name of a folder and stands in every result. Example: forum-2019
id = "FILL IN"

# The list's title for people.
title = "FILL IN"

# leak: taken without the holder's consent. open-source: public accounts that somebody collected.
# membership: a register that the organisation kept.
kind = "FILL IN: leak, open-source or membership"

# Whose list it is.
organisation = "FILL IN: the organisation or forum"

# What sort of organisation, such as extremist-forum or proscribed-group.
# Refused: union, health, religion, whistle-blower, journalism;
# and lawful-party, unless prohibited_by cites a rule.
organisation_kind = "FILL IN"

# Of the organisation, with dates, for the time that the list covers.
legal_status = "FILL IN: proscribed since, lawful until"

# Where the list came from: who published or compiled it, and where.
origin = "FILL IN"

# How it came to you: how, when and from whom.
obtained = "FILL IN"

# First and last day of what the list records.
events = ["FILL IN: YYYY-MM-DD", "FILL IN: YYYY-MM-DD"]

# When it leaked. Delete this line for an open source or a membership list that did not leak.
leaked = "FILL IN: YYYY-MM-DD"

# Of the file as you hand it in, 64 hexadecimal digits: `sha256sum FILE` prints it.
sha256 = "FILL IN"

# Under which law, article and condition you may process this list.
lawful_basis = "FILL IN"

# What it is processed for, as your policy document states it.
purpose = "FILL IN"

# Source and information, as your practice grades them.
# A dump from an unknown hand usually starts as 2D in 3x5x2: source untested, its knowledge not known.
grade = "FILL IN"

# Which scheme the grade belongs to.
grade_scheme = "FILL IN: 3x5x2, 5x5x5 or admiralty"

# What being listed shows, and what it does not. Shown with every candidate.
presence_means = "FILL IN: an account was registered; not that its holder agreed with anything"

# Did account holders have to prove that the e-mail address was theirs?
emails_confirmed = "FILL IN: yes, no or unknown"

# Optional. Known false or foreign entries: test accounts, planted names, guests.
contamination = ""

# Optional. The rule that prohibits membership for this post, with its date.
# Without it a list of a lawful party is refused.
prohibited_by = ""

# Optional. Handling code, such as P or C with its conditions.
handling = ""

# The last day on which the list may be used. Then: review it, or withdraw it.
expires = "FILL IN: YYYY-MM-DD"
"""


def passport_template() -> str:
    """Write the template: every key of a passport with a line or two that explain it.

    Returns:
        A TOML document. It is not a passport until every placeholder is replaced: reading it unedited
        raises a ``PassportError`` that names the keys still to be filled in.

    Example:
        >>> print(passport_template().splitlines()[0])
        # Passport of a list. No list is read without one.
    """
    return _TEMPLATE
