"""What promotions did: lift against a counterfactual, and what it cost in margin, later and next to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field

from tools.analysis.lift import FEW_PRODUCTS, LEAST_BASE_DAYS, LEAST_UNITS, Lift
from tools.context import ToolContext
from tools.errors import BadArgumentError, ClarifyError, NoDataError
from tools.frame import Frame, caveats, frame, one_currency, provenance
from tools.metrics import METRICS
from tools.metrics.promotion_items_query import Span, build_baskets, build_promotions, build_spells
from tools.metrics.promotions_query import build_daily, build_lift
from tools.metrics.query import Statement, Window
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, Part, part_of
from tools.promotions.answer import (
    Measured,
    Rows,
    Side,
    control_units,
    headline,
    measure,
    own_lift,
    own_side,
    sentences,
)
from tools.promotions.lift_shown import figures, follow_ups, table
from tools.promotions.ranking import cut, in_order, money_first, ranking
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.stores import resolve_stores
from tools.wording import counted, listed, span

BASE_DAYS = 28
MOST_AFTER = 14
RECENT_DAYS = 56
METHOD = (
    "Expected is what the same products sold on days without a promotion in the four weeks before, moved by how"
    " products without any promotion went meanwhile (difference in differences). Products promoted all the time are"
    " left out,"
    " and a season of their own counts as lift."
)


INTERVAL_OF_SALES = "The interval of the extra net sales takes them to be as uncertain as the units."


class PromotionLiftArguments(Arguments):
    """Arguments of ``promotion_lift``."""

    period: str | None = Field(
        default=None,
        max_length=120,
        description="When they ran, in the asker's own words. Leave out for the dates of the promotion named.",
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “Harbor Point”."
    )
    promotion: str | None = Field(
        default=None, max_length=120, description="One promotion by its name or id. Leave out for all of them."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["promotion", "support", "display", "mailer", "department", "category", "brand", "store"] | None = Field(
        default=None,
        description="support compares display with mailer and both; display and mailer go by their types.",
    )
    rank_by: Literal["lift", "net_sales", "units", "margin", "roi"] = Field(
        default="lift",
        description=(
            "What leads, and the order with by: net_sales or units above expectation; margin for money lost or made,"
            " roi for the return on the discounts."
        ),
    )
    order: Literal["top", "bottom"] = Field(default="top", description="With by: the largest first, or the smallest.")
    limit: int | None = Field(default=None, ge=1, le=100, description="With by: only so many parts.")


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured of the promotions asked for: the days, all promotions known, and those of them it is about.

    ``names`` are those of single promotions that were asked for.
    """

    asked: Frame
    found: Measured
    days: Span
    known: Rows
    named: Rows
    statements: tuple[Statement, ...]
    names: tuple[str, ...] = ()

    @property
    def later_than_asked(self) -> bool:
        """Whether it begins after the question does, as no earlier promotions, or no sales before them, are known."""
        return self.days.start_on > self.asked.start_on

    def caveats(self) -> list[str]:
        """What limits these figures."""
        said = _caveats(self.days, self.known, self.named, self.found)
        if self.later_than_asked:
            told = span(self.days.start_on, self.days.end_on)
            why = f"promotions must be recorded, and {LEAST_BASE_DAYS} days of sales lie before"
            said.insert(0, f"Only {told} is told: {why}.")
        return [*said, *caveats(self.asked, (METRICS["gross_margin"],))]


