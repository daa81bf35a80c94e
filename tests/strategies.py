"""Every hypothesis strategy of the tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st
from tests.mutations import MUTATIONS, Step

from vetting.graph.attributes import EDGE_DEFAULTS, NODE_DEFAULTS, node_name
from vetting.records.accounts import ListedAccount
from vetting.records.dates import PartialDate
from vetting.records.people import Applicant

# -- rosters and member tables -------------------------------------------------------------------------


def cell_texts(*, excluded: str = "") -> st.SearchStrategy[str]:
    """Text of a cell that a reader has no reason to alter: trimmed, not empty, no NUL, no surrogate."""
    alphabet = st.characters(exclude_categories=["Cs"], exclude_characters=["\0", *excluded])
    return st.text(alphabet, min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def rosters(draw: st.DrawFn) -> list[dict[str, str]]:
    """Rows of a roster as written: ids are unique, several values are separated by a semicolon."""
    several = st.lists(cell_texts(excluded=";:"), max_size=3, unique=True).map(";".join)
    ids = draw(st.lists(cell_texts(), min_size=1, max_size=5, unique=True))
    return [
        {
            "id": id_,
            "name": draw(several),
            "date_of_birth": draw(st.dates().map(str) | st.just("")),
            "email": draw(several),
            "handle": draw(several),
        }
        for id_ in ids
    ]


# -- identifiers, people and accounts ------------------------------------------------------------------
# Everybody here is invented; addresses are in the domains that RFC 2606 sets aside.

GIVEN_NAMES = (
    "Maren",
    "Robert",
    "Bob",
    "Oswin",
    "Tilda",
    "Élodie",
    "Дмитрий",
    "Ελένη",
    "Siân",
    "O'Hara",
    "J",
)
FAMILY_NAMES = (
    "Quillmere",
    "Thornwick",
    "Vale",
    "von Harrow",
    "Skaldby",
    "Ødegård",
    "Соколов",
    "山田",
    "Ní Bhriain",
)
STEMS = ("vornskald", "quillmere", "oakmarrow", "harrowgate", "tilda", "admin", "вереск", "thorn")
DOMAINS = ("example.org", "example.net", "example.com", "mail.example.org", "gmail.test")
TOWNS = ("Harrowby", "Ambleford", "Upper Tarn", "Marrow-on-Sea", "Żarnów")

HOSTILE_TEXTS = (
    "\u200b",
    "x",
    "é",
    "🎉🔥🎉",
    "a" * 10_000,
    "я" * 600,
    "\u202eabc\u202c def",
    "\u0645\u0631\u064a\u0645 \u0627\u0644\u0647\u0627\u0634\u0645\u064a",
    "\0\x01\x1b[31m\x7f",
    "a\u200bb\u200dc\ufeffd",
    "Mr. Dr. Prof.",
    "sam@here@example.org",
    "01632 960",
    "+",
    "+++0044",
    "@@@",
    "___---...",
    "1900-01-01",
    "://",
    "https://",
    "|",
    "~~1234567",
    "%s {} ' \" ; -- \\",
    "e\u0301" * 50,
    "\u0130\u00df\ufb03\u2460",
    "𝓥𝓸𝓻𝓷",
)


def _is_not_blank(text: str) -> bool:
    return bool(text.strip())


def hostile_texts() -> st.SearchStrategy[str]:
    """Text that nobody meant as an identifier, and that some file holds in its place; never blank."""
    anything = st.text(min_size=1, max_size=40)
    pieces = st.lists(st.sampled_from([*HOSTILE_TEXTS[:4], *"@.,+ '/_-|~:19aZé"]), min_size=1, max_size=10)
    return (st.sampled_from(HOSTILE_TEXTS) | anything | pieces.map("".join)).filter(
        lambda text: text.strip() != ""
    )


def person_names() -> st.SearchStrategy[str]:
    """Whole names in several scripts and orders, some with a title, an initial or a middle name."""
    given, family = st.sampled_from(GIVEN_NAMES), st.sampled_from(FAMILY_NAMES)
    return st.one_of(
        st.builds("{} {}".format, given, family),
        st.builds("{}, {}".format, family, given),
        st.builds("{} {} {}".format, given, given, family),
        st.builds("Dr. {} {} Jr".format, given, family),
        given,
    )


def handle_texts() -> st.SearchStrategy[str]:
    """Handles as people build them: a stem or two, separators, digits at an end."""
    stem = st.sampled_from(STEMS)
    digits = st.just("") | st.integers(0, 2004).map(str)
    return st.builds(
        "{}{}{}{}".format, stem, st.sampled_from(["", "_", ".", "-"]), st.just("") | stem, digits
    )


def email_texts() -> st.SearchStrategy[str]:
    """Addresses whose local part looks like a handle."""
    local = handle_texts().filter(str.isascii)
    return st.builds("{}@{}".format, local, st.sampled_from(DOMAINS))


def phone_texts() -> st.SearchStrategy[str]:
    """Numbers of the range that Ofcom keeps for fiction, national and international."""
    number = st.integers(960_000, 960_999)
    return number.map(lambda n: f"01632 {n}") | number.map(lambda n: f"+44 1632 {n}")


def place_texts() -> st.SearchStrategy[str]:
    """Towns, and addresses with a postcode."""
    town = st.sampled_from(TOWNS)
    return town | st.builds(
        "{} Mill Lane, {}, ZZ{} {}AA".format, st.integers(1, 99), town, st.integers(1, 9), st.integers(1, 9)
    )


def url_texts() -> st.SearchStrategy[str]:
    """Pages: accounts on platforms, and others."""
    return st.builds(
        "{}{}/{}".format,
        st.sampled_from(["https://", "http://www.", ""]),
        st.sampled_from(["twitter.com", "example.org", "forum.example.net/user"]),
        handle_texts().filter(str.isascii),
    )


def birth_dates() -> st.SearchStrategy[str]:
    """Dates of birth, whole, partial, ambiguous and placeholders, as text."""
    day = st.dates(date(1940, 1, 1), date(2006, 12, 31))
    return st.one_of(
        day.map(str),
        day.map(lambda d: f"{d.day:02}/{d.month:02}/{d.year}"),
        day.map(lambda d: f"{d.year}-{d.month:02}"),
        day.map(lambda d: f"{d.year}-01-01"),
        day.map(lambda d: f"--{d.month:02}-{d.day:02}"),
    )


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Every date that the class admits, with one or two readings."""
    day = draw(st.dates(date(1, 1, 1), date(9999, 12, 31)))
    readings = [
        draw(
            st.sampled_from(
                [
                    (day.year, day.month, day.day),
                    (day.year, day.month, None),
                    (day.year, None, None),
                    (None, day.month, day.day),
                    (None, day.month, None),
                ]
            )
        )
    ]
    if day.day <= 12 and day.day != day.month and draw(st.booleans()):
        readings = [(day.year, day.month, day.day), (day.year, day.day, day.month)]
    return PartialDate(tuple(readings))


