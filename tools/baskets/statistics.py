"""How baskets are spread: middle and quartiles, single items, large ones, and how many hold certain goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic import Field

from connectors.currency import minor_exponent
from tools.amounts import figure, money_said, money_text, number_text, percent_said, percent_text, ratio, stands_on
from tools.analysis.calendar import WEEKDAYS
from tools.analysis.quantiles import between
from tools.baskets.bands import bands_chart, bands_table
from tools.context import ToolContext
from tools.documents.tender_mix import CHART_POINTS, PERIOD_HELP, STORES_HELP
from tools.errors import NoDataError
from tools.frame import Frame, caveats, frame, one_currency
from tools.goods import Goods, goods_of
from tools.metrics.basket_statistics_query import QUANTILES, build_baskets
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.splits import title
from tools.together import together
from tools.with_sales import with_sales
from tools.wording import counted, listed

FEW = 30
"""Quartiles of fewer baskets than this say little."""


class BasketStatisticsArguments(Arguments):
    """Arguments of ``basket_statistics``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: Literal["store", "day", "weekday", "hour"] | None = Field(default=None, description="Split the answer by this.")
    product: str | None = Field(
        default=None,
        max_length=200,
        description="Goods to look for in the baskets, in the asker's own words; all products that fit are taken.",
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    large: int = Field(default=20, ge=2, le=1000, description="From how many items on a basket is large.")


@dataclass(frozen=True, slots=True)
class _Baskets:
    """A group of baskets and its sums; amounts are minor units."""

    key: str
    sums: Mapping[str, Any]

    @property
    def count(self) -> int:
        return int(self.sums["baskets"])

    def quantile(self, what: str, name: str) -> Decimal:
        """A quantile of "net" or "items"."""
        low, high = (Decimal(self.sums[f"{what}_{name}_{end}"]) for end in ("low", "high"))
        return between(low, high, self.count, QUANTILES[name])

    def deviation(self, what: str) -> Decimal | None:
        """The standard deviation of "net" or "items" (that of a sample); None for a single basket."""
        if self.count < 2:
            return None
        total, squares = Decimal(self.sums[what]), Decimal(self.sums[f"{what}_squares"])
        return (max(squares - total * total / self.count, Decimal(0)) / (self.count - 1)).sqrt()

    def mean(self, name: str) -> Decimal | None:
        return ratio(self.sums[name], self.count)


@tool()
def basket_statistics(arguments: BasketStatisticsArguments, context: ToolContext) -> ToolResult:
    """The spread of baskets (transactions): median, quartiles and standard deviation, single-item and large baskets.

    Use it for “median basket last month”, “how many items are in a typical basket by store”, “share of single-item
    transactions”, “how many orders contained avocados”, “what share of baskets has produce in it”. With product or
    department it counts the baskets that hold such goods (the attach rate) and compares them with the others.
    """
    asked, by = frame(arguments.period, arguments.stores, context), arguments.by
    one_currency(asked, by or "")
    goods = goods_of(arguments.product, arguments.department, asked.stores, context)
    windows = asked.windows()
    only = goods.only if goods else None
    statements = [build_baskets(windows, None, context.scope, large=arguments.large, only=only)]
    if by:
        statements.append(build_baskets(windows, by, context.scope, large=arguments.large, only=only))
    reads = [partial(context.mirror.query, one.sql, one.params) for one in statements]
    days, covered, read = with_sales(asked, windows, lambda: together(*reads))
    found = [[_Baskets(row["key"], row) for row in one.dicts()] for one in read]
    if not found[0]:
        raise NoDataError(f"There were only refunds at {asked.stores.label} {asked.when}, and no basket.")
    whole, split = found[0][0], sorted(found[1], key=lambda one: _place(by, one.key)) if by else []
    headline = _holding(asked, whole, goods) if goods else _headline(asked, whole, split)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, whole, split, arguments, goods)]),
        figures=tuple(_figures(asked, whole, split, arguments, goods)),
        table=_split_table(asked, split, by, goods)
        if by
        else _goods_table(asked, whole)
        if goods
        else bands_table(asked, whole.sums, arguments.large),
        chart=_chart(asked, whole, split, arguments, goods),
        caveats=(
            *([goods.note] if goods and goods.note else []),
            "An item is a piece, or one line of goods not sold by the piece; a basket's value is its net sales.",
            *_few(whole, split),
            *caveats(asked, (), days),
        ),
        follow_ups=_follow_ups(asked, by, goods),
        provenance=stands_on(
            asked,
            ("transactions", "average_transaction_value", "median_transaction_value", "single_item_share"),
            [*statements, covered],
        ),
    )


