"""Products: ranked by a metric, and found by whatever words a person has for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic import Field

from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, frame, one_currency, provenance
from tools.identity import spans_platforms
from tools.metrics import METRICS, metric_named
from tools.metrics.evaluate import Group, decimal
from tools.metrics.model import Metric
from tools.metrics.query import build_ranking
from tools.part import part_of
from tools.ranked import LEAST_HELP, least_of, left_out, sold_so, unranked
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Provenance, Table, TableColumn, ToolResult
from tools.search import Product, Search, lookup, recent, resolve_product, search
from tools.shelf_price import Span, price_text, prices, prices_said
from tools.splits import CHART_POINTS
from tools.stores import StoreSet, resolve_stores, stores_again
from tools.with_sales import with_sales
from tools.wording import counted, listed, spoken

__all__ = ["FindProductsArguments", "TopProductsArguments", "find_products", "resolve_product", "top_products"]


class TopProductsArguments(Arguments):
    """Arguments of ``top_products``."""

    period: str = Field(default="last week", max_length=120, description="When, in the asker's own words.")
    metric: str = Field(
        default="net_sales",
        max_length=60,
        description="Rank by: net_sales, gross_sales, units, gross_margin, gross_margin_pct, discounts, returns ...",
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many products, 1 to 50.")
    order: Literal["top", "bottom"] = Field(default="top", description="The best or the worst.")
    least_units: int | None = Field(default=None, ge=0, le=100_000, description=LEAST_HELP)
    department: str | None = Field(
        default=None, max_length=120, description="Only this department or category, in the asker's own words."
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Which stores, in the asker's own words: “Harbor Point”, “north stores”, “all stores”.",
    )


class FindProductsArguments(Arguments):
    """Arguments of ``find_products``."""

    text: str = Field(
        min_length=1, max_length=200, description="A name, part of a name, brand, department, SKU, barcode or id."
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Stores whose prices and sales to show, in the asker's own words. Leave out if not said.",
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many products, 1 to 50.")


@tool()
def top_products(arguments: TopProductsArguments, context: ToolContext) -> ToolResult:
    """The best or worst selling products of a period, ranked by one metric.

    Use it for “top 10 products last week by margin”, “what sells worst in bakery”. A product whose cost is unknown
    is never ranked by margin, nor by a per cent or rate one that sold fewer than ten pieces; the answer counts how many
    were left out. To leave out a part of the range (fuel), use ``sales_breakdown`` by product with ``where``, exclude.
    """
    asked = frame(arguments.period, arguments.stores, context)
    metric = metric_named(arguments.metric)
    if not metric.by_product:
        possible = listed([one.name for one in METRICS.values() if one.by_product], "or", most=20)
        raise BadArgumentError(f"{metric.label} cannot rank products. These can: {possible}.")
    one_currency(asked, None)
    part = part_of(None, arguments.department, asked.stores, context)
    windows = asked.windows()
    others = [METRICS[name] for name in _BESIDE if name != metric.name]
    ranking = partial(
        build_ranking, metric, others, windows, context.scope, limit=arguments.limit,
        descending=arguments.order == "top", only=part.only if part else None, by_item=spans_platforms(asked.stores),
    )  # fmt: skip
    least = least_of(metric, arguments.least_units)
    statement = ranking(least=least)
    days, covered, found = with_sales(asked, windows, partial(context.mirror.query, statement.sql, statement.params))
    rows = found.dicts()
    if arguments.least_units is None and rows and not rows[0]["ranked"] and rows[0]["few"]:
        least, statement = 0, ranking()
        rows = context.mirror.query(statement.sql, statement.params).dicts()
    known = lookup([row["variant_id"] for row in rows], context)
    ranked = [
        _Ranked(place, known.get(row["variant_id"]) or unnamed(row["variant_id"]), Group("", _sums(row)))
        for place, row in enumerate((row for row in rows if row["rank_value"] is not None), 1)
    ]
    shelf = part.label if part else ""
    if ranked and metric.name in ("returns", "discounts", "refund_rate", "discount_rate") and arguments.order == "top":
        ranked = [one for one in ranked if one.group.value(metric, asked.exponent)]
    if not ranked:
        # Nothing to rank is no ranking of nothing: no product was returned, or none has a known cost.
        raise NoDataError(unranked(metric, f"of {shelf} " if shelf else "", asked.when))
    metrics = [metric, *others]
    count = int(rows[0]["ranked"])
    headline = _headline(asked, metric, ranked, f"{counted(count, 'product')}{sold_so(least)}", shelf, arguments.order)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_places(asked, metric, ranked)]),
        figures=(
            *(_figure(asked, each, one) for one in ranked for each in metrics),
            *_together_figure(asked, metric, ranked),
        ),
        table=_ranking_table(asked, metrics, ranked),
        chart=_ranking_chart(asked, metric, ranked),
        caveats=(
            *_alike(asked, metric, ranked, int(rows[len(ranked) - 1]["alike"])),
            *caveats(asked, metrics, days),
            *left_out(metric, rows[0], least),
        ),
        follow_ups=_ranking_follow_ups(asked, metric, arguments.order, shelf, fuel=any(map(_is_fuel, ranked))),
        provenance=provenance(asked, metrics, [statement, covered]),
    )


_FUEL = re.compile(r"\b(?:fuel|gasoline|diesel|petrol)\b", re.IGNORECASE)
_BESIDE = ("net_sales", "units", "gross_margin", "gross_margin_pct")


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A product in its place, with its sums."""

    place: int
    product: Product
    group: Group