@tool()
def promotion_lift(arguments: PromotionLiftArguments, context: ToolContext) -> ToolResult:
    """Whether promotions worked: units and net sales against what would have been sold without, with an interval.

    Use it for “did the promotion on X work”, “promo lift last month”, “display versus mailer”, “what did promotions
    earn” (rank_by margin), “which promotions lost money” (by promotion, rank_by margin), “top 3 stores by incremental
    revenue” (by store, rank_by net_sales), “how often did promotions cannibalise” (by category). It also tells the
    margin effect and return on the discounts, whether sales dipped afterwards (pull-forward), whether neighbours lost
    (cannibalisation; by department, category or store of each) and what else was in the baskets. It refuses where too
    little was sold. How the lift itself changed from one period to another is ``lift_change``.
    """
    measurement = measured(arguments, context)
    asked, found = measurement.asked, measurement.found
    all_parts = len(found.parts)
    if arguments.by and (arguments.rank_by != "lift" or arguments.order == "bottom" or arguments.limit):
        found = replace(found, parts=in_order(found.parts, arguments.rank_by, arguments.order, arguments.limit))
    first = headline(asked, found, measurement.names)
    ranked = [] if arguments.by else money_first(asked, found, measurement.names, arguments.rank_by)
    shown: list[str] = []
    if arguments.by is not None:
        ranked = ranking(asked, found, arguments.by, arguments.rank_by, arguments.order)
        shown = cut(arguments.by, arguments.limit, all_parts)
    return ToolResult(
        headline=ranked[0] if ranked else first,
        text=" ".join([*ranked, first, *shown, *sentences(asked, found, arguments.by, arguments.order)]),
        figures=tuple(figures(asked, found, arguments.by)),
        table=table(asked, found, arguments.by),
        caveats=(*measurement.caveats(), INTERVAL_OF_SALES),
        follow_ups=follow_ups(asked, arguments.by),
        provenance=provenance(
            asked,
            [METRICS[name] for name in ("units", "net_sales", "gross_margin", "discounts")],
            measurement.statements,
            measurement.days.base_on,
        ),
    )


def measured(arguments: PromotionLiftArguments, context: ToolContext) -> Measurement:
    """The measures of the promotions that the arguments name.

    Raises:
        NoDataError: no promotion is recorded, or too little was sold to tell a lift.
    """
    chosen = resolve_stores(arguments.stores, context)
    listing = build_promotions(chosen.ids, context.scope)
    known = context.mirror.query(listing.sql, listing.params).dicts()
    if not known:
        raise NoDataError(
            f"No promoted products are recorded for {chosen.label}. They come with the table promotion_item: which"
            " product, which store, from when to when, with which display or mailer."
        )
    if arguments.product and not arguments.promotion and _is_named(arguments.product, known):
        # “The Halloween promotion” names a promotion in words that might have been a product's.
        arguments = arguments.model_copy(update={"promotion": arguments.product, "product": None})
    part = part_of(arguments.product, arguments.department, chosen, context)
    named = _named(arguments.promotion, known)
    asked = _asked(arguments, named, part, known, context)
    one_currency(asked, None)
    begin = _recorded_from(known)
    days, windows = _days(asked, begin)
    if begin is not None and days.end_on < begin:
        raise NoDataError(
            f"Promotions are recorded from {span(begin, begin)} on, so what was promoted {asked.when} is not known and"
            " no lift of it can be told."
        )
    options: dict[str, Any] = {
        "promotions": [row["promotion_id"] for row in named] if arguments.promotion else (),
        "only": part.only if part else None,
    }
    limits: dict[str, Any] = {
        "after_days": min((days.end_on - days.start_on).days + 1, MOST_AFTER),
        "least_days": LEAST_BASE_DAYS,
    }
    whole_statement = build_lift(windows, days, context.scope, by=arguments.by, **options, **limits)
    rows = context.mirror.query(whole_statement.sql, whole_statement.params).dicts()
    statements = [listing, whole_statement]
    if arguments.by is not None:
        # Parts overlap where a product is in two of them, so the whole is asked for, never added up.
        statement = build_lift(windows, days, context.scope, by=None, **options, **limits)
        statements.append(statement)
        whole = context.mirror.query(statement.sql, statement.params).dicts()
    else:
        whole = rows
    daily = _daily(whole, windows, days, context, options, limits, statements)
    baskets_statement = build_baskets(windows, days, context.scope, **options)
    baskets = context.mirror.query(baskets_statement.sql, baskets_statement.params).dicts()
    statements.append(baskets_statement)
    side, lift = _enough(asked, whole, daily)
    found = measure(
        side, lift, whole, rows if arguments.by else (), daily, baskets,
        _titles(asked, known, arguments.by), _dated(known, arguments.by),
    )  # fmt: skip
    names = tuple(row["name"] for row in named) if arguments.promotion else ()
    return Measurement(asked, found, days, known, named, tuple(statements), names)