def _place(by: str | None, key: str) -> Any:
    return int(key) if by in ("hour", "weekday") else key


def _title(asked: Frame, by: str, key: str) -> str:
    return WEEKDAYS[int(key) - 1].title() if by == "weekday" else title(by, key, asked.stores)


def _money(asked: Frame, value: Decimal | None) -> str:
    return money_said(value, asked.currency)


def _headline(asked: Frame, whole: _Baskets, split: Sequence[_Baskets]) -> str:
    if len(asked.stores.currencies) > 1:
        said = [
            f"{asked.stores.name(one.key)} {money_said(one.quantile('net', 'p50'), _currency(asked, one.key))}"
            for one in split
        ]
        return f"Median basket {asked.when}: {listed(said)}."
    return (
        f"Baskets {asked.when}, {asked.stores.label}: {counted(whole.count, 'transaction')}; half of them come to "
        f"{_money(asked, whole.quantile('net', 'p50'))} or less (the median), the average is "
        f"{_money(asked, whole.mean('net'))}."
    )


def _holding(asked: Frame, whole: _Baskets, goods: Goods) -> str:
    hits = int(whole.sums["hits"] or 0)
    return (
        f"{counted(hits, 'transaction')} with {goods.label} {asked.when}, {asked.stores.label}: "
        f"{percent_said(hits, whole.count)} of {whole.count:,}."
    )


def _sentences(
    asked: Frame,
    whole: _Baskets,
    split: Sequence[_Baskets],
    arguments: BasketStatisticsArguments,
    goods: Goods | None,
) -> list[str]:
    said: list[str] = []
    if len(asked.stores.currencies) > 1:
        return said
    hits = int(whole.sums["hits"] or 0)
    if goods and hits:
        rest = whole.count - hits
        said.append(f"Such a basket comes to {_money(asked, ratio(whole.sums['hit_net'], hits))} on average")
        others = ratio(whole.sums["net"] - whole.sums["hit_net"], rest)
        said[-1] += f", the others to {_money(asked, others)}." if rest else "."
        units = whole.sums["part_units"]
        if units:
            said.append(f"It holds {number_text(ratio(units, hits))} units of it.")
        said.append("That they stand in one basket does not say that one sold the other.")
    elif not goods:
        low, high = whole.quantile("net", "p25"), whole.quantile("net", "p75")
        said.append(
            f"The middle half lies between {_money(asked, low)} and {_money(asked, high)}; one in ten is above "
            f"{_money(asked, whole.quantile('net', 'p90'))}. The standard deviation is"
            f" {_money(asked, whole.deviation('net'))}, the largest basket {_money(asked, whole.sums['net_most'])}."
        )
        said.append(
            f"Items per basket: {number_text(whole.mean('items'))} on average, median "
            f"{number_text(whole.quantile('items', 'p50'), 0)} (the middle half"
            f" {number_text(whole.quantile('items', 'p25'), 0)} to {number_text(whole.quantile('items', 'p75'), 0)},"
            f" one in ten above {number_text(whole.quantile('items', 'p90'), 0)}), standard deviation"
            f" {number_text(whole.deviation('items'))}; {percent_said(whole.sums['single'], whole.count)} hold "
            f"a single item, {percent_said(whole.sums['large'], whole.count)} ({int(whole.sums['large']):,}) hold"
            f" {arguments.large} or more."
        )
    if arguments.by and len(split) > 1:
        value = _share if goods else (lambda one: one.quantile("net", "p50"))
        ranked = sorted(split, key=value)
        shown = [
            percent_said(_share(one), 1) if goods else _money(asked, value(one)) for one in (ranked[-1], ranked[0])
        ]
        said.append(
            f"{'Most often' if goods else 'Highest median'}: {_title(asked, arguments.by, ranked[-1].key)} with "
            f"{shown[0]}; {'least' if goods else 'lowest'}: {_title(asked, arguments.by, ranked[0].key)} with "
            f"{shown[1]}."
        )
    return said


