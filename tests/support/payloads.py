"""One payload of every kind that can be proposed, with words of the test's choosing in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from agent.proposals.kinds.lines import Line
from agent.proposals.kinds.outbound import CustomerListExport, SignageUpdate, StoreNote
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.price_list import PriceLine, PriceList
from agent.proposals.kinds.product_flags import ProductFlags
from agent.proposals.kinds.promotions import PromotedItem, PromotionCreate, PromotionEnd
from agent.proposals.kinds.purchase_order import PurchaseOrderDraft
from agent.proposals.kinds.shifts import ShiftDraft, ShiftPublish
from agent.proposals.kinds.stock import StockAdjust, StockCount
from agent.proposals.kinds.task import OWN_TASKS, CountTask, StoreTask
from agent.proposals.kinds.transfer import Transfer
from agent.proposals.payload import Payload

START = datetime(2026, 11, 28, 14, 0, tzinfo=UTC)
"""Nine o'clock on a Saturday in New York."""


def _place(word: str, reason: str) -> dict[str, str]:
    return {
        "connection": "square",
        "store_id": "S01",
        "store_name": f"Market {word}",
        "store_external_id": "L1",
        "currency": "USD",
        "reason": reason,
    }


def _goods(word: str) -> dict[str, str]:
    return {"variant_id": "V1", "variant_external_id": "X1", "product": f"Oat milk {word}", "sku": "77"}


def _named(word: str) -> dict[str, str]:
    return {"variant_id": "V1", "product": f"Oat milk {word}", "sku": "77"}


def _prices(word: str, count: int = 3) -> tuple[PriceLine, ...]:
    return tuple(
        PriceLine(
            variant_id=f"V{number}",
            variant_external_id=f"X{number}",
            product=f"Product {number} {word}",
            sku=str(number),
            before="4.00",
            after="3.20",
            percent="-20.0",
        )
        for number in range(1, count + 1)
    )


def _task(word: str, reason: str) -> dict[str, object]:
    return {
        **_place(word, reason),
        "connection": OWN_TASKS,
        "time_zone": "America/New_York",
        "due_at": START,
        "assignee_role": "staff",
    }


def _sent(word: str, reason: str) -> dict[str, str]:
    outside = {"connection": "outbound:news", "receiver": "news", "time_zone": "America/New_York"}
    return {**_place(word, reason), **outside}


def _shift(word: str) -> dict[str, object]:
    return {
        "employee_id": "E1",
        "employee_name": f"Ellis {word}",
        "starts_at": START,
        "ends_at": START + timedelta(hours=8),
        "time_zone": "America/New_York",
    }


def _lines(word: str, count: int = 2) -> tuple[Line, ...]:
    return tuple(
        Line(
            variant_id=f"V{number}",
            variant_external_id=f"X{number}",
            product=f"Product {number} {word}",
            sku=str(number),
            quantity=str(6 * number),
            unit_cost="1.25",
        )
        for number in range(1, count + 1)
    )


_EXAMPLES: Mapping[str, Callable[[str, str], Payload]] = {
    "price_change": lambda word, reason: PriceChange(
        **_place(word, reason), **_goods(word), before="3.99", after="3.39", percent="-15.0"
    ),
    "stock_adjust": lambda word, reason: StockAdjust(
        **_place(word, reason), **_goods(word), before="24", delta="-3", why="damage"
    ),
    "stock_count": lambda word, reason: StockCount(**_place(word, reason), **_goods(word), before="24", quantity="19"),
    "transfer": lambda word, reason: Transfer(
        **_place(word, reason),
        to_store_id="S02",
        to_store_name=f"Harbor {word}",
        to_store_external_id="L2",
        lines=_lines(word),
    ),
    "purchase_order_draft": lambda word, reason: PurchaseOrderDraft(
        **_place(word, reason),
        supplier_id="SUP1",
        supplier_name=f"Oatside {word}",
        supplier_external_id="SUP1",
        lines=_lines(word, 20),
        due_on=START.date(),
    ),
    "shift_draft": lambda word, reason: ShiftDraft(
        **_place(word, reason), **_shift(word), employee_external_id="E1", role="cashier"
    ),
    "shift_publish": lambda word, reason: ShiftPublish(
        **_place(word, reason), **_shift(word), shift_id="SH1", shift_external_id="SH1"
    ),
    "promotion_create": lambda word, reason: PromotionCreate(
        **_place(word, reason),
        name=f"Autumn {word}"[:100],
        off="percent",
        value="15",
        starts_at=START,
        ends_at=START + timedelta(days=7),
        time_zone="America/New_York",
        items=(PromotedItem(**_goods(word)),),
    ),
    "promotion_end": lambda word, reason: PromotionEnd(
        **_place(word, reason), promotion_id="PR1", promotion_external_id="PR1", name=f"Autumn {word}"
    ),
    "price_list": lambda word, reason: PriceList(**_place(word, reason), lines=_prices(word, 50)),
    "store_task": lambda word, reason: StoreTask(
        **_task(word, reason), type="restock", title=f"Restock {word}", place="Aisle 5", detail=f"From the back {word}"
    ),
    "count_task": lambda word, reason: CountTask(**_task(word, reason), **_named(word), title=f"Count {word}"),
    "customer_list_export": lambda word, reason: CustomerListExport(
        **_sent(word, reason), segment="At risk", period_days=84, as_of=START, count="120", offer=f"10 % off {word}"
    ),
    "store_note": lambda word, reason: StoreNote(
        **_sent(word, reason), title=f"Freezer {word}"[:150], text=f"It was repaired. {word}"[:1900]
    ),
    "signage_update": lambda word, reason: SignageUpdate(
        **_sent(word, reason), playlist="Entrance", content=f"holiday{word}"[:200], starts_at=START
    ),
    "product_flags": lambda word, reason: ProductFlags(
        **_place(word, reason), **_goods(word), before={"active": "true"}, after={"active": "false"}
    ),
}


def example(kind: str, word: str = "", reason: str = "") -> Payload:
    """A payload of that kind; ``word`` is put behind every name in it."""
    return _EXAMPLES[kind](word, reason)
