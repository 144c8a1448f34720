"""Which promotions and campaigns start (or end) on some days: next week, from tomorrow on, in January."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from pydantic import Field

from tools.analysis.business_day import business_date
from tools.analysis.calendar import PeriodError, day_text
from tools.analysis.outlook import coming_span
from tools.analysis.periods import resolve_period
from tools.calendars import WEEK_START, period_for
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.coupons_query import build_campaigns
from tools.metrics.query import Statement
from tools.metrics.starting_query import KNOWN_DAYS, WITHOUT_GOODS, build_starting
from tools.part import DEPARTMENT_HELP
from tools.promotions.campaigns import Campaign
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.stock.frame import STORES_HELP, StockFrame, simulated, stock_frame, stock_provenance
from tools.wording import counted, span

_NAMED = 4


class OffersStartingArguments(Arguments):
    """Arguments of ``offers_starting``."""

    period: str | None = Field(
        default=None,
        max_length=120,
        description="On which days, in the asker's own words: “next week”. Leave out for all from tomorrow on.",
    )
    kind: Literal["all", "promotions", "campaigns"] = Field(default="all", description="Which were asked for.")
    edge: Literal["start", "end"] = Field(default="start", description="Those that start, or that end, on these days.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    limit: int = Field(default=20, ge=1, le=100, description="How many rows.")
    order: Literal["soonest", "latest"] = Field(default="soonest", description="The soonest first, or the latest.")


@dataclass(frozen=True, slots=True)
class _Offer:
    """One promotion or campaign; ``products`` is None where it does not say of what."""

    kind: str
    ident: str
    name: str
    starts_on: date | None
    ends_on: date | None
    products: int | None = None
    stores: int | None = None
    support: str = ""


@tool()
def offers_starting(arguments: OffersStartingArguments, context: ToolContext) -> ToolResult:
    """Promotions and campaigns that start (or end) on some days: upcoming offers, what begins next week.

    Use it for “which promotions start next week”, “upcoming offers”, “which campaigns are planned”, “when does the next
    promotion start”, “which promotions started yesterday”, “which promotions end this week” (edge end). What is on
    promotion on a day, product by product, is ``promotions_running``; what past campaigns reached is
    ``campaign_facts``.
    """
    asked = stock_frame(arguments.stores, context, department=arguments.department, needs_levels=False)
    days, label = _days(arguments, asked)
    wants = "promotions" if asked.only and arguments.kind == "all" else arguments.kind
    found: list[_Offer] = []
    statements: list[Statement] = []
    if wants != "campaigns":
        statement = build_starting(asked.stores.ids, context.scope, arguments.edge, days, asked.only)
        bare = Statement(WITHOUT_GOODS, {})
        statements += [statement, bare]
        found += [_of_goods(row) for row in context.mirror.query(statement.sql, statement.params).dicts()]
        if asked.only is None:
            found += _without_goods(asked, context.mirror.query(bare.sql, bare.params).dicts())
    campaigns = build_campaigns()
    known = [Campaign(*row) for row in context.mirror.query(campaigns.sql, campaigns.params).rows]
    if wants != "promotions":
        statements.append(campaigns)
        found += [_Offer("Campaign", one.campaign_id, one.name, one.starts_on, one.ends_on) for one in known]
    found = sorted(
        (one for one in found if _within(one, arguments.edge, days)),
        key=lambda one: (_edge(one, arguments.edge) or date.max, one.kind, one.ident),
        reverse=arguments.order == "latest",
    )
    if not found:
        _require_any(wants, known, context)
    first = _headline(asked, found, wants, arguments.edge, label)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(found, wants, arguments, known, context)]),
        figures=tuple(_figures(asked, found, days, wants)),
        table=_table(found[: arguments.limit]) if found else None,
        caveats=(
            "As it is planned in the data; what is not entered yet is not known.",
            *(["Campaigns are not of one department and are left out."] if wants != arguments.kind else []),
            *simulated(asked.asked, ("promotion",)),
        ),
        follow_ups=(f"What is on promotion this week{asked.asked.same_part_and_stores}?",),
        provenance=stock_provenance(asked, ("offers",), statements, ("promotion", "campaign")),
    )


def _days(arguments: OffersStartingArguments, asked: StockFrame) -> tuple[tuple[date, date | None], str]:
    """The days meant, and how to speak of them; without a period those from tomorrow (of ends: from today) on."""
    store = asked.stores.stores[0]
    today = store.today(asked.asked.now)
    if arguments.period is None:
        first = today + timedelta(days=1) if arguments.edge == "start" else today
        return (first, None), f"from {day_text(first)} on"
    try:
        coming = coming_span(arguments.period, today=today, week_start=WEEK_START)
        return (coming.begun_on, coming.end_on), f"{coming.label} ({span(coming.begun_on, coming.end_on)})"
    except PeriodError:
        period = arguments.period
        past = period_for(
            store,
            asked.asked.now,
            lambda day: resolve_period(period, today=day, week_start=WEEK_START, south=store.southern),
        )
        return (past.start_on, past.end_on), f"{past.label} ({span(past.start_on, past.end_on)})"


def _of_goods(row: Mapping[str, Any]) -> _Offer:
    support = [
        f"{int(row[column]):,} {words}"
        for column, words in (("on_display", "on display"), ("in_mailer", "in the mailer"))
        if row[column]
    ]
    return _Offer(
        "Promotion", row["promotion_id"], row["name"] or row["promotion_id"], row["starts_on"], row["ends_on"],
        int(row["products"]), int(row["stores"]), ", ".join(support),
    )  # fmt: skip


def _without_goods(asked: StockFrame, rows: Sequence[Mapping[str, Any]]) -> list[_Offer]:
    """Promotions that list no goods, less those of other stores."""
    store = asked.stores.stores[0]

    def on(at: datetime | None) -> date | None:
        return None if at is None else business_date(at, store.timezone, store.day_starts_at)

    made = []
    for row in rows:
        stores = _stores_of(row["scope"])
        if stores is not None and not stores & set(asked.stores.ids):
            continue
        made.append(
            _Offer("Promotion", row["promotion_id"], row["name"] or row["promotion_id"], on(row["starts_at"]),
                   on(row["ends_at"]))
        )  # fmt: skip
    return made


def _stores_of(scope: str | None) -> set[str] | None:
    """The stores that a promotion is kept to, as its source says; None where it names none."""
    try:
        found = json.loads(scope) if scope else None
    except ValueError:
        return None
    named = found.get("stores") if isinstance(found, dict) else None
    return {str(one) for one in named} if isinstance(named, list) else None


def _edge(one: _Offer, edge: str) -> date | None:
    return one.starts_on if edge == "start" else one.ends_on


def _within(one: _Offer, edge: str, days: tuple[date, date | None]) -> bool:
    day = _edge(one, edge)
    return day is not None and day >= days[0] and (days[1] is None or day <= days[1])


def _require_any(wants: str, known: Sequence[Campaign], context: ToolContext) -> None:
    """Refuse to say “none” where none was ever recorded.

    Raises:
        NoDataError: as said.
    """
    items = context.mirror.query(KNOWN_DAYS, {}).rows[0][2]
    bare = context.mirror.query(WITHOUT_GOODS, {}).rows
    there = {"promotions": bool(items or bare), "campaigns": bool(known)}
    if not any(there[name] for name in there if wants in ("all", name)):
        what = "promotions or campaigns" if wants == "all" else wants
        raise NoDataError(
            f"No {what} are recorded, so which are to come is not known. They come from the point of sale's promotions,"
            " or from files of promotions and campaigns."
        )


def _noun(wants: str) -> str:
    return {"all": "promotion or campaign", "promotions": "promotion", "campaigns": "campaign"}[wants]


def _headline(asked: StockFrame, found: Sequence[_Offer], wants: str, edge: str, label: str) -> str:
    subject = asked.asked.subject
    if not found:
        return f"No {_noun(wants)}{subject} is recorded that {edge}s {label}, {asked.stores.label}."
    said = []
    for kind in ("Promotion", "Campaign"):
        some = [one for one in found if one.kind == kind]
        if some:
            said.append(counted(len(some), kind.lower()))
    way = "Starting" if edge == "start" else "Ending"
    return f"{way}{subject} {label}, {asked.stores.label}: {' and '.join(said)}."


def _sentences(
    found: Sequence[_Offer], wants: str, arguments: OffersStartingArguments, known: Sequence[Campaign],
    context: ToolContext,
) -> list[str]:  # fmt: skip
    said = []
    if found:
        named = min(_NAMED, arguments.limit)
        shown = "; ".join(_said(one) for one in found[:named])
        more = f"; and {len(found) - named:,} more" if len(found) > named else ""
        word = "The first" if arguments.edge == "start" else "The soonest"
        word = "The last" if arguments.order == "latest" else word
        said.append(f"{word}: {shown}{more}." if len(found) > 1 else f"It is {shown}.")
    there = {one.kind for one in found}
    row = context.mirror.query(KNOWN_DAYS, {}).rows[0]
    last = row[0] if arguments.edge == "start" else row[1]
    days = [day for one in known if (day := one.starts_on if arguments.edge == "start" else one.ends_on)]
    none = "No promotion then; the last" if found else "The last"
    if wants != "campaigns" and "Promotion" not in there and last is not None:
        said.append(f"{none} promotion recorded {arguments.edge}s on {day_text(last)}.")
    if wants != "promotions" and "Campaign" not in there and days and not found:
        said.append(f"The last campaign recorded {arguments.edge}s on {day_text(max(days))}.")
    return said


def _said(one: _Offer) -> str:
    when = f"from {day_text(one.starts_on)}" if one.starts_on else "start not recorded"
    when += f" to {day_text(one.ends_on)}" if one.ends_on else ", end not recorded"
    goods = f", {counted(one.products, 'product')}" if one.products is not None else ""
    name = one.name if one.name.lower().startswith(one.kind.lower()) else f"{one.kind.lower()} {one.name}"
    return f"{name} {when}{goods}"


def _figures(asked: StockFrame, found: Sequence[_Offer], days: tuple[date, date | None], wants: str) -> list[Figure]:
    last = days[1] or max((day for one in found for day in (one.starts_on, one.ends_on) if day), default=days[0])
    made = []
    for kind, name in (("Promotion", "promotions"), ("Campaign", "campaigns")):
        if wants in ("all", name):
            number = str(sum(1 for one in found if one.kind == kind))
            made.append(Figure(name, number, "count", asked.stores.ids, days[0], last, dict(asked.asked.group)))
    return made


def _table(found: Sequence[_Offer]) -> Table:
    named = (
        ("What", "text"), ("Name", "text"), ("From", "date"), ("Until", "date"), ("Products", "count"),
        ("Stores", "count"), ("With", "text"),
    )  # fmt: skip
    rows = [
        (
            one.kind, one.name, one.starts_on.isoformat() if one.starts_on else None,
            one.ends_on.isoformat() if one.ends_on else None, one.products, one.stores, one.support or None,
        )
        for one in found
    ]  # fmt: skip
    return Table(tuple(TableColumn(*pair) for pair in named), rows)
