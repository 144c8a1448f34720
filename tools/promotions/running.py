"""What is on promotion now or on other days: how many products, on display, in the mailer, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from pydantic import Field

from tools.analysis.calendar import PeriodError, day_text
from tools.analysis.outlook import coming_span
from tools.analysis.periods import resolve_period
from tools.calendars import WEEK_START, period_for
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.running_query import LAST_PLANNED, build_running
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    names_of,
    product_group,
    quantity,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.wording import counted, span

_NAMED = 3
_FIRST = {
    "sold": "Best sellers of them", "soonest": "Ending first", "latest": "Ending last", "newest": "Begun last",
}  # fmt: skip
_NOW = frozenset({"", "now", "right now", "today", "currently", "at the moment"})
_SUPPORT = {
    "display": " on a promotional display",
    "mailer": " in the mailer",
    "both": " on a display and in the mailer at once",
}


class PromotionsRunningArguments(Arguments):
    """Arguments of ``promotions_running``."""

    period: str = Field(
        default="today",
        max_length=120,
        description="When, in the asker's own words: “today”, “this week”, “last week”.",
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    support: Literal["display", "mailer", "both"] | None = Field(
        default=None, description="Only those on display, those mailed, or those that are both at once."
    )
    limit: int = Field(default=20, ge=1, le=100, description="How many rows.")
    order: Literal["sold", "soonest", "latest", "newest"] = Field(
        default="sold",
        description="What sells most first; or what ends soonest or latest first; or what began last (newest) first.",
    )


@tool()
def promotions_running(arguments: PromotionsRunningArguments, context: ToolContext) -> ToolResult:
    """What is on promotion: how many products, how many of them on display or in the mailer, until when, and which.

    Use it for “what promos are on right now”, “what is on promotion this week in Dairy”, “which products are in the
    mailer”, “what is on display at Harbor Point”, “when does the promotion end”. What promotions did to sales is
    ``promotion_lift``; campaigns sent to households are ``campaign_facts``.
    """
    asked = stock_frame(arguments.stores, context, department=arguments.department, needs_levels=False)
    days, label = _days(arguments.period, asked)
    statement = build_running(
        asked.windows, context.scope, days, only=asked.only, support=arguments.support, limit=arguments.limit,
        order=arguments.order,
    )  # fmt: skip
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    if not rows:
        require_plans(days, context)
    names = names_of(rows, context)
    first = _headline(asked, rows, arguments.support, label)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(rows, names, arguments.order)]),
        figures=tuple(_figures(asked, rows, names, days)),
        table=_table(rows, names) if rows else None,
        caveats=("Promotions as they were planned; prices at the till are another matter.", *_undated(rows)),
        follow_ups=(f"Promotion lift last week{asked.asked.same_part_and_stores}",),
        provenance=stock_provenance(asked, ("promoted_products",), [statement], ("promotion", "sales")),
    )


def require_plans(days: tuple[date, date], context: ToolContext) -> None:
    """Refuse to say “nothing” where nothing is known."""
    last_on, endless = context.mirror.query(LAST_PLANNED).rows[0]
    if endless is None:
        raise NoDataError(
            "No promoted products are recorded, so what is on promotion is not known. They come from the point of"
            " sale's promotions, or from a file of promotions."
        )
    if not endless and last_on is not None and days[0] > last_on:
        raise NoDataError(
            f"Promotions are known to {day_text(last_on)} only; what is planned from {day_text(days[0])} on is "
            f"not recorded"
            " yet."
        )


def _days(phrase: str, asked: StockFrame) -> tuple[tuple[date, date], str]:
    """The days meant and how to speak of them: those to come belong to “this week”, as promotions are planned."""
    store = asked.stores.stores[0]
    today = store.today(asked.asked.now)
    if phrase.strip().lower() in _NOW:
        return (today, today), f"today ({span(today, today)})"
    try:
        coming = coming_span(phrase, today=today, week_start=WEEK_START)
        days = (coming.begun_on, coming.end_on)
        return days, f"{coming.label} ({span(*days)})"
    except PeriodError:
        found = period_for(
            store,
            asked.asked.now,
            lambda day: resolve_period(phrase, today=day, week_start=WEEK_START, south=store.southern),
        )
        return (found.start_on, found.end_on), f"{found.label} ({span(found.start_on, found.end_on)})"


def _headline(asked: StockFrame, rows: Sequence[Mapping[str, Any]], support: str | None, label: str) -> str:
    place = f"{asked.asked.subject}{_SUPPORT.get(support or '', '')} {label}, {asked.stores.label}"
    if not rows:
        return f"Nothing is on promotion{place}."
    first = rows[0]
    count = int(first["products"])
    more = ""
    if support is None:
        more = f"; {int(first['on_display']):,} on a display, {int(first['in_mailer']):,} in the mailer (some are both)"
    return f"On promotion{place}: {counted(count, 'product')}{more}."


def _sentences(rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], order: str) -> list[str]:
    if not rows:
        return []
    shown = [f"{_name(names, row)} (until {_until(row)})" for row in rows[:_NAMED]]
    soonest, latest = rows[0]["soonest_on"], rows[0]["latest_on"]
    ends = ""
    if soonest and latest and not int(rows[0]["endless"]):
        run = (
            f"All of it runs until {day_text(latest)}."
            if soonest == latest
            else (f"The first of it ends on {day_text(soonest)}, the last on {day_text(latest)}.")
        )
        ends = run
    elif soonest:
        ends = f"The first of it ends on {day_text(soonest)}; some has no recorded end."
    return [*([ends] if ends else []), f"{_FIRST[order]}: {'; '.join(shown)}."]


def _undated(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What counts though a day of it is not recorded."""
    said = []
    if rows and (number := int(rows[0]["endless"])):
        verb = "has no recorded end and counts" if number == 1 else "have no recorded end and count"
        said.append(f"{counted(number, 'product')} {verb} as running on.")
    if rows and (number := int(rows[0]["undated"])):
        verb = "has no recorded start and counts" if number == 1 else "have no recorded start and count"
        said.append(f"{counted(number, 'product')} {verb} as begun before.")
    return said


