"""What runs out as a table, and the paces that its rows are told by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from tools.metrics.running_out_query import RECENT_DAYS
from tools.result import Table, TableColumn
from tools.search import Product
from tools.stock.frame import StockFrame, amount, quantity, rounded
from tools.stock.gone_by import GoneBy, levels_on
from tools.wording import money


def risk_table(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], when: GoneBy, *, ordered: bool
) -> Table:
    """One row per product and store, with what is at risk until the end of the days asked about."""
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Store", "text"),
        TableColumn("On hand", "units"),
        TableColumn("Units a day", "units"),
        TableColumn("Days of cover", "days"),
        TableColumn("Runs out", "date"),
        TableColumn("Lead days", "days"),
        TableColumn("On order", "units"),
        TableColumn(f"Sales at risk{when.at_risk}", "text"),
        TableColumn(f"Last {RECENT_DAYS} days, a day", "units"),
        TableColumn("Before, a day", "units"),
        TableColumn("Faster", "%"),
    )
    body = []
    for row in rows:
        store = next(one for one in asked.stores.stores if one.store_id == row["store_id"])
        rate = Decimal(row["units"]) / row["trading_days"]
        short = max(row["pace"] * when.days(row["store_id"]) - Decimal(row["on_hand"]), Decimal(0))
        at_risk = short * Decimal(row["net_minor"]) / Decimal(row["units"])
        runs_out = levels_on(asked, row["store_id"]) + timedelta(days=int(cover(row).to_integral_value(ROUND_FLOOR)))
        value = amount(at_risk.scaleb(-store.exponent), store.currency)
        body.append(
            (
                name(names, row),
                store.name,
                quantity(row["on_hand"]),
                rounded(rate, 2),
                rounded(cover(row)),
                runs_out.isoformat(),
                None if row["lead_mean"] is None else rounded(row["lead_mean"]),
                quantity(row["open"] or Decimal(0)) if ordered else None,
                money(Decimal(value or 0), store.currency),
                recent(row),
                before(row),
                faster(row),
            )
        )
    return Table(columns, body)


def name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    """What the product of a row is called."""
    found = names.get(row["variant_id"])
    return found.name if found else str(row["variant_id"])


def cover(row: Mapping[str, Any]) -> Decimal:
    """Days at the pace that is asked about: that of all the days, or of the last ones."""
    return Decimal(row["on_hand"]) / Decimal(row["pace"])


def lasting(row: Mapping[str, Any]) -> str:
    """“12 left, 2.1 days”."""
    return f"{quantity(row['on_hand'])} left, {rounded(cover(row))} days"


def paces(row: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Units a day over the last days, and over the days before them."""
    units, days = Decimal(row["recent_units"]), int(row["recent_days"] or 0)
    return _pace(units, days), _pace(Decimal(row["units"]) - units, int(row["trading_days"]) - days)


def recent(row: Mapping[str, Any]) -> str | None:
    """Units a day over the last days."""
    return rounded(paces(row)[0], 2)


def before(row: Mapping[str, Any]) -> str | None:
    """Units a day over the days before those."""
    return rounded(paces(row)[1], 2)


def faster(row: Mapping[str, Any]) -> str | None:
    """By how many per cent; unknown where nothing sold before."""
    recent, before = paces(row)
    return rounded((recent / before - 1) * 100, 0) if recent is not None and before else None


def _pace(units: Decimal, days: int) -> Decimal | None:
    return units / days if days > 0 else None
