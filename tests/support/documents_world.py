"""One week of two small shops, receipt by receipt, so that every figure about documents can be counted by hand.

Monday 2 to Sunday 8 March 2026 in New York; nothing is left to chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.result import ToolResult

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
WEEK = "2 to 8 March"
OFFSET = timedelta(hours=5)
"""New York is five hours behind UTC in this week."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant by the clock of the shops, in March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) + OFFSET


def tender(ident: str, sale_id: str, kind: str, amount: int, **values: Any) -> Row:
    """A payment."""
    base = {"tender_id": ident, "sale_id": sale_id, "kind": kind, "amount_minor": amount, "status": "CAPTURED"}
    return Row("tender", base | values)


def event(ident: str, kind: str, when: datetime, **values: Any) -> Row:
    """What a register wrote down."""
    base = {"event_id": ident, "store_id": "S01", "register_id": "R1", "kind": kind, "occurred_at": when}
    return Row("register_event", base | values)


def catalogue() -> list[Row]:
    """Four products: two brands, own label, one sold by weight."""
    named = (
        ("1", "Oat milk", "Grocery", "each", False),
        ("2", "Cola", "Grocery", "each", True),
        ("3", "Bananas", "Produce", "lb", None),
        ("4", "Blue mug", "Household", "each", False),
    )
    rows = []
    for ident, name, department, unit, own in named:
        product = {"product_id": f"P{ident}", "name": name, "department": department, "private_label": own}
        variant = {"variant_id": f"V{ident}", "product_id": f"P{ident}", "sku": f"SKU{ident}", "unit_of_measure": unit}
        rows += [Row("product", product), Row("variant", variant)]
    return rows


def receipts() -> list[Row]:
    """What was sold, returned, cancelled and tried out."""
    ada, ben = {"employee_id": "E1", "register_id": "R1"}, {"employee_id": "E2", "register_id": "R1"}
    gone = {"voided": True}
    return [
        sale("O1", datetime(2026, 2, 1, 17, tzinfo=UTC), total_minor=500),
        line("O1", 1, 500),
        tender("tO1", "O1", "cash", 500),
        sale("A1", at(2, 14, 5), **ada, tax_minor=100, tip_minor=50, total_minor=1350, external_id="ext-A1"),
        line("A1", 1, 1000, quantity=2, discount_minor=100, unit_cost="2.00"),
        line("A1", 2, 300, variant_id="V2"),
        tender("tA1", "A1", "card", 1350, tip_minor=50, fee_minor=40),
        sale("A2", at(2, 15, 10), **ben, tax_minor=96, total_minor=1296),
        line("A2", 1, 1200, variant_id="V4"),
        tender("tA2a", "A2", "cash", 1000),
        tender("tA2b", "A2", "card", 296, fee_minor=9),
        tender("tA2c", "A2", "card", 1296, status="FAILED"),
        sale("A3", at(3, 10), **ben, kind="return", original_sale_id="A2", tax_minor=-96, total_minor=-1296),
        line("A3", 1, -1200, variant_id="V4", quantity=-1, is_return=True, net_minor=-1200),
        tender("tA3", "A3", "cash", -1296),
        sale("A4", at(3, 11), **ada, **gone, total_minor=500),
        line("A4", 1, 500),
        sale("A5", at(4, 9), **gone, register_id="R2", total_minor=700),
        line("A5", 1, 700),
        sale("A6", at(5, 12), **gone, register_id="R3", total_minor=900),
        line("A6", 1, 900),
        sale("A7", at(6, 14, 30), **ada, total_minor=2500, gift_card_minor=2500),
        line("A7", 1, 2500, variant_id=None, is_gift_card=True, name="Gift card"),
        tender("tA7", "A7", "cash", 2500),
        sale("A8", at(7, 14, 20), **ada, total_minor=1600),
        line("A8", 1, 300, variant_id="V3", quantity="1.5"),
        line("A8", 2, 1500, quantity=3, discount_minor=200, unit_cost="2.00"),
        tender("tA8a", "A8", "gift_card", 800),
        tender("tA8b", "A8", "cash", 800),
        sale("T1", at(7, 15), **ada, is_test=True, total_minor=9900),
        line("T1", 1, 9900),
        tender("tT1", "T1", "cash", 9900),
        sale("B1", at(2, 14), store_id="S02", employee_id="E3", total_minor=500),
        line("B1", 1, 500, unit_cost="2.00"),
        tender("tB1", "B1", "wallet", 500),
    ]


