"""Customers who bought both of two goods: in one basket, or on different visits; never under five people."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import NOON, line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

NOW = NOON + timedelta(days=5)


def _ask(folder: Path, together: int, apart: int) -> ToolResult:
    """So many customers buy roses and salmon in one basket, so many on two visits, and others one of them only."""
    rows: list[Row] = [store()]
    for name in ("Roses", "Salmon"):
        rows += [Row("product", {"product_id": name, "name": name, "department": name})]
        rows += [Row("variant", {"variant_id": name, "product_id": name, "name": name})]
    baskets = [(f"T{n}", ("Roses", "Salmon")) for n in range(together)]
    baskets += [(f"A{n}", (name,)) for n in range(apart) for name in ("Roses", "Salmon")]
    baskets += [(f"O{n}", ("Roses",)) for n in range(7)]
    for number, (customer, goods) in enumerate([*baskets, (None, ("Roses",)), (None, ("Salmon",))]):
        rows.append(sale(f"s{number}", NOON + timedelta(days=number % 3), customer_key=customer))
        rows += [line(f"s{number}", place, variant_id=name) for place, name in enumerate(goods, 1)]
    with open_mirror(folder / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", NOW)])).result()
        context = ToolContext(Scope("U", Role.OWNER, ("S01",)), mirror.reader, FixedClock(NOW))
        asked = {"product": "Roses", "with_product": "Salmon", "period": "all time"}
        return run_tool("both_in_basket", asked, context)


@pytest.mark.parametrize(
    ("together", "apart", "one_basket", "any_visit"),
    [
        (5, 6, "5", "11"),
        (2, 6, None, "8"),  # those of one basket are too few to be told
        (6, 2, "6", None),  # so would the two be who bought them apart
        (6, 0, "6", "6"),
        (1, 2, None, None),
    ],
)
def test_customers_of_any_visit_stand_beside_those_of_one_basket(
    tmp_path: Path, together: int, apart: int, one_basket: str | None, any_visit: str | None
) -> None:
    result = _ask(tmp_path, together, apart)
    told = {one.metric: one.value for one in result.figures}
    assert told["transactions"] == str(together)
    assert told.get("customers") == one_basket
    assert told.get("customers_on_any_visit") == any_visit
    assert ("bought both in that time" in result.text) == (any_visit is not None)
