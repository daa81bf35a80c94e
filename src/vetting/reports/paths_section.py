"""Explained paths on a page: each step in its words, what it means and does not, and how common it is."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from vetting.errors import StoreError
from vetting.evidence.results import Candidate
from vetting.evidence.screening_result import Screening
from vetting.graph.association import ShardSource
from vetting.graph.attributes import ASSOCIATION, node_name
from vetting.graph.base_rates import BaseRate, base_rate
from vetting.graph.draft import AssociationGraph
from vetting.graph.kinds import association_kind
from vetting.graph.layout import TIMES
from vetting.graph.paths import ExplainedPath, PathStep, Route, explained_paths
from vetting.reports.markup import capitalised, safe, value

__all__ = ["RatedRoute", "onward_routes", "paths_section"]

_MOST_OTHERS = 4  # accounts to which paths are explained


@frozen(kw_only=True)
class RatedRoute:
    """A route with how common such a path is on the list.

    Attributes:
        route: The route.
        rate: For its association part; ``None`` where it has none, or the list is not held.
    """

    route: Route
    rate: BaseRate | None


def onward_routes(
    graph: AssociationGraph, screening: Screening, candidate: Candidate, store: ShardSource
) -> tuple[RatedRoute, ...]:
    """Explain how the candidate's account is joined to a few others, the best way to each.

    Args:
        graph: The candidate's graph.
        screening: Its run: the accounts of other candidates come first, then the nearest, by the most
            telling kind of relation.
        candidate: The candidate.
        store: Where its list is held, for how common such a path is.
    """
    own = node_name("account", candidate.list_id, candidate.account_id)
    others = {node_name("account", one.list_id, one.account_id) for one in screening.candidates}
    targets = sorted(
        (name not in others, graph.nodes[name]["step"], _most_telling(graph, name), place, name)
        for place, name in enumerate(graph)
        if graph.nodes[name]["kind"] == "account" and name != own and not graph.nodes[name]["hub"]
    )
    found: list[RatedRoute] = []
    for *_, name in targets:
        for route in explained_paths(graph, own, name, most=1):
            if route.association is not None:
                rate = _rate(store, candidate, len(route.association.steps))
                found.append(RatedRoute(route=route, rate=rate))
        if len(found) >= _MOST_OTHERS:
            break
    return tuple(found)


def _most_telling(graph: AssociationGraph, name: str) -> int:
    """The catalogue's priority of the most telling kind of relation that a node has in the graph."""
    found = 99
    for _, _, edge in (*graph.in_edges(name, data=True), *graph.out_edges(name, data=True)):
        if edge["edge_class"] == ASSOCIATION:
            found = min(found, association_kind(edge["kind"]).priority)
    return found


def _rate(store: ShardSource, candidate: Candidate, hops: int) -> BaseRate | None:
    try:
        return base_rate(store.shard(candidate.list_id), candidate.account_id, hops=hops)
    except StoreError:  # the list, or the account on it, is not held any more
        return None


def paths_section(
    graph: AssociationGraph, identity: Sequence[Route], onward: Sequence[RatedRoute], *, chains: Sequence[str]
) -> str:
    """Return the explained paths as HTML.

    Args:
        graph: The graph that they were found in.
        identity: From the applicant to the candidate's account.
        onward: On from there to other accounts.
        chains: Identity chains as sentences.
    """
    if not identity and not onward and not chains:
        return ""
    parts = ['<section id="paths"><h2>How they are joined, step by step</h2>']
    if identity:
        parts.append(
            "<h3>From the applicant to the listed account</h3>"
            '<p class="small">Each way stands by itself, and is as strong as its weakest step.</p>'
        )
        parts += [_path(graph, one.identity) for one in identity]
    if chains:
        items = "".join(f"<li>{safe(sentence)}</li>" for sentence in chains)
        parts.append(f"<h3>Through identifiers that were derived</h3><ul>{items}</ul>")
    if onward:
        parts.append(
            "<h3>From the listed account to others</h3>"
            "<p>These paths begin at the account, not at the applicant. They are no evidence of identity, and they "
            "say nothing of anybody's views.</p>"
        )
        for one in onward:
            if one.route.association is not None:
                parts.append(_path(graph, one.route.association, rate=one.rate))
    parts.append("</section>")
    return "\n".join(parts)


def _path(graph: AssociationGraph, path: ExplainedPath, *, rate: BaseRate | None = None) -> str:
    steps = (
        [f'<li class="end">{value(graph.nodes[path.steps[0].source]["label"])}</li>'] if path.steps else []
    )
    for step in path.steps:
        weak = " weakest" if len(path.steps) > 1 and step is path.weakest else ""
        steps.append(
            f'<li class="step {safe(step.strength)}{weak}"><span>{safe(_words(step))}</span>'
            f"<small>{safe(_seen(step))}</small></li>"
            f'<li class="end">{value(graph.nodes[step.target]["label"])}</li>'
        )
    records = list(dict.fromkeys(step.record for step in path.steps if step.record))
    cited = f"Records: {' '.join(f'<code>{safe(record)}</code>' for record in records)}" if records else ""
    common = f'<p class="rate"><b>How common:</b> {safe(rate.sentence())}</p>' if rate is not None else ""
    return (
        f'<div class="path {safe(path.edge_class)}"><ol aria-label="{safe(path.sentence(graph))}">{"".join(steps)}</ol>'
        f'<p class="small">{safe(capitalised(path.edge_class))} path, <b>{safe(path.strength)}</b> by its weakest '
        f"step. {cited}</p>{common}{_meanings(path)}</div>"
    )


def _words(step: PathStep) -> str:
    return step.words + (f" {TIMES}{step.weight:,}" if step.weight > 1 else "")


def _seen(step: PathStep) -> str:
    years = list(dict.fromkeys(moment[:10] for moment in (step.first, step.last) if moment))
    return ", ".join([step.strength, " to ".join(years)]) if years else step.strength


def _meanings(path: ExplainedPath) -> str:
    """What each kind of step shows and does not, and what else would explain them, beside the path."""
    items = "".join(
        f"<li>{safe(shows)} {safe(not_shows)}</li>" for _, shows, not_shows in dict.fromkeys(path.meanings)
    )
    if path.innocent:
        items += f"<li><b>What else would explain it:</b> {safe(' '.join(path.innocent))}</li>"
    return f"<ul>{items}</ul>" if items else ""