def _sums(row: Mapping[str, Any]) -> dict[str, Decimal | None]:
    sums = {name: decimal(cell) for name, cell in row.items() if name.startswith(("n_", "d_"))}
    if not sums.get("n_units") and sums.get("n_net_sales"):
        sums["n_units"] = None  # sold by weight, which has no pieces
    return sums


def unnamed(variant_id: str) -> Product:
    """A product that sales name and the catalogue does not."""
    return Product(
        variant_id, variant_id, f"Unknown product {variant_id}", "Unknown", "Unknown", "", "", "", active=True
    )


def _figure(asked: Frame, metric: Metric, one: _Ranked) -> Figure:
    return Figure(
        metric.name,
        metric.text(one.group.value(metric, asked.exponent), asked.exponent),
        metric.unit(asked.currency),
        asked.stores.ids,
        asked.start_on,
        asked.end_on,
        {
            "product_id": one.product.product_id,
            "variant_id": one.product.variant_id,
            "product": one.product.name,
        },
    )


def _headline(asked: Frame, metric: Metric, ranked: Sequence[_Ranked], count: str, shelf: str, order: str) -> str:
    first = ranked[0]
    value = spoken(metric, first.group.value(metric, asked.exponent), asked.currency)
    which = "Best" if order == "top" else "Weakest"
    within = f" in {shelf}" if shelf else ""
    return (
        f"{which} of {count}{within} by {metric.label.lower()} {asked.when}, {asked.stores.label}: "
        f"{first.product.name} with {value}."
    )


def _places(asked: Frame, metric: Metric, ranked: Sequence[_Ranked]) -> list[str]:
    if len(ranked) < 2:
        return []
    said = [f"The {len(ranked)} together: {spoken(metric, _together(asked, metric, ranked), asked.currency)}."]
    rest = "; ".join(
        f"{one.place}. {one.product.name} {spoken(metric, one.group.value(metric, asked.exponent), asked.currency)}"
        for one in ranked[1:5]
    )
    return [f"Then {rest}.", *(said if metric.is_sum else ())]


def _together(asked: Frame, metric: Metric, ranked: Sequence[_Ranked]) -> Decimal:
    """What the products shown come to, each as it is shown."""
    values = [one.group.value(metric, asked.exponent) for one in ranked]
    return sum((metric.rounded(value, asked.exponent) for value in values if value is not None), Decimal(0))


def _together_figure(asked: Frame, metric: Metric, ranked: Sequence[_Ranked]) -> list[Figure]:
    if len(ranked) < 2 or not metric.is_sum:
        return []
    value = metric.text(_together(asked, metric, ranked), asked.exponent)
    unit, which = metric.unit(asked.currency), {"products": str(len(ranked))}
    name = f"{metric.name}.together"
    return [Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on, which)]


def _ranking_table(asked: Frame, metrics: Sequence[Metric], ranked: Sequence[_Ranked]) -> Table:
    columns = [TableColumn("Rank", "count"), TableColumn("Product", "text")]
    columns += [TableColumn(metric.label, metric.unit(asked.currency)) for metric in metrics]
    columns.append(TableColumn("Department", "text"))
    rows = [
        (
            one.place,
            one.product.name,
            *(metric.text(one.group.value(metric, asked.exponent), asked.exponent) for metric in metrics),
            one.product.department,
        )
        for one in ranked
    ]
    return Table(tuple(columns), rows)


def _ranking_chart(asked: Frame, metric: Metric, ranked: Sequence[_Ranked]) -> Chart | None:
    if not 2 <= len(ranked) <= CHART_POINTS:
        return None
    values = [one.group.value(metric, asked.exponent) or Decimal(0) for one in ranked]
    return Chart(
        "bar",
        f"{metric.label} by product, {asked.stores.label}, {asked.when}",
        tuple(one.product.name for one in ranked),
        {metric.label: tuple(float(metric.rounded(value, asked.exponent)) for value in values)},
        metric.unit(asked.currency),
    )


def _alike(asked: Frame, metric: Metric, ranked: Sequence[_Ranked], alike: int) -> list[str]:
    """That the last one shown is one of many with the same value, where not all of them are shown."""
    last = ranked[-1].group.value(metric, asked.exponent)
    if alike <= sum(one.group.value(metric, asked.exponent) == last for one in ranked):
        return []
    said = spoken(metric, last, asked.currency)
    return [f"{alike:,} products have {said}; which of them are shown goes by their number, not by how they sold."]


def _is_fuel(one: _Ranked) -> bool:
    """Whether a product is what fills cars, which leads many lists and which many leave out."""
    return _FUEL.search(f"{one.product.name} {one.product.department} {one.product.category}") is not None


