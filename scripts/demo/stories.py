"""The stories that the demonstration tells: which applicant and which account belong together, or do not.

Applicants and accounts named here replace generated ones of the same number. Nobody else in the roster
has anything to do with the forum, but for the handles that many people choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen
from scripts.demo.accounts import CLOSED, OPENED, UPGRADED, Account, Change
from scripts.demo.people import Person

__all__ = [
    "RESERVED",
    "SPELLINGS",
    "STORIES",
    "Story",
    "listed_account",
    "planted_applicants",
    "stories_toml",
]

_DAY = 86_400


@frozen
class Story:
    """One pair worth telling.

    Attributes:
        id: Short name.
        applicant: The applicant's number in the roster.
        account: The account's number on the forum.
        surface: Whether the pair is to be put before a person.
        title: One line.
        text: One paragraph for the demonstration's output.
    """

    id: str
    applicant: int
    account: int
    surface: bool
    title: str
    text: str


STORIES = (
    Story(
        "seed-email", 41, 212, True, "Found by e-mail address, not by name",
        "The account's handle says nothing and no name is given. Its e-mail address is the applicant's, and "
        "the town in its profile fits the applicant's address. Nobody had to confirm an address to register, "
        "so the page also says how a stranger could have used it.",
    ),
    Story(
        "rare-handle", 88, 318, True, "Found by a rare handle, spelt with another separator",
        "The applicant's Twitter handle and the account's name differ in case and in one separator. Nothing "
        "else agrees, but so rare a handle is expected by accident far less than once in this run.",
    ),
    Story(
        "earlier-name", 133, 347, True, "Found by an earlier display name (IPS 4 history)",
        "The account was renamed. Its name of today matches nobody; the forum's own history of names keeps "
        "the one that the applicant still uses elsewhere.",
    ),
    Story(
        "earlier-name-before-upgrade", 172, 96, True, "Found by an earlier display name (before the upgrade)",
        "The account was renamed while the forum ran on its older software. Only a table that the upgrade put "
        "aside remembers the name that the applicant uses elsewhere: both generations feed one account.",
    ),
    Story(
        "earlier-email", 207, 401, True, "Found by an earlier e-mail address",
        "The account's e-mail address was changed. The one with which it was registered is the applicant's; the "
        "forum's history kept it, and so does the library, as evidence of its own.",
    ),
    Story(
        "household-1", 119, 274, True, "A shared family address: the first of two applicants",
        "The account uses an e-mail address that two applicants of one household give. It surfaces for both. "
        "At most one of them need have anything to do with it, and the page says so: an address that is "
        "shared is weaker evidence, and a relative is an innocent explanation.",
    ),
    Story(
        "household-2", 120, 274, True, "A shared family address: the second of two applicants",
        "The same account, the same shared address, the other applicant of the household. A reviewer who sees "
        "both candidates side by side is not misled by either.",
    ),
    Story(
        "namesake", 64, 133, False, "A namesake, who must not surface",
        "The profile gives a real name that is the applicant's, and a common one. The date of birth differs "
        "by 27 years. A name alone never surfaces anybody.",
    ),
    Story(
        "common-handle", 15, 27, False, "A handle that many choose, which must not surface",
        "The handle agrees exactly. Several accounts and several applicants have it, in many spellings: "
        "agreement on it is worth little.",
    ),
    Story(
        "common-handle-respelt", 230, 68, False, "The same common handle in another spelling",
        "Handles are compared without their separators, so this one agrees as well. It is just as common, and "
        "just as little follows.",
    ),
    Story(
        "common-handle-admin", 277, 1, False, "An applicant who calls himself admin",
        "Every forum has an admin. That an applicant uses the word as a handle says nothing about this one.",
    ),
    Story(
        "same-birthday", 58, 175, False, "The same birthday, nothing else",
        "Day, month and year agree. In any roster of this size some do by accident.",
    ),
    Story(
        "same-surname-and-town", 146, 241, False, "The same surname and town",
        "The profile's real name has the applicant's surname and another given name, and the town is the "
        "same: perhaps a relative, perhaps nobody.",
    ),
    Story(
        "same-local-part", 190, 390, False, "The same name in front of another e-mail domain",
        "The address differs only in its domain, but what stands in front is a common name, so anybody of "
        "that name may have it.",
    ),
)  # fmt: skip


def planted_applicants(people: Mapping[int, Person]) -> dict[int, Person]:
    """The applicants of the stories.

    Args:
        people: The generated applicants whose numbers they take; what a story does not tell stays theirs.
    """
    family_mail, family_line = "thepellingbrooks@example.org", "020 7946 0994"
    family_home = {"street": "14 Mallow Terrace", "town": "Ludlow", "postcode": "SY8 4QT"}
    planted: dict[int, dict[str, object]] = {
        15: {"handles": ("steam:nightwolf",)},
        41: {"given": "Callum", "family": "Rainford", "born": date(1996, 5, 17), "handles": (),
             "emails": ("callum.rainford96@example.org",), "phones": ("07700 900991",),
             "street": "27 Drover Lane", "town": "Hexham", "postcode": "NE46 2HD"},
        58: {"born": date(1991, 2, 23)},
        64: {"given": "David", "family": "Jones", "born": date(1998, 11, 2), "handles": (),
             "emails": ("david.jones98@example.com",), "town": "Ipswich", "postcode": "IP4 3RT"},
        88: {"given": "Rhys", "family": "Penhallow", "handles": ("twitter:thornwick_vale88",),
             "emails": ("rhys.penhallow@example.org",), "town": "Barnstaple", "postcode": "EX32 7LN"},
        119: {"given": "Harriet", "family": "Pellingbrook", "born": date(1968, 9, 30), "handles": (),
              "emails": ("h.pellingbrook@example.net", family_mail), "phones": ("07700 900992", family_line),
              **family_home},
        120: {"given": "Toby", "family": "Pellingbrook", "born": date(1997, 1, 19),
              "handles": ("instagram:tobypell97",), "emails": ("toby.pell@example.com", family_mail),
              "phones": ("07700 900993", family_line), **family_home},
        133: {"given": "Marta", "family": "Zielonka", "handles": ("instagram:harrowmere_kestrel",),
              "emails": ("marta.zielonka@example.net",), "town": "Kettering", "postcode": "NN16 9BD"},
        146: {"given": "Amelia", "family": "Thackeray", "born": date(1995, 8, 8), "handles": (),
              "emails": ("amelia.thackeray@example.com",), "town": "Durham", "postcode": "DH1 5JX"},
        172: {"given": "Dominic", "family": "Asante", "handles": ("reddit:vellumfox_tarn",),
              "emails": ("d.asante@example.org",), "town": "Coventry", "postcode": "CV5 6DU"},
        190: {"given": "John", "family": "Taylor", "born": date(1988, 6, 14), "handles": (),
              "emails": ("john.taylor@example.org",), "town": "Preston", "postcode": "PR2 8AS"},
        207: {"given": "Elen", "family": "Maddocks", "emails": ("elen.maddocks@example.net",), "handles": (),
              "town": "Wrexham", "postcode": "LL13 7YP"},
        230: {"handles": ("twitter:nightwolf", "telegram:night.wolf")},
        251: {"given": "David", "family": "Jones", "born": date(1985, 7, 21), "handles": (),
              "emails": ("dave.jones85@example.net",)},
        277: {"handles": ("admin",)},
    }  # fmt: skip
    return {number: people[number].changed(**values) for number, values in planted.items()}


def listed_account(account: Account) -> Account:
    """The account as the stories have it; one that no story names stays as it is."""
    plain = {"born": (0, 0, 0), "location": "", "real_name": "", "phone": "", "telegram": "", "website": ""}
    spelling = SPELLINGS.get(account.id)
    if spelling:
        account = account.changed(name=spelling, names=(), upgraded=True, group=3, **plain)
        # The administrator was there from the first day to the last, and talked a great deal.
        first = {"group": 4, "joined": OPENED, "seen": CLOSED, "weight": 12.0}
        return account.changed(**first) if account.id == 1 else account
    told = _told(account)
    if not told:
        return account
    lasting = {"names": (), "emails": (), "group": 3, "upgraded": True, "weight": 7.0}
    seen = max(account.seen, min(CLOSED, max(account.joined, UPGRADED) + 500 * _DAY))
    return account.changed(**{**plain, **lasting, "seen": seen, **told})


# Accounts that carry the common handles, so that the list itself shows how common they are.
SPELLINGS = {
    1: "admin", 222: "Ad-Min", 338: "Admin_2",
    27: "Nightwolf", 68: "night_wolf", 155: "Night-Wolf", 289: "night.wolf", 366: "xNightWolfx",
    433: "Nightwolf88", 461: "The_Nightwolf",
    44: "Shadow", 190: "sha-dow", 305: "Shadow_", 412: "ShadowUK", 480: "shadow88",
}  # fmt: skip

# What the stories use of handles and addresses, so that nobody else comes by it.
RESERVED = (
    *SPELLINGS.values(),
    *("callum.rainford96", "IronHearth_Nine", "thornwick_vale88", "rhys.penhallow", "post.box.318"),
    *("harrowmere_kestrel", "marta.zielonka", "QuietQuarry", "quarry.post", "vellumfox_tarn", "d.asante"),
    *("Greyfriar & Sons", "elen.maddocks", "ColdHarbour", "coldharbour.post", "thepellingbrooks"),
    *("h.pellingbrook", "toby.pell", "tobypell97", "MossbackGate", "david.jones98", "dave.jones85"),
    *("RookAndRowan", "SlateLedger", "amelia.thackeray", "WeirKeeper", "john.taylor", "LongBarrow"),
)


def _told(account: Account) -> dict[str, object]:
    joined = account.joined
    if account.id == 212:
        return {
            "name": "IronHearth_Nine",
            "email": "callum.rainford96@example.org",
            "location": "Hexham",
            "interests": "hill walking, old coins",
        }
    if account.id == 318:
        return {"name": "Thornwick.Vale88", "email": "post.box.318@example.net"}
    if account.id == 347:
        change = Change(at=joined + 200 * _DAY, old="Harrowmere Kestrel", new="QuietQuarry")
        return {"name": "QuietQuarry", "email": "quarry.post@example.com", "names": (change,)}
    if account.id == 96:
        change = Change(at=(joined + UPGRADED) // 2, old="VellumFox-Tarn", new="Greyfriar & Sons")
        return {"name": "Greyfriar & Sons", "email": "greyfriar.sons@example.org", "names": (change,)}
    if account.id == 401:
        change = Change(
            at=joined + 60 * _DAY, old="elen.maddocks@example.net", new="coldharbour.post@example.com"
        )
        return {"name": "ColdHarbour", "email": change.new, "emails": (change,)}
    if account.id == 274:
        return {"name": "MossbackGate", "email": "thepellingbrooks@example.org"}
    if account.id == 133:
        return {
            "name": "RookAndRowan",
            "email": "rookandrowan@example.net",
            "real_name": "David Jones",
            "born": (14, 3, 1971),
            "location": "Swansea",
        }
    if account.id == 175:
        return {"name": "SlateLedger", "email": "slate.ledger@example.org", "born": (23, 2, 1991)}
    if account.id == 241:
        return {
            "name": "WeirKeeper",
            "email": "weirkeeper@example.com",
            "real_name": "Stephen Thackeray",
            "location": "Durham",
        }
    if account.id == 390:
        return {"name": "LongBarrow", "email": "john.taylor@example.net"}
    return {}


def stories_toml() -> str:
    """The stories as a TOML document: an array of tables named ``story``."""
    parts = ["# What the demonstration plants, and what is to become of it. Everybody is invented.\n"]
    parts += [
        "\n[[story]]\n"
        f'id = "{story.id}"\n'
        f'applicant_id = "A-{story.applicant:03}"\n'
        f'account_id = "{story.account}"\n'
        f"surface = {str(story.surface).lower()}\n"
        f'title = "{story.title}"\n'
        f'text = "{story.text}"\n'
        for story in STORIES
    ]
    return "".join(parts)
