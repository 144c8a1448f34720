"""A recorded feed of a Square account: pages of orders on disk, and a reader that walks them.

The pages are what ``POST /v2/orders/search`` answers; from there on everything is the real thing: raw records,
mapping, mirror.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from agent.benchmarks.ground import NOW
from connectors.base import Cursor, Entity, Page
from connectors.http import Secret
from connectors.square.raw import raw_records
from connectors.square.reader import SquareReader

LINES_PER_ORDER = 3
_PAGE = 500
_LOCATIONS = 4


def record_orders(folder: Path, orders: int) -> None:
    """Write pages of orders, three lines each, oldest first, and a page of locations."""
    folder.mkdir(parents=True, exist_ok=True)
    locations = [
        {"id": f"L{number}", "name": f"Store {number}", "timezone": "America/New_York", "currency": "USD",
         "status": "ACTIVE", "created_at": _at(0)} for number in range(_LOCATIONS)
    ]  # fmt: skip
    (folder / "locations.json").write_text(json.dumps({"locations": locations}), encoding="utf-8")
    for page, begin in enumerate(range(0, orders, _PAGE)):
        found = [_order(number) for number in range(begin, min(begin + _PAGE, orders))]
        (folder / f"orders-{page:05d}.json").write_text(json.dumps({"orders": found}), encoding="utf-8")


def write_tables(recorded: Path, folder: Path) -> None:
    """Write what recorded pages say as files for `floorwalker load`, a table each."""
    folder.mkdir(parents=True, exist_ok=True)
    reader = RecordedReader(recorded)
    with ExitStack() as opened:
        writers: dict[str, csv.DictWriter[str]] = {}
        for entity in (Entity.LOCATION, Entity.SALE):
            for page in reader.extract(entity, None, until=NOW):
                for row in (row for record in page.records for row in reader.canonical(record)):
                    if row.table not in writers:
                        text = opened.enter_context(
                            (folder / f"{row.table}.csv").open("w", newline="", encoding="utf-8")
                        )
                        writers[row.table] = csv.DictWriter(text, list(row.values))
                        writers[row.table].writeheader()
                    writers[row.table].writerow(row.values)


class RecordedReader(SquareReader):
    """A Square account whose feeds stand in a folder; the cursor is the number of the next page."""

    def __init__(self, folder: Path) -> None:
        super().__init__("http://127.0.0.1:9", Secret("recorded"), "square")
        self._folder = folder

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:  # noqa: ARG002 - of the contract
        """Walk the recorded pages; ``until`` lies behind all of them."""
        start = int(cursor.value["page"]) if cursor else 0
        pattern, name = ("orders-*.json", "orders") if entity is Entity.SALE else ("locations.json", "locations")
        pages = sorted(self._folder.glob(pattern))[start:]
        for number, path in enumerate(pages, start=1):
            document = json.loads(path.read_bytes(), parse_float=Decimal)
            records = raw_records(entity, document[name], None)
            yield Page(records, Cursor({"page": start + number}), number == len(pages))


def _order(number: int) -> dict[str, Any]:
    at = _at(number)
    lines: list[dict[str, Any]] = []
    for line in range(LINES_PER_ORDER):
        price = 250 + (number * 7 + line * 13) % 900
        discount = 50 if line == 0 and number % 5 == 0 else 0
        lines.append(
            {
                "uid": f"u{number}-{line}",
                "catalog_object_id": f"V{(number * 3 + line) % 2000}",
                "name": f"Article {(number * 3 + line) % 2000}",
                "quantity": "1",
                "item_type": "ITEM",
                "base_price_money": _money(price),
                "gross_sales_money": _money(price),
                "total_discount_money": _money(discount),
                "total_tax_money": _money(0),
                "total_money": _money(price - discount),
            }
        )
    total = sum(line["total_money"]["amount"] for line in lines)
    return {
        "id": f"order-{number:09d}",
        "location_id": f"L{number % _LOCATIONS}",
        "state": "COMPLETED",
        "version": 4,
        "created_at": at,
        "updated_at": at,
        "closed_at": at,
        "line_items": lines,
        "tenders": [{"id": f"tender-{number:09d}", "type": "CARD", "created_at": at, "amount_money": _money(total)}],
        "total_money": _money(total),
        "total_tax_money": _money(0),
        "total_tip_money": _money(0),
        "total_discount_money": _money(50 if number % 5 == 0 else 0),
    }


def _money(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "USD"}


def _at(number: int) -> str:
    return (NOW - timedelta(days=90) + timedelta(minutes=5 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")