def _share(one: _Baskets) -> Decimal:
    return ratio(one.sums["hits"], one.count) or Decimal(0)


def _currency(asked: Frame, store_id: str) -> str:
    return next(store.currency for store in asked.stores.stores if store.store_id == store_id)


def _figures(
    asked: Frame,
    whole: _Baskets,
    split: Sequence[_Baskets],
    arguments: BasketStatisticsArguments,
    goods: Goods | None,
) -> list[Figure]:
    made = [] if len(asked.stores.currencies) > 1 else _group_figures(asked, whole, goods, asked.currency, {}, ())
    for one in split:
        by = str(arguments.by)
        stores, currency = ((one.key,), _currency(asked, one.key)) if by == "store" else ((), asked.currency)
        key = _title(asked, by, one.key) if by == "weekday" else one.key
        made += _group_figures(asked, one, goods, currency, {by: key}, stores)
    return made


def _group_figures(
    asked: Frame, one: _Baskets, goods: Goods | None, currency: str, key: Mapping[str, str], stores: Sequence[str]
) -> list[Figure]:
    exponent = minor_exponent(currency)
    values: list[tuple[str, str | int | None, str]] = [
        ("transactions", one.count, "count"),
        ("average_transaction_value", money_text(one.mean("net"), exponent), currency),
        ("median_transaction_value", money_text(one.quantile("net", "p50"), exponent), currency),
        ("transaction_value_p25", money_text(one.quantile("net", "p25"), exponent), currency),
        ("transaction_value_p75", money_text(one.quantile("net", "p75"), exponent), currency),
        ("transaction_value_p90", money_text(one.quantile("net", "p90"), exponent), currency),
        ("transaction_value_sd", money_text(one.deviation("net"), exponent), currency),
        ("units_per_transaction", number_text(one.mean("units")), "ratio"),
        ("items_per_transaction", number_text(one.mean("items")), "ratio"),
        ("median_items", number_text(one.quantile("items", "p50")), "count"),
        *((f"items_{name}", number_text(one.quantile("items", name)), "count") for name in ("p25", "p75", "p90")),
        ("single_item_share", percent_text(one.sums["single"], one.count), "%"),
        ("large_basket_share", percent_text(one.sums["large"], one.count), "%"),
    ]
    if goods:
        hits = int(one.sums["hits"] or 0)
        held = {**goods.group, **key}
        found: list[tuple[str, str | int | None, str]] = [
            ("transactions", hits, "count"),
            ("attach_rate", percent_text(hits, one.count), "%"),
            ("average_transaction_value", money_text(ratio(one.sums["hit_net"], hits), exponent), currency),
            ("net_sales", money_text(one.sums["part_net"] or 0, exponent), currency),
        ]
        return [figure(asked, name, value, unit, held, stores=stores) for name, value, unit in found] + [
            figure(asked, "transactions", one.count, "count", key, stores=stores)
        ]
    return [figure(asked, name, value, unit, key, stores=stores) for name, value, unit in values]


