"""The order as a spreadsheet for the supplier: one line a product, numbers as numbers.

UTF-8 with a byte order mark, because Excel takes a file without one for the machine's own code page.
"""

from __future__ import annotations

import csv
import io

from connectors.own_orders.order import Order, OrderLine, cost_text, line_total, plain
from connectors.own_orders.wording import harmless

COLUMNS = (
    "supplier_sku",
    "sku",
    "barcode",
    "name",
    "quantity",
    "unit",
    "unit_cost",
    "line_total",
    "currency",
)


def csv_of(order: Order) -> bytes:
    """The file's content."""
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow(COLUMNS)
    sheet.writerows(_cells(line, order.currency) for line in order.lines)
    return text.getvalue().encode("utf-8-sig")


def _cells(line: OrderLine, currency: str) -> tuple[str, ...]:
    total = line_total(line, currency)
    return (
        harmless(line.supplier_sku),
        harmless(line.sku),
        harmless(line.barcode),
        harmless(line.name),
        plain(line.quantity),
        harmless(line.unit),
        "" if line.unit_cost is None else cost_text(line.unit_cost, currency),
        "" if total is None else format(total, "f"),
        currency,
    )
