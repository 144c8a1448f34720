"""How units answer to the price: the elasticity of a product or a part of the range, where the data can carry one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.analysis.elasticity import Cell, Elasticity, TooThinError, estimate
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, frame, one_currency, provenance
from tools.metrics import METRICS
from tools.metrics.elasticity_query import WEEK_DAYS, build_panel, build_panels
from tools.metrics.evaluate import fetch
from tools.metrics.query import Filter, Statement, Window, build
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, Part, part_of
from tools.promotions.price_moves import NO_FORECAST, briefly, effect, moved, supposed, units_pct
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product, lookup
from tools.wording import counted, listed

MOST_PRODUCTS = 40
MOST_RANKED = 200
"""So many best-selling products are looked at where single ones are ranked."""
_ADVERTISED = (
    "Price cuts are often advertised or displayed at the same time; what that sold is in the figure, so a bare price"
    " change"
    " would do less."
)
_BEST_SELLING = f"Of the {MOST_RANKED} products that sold the most pieces, week after week; others are not looked at."
_CHANCE = "Where many are looked at, about one interval in forty lies wholly below 0 by chance."
_COLUMNS = (("Elasticity", "ratio"), ("95 % interval", "text"), ("Weeks", "count"), ("Store-weeks", "count"))
_SEEN = "Weeks in which a product did not sell show no price and are not in it; only regular sellers are used."


class PriceElasticityArguments(Arguments):
    """Arguments of ``price_elasticity``."""

    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    period: str = Field(
        default="the last 39 weeks", max_length=120, description="Which past weeks to use, in the asker's own words."
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “Harbor Point”."
    )
    price_change_pct: float | None = Field(
        default=None,
        ge=-50,
        le=50,
        description="A price change asked about, in per cent: 5 is higher, -10 lower; with nothing named, by category.",
    )
    by: Literal["department", "category", "product"] | None = Field(
        default=None, description="Instead of one figure: every department or category, or the best-selling products."
    )
    order: Literal["most", "least"] = Field(
        default="most", description="With by: the most price sensitive first, or the least."
    )
    limit: int = Field(default=15, ge=1, le=50, description="With by: how many rows to show.")


@tool()
def price_elasticity(arguments: PriceElasticityArguments, context: ToolContext) -> ToolResult:
    """By how many per cent units change when the price changes by one per cent, of a product or a part of the range.

    Use it for “price elasticity of oat milk”, “how price sensitive is the soft drinks category”, “what happens to units
    if we cut the price of X by 10 %” (price_change_pct), “which categories are most price sensitive” (by), “which
    products could bear a higher price” (by product, order least). It needs at least 12 weeks and prices that moved, and
    refuses otherwise. The estimate is of past prices: never promise what a price would do.
    """
    asked = frame(arguments.period, arguments.stores, context)
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    if arguments.by is not None or (part is None and arguments.price_change_pct):
        return elasticities(replace(asked, part=part), arguments, context)
    if part is None:
        raise BadArgumentError(
            "Name a product, a department or a category, or ask by category, department or product (by): elasticity"
            " differs from one to the next."
        )
    asked = replace(asked, part=part)
    one_currency(asked, None)
    window, weeks = whole_weeks(asked)
    statement = build_panel([window], window.start_on, weeks, context.scope, part.only, products=MOST_PRODUCTS)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    if not rows:
        raise NoDataError(
            f"No elasticity of {part.label}: nothing of it sold by the piece in three of four weeks {asked.when} at"
            f" {asked.stores.label}."
        )
    whole = _estimate(asked, rows, part.label)
    single = _by_product(rows) if not part.only.variants else []
    headline = _headline(asked, whole)
    return ToolResult(
        headline=headline,
        text=" ".join(
            [
                headline,
                *supposed(whole, arguments.price_change_pct),
                *_sentences(whole, _taken(part, rows), single, context),
            ]
        ),
        figures=tuple(_figures(asked, whole, arguments.price_change_pct)),
        table=_table(single, context) if single else None,
        caveats=(_ADVERTISED, _SEEN, *caveats(asked, (METRICS["units"],))),
        follow_ups=_follow_ups(asked),
        provenance=provenance(asked, [METRICS[name] for name in ("units", "net_sales")], [statement]),
    )


def elasticities(asked: Frame, arguments: PriceElasticityArguments, context: ToolContext) -> ToolResult:
    """The elasticity of every department, category or well-selling product that can carry one, in order.

    Raises:
        BadArgumentError: one single product was named.
        NoDataError: none can carry an estimate.
    """
    by = arguments.by or "category"
    if asked.part and len(asked.part.only.variants or ()) == 1:
        raise BadArgumentError(f"{asked.part.label} is one product, so it cannot be split by {by}.")
    one_currency(asked, None)
    window, weeks = whole_weeks(asked)
    only = asked.part.only if asked.part else None
    if by == "product":
        statement = build_panel([window], window.start_on, weeks, context.scope, only or Filter(), products=MOST_RANKED)
    else:
        statement = build_panels([window], window.start_on, weeks, context.scope, only, by=by, products=MOST_PRODUCTS)
    each: dict[str, list[Mapping[str, Any]]] = {}
    for row in context.mirror.query(statement.sql, statement.params).dicts():
        each.setdefault(row["variant_id" if by == "product" else "part"], []).append(row)
    told = _measured(each)
    if not told:
        raise NoDataError(
            f"No {by}{asked.subject} can carry an elasticity {asked.when}, {asked.stores.label}: at least 12"
            " weeks and prices that moved are needed. Ask for a longer period or more stores."
        )
    if by == "product":
        known = lookup([variant for variant, _ in told], context)
        told = [(known[variant].name if variant in known else variant, one) for variant, one in told]
    least = arguments.order == "least"
    told = told[::-1] if least else told
    shown, several = told[: arguments.limit], {"category": "categories"}.get(by, f"{by}s")
    first = told[0]
    change = arguments.price_change_pct
    sold, more = _net_sales(asked, window, by, each, known if by == "product" else {})
    ends = ("least", "Most") if least else ("most", "Least")
    headline = (
        f"Price elasticity by {by}{asked.subject}, {asked.stores.label}, {asked.when}: {first[0]} is the {ends[0]}"
        f" price sensitive with {first[1].value:.2f} (95 % interval {first[1].low:.2f} to {first[1].high:.2f}): "
        f"{effect(first[1], change) or _meaning(first[1])}."
    )
    said = [f"{name} {one.value:.2f}{briefly(one, change)}" for name, one in told]
    then = "; ".join(f"{number}. {one}" for number, one in enumerate(said[1 : min(5, len(shown))], 2))
    text = [headline, *([f"Then {then}."] if then else [])]
    if len(told) > 1:
        text.append(f"{ends[1]} of the {len(told)} {several} with a measurable answer: {said[-1]}.")
    if least:
        inelastic = [name for name, one in told if one.low > -1]
        text.append(
            f"Surely inelastic, so that a dearer price brought in more net sales (the whole interval above -1):"
            f" {listed(inelastic, most=5)}; of none is it known that all units stayed."
            if inelastic
            else "Of none the whole interval lies above -1, so of none a dearer price surely brought in more net sales."
        )
    if (left := len(each) - len(told)) > 0:
        text.append(f"For {left} more no answer of units to the price can be told.")
    common = (asked.stores.ids, asked.start_on, asked.end_on)
    return ToolResult(
        headline=headline,
        text=" ".join(text),
        figures=tuple(
            Figure("price_elasticity", f"{bound:.3f}", "ratio", *common, {**asked.group, by: name, **which})
            for name, one in shown
            for bound, which in ((one.value, {}), (one.low, {"part": "low"}), (one.high, {"part": "high"}))
        )
        + tuple(
            Figure(metric, f"{pct:.1f}", "%", *common, {**asked.group, by: name, "price_change_pct": f"{change:g}"})
            for name, one in (shown if change else ())
            for metric, pct in zip(("units_change", "net_sales_change"), moved(one.value, change or 0), strict=True)
        ),
        table=Table(
            tuple(
                TableColumn(*pair)
                for pair in (
                    (by.capitalize(), "text"), *_COLUMNS, ("Net sales", asked.currency),
                    *(((f"Units at {change:+g} %", "%"), (f"Net sales at {change:+g} %", "%")) if change else ()),
                )
            ),
            [
                (
                    name, *_row(one), sold.get(name),
                    *(f"{pct:.1f}" for pct in (moved(one.value, change) if change else ())),
                )
                for name, one in shown
            ],
        ),
        caveats=(
            *([_BEST_SELLING] if by == "product" else []), *([NO_FORECAST] if change else []),
            _ADVERTISED, _SEEN, _CHANCE,
            *caveats(asked, (METRICS["units"],)),
        ),
        follow_ups=(
            *([f"Price elasticity in {first[0]}"] if by != "product" else []), "Optimal discount depth by category",
        ),
        provenance=provenance(asked, [METRICS[name] for name in ("units", "net_sales")], [statement, *more]),
    )  # fmt: skip


def _net_sales(
    asked: Frame, window: Window, by: str, each: Mapping[str, Sequence[Mapping[str, Any]]], known: Mapping[str, Product]
) -> tuple[dict[str, str], list[Statement]]:
    """Net sales of the weeks by name, to tell what matters; a product's where it is a regular seller."""
    metric = METRICS["net_sales"]

    def text(minor: Decimal) -> str:
        return metric.text(minor.scaleb(-asked.exponent), asked.exponent) or "0"

    if by == "product":
        sums = {key: sum((Decimal(int(row["net"])) for row in rows), Decimal(0)) for key, rows in each.items()}
        return {known[key].name if key in known else key: text(minor) for key, minor in sums.items()}, []
    statement = build([metric], [window], by, asked.context.scope, asked.part.only if asked.part else None)
    groups = fetch(asked.context.mirror, statement)
    return {group.key: text(group.sums.get("n_net_sales") or Decimal(0)) for group in groups}, [statement]


