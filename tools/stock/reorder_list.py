"""What is due to be ordered now, over the whole range: the list, its suppliers and its cost. It orders nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.analysis.demand import demand
from tools.analysis.reorder import ASSUMED_LEAD, SERVICE_LEVEL, Advice, LeadTime, advise, review_days
from tools.context import ToolContext
from tools.each_currency import each_currency
from tools.errors import NoDataError
from tools.frame import one_currency
from tools.metrics.query import Filter, Statement
from tools.metrics.reorder_query import build_best_sellers, build_to_order
from tools.metrics.running_query import build_supplied
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product, lookup
from tools.stock.cover import DAYS_HELP
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    amount,
    names_of,
    new_goods,
    product_group,
    quantity,
    rounded,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.stock.reorder_budget import Bought, bought
from tools.wording import counted, listed, money

NO_SUPPLIER = "no supplier known"
_NAMED = 3
_SUPPLIERS = 4
_GROUPS = 6
_OF_GOODS = frozenset({"department", "category"})
_DRAFT = "To have one drafted, say “order 12 oat milk for Harbor Point by Friday”; nothing has been ordered."


class ReorderListArguments(Arguments):
    """Arguments of ``reorder_list``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    supplier: str | None = Field(default=None, max_length=120, description="Only goods of this supplier, by its name.")
    by: Literal["store", "department", "category", "supplier"] | None = Field(
        default=None, description="How much is due in each of these, the dearest first, instead of single products."
    )
    days: int = Field(default=28, ge=7, le=365, description=DAYS_HELP)
    best_sellers: int | None = Field(
        default=None, ge=1, le=50, description="Only so many products that sold most: “how many of our best seller”."
    )
    budget: Decimal | None = Field(
        default=None, gt=0, le=100_000_000, description="Only what this much money covers at cost, best sellers first."
    )
    limit: int = Field(default=20, ge=1, le=100, description="How many lines are listed.")


@dataclass(frozen=True, slots=True)
class _Line:
    """One product in one store that is due; ``risk`` is its net sales a day in minor units, what ranks it."""

    row: Mapping[str, Any]
    advice: Advice
    lead: LeadTime
    pack: Decimal
    risk: Decimal

    @property
    def supplier(self) -> str:
        return str(self.row["supplier"] or NO_SUPPLIER)

    @property
    def pieces(self) -> Decimal:
        """How many are suggested."""
        return self.advice.quantity

    @property
    def cost(self) -> Decimal | None:
        """What the suggested pieces cost, in major units; None where no cost is known."""
        unit = self.row["supplier_cost"] if self.row["supplier_cost"] is not None else self.row["unit_cost"]
        return None if unit is None else Decimal(unit) * self.advice.quantity


@tool()
@each_currency
def reorder_list(arguments: ReorderListArguments, context: ToolContext) -> ToolResult:
    """The reorder list: every product that is due to be ordered now, how many pieces, from whom and at what cost.

    Use it for “what should I reorder?”, “generate a reorder list for Harbor Point”, “what do we need to order from
    Northway Meats”, “products below reorder point”, “reorder list by category” (by), “what to order for $5,000”
    (budget). One product is ``reorder_suggestions``, what runs out soon is ``stockout_risk``. It is arithmetic over
    demand, lead time and what is on order; nothing is ordered.
    """
    asked = stock_frame(arguments.stores, context, days=arguments.days, department=arguments.department)
    one_currency(asked.asked, "")
    best, only, statements = _best_sellers(asked, arguments.best_sellers, context)
    statement = build_to_order(asked.windows, context.scope, asked.asked.now, lead_days=ASSUMED_LEAD.mean, only=only)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    words = (arguments.supplier or "").lower().split()
    if words:
        _known(arguments.supplier or "", words, context)
    rows = [row for row in rows if all(word in str(row["supplier"] or "").lower() for word in words)]
    due = sorted((line for line in map(_line, rows) if line.advice.due), key=_rank)
    within = bought(due, arguments.budget) if arguments.budget is not None and due else None
    due = list(within.covered) if within else due
    if arguments.by:
        return _of_groups(asked, due, arguments, context, [*statements, statement], within)
    shown = due[: arguments.limit]
    names = names_of([line.row for line in shown], context)
    first = within.headline(asked) if within else _headline(asked, due, arguments.supplier)
    if best and not within:
        first = _of_best_sellers(asked, best, due, context)
    return ToolResult(
        headline=first,
        text=" ".join(
            [
                first,
                *(within.left_out(asked) if within else ()),
                *([] if best else _sentences(asked, due, names)),
                *([_DRAFT] if due else []),
            ]
        ),
        figures=(*_figures(asked, due, shown, names), *(within.figures(asked) if within else ())),
        table=_table(asked, shown, names) if shown else None,
        caveats=(
            *_assumptions(due),
            *new_goods(line.row for line in due),
            *stock_caveats(asked, ("inventory", "supplier", "cost"), sold=True),
        ),
        follow_ups=(f"Which products are out of stock{asked.asked.same_part_and_stores}?", "Open purchase orders"),
        provenance=stock_provenance(
            asked, ("units_per_day", "reorder_point"), [*statements, statement], ("inventory", "sales", "supplier")
        ),
    )


