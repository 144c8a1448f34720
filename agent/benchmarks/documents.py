"""Made-up rows for benchmarks of the writer: whole documents, as a platform's page becomes them, and plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from agent.benchmarks.ground import NOW
from connectors.records import Row

STORES = 20
ROWS_PER_DOCUMENT = 6
_START = NOW - timedelta(days=400)


def stores() -> list[Row]:
    """The stores that the documents name."""
    return [
        Row("store", {"store_id": name, "name": name, "timezone": "America/New_York", "currency": "USD"})
        for name in (f"B{number:02d}" for number in range(STORES))
    ]


def documents(first: int, count: int) -> Iterator[Row]:
    """Sales with three lines, a discount and a tender each; a day has some four thousand of them."""
    for number in range(first, first + count):
        at = _START + timedelta(seconds=number * 20)
        sale_id = f"bench:{number:012d}"
        yield Row(
            "sale",
            {
                "sale_id": sale_id, "store_id": f"B{number % STORES:02d}", "closed_at": at, "opened_at": at,
                "employee_id": f"E{number % 90}", "customer_key": None, "channel": "pos", "kind": "sale",
                "currency": "USD", "gross_minor": 1500, "discount_minor": 100, "net_minor": 1400, "tax_minor": 112,
                "tip_minor": 0, "total_minor": 1512, "voided": False, "is_test": False, "connection": "bench",
                "external_id": sale_id, "source_version": number,
            },
        )  # fmt: skip
        for line_no in (1, 2, 3):
            discount = 100 if line_no == 1 else 0
            yield Row(
                "sale_line",
                {
                    "sale_id": sale_id, "line_no": line_no, "variant_id": f"V{number * line_no % 5000}",
                    "quantity": Decimal(1), "unit_price": Decimal("5.00"), "gross_minor": 500,
                    "discount_minor": discount, "net_minor": 500 - discount, "tax_minor": 37,
                    "unit_cost": Decimal("2.1050"), "is_return": False, "is_gift_card": False, "name": "Oat milk 1 l",
                },
            )  # fmt: skip
        yield Row(
            "sale_discount",
            {"sale_id": sale_id, "line_no": 1, "seq": 1, "name": "Staff", "amount_minor": 100, "kind": "FIXED"},
        )
        yield Row(
            "tender",
            {
                "tender_id": f"tender:{number:012d}", "sale_id": sale_id, "kind": "card", "amount_minor": 1512,
                "tip_minor": 0, "fee_minor": 44, "status": "CAPTURED", "processed_at": at,
            },
        )  # fmt: skip


def visitors(first: int, count: int) -> list[Row]:
    """Counts of visitors: plain rows with nothing to add up."""
    return [
        Row(
            "foot_traffic",
            {
                "store_id": "B01",
                "hour_at": _START + timedelta(minutes=number),
                "visitors": number % 90,
                "source": "bench",
            },
        )
        for number in range(first, first + count)
    ]