def _some(values: st.SearchStrategy[str], *, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(values, max_size=most, unique=True)


def holdings(*, most: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """What an applicant or an account may hold, as keywords of their constructors."""
    return st.fixed_dictionaries(
        {
            "names": _some(person_names(), most=most),
            "handles": _some(handle_texts(), most=most),
            "emails": _some(email_texts(), most=most),
            "phones": _some(phone_texts(), most=most),
            "places": _some(place_texts(), most=most),
            "urls": _some(url_texts(), most=1),
            "date_of_birth": st.none() | birth_dates(),
        }
    )


def hostile_holdings() -> st.SearchStrategy[dict[str, Any]]:
    """As :func:`holdings`, of hostile text."""
    kinds = ("names", "handles", "emails", "phones", "places", "urls")
    return st.fixed_dictionaries({kind: _some(hostile_texts(), most=2) for kind in kinds})


def applicants_from(held: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Applicant]:
    """An applicant who holds that."""
    return held.map(lambda given: Applicant(id="A-1", **given))


def accounts_from(held: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[ListedAccount]:
    """An account that holds that."""
    return held.map(lambda given: ListedAccount(list_id="forum-2019", account_id="41", **given))


def cohorts(*, size: int = 5) -> st.SearchStrategy[list[Applicant]]:
    """Applicants with ids of their own."""
    return st.lists(holdings(), min_size=1, max_size=size).map(
        lambda all_held: [Applicant(id=f"A-{row}", **held) for row, held in enumerate(all_held)]
    )


def member_lists(*, size: int = 8) -> st.SearchStrategy[list[ListedAccount]]:
    """Accounts of one list with ids of their own."""
    return st.lists(holdings(), min_size=1, max_size=size).map(
        lambda all_held: [
            ListedAccount(list_id="forum-2019", account_id=str(row), record=f"row@{row}", **held)
            for row, held in enumerate(all_held)
        ]
    )


# -- graphs and pages ----------------------------------------------------------------------------------


def hostile_values() -> st.SearchStrategy[str]:
    """Values as a hostile list may hold them: markup, line ends, control, direction and lone surrogates."""
    known = st.sampled_from(
        [
            "<img src=x onerror=alert(1)>",
            "</script><script>document.title='run'</script>",
            "]]>&amp;<!--",
            "\u202egnp.exe\u202c",
            "a\x00b\x1b[2Jc",
            "\ud800",
            "\ufffe\uffff",
            "  two  spaces  ",
            "quote\" ' back\\slash %41",
            "\u0085\u2028\u2029\r\n\t",
            "Дмитрий \U0001f642 ｗｉｄｅ",
        ]
    )
    return known | st.text(st.characters(), min_size=1, max_size=20)


SPREADSHEET_TEXTS = (
    "=1+1",
    '=HYPERLINK("https://example.org")',
    "+44 1632 960001",
    "-2",
    "@SUM(A1)",
    "\t=1",
    " \n=1",
    "\r",
    "'",
    "'=x",
    "\uff1d1+1",
    '","=1',
)
ESCAPE_TEXTS = (
    "\\u0041",
    "\\\\u005c",
    "\\",
    "\ud83d\ude42",
    "a\nb",
    "\x85",
    "",
    " ",
    "true",
    "0",
    "2019-11-06T10:00:00Z",
)


def graph_texts() -> st.SearchStrategy[str]:
    """Texts of a graph that somebody made by hand: hostile, computed by spreadsheets, like our escapes."""
    return hostile_values() | st.sampled_from([*SPREADSHEET_TEXTS, *ESCAPE_TEXTS])


def _attributes(draw: st.DrawFn, defaults: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    values = {bool: st.booleans(), int: st.integers(0, 2**31 - 1), str: graph_texts()}
    return {
        name: draw(given[name]) if name in given else draw(values[type(default)])
        for name, default in defaults.items()
    }


@st.composite
def hostile_graphs(draw: st.DrawFn) -> Any:
    """Frozen graphs with every attribute, of any text: parallel edges, self-loops, no node at all."""
    import networkx as nx

    kinds = ["applicant", "account", "identifier", "topic", "conversation", "ip", "email"]
    parts = st.tuples(st.sampled_from(kinds), st.sampled_from(["f", "g"]), graph_texts())
    names = draw(st.lists(parts.map(lambda part: node_name(*part)), max_size=4, unique=True))
    left_out = draw(st.lists(graph_texts(), max_size=2))
    graph: Any = nx.MultiDiGraph(
        left_out=left_out, hops=draw(st.integers(0, 9)), hub_cap=draw(st.integers(1, 999))
    )
    for name in names:
        own = {"kind": st.just(name.split(":")[0]), "step": st.integers(0, 9)}
        graph.add_node(name, **_attributes(draw, NODE_DEFAULTS, own))
    ends = st.tuples(st.sampled_from(names), st.sampled_from(names)) if names else st.nothing()
    classes = {
        "edge_class": st.sampled_from(["identity", "association"]),
        "strength": st.sampled_from(["confirmed", "unconfirmed", "tentative"]),
    }
    for number, (source, target) in enumerate(draw(st.lists(ends, max_size=4)) if names else []):
        key = f"{number}:{draw(graph_texts())}"
        graph.add_edge(source, target, key=key, **_attributes(draw, EDGE_DEFAULTS, classes))
    return nx.freeze(graph)


# -- relations of a list -------------------------------------------------------------------------------


@st.composite
def relation_lists(draw: st.DrawFn, *, most: int = 30) -> list[dict[str, Any]]:
    """Relations among four accounts, a few places and somebody unknown: loops, parallels, hubs, odd dates."""
    accounts = ["41", "42", "43", "44"]
    ends = [("account", one) for one in [*accounts, "unheld"]]
    ends += [("topic", "1"), ("topic", "2"), ("conversation", "1"), ("ip", "203.0.113.9")]
    moments = st.none() | st.integers(2010, 2020).map("{}-06-01T00:00:00".format)
    found = []
    for _ in range(draw(st.integers(0, most))):
        target_kind, target = draw(st.sampled_from(ends))
        found.append(
            {
                "kind": draw(st.sampled_from(["messaged", "follows", "posted_in", "gave_badge"])),
                "source": draw(st.sampled_from(accounts)),
                "target_kind": target_kind,
                "target": target,
                "weight": draw(st.integers(1, 9)),
                "first": draw(moments),
                "last": draw(moments),
            }
        )
    return found


# -- chats ---------------------------------------------------------------------------------------------


@st.composite
def whatsapp_chats(draw: st.DrawFn) -> dict[str, Any]:
    """A chat as text, with what it tells: ``messages`` (who, seconds as if in UTC) and ``texts`` that are not to be kept."""
    words = st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cf", "Z"], exclude_characters=":"), max_size=8
    )
    people = draw(
        st.lists(
            words.map("P{}".format) | st.integers(100, 999).map("+44 7700 900{}".format),
            min_size=1, max_size=4, unique=True,
        )
    )  # fmt: skip
    ios, half = draw(st.booleans()), draw(st.booleans())
    layout = draw(st.sampled_from(["%d/%m/%Y", "%m/%d/%y", "%d.%m.%y", "%Y-%m-%d", "%d-%m-%Y"]))
    time = ("%I:%M:%S\u202f%p" if half else "%H:%M:%S") if ios else ("%I:%M\u202f%p" if half else "%H:%M")
    moments = draw(st.lists(st.integers(1356998400, 1893456000), min_size=3, max_size=8))
    # two that tell the order: a day that is no month, and one that is no year
    moments = [*moments, *(int(datetime(2019, 8, day, 0, 5, tzinfo=UTC).timestamp()) for day in (1, 30))]
    lines, messages, texts = [], [], []
    for number, moment in enumerate(sorted(moments)):
        who = draw(st.sampled_from(people))
        at = datetime.fromtimestamp(moment if ios else moment // 60 * 60, UTC)
        texts.append(f"kept nowhere {number}")
        shown = f"\u202a{who.replace(' ', chr(0xA0))}\u202c" if who[0] == "+" else who
        stamp = at.strftime(f"{layout}, {time}")
        more = draw(st.sampled_from(["", "\nBob left", "\n", "\u2028x: y", "\n\n[a] b: c"]))
        lines.append(
            f"[{stamp}] {shown}: {texts[-1]}{more}" if ios else f"{stamp} - {shown}: {texts[-1]}{more}"
        )
        messages.append((who, int(at.timestamp())))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return {"text": end.join([*lines, ""]), "messages": messages, "texts": texts}


@st.composite
def chats(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Messages of people 0 to 4: ``who``, ``at``, ``replied`` (the number of an earlier message, or ``None``),
    ``mentions`` and ``reactions`` (people)."""
    person = st.integers(0, 4)
    some = st.lists(person, max_size=3, unique=True)
    return [
        {
            "who": draw(person),
            "at": draw(st.integers(1_500_000_000, 1_700_000_000)),
            "replied": draw(st.none() | st.integers(0, number - 1)) if number else None,
            "mentions": draw(some),
            "reactions": draw(some),
        }
        for number in range(draw(st.integers(1, 12)))
    ]


# -- damaged files ---------------------------------------------------------------------------------------


def damages() -> st.SearchStrategy[list[Step]]:
    """Some ways of damaging a file, for :func:`tests.mutations.mutated`."""
    place = st.floats(0, 1, exclude_max=True)
    step = st.tuples(st.integers(0, len(MUTATIONS) - 1), place, place)
    return st.lists(step, min_size=1, max_size=5)