def _of_groups(
    asked: StockFrame, due: Sequence[_Line], arguments: ReorderListArguments, context: ToolContext,
    ran: Sequence[Statement], within: Bought[_Line] | None,
) -> ToolResult:  # fmt: skip
    """How much is due in each group: lines, pieces and cost, the dearest first."""
    by = str(arguments.by)
    groups = sorted(_grouped(asked, due, by, context).items(), key=lambda one: (-_cost(one[1]), one[0]))
    first = within.headline(asked) if within else _headline(asked, due, arguments.supplier)
    named = [
        f"{name} {counted(len(lines), 'line')}"
        f"{f', {money(_cost(lines), asked.currency)}' if _costed(lines) else ' of unknown cost'}"
        for name, lines in groups
    ]
    others = f"; and {len(named) - _GROUPS} more" if len(named) > _GROUPS else ""
    figures = _figures(asked, due, (), {})
    for name, lines in groups:
        pieces = quantity(sum((line.advice.quantity for line in lines), Decimal(0)))
        figures.append(stock_figure(asked, "suggested_order", pieces, "units", group={by: name}))
    columns = (
        TableColumn(by.capitalize(), "text"), TableColumn("Lines", "count"), TableColumn("Order", "units"),
        TableColumn("Cost", asked.currency),
    )  # fmt: skip
    rows = [
        (
            name, len(lines), quantity(sum((line.advice.quantity for line in lines), Decimal(0))),
            amount(_cost(lines), asked.currency) if _costed(lines) else None,
        )
        for name, lines in groups
    ]  # fmt: skip
    told = [f"By {by}, the dearest first: {'; '.join(named[:_GROUPS])}{others}."] if groups else []
    return ToolResult(
        headline=first,
        text=" ".join([first, *(within.left_out(asked) if within else ()), *told]),
        figures=(*figures, *(within.figures(asked) if within else ())),
        table=Table(columns, rows) if rows else None,
        caveats=(
            *_assumptions(due),
            *new_goods(line.row for line in due),
            *stock_caveats(asked, ("inventory", "supplier", "cost"), sold=True),
        ),
        follow_ups=(f"What should I reorder{asked.asked.same_part_and_stores}?", "Open purchase orders"),
        provenance=stock_provenance(
            asked, ("units_per_day", "reorder_point"), list(ran), ("inventory", "sales", "supplier")
        ),
    )


def _grouped(asked: StockFrame, due: Sequence[_Line], by: str, context: ToolContext) -> dict[str, list[_Line]]:
    known = lookup(sorted({str(line.row["variant_id"]) for line in due}), context) if by in _OF_GOODS else {}
    made: dict[str, list[_Line]] = {}
    for line in due:
        product = known.get(str(line.row["variant_id"]))
        if by in _OF_GOODS:
            name = (getattr(product, by) if product else "") or "Unknown"
        else:
            name = _place(asked, line) if by == "store" else line.supplier
        made.setdefault(name, []).append(line)
    return made


def _costed(lines: Sequence[_Line]) -> bool:
    return any(line.cost is not None for line in lines)


def _cost(lines: Sequence[_Line]) -> Decimal:
    return sum((line.cost for line in lines if line.cost is not None), Decimal(0))


