"""Rates by two dimensions: each over what its own group sold, and none of them highest where all are alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
SOLD = (
    # store, department, sold, brought back (minor units)
    ("S01", "Dairy", 10_000, 1_000),
    ("S01", "Meat", 5_000, 0),
    ("S02", "Dairy", 2_000, 500),
    ("S02", "Meat", 8_000, 0),
)


def _rows() -> list[Row]:
    rows: list[Row] = [store("S01"), store("S02", name="Harbor Point")]
    for department in ("Dairy", "Meat"):
        rows += [
            Row("product", {"product_id": department, "name": department, "department": department}),
            Row("variant", {"variant_id": department, "product_id": department, "name": department}),
        ]
    for number, (place, department, sold, back) in enumerate(SOLD):
        rows.append(sale(f"A{number}", NOON, store_id=place))
        rows.append(line(f"A{number}", 1, sold, variant_id=department))
        if back:
            rows.append(sale(f"B{number}", NOON + timedelta(days=1), store_id=place, kind="return"))
            rows.append(line(f"B{number}", 1, -back, variant_id=department, quantity=-1))
    return rows


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with open_mirror(tmp_path_factory.mktemp("rates") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=_rows(), sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(NOW))


def test_a_return_rate_by_store_and_department_is_of_what_each_sold(context: ToolContext) -> None:
    found = run_tool(
        "sales_breakdown",
        {"by": ["store", "department"], "metrics": ["refund_rate"], "period": "2 to 8 March 2026"},
        context,
    )
    shown = {(one.group["store"], one.group["department"]): one.value for one in found.figures if len(one.group) == 2}
    assert shown == {(place, department): f"{back * 100 / sold:.1f}" for place, department, sold, back in SOLD}


def test_where_all_rates_are_alike_none_is_called_the_highest(context: ToolContext) -> None:
    for by in (["store"], ["store", "department"]):
        found = run_tool("sales_breakdown", {"by": by, "metrics": ["refund_rate"], "period": "2 March 2026"}, context)
        assert "highest" not in found.text
        assert f"0.0 % in each of {2 if len(by) == 1 else 4} groups" in found.headline
        assert any("No refund is recorded" in one for one in found.caveats)
