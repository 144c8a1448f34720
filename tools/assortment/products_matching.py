"""Products that meet several conditions at once: what earns much and sells little, what sells well and is gone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from tools.against import against_each, periods_of, span_of
from tools.amounts import figure
from tools.analysis.calendar import Period
from tools.assortment.matching_shown import Made, chart, figures, headline, rules, sentences, table
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.frame import Frame, caveats, coverage, frame, one_currency, provenance, require_sales
from tools.identity import spans_platforms
from tools.metrics import METRICS
from tools.metrics.matching_query import (
    GROWTH,
    LEAST_SALES,
    PLACED,
    RATES,
    Holds,
    Sought,
    Spans,
    Test,
    build_matching,
)
from tools.part import DEPARTMENT_HELP, part_of
from tools.products import unnamed
from tools.promotions.running import require_plans
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.search import lookup
from tools.stock.frame import StockFrame, stock_caveats, stock_frame
from tools.wording import span

FigureName = Literal[
    "net_sales", "units", "gross_margin", "gross_margin_pct", "discounts", "discount_rate", "returns", "refund_rate",
    "average_selling_price", "growth", "on_hand", "days_of_stock", "stock_value", "stores_out",
]  # fmt: skip
_FALLING = frozenset({"low", "bottom", "below", "at_most"})
_SALES = frozenset({"net_sales", "units"})
_BEFORE = "the period before"


class Condition(Arguments):
    """One condition on a product."""

    figure: FigureName = Field(
        description=(
            "Which figure. growth: net sales against the period before, in per cent; days_of_stock: days of cover;"
            " stock_value: at cost; stores_out: stores in which it is out of stock, so at_least 1 is “out of stock”."
        )
    )
    holds: Holds = Field(
        description=(
            "high or low: the top or lowest quarter of the products that sold; top or bottom: among the first or last"
            " so many; above, at_least, below, at_most: against the number."
        )
    )
    number: Decimal | None = Field(
        default=None, description="Money in major units, shares in per cent, days, pieces; for top and bottom a count."
    )

    @model_validator(mode="after")
    def _complete(self) -> Condition:
        if self.holds in ("high", "low"):
            if self.number is not None:
                raise ValueError("high and low take no number; use above, at_least, below or at_most")
        elif self.number is None or not self.number.is_finite() or abs(self.number) > 10**12:
            raise ValueError(f"“{self.holds}” needs a number")
        elif self.holds in ("top", "bottom") and not 1 <= self.number <= 10_000:
            raise ValueError("top and bottom take a count from 1 to 10,000")
        return self


class ProductsMatchingArguments(Arguments):
    """Arguments of ``products_matching``."""

    conditions: tuple[Condition, ...] = Field(max_length=4, description="Up to four, all of which must hold.")
    promoted: bool | None = Field(
        default=None, description="true: only what is on promotion today; false: only what is not. Leave out otherwise."
    )
    period: str = Field(default="last 4 weeks", max_length=120, description="Of the sales, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    rank_by: FigureName | None = Field(default=None, description="What puts them in order; left out, net sales mostly.")
    beside: tuple[FigureName, ...] = Field(
        default=(), max_length=4, description="Further figures to tell of each product, without a condition on them."
    )
    order: Literal["top", "bottom"] | None = Field(default=None, description="Most first, or least.")
    limit: int = Field(default=10, ge=1, le=50, description="How many are listed, 1 to 50.")

    @model_validator(mode="after")
    def _enough(self) -> ProductsMatchingArguments:
        if not self.conditions and self.promoted is None:
            raise ValueError("give at least one condition")
        return self


@tool()
def products_matching(arguments: ProductsMatchingArguments, context: ToolContext) -> ToolResult:
    """Products that meet up to four conditions at once, each a figure that is high, low or beyond a number.

    Use it for “high margin but low sales”, “best sellers that are out of stock” (net_sales high, stores_out at_least
    1), “our 10 best sellers and their stock” (net_sales top 10, beside on_hand and days_of_stock), “trending up and low
    on stock” (growth above 0, days_of_stock at_most 7), “selling well but discounted a lot”, “on promotion and out of
    stock” (promoted), “products with more than 30 % margin and under 10 units sold”. The answer says what high and low
    meant. One condition alone is ``top_products``, ``count_over_amount`` or a stock tool.
    """
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, None)
    asked = replace(asked, part=part_of(None, arguments.department, asked.stores, context))
    days, covered = coverage(asked, asked.windows())
    require_sales(asked, days)
    sought = _sought(arguments)
    stock = _stock(arguments, context, sought)
    before, earlier = _before(asked, sought)
    store = asked.stores.stores[0]
    if sought.promoted is not None:
        require_plans((store.today(asked.now), store.today(asked.now)), context)
    statement = build_matching(
        Spans(asked.windows(), asked.windows(before) if before else (), stock.windows if stock else ()),
        sought,
        context.scope,
        at=asked.now,
        today=store.today(asked.now),
        exponent=asked.exponent,
        only=asked.part.only if asked.part else None,
        by_item=spans_platforms(asked.stores),
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    fitting = [row for row in rows if row["fits"]]
    known = lookup([row["variant_id"] for row in fitting], context)
    named = [(known.get(row["variant_id"]) or unnamed(row["variant_id"]), row) for row in fitting]
    made = Made(asked, stock, sought, named, rows[0] if rows else {}, earlier)
    metrics = [METRICS[name] for name in dict.fromkeys(("net_sales", "units", *sought.figures)) if name in METRICS]
    first = headline(made)
    return ToolResult(
        headline=first,
        text=" ".join([first, *rules(made), *sentences(made)]),
        figures=(figure(asked, "products", made.found, "count"), *figures(made)),
        table=table(made) if named else None,
        chart=chart(made),
        caveats=(*_remarks(made), *caveats(asked, metrics, days), *(stock_caveats(stock) if stock else ())),
        follow_ups=_follow_ups(made),
        provenance=provenance(
            asked, metrics, [statement, covered], min((one.start_on for one in (before or {}).values()), default=None)
        ),
    )


def _sought(arguments: ProductsMatchingArguments) -> Sought:
    """The conditions, with the fewest sales and the order where none was asked for.

    Raises:
        BadArgumentError: the same condition twice.
    """
    tests = tuple(Test(one.figure, one.holds, one.number) for one in arguments.conditions)
    if len({(test.figure, test.holds) for test in tests}) < len(tests):
        raise BadArgumentError("Two of the conditions are of the same figure and kind; give each once.")
    judged = any(test.figure == GROWTH or (test.figure in RATES and test.holds in PLACED) for test in tests)
    rank_by, falling = str(arguments.rank_by or "net_sales"), False
    # A rate of one sale puts nothing in order.
    others = [t for t in tests if t.figure not in _SALES and (t.figure not in RATES or t.holds in PLACED)]
    if not arguments.rank_by and others and any(t.figure in _SALES and t.holds in _FALLING for t in tests):
        rank_by, falling = others[0].figure, others[0].holds in _FALLING
        rank_by = "stock_value" if rank_by == "on_hand" else rank_by
    down = arguments.order != "bottom" if arguments.order else not falling
    least = LEAST_SALES if judged else 0
    return Sought(tests, arguments.promoted, rank_by, down, arguments.limit, least, arguments.beside)


def _stock(arguments: ProductsMatchingArguments, context: ToolContext, sought: Sought) -> StockFrame | None:
    """The frame of the levels, and of the 28 days cover is measured over, where the stock matters."""
    return stock_frame(arguments.stores, context, department=arguments.department) if sought.of_stock else None


def _before(asked: Frame, sought: Sought) -> tuple[dict[str, Period] | None, str]:
    """The period before in each store, and how to speak of it; nothing where growth is not asked for."""
    if GROWTH not in sought.figures:
        return None, ""
    against = against_each(asked, _BEFORE)
    return periods_of(against), span(*span_of(against))


def _remarks(made: Made) -> list[str]:
    """What the conditions leave open."""
    said = []
    names = made.sought.figures
    if any("cost" in METRICS[name].sources for name in names if name in METRICS):
        said.append("Products of wholly unknown cost have no margin and meet no condition on it.")
    if "units" in names or "average_selling_price" in names:
        said.append("Goods not sold by the piece have no units and meet no condition on them.")
    if any(name in names for name in ("returns", "refund_rate")):
        said.append("Returns are known where the till reports them.")
    if made.sought.of_stock:
        said.append("Stock is what the levels say now, sales are of the period; goods without a level are left out.")
    if made.sought.promoted is not None:
        said.append("Promotions as they were planned, in any of the stores.")
    return said


def _follow_ups(made: Made) -> tuple[str, ...]:
    again, same = made.asked.when_again, made.asked.same_part_and_stores
    asks = [f"Top 10 products {again} by {'units' if made.sought.rank_by == 'net_sales' else 'net sales'}{same}"]
    if made.sought.of_stock:
        asks.append(f"What should I reorder{same}?")
    if any(name == "gross_margin_pct" for name in made.sought.figures):
        asks.append(f"Gross margin by category {again}{same}")
    return tuple(asks)
