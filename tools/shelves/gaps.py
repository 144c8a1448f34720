"""Likely holes on the shelf: what the last audit did not find and what stopped selling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.analysis.demand import Demand, demand, discoveries, no_sale_probability, run_probability
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.movement_query import LEAST_EXPECTED, build_gaps
from tools.metrics.planogram_query import build_missed, build_plan
from tools.metrics.query import Filter, Statement
from tools.metrics.stock_query import build_positions
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Table, TableColumn, ToolResult
from tools.search import Product
from tools.shelves.frame import ShelfFrame, place, require_planogram, shelf_caveats, shelf_frame, shelf_provenance
from tools.stock.frame import STORES_HELP, names_of, product_group, quantity, rounded, stock_figure
from tools.wording import counted


class ShelfGapsArguments(Arguments):
    """Arguments of ``shelf_gaps``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    days: int = Field(default=28, ge=2, le=90, description="Audits and picks of so many last days count.")
    limit: int = Field(default=20, ge=1, le=100, description="How many rows, the surest first.")


@dataclass(frozen=True, slots=True)
class _Gap:
    """One planned product that is likely not on the shelf, and why."""

    store_id: str
    variant_id: str
    fixture: Any
    position: Any
    since: date
    days: int
    pace: Demand
    chance: float
    evidence: str

    @property
    def likely(self) -> bool:
        """An audit missed it; else only its sales stopped."""
        return self.evidence != "sales"


@tool()
def shelf_gaps(arguments: ShelfGapsArguments, context: ToolContext) -> ToolResult:
    """Likely empty places on the shelf: planned products that the last audit did not scan, or that stopped selling.

    Use it for “where are the shelf gaps?”, “what is likely out of stock on the shelf?”, “which products need filling up
    from the back room?”. A product counts when its fixture was audited and it was not scanned, and nobody picked or
    bought one since; or when its sales stopped for longer than chance explains while stock is on hand. Likely, not
    seen.
    """
    asked = shelf_frame(arguments.stores, context, days=arguments.days, department=arguments.department)
    require_planogram(asked)
    frame = asked.held.asked
    statements: list[Statement] = []
    gaps: dict[tuple[str, str], _Gap] = {}
    today = asked.held.stores.stores[0].today(frame.now)
    if any(one.audits for one in asked.extents.values()):
        missed = build_missed(
            asked.planned_stores, context.scope, today, asked.since, frame.now, asked.held.windows, only=asked.held.only
        )
        statements.append(missed)
        for gap in map(_missed, context.mirror.query(missed.sql, missed.params).dicts()):
            if gap is not None:
                gaps.setdefault((gap.store_id, gap.variant_id), gap)
    elif not asked.held.levels:
        raise NoDataError(
            f"No audit scans of the last {arguments.days} days and no stock levels are recorded for {asked.label},"
            f" so gaps"
            " on the shelf cannot be told. Audits come from a scan file, levels from the point of sale's inventory."
        )
    with_levels = [store for store in asked.planned_stores if store in asked.held.levels]
    if with_levels:
        quiet = build_gaps(
            asked.held.windows,
            context.scope,
            frame.now,
            store_ids=with_levels,
            least=LEAST_EXPECTED,
            trailing=True,
            only=asked.held.only,
        )
        statements.append(quiet)
        rows = context.mirror.query(quiet.sql, quiet.params).dicts()
        planned = _planned(asked, context)
        for gap in _stopped([row for row in rows if (row["store_id"], row["variant_id"]) in planned], rows, planned):
            gaps.setdefault((gap.store_id, gap.variant_id), gap)
    found = sorted(gaps.values(), key=lambda one: (not one.likely, one.chance, one.store_id, one.variant_id))
    shown = found[: arguments.limit]
    names = names_of([{"variant_id": one.variant_id} for one in shown], context)
    stock = _stock(asked, shown, context, statements)
    likely = sum(one.likely for one in found)
    if found:
        headline = (
            f"Shelf gaps{frame.subject}, {asked.label}: {counted(likely, 'product')} likely not on the shelf by the"
            f" last audit,"
            f" {len(found) - likely:,} more suspected from sales alone."
        )
    else:
        headline = f"No shelf gap{frame.subject} is likely, {asked.label}: the last audits and the sales show none."
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, shown, names, stock)]),
        figures=(
            stock_figure(asked.held, "shelf_gaps_likely", str(likely), "count"),
            stock_figure(asked.held, "shelf_gaps_suspected", str(len(found) - likely), "count"),
            *(
                stock_figure(
                    asked.held,
                    "days_without_sale",
                    str(one.days),
                    "days",
                    stores=(one.store_id,),
                    group={
                        **(
                            product_group(names[one.variant_id])
                            if one.variant_id in names
                            else {"variant_id": one.variant_id}
                        ),
                        "store": one.store_id,
                    },
                )
                for one in shown
            ),
        ),
        table=_table(asked, shown, names, stock) if shown else None,
        caveats=(
            (
                "Likely, not seen: a scan may have been left out, and a product may have stopped selling for another"
                " reason."
            ),
            *shelf_caveats(asked, arguments.days),
        ),
        follow_ups=(
            f"What is misplaced{frame.same_part_and_stores}?",
            f"Which products are out of stock{frame.same_part_and_stores}?",
        ),
        provenance=shelf_provenance(asked, ("shelf_gaps_likely",), statements),
    )


