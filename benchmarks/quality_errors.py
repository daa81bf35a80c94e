"""What happens to a person's data on the way to a list: typing errors, other spellings, changes, gaps."""

from __future__ import annotations

from attrs import frozen
from quality_people import Person, World

__all__ = [
    "CONTACTS",
    "FORUM",
    "MEMBERS",
    "Profile",
    "Row",
    "altered_handle",
    "as_applied",
    "as_listed",
    "typo",
]

Row = dict[str, str]
COLUMNS = ("name", "date_of_birth", "email", "phone", "handle", "postcode")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@frozen
class Profile:
    """How often a list has a value at all, and how often it is the value that the person gives today.

    Attributes:
        present: Column -> chance that the list has it.
        same: Column -> chance that it is the same, for values that people replace.
        native: Chance that a name is in its own script.
    """

    present: dict[str, float]
    same: dict[str, float]
    native: float = 0.3


FORUM = Profile(
    {"name": 0.40, "date_of_birth": 0.50, "email": 0.90, "phone": 0.15, "handle": 1.0, "postcode": 0.25},
    {"email": 0.50, "phone": 0.60, "handle": 0.30, "postcode": 0.50},
)
CONTACTS = Profile(
    {"name": 1.0, "date_of_birth": 0.80, "email": 0.70, "phone": 0.60, "handle": 0.0, "postcode": 0.0},
    {"email": 0.65, "phone": 0.65, "handle": 0.0, "postcode": 0.0},
)
MEMBERS = Profile(
    {"name": 1.0, "date_of_birth": 1.0, "email": 0.0, "phone": 0.0, "handle": 0.0, "postcode": 0.0},
    {"email": 0.0, "phone": 0.0, "handle": 0.0, "postcode": 0.0},
)


def as_applied(person: Person, world: World, *, given: dict[str, float] | None = None) -> Row:
    """What the person writes on an application: careful, but not everything.

    Args:
        person: Who.
        world: For its randomness.
        given: Column -> chance that it is given; ``None`` for a usual application.
    """
    chances = given or {"email": 0.95, "phone": 0.9, "handle": 0.6, "postcode": 0.95, "date_of_birth": 1.0}
    whole = {
        "name": person.name,
        "date_of_birth": person.born,
        "email": person.email,
        "phone": person.phone,
        "handle": person.handle,
        "postcode": person.postcode,
    }
    return {
        name: value if world.pick.random() < chances.get(name, 1.0) else "" for name, value in whole.items()
    }


def as_listed(person: Person, world: World, profile: Profile) -> Row:
    """What a list says of the person."""
    pick = world.pick
    here = {name: pick.random() < profile.present[name] for name in COLUMNS}
    same = {name: pick.random() < chance for name, chance in profile.same.items()}
    return {
        "name": _name(person, world, profile) if here["name"] else "",
        "date_of_birth": _date(person, world) if here["date_of_birth"] else "",
        "email": (person.email if same["email"] else _other_email(person, world)) if here["email"] else "",
        "phone": (_phone(person, world) if same["phone"] else world.phone()) if here["phone"] else "",
        "handle": (person.handle if same["handle"] else _other_handle(person, world))
        if here["handle"]
        else "",
        "postcode": (person.postcode if same["postcode"] else world.postcode()) if here["postcode"] else "",
    }


def typo(text: str, world: World) -> str:
    """One slip of the keyboard: a letter changed, dropped, doubled, or two exchanged; never the first."""
    pick = world.pick
    if len(text) < 4:
        return text
    at = pick.randint(1, len(text) - 2)
    return pick.choice(
        (
            text[:at] + pick.choice(_LETTERS) + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        )
    )


def altered_handle(handle: str, world: World) -> str:
    """The same handle as somebody has it elsewhere: separators, digits, affixes, an edit."""
    pick = world.pick
    chance = pick.random()
    if chance < 0.3:
        bare = handle.replace("_", "").replace(".", "").replace("-", "")
        at = max(len(bare) // 2, 1)
        return bare if bare != handle else f"{bare[:at]}_{bare[at:]}"
    if chance < 0.55:
        return handle.rstrip("0123456789") + str(pick.randint(1, 999))
    if chance < 0.7:
        return handle.rstrip("0123456789") or handle
    if chance < 0.92:
        affix = pick.choice(("the", "real", "mr", "official", "xx", "its", "uk", "_yt", "tv", "hd"))
        return affix + handle if pick.random() < 0.6 else handle + affix
    return typo(handle, world)


def _other_handle(person: Person, world: World) -> str:
    if world.pick.random() < 0.36:
        return altered_handle(person.handle, world)
    return world.handle(person.given[1], person.family[1], person.born)


def _other_email(person: Person, world: World) -> str:
    chance = world.pick.random()
    local, _, domain = person.email.partition("@")
    if chance < 0.15:
        return f"{local}@old.{domain}"
    if chance < 0.19:
        return f"{typo(local, world)}@{domain}"
    return world.email(person.given[1], person.family[1], person.born, world.handle("", "", person.born))


def _phone(person: Person, world: World) -> str:
    chance = world.pick.random()
    if chance < 0.4:
        return "+44 " + person.phone[1:]
    if chance < 0.45:
        at = world.pick.randint(3, 10)
        return person.phone[:at] + str(world.pick.randint(0, 9)) + person.phone[at + 1 :]
    return person.phone


def _date(person: Person, world: World) -> str:
    year, month, day = person.born.split("-")
    chance = world.pick.random()
    if chance < 0.82:
        return person.born
    if chance < 0.86:
        return f"{year}-{day}-{month}" if int(day) <= 12 else person.born
    if chance < 0.90:
        return f"{year[:3]}{world.pick.randint(0, 9)}-{month}-{day}"
    if chance < 0.93:
        return f"{year}-01-01"
    if chance < 0.95:
        return year
    return world.date()


def _name(person: Person, world: World, profile: Profile) -> str:
    pick = world.pick
    given, family = person.given[1], person.family[1]
    if person.given[0] != person.given[1] and pick.random() < profile.native:
        return person.native_name
    if len(person.given) > 2 and pick.random() < 0.35:
        given = pick.choice(person.given[1:])
    if len(person.family) > 2 and pick.random() < 0.35:
        family = pick.choice(person.family[1:])
    chance = pick.random()
    if chance < 0.45:
        return f"{given} {family}"
    if chance < 0.55 and person.middle:
        return f"{given} {person.middle} {family}"
    if chance < 0.65:
        return f"{world.nickname(person.given[1])} {family}"
    if chance < 0.75:
        return f"{family}, {given}"
    if chance < 0.80:
        return f"{given[0]}. {family}"
    if chance < 0.88:
        return f"{given} {typo(family, world)}"
    if chance < 0.94:
        return f"{typo(given, world)} {family}"
    if chance < 0.97:
        return f"{given.upper()} {family.upper()}"
    return f"{given} {world.often_first(_families(person), 0.85)[1]}"  # married since


def _families(person: Person) -> tuple[tuple[str, ...], ...]:
    from quality_words import ORIGINS

    return ORIGINS[person.origin].family
