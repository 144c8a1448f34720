"""Cross-sell: what goes together elsewhere in the chain and is picked up too seldom here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from tools.analysis.affinity import PairCounts, beyond_chance, rate_below
from tools.baskets.bought_together import BESIDE_SHARE, LONG_QUERY_SECONDS, PERIOD, ranked
from tools.baskets.pairs import (
    LEAST_BASKETS,
    LEVEL_HELP,
    Pair,
    chosen_level,
    least_baskets,
    less,
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
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted

_LEAST_LIFT = 1.2
_FALSE_IDEAS = 0.05
_LEAST_ANCHORS = 50
"""A store with fewer baskets of the first thing has no share of its own to speak of."""


class CrossSellArguments(Arguments):
    """Arguments of ``cross_sell``."""

    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    stores: str | None = Field(
        default=None, max_length=300, description="Stores to find ideas for, in the asker's own words."
    )
    period: str = Field(default=PERIOD, max_length=120, description="When, in the asker's own words.")
    level: Literal["product", "category", "department"] | None = Field(default=None, description=LEVEL_HELP)
    limit: int = Field(default=10, ge=1, le=50, description="How many ideas, 1 to 50.")


@dataclass(frozen=True, slots=True)
class Gap:
    """A linked pair that a store sells together less often than the other stores."""

    store_id: str
    pair: Pair
    here: PairCounts
    elsewhere: PairCounts
    p: float

    @property
    def missing(self) -> float:
        """Baskets with the first thing that would hold the second too, were it picked up as often as elsewhere."""
        return self.here.first * self.elsewhere.confidence - self.here.both


@tool()
def cross_sell(arguments: CrossSellArguments, context: ToolContext) -> ToolResult:
    """Cross-sell ideas: what customers buy together, and where a store sells it together less often than the others.

    Use it for “cross-sell ideas for Deli at Harbor Point”, “what should we offer with rotisserie chicken”, “where do we
    miss add-on sales”. An idea is a pair that is linked in the chain and that the store's baskets hold significantly
    less often than those of the asker's other stores. It says how many baskets that is, not what they would bring.
    """
    asked = frame(arguments.period, arguments.stores, context)
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    asked = replace(asked, part=part)
    chain = frame(arguments.period, "all", context)
    level = "category" if part is None and arguments.level is None else chosen_level(arguments.level, part)
    windows, by_item = chain.windows(), spans_platforms(chain.stores)
    days, covered = coverage(asked, asked.windows())
    require_sales(asked, days)
    documents, counted_documents = transactions(chain)
    least = LEAST_BASKETS if part else least_baskets(documents)
    statement = (
        build_partners(part.only, level, windows, context.scope, least=least, by_item=by_item, by_store=True)
        if part
        else build_pairs(level, windows, context.scope, least=least, by_item=by_item, by_store=True)
    )
    found = context.mirror.query(statement.sql, statement.params, timeout_seconds=LONG_QUERY_SECONDS)
    pairs = read_pairs(found, level, least, context, part, least_share=BESIDE_SHARE)
    if part and not pairs.anchors:
        raise NoDataError(f"No basket of {chain.stores.label} held {part.label} {asked.when}.")
    linked = [pair for pair in pairs.pairs if pair.linked and pair.counts.lift >= _LEAST_LIFT]
    # A pair without a subject is looked at from both ends: what a store hardly sells is rare there in itself.
    ways = linked if part else [*linked, *(pair.turned() for pair in linked)]
    gaps = gaps_of(ways, asked.stores.ids)[: arguments.limit]
    best = [] if gaps else ranked(linked, "lift")[: arguments.limit]
    headline = _headline(asked, chain, gaps, best)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_more(asked, gaps)]),
        figures=tuple(figure for gap in gaps for figure in _figures(asked, gap)),
        table=_gap_table(asked, gaps) if gaps else _link_table(best) if best else None,
        caveats=(*caveats(asked, [METRICS["transactions"]], days), *_said(chain, gaps)),
        follow_ups=_follow_ups(asked, gaps),
        provenance=provenance(asked, [METRICS["transactions"]], [statement, counted_documents, covered]),
    )


def gaps_of(linked: Sequence[Pair], store_ids: Sequence[str]) -> list[Gap]:
    """Where a store holds a linked pair less often than the others, beyond chance; a pair once, most baskets first."""
    tried: list[Gap] = []
    for pair in linked:
        for store_id in store_ids:
            here = pair.by_place.get(store_id)
            if here is None or here.first < _LEAST_ANCHORS or pair.counts.first - here.first < _LEAST_ANCHORS:
                continue
            elsewhere = less(pair.counts, here)
            p = rate_below(here.both, here.first, elsewhere.both, elsewhere.first)
            tried.append(Gap(store_id, pair, here, elsewhere, p))
    stands = beyond_chance([gap.p for gap in tried], len(tried), _FALSE_IDEAS)
    found = [gap for gap, kept in zip(tried, stands, strict=True) if kept and gap.missing >= 1]
    found.sort(key=lambda gap: (-gap.missing, gap.store_id, gap.pair.first.label, gap.pair.second.label))
    first: dict[tuple[str, frozenset[str]], Gap] = {}
    for gap in found:
        first.setdefault((gap.store_id, frozenset({gap.pair.first.label, gap.pair.second.label})), gap)
    return list(first.values())


def _headline(asked: Frame, chain: Frame, gaps: Sequence[Gap], best: Sequence[Pair]) -> str:
    about = f" for {asked.part.label}" if asked.part else ""
    where = f"{asked.when}, {asked.stores.label}"
    if gaps:
        first = gaps[0]
        return (
            f"Cross-sell idea{about} {where}: {first.pair.second.label} with {first.pair.first.label} at "
            f"{asked.stores.name(first.store_id)}: {first.here.confidence * 100:.1f} % of the baskets with "
            f"{first.pair.first.label} hold it there, "
            f"{first.elsewhere.confidence * 100:.1f} % at the other stores; about {first.missing:,.0f} baskets."
        )
    if not best:
        return f"No cross-sell idea{about} {where}: nothing is bought together often enough to build one on."
    pair = best[0]
    reason = (
        "there is no other store to compare with"
        if len(chain.stores.stores) == 1
        else "no pair is bought together less often here than at the other stores"
    )
    return (
        f"Strongest link{about} {where}: {pair.second.label} with {pair.first.label}, {pair.counts.lift:.1f} times as "
        f"often as chance; {reason}."
    )


def _more(asked: Frame, gaps: Sequence[Gap]) -> list[str]:
    rest = "; ".join(
        f"{gap.pair.second.label} with {gap.pair.first.label} at {asked.stores.name(gap.store_id)} "
        f"(about {gap.missing:,.0f} baskets)"
        for gap in gaps[1:4]
    )
    return [f"Then {rest}."] if rest else []


def _figures(asked: Frame, gap: Gap) -> list[Figure]:
    group = {f"first_{key}": value for key, value in gap.pair.first.group.items()}
    group |= {f"second_{key}": value for key, value in gap.pair.second.group.items()} | {"store": gap.store_id}
    period = asked.periods[gap.store_id]
    values = (
        ("confidence", f"{gap.here.confidence * 100:.2f}", "%"),
        ("confidence_elsewhere", f"{gap.elsewhere.confidence * 100:.2f}", "%"),
        ("baskets_with_first", str(gap.here.first), "count"),
        ("baskets_together", str(gap.here.both), "count"),
        ("baskets_missing", f"{gap.missing:.0f}", "count"),
        ("lift", f"{gap.pair.counts.lift:.2f}", "ratio"),
    )
    return [
        Figure(name, value, unit, (gap.store_id,), period.start_on, period.end_on, group)
        for name, value, unit in values
    ]


def _gap_table(asked: Frame, gaps: Sequence[Gap]) -> Table:
    columns = (
        TableColumn("Store", "text"),
        TableColumn("With", "text"),
        TableColumn("Offer", "text"),
        TableColumn("Hold both here", "%"),
        TableColumn("Hold both elsewhere", "%"),
        TableColumn("Baskets with the first", "count"),
        TableColumn("Baskets missing", "count"),
        TableColumn("Lift in the chain", "ratio"),
    )
    rows = [
        (
            asked.stores.name(gap.store_id),
            gap.pair.first.label,
            gap.pair.second.label,
            f"{gap.here.confidence * 100:.2f}",
            f"{gap.elsewhere.confidence * 100:.2f}",
            gap.here.first,
            round(gap.missing),
            f"{gap.pair.counts.lift:.2f}",
        )
        for gap in gaps
    ]
    return Table(columns, rows)


def _link_table(best: Sequence[Pair]) -> Table:
    columns = (
        TableColumn("With", "text"),
        TableColumn("Offer", "text"),
        TableColumn("Baskets with both", "count"),
        TableColumn("Hold both", "%"),
        TableColumn("Lift", "ratio"),
    )
    rows = [
        (
            pair.first.label,
            pair.second.label,
            pair.counts.both,
            f"{pair.counts.confidence * 100:.2f}",
            f"{pair.counts.lift:.2f}",
        )
        for pair in best
    ]
    return Table(columns, rows)


def _said(chain: Frame, gaps: Sequence[Gap]) -> list[str]:
    said = ["Range, prices and customers differ between stores: a gap is a question to look into, not lost sales."]
    if gaps:
        said.append(
            f"An idea is a pair that {counted(len(chain.stores.stores), 'store')} together sell at least {_LEAST_LIFT} "
            "times as often as chance, and one store significantly less often than the others (at most "
            f"{_FALSE_IDEAS * 100:.0f} % false among them)."
        )
    return said


def _follow_ups(asked: Frame, gaps: Sequence[Gap]) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = [f"What is bought together {when}{same}?"]
    if gaps and gaps[0].pair.second.group.get("department"):
        asks.append(f"Net sales {when} in “{gaps[0].pair.second.group['department']}” at "
                    f"{asked.stores.name(gaps[0].store_id)}")  # fmt: skip
    return tuple(asks)
