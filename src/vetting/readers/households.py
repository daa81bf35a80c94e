"""Takes the people apart whom one row of a membership table names together."""

from __future__ import annotations

import re

__all__ = ["people_of"]

_TITLE = r"(?:mr|mrs|ms|miss|mx|dr|rev|sir|lady|prof|professor|herr|frau|monsieur|madame)"
_TITLES = re.compile(rf"^(?:{_TITLE}\.?\s+)+|^{_TITLE}\.?$", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:&|\+|\band\b|\bund\b)\s*", re.IGNORECASE)
_MOST = 4  # people of a household; more is a sentence


def people_of(name: str) -> tuple[str, ...]:
    """Name each person of a household by given name or initials and family name.

    The family name that stands last is everybody's who has none of their own. Who is named by a title
    alone ("Mr & Mrs J Example": Mrs) has no name to match, and is left out.

    Args:
        name: As written.

    Returns:
        The people, in order; empty for a name of one person, or of a company or a sentence.

    Example:
        >>> people_of("Mr & Mrs J Example"), people_of("Sam & Alex Example"), people_of("Sam Example")
        (('J Example',), ('Sam Example', 'Alex Example'), ())
        >>> people_of("Mr S Example and Ms A Sample")
        ('S Example', 'A Sample')
    """
    parts = _JOINT.split(name.strip())
    if not 2 <= len(parts) <= _MOST or not all(parts) or "," in name:
        return ()  # behind a comma may stand a given name as well as a further person
    bare = [_TITLES.sub("", part).strip() for part in parts]
    words = [part.split() for part in bare]
    if len(words[-1]) < 2 and not (words[-1] and any(_TITLES.match(part) for part in parts)):
        return ()  # "Smith & Jones" is a firm, "Sam and Alex" has no family name
    if any(len(each) > 5 or any(any(map(str.isdigit, word)) for word in each) for each in words):
        return ()
    family = words[-1][-1]
    people = []
    for each in words:
        if len(each) > 1:
            people.append(" ".join(each))
        elif each and each[0] != family:
            people.append(f"{each[0]} {family}")
    return tuple(dict.fromkeys(people))