def _measured(each: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[tuple[str, Elasticity]]:
    """Those whose units are known to fall as the price rises (the interval below 0), the most sensitive first."""
    found = []
    for name, own in each.items():
        try:
            found.append((name, estimate(_cells(own))))
        except TooThinError:
            continue
    return sorted((pair for pair in found if pair[1].high < 0), key=lambda pair: (pair[1].value, pair[0]))


def _row(one: Elasticity) -> tuple[str, str, int, int]:
    return f"{one.value:.2f}", f"{one.low:.2f} to {one.high:.2f}", one.weeks, one.cells


def whole_weeks(asked: Frame) -> tuple[Window, int]:
    """The whole weeks of the question up to its last day that is over, within the data.

    Raises:
        NoDataError: there is not even one.
    """
    first = max(asked.start_on, min(store.first_on for store in asked.stores.stores if store.first_on))
    last = min(asked.end_on, max(store.last_on for store in asked.stores.stores if store.last_on))
    if asked.unfinished():
        last = min(last, min(period.end_on for period in asked.without_today().periods.values()))
    weeks = ((last - first).days + 1) // WEEK_DAYS
    if weeks < 1:
        raise NoDataError(f"There is no whole week of sales for {asked.stores.label} {asked.when}.")
    return Window(asked.stores.ids, last - timedelta(days=weeks * WEEK_DAYS - 1), last), weeks


def _cells(rows: Sequence[Mapping[str, Any]]) -> list[Cell]:
    return [
        Cell((row["variant_id"], row["store_id"]), row["week"], row["net"] / row["units"], row["units"], row["others"])
        for row in rows
    ]


def _estimate(asked: Frame, rows: Sequence[Mapping[str, Any]], label: str) -> Elasticity:
    try:
        return estimate(_cells(rows))
    except TooThinError as error:
        raise NoDataError(
            f"No elasticity of {label} can be had {asked.when}, {asked.stores.label}: {error}. Ask about its category"
            " or"
            " a longer period."
        ) from error


def _by_product(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, Elasticity]]:
    """The products that can carry an estimate of their own, most sensitive first."""
    each: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        each.setdefault(row["variant_id"], []).append(row)
    found = []
    for variant_id, own in each.items():
        try:
            found.append((variant_id, estimate(_cells(own))))
        except TooThinError:
            continue
    return sorted(found, key=lambda pair: pair[1].value)