def _until(row: Mapping[str, Any]) -> str:
    return day_text(row["ends_on"]) if row["ends_on"] else "further notice"


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    known = names.get(row["variant_id"])
    return known.name if known else str(row["variant_id"])


def _figures(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], days: tuple[date, date]
) -> list[Figure]:
    first = rows[0] if rows else {"products": 0, "on_display": 0, "in_mailer": 0}
    found = []
    for name, column in (
        ("promoted_products", "products"), ("products_on_display", "on_display"), ("products_in_mailer", "in_mailer"),
    ):  # fmt: skip
        value = str(int(first[column]))
        found.append(Figure(name, value, "count", asked.stores.ids, *days, dict(asked.asked.group)))
    for row in rows:
        known = names.get(row["variant_id"])
        group = product_group(known) if known else {"variant_id": str(row["variant_id"])}
        found.append(stock_figure(asked, "units", quantity(row["units"]), "units", group=group, over_days=True))
    return found


def _table(rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> Table:
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Department", "text"),
        TableColumn("Stores", "count"),
        TableColumn("On display in", "count"),
        TableColumn("In mailer of", "count"),
        TableColumn("From", "date"),
        TableColumn("Until", "date"),
        TableColumn("Units, last 28 days", "units"),
    )
    return Table(
        columns,
        [
            (
                _name(names, row), row["department"], int(row["stores"]), int(row["displayed"]), int(row["mailed"]),
                row["starts_on"].isoformat() if row["starts_on"] else None,
                row["ends_on"].isoformat() if row["ends_on"] else None, quantity(row["units"]),
            )
            for row in rows
        ],
    )  # fmt: skip