def _is_named(phrase: str, known: Rows) -> bool:
    said = phrase.strip().lower()
    return any(said in row["name"].lower() and row["name"] != row["promotion_id"] for row in known)


def _named(phrase: str | None, known: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    if not phrase:
        return list(known)
    said = phrase.strip().lower()
    exact = [row for row in known if said in (row["promotion_id"].lower(), row["name"].lower())]
    found = exact or [row for row in known if said in row["name"].lower()]
    if not found:
        names = listed([row["name"] for row in known], "or", most=10)
        raise BadArgumentError(f"There is no promotion “{phrase.strip()[:60]}”. There is {names}.")
    if len(found) > 1:
        options = [row["name"] for row in found]
        raise ClarifyError(f"“{phrase.strip()[:60]}” fits {listed(options)}. Which one do you mean?", options[:5])
    return found


def _asked(
    arguments: PromotionLiftArguments,
    named: Sequence[Mapping[str, Any]],
    part: Part | None,
    known: Sequence[Mapping[str, Any]],
    context: ToolContext,
) -> Frame:
    """The frame: the period said, else the dates of the promotion, else those of the last weeks on record."""
    if arguments.period:
        return replace(frame(arguments.period, arguments.stores, context), part=part)
    stores = resolve_stores(arguments.stores, context)
    last = max((store.last_on for store in stores.stores if store.last_on), default=None)
    if last is None:
        raise NoDataError(f"There are no sales for {stores.label} yet.")
    if arguments.promotion:
        start, end = named[0]["starts_on"], named[0]["ends_on"]
        if start is None:
            raise NoDataError(
                f"The start of {named[0]['name']} is not recorded, so what was sold before it is not known and there is"
                " nothing to measure a lift against."
            )
    else:
        statement = build_spells(
            stores.ids, context.scope, last - timedelta(days=RECENT_DAYS if part else BASE_DAYS - 1), last,
            part.only if part else None,
        )  # fmt: skip
        start, end = context.mirror.query(statement.sql, statement.params).rows[0]
    if start is None or start > last:
        what = named[0]["name"] if arguments.promotion else (part.label if part else "anything")
        dated = [row for row in known if row["starts_on"] is not None]
        until = max((row["ends_on"] or last for row in dated), default=last)
        recorded = (
            f"promotions are recorded from {span(min(row['starts_on'] for row in dated), until)}"
            if dated
            else "the start of none that is recorded is known"
        )
        raise NoDataError(
            f"No promotion of {what} has begun at {stores.label} in the last {RECENT_DAYS} days with sales; {recorded}."
        )
    return replace(
        frame(f"from {start.isoformat()} to {min(end or last, last).isoformat()}", arguments.stores, context), part=part
    )


def _days(asked: Frame, begin: date | None) -> tuple[Span, list[Window]]:
    """The question's days that are over, the four weeks before and as long again after, within the data.

    They start where promotions are recorded from and sales lie before: what was sold long before says little of them.
    """
    first = min(store.first_on for store in asked.stores.stores if store.first_on)
    last = max(store.last_on for store in asked.stores.stores if store.last_on)
    if asked.unfinished():
        last = min(last, min(period.end_on for period in asked.without_today().periods.values()))
    end = min(asked.end_on, last)
    start = max(asked.start_on, min(max(first + timedelta(days=LEAST_BASE_DAYS), begin or first), end))
    base = max(start - timedelta(days=BASE_DAYS), first)
    if end < start or (start - base).days < LEAST_BASE_DAYS:
        raise NoDataError(
            f"A lift needs whole days of the promotion and at least {LEAST_BASE_DAYS} days of sales before it; sales of"
            f" {asked.stores.label} are known from {span(first, last)}."
        )
    length = min((end - start).days + 1, MOST_AFTER)
    after = max(min(end + timedelta(days=length), last), end)
    return Span(base, start, end, after), [Window(asked.stores.ids, base, after)]


def _daily(
    whole: Sequence[Mapping[str, Any]],
    windows: Sequence[Window],
    days: Span,
    context: ToolContext,
    options: Mapping[str, Any],
    limits: Mapping[str, Any],
    statements: list[Statement],
) -> list[Mapping[str, Any]]:
    """Sales by day, which only a promotion of few products, or with few beside it, needs."""
    if not any(0 < int(row["n"]) < FEW_PRODUCTS for row in whole if row["kind"] not in ("control", "new")):
        return []
    statement = build_daily(windows, days, context.scope, **options, **limits)
    statements.append(statement)
    return list(context.mirror.query(statement.sql, statement.params).dicts())


def _titles(asked: Frame, known: Rows, by: str | None) -> Mapping[str, str]:
    """Names for parts that figures carry by an id."""
    if by == "store":
        return {store.store_id: store.name for store in asked.stores.stores}
    return {row["promotion_id"]: row["name"] for row in known} if by == "promotion" else {}


def _dated(known: Rows, by: str | None) -> Mapping[str, str]:
    """Promotions with their dates, as a name such as “W41” says nothing to a person."""
    if by != "promotion":
        return {}
    return {
        row["promotion_id"]: f"{row['name']} ({span(row['starts_on'], row['ends_on'])})"
        for row in known
        if row["starts_on"] and row["ends_on"]
    }


def _enough(asked: Frame, whole: Rows, daily: Rows) -> tuple[Side, Lift]:
    """What was sold and the lift, refusing to name one that would be noise.

    Raises:
        NoDataError: as said, with what there is.
    """
    side, lift = own_side(whole), own_lift(whole, daily)
    if side is None:
        raise NoDataError(
            f"No product{asked.subject} was on promotion at {asked.stores.label} {asked.when} that also sold on days"
            " without a promotion in the four weeks before, so there is nothing to measure a lift against."
        )
    if lift is None or min(side.expected_units, float(side.units)) < LEAST_UNITS:
        raise NoDataError(
            f"Too little was sold to measure a lift{asked.subject} {asked.when}: {side.units:,.0f} units against"
            f" {side.expected_units:,.0f} expected, and at least {LEAST_UNITS:.0f} of both are needed. Ask about a"
            " department, more stores or a longer period."
        )
    if control_units(whole) < 4 * LEAST_UNITS:
        raise NoDataError(
            "Hardly anything was sold without a promotion in that time, so there is no control group and no lift is"
            " given."
        )
    return side, lift


def _starts_later(row: Mapping[str, Any], days: Span) -> bool:
    return row["starts_on"] is not None and row["starts_on"] > days.end_on


def _recorded_from(known: Rows) -> date | None:
    return min((row["starts_on"] for row in known if row["starts_on"] is not None), default=None)


def _caveats(days: Span, known: Rows, named: Rows, found: Measured) -> list[str]:
    said = [METHOD]
    recorded = _recorded_from(known)
    undated = [f"{row['name']} ({counted(int(row['undated']), 'product')})" for row in named if row["undated"]]
    if undated:
        said.append(f"Left out, as their start and so what was sold before is not known: {listed(undated)}.")
    if endless := [row["name"] for row in named if row["ends_on"] is None and not _starts_later(row, days)]:
        said.append(f"Without a recorded end, and taken as running on: {listed(endless)}.")
    if recorded is not None and days.base_on < recorded:
        said.append(
            f"Promotions are recorded from {span(recorded, recorded)} on: what was promoted before is not known, so"
            " days"
            " before may hold promotions and the lift may be too low."
        )
    if days.after_on <= days.end_on:
        said.append(
            "There are no days after the promotion yet, so whether sales dipped afterwards is not known."
            if found.later is None
            else "Afterwards is of what came off promotion before the end of the period; the rest has no days after it."
        )
    if found.new_goods:
        said.append(
            f"{counted(found.new_goods, 'product')} left out as new: first sold fewer than {LEAST_BASE_DAYS} days"
            " before, so there is little or nothing to hold the promotion against."
        )
    if found.whole.roi is not None:
        said.append("What suppliers pay towards promotions is not recorded: the return is before any such part.")
    said.append(f"The 95 % interval is taken over {found.lift.count:,} {found.lift.over} as independent pieces.")
    return said
