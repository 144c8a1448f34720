"""What a briefing asks the tools, and the answers by name.

Every figure comes out of a tool: the day, the two days it is held against, the same weekdays before it, the month.
Nothing is summed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from agent.briefings.recording import RecordedTools
from tools.compare import MISLEADING
from tools.result import Comparison, Figure, ToolResult

HEADLINE_METRICS = ("net_sales", "transactions", "average_transaction_value", "gross_margin_pct")
NORM_WEEKS = 4
SPREAD_WEEKS = 8
PRODUCTS = 50
_OCCASIONS = ("public holiday", "trading day")


@dataclass(frozen=True, slots=True)
class BriefedStore:
    """The store a briefing is about."""

    store_id: str
    name: str
    timezone: str
    day_starts_at: time = time(0, 0)

    def starts_at(self, on: date) -> datetime:
        """When the business day ``on`` begins, which is when the one before it is complete."""
        return datetime.combine(on, self.day_starts_at, tzinfo=ZoneInfo(self.timezone))


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the day with what it is held against; None where there is nothing to hold it against."""

    figure: Figure
    last_week: Comparison | None = None
    norm: Comparison | None = None


@dataclass(frozen=True, slots=True)
class DailyFacts:
    """Everything a daily briefing says, before it is put into words.

    ``weekdays`` are the eight same weekdays before ``day``, newest first; ``daily_net`` holds the days that have
    sales; the histories are keyed by department or hour, then by day. ``month_notes`` stand beside the change of
    ``month``. ``occasions`` are public holidays on the day, and days that shops trade by.
    """

    store: BriefedStore
    on: date
    day: date
    headline: Mapping[str, Change] = field(default_factory=dict)
    departments: Mapping[str, Change] = field(default_factory=dict)
    hours: Mapping[int, Figure] = field(default_factory=dict)
    hour_transactions: Mapping[int, int] = field(default_factory=dict)
    daily_net: Mapping[date, Decimal] = field(default_factory=dict)
    department_history: Mapping[str, Mapping[date, Decimal]] = field(default_factory=dict)
    hour_history: Mapping[int, Mapping[date, Decimal]] = field(default_factory=dict)
    products: Mapping[date, Mapping[str, tuple[str, Decimal]]] = field(default_factory=dict)
    month: Figure | None = None
    month_notes: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()

    @property
    def has_sales(self) -> bool:
        """Whether anything was sold on the day."""
        return self.day in self.daily_net

    @property
    def weekdays(self) -> tuple[date, ...]:
        """The same weekdays before the day, newest first."""
        return tuple(self.day - timedelta(weeks=back) for back in range(1, SPREAD_WEEKS + 1))

    @property
    def weekdays_with_sales(self) -> tuple[date, ...]:
        """Those of them that have sales."""
        return tuple(on for on in self.weekdays if on in self.daily_net)

    @property
    def norm_days(self) -> int:
        """How many of the four days of the norm have sales."""
        return sum(on in self.daily_net for on in self.weekdays[:NORM_WEEKS])


def gather(store: BriefedStore, on: date, tools: RecordedTools) -> DailyFacts:
    """Ask the tools for everything about the business day before ``on``.

    Raises:
        tools.errors.ToolError: a tool refused for another reason than missing data.
    """
    day = on - timedelta(days=1)
    stores = store.store_id
    summary = tools.call("sales_summary", period=day.isoformat(), stores=stores, metrics=list(HEADLINE_METRICS))
    daily_net = _daily_net(store, day, tools)
    occasions = _occasions(day, stores, tools)
    base = DailyFacts(store=store, on=on, day=day, daily_net=daily_net, occasions=occasions)
    if summary is None or not base.has_sales:
        return base
    earlier = base.weekdays_with_sales
    hours, transactions = _hours(day, stores, tools)
    month, month_notes = _month(day, stores, tools)
    return DailyFacts(
        store=store,
        on=on,
        day=day,
        daily_net=daily_net,
        headline=_changes(summary, day, stores, tools),
        departments=_departments(day, stores, tools),
        hours=hours,
        hour_transactions=transactions,
        department_history=_history(earlier, stores, "department", tools),
        hour_history={int(name): days for name, days in _history(earlier, stores, "hour", tools).items()},
        products=_products((day, *base.weekdays[:NORM_WEEKS]), daily_net, stores, tools),
        month=month,
        month_notes=month_notes,
        occasions=occasions,
    )


def same_days_before(day: date) -> tuple[date, date, date]:
    """The first of the month of ``day``, and the same days of the month before it, as far as that month has them."""
    first = day.replace(day=1)
    end_of_previous = first - timedelta(days=1)
    return first, end_of_previous.replace(day=1), end_of_previous.replace(day=min(day.day, end_of_previous.day))


def number(figure: Figure) -> Decimal | None:
    """The figure's value."""
    return None if figure.value is None else Decimal(figure.value)


def _occasions(day: date, stores: str, tools: RecordedTools) -> tuple[str, ...]:
    """The public holidays of the day by name; without one, the days that shops trade by."""
    result = tools.aside("days_ahead", period=day.isoformat(), stores=stores)
    rows = result.table.rows if result is not None and result.table is not None else ()
    named = {kind: tuple(dict.fromkeys(str(row[3]) for row in rows if row[2] == kind)) for kind in _OCCASIONS}
    return next((names for names in named.values() if names), ())


