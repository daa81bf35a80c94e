"""Rows about people who are not listed: how many are surfaced, and at what recall; and both by group."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict

import numpy as np
from quality_errors import MEMBERS, Row, as_applied, as_listed
from quality_lists import open_list, screen_rows
from quality_measure import Figure, absent, data_folder, share_of
from quality_names import read_rows
from quality_peers import logic_v2
from quality_people import World
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist
from rapidfuzz.utils import default_process

__all__ = ["fairness", "innocents", "script_of"]

_NAME_AND_BIRTH = {"email": 0.0, "phone": 0.0, "handle": 0.0, "postcode": 0.0, "date_of_birth": 1.0}
_NEAREST = 20


def _public(name: str) -> list[dict[str, str]]:
    folder = data_folder()
    assert folder is not None
    return read_rows(folder / "names" / f"{name}.csv")


def _row(one: dict[str, str]) -> Row:
    return {"name": one["full_name"], "date_of_birth": one["date_of_birth"]}


def innocents(*, count: int = 5_000) -> list[Figure]:
    """Innocents surfaced and planted people found, by name and date of birth alone."""
    found = []
    if data_folder() is None:
        found += absent("innocents", "public names")
    else:
        us, world = _public("people_us"), _public("people_global")
        listed = [_row(one) for one in us[500:] + world[500:] + _public("listed_clean")]
        clean = [_row(one) for one in us[:500] + world[:500]]
        planted = [_row(one) for one in _public("listed_altered")]
        first = len(listed) - len(planted)
        places = {len(clean) + i: first + i for i in range(len(planted))}
        found += _measured("public names", listed, clean + planted, places)
    made = World(606)
    people = made.people(500)
    others = made.people(49_500)
    listed = [as_listed(one, made, MEMBERS) for one in people + others]
    rows = [as_applied(one, made, given=_NAME_AND_BIRTH) for one in [*people, *made.people(count)]]
    return found + _measured("own generator", listed, rows, {i: i for i in range(len(people))})


def _measured(label: str, listed: list[Row], rows: list[Row], places: dict[int, int]) -> list[Figure]:
    row, what = "innocents", f"{label}, name + DOB, list of {len(listed):,}"
    with open_list(listed) as store:
        run = screen_rows(store, rows)
    surfaced = {(int(one.applicant_id[2:]), int(one.account_id)) for one in run.surfaced}
    alerted = {person for person, _ in surfaced} - places.keys()
    found = _lines(
        row,
        what,
        "vetting, default policy",
        len(alerted),
        sum(pair in surfaced for pair in places.items()),
        (len(rows) - len(places), len(places)),
        ("0.002", "0.98"),
    )
    pairs = _nearest(rows, listed, places)
    asked = len({person for person, _ in pairs} - places.keys())
    scores = logic_v2([(rows[person], listed[place]) for person, place in pairs])
    if scores is None:
        return [*found, Figure(row=row, what=what, method="logic-v2", value="absent")]
    accepted = {pair for pair, score in zip(pairs, scores.tolist(), strict=True) if score >= 0.7}
    alerted = {person for person, _ in accepted} - places.keys()
    method = f"logic-v2 >= .70 on each applicant's {_NEAREST} nearest by token_sort"
    return found + _lines(
        row,
        what,
        method,
        len(alerted),
        sum(pair in accepted for pair in places.items()),
        (asked, len(places)),
        ("", ""),
    )


def _lines(
    row: str,
    what: str,
    method: str,
    alerted: int,
    recalled: int,
    sizes: tuple[int, int],
    targets: tuple[str, str],
) -> list[Figure]:
    value, interval = share_of(alerted, sizes[0])
    first = Figure(
        row=row,
        what=f"{what}: innocents surfaced",
        method=method,
        value=value,
        interval=interval,
        n=sizes[0],
        target=targets[0],
        note=f"{alerted} people",
    )
    value, interval = share_of(recalled, sizes[1])
    return [
        first,
        Figure(
            row=row,
            what=f"{what}: altered listed people found",
            method=method,
            value=value,
            interval=interval,
            n=sizes[1],
            target=targets[1],
        ),
    ]


def _nearest(rows: list[Row], listed: list[Row], places: dict[int, int]) -> list[tuple[int, int]]:
    """Each applicant's nearest names, and the true pairs."""
    names = [default_process(one["name"]) for one in listed]
    asked = list(places)[:500] + [i for i in range(len(rows)) if i not in places][:1_000]
    found = set(places.items())
    for start in range(0, len(asked), 100):
        here = asked[start : start + 100]
        grid = cdist(
            [default_process(rows[i]["name"]) for i in here],
            names,
            scorer=token_sort_ratio,
            dtype=np.uint8,
            score_cutoff=50,
        )
        for person, line in zip(here, grid, strict=True):
            found.update(
                (person, int(place)) for place in np.argpartition(-line.astype(np.int16), _NEAREST)[:_NEAREST]
            )
    return sorted(found)


