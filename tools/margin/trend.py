"""Products whose gross margin % fell against an earlier period, and whether the price or the cost did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tools.against import against_each, periods_of, span_of
from tools.errors import NoDataError
from tools.frame import Frame, caveats, provenance
from tools.metrics import METRICS
from tools.metrics.margin_query import build_falling
from tools.metrics.query import Statement
from tools.products import unnamed
from tools.ranked import LEAST_UNITS
from tools.result import Comparison, Figure, Table, TableColumn, ToolResult
from tools.search import Product, lookup
from tools.wording import counted, money, span

_NET, _RATE = METRICS["net_sales"], METRICS["gross_margin_pct"]


def falling(
    asked: Frame, compare_to: str | None, limit: int, days: Mapping[str, int], covered: Statement
) -> ToolResult:
    """Products ordered by the margin lost: present net sales times the fall of margin %.

    Raises:
        NoDataError: no product sold enough in both periods at a known cost.
    """
    against = against_each(asked, compare_to)
    before = periods_of(against)
    start, end = span_of(against)
    statement = build_falling(
        asked.windows(),
        asked.windows(before),
        asked.context.scope,
        limit=limit,
        least_units=LEAST_UNITS,
        only=asked.part.only if asked.part else None,
    )
    cells = asked.context.mirror.query(statement.sql, statement.params).dicts()
    if not cells:
        raise NoDataError(
            f"No product{asked.subject} sold at least {LEAST_UNITS} units at a known cost both {asked.when} and in"
            f" {span(start, end)}, so no margin can be compared. Ask about a longer period."
        )
    known = lookup([row["variant_id"] for row in cells], asked.context)
    rows = [(known.get(row["variant_id"]) or unnamed(row["variant_id"]), row) for row in cells if row["is_lower"]]
    fell, compared = int(cells[0]["fell"]), int(cells[0]["compared"])
    headline = _headline(asked, rows, fell, compared, (start, end))
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(rows)]),
        figures=tuple(figure for product, row in rows for figure in _figures(asked, product, row, (start, end))),
        table=_table(asked, rows) if rows else None,
        caveats=(
            *caveats(asked, (_RATE,), days),
            f"Only products with at least {LEAST_UNITS} units in both periods and a cost on every line are compared.",
        ),
        follow_ups=_follow_ups(asked, rows),
        provenance=provenance(asked, (_NET, _RATE), [statement, covered], start),
    )


def _rate(net: Decimal, cost: Decimal) -> Decimal:
    return (net - cost) * 100 / net


def _each(minor: Decimal, units: Decimal, asked: Frame) -> str:
    return f"{(minor / units).scaleb(-asked.exponent):.{asked.exponent}f}"


def _headline(
    asked: Frame, rows: Sequence[tuple[Product, Mapping[str, Any]]], fell: int, compared: int, then: tuple[date, date]
) -> str:
    against = f"against {span(*then)}"
    if not rows:
        return (
            f"None of {counted(compared, 'product')}{asked.subject} that can be compared has a lower gross margin %"
            f" {asked.when} {against}, {asked.stores.label}."
        )
    product, row = rows[0]
    lost = money(Decimal(str(row["lost"])).scaleb(-asked.exponent), asked.currency)
    return (
        f"The gross margin % of {counted(fell, 'product')} of {compared:,}{asked.subject} fell {asked.when} {against},"
        f" {asked.stores.label}: {product.name} most, from {_rate(row['net_before'], row['cost_before']):.1f} % to"
        f" {_rate(row['net'], row['cost']):.1f} %, {lost} of margin at its present sales."
    )


def _sentences(rows: Sequence[tuple[Product, Mapping[str, Any]]]) -> list[str]:
    said = [
        f"{product.name}: {_rate(row['net_before'], row['cost_before']):.1f} % to"
        f" {_rate(row['net'], row['cost']):.1f} % ({_reason(row)})"
        for product, row in rows[:5]
    ]
    return [f"{'; '.join(said)}."] if said else []


def _reason(row: Mapping[str, Any]) -> str:
    """Which moved: the net price a unit, the cost a unit, or both; shares of net price, before and now."""
    price_now, price_then = row["net"] / row["units"], row["net_before"] / row["units_before"]
    cost_now, cost_then = row["cost"] / row["units"], row["cost_before"] / row["units_before"]
    price, cost = (price_now / price_then - 1) * 100, (cost_now / cost_then - 1) * 100 if cost_then else Decimal(0)
    return f"net price {price:+.1f} %, unit cost {cost:+.1f} %"


def _figures(asked: Frame, product: Product, row: Mapping[str, Any], then: tuple[date, date]) -> list[Figure]:
    now, before = _rate(row["net"], row["cost"]), _rate(row["net_before"], row["cost_before"])
    group = {"product_id": product.product_id, "variant_id": product.variant_id, "product": product.name}
    common = (asked.stores.ids, asked.start_on, asked.end_on, group)
    change = _RATE.rounded(now) - _RATE.rounded(before)
    versus = Comparison(_RATE.text(before) or "", *then, f"{change:f}", None)
    margin = (row["net"] - row["cost"]).scaleb(-asked.exponent)
    return [
        Figure(_RATE.name, _RATE.text(now), "%", *common, versus),
        Figure("gross_margin", f"{margin:.{asked.exponent}f}", asked.currency, *common),
        Figure(
            "net_sales",
            _NET.text(_NET.value(row["net"], None, asked.exponent), asked.exponent),
            asked.currency,
            *common,
        ),
    ]


def _table(asked: Frame, rows: Sequence[tuple[Product, Mapping[str, Any]]]) -> Table:
    named = (
        ("Product", "text"),
        ("Gross margin % before", "%"),
        ("Gross margin %", "%"),
        ("Change", "points"),
        ("Net price before", asked.currency),
        ("Net price", asked.currency),
        ("Unit cost before", asked.currency),
        ("Unit cost", asked.currency),
        ("Units", "units"),
        ("Margin lost", asked.currency),
        ("Department", "text"),
    )
    body: list[tuple[str | int | None, ...]] = []
    for product, row in rows:
        now, before = _rate(row["net"], row["cost"]), _rate(row["net_before"], row["cost_before"])
        body.append(
            (
                product.name,
                _RATE.text(before),
                _RATE.text(now),
                f"{_RATE.rounded(now) - _RATE.rounded(before):f}",
                _each(row["net_before"], row["units_before"], asked),
                _each(row["net"], row["units"], asked),
                _each(row["cost_before"], row["units_before"], asked),
                _each(row["cost"], row["units"], asked),
                METRICS["units"].text(row["units"]),
                f"{Decimal(str(row['lost'])).scaleb(-asked.exponent):.{asked.exponent}f}",
                product.department,
            )
        )
    return Table(tuple(TableColumn(*pair) for pair in named), body)


def _follow_ups(asked: Frame, rows: Sequence[tuple[Product, Mapping[str, Any]]]) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = [f"Which products{same} lost money {when}?", f"Break down profitability by category{same} {when}"]
    if rows:
        asks.append(f"What is the price elasticity of “{rows[0][0].name}”?")
    return tuple(asks)
