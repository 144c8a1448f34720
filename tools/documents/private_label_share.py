"""The store's own label against national brands: share, price per unit and margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Literal

from pydantic import Field

from tools.amounts import (
    figure,
    money_said,
    money_text,
    number_text,
    percent_said,
    percent_text,
    ratio,
    rounded,
    stands_on,
)
from tools.analysis.calendar import add_months
from tools.analysis.group_keys import key_title
from tools.context import ToolContext
from tools.documents.tender_mix import CHART_POINTS, PERIOD_HELP, STORES_HELP
from tools.each_currency import each_currency
from tools.errors import NoDataError
from tools.frame import Frame, caveats, frame, one_currency
from tools.metrics import METRICS
from tools.metrics.price_bands_query import build_labels
from tools.metrics.windows import Statement
from tools.part import DEPARTMENT_HELP, Part, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.with_sales import with_sales

OWN, OTHER, UNSAID = "private label", "national brands", "not said"
_TIMES = ("week", "month")
_NAMED = 5
FEWEST_UNITS = 20
"""Of fewer pieces of either label an average price is told, and no gap between the two."""
_SUMS = ("net", "piece_net", "units", "cogs", "known_net", "products")


class PrivateLabelShareArguments(Arguments):
    """Arguments of ``private_label_share``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(
        default=None,
        max_length=200,
        description="Only this kind of goods, in the asker's own words: “dairy”, “cheese”.",
    )
    by: Literal["department", "category", "store", "week", "month"] | None = Field(
        default=None, description="Split the answer by this; week or month show the course of the share."
    )
    rank_by: Literal["net_sales", "share", "price_gap"] = Field(
        default="net_sales",
        description="Order of the rows: price_gap is the unit price of national brands less that of own label.",
    )
    order: Literal["top", "bottom"] = Field(default="top", description="With rank_by: the largest or smallest first.")
    limit: int | None = Field(default=None, ge=1, le=100, description="With by: only so many rows.")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A group of the split: sums of own label, of other brands and of products that do not say."""

    key: str
    labels: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    def get(self, label: str, name: str) -> Decimal:
        return self.labels.get(label, {}).get(name, Decimal(0))

    def known(self, name: str) -> Decimal:
        """Over both labels; what does not say is in no share."""
        return self.get(OWN, name) + self.get(OTHER, name)

    def price(self, label: str) -> Decimal | None:
        """Average net price of a unit, in minor units."""
        return ratio(self.get(label, "piece_net"), self.get(label, "units"))

    def gap(self) -> Decimal | None:
        """Unit price of national brands less that of own label, in minor units; None where either sold few."""
        prices = self.price(OWN), self.price(OTHER)
        few = min(self.get(OWN, "units"), self.get(OTHER, "units")) < FEWEST_UNITS
        return None if few or prices[0] is None or prices[1] is None else prices[1] - prices[0]

    def gap_shown(self) -> Decimal | None:
        """The gap between the two prices as they are shown beside it, in minor units."""
        own, other = self.price(OWN), self.price(OTHER)
        return None if own is None or other is None or self.gap() is None else rounded(other, 0) - rounded(own, 0)

    def share(self) -> Decimal | None:
        """Own label over both, in per cent of net sales."""
        known = self.known("net")
        return self.get(OWN, "net") * 100 / known if known > 0 else None

    def margin(self, label: str) -> str | None:
        net = self.get(label, "known_net")
        return percent_text(net - self.get(label, "cogs"), net)


@tool()
@each_currency
def private_label_share(arguments: PrivateLabelShareArguments, context: ToolContext) -> ToolResult:
    """Own label (store brand) against national brands: net sales, share, units, average unit price and margin.

    Use it for “private label share last month”, “is private label share going up” (by month), “store brand vs national
    brand by department”, “how much cheaper is our own label”, “in which categories is the price gap to national brands
    largest” (by category, rank_by price_gap). The share is of net sales of products that say whose
    brand they are.
    """
    asked, by = frame(arguments.period, arguments.stores, context), arguments.by
    one_currency(asked, "")
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    windows = asked.windows()
    only = part.only if part else None
    statements = [build_labels(windows, None, context.scope, only)]
    days, covered, shelves = with_sales(asked, windows, partial(_shelves, context, statements[0]))
    whole = (shelves or [_Shelf("")])[0]
    if not whole.labels.get(OWN) and not whole.labels.get(OTHER):
        raise NoDataError(
            f"No product sold at {asked.stores.label} {asked.when} says whether it is private label. It comes with the "
            "catalogue, as the column “private_label” of products."
        )
    split: list[_Shelf] = []
    if by:
        statements.append(build_labels(windows, by, context.scope, only))
        split = sorted(_shelves(context, statements[-1]), key=lambda one: (-one.known("net"), one.key))
        if by in _TIMES:
            split.sort(key=lambda one: one.key)
        elif arguments.rank_by != "net_sales":
            split = _ranked(split, arguments)
    every, split = split, split[: arguments.limit]
    headline = _headline(asked, whole, part)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_in_order(asked, every, arguments), *_sentences(asked, whole, every, by)]),
        figures=tuple(_figures(asked, whole, split, by, part)),
        table=_split_table(asked, split, by) if by else _table(asked, whole),
        chart=_chart(asked, split, by),
        caveats=(*_unsaid(asked, whole), *caveats(asked, [METRICS["gross_margin"]], days)),
        follow_ups=_follow_ups(asked, by, part),
        provenance=stands_on(
            asked, ("private_label_share", "net_sales", "gross_margin_pct"), [*statements, covered], ("cost",)
        ),
    )


def _shelves(context: ToolContext, statement: Statement) -> list[_Shelf]:
    keyed: dict[str, dict[str, dict[str, Decimal]]] = {}
    names = {True: OWN, False: OTHER, None: UNSAID}
    for row in context.mirror.query(statement.sql, statement.params).dicts():
        sums = {name: Decimal(row[name] or 0) for name in _SUMS}
        keyed.setdefault(row["key"], {})[names[row["own"]]] = sums
    return [_Shelf(key, labels) for key, labels in keyed.items()]


def _headline(asked: Frame, whole: _Shelf, part: Part | None) -> str:
    of = f" of {part.label}" if part else ""
    share = percent_said(whole.get(OWN, "net"), whole.known("net"))
    return (
        f"Private label{of} {asked.when}, {asked.stores.label}: {share} of net sales "
        f"({money_said(whole.get(OWN, 'net'), asked.currency)}); national brands "
        f"{money_said(whole.get(OTHER, 'net'), asked.currency)}."
    )


def _sentences(asked: Frame, whole: _Shelf, split: Sequence[_Shelf], by: str | None) -> list[str]:
    said = []
    own, other = whole.price(OWN), whole.price(OTHER)
    if own is not None and other is not None:
        said.append(
            f"A unit of private label sold for {money_said(own, asked.currency)} on average, of national brands for "
            f"{money_said(other, asked.currency)}."
        )
    margins = [(label, whole.margin(label)) for label in (OWN, OTHER)]
    if all(value is not None for _, value in margins):
        said.append(f"Gross margin: private label {margins[0][1]} %, national brands {margins[1][1]} %.")
    known = [one for one in split if one.known("net") > 0]
    if by in _TIMES and len(known) > 1:
        said.insert(0, _course(asked, by, known))
    if by and len(known) > 1:
        ranked = sorted(known, key=lambda one: one.get(OWN, "net") / one.known("net"))
        high, low = ranked[-1], ranked[0]
        said.append(
            f"Share is highest in {_title(asked, by, high.key)} "
            f"({percent_said(high.get(OWN, 'net'), high.known('net'))}) and lowest in {_title(asked, by, low.key)} "
            f"({percent_said(low.get(OWN, 'net'), low.known('net'))})."
        )
    return said


def _ranked(split: Sequence[_Shelf], arguments: PrivateLabelShareArguments) -> list[_Shelf]:
    """The groups in the order asked for; those of which the figure is not known are left out."""
    told = [(value, one) for one in split if (value := _value(one, arguments.rank_by)) is not None]
    sign = 1 if arguments.order == "bottom" else -1
    return [one for _, one in sorted(told, key=lambda pair: (sign * pair[0], -pair[1].known("net"), pair[1].key))]


def _value(one: _Shelf, rank_by: str) -> Decimal | None:
    return one.gap() if rank_by == "price_gap" else one.share()


def _in_order(asked: Frame, split: Sequence[_Shelf], arguments: PrivateLabelShareArguments) -> list[str]:
    """The first groups of an order that was asked for, as one sentence."""
    by = arguments.by
    if not by or not split or arguments.rank_by == "net_sales" or by in _TIMES:
        return []
    end = "smallest" if arguments.order == "bottom" else "largest"
    named = split[: min(arguments.limit or _NAMED, _NAMED)]
    if arguments.rank_by == "share":
        told = [f"{_title(asked, by, one.key)} {one.share():.1f} %" for one in named]
        none = sum(1 for one in split if not one.share())
        without = f" None was sold in {none} of {len(split)}." if none else ""
        return [f"Share of private label, {end} first: {'; '.join(told)}.{without}"]
    said = [
        f"{_title(asked, by, one.key)} {money_said(one.gap_shown(), asked.currency)} "
        f"({money_said(one.price(OTHER), asked.currency)} against {money_said(one.price(OWN), asked.currency)})"
        for one in named
    ]
    return [f"Price gap of a unit, national brands less private label, {end} first: {'; '.join(said)}."]


def _course(asked: Frame, by: str, known: Sequence[_Shelf]) -> str:
    """How the share went from the first whole week or month to the last one."""
    whole = [one for one in known if _is_whole(asked, by, one.key)] or list(known)
    first, last = whole[0], whole[-1]
    shares = [one.get(OWN, "net") * 100 / one.known("net") for one in (first, last)]
    moved = shares[1] - shares[0]
    way = "up" if moved > 0 else "down"
    return (
        f"The share is {way} {abs(moved):.1f} points, from {shares[0]:.1f} % ({_title(asked, by, first.key)}) to"
        f" {shares[1]:.1f} % ({_title(asked, by, last.key)})."
    )


def _is_whole(asked: Frame, by: str, key: str) -> bool:
    """Whether all days of a week or month are in the question."""
    first = date.fromisoformat(key)
    last = first + timedelta(6) if by == "week" else add_months(first, 1) - timedelta(1)
    return first >= asked.start_on and last <= asked.end_on


def _title(asked: Frame, by: str, key: str) -> str:
    if by in _TIMES:
        return key_title(by, key[:7] if by == "month" else key)
    return asked.stores.name(key) if by == "store" else key


def _figures(asked: Frame, whole: _Shelf, split: Sequence[_Shelf], by: str | None, part: Part | None) -> list[Figure]:
    group = dict(part.group) if part else {}
    made = _shelf_figures(asked, whole, group, ())
    for one in split:
        made += _shelf_figures(asked, one, {**group, str(by): one.key}, (one.key,) if by == "store" else ())
    return made


def _shelf_figures(asked: Frame, one: _Shelf, group: Mapping[str, str], stores: Sequence[str]) -> list[Figure]:
    share = percent_text(one.get(OWN, "net"), one.known("net"))
    made = [figure(asked, "private_label_share", share, "%", group, stores=stores)]
    for label in (OWN, OTHER):
        where = {**group, "label": label}
        amounts = (("net_sales", one.get(label, "net")), ("average_unit_price", one.price(label)))
        for name, minor in amounts:
            text = money_text(minor, asked.exponent)
            made.append(figure(asked, name, text, asked.currency, where, stores=stores))
        made.append(figure(asked, "units", number_text(one.get(label, "units"), 0), "units", where, stores=stores))
        made.append(figure(asked, "gross_margin_pct", one.margin(label), "%", where, stores=stores))
    return made


def _table(asked: Frame, whole: _Shelf) -> Table:
    unit = asked.currency
    named = (
        ("Label", "text"), ("Net sales", unit), ("Share of net sales", "%"), ("Units", "units"),
        ("Share of units", "%"), ("Average unit price", unit), ("Gross margin %", "%"), ("Products", "count"),
    )  # fmt: skip
    rows = [
        (
            label,
            money_text(whole.get(label, "net"), asked.exponent),
            percent_text(whole.get(label, "net"), whole.known("net")) if label != UNSAID else None,
            number_text(whole.get(label, "units"), 0),
            percent_text(whole.get(label, "units"), whole.known("units")) if label != UNSAID else None,
            money_text(whole.price(label), asked.exponent),
            whole.margin(label),
            int(whole.get(label, "products")),
        )
        for label in (OWN, OTHER, UNSAID)
        if label in whole.labels
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _split_table(asked: Frame, split: Sequence[_Shelf], by: str) -> Table:
    unit = asked.currency
    named = (
        (by.capitalize(), "text"), ("Private label share", "%"), ("Private label", unit), ("National brands", unit),
        ("Unit price, private label", unit), ("Unit price, national", unit), ("Price gap", unit),
        ("Margin, private label", "%"),
        ("Margin, national", "%"),
    )  # fmt: skip
    rows = [
        (
            _title(asked, by, one.key),
            percent_text(one.get(OWN, "net"), one.known("net")),
            *(money_text(one.get(label, "net"), asked.exponent) for label in (OWN, OTHER)),
            *(money_text(one.price(label), asked.exponent) for label in (OWN, OTHER)),
            money_text(one.gap_shown(), asked.exponent),
            *(one.margin(label) for label in (OWN, OTHER)),
        )
        for one in split
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _chart(asked: Frame, split: Sequence[_Shelf], by: str | None) -> Chart | None:
    shown = [one for one in split if one.known("net") > 0]
    if not by or not 2 <= len(shown) <= CHART_POINTS:
        return None
    shares = tuple(float(one.get(OWN, "net") * 100 / one.known("net")) for one in shown)
    labels = tuple(_title(asked, by, one.key) for one in shown)
    heading = f"Private label share by {by}, {asked.stores.label}, {asked.when}"
    return Chart("line" if by in _TIMES else "bar", heading, labels, {"Private label share": shares}, "%")


def _unsaid(asked: Frame, whole: _Shelf) -> list[str]:
    amount = whole.get(UNSAID, "net")
    said = []
    if amount:
        every = whole.known("net") + amount
        said.append(
            f"{money_said(amount, asked.currency)} ({percent_said(amount, every)} of net sales) is of products that do "
            "not say whose brand they are, and in no share."
        )
    said.append("The average unit price follows what is bought: it does not compare like products.")
    return said


def _follow_ups(asked: Frame, by: str | None, part: Part | None) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    within = part.phrase if part else ""
    asks = [f"Private label share {when} by department{same}"] if by != "department" and part is None else []
    if by != "store" and len(asked.stores.stores) > 1:
        asks.append(f"Private label share {when} by store{within}{same}")
    return (*asks, f"Sales by price band {when}{within}{same}")
