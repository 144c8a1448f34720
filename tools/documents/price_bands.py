"""Sales by what a unit really sold for, and the store's own label against national brands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from pydantic import Field

from tools.amounts import figure, money_said, money_text, number_text, percent_said, percent_text, ratio, stands_on
from tools.analysis.price_edges import edges_of
from tools.context import ToolContext
from tools.documents.tender_mix import PERIOD_HELP, STORES_HELP
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.goods import Goods, goods_of
from tools.metrics.price_bands_query import QUANTILES, build_banded, build_prices
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.stock.frame import spoken_quantity
from tools.wording import money

MOST_BANDS = 12


class PriceBandsArguments(Arguments):
    """Arguments of ``price_bands``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(default=None, max_length=200, description="Only products that fit these words.")
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    bands: list[str] | None = Field(
        default=None,
        max_length=MOST_BANDS - 1,
        description="Prices to cut at, in major units and rising: [“1”, “2.50”, “5”]. Leave out for even bands.",
    )


@tool()
def price_bands(arguments: PriceBandsArguments, context: ToolContext) -> ToolResult:
    """Net sales, units and products by band of the price a unit really sold for, after discounts.

    Use it for “sales by price band”, “how much do we sell under $2, $2 to $5 and above”, “which price points sell best
    in Deli”. Goods not sold by the piece have no price per unit and are left out, and so are returns.
    """
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, None)
    goods = goods_of(arguments.product, arguments.department, asked.stores, context)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    only = goods.only if goods else None
    statements = []
    if arguments.bands:
        edges = _given(arguments.bands)
    else:
        statement = build_prices(windows, context.scope, only)
        statements.append(statement)
        scale = -2 - asked.exponent
        priced = [(row[0].scaleb(scale), row[2]) for row in context.mirror.query(statement.sql, statement.params).rows]
        edges = edges_of(priced, QUANTILES) if priced else []
    minor = [int(edge.scaleb(asked.exponent + 2)) for edge in edges]
    banded = build_banded(windows, context.scope, only, minor or [0])
    found = {int(row["band"]): row for row in context.mirror.query(banded.sql, banded.params).dicts()}
    free = found.pop(-1, None)
    if not found:
        what = goods.label if goods else "goods sold by the piece"
        raise NoDataError(f"Nothing of {what} was sold by the piece at {asked.stores.label} {asked.when}.")
    labels = _labels(asked, edges)
    headline = _headline(asked, found, labels, goods)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, found, labels)]),
        figures=tuple(_figures(asked, found, labels, goods)),
        table=_table(asked, found, labels),
        chart=_chart(asked, found, labels, goods),
        caveats=(
            *([goods.note] if goods and goods.note else []),
            "The price is what a unit sold for after discounts; goods not sold by the piece and returns are left out.",
            *([f"{spoken_quantity(free['units'])} units that went for nothing are left out."] if free else []),
            *([] if arguments.bands else ["The bands are round prices that hold about as many units each."]),
            *caveats(asked, (), days),
        ),
        follow_ups=_follow_ups(asked, goods),
        provenance=stands_on(asked, ("net_sales", "units"), [*statements, banded, covered]),
    )


def _given(bands: Sequence[str]) -> list[Decimal]:
    try:
        edges = [Decimal(band.strip().lstrip("$€£").strip().replace(",", ".")) for band in bands]
    except InvalidOperation as error:
        raise BadArgumentError("“bands” must be prices in major units, such as [“1”, “2.50”, “5”].") from error
    if any(not edge.is_finite() or edge <= 0 for edge in edges) or sorted(set(edges)) != edges:
        raise BadArgumentError("“bands” must be rising prices above nought, such as [“1”, “2.50”, “5”].")
    return edges


def _labels(asked: Frame, edges: Sequence[Decimal]) -> list[str]:
    said = [money(edge, asked.currency) for edge in edges]
    if not said:
        return ["any price", "any price"]
    between = [f"{low} to under {high}" for low, high in pairwise(said)]
    return [f"under {said[0]}", *between, f"{said[-1]} and more"]


def _sum(found: Mapping[int, Mapping[str, Any]], name: str) -> Decimal:
    return sum((Decimal(row[name]) for row in found.values()), Decimal(0))


def _headline(asked: Frame, found: Mapping[int, Mapping[str, Any]], labels: Sequence[str], goods: Goods | None) -> str:
    best = max(found, key=lambda band: (found[band]["net"], -band))
    of = f" of {goods.label}" if goods else ""
    amount, share = money_said(found[best]["net"], asked.currency), percent_said(found[best]["net"], _sum(found, "net"))
    return (
        f"Net sales{of} by price band {asked.when}, {asked.stores.label}: most come from units sold at {labels[best]} "
        f"with {amount}, {share} of them."
    )


def _sentences(asked: Frame, found: Mapping[int, Mapping[str, Any]], labels: Sequence[str]) -> list[str]:
    most = max(found, key=lambda band: (found[band]["units"], -band))
    average = money_said(ratio(_sum(found, "net"), _sum(found, "units")), asked.currency)
    share = percent_said(found[most]["units"], _sum(found, "units"))
    return [f"Most units sold at {labels[most]} ({share}). The average unit sold for {average}."]


def _figures(
    asked: Frame, found: Mapping[int, Mapping[str, Any]], labels: Sequence[str], goods: Goods | None
) -> list[Figure]:
    net, part = _sum(found, "net"), goods.group if goods else {}
    average = money_text(ratio(net, _sum(found, "units")), asked.exponent)
    made = [
        figure(asked, "net_sales", money_text(net, asked.exponent), asked.currency, part),
        figure(asked, "average_unit_price", average, asked.currency, part),
    ]
    for band, row in found.items():
        group = {**part, "price_band": labels[band]}
        made.append(figure(asked, "net_sales", money_text(row["net"], asked.exponent), asked.currency, group))
        made.append(figure(asked, "units", number_text(row["units"], 0), "units", group))
        made.append(figure(asked, "share_of_net_sales", percent_text(row["net"], net), "%", group))
    return made


def _table(asked: Frame, found: Mapping[int, Mapping[str, Any]], labels: Sequence[str]) -> Table:
    unit, net, units = asked.currency, _sum(found, "net"), _sum(found, "units")
    named = (
        ("Unit price", "text"), ("Net sales", unit), ("Share of net sales", "%"), ("Units", "units"),
        ("Share of units", "%"), ("Products", "count"), ("Transactions", "count"), ("Average unit price", unit),
    )  # fmt: skip
    rows = [
        (
            labels[band],
            money_text(row["net"], asked.exponent),
            percent_text(row["net"], net),
            number_text(row["units"], 0),
            percent_text(row["units"], units),
            int(row["products"]),
            int(row["documents"]),
            money_text(ratio(row["net"], row["units"]), asked.exponent),
        )
        for band, row in found.items()
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _chart(
    asked: Frame, found: Mapping[int, Mapping[str, Any]], labels: Sequence[str], goods: Goods | None
) -> Chart | None:
    if len(found) < 2:
        return None
    of = f" of {goods.label}" if goods else ""
    values = tuple(float(row["net"].scaleb(-asked.exponent)) for row in found.values())
    heading = f"Net sales{of} by price band, {asked.stores.label}, {asked.when}"
    return Chart("bar", heading, tuple(labels[band] for band in found), {"Net sales": values}, asked.currency)


def _follow_ups(asked: Frame, goods: Goods | None) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    part = goods.phrase if goods else ""
    asks = [f"Net sales {when}{part}{same}"]
    if goods is None:
        asks.append(f"Private label share {when}{same}")
    return tuple(asks)
