"""What to mark down: stock that sells too slowly, how deep, and what that should bring; every step shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.analysis.markdown import Markdown, Rules, suggest
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, caveats, frame, one_currency, provenance
from tools.metrics import METRICS
from tools.metrics.markdowns_query import FEW, build_candidates
from tools.metrics.query import Window
from tools.part import PRODUCT_HELP, part_of
from tools.products import unnamed
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product, lookup
from tools.stock.excess import COVER_WEEKS, of_markdowns
from tools.stores import resolve_stores
from tools.wording import counted, listed, moment, money, span

RATE_WEEKS = 8
_MOST_NAMED = 3
_TWO = Decimal("0.01")


class MarkdownCandidatesArguments(Arguments):
    """Arguments of ``markdown_candidates``."""

    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “Harbor Point”."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(
        default=None, max_length=120, description="Only these departments or categories: “Deli”, “Produce and Meat”."
    )
    dead_only: bool = Field(default=False, description="Only dead stock: nothing sold in the last eight weeks.")
    cover_weeks: int = Field(
        default=COVER_WEEKS, ge=1, le=104, description="Stock beyond so many weeks of sales is too much."
    )
    clear_in_weeks: int = Field(default=8, ge=1, le=52, description="Weeks in which the stock shall be gone.")
    least_margin_pct: int = Field(
        default=0, ge=0, le=90, description="Least gross margin % that a marked-down price must leave; 0 is cost."
    )
    deepest_pct: int = Field(default=50, ge=5, le=90, description="Deepest markdown, in per cent.")
    assumed_elasticity: float = Field(
        default=-2.0,
        ge=-8,
        le=-1.05,
        allow_inf_nan=False,
        description="Assumed price elasticity; -2 means a price 10 % lower sells about 23 % more.",
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many rows, 1 to 50.")


@tool()
def markdown_candidates(arguments: MarkdownCandidatesArguments, context: ToolContext) -> ToolResult:
    """Which stock to mark down and how deep: weeks of cover, suggested depth, new price, margin and sell-through.

    Use it for “what should we mark down”, “suggest a markdown plan for my dead stock”, “what is overstocked in Deli”.
    The depth is computed from an assumed elasticity, which the answer states. It proposes nothing: to file one, the
    person says “mark down X by 20 %”.
    """
    chosen = resolve_stores(arguments.stores, context)
    last = [store.last_on for store in chosen.stores if store.last_on]
    if not last:
        raise NoDataError(f"There are no sales for {chosen.label} yet, so no rate of sale is known.")
    until = max(last)
    since = until - timedelta(days=7 * RATE_WEEKS - 1)
    asked = frame(f"from {since.isoformat()} to {until.isoformat()}", arguments.stores, context)
    asked = replace(asked, part=part_of(arguments.product, arguments.department, asked.stores, context))
    one_currency(asked, None)
    rules = Rules(
        arguments.clear_in_weeks,
        arguments.assumed_elasticity,
        Decimal(arguments.least_margin_pct),
        Decimal(arguments.deepest_pct),
    )
    statement = build_candidates(
        [Window(asked.stores.ids, since, until)],
        context.scope,
        now=asked.now,
        weeks=RATE_WEEKS,
        cover_weeks=arguments.cover_weeks,
        limit=arguments.limit,
        clear_weeks=arguments.clear_in_weeks,
        least_margin=arguments.least_margin_pct,
        only=asked.part.only if asked.part else None,
        unsold_only=arguments.dead_only,
    )
    cells = context.mirror.query(statement.sql, statement.params).dicts()
    if not cells:
        return _nothing(asked, arguments)
    rows = _rows(asked, [row for row in cells if not row["unmarked"]], rules)
    headline = _headline(asked, cells[0], rows, arguments)
    differs = of_markdowns(arguments.cover_weeks, dead_only=arguments.dead_only)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, cells[0], rows, rules), differs]),
        figures=tuple(_figures(asked, cells[0], rows)),
        table=_table(asked, rows) if rows else None,
        caveats=(*_caveats(asked, cells, rules), *caveats(asked, (METRICS["gross_margin"],))),
        follow_ups=_follow_ups(rows),
        provenance=provenance(asked, [METRICS["units"]], [statement]),
    )


def _nothing(asked: Frame, arguments: MarkdownCandidatesArguments) -> ToolResult:
    """Either no stock is recorded, which is refused, or none of it is too much, which is an answer."""
    known = asked.context.mirror.query(
        "SELECT COUNT(*) FROM inventory_level WHERE store_id IN (SELECT unnest(CAST($stores AS VARCHAR[])))",
        {"stores": list(asked.stores.ids)},
    ).rows[0][0]
    if not known:
        raise NoDataError(
            f"No stock levels are recorded for {asked.stores.label}. They come with the table inventory_level or from"
            " the"
            " point of sale; without them nothing can be called overstocked."
        )
    what = "dead stock" if arguments.dead_only else f"stock beyond {counted(arguments.cover_weeks, 'week')} of sales"
    headline = f"There is no {what}{asked.subject} at {asked.stores.label}: nothing to mark down."
    return ToolResult(headline=headline, text=headline, provenance=provenance(asked, [METRICS["units"]], []))


@dataclass(frozen=True, slots=True)
class _Row:
    """One product in one store with its suggestion; None where no price is known."""

    product: Product
    store_id: str
    store: str
    on_hand: Decimal
    weekly: Decimal
    days: int
    cover: Decimal | None
    last_on: Any
    price: Decimal | None
    cost: Decimal | None
    advice: Markdown | None


def _rows(asked: Frame, cells: Sequence[Mapping[str, Any]], rules: Rules) -> list[_Row]:
    variants = list(dict.fromkeys(row["variant_id"] for row in cells))
    known = lookup(variants, asked.context)
    made = []
    for row in cells:
        stock, weekly = Decimal(row["on_hand"]), Decimal(row["sold"]) * 7 / row["days"]
        price = row["unit_price"]
        advice = None
        if price is not None and price > 0:
            advice = suggest(stock, weekly, price, row["unit_cost"], rules, asked.exponent)
        made.append(
            _Row(
                known.get(row["variant_id"]) or unnamed(row["variant_id"]),
                row["store_id"],
                asked.stores.name(row["store_id"]),
                stock,
                weekly,
                int(row["days"]),
                stock / weekly if weekly > 0 else None,
                row["last_on"],
                price,
                row["unit_cost"],
                advice,
            )
        )
    return made


def _headline(
    asked: Frame, first: Mapping[str, Any], rows: Sequence[_Row], arguments: MarkdownCandidatesArguments
) -> str:
    tied, found = money(_excess(first), asked.currency), int(first["found"])
    pieces = f"{_pieces(first):,.0f} piece{'' if _pieces(first) == 1 else 's'}"
    what = (
        f"did not sell in the last {RATE_WEEKS} weeks"
        if arguments.dead_only
        else f"{'holds' if found == 1 else 'hold'} more than {counted(arguments.cover_weeks, 'week')} of sales"
    )
    top, cut = _first(rows), ""
    if top is not None and top.advice is not None and top.advice.depth > 0:
        cut = f" Mark down first: {top.product.name} at {top.store} by {top.advice.depth:.0f} %."
    return (
        f"{pieces}{asked.subject} too many, {asked.stores.label}: the excess cost {tied};"
        f" {counted(found, 'product')} in a store {what}.{cut}"
    )


def _first(rows: Sequence[_Row]) -> _Row | None:
    """The costliest that has room for a markdown; the costliest of all where no price is known."""
    return next((row for row in rows if row.advice is not None and row.advice.depth > 0), rows[0] if rows else None)


def _excess(first: Mapping[str, Any], of: str = "excess_cost") -> Decimal:
    """What the stock beyond the cover cost, in major units."""
    return (Decimal(first[of] or 0) / RATE_WEEKS).quantize(_TWO)


def _pieces(first: Mapping[str, Any]) -> Decimal:
    """Whole pieces beyond the cover."""
    return (Decimal(first["excess_units"]) / RATE_WEEKS).quantize(Decimal(1))


def _unmarked(asked: Frame, first: Mapping[str, Any]) -> list[str]:
    """How many have no markdown that makes sense, and what their excess cost."""
    number = int(first["without_markdown"])
    if not number:
        return []
    worth = money(_excess(first, "unmarked_cost"), asked.currency)
    verb = "is" if number == 1 else "are"
    why = "no markdown of 5 % or more leaves the least margin, or the stock sells out in time"
    return [f"{number:,} of them ({worth}) {verb} not listed: {why}."]


def _apart(asked: Frame, first: Mapping[str, Any]) -> list[str]:
    """How many stand last as they are a piece or two, or have never sold where they are."""
    number = int(first["set_apart"])
    if not number:
        return []
    worth = money(_excess(first, "apart_cost"), asked.currency)
    verb = "stands" if number == 1 else "stand"
    return [f"{number:,} of them ({worth}) {verb} last: {FEW} pieces or fewer, or never sold at the store."]


def _sentences(asked: Frame, first: Mapping[str, Any], rows: Sequence[_Row], rules: Rules) -> list[str]:
    top = _first(rows)
    if top is None:
        return _unmarked(asked, first)
    said = [_arithmetic(asked, top, rules)]
    rest = [
        f"{row.product.name} at {row.store} by {row.advice.depth:.0f} % to"
        f" {money(row.advice.new_price, asked.currency)}"
        for row in rows
        if row is not top and row.advice is not None and row.advice.depth > 0
    ][:_MOST_NAMED]
    if rest:
        said.append(f"Then {'; '.join(rest)}.")
    return [*(sentence for sentence in said if sentence), *_apart(asked, first), *_unmarked(asked, first)]


def _arithmetic(asked: Frame, row: _Row, rules: Rules) -> str:
    """Every step of the first suggestion, so that it can be checked by hand."""
    if row.advice is None or row.price is None:
        return f"{row.product.name} at {row.store} has no recorded price, so no depth can be suggested."
    one, price = row.advice, money(row.price.quantize(_TWO), asked.currency)
    cost = "unknown cost" if row.cost is None else f"cost {money(row.cost.quantize(_TWO), asked.currency)}"
    of = "" if one.depth > 0 else f", {row.product.name} at {row.store}"
    opening = f"How{of}: {_count(row.on_hand)} on hand, price {price}, {cost};"
    if one.multiple is None:
        since = f"{RATE_WEEKS} weeks" if row.days == 7 * RATE_WEEKS else counted(row.days, "day")
        middle = f" none sold in {since}, so {one.depth:.0f} % is {one.bound.value}"
    else:
        middle = (
            f" {row.weekly:.2f} sold a week, {row.cover:.1f} weeks of cover; to clear in {counted(rules.weeks, 'week')}"
            f" the rate must be {one.multiple:.1f} times as high; at an assumed elasticity of {rules.elasticity:g} that"
            f" is {one.depth:.0f} % ({one.bound.value})"
        )
    margin = "" if one.margin is None else f", margin {one.margin:.1f} %"
    ending = f": {money(one.new_price, asked.currency)}{margin}"
    if one.sell_through is not None:
        ending += f", about {one.sell_through:.0f} % of it sold in {counted(rules.weeks, 'week')}"
    return f"{opening}{middle}{ending}."


def _count(value: Decimal) -> str:
    return METRICS["units"].text(value) or "0"


def _caveats(asked: Frame, cells: Sequence[Mapping[str, Any]], rules: Rules) -> list[str]:
    said = [
        (
            f"The depth stands on an assumed price elasticity of {rules.elasticity:g}, not on a measured one, and on"
            " the rate of"
            f" the last {RATE_WEEKS} weeks ({span(asked.start_on, asked.end_on)}); when the stock arrived is not known."
            " An excess of less than one piece is none."
        )
    ]
    lately = [
        store
        for store in asked.stores.stores
        if store.first_on and asked.start_on < store.first_on <= asked.end_on
    ]  # fmt: skip
    if lately:
        begun = listed(
            [f"{store.name} on {span(store.first_on, store.first_on)}" for store in lately if store.first_on]
        )
        said.append(f"Sales begin within these weeks at {begun}; the rate there is of the days since.")
    without = int(cells[0]["without_cost"])
    if without:
        said.append(f"{counted(without, 'product')} of unknown cost stand last, and their excess is not in the sum.")
    state = asked.snapshot.sources.get("inventory")
    at = max((row["as_of_at"] for row in cells if row["as_of_at"]), default=None)
    if at is not None:
        said.append(f"Stock is as of {moment(at, asked.stores.stores[0].timezone)}.")
    if state is not None and state.simulated:
        note = state.note.strip().rstrip(".").removeprefix("simulated: ")
        said.append(f"Stock levels are simulated{f': {note}' if note else ''}.")
    return said


def _figures(asked: Frame, first: Mapping[str, Any], rows: Sequence[_Row]) -> list[Figure]:
    common = (asked.start_on, asked.end_on)
    made = [
        Figure("overstocked_products", str(int(first["found"])), "count", asked.stores.ids, *common, dict(asked.group)),
        Figure(
            "excess_stock_cost", f"{_excess(first):f}", asked.currency,
            asked.stores.ids, *common, dict(asked.group),
        ),
        Figure("excess_stock_units", f"{_pieces(first)}", "units", asked.stores.ids, *common, dict(asked.group)),
        Figure(
            "products_without_markdown", str(int(first["without_markdown"])), "count",
            asked.stores.ids, *common, dict(asked.group),
        ),
    ]  # fmt: skip
    for row in rows:
        group = {
            "product_id": row.product.product_id,
            "variant_id": row.product.variant_id,
            "product": row.product.name,
            "store": row.store_id,
        }
        of_row = ((row.store_id,), *common, group)
        made.append(Figure("on_hand", _count(row.on_hand), "units", *of_row))
        if row.cover is not None:
            made.append(Figure("weeks_of_cover", f"{row.cover:.1f}", "weeks", *of_row))
        if row.advice is not None:
            made.append(Figure("suggested_markdown", f"{row.advice.depth:.0f}", "%", *of_row))
            made.append(Figure("suggested_price", f"{row.advice.new_price:f}", asked.currency, *of_row))
    return made


def _table(asked: Frame, rows: Sequence[_Row]) -> Table:
    names = (
        ("Product", "text"),
        ("Store", "text"),
        ("On hand", "units"),
        ("Sold a week", "units"),
        ("Weeks of cover", "weeks"),
        ("Last sold", "date"),
        ("Price", asked.currency),
        ("Unit cost", asked.currency),
        ("Suggested markdown", "%"),
        ("New price", asked.currency),
        ("Margin after", "%"),
        ("Expected sell-through", "%"),
        ("Why this depth", "text"),
    )
    body: list[tuple[str | int | None, ...]] = []
    for row in rows:
        one = row.advice
        body.append(
            (
                row.product.name,
                row.store,
                _count(row.on_hand),
                f"{row.weekly:.2f}",
                None if row.cover is None else f"{row.cover:.1f}",
                row.last_on.isoformat() if row.last_on else None,
                None if row.price is None else f"{row.price:.{asked.exponent}f}",
                None if row.cost is None else f"{row.cost:.{asked.exponent}f}",
                None if one is None else f"{one.depth:.0f}",
                None if one is None else f"{one.new_price:f}",
                None if one is None or one.margin is None else f"{one.margin:.1f}",
                None if one is None or one.sell_through is None else f"{one.sell_through:.0f}",
                "no price recorded" if one is None else one.bound.value,
            )
        )
    return Table(tuple(TableColumn(*pair) for pair in names), body)


def _follow_ups(rows: Sequence[_Row]) -> tuple[str, ...]:
    told = [row for row in rows if row.advice is not None and row.advice.depth > 0]
    asks = [
        f"Mark down {row.product.name} by {row.advice.depth:.0f} % at {row.store}" for row in told[:2] if row.advice
    ]
    if told:
        asks.append(f"What is the price elasticity in “{told[0].product.category}”?")
    return tuple(asks)
