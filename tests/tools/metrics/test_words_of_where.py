"""A condition without a dimension: a word of one category's name and of many products' means all of these."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import NOON, line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
_GOODS = (
    *(("Grocery", "Pantry", f"Organic {name}", 100) for name in ("rice", "oats", "flour", "beans", "lentils", "honey")),
    ("Produce", "Organics fruit", "Organic apples", 1000),
    ("Produce", "Organics fruit", "Organic pears", 2000),
    ("Produce", "Fruit", "Apples", 5000),
    ("Miscellaneous", "Other", "Misc. charge", 700),
)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    rows: list[Row] = [store()]
    rows += [Row("category", {"category_id": name, "name": name}) for name in {good[1] for good in _GOODS}]
    for number, (department, category, name, _) in enumerate(_GOODS):
        of = {"name": name, "department": department, "category_id": category}
        rows += [
            Row("product", {"product_id": f"P{number}", **of}),
            Row("variant", {"variant_id": f"V{number}", "product_id": f"P{number}", "name": name}),
        ]
    rows.append(sale("a", NOON))
    rows += [line("a", n + 1, good[3], variant_id=f"V{n}") for n, good in enumerate(_GOODS)]
    with open_mirror(tmp_path_factory.mktemp("words") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U", Role.OWNER, ("S01",)), mirror.reader, FixedClock(NOW))


ORGANIC = sum(minor for _, _, name, minor in _GOODS if "Organic" in name)
EVERYTHING = sum(minor for *_, minor in _GOODS)


@pytest.mark.parametrize(
    ("only", "minor", "said"),
    [
        ({"values": ["organic"]}, ORGANIC, "only “organic” (8 products)"),
        ({"values": ["organic"], "exclude": True}, EVERYTHING - ORGANIC, "without “organic” (8 products)"),
        ({"values": ["organics fruit"]}, 3000, "only Organics fruit (Produce)"),  # its whole name
        ({"values": ["organic"], "dimension": "category"}, 3000, "Organics fruit"),
        ({"values": ["misc"]}, 700, "only Miscellaneous"),
    ],
)
def test_what_a_bare_word_is_taken_for(context: ToolContext, only: dict[str, object], minor: int, said: str) -> None:
    asked = {"period": "last week", "where": [only], "metrics": ["net_sales"]}
    result = run_tool("sales_breakdown", asked, context)
    assert Decimal(result.figures[0].value or 0) * 100 == minor
    assert said in result.headline