def script_of(text: str) -> str:
    """The script of most of a text's letters."""
    words = Counter(unicodedata.name(letter, "OTHER").split(" ")[0] for letter in text if letter.isalpha())
    name = words.most_common(1)[0][0].title() if words else "None"
    return {"Cjk": "Han"}.get(name, name)


def fairness(*, per_side: int = 20_000) -> list[Figure]:
    """False surfacing per 10,000 innocents, and recall, by script and by group."""
    found = []
    if data_folder() is None:
        found += absent("fairness", "public names by nationality")
    else:
        everybody = _public("people_us") + _public("people_global")
        order = np.random.default_rng(7).permutation(len(everybody))
        listed = [everybody[i] for i in order[:per_side].tolist()]
        innocent = [everybody[i] for i in order[per_side : 2 * per_side].tolist()]
        planted = listed[: per_side // 5]
        world = World(707)
        rows = [_row(one) for one in innocent] + [_slip(_row(one), world) for one in planted]
        people = innocent + planted
        groups = {
            "script": [script_of(one["full_name"]) for one in people],
            "nationality": [one["nationality"] for one in people],
        }
        found += _by_group(
            "public names",
            [_row(one) for one in listed],
            rows,
            {len(innocent) + i: i for i in range(len(planted))},
            groups,
        )
    world = World(708)
    people = world.people(per_side // 2)
    listed = [as_listed(one, world, MEMBERS) for one in people + world.people(per_side // 2)]
    others = world.people(per_side)
    rows = [as_applied(one, world, given=_NAME_AND_BIRTH) for one in people + others]
    groups = {"origin": [one.origin for one in people + others]}
    found += _by_group("own generator", listed, rows, {i: i for i in range(len(people))}, groups)
    written = [script_of(listed[i]["name"]) for i in range(len(people))] + ["-"] * len(others)
    return found + _by_group(
        "own generator",
        listed,
        rows,
        {i: i for i in range(len(people))},
        {"script of the list's name": written},
    )


def _slip(row: Row, world: World) -> Row:
    """Two letters of the name exchanged, or one left out, or the words in another order; in any script.

    Where a character is a syllable or a word, a letter's slip would be another name: there the space moves.
    """
    name = row["name"]
    words = name.split()
    turned = " ".join(words[1:] + words[:1])
    if script_of(name) in {"Han", "Hangul", "Hiragana", "Katakana"}:
        return {
            **row,
            "name": world.pick.choice((turned, name.replace(" ", ""), f"{name[:1]} {name[1:].strip()}")),
        }
    at = world.pick.randint(1, max(len(name) - 2, 1))
    swapped = name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
    return {**row, "name": world.pick.choice((name[:at] + name[at + 1 :], swapped, turned))}


def _by_group(
    label: str, listed: list[Row], rows: list[Row], places: dict[int, int], groups: dict[str, list[str]]
) -> list[Figure]:
    with open_list(listed) as store:
        run = screen_rows(store, rows)
    surfaced = {(int(one.applicant_id[2:]), int(one.account_id)) for one in run.surfaced}
    persons = {person for person, _ in surfaced}
    found = []
    for kind, group_of in groups.items():
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for person, group in enumerate(group_of):
            if person in places:
                counts[group][2] += 1
                counts[group][3] += (person, places[person]) in surfaced
            else:
                counts[group][0] += 1
                counts[group][1] += person in persons
        for group, (innocent, alerted, planted, recalled) in sorted(
            counts.items(), key=lambda item: -item[1][0] - item[1][2]
        )[:12]:
            if not group or group == "-":
                continue
            value, interval = share_of(alerted, innocent, per=10_000)
            recall, range_ = share_of(recalled, planted)
            found.append(
                Figure(
                    row="fairness",
                    what=f"{label}, by {kind}: {group}",
                    method="vetting, default policy",
                    value=f"{value} per 10,000; recall {recall}" if innocent else f"recall {recall}",
                    interval=f"{interval}; {range_}" if innocent else range_,
                    n=innocent + planted,
                    note=f"{alerted} of {innocent}; {recalled} of {planted}",
                )
            )
    return found