def _period(start_on: date, end_on: date) -> str:
    return f"from {start_on.isoformat()} to {end_on.isoformat()}" if start_on != end_on else end_on.isoformat()


def _daily_net(store: BriefedStore, day: date, tools: RecordedTools) -> dict[date, Decimal]:
    window = _period(day - timedelta(weeks=SPREAD_WEEKS), day)
    result = tools.call(
        "sales_summary", period=window, stores=store.store_id, metrics=["net_sales", "transactions"], by="day"
    )
    if result is None:
        return {}
    busy = {f.group["day"] for f in _metric(result, "transactions", "day") if f.value is not None and int(f.value) > 0}
    net = ((f.group["day"], number(f)) for f in _metric(result, "net_sales", "day"))
    return {date.fromisoformat(on): value for on, value in net if value is not None and on in busy}


def _changes(summary: ToolResult, day: date, stores: str, tools: RecordedTools) -> dict[str, Change]:
    held = {
        against: tools.call(
            "compare_periods",
            period=day.isoformat(),
            compare_to=against,
            stores=stores,
            metrics=list(HEADLINE_METRICS),
        )
        for against in ("same day last week", "four-week norm")
    }
    return {
        figure.metric: Change(
            figure,
            last_week=_compared(held["same day last week"], figure.metric),
            norm=_compared(held["four-week norm"], figure.metric),
        )
        for figure in summary.figures
        if not figure.group
    }


def _compared(result: ToolResult | None, metric: str) -> Comparison | None:
    if result is None:
        return None
    return next((f.compared_to for f in result.figures if f.metric == metric and not f.group), None)


def _departments(day: date, stores: str, tools: RecordedTools) -> dict[str, Change]:
    result = tools.call(
        "compare_periods",
        period=day.isoformat(),
        compare_to="four-week norm",
        stores=stores,
        metrics=["net_sales"],
        by="department",
    )
    if result is None:
        return {}
    figures = _metric(result, "net_sales", "department")
    return {f.group["department"]: Change(f, norm=f.compared_to) for f in figures if f.value is not None}


def _hours(day: date, stores: str, tools: RecordedTools) -> tuple[dict[int, Figure], dict[int, int]]:
    result = tools.call(
        "sales_summary", period=day.isoformat(), stores=stores, metrics=["net_sales", "transactions"], by="hour"
    )
    if result is None:
        return {}, {}
    net = {int(f.group["hour"]): f for f in _metric(result, "net_sales", "hour")}
    counts = {int(f.group["hour"]): int(f.value or 0) for f in _metric(result, "transactions", "hour")}
    return net, counts


def _split(day: date, stores: str, by: str, tools: RecordedTools) -> dict[str, Figure]:
    result = tools.call("sales_summary", period=day.isoformat(), stores=stores, metrics=["net_sales"], by=by)
    return {} if result is None else {f.group[by]: f for f in _metric(result, "net_sales", by)}


def _history(days: tuple[date, ...], stores: str, by: str, tools: RecordedTools) -> dict[str, dict[date, Decimal]]:
    """Net sales by part and day. A part that sold nothing on a day with sales counts as zero, not as unknown."""
    found = {on: _split(on, stores, by, tools) for on in days}
    names = sorted({name for parts in found.values() for name in parts})
    return {
        name: {on: (number(parts[name]) if name in parts else None) or Decimal(0) for on, parts in found.items()}
        for name in names
    }


def _products(
    days: tuple[date, ...], daily_net: Mapping[date, Decimal], stores: str, tools: RecordedTools
) -> dict[date, dict[str, tuple[str, Decimal]]]:
    """The best sellers of each day with sales: product name and net sales by variant."""
    found: dict[date, dict[str, tuple[str, Decimal]]] = {}
    for on in days:
        if on not in daily_net:
            continue
        result = tools.call("top_products", period=on.isoformat(), metric="net_sales", limit=PRODUCTS, stores=stores)
        figures = () if result is None else _metric(result, "net_sales", "product")
        found[on] = {
            f.group.get("variant_id", f.group["product"]): (f.group["product"], Decimal(f.value))
            for f in figures
            if f.value is not None
        }
    return found


def _month(day: date, stores: str, tools: RecordedTools) -> tuple[Figure | None, tuple[str, ...]]:
    """The month so far, and why its change is not of like days: other lengths or weekdays, or days without data."""
    first, previous_first, previous_last = same_days_before(day)
    result = tools.call(
        "compare_periods",
        period=_period(first, day),
        compare_to=_period(previous_first, previous_last),
        stores=stores,
        metrics=["net_sales"],
    )
    if result is None:
        return None, ()
    figure = next((f for f in result.figures if f.metric == "net_sales" and not f.group), None)
    return figure, tuple(note for note in result.caveats if note.startswith(MISLEADING))


def _metric(result: ToolResult, metric: str, group: str) -> list[Figure]:
    return [f for f in result.figures if f.metric == metric and group in f.group]
