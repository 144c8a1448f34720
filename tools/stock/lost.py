"""What absence costs: sales lost while nothing was on the shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pydantic import Field

from tools.analysis.demand import LostSales, lost_units
from tools.context import ToolContext
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.definitions import METRICS
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Figure, Provenance, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.absences import Absence, find_absences
from tools.stock.frame import (
    STORES_HELP,
    amount,
    names_of,
    product_group,
    rounded,
    simulated,
    stock_frame,
    stock_provenance,
)
from tools.wording import counted, money, span

_ESTIMATE = (
    "An estimate: the mean of the product's other days, times the whole days it was out; no substitution counted."
)


class LostSalesArguments(Arguments):
    """Arguments of ``lost_sales``."""

    period: str = Field(default="the last 28 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(
        default=None, max_length=200, description="Only this product, in the asker's own words."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    limit: int = Field(default=10, ge=1, le=50, description="How many rows, most money first.")


@tool()
def lost_sales(arguments: LostSalesArguments, context: ToolContext) -> ToolResult:
    """Estimated sales lost to stock-outs in a period: units, money and an interval, and where they were lost.

    Use it for “how much did stock-outs cost us last month?”, “lost sales at Harbor Point”, “which stock-outs hurt
    most?”. Where the log of stock changes reaches back it takes the whole days on which the level was zero. Elsewhere
    it takes runs of days without a sale that the product's usual demand makes improbable; those are suspected, not
    recorded.
    """
    asked = frame(arguments.period, arguments.stores, context).without_today()
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    one_currency(asked, None)
    days, covered = coverage(asked, asked.windows())
    require_sales(asked, days)
    out = find_absences(asked, part.only if part else None)
    absences, statements = out.found, [covered, *out.statements]
    shown = absences[: arguments.limit]
    names = names_of([{"variant_id": one.variant_id} for one in shown], context)
    lost = lost_units([(one.demand, one.days) for one in absences])
    subject = f" of {part.label}" if part else ""
    headline = _headline(asked, absences, lost, subject)
    frame_of = stock_frame(arguments.stores, context, needs_levels=False)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, shown, names)]),
        figures=tuple(_figures(asked, absences, lost, shown, names)),
        table=_table(asked, shown, names) if shown else None,
        caveats=(
            _ESTIMATE,
            *out.method(asked),
            *caveats(asked, [METRICS["net_sales"]], days),
            *(simulated(asked, ("inventory",)) if out.known else []),
        ),
        follow_ups=(
            f"Which products are out of stock{asked.same_part_and_stores}?",
            f"Which products will stock out soon{asked.same_part_and_stores}?",
        ),
        provenance=_dated(
            stock_provenance(frame_of, ("lost_sales", "lost_units"), statements, ("sales", "inventory")), asked
        ),
    )


def _headline(asked: Frame, absences: Sequence[Absence], lost: LostSales, subject: str) -> str:
    if not absences:
        return f"No stock-out that cost sales{subject} is found {asked.when}, {asked.stores.label}."
    minor = sum((one.minor for one in absences), Decimal(0))
    worth = money(minor.scaleb(-asked.exponent), asked.currency)
    cases = counted(len(absences), "case") + (" (product and store)" if len(asked.stores.stores) > 1 else "")
    return (
        f"Estimate: stock-outs{subject} {asked.when} cost about {worth} of net sales, {asked.stores.label}:"
        f" {rounded(lost.units, 0)} units (95 % interval {rounded(lost.low, 0)} to {rounded(lost.high, 0)}), {cases}."
    )


def _sentences(asked: Frame, shown: Sequence[Absence], names: Mapping[str, Product]) -> list[str]:
    if not shown:
        return []
    first = []
    for one in shown[:3]:
        where = f" at {asked.stores.name(one.store_id)}" if len(asked.stores.stores) > 1 else ""
        worth = money(one.minor.scaleb(-asked.exponent), asked.currency)
        first.append(f"{_name(names, one.variant_id)}{where}, {counted(one.days, 'day')}, {worth}")
    return [f"Most: {'; '.join(first)}."]


def _name(names: Mapping[str, Product], variant_id: str) -> str:
    return names[variant_id].name if variant_id in names else variant_id


def _figures(
    asked: Frame,
    absences: Sequence[Absence],
    lost: LostSales,
    shown: Sequence[Absence],
    names: Mapping[str, Product],
) -> list[Figure]:
    minor = sum((one.minor for one in absences), Decimal(0))

    def figure(metric: str, value: str | None, unit: str, stores: Sequence[str] = (), **group: str) -> Figure:
        return Figure(metric, value, unit, tuple(stores) or asked.stores.ids, asked.start_on, asked.end_on, group)

    figures = [
        figure("lost_sales", amount(minor.scaleb(-asked.exponent), asked.currency), asked.currency),
        figure("lost_units", rounded(lost.units), "units"),
        figure("lost_units_low", rounded(lost.low), "units"),
        figure("lost_units_high", rounded(lost.high), "units"),
        figure("stock_out_days", str(sum(one.days for one in absences)), "days"),
    ]
    for one in shown:
        known = names.get(one.variant_id)
        group = {**(product_group(known) if known else {"variant_id": one.variant_id}), "store": one.store_id}
        figures.append(
            figure(
                "lost_sales",
                amount(one.minor.scaleb(-asked.exponent), asked.currency),
                asked.currency,
                (one.store_id,),
                **group,
            )
        )
    return figures


def _table(asked: Frame, shown: Sequence[Absence], names: Mapping[str, Product]) -> Table:
    titles = ("Product", "Store", "Out", "Days", "Units a day otherwise", "Lost units", "Lost net sales", "Known from")
    units = ("text", "text", "text", "days", "units", "units", asked.currency, "text")
    body = [
        (
            _name(names, one.variant_id),
            asked.stores.name(one.store_id),
            span(one.first_on, one.last_on),
            one.days,
            rounded(one.demand.mean, 2),
            rounded(one.units),
            amount(one.minor.scaleb(-asked.exponent), asked.currency),
            "stock log" if one.recorded else "no sales, improbable",
        )
        for one in shown
    ]
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _dated(made: Provenance, asked: Frame) -> Provenance:
    return replace(made, start_on=asked.start_on, end_on=asked.end_on, as_of=asked.as_of)