def _best_sellers(
    asked: StockFrame, count: int | None, context: ToolContext
) -> tuple[list[str], Filter | None, list[Statement]]:
    """The best sellers by net sales, best first, the part of the range that they are, and what was asked for them.

    Raises:
        NoDataError: nothing by the piece was sold.
    """
    if count is None:
        return [], asked.only, []
    statement = build_best_sellers(asked.windows, context.scope, count=count, only=asked.only)
    found = [str(row["variant_id"]) for row in context.mirror.query(statement.sql, statement.params).dicts()]
    if not found:
        raise NoDataError(f"Nothing{asked.asked.subject} that has a stock was sold at {asked.stores.label} lately.")
    return found, Filter(variants=tuple(found)), [statement]


def _of_best_sellers(asked: StockFrame, best: Sequence[str], due: Sequence[_Line], context: ToolContext) -> str:
    """How many of each of the best sellers to order, and where; or that none is due."""
    names = lookup(list(best), context)
    said = []
    for variant in best:
        lines = sorted((line for line in due if line.row["variant_id"] == variant), key=lambda one: _place(asked, one))
        name = names[variant].name if variant in names else variant
        if not lines:
            said.append(f"{name}: none is due")
            continue
        pieces = sum((line.advice.quantity for line in lines), Decimal(0))
        where = ", ".join(f"{_place(asked, line)} {quantity(line.advice.quantity)}" for line in lines)
        said.append(f"{name}: {quantity(pieces)}{f' ({where})' if len(asked.stores.stores) > 1 else ''}")
    which = "the best seller" if len(best) == 1 else f"the {len(best)} best sellers"
    return (
        f"To order now of {which}{asked.asked.subject} by net sales of {asked.asked.when}, {asked.stores.label}:"
        f" {'; '.join(said)}."
    )


def _known(said: str, words: Sequence[str], context: ToolContext) -> None:
    """That a supplier of this name is recorded.

    Raises:
        NoDataError: none is.
    """
    statement = build_supplied(None)
    names = [str(row["supplier"]) for row in context.mirror.query(statement.sql, statement.params).dicts()]
    if not any(all(word in name.lower() for word in words) for name in names):
        known = f" Known are {listed(names[:_SUPPLIERS])}." if names else ""
        raise NoDataError(f"No supplier called “{said}” is recorded.{known}")


def _line(row: Mapping[str, Any]) -> _Line:
    lead = ASSUMED_LEAD
    if row["lead_mean"] is not None:
        lead = LeadTime(Decimal(row["lead_mean"]), Decimal(row["lead_sd"] or 0))
    pace = demand(Decimal(row["units"]), row["squares"] or 0, int(row["trading_days"] or 0))
    pack = Decimal(row["pack_size"] or 1)
    advice = advise(
        Decimal(row["on_hand"]), Decimal(row["open"] or 0), pace, lead, review=review_days(row["order_days"]),
        pack=pack, least=Decimal(row["min_quantity"] or 0),
    )  # fmt: skip
    days = Decimal(row["trading_days"] or 1)
    return _Line(row, advice, lead, pack, Decimal(row["net_minor"] or 0) / days)


def _rank(line: _Line) -> tuple[Decimal, str, str]:
    return (-line.risk, str(line.row["store_id"]), str(line.row["variant_id"]))


def _headline(asked: StockFrame, due: Sequence[_Line], supplier: str | None) -> str:
    whom = f" from “{supplier}”" if supplier else ""
    if not due:
        return f"Nothing is due to be ordered{whom}{asked.asked.subject}, {asked.stores.label}."
    pieces = sum((line.advice.quantity for line in due), Decimal(0))
    products = len({line.row["variant_id"] for line in due})
    cost = sum((line.cost for line in due if line.cost is not None), Decimal(0))
    worth = f", about {money(cost, asked.currency)} at cost" if any(line.cost is not None for line in due) else ""
    stores = ", counting each store" if len(asked.stores.stores) > 1 else ""
    cases = f" ({counted(len(due), 'line')}{stores})"
    what = "is at or below its reorder point" if products == 1 else "are at or below their reorder point"
    return (
        f"{counted(products, 'product')}{asked.asked.subject}{cases} {what} and due to be ordered{whom},"
        f" {asked.stores.label}: {int(pieces):,} pieces{worth}."
    )