def _ranking_follow_ups(asked: Frame, metric: Metric, order: str, shelf: str, *, fuel: bool) -> tuple[str, ...]:
    when = asked.when_again
    same = f" in “{shelf}”{asked.same_part_and_stores}" if shelf else asked.same_part_and_stores
    other = "units" if metric.name == "net_sales" else "net sales"
    first = [f"Top 10 products {when} by {metric.label.lower()} without fuel{same}"] if fuel and not shelf else []
    return (
        *first,
        f"Top 10 products {when} by {other}{same}",
        f"{'Bottom' if order == 'top' else 'Top'} 10 products {when} by {metric.label.lower()}{same}",
        f"Net sales {when}{'' if shelf else ' by department'}{same}",
    )


@tool()
def find_products(arguments: FindProductsArguments, context: ToolContext) -> ToolResult:
    """Find products by name, brand, department, SKU, barcode or id, misspelt or not, with price and recent sales.

    Use it for “do we sell oat milk”, “what does X cost”, and to settle which product is meant.
    """
    stores = resolve_stores(arguments.stores, context)
    found = search(arguments.text, stores, context)
    snapshot = context.mirror.snapshot()
    topics = {topic: snapshot.sources[topic].as_of_at for topic in ("sales", "price") if topic in snapshot.sources}
    shown = found.products[: arguments.limit]
    priced = prices([product.variant_id for product in shown], stores, context)
    headline = _found(arguments.text, found, len(shown))
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *prices_said(shown, priced, stores)]),
        figures=tuple(_recent_figures(shown, stores)),
        table=_found_table(shown, stores, priced) if shown else None,
        caveats=("No sales of the last four weeks are known here.",) if not _last_on(stores) else (),
        follow_ups=_found_follow_ups(shown, stores_again(stores, context)),
        provenance=Provenance(
            metrics=("net_sales",),
            sql=(found.statement.sql,),
            params=(found.statement.params,),
            stores=stores.ids,
            start_on=min((window.start_on for window in recent(stores)), default=None),
            end_on=_last_on(stores),
            snapshot=snapshot.version,
            as_of=topics.get("sales"),
            sources=topics,
        ),
    )


def _last_on(stores: StoreSet) -> date | None:
    return max(stores.by_last_on, default=None)


def _found(text: str, found: Search, shown: int) -> str:
    said = text if len(text) <= 80 else text[:80] + "…"
    if not found.products:
        return f"No product here fits “{said}”."
    best = found.products[0].name
    if found.how == "some":
        return f"No product has all of “{said}”; the nearest is {best}."
    mended = f" (read as “{found.read_as}”)" if found.how == "mended" else ""
    if len(found.products) == 1:
        return f"“{said}”{mended} is {best}."
    rest = f"; these {shown} fit best" if shown < len(found.products) else ""
    return (
        f"“{said}”{mended} fits {counted(found.total, 'product')}{rest}; the best seller among the nearest is {best}."
    )


def _found_table(shown: Sequence[Product], stores: StoreSet, priced: Mapping[str, Mapping[str, Span]]) -> Table:
    mixed = len(stores.currencies) > 1
    money = "text" if mixed else stores.currencies[0]
    exponent = stores.stores[0].exponent
    names = (
        "Product",
        "Department",
        "Price",
        "Net sales, last 28 days",
        "Units, last 28 days",
        "Product id",
        "Variant id",
    )
    units = ("text", "text", money, money, "units", "text", "text")
    sales, pieces = METRICS["net_sales"], METRICS["units"]
    rows = [
        (
            product.name,
            product.department,
            price_text(priced.get(product.variant_id, {}), stores),
            None
            if mixed or product.recent_minor is None
            else sales.text(sales.value(product.recent_minor, None, exponent), exponent),
            None if product.recent_units is None else pieces.text(product.recent_units),
            product.product_id,
            product.variant_id,
        )
        for product in shown
    ]
    return Table(tuple(TableColumn(*pair) for pair in zip(names, units, strict=True)), rows)


def _recent_figures(shown: Sequence[Product], stores: StoreSet) -> list[Figure]:
    last = _last_on(stores)
    if last is None or len(stores.currencies) > 1:
        return []
    metric, exponent = METRICS["net_sales"], stores.stores[0].exponent
    return [
        Figure(
            metric.name,
            metric.text(metric.value(product.recent_minor, None, exponent), exponent),
            stores.currencies[0],
            stores.ids,
            min(window.start_on for window in recent(stores)),
            last,
            {"product_id": product.product_id, "variant_id": product.variant_id, "product": product.name},
        )
        for product in shown
        if product.recent_minor is not None
    ]


def _found_follow_ups(shown: Sequence[Product], same_stores: str) -> tuple[str, ...]:
    if not shown:
        return (f"Top 10 products last week{same_stores}",)
    return (
        f"How did “{shown[0].name}” sell last week{same_stores}?",
        f"Top 10 products last week in “{shown[0].department}”{same_stores}",
        f"Mark down {shown[0].name} by 10 % until Sunday",
    )
