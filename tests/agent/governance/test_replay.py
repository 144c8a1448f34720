"""Answers computed again over a mirror that went on living: what stayed, what changed and why it cannot be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.db.engine import Database, open_database
from agent.db.tables import Receipt
from agent.governance import replay as module
from agent.governance.differences import figure_changes, table_changes
from agent.governance.receipts import DOCUMENT_SCHEMA, Receipts, call_document, receipt_document
from connectors.errors import QueryTimeoutError
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import ToolError
from tools.registry import run_tool

OPENED = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)
"""Nine o'clock in New York on Wednesday 4 March."""
MORNING_AFTER = OPENED + timedelta(days=1)
OWNER = Scope("U_OWNER", Role.OWNER, ("S01", "S02"))


@dataclass(slots=True)
class Shop:
    """A mirror that can be written to, and the receipts of answers over it."""

    mirror: Mirror
    database: Database
    receipts: Receipts

    def write(self, *rows: Row, known_until: datetime = MORNING_AFTER) -> None:
        assert self.mirror.writer is not None
        fresh = [SourceUpdate("sales", "test", known_until)]
        self.mirror.writer.submit(Batch(rows=list(rows), sources=fresh)).result()

    def erase(self, sql: str) -> None:
        assert self.mirror.writer is not None
        self.mirror.writer.execute_bulk(lambda connection: connection.execute(sql)).result()

    def answered(self, *calls: tuple[str, dict[str, Any]], **other: Any) -> str:
        """The receipt of an answer made by these calls now."""
        context = ToolContext(OWNER, self.mirror.reader, FixedClock(MORNING_AFTER))
        documents = []
        for name, args in calls:
            try:
                documents.append(call_document(name, args, "ok", 0.01, run_tool(name, args, context)))
            except ToolError as error:
                documents.append(call_document(name, args, "error", 0.01, None, error=error.user_message))
        snapshot = self.mirror.reader.snapshot()
        document = receipt_document(
            question="?", now=MORNING_AFTER, scope=OWNER, calls=documents, snapshot=snapshot, seconds=0.5
        )
        return self.receipts.save("answer", "U_OWNER", "t", {**document, **other}, created_at=MORNING_AFTER)

    def again(self, receipt_id: str) -> module.Replay:
        return self.receipts.replay(receipt_id, OWNER, mirror=self.mirror.reader)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    database = open_database(f"sqlite:///{tmp_path / 'operations.sqlite'}")
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        made = Shop(mirror, database, Receipts(database))
        made.write(
            store(),
            store("S02", name="Harbor Point"),
            Row("product", {"product_id": "P1", "name": "Blue mug", "department": "Kitchen"}),
            Row("variant", {"variant_id": "V1", "product_id": "P1", "sku": "MUG-1"}),
            sale("A", OPENED),
            line("A", gross_minor=1000),
            sale("B", OPENED, store_id="S02"),
            line("B", gross_minor=500),
        )
        yield made
    database.close()


def test_a_late_sale_changes_yesterday_and_is_named(shop: Shop) -> None:
    receipt_id = shop.answered(("sales_summary", {"period": "yesterday", "by": "store"}))
    assert shop.again(receipt_id).status == "same"
    shop.write(sale("C", OPENED + timedelta(hours=2)), line("C", gross_minor=250))
    found = shop.again(receipt_id)
    assert found.status == "changed"
    assert ("net_sales", "10.00", "12.50") in [(one["metric"], one["before"], one["after"]) for one in found.changes]
    assert all(one["before"] != one["after"] for one in found.changes)
    assert not any("Harbor Point" in one["group"].values() for one in found.changes)
    assert found.snapshot_after is not None
    assert found.snapshot_before is not None
    assert found.snapshot_after > found.snapshot_before
    assert found.moved == ()
    assert "added or corrected afterwards" in " ".join(found.reasons)


def test_a_source_that_is_known_further_now_is_named(shop: Shop) -> None:
    receipt_id = shop.answered(("sales_summary", {"period": "yesterday"}))
    later = MORNING_AFTER + timedelta(hours=3)
    shop.write(sale("C", OPENED + timedelta(hours=2)), line("C", gross_minor=250), known_until=later)
    found = shop.again(receipt_id)
    assert found.status == "changed"
    assert [(one["source"], one["after"]) for one in found.moved] == [("sales", later.isoformat())]
    assert "from 15.00 to 17.50" in found.reasons[0]
    assert found.to_json()["moved"][0]["before"] == MORNING_AFTER.isoformat()


def test_data_that_moved_elsewhere_leaves_the_answer_the_same(shop: Shop) -> None:
    receipt_id = shop.answered(("sales_summary", {"period": "yesterday"}))
    shop.write(sale("C", MORNING_AFTER), line("C", gross_minor=250))
    found = shop.again(receipt_id)
    assert found.status == "same"
    assert found.reasons[1].startswith("The data moved from version")


def test_an_erased_product_cannot_be_recomputed_and_says_why(shop: Shop) -> None:
    receipt_id = shop.answered(("sales_summary", {"period": "yesterday", "product": "blue mug"}))
    assert shop.again(receipt_id).status == "same"
    shop.erase("DELETE FROM variant; DELETE FROM product")
    found = shop.again(receipt_id)
    assert found.status == "cannot"
    assert "sales_summary does not answer now" in found.reasons[0]
    assert "blue mug" in found.reasons[0]