def _sentences(asked: StockFrame, due: Sequence[_Line], names: Mapping[str, Product]) -> list[str]:
    if not due:
        return []
    best = [f"{_name(names, line)} at {_place(asked, line)} {quantity(line.advice.quantity)}" for line in due[:_NAMED]]
    said = [f"Best sellers first: {'; '.join(best)}."]
    totals = _by_supplier(due)
    if len(totals) > 1:
        parts = [
            f"{name} {counted(count, 'line')}{f', {money(cost, asked.currency)}' if cost else ''}"
            for name, (count, cost) in totals[:_SUPPLIERS]
        ]
        said.append(f"By supplier: {listed(parts)}{' and others' if len(totals) > _SUPPLIERS else ''}.")
    return said


def _by_supplier(due: Sequence[_Line]) -> list[tuple[str, tuple[int, Decimal]]]:
    totals: dict[str, tuple[int, Decimal]] = {}
    for line in due:
        count, cost = totals.get(line.supplier, (0, Decimal(0)))
        totals[line.supplier] = (count + 1, cost + (line.cost or Decimal(0)))
    return sorted(totals.items(), key=lambda one: (-one[1][1], one[0]))


def _name(names: Mapping[str, Product], line: _Line) -> str:
    known = names.get(line.row["variant_id"])
    return known.name if known else str(line.row["variant_id"])


def _place(asked: StockFrame, line: _Line) -> str:
    return asked.stores.name(line.row["store_id"])


def _figures(
    asked: StockFrame, due: Sequence[_Line], shown: Sequence[_Line], names: Mapping[str, Product]
) -> list[Figure]:
    pieces = sum((line.advice.quantity for line in due), Decimal(0))
    found = [
        stock_figure(asked, "product_count", str(len({line.row["variant_id"] for line in due})), "count"),
        stock_figure(asked, "suggested_order", quantity(pieces), "units"),
    ]
    for line in shown:
        known = names.get(line.row["variant_id"])
        group = {**(product_group(known) if known else {"variant_id": str(line.row["variant_id"])}),
                 "store": str(line.row["store_id"])}  # fmt: skip
        suggested = quantity(line.advice.quantity)
        found.append(stock_figure(asked, "suggested_order", suggested, "units", stores=(group["store"],), group=group))
    return found


def _table(asked: StockFrame, shown: Sequence[_Line], names: Mapping[str, Product]) -> Table:
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Store", "text"),
        TableColumn("Order", "units"),
        TableColumn("Packs", "text"),
        TableColumn("On hand", "units"),
        TableColumn("On order", "units"),
        TableColumn("Units a day", "units"),
        TableColumn("Reorder point", "units"),
        TableColumn("Supplier", "text"),
        TableColumn("Lead time", "days"),
        TableColumn("Cost", asked.currency),
    )
    return Table(
        columns,
        [
            (
                _name(names, line), _place(asked, line), quantity(line.advice.quantity),
                f"{quantity(line.advice.packs)} × {quantity(line.pack)}", quantity(line.row["on_hand"]),
                quantity(Decimal(line.row["open"] or 0)),
                rounded(Decimal(line.row["units"]) / Decimal(line.row["trading_days"] or 1), 2),
                rounded(line.advice.reorder_point), line.row["supplier"], rounded(line.lead.mean),
                amount(line.cost, asked.currency),
            )
            for line in shown
        ],
    )  # fmt: skip


def _assumptions(due: Sequence[_Line]) -> list[str]:
    said = [
        (
            "The reorder point is reckoned, not one that was set: demand over the lead time plus safety stock"
            f" ({SERVICE_LEVEL} service); what is on order counts as there; no promotion or season ahead is foreseen."
            " Goods that sold fewer than four pieces are left out."
        )
    ]
    assumed = sum(1 for line in due if not line.lead.known)
    if assumed:
        said.append(
            f"No supplier tells a lead time for {counted(assumed, 'line')}: {rounded(ASSUMED_LEAD.mean, 0)} days are"
            " assumed."
        )
    if unknown := sum(1 for line in due if line.cost is None):
        said.append(f"{counted(unknown, 'line')} of unknown cost {'is' if unknown == 1 else 'are'} not in the cost.")
    return said