def _goods_table(asked: Frame, whole: _Baskets) -> Table:
    unit, hits = asked.currency, int(whole.sums["hits"] or 0)
    named = (
        ("Baskets", "text"),
        ("Transactions", "count"),
        ("Share", "%"),
        ("Average value", unit),
        ("Items", "count"),
    )
    parts = (
        ("with it", hits, whole.sums["hit_net"] or Decimal(0), whole.sums["hit_items"] or Decimal(0)),
        (
            "without it",
            whole.count - hits,
            whole.sums["net"] - (whole.sums["hit_net"] or 0),
            whole.sums["items"] - (whole.sums["hit_items"] or 0),
        ),
    )
    rows = [
        (
            name,
            count,
            percent_text(count, whole.count),
            money_text(ratio(net, count), asked.exponent),
            number_text(ratio(items, count)),
        )
        for name, count, net, items in parts
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _split_table(asked: Frame, split: Sequence[_Baskets], by: str, goods: Goods | None) -> Table:
    mixed = len(asked.stores.currencies) > 1
    unit = "text" if mixed else asked.currency
    names: tuple[tuple[str, str], ...] = (
        ("Transactions", "count"), ("Average value", unit), ("Median", unit), ("Lower quartile", unit),
        ("Upper quartile", unit), ("90th percentile", unit),
        ("Standard deviation", unit), ("Items per basket", "ratio"),
        ("Single item", "%"), ("Large", "%"),
    )  # fmt: skip
    if goods:
        names = (("Transactions", "count"), ("With it", "count"), ("Share", "%"), ("Average value with it", unit))
    rows: list[tuple[str | int | None, ...]] = []
    for one in split:
        currency = _currency(asked, one.key) if by == "store" else asked.currency
        digits, hits = minor_exponent(currency), int(one.sums["hits"] or 0)
        cells: tuple[str | int | None, ...] = (
            one.count,
            money_text(one.mean("net"), digits),
            *(money_text(one.quantile("net", name), digits) for name in ("p50", "p25", "p75", "p90")),
            money_text(one.deviation("net"), digits),
            number_text(one.mean("items")),
            percent_text(one.sums["single"], one.count),
            percent_text(one.sums["large"], one.count),
        )
        if goods:
            average = money_text(ratio(one.sums["hit_net"], hits), digits)
            cells = (one.count, hits, percent_text(hits, one.count), average)
        rows.append((_title(asked, by, one.key), *cells, *([currency] if mixed else [])))
    columns = [TableColumn(by.capitalize(), "text"), *(TableColumn(*pair) for pair in names)]
    return Table(tuple(columns + ([TableColumn("Currency", "text")] if mixed else [])), rows)


def _chart(
    asked: Frame, whole: _Baskets, split: Sequence[_Baskets], arguments: BasketStatisticsArguments, goods: Goods | None
) -> Chart | None:
    by = arguments.by
    where = f"{asked.stores.label}, {asked.when}"
    if not by:
        if goods:
            return None
        return bands_chart(whole.sums, arguments.large, where)
    if not 2 <= len(split) <= CHART_POINTS or len(asked.stores.currencies) > 1:
        return None
    labels = tuple(_title(asked, by, one.key) for one in split)
    kind = "line" if by in ("day", "hour") else "bar"
    if goods:
        shares = tuple(float(_share(one) * 100) for one in split)
        return Chart(kind, f"Share of baskets with {goods.label} by {by}, {where}", labels, {"Share": shares}, "%")
    medians = tuple(float(one.quantile("net", "p50").scaleb(-asked.exponent)) for one in split)
    return Chart(kind, f"Median basket by {by}, {where}", labels, {"Median": medians}, asked.currency)


def _few(whole: _Baskets, split: Sequence[_Baskets]) -> list[str]:
    few = [one for one in split or [whole] if one.count < FEW]
    if not few:
        return []
    groups = counted(len(few), "group") if split else f"There are only {whole.count} baskets"
    if not split:
        return [f"{groups}: their quartiles say little."]
    return [f"{groups} {'has' if len(few) == 1 else 'have'} fewer than {FEW} baskets: their quartiles say little."]


def _follow_ups(asked: Frame, by: str | None, goods: Goods | None) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    subject = f"How many transactions contained {goods.label}" if goods else "Median basket"
    asks = [f"{subject} {when} by store{same}"] if by != "store" and len(asked.stores.stores) > 1 else []
    if by != "hour":
        asks.append(f"{subject} {when} by hour{same}")
    return (*asks, f"Items per basket {when}{same}")