def happenings() -> list[Row]:
    """What the registers wrote down, discounts, and who was there."""
    discount = {
        "sale_id": "A1",
        "line_no": 1,
        "seq": 1,
        "promotion_id": "PR1",
        "amount_minor": 100,
        "kind": "promotion",
    }
    code = {"sale_id": "A8", "line_no": 2, "seq": 1, "code": "SPRING20", "amount_minor": 200, "kind": "code"}
    card = {"timecard_id": "C1", "employee_id": "E1", "store_id": "S01"}
    return [
        Row("employee", {"employee_id": "E1", "name": "Ada Alder", "store_id": "S01"}),
        Row("employee", {"employee_id": "E2", "name": "Ben Oakes", "store_id": "S01"}),
        Row("employee", {"employee_id": "E3", "name": "Cy Birch", "store_id": "S02"}),
        Row("promotion", {"promotion_id": "PR1", "name": "Spring"}),
        Row("sale_discount", discount),
        Row("sale_discount", code),
        Row("timecard", {**card, "clock_in_at": at(5, 8), "clock_out_at": at(5, 16)}),
        event("e1", "void_sale", at(3, 11, 5), sale_id="A4", employee_id="E2", reason="Wrong item"),
        event("e2", "void_sale", at(4, 9, 5), register_id="R2", amount_minor=700, employee_id="E2", reason="Left"),
        event("e3", "void_line", at(2, 14, 6), employee_id="E1", amount_minor=250, reason="Wrong item"),
        event("e4", "no_sale", at(2, 16), employee_id="E2"),
        event("e5", "price_override", at(2, 16, 5), employee_id="E1", amount_minor=50, reason="Shelf label"),
        event("e6", "no_sale", datetime(2026, 2, 20, 17, tzinfo=UTC), employee_id="E2"),
        event("e7", "paid_out", at(3, 10), sale_id="A3", reason="Handle broken"),
        Row("foot_traffic", {"store_id": "S01", "hour_at": at(2, 14), "visitors": 8, "source": "door"}),
        Row("foot_traffic", {"store_id": "S01", "hour_at": at(2, 15), "visitors": 20, "source": "door"}),
    ]


@contextmanager
def documents_world(folder: Path, rows: list[Row] | None = None) -> Iterator[ToolContext]:
    """The owner's context over the two shops, or over other rows in them."""
    hours = {"mon": [["14:00", "20:00"]]}
    shops = [store(open_hours=hours), store("S02", name="Harbor Point", open_hours=hours)]
    with open_mirror(folder / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        week = [*catalogue(), *receipts(), *happenings()] if rows is None else rows
        fresh = [SourceUpdate(topic, "test", NOW) for topic in ("sales", "tender", "traffic")]
        mirror.writer.submit(Batch(rows=[*shops, *week], sources=fresh)).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(NOW))


def figures(result: ToolResult, metric: str, key: str) -> dict[str, Decimal | None]:
    """The values of a metric by a key of its group; figures without the key are under an empty one."""
    return {
        figure.group.get(key, ""): None if figure.value is None else Decimal(figure.value)
        for figure in result.figures
        if figure.metric == metric
    }


def rows(result: ToolResult) -> list[tuple[str | int | None, ...]]:
    """The rows of the table there must be."""
    assert result.table is not None
    return list(result.table.rows)