def _missed(row: Mapping[str, Any]) -> _Gap | None:
    """A gap where the audit passed the product by and nothing was sold or picked since."""
    if row["picked_at"] is not None or row["sold_since"] > 0:
        return None
    pace = demand(Decimal(row["units"]), row["squares"], int(row["trading_days"]))
    chance = no_sale_probability(float(pace.mean), float(pace.variance), int(row["days_since"]))
    evidence = "audit" if row["seen_on"] is None else "audit, seen before"
    if chance < 0.05:
        evidence += ", no sale since"
    return _Gap(
        row["store_id"],
        row["variant_id"],
        row["fixture"],
        row["position"],
        row["audited_on"],
        int(row["days_since"]),
        pace,
        chance,
        evidence,
    )


def _planned(asked: ShelfFrame, context: ToolContext) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Planned places by store and variant, the first where there are several."""
    statement = build_plan(
        asked.planned_stores,
        context.scope,
        asked.held.stores.stores[0].today(asked.held.asked.now),
        only=asked.held.only,
    )
    found: dict[tuple[str, str], tuple[Any, Any]] = {}
    for store, variant, fixture, position in context.mirror.query(statement.sql, statement.params).rows:
        found.setdefault((store, variant), (fixture, position))
    return found


def _stopped(
    rows: Sequence[Mapping[str, Any]],
    every: Sequence[Mapping[str, Any]],
    planned: Mapping[tuple[str, str], tuple[Any, Any]],
) -> list[_Gap]:
    """Planned products whose run of days without a sale stands against chance."""
    chances = [run_probability(int(row["trading_days"]), int(row["sold_days"]), int(row["run"])) for row in rows]
    made = []
    tests = int(every[0]["tested"]) if every else 0
    for row, chance, stands in zip(rows, chances, discoveries(chances, tests), strict=True):
        if not stands:
            continue
        fixture, position = planned[row["store_id"], row["variant_id"]]
        pace = demand(Decimal(row["units"]), row["squares"], int(row["trading_days"]) - int(row["run"]))
        made.append(
            _Gap(
                row["store_id"],
                row["variant_id"],
                fixture,
                position,
                row["after_on"],
                int(row["run"]),
                pace,
                chance,
                "sales",
            )
        )
    return made


def _stock(
    asked: ShelfFrame, shown: Sequence[_Gap], context: ToolContext, statements: list[Statement]
) -> dict[tuple[str, str], Mapping[str, Any]]:
    if not shown or not asked.held.levels:
        return {}
    only = Filter(variants=tuple(sorted({one.variant_id for one in shown})))
    statement = build_positions(asked.held.stores.ids, context.scope, asked.held.asked.now, only=only)
    statements.append(statement)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    return {(row["store_id"], row["variant_id"]): row for row in rows}


def _sentences(
    asked: ShelfFrame,
    shown: Sequence[_Gap],
    names: Mapping[str, Product],
    stock: Mapping[tuple[str, str], Mapping[str, Any]],
) -> list[str]:
    said = []
    several = len(asked.held.stores.stores) > 1
    for one in shown[:3]:
        name = names[one.variant_id].name if one.variant_id in names else one.variant_id
        where = f" at {asked.held.stores.name(one.store_id)}" if several else ""
        level = stock.get((one.store_id, one.variant_id))
        back = f", {quantity(level['backroom'])} in the back room" if level and level["backroom"] else ""
        said.append(
            f"{name}{where} ({place(one.fixture, one.position)}; {one.evidence}; {counted(one.days, 'day')} without"
            f" a sale{back})"
        )
    return [f"Look first: {'; '.join(said)}."] if said else []


def _table(
    asked: ShelfFrame,
    shown: Sequence[_Gap],
    names: Mapping[str, Product],
    stock: Mapping[tuple[str, str], Mapping[str, Any]],
) -> Table:
    titles = (
        "Product",
        "Store",
        "Place",
        "Evidence",
        "Since",
        "Days without a sale",
        "Usual units a day",
        "On hand",
        "Back room",
    )
    units = ("text", "text", "text", "text", "date", "days", "units", "units", "units")
    body = []
    for one in shown:
        level = stock.get((one.store_id, one.variant_id))
        body.append(
            (
                names[one.variant_id].name if one.variant_id in names else one.variant_id,
                asked.held.stores.name(one.store_id),
                place(one.fixture, one.position),
                one.evidence,
                one.since.isoformat(),
                one.days,
                rounded(one.pace.mean, 2),
                quantity(level["on_hand"]) if level else None,
                quantity(level["backroom"]) if level else None,
            )
        )
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)
