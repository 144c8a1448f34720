"""What must be said beside hours and wages: time cards that are still open, and hours without a wage."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.context import ToolContext
from tools.directory import Store
from tools.metrics.model import Fact, Metric
from tools.metrics.staff_rows import build_unclocked
from tools.metrics.windows import Window
from tools.wording import counted, listed

ON_DUTY = "Hours on duty by hour of the day, of any days and stores together, are in store_conditions."
"""Where it is to be had, as a time card belongs to a day and not to an hour."""


def not_clocked(
    stores: Sequence[Store], windows: Sequence[Window], metrics: Sequence[Metric], context: ToolContext
) -> list[str]:
    """Which days of which stores have no rate against sales, or hours that are in no figure."""
    statement = build_unclocked(windows, context.scope)
    rows = {row["store_id"]: row for row in context.mirror.query(statement.sql, statement.params).dicts()}
    said = []
    of_staff = [metric for metric in metrics if Fact.STAFF in metric.facts]
    none = [one.name for one in stores if one.store_id not in rows and one.first_on]
    if rows and none:
        said.append(f"No time cards are recorded at {listed(none)}; hours, wages and rates of them are without.")
    rates = [metric.label.lower() for metric in of_staff if metric.denominator]
    still = [f"{one.name} {counted(_days(rows, one), 'day')}" for one in stores if _days(rows, one)]
    if still:
        left = f"; {listed(rates)} leave{'s' if len(rates) == 1 else ''} these days out" if rates else ""
        said.append(f"Time cards are still open ({listed(still)}) and count for nothing{left}.")
    waged = [metric for metric in of_staff if "wage" in metric.numerator]
    unpaid = sum((Decimal(row["unpaid_seconds"]) for row in rows.values()), Decimal(0))
    if waged and unpaid:
        hours = (unpaid / 3600).quantize(Decimal("0.1"))
        left = "; days with such hours are left out" if any(metric.denominator for metric in waged) else ""
        said.append(f"No wage is recorded for {hours:,} hours clocked, so these cost nothing here{left}.")
    return said


def _days(rows: dict[str, dict[str, object]], store: Store) -> int:
    return int(str(rows[store.store_id]["days"])) if store.store_id in rows else 0