def _headline(asked: Frame, whole: Elasticity) -> str:
    return (
        f"Price elasticity{asked.subject}: {whole.value:.2f} (95 % interval {whole.low:.2f} to {whole.high:.2f}),"
        f" {asked.stores.label}, {asked.when}: {_meaning(whole)}."
    )


def _meaning(whole: Elasticity) -> str:
    if whole.high < 0:
        more = whole.change_of_units(-0.1) * 100
        return f"a price 10 % lower went with about {more:.0f} % more units"
    if whole.low > 0:
        return "units rose with the price, so something else moved both; do not steer by it"
    return "the interval includes 0, so no answer of units to the price can be told"


def _taken(part: Part, rows: Sequence[Mapping[str, Any]]) -> str:
    """Which products of several carry the estimate; nothing where one was named."""
    if len(part.only.variants) == 1:
        return ""
    taken, could = len({row["variant_id"] for row in rows}), int(rows[0]["regulars"])
    if taken < could:
        return f" of the {taken} best-selling of {counted(could, 'product')} that sold in three of four weeks"
    return f" of {counted(taken, 'product')} that sold in three of four weeks"


def _sentences(
    whole: Elasticity, taken: str, single: Sequence[tuple[str, Elasticity]], context: ToolContext
) -> list[str]:
    if whole.high < -1:
        said = ["Elastic: lower prices brought in more net sales, though not necessarily more margin."]
    elif whole.low > -1 and whole.high < 0:
        said = ["Inelastic: lower prices brought in less net sales."]
    else:
        said = []
    said.append(
        f"From {counted(whole.cells, 'store-week')}{taken}, in {whole.weeks} weeks, log units on log net price with"
        f" {whole.method}, errors clustered by week."
    )
    if len(single) > 1:
        known = lookup([variant for variant, _ in single[:3]], context)
        named = "; ".join(
            f"{known[variant].name if variant in known else variant} {one.value:.2f}" for variant, one in single[:3]
        )
        said.append(f"Most sensitive: {named}.")
    return said


