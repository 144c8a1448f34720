"""What customers put in one basket: pairs of goods that are bought together more often than chance would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pydantic import Field

from tools.analysis.affinity import FALSE_DISCOVERIES
from tools.baskets.pairs import (
    LEAST_BASKETS,
    LEVEL_HELP,
    Pair,
    Pairs,
    chosen_level,
    least_baskets,
    read_pairs,
    transactions,
)
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, provenance, require_sales
from tools.identity import spans_platforms
from tools.metrics import METRICS
from tools.metrics.affinity_query import build_pairs, build_partners
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted

PERIOD = "last 12 weeks"
LONG_QUERY_SECONDS = 30.0
BESIDE_SHARE = 0.01
"""What fewer of the baskets with the thing asked about hold is a curiosity, however high its lift."""
_CAUSE = "Bought together is a habit, not a cause: it does not say that one would sell more beside the other."


class BoughtTogetherArguments(Arguments):
    """Arguments of ``bought_together``."""

    period: str = Field(default=PERIOD, max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “Harbor Point”."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    level: Literal["product", "category", "department"] | None = Field(default=None, description=LEVEL_HELP)
    rank_by: Literal["lift", "confidence", "baskets"] = Field(
        default="lift", description="Lift unless the asker wants the surest (confidence) or most frequent (baskets)."
    )
    least_lift: float | None = Field(default=None, ge=0, le=1000, description="Only pairs of at least this lift.")
    least_confidence: int | None = Field(
        default=None, ge=1, le=100, description="Only pairs of at least this confidence, in per cent."
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many pairs, 1 to 50.")


@tool()
def bought_together(arguments: BoughtTogetherArguments, context: ToolContext) -> ToolResult:
    """What is bought together: association rules between products, categories or departments (market basket analysis).

    Use it for “what is bought together with oat milk”, “market basket analysis last month”, “which departments go with
    Deli”, “which products are bought together most often”. Gives for each pair the baskets with both, support,
    confidence both ways and lift, and only pairs that stand a significance test over all pairs looked at. It does not
    say that one causes the other.
    """
    asked = frame(arguments.period, arguments.stores, context)
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    asked = replace(asked, part=part)
    level = chosen_level(arguments.level, part)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    documents, counted_documents = transactions(asked)
    by_item = spans_platforms(asked.stores)
    least = LEAST_BASKETS if part else least_baskets(documents)
    statement = (
        build_partners(part.only, level, windows, context.scope, least=least, by_item=by_item)
        if part
        else build_pairs(level, windows, context.scope, least=least, by_item=by_item)
    )
    found = context.mirror.query(statement.sql, statement.params, timeout_seconds=LONG_QUERY_SECONDS)
    pairs = read_pairs(found, level, least, context, part, least_share=BESIDE_SHARE)
    if part and not pairs.anchors:
        raise NoDataError(f"No basket of {asked.stores.label} held {part.label} {asked.when}.")
    linked = ranked([pair if part else _surer(pair) for pair in pairs.pairs if pair.linked], arguments.rank_by)
    found_pairs, linked = len(linked), [pair for pair in linked if _enough(pair, arguments)]
    if found_pairs and not linked:
        raise NoDataError(
            f"{counted(found_pairs, 'pair')} stand out {asked.when} at {asked.stores.label}, none of them with that"
            f" lift or confidence."
        )
    shown = linked[: arguments.limit]
    least = max(least, pairs.least)
    headline = _headline(asked, pairs, level, linked, least, arguments.rank_by)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_more(shown)]),
        figures=(_all_baskets(asked, pairs), *(figure for pair in shown for figure in pair_figures(asked, pair))),
        table=_table(shown) if shown else None,
        chart=_chart(asked, shown),
        caveats=(*caveats(asked, [METRICS["transactions"]], days), *_how_sure(pairs, linked, least), _CAUSE),
        follow_ups=_follow_ups(asked, shown, level),
        provenance=provenance(asked, [METRICS["transactions"]], [statement, counted_documents, covered]),
    )


def _enough(pair: Pair, arguments: BoughtTogetherArguments) -> bool:
    """Whether a pair has the lift and confidence asked for."""
    counts = pair.counts
    return counts.lift >= (arguments.least_lift or 0) and counts.confidence * 100 >= (arguments.least_confidence or 0)


def _surer(pair: Pair) -> Pair:
    """The direction that says more: from the rarer thing to the commoner."""
    return pair if pair.counts.first <= pair.counts.second else pair.turned()


def ranked(pairs: Sequence[Pair], by: Literal["lift", "confidence", "baskets"]) -> list[Pair]:
    """Pairs, the best first; of equal ones that with more baskets, then by name."""

    def value(pair: Pair) -> float:
        counts = pair.counts
        return {"lift": counts.lift, "confidence": counts.confidence, "baskets": float(counts.both)}[by]

    return sorted(pairs, key=lambda pair: (-value(pair), -pair.counts.both, pair.first.label, pair.second.label))


_LEADS = {
    "lift": ("Most above chance", "Strongest"),
    "confidence": ("Surest", "Surest"),
    "baskets": ("Most often", "Most frequent"),
}
"""What the first of the list is called, beside one thing and of all pairs."""


def _headline(asked: Frame, pairs: Pairs, level: str, linked: Sequence[Pair], least: int, rank_by: str) -> str:
    where = f"{asked.when}, {asked.stores.label}"
    if not linked:
        what = f"anything with {asked.part.label}" if asked.part else f"two {_plural(level)}"
        return (
            f"No pair stands out {where}: {counted(pairs.baskets, 'basket')} do not show {what} bought together more"
            f" often than chance (at least {least} baskets of five people must hold both)."
        )
    best = linked[0]
    counts = best.counts
    beside, first = _LEADS[rank_by]
    lead = f"{beside} beside {asked.part.label}" if asked.part else f"{first} of {counted(len(linked), 'pair')}"
    return (
        f"{lead} {where}: {'' if asked.part else best.first.label + ' with '}{best.second.label}, together in "
        f"{counted(counts.both, 'basket')}, {counts.lift:.1f} times as often as chance; "
        f"{counts.confidence * 100:.0f} % of the baskets with {best.first.label} hold it."
    )


def _plural(level: str) -> str:
    return {"category": "categories"}.get(level, f"{level}s")


def _more(shown: Sequence[Pair]) -> list[str]:
    rest = "; ".join(
        f"{pair.first.label} with {pair.second.label} ({pair.counts.both:,} baskets, lift {pair.counts.lift:.1f})"
        for pair in shown[1:4]
    )
    return [f"Then {rest}."] if rest else []


def _all_baskets(asked: Frame, pairs: Pairs) -> Figure:
    return Figure(
        "baskets", str(pairs.baskets), "count", asked.stores.ids, asked.start_on, asked.end_on, dict(asked.group)
    )


def pair_figures(asked: Frame, pair: Pair) -> list[Figure]:
    """The figures of one pair; the group names both things."""
    group = {f"first_{key}": value for key, value in pair.first.group.items()}
    group |= {f"second_{key}": value for key, value in pair.second.group.items()}
    counts = pair.counts
    values = (
        ("baskets_with_first", str(counts.first), "count"),
        ("baskets_with_second", str(counts.second), "count"),
        ("baskets_together", str(counts.both), "count"),
        ("support", f"{counts.support * 100:.3f}", "%"),
        ("confidence", f"{counts.confidence * 100:.2f}", "%"),
        ("lift", f"{counts.lift:.2f}", "ratio"),
        ("lift_by_basket_size", f"{counts.lift_by_size:.2f}", "ratio"),
    )
    return [
        Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on, group) for name, value, unit in values
    ]


def spoken_p(p: float) -> str:
    """``< 0.0001`` or the value with four digits."""
    return "< 0.0001" if p < 0.0001 else f"{p:.4f}"


def _table(shown: Sequence[Pair]) -> Table:
    columns = (
        TableColumn("If in the basket", "text"),
        TableColumn("Also in it", "text"),
        TableColumn("Baskets with both", "count"),
        TableColumn("Support", "%"),
        TableColumn("Confidence", "%"),
        TableColumn("Confidence the other way", "%"),
        TableColumn("Lift", "ratio"),
        TableColumn("Lift among baskets of like size", "ratio"),
        TableColumn("p-value", "text"),
    )
    rows = [
        (
            pair.first.label,
            pair.second.label,
            pair.counts.both,
            f"{pair.counts.support * 100:.3f}",
            f"{pair.counts.confidence * 100:.2f}",
            f"{pair.counts.confidence_back * 100:.2f}",
            f"{pair.counts.lift:.2f}",
            f"{pair.counts.lift_by_size:.2f}",
            spoken_p(pair.p),
        )
        for pair in shown
    ]
    return Table(columns, rows)


def _chart(asked: Frame, shown: Sequence[Pair]) -> Chart | None:
    if len(shown) < 2:
        return None
    charted = shown[:20]
    names = tuple(pair.second.label if asked.part else f"{pair.first.label} + {pair.second.label}" for pair in charted)
    lifts = tuple(round(pair.counts.lift, 2) for pair in charted)
    beside = f" with {asked.part.label}" if asked.part else ""
    return Chart("bar", f"Bought together{beside}, {asked.stores.label}, {asked.when}", names, {"Lift": lifts}, "ratio")


def _how_sure(pairs: Pairs, linked: Sequence[Pair], least: int) -> list[str]:
    stand = "stands" if len(linked) == 1 else "stand"
    said = [
        (
            f"Of {counted(len(pairs.pairs), 'pair')} in at least {least} baskets of five people, {len(linked):,}"
            f" {stand}: chi-square (Fisher's exact test where few are expected), at most"
            f" {FALSE_DISCOVERIES * 100:.0f} % false among them, "
            "and still above chance among baskets of like size."
        )
    ]
    if pairs.baskets < 500:
        said.append(f"{counted(pairs.baskets, 'basket')} are few for this; a longer period says more.")
    return said


def _follow_ups(asked: Frame, shown: Sequence[Pair], level: str) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = []
    if asked.part:
        asks.append(f"Cross-sell ideas {when}{same}")
    elif level == "product" and shown:
        asks.append(f"What is bought together with “{shown[0].first.label}” {when}{same}?")
    if not asked.part and level != "department":
        asks.append(f"Which departments are bought together {when}{same}?")
    asks.append(f"Net sales {when}{same}")
    return tuple(asks[:3])
