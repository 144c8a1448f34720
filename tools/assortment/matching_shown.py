"""How products that meet several conditions are told: the rules first, then the products with their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tools.amounts import figure, number_text
from tools.frame import Frame
from tools.metrics import METRICS
from tools.metrics.evaluate import decimal
from tools.metrics.matching_query import GROWTH, LEAST_SALES, SELDOM, STOCK, Sought, Test
from tools.result import Chart, Figure, Table, TableColumn
from tools.search import Product
from tools.stock.frame import StockFrame, amount, product_group, quantity, rounded, spoken_quantity, stock_figure
from tools.wording import counted, listed, money, spoken

_THEN, _CHARTED = 4, 20
_LABELS = {
    GROWTH: "Net sales growth", "on_hand": "Stock on hand", "days_of_stock": "Days of cover",
    "stock_value": "Stock value at cost", "stores_out": "Stores out of stock",
}  # fmt: skip
_BOUNDS = {"above": "more than", "at_least": "at least", "below": "less than", "at_most": "at most"}
_NOUNS = {"gross_margin_pct": "gross margin", "stores_out": "stores without stock"}
"""Figures whose label would say the unit twice in a sentence."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """What was asked and found: the fitting products in order, ``totals`` any row for what holds for all of them."""

    asked: Frame
    stock: StockFrame | None
    sought: Sought
    rows: Sequence[tuple[Product, Row]]
    totals: Row
    earlier: str

    @property
    def found(self) -> int:
        """How many products meet every condition."""
        return int(self.totals.get("found") or 0)

    @property
    def shown(self) -> tuple[str, ...]:
        """The figures of each product: what was asked of it, then sales and pieces."""
        return tuple(dict.fromkeys([*self.sought.figures, "net_sales", "units"]))

    def value(self, name: str, row: Row) -> Decimal | None:
        """A figure of a product in the unit people say it in, unrounded."""
        if name in METRICS and name not in STOCK:
            if row["lines"] is None:
                return Decimal(0) if METRICS[name].is_sum and "cost" not in METRICS[name].sources else None
            sums = {key: decimal(row.get(f"{key}_{name}")) for key in ("n", "d")}
            if name == "units" and not sums["n"] and row["n_net_sales"]:
                return None  # sold by weight, which has no pieces
            return METRICS[name].value(sums["n"], sums["d"], self.asked.exponent)
        if name == GROWTH:
            now, before = decimal(row["n_net_sales"]), decimal(row["net_before"])
            return None if now is None or not before or before <= 0 else 100 * (now - before) / before
        cell = row.get(name)
        return None if cell is None else Decimal(repr(cell)) if isinstance(cell, float) else decimal(cell)

    def said(self, name: str, value: Decimal | None, row: Row | None = None) -> str:
        """A value as a sentence says it."""
        if name in METRICS and name not in STOCK:
            return spoken(METRICS[name], value, self.asked.currency)
        if value is None:
            return "no end of cover" if name == "days_of_stock" else "not known"
        if name == GROWTH:
            return f"{number_text(value, 1)} %"
        if name == "stock_value":
            return money(Decimal(amount(value, self.asked.currency) or 0), self.asked.currency)
        if name == "days_of_stock":
            return f"{rounded(value)} days"
        if name == "stores_out" and row is not None:
            return f"{int(value)} of {int(row['stores_held'])}"
        return spoken_quantity(value)

    def text(self, name: str, value: Decimal | None) -> str | None:
        """A value as figures and tables carry it."""
        if name in METRICS and name not in STOCK:
            return METRICS[name].text(value, self.asked.exponent)
        if name == "stock_value":
            return amount(value, self.asked.currency)
        return quantity(value) if name in ("on_hand", "stores_out") else rounded(value)

    def unit(self, name: str) -> str:
        """The unit of a figure."""
        if name in METRICS and name not in STOCK:
            return METRICS[name].unit(self.asked.currency)
        return {GROWTH: "%", "on_hand": "units", "days_of_stock": "days", "stores_out": "count"}.get(
            name, self.asked.currency
        )


def label(name: str) -> str:
    """How people read a figure."""
    return _LABELS[name] if name in _LABELS else METRICS[name].label


def noun(name: str) -> str:
    """How a sentence speaks of a figure."""
    return _NOUNS.get(name, label(name).lower())


def condition_words(made: Made, test: Test) -> str:
    """A condition as a noun may carry it behind “with”."""
    name = noun(test.figure)
    if test.figure == "stores_out" and test.holds == "at_least" and test.number == 1:
        return "nothing in stock" + (" in at least one store" if len(made.asked.stores.stores) > 1 else "")
    if test.figure == GROWTH and not test.number and test.holds in ("above", "below"):
        return f"{'rising' if test.holds == 'above' else 'falling'} net sales"
    if test.holds in ("high", "low"):
        return f"{test.holds} {name}"
    if test.holds in ("top", "bottom"):
        return f"a place among the {'first' if test.holds == 'top' else 'last'} {int(test.number or 0):,} by {name}"
    bound, number = _BOUNDS[test.holds], test.number or Decimal(0)
    plain = f"{number.normalize():f}"
    if test.figure in ("units", "on_hand", "days_of_stock"):
        return f"{bound} {plain} {'pieces on hand' if test.figure == 'on_hand' else name}"
    if made.unit(test.figure) == "%":
        return f"{bound} {plain} % {name}"
    return f"{bound} {made.said(test.figure, number)} {name}"


def promoted_words(promoted: bool | None) -> str:
    """Whether a promotion must run, behind the conditions."""
    return {True: "on promotion today", False: "not on promotion today", None: ""}[promoted]


def rules(made: Made) -> list[str]:
    """What high and low meant here, and which products were judged at all."""
    said = []
    for number, test in enumerate(made.sought.tests):
        edge = made.totals.get(f"edge_{number}")
        if test.holds not in ("high", "low") or edge is None:
            continue
        value = made.said(test.figure, Decimal(repr(float(edge))))
        quarter = "top" if test.holds == "high" else "lowest"
        bound = "at least" if test.holds == "high" else "at most"
        said.append(f"{test.holds} {noun(test.figure)} is {bound} {value}, the {quarter} quarter {_of(test)}")
    if made.earlier:
        said.append(f"growth is against {made.earlier}")
    if any(name == "days_of_stock" for name in made.sought.figures) and made.stock:
        said.append(f"days of cover are at the pace of {made.stock.asked.when}")
    lines = [f"The rule: {'; '.join(said)}."] if said else []
    if made.sought.least_sales:
        before = "; growth takes as many in the period before" if made.earlier else ""
        lines.append(
            f"Only products on at least {LEAST_SALES} receipt lines are judged"
            f" ({int(made.totals.get('judged') or 0):,}), so that a single sale does not decide{before}."
        )
    return lines


def _of(test: Test) -> str:
    if test.figure == "days_of_stock":
        return "of the products in stock that sell"
    if test.figure in STOCK:
        return "of the products in stock"
    return (
        f"of the products sold that had any {label(test.figure).lower()}" if test.figure in SELDOM else "of those sold"
    )


def sentences(made: Made) -> list[str]:
    """The products that follow the first, and how many meet each condition by itself."""
    said = []
    if len(made.rows) > 1:
        name = made.sought.rank_by
        rest = "; ".join(
            f"{place}. {product.name} {made.said(name, made.value(name, row), row)}{_besides(made, row)}"
            for place, (product, row) in enumerate(made.rows[1 : _THEN + 1], 2)
        )
        said.append(f"Then {rest}.")
    parts = [
        f"{condition_words(made, test)} {int(made.totals.get(f'alone_{number}') or 0):,}"
        for number, test in enumerate(made.sought.tests)
    ]
    if made.sought.promoted is not None:
        alone = int(made.totals.get(f"alone_{len(made.sought.tests)}") or 0)
        parts.append(f"{promoted_words(made.sought.promoted)} {alone:,}")
    if len(parts) > 1:
        said.append(f"Each by itself: {'; '.join(parts)}.")
    return said


def figures(made: Made) -> list[Figure]:
    """Each shown figure of each product, as the tool for it gives it."""
    found = []
    for product, row in made.rows:
        group = product_group(product)
        for name in made.shown:
            text = made.text(name, made.value(name, row))
            if name in STOCK and made.stock is not None:
                found.append(stock_figure(made.stock, _metric(name), text, made.unit(name), group=group))
            else:
                found.append(figure(made.asked, _metric(name), text, made.unit(name), group))
    return found


def _metric(name: str) -> str:
    return {"on_hand": "stock_on_hand", GROWTH: "net_sales_growth", "stock_value": "stock_value_at_cost"}.get(
        name, name
    )


def table(made: Made) -> Table:
    """The products in order."""
    columns = [TableColumn("Rank", "count"), TableColumn("Product", "text")]
    columns += [TableColumn(label(name), made.unit(name)) for name in made.shown]
    columns.append(TableColumn("Department", "text"))
    body = [
        (place, product.name, *(made.text(name, made.value(name, row)) for name in made.shown), product.department)
        for place, (product, row) in enumerate(made.rows, 1)
    ]
    return Table(tuple(columns), body)


def chart(made: Made) -> Chart | None:
    """Bars of what puts them in order."""
    name = made.sought.rank_by
    values = [made.value(name, row) for _, row in made.rows]
    if not 2 <= len(values) <= _CHARTED or any(value is None for value in values):
        return None
    names = tuple(product.name for product, _ in made.rows)
    series = tuple(float(made.text(name, value) or 0) for value in values)
    title = f"{label(name)}, {made.asked.stores.label}, {made.asked.when}"
    return Chart("bar", title, names, {label(name): series}, made.unit(name))


def _told(made: Made, name: str, row: Row) -> str:
    if name in STOCK and row.get("stores_held") is None:
        return "no stock level kept"  # of fuel and the like
    said = made.said(name, made.value(name, row), row)
    if name == "stores_out":
        return f"out of stock in {said} {'store' if int(row['stores_held']) == 1 else 'stores'}"
    return f"{said} of cover" if name == "days_of_stock" and "days" in said else f"{noun(name)} {said}"


def _besides(made: Made, row: Row) -> str:
    """The further figures of a product in brackets; empty where none were asked for."""
    told = ", ".join(dict.fromkeys(_told(made, name, row) for name in made.sought.beside))
    return f" ({told})" if told else ""


def headline(made: Made) -> str:
    """How many fit, and the first of them."""
    asked, sought = made.asked, made.sought
    conditions = listed([condition_words(made, test) for test in sought.tests])
    what = f" with {conditions}" if conditions else ""
    if sought.promoted is not None:
        what += f"{',' if conditions else ''} {promoted_words(sought.promoted)}"
    place = f"{asked.when}, {asked.stores.label}"
    if not made.rows:
        return f"No product{asked.subject}{what}: none fits {place}."
    product, row = made.rows[0]
    shown = dict.fromkeys([sought.rank_by, *(test.figure for test in sought.tests), "net_sales", *sought.beside])
    told = listed(list(dict.fromkeys(_told(made, name, row) for name in shown)))
    return (
        f"{counted(made.found, 'product')}{asked.subject}{what}, {place}; first by {noun(sought.rank_by)}:"
        f" {product.name} ({told})."
    )