def _figures(asked: Frame, whole: Elasticity, change_pct: float | None) -> list[Figure]:
    common = (asked.stores.ids, asked.start_on, asked.end_on)
    group = dict(asked.group)
    supposed = []
    if change_pct and whole.high < 0:
        units = units_pct(whole.value, change_pct / 100)
        at = {**group, "price_change_pct": f"{change_pct:g}"}
        supposed = [Figure("units_change", f"{units:.1f}", "%", *common, at)]
    return [
        *supposed,
        Figure("price_elasticity", f"{whole.value:.3f}", "ratio", *common, group),
        Figure("price_elasticity", f"{whole.low:.3f}", "ratio", *common, {**group, "part": "low"}),
        Figure("price_elasticity", f"{whole.high:.3f}", "ratio", *common, {**group, "part": "high"}),
        Figure("units_change_at_10_pct_lower_price", f"{whole.change_of_units(-0.1) * 100:.1f}", "%", *common, group),
    ]


def _table(single: Sequence[tuple[str, Elasticity]], context: ToolContext) -> Table:
    known = lookup([variant for variant, _ in single], context)
    body = [(known[variant].name if variant in known else variant, *_row(one)) for variant, one in single]
    return Table(tuple(TableColumn(*pair) for pair in (("Product", "text"), *_COLUMNS)), body)


def _follow_ups(asked: Frame) -> tuple[str, ...]:
    same = asked.same_part_and_stores
    asks = [f"Promotion lift{same} last month"]
    if asked.part and not asked.part.only.variants:
        asks.append(f"What is the optimal discount depth{same}?")
    return (*asks, f"Net sales last week by day{same}")
