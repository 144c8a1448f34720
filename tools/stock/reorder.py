"""Whether to reorder, and how much: arithmetic over demand, cover and lead time. It suggests; it orders nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.analysis.demand import Demand, demand
from tools.analysis.reorder import ASSUMED_LEAD, SERVICE_LEVEL, Advice, LeadTime, advise, review_days
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.cover_query import build_paced
from tools.metrics.supply_query import build_on_order, build_suppliers
from tools.part import PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.cover import DAYS_HELP
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    names_of,
    new_goods,
    product_group,
    quantity,
    quoted,
    rounded,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.stock.reorder_list import ReorderListArguments, reorder_list
from tools.stores import stores_again
from tools.wording import counted, listed

_SHOWN = 30


class ReorderArguments(Arguments):
    """Arguments of ``reorder_suggestions``."""

    product: str = Field(
        min_length=1, max_length=200, description=PRODUCT_HELP.replace(" Leave out for the whole range.", "")
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    days: int = Field(default=28, ge=7, le=365, description=DAYS_HELP)


@dataclass(frozen=True, slots=True)
class _Case:
    """One product in one store, with what its advice was made of."""

    row: Mapping[str, Any]
    name: str
    demand: Demand
    lead: LeadTime
    review: int
    pack: Decimal
    on_order: Decimal
    supplier: str
    advice: Advice

    @property
    def cover(self) -> Decimal | None:
        """Days that the stock on hand lasts."""
        return self.row["on_hand"] / self.demand.mean if self.demand.mean > 0 else None


@tool()
def reorder_suggestions(arguments: ReorderArguments, context: ToolContext) -> ToolResult:
    """Should a product be reordered, and how much: on hand, rate of sale, cover, lead time, on order, suggested packs.

    Use it for “should I reorder oat milk?”, “how much oat milk should we order?”, “is it time to order butter?”. The
    suggestion is arithmetic with its parts shown; of a department or category it is the list of what is due. Nothing is
    ordered and no proposal is filed.
    """
    asked = stock_frame(arguments.stores, context, days=arguments.days, product=arguments.product, several=True)
    if asked.only is None or not asked.only.variants:
        # A shelf is not ordered as one: how much of what is the list of what is due in it.
        shelf = ReorderListArguments(department=arguments.product, stores=arguments.stores, days=arguments.days)
        return reorder_list(shelf, context)
    paced = build_paced(asked.windows, context.scope, asked.asked.now, only=asked.only)
    rows = [row for row in context.mirror.query(paced.sql, paced.params).dicts() if row["each"]]
    if not rows:
        raise NoDataError(
            f"No stock level in pieces is recorded{asked.asked.subject} at {asked.stores.label}, so there is nothing to"
            " reckon an order from."
        )
    suppliers = build_suppliers(list(asked.only.variants))
    supply = {row["variant_id"]: row for row in context.mirror.query(suppliers.sql, suppliers.params).dicts()}
    orders = build_on_order(asked.stores.ids, context.scope, only=asked.only)
    coming: dict[tuple[str, str], Decimal] = {}
    for row in context.mirror.query(orders.sql, orders.params).dicts():
        key = (row["store_id"], row["variant_id"])
        coming[key] = coming.get(key, Decimal(0)) + row["open"]
    names = names_of(rows, context)
    cases = [_case(row, names, supply, coming) for row in rows]
    headline = _headline(asked, cases)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_arithmetic(asked, cases)]),
        figures=tuple(figure for case in cases[:_SHOWN] for figure in _figures(asked, case, names)),
        table=_table(asked, cases[:_SHOWN]),
        caveats=(*_assumptions(cases), *new_goods(rows), *stock_caveats(asked, ("inventory", "supplier"), sold=True)),
        follow_ups=(
            f"How did {quoted(asked.asked)} sell last week?",
            f"Which products will stock out soon{stores_again(asked.stores, context)}?",
        ),
        provenance=stock_provenance(
            asked,
            ("stock_on_hand", "units_per_day", "days_of_stock", "reorder_point"),
            [paced, suppliers, orders],
            ("inventory", "sales", "supplier"),
        ),
    )


def _case(
    row: Mapping[str, Any],
    names: Mapping[str, Product],
    supply: Mapping[str, Mapping[str, Any]],
    coming: Mapping[tuple[str, str], Decimal],
) -> _Case:
    found = supply.get(row["variant_id"], {})
    lead = ASSUMED_LEAD
    if found.get("lead_mean") is not None:
        lead = LeadTime(Decimal(found["lead_mean"]), Decimal(found["lead_sd"] or 0))
    pace = demand(Decimal(row["units"] or 0), row["squares"] or 0, int(row["trading_days"] or 0))
    pack = Decimal(found.get("pack_size") or 1)
    on_order = coming.get((row["store_id"], row["variant_id"]), Decimal(0))
    review = review_days(found.get("order_days"))
    advice = advise(
        row["on_hand"], on_order, pace, lead, review=review, pack=pack, least=Decimal(found.get("min_quantity") or 0)
    )
    known = names.get(row["variant_id"])
    name = known.name if known else row["variant_id"]
    return _Case(row, name, pace, lead, review, pack, on_order, str(found.get("supplier") or ""), advice)


def _headline(asked: StockFrame, cases: Sequence[_Case]) -> str:
    due = [case for case in cases if case.advice.due]
    label = (
        cases[0].name
        if len({case.name for case in cases}) == 1
        else (asked.asked.part.label if asked.asked.part else "")
    )
    if not due:
        unsold = all(case.demand.mean <= 0 for case in cases)
        why = "nothing sold lately" if unsold else "stock and what is on order are above the reorder point"
        where = asked.stores.label if len(asked.stores.stores) > 1 else cases[0].row["store_id"] and asked.stores.label
        return f"No reorder of {label} is due at {where}: {why}."
    total = sum((case.advice.quantity for case in due), Decimal(0))
    if len(cases) == 1:
        return f"Yes, reorder {label} at {asked.stores.name(due[0].row['store_id'])}: {_packs(due[0])} suggested."
    places = [f"{asked.stores.name(case.row['store_id'])} {quantity(case.advice.quantity)}" for case in due]
    return (
        f"Yes, reorder {label} in {len(due)} of {counted(len(cases), 'case')}: {quantity(total)} pieces suggested"
        f" ({listed(places)})."
    )


def _packs(case: _Case) -> str:
    if case.pack == 1:
        return f"{quantity(case.advice.quantity)} pieces"
    return (
        f"{quantity(case.advice.quantity)} pieces ({counted(int(case.advice.packs), 'pack')} of {quantity(case.pack)})"
    )


def _arithmetic(asked: StockFrame, cases: Sequence[_Case]) -> list[str]:
    """The parts of the sum, for the case that most needs it."""
    worst = min(cases, key=lambda case: (not case.advice.due, case.cover is None, case.cover or Decimal(0)))
    where = f"At {asked.stores.name(worst.row['store_id'])}: " if len(cases) > 1 else ""
    named = f"{worst.name}: " if len({case.name for case in cases}) > 1 else ""
    lead = f"{rounded(worst.lead.mean)} days{'' if worst.lead.known else ' assumed'}"
    cover = "no end" if worst.cover is None else f"{rounded(worst.cover)} days"
    sum_of = (
        f"{where}{named}{quantity(worst.row['on_hand'])} on hand + {quantity(worst.on_order)} on order, selling"
        f" {rounded(worst.demand.mean, 2)} a day: cover {cover} against a lead time of {lead}; reorder point"
        f" {rounded(worst.advice.reorder_point)}, order up to {rounded(worst.advice.up_to)}."
    )
    return [sum_of, "This is a suggestion: nothing has been ordered."]


def _figures(asked: StockFrame, case: _Case, names: Mapping[str, Product]) -> list[Figure]:
    variant, store = case.row["variant_id"], case.row["store_id"]
    group = {**(product_group(names[variant]) if variant in names else {"variant_id": variant}), "store": store}
    values = (
        ("suggested_order", quantity(case.advice.quantity), "units"),
        ("stock_on_hand", quantity(case.row["on_hand"]), "units"),
        ("units_on_order", quantity(case.on_order), "units"),
        ("units_per_day", rounded(case.demand.mean, 2), "units"),
        ("days_of_stock", rounded(case.cover), "days"),
        ("reorder_point", rounded(case.advice.reorder_point), "units"),
        ("lead_days", rounded(case.lead.mean), "days"),
    )
    return [stock_figure(asked, name, value, unit, stores=(store,), group=group) for name, value, unit in values]


def _table(asked: StockFrame, cases: Sequence[_Case]) -> Table:
    names = (
        "Product",
        "Store",
        "On hand",
        "On order",
        "Units a day",
        "Days of cover",
        "Lead days",
        "Reorder point",
        "Order up to",
        "Suggested",
        "Packs",
        "Supplier",
    )
    units = ("text", "text", "units", "units", "units", "days", "days", "units", "units", "units", "text", "text")
    rows = [
        (
            case.name,
            asked.stores.name(case.row["store_id"]),
            quantity(case.row["on_hand"]),
            quantity(case.on_order),
            rounded(case.demand.mean, 2),
            rounded(case.cover),
            rounded(case.lead.mean),
            rounded(case.advice.reorder_point),
            rounded(case.advice.up_to),
            quantity(case.advice.quantity),
            f"{quantity(case.advice.packs)} × {quantity(case.pack)}" if case.advice.due else None,
            case.supplier or None,
        )
        for case in cases
    ]
    return Table(tuple(TableColumn(*pair) for pair in zip(names, units, strict=True)), rows)


def _assumptions(cases: Sequence[_Case]) -> list[str]:
    reviews = sorted({case.review for case in cases})
    span = f"{reviews[0]}" if len(reviews) == 1 else f"{reviews[0]} to {reviews[-1]}"
    said = [
        (
            f"Reorder point: demand over the lead time plus safety stock for {SERVICE_LEVEL} service; ordered up to"
            f" lead time"
            f" plus {span} days until the next order, in whole packs."
        )
    ]
    assumed = [case for case in cases if not case.lead.known]
    if assumed:
        said.append(
            f"No supplier tells a lead time for {counted(len(assumed), 'case')}: {rounded(ASSUMED_LEAD.mean, 0)}"
            f" days are"
            " assumed."
        )
    if any(case.demand.days < 14 for case in cases):
        said.append("Fewer than 14 trading days are known: the rate is uncertain.")
    return said