def test_one_part_that_cannot_be_recomputed_is_not_called_same(shop: Shop) -> None:
    receipt_id = shop.answered(
        ("sales_summary", {"period": "yesterday"}), ("sales_summary", {"period": "yesterday", "product": "blue mug"})
    )
    shop.erase("DELETE FROM variant; DELETE FROM product")
    found = shop.again(receipt_id)
    assert found.status == "cannot"
    assert found.reasons[0] == "Every recomputed figure is the same."
    assert any("does not answer now" in reason for reason in found.reasons)


def test_a_tool_that_is_gone_is_named(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt_id = shop.answered(("sales_summary", {"period": "yesterday"}))
    monkeypatch.setattr(module, "catalogue", dict)
    found = shop.again(receipt_id)
    assert (found.status, found.reasons) == ("cannot", ("There is no tool “sales_summary” any more.",))


@pytest.mark.parametrize("fault", [KeyError("x"), QueryTimeoutError("The data did not answer within 10 seconds.")])
def test_a_tool_that_fails_is_no_crash(shop: Shop, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    receipt_id = shop.answered(("sales_summary", {"period": "yesterday"}))

    def failing(*_: object) -> None:
        raise fault

    monkeypatch.setattr(module, "run_tool", failing)
    found = shop.again(receipt_id)
    assert found.status == "cannot"
    assert "sales_summary" in found.reasons[0]
    assert "KeyError" not in found.reasons[0]


def test_arguments_that_the_tool_does_not_take_any_more(shop: Shop) -> None:
    receipt_id = shop.answered(("sales_summary", {"period": "yesterday"}))
    with shop.database.session() as session:
        row = session.get(Receipt, receipt_id)
        assert row is not None
        call = {**row.document["calls"][0], "args": {"period": "yesterday", "moon": "full"}}
        row.document = {**row.document, "calls": [call]}
    found = shop.again(receipt_id)
    assert found.status == "cannot"
    assert "moon" in found.reasons[0]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"schema": DOCUMENT_SCHEMA + 1}, "another version"),
        ({"now": ""}, "who asked and when"),
        ({"scope": {"role": "janitor", "store_ids": []}}, "role"),
        ({"calls": []}, "nothing to recompute"),
    ],
)
def test_a_receipt_that_cannot_be_read_says_why(shop: Shop, other: dict[str, Any], said: str) -> None:
    found = shop.again(shop.answered(("sales_summary", {"period": "yesterday"}), **other))
    assert found.status == "cannot"
    assert said in found.reasons[0]


def test_a_query_is_recomputed_over_the_same_day(shop: Shop) -> None:
    sql = "SELECT store_id, SUM(net_sales) AS net FROM daily_sales WHERE business_on = current_date - 1 GROUP BY 1"
    receipt_id = shop.answered(("query_sales_data", {"sql": sql}))
    shop.write(sale("C", OPENED, store_id="S02"), line("C", gross_minor=99), sale("D", MORNING_AFTER), line("D"))
    found = shop.again(receipt_id)
    assert [(one["metric"], one["group"], one["before"], one["after"]) for one in found.changes] == [
        ("net", {"store_id": "S02"}, "5.00", "5.99")
    ]


def test_what_a_receipt_holds(shop: Shop) -> None:
    shown = shop.receipts.show(shop.answered(("sales_summary", {"period": "yesterday"})), OWNER)
    assert shown["snapshot"]["version"] == shop.mirror.reader.snapshot().version
    assert shown["snapshot"]["sources"]["sales"] == {"as_of": MORNING_AFTER.isoformat(), "simulated": False}
    (call,) = shown["calls"]
    assert call["provenance"]["sql"]
    assert call["provenance"]["snapshot"] == shown["snapshot"]["version"]
    assert call["args"] == {"period": "yesterday"}
    assert (shown["seconds"], call["seconds"]) == (0.5, 0.01)


FIGURE = {"metric": "net_sales", "value": "1.00", "stores": ["S01"], "group": {}}


def test_a_comparison_that_moved_is_told_apart_from_the_figure() -> None:
    was = {**FIGURE, "compared_to": {"value": "2.00"}}
    now = {**FIGURE, "compared_to": {"value": "3.00"}}
    (change,) = figure_changes("compare_periods", [was], [now])
    assert (change["metric"], change["before"], change["after"]) == ("net_sales compared to", "2.00", "3.00")


def test_figures_that_came_and_went() -> None:
    other = {**FIGURE, "metric": "units", "value": "3"}
    changes = figure_changes("sales_summary", [FIGURE], [other])
    assert [(one["metric"], one["before"], one["after"]) for one in changes] == [
        ("net_sales", "1.00", None),
        ("units", None, "3"),
    ]


def test_cells_of_a_table_are_found_by_the_words_of_their_row() -> None:
    columns = [{"name": "product", "unit": "text"}, {"name": "units", "unit": "units"}]
    before = {"columns": columns, "rows": [["mug", 1], ["cup", 2], ["jug", 3]]}
    after = {"columns": columns, "rows": [["cup", 5], ["mug", 1], ["pot", 4]]}
    changes = [(one["metric"], one["group"]["product"], one["before"], one["after"])
               for one in table_changes("t", before, after)]  # fmt: skip
    assert changes == [("units", "cup", 2, 5), ("row", "jug", "there", None), ("row", "pot", None, "there")]
    assert table_changes("t", before, {**after, "columns": columns[:1]}) == []


def test_the_asker_keeps_their_stores(shop: Shop) -> None:
    receipt_id = shop.answered(("sales_summary", {"period": "yesterday", "by": "store"}))
    wider = replace(OWNER, store_ids=("S01", "S02", "S03"))
    assert shop.receipts.replay(receipt_id, wider, mirror=shop.mirror.reader).status == "same"
