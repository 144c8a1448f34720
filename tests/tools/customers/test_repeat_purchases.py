"""Who bought goods again: planted buyers and visits, nothing told of fewer than five, and the sample by plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.asked_sample import OCTOBER, asked_sample, truth
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
VISITS = {
    # goods: visits of each of the first so many customers
    "milk": [1] * 6 + [2] * 8 + [3] * 6,
    "jam": [4] * 10,
    "figs": [1] * 12,
    "roe": [1] * 9 + [2] * 3,  # only three came back: not told
    "sage": [2] * 4,  # only four buyers: not told
}
SHELF = {"milk": "Dairy", "jam": "Grocery", "figs": "Produce", "roe": "Seafood", "sage": "Grocery"}


def rows() -> Iterator[Row]:
    yield store("S01", name="Market Street")
    for name, department in SHELF.items():
        yield Row("product", {"product_id": name, "name": name.title(), "department": department, "brand": name})
        yield Row("variant", {"variant_id": name, "product_id": name, "name": name.title()})
    number = 0
    for name, visits in VISITS.items():
        for person, times in enumerate(visits):
            for visit in range(times):
                number += 1
                yield sale(f"D{number}", NOW - timedelta(days=2 + visit), customer_key=f"c{person:02d}")
                # Two lines of one transaction are one purchase.
                yield line(f"D{number}", 1, variant_id=name, gross_minor=200)
                yield line(f"D{number}", 2, variant_id=name, gross_minor=200)
    for person in range(6, 12):  # what is brought back, or bought by nobody known, is no purchase
        yield sale(f"B{person}", NOW - timedelta(days=2), customer_key=f"c{person:02d}", kind="return")
        yield line(f"B{person}", variant_id="figs", gross_minor=-200, quantity=-1, is_return=True)
        yield sale(f"A{person}", NOW - timedelta(days=2))
        yield line(f"A{person}", variant_id="figs")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with open_mirror(tmp_path_factory.mktemp("again") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=list(rows()), sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U", Role.OWNER, ("S01",)), mirror.reader, FixedClock(NOW))


def _rates(result: ToolResult, by: str) -> list[tuple[str, str, str, str | None]]:
    values: dict[str, dict[str, str | None]] = {}
    for one in result.figures:
        values.setdefault(one.group.get(by, ""), {})[one.metric] = one.value
    return [
        (name, str(row["customers"]), str(row["repeat_buyers"]), row["repeat_purchase_rate"])
        for name, row in values.items()
    ]


def test_the_rate_is_of_the_buyers_of_each_and_few_people_are_not_told(asked: ToolContext) -> None:
    result = run_tool("repeat_purchases", {"by": "product", "period": "last 2 weeks", "least_buyers": 5}, asked)
    assert _rates(result, "product") == [
        ("Jam", "10", "10", "100.0"), ("Milk", "20", "14", "70.0"), ("Figs", "12", "0", "0.0"),
    ]  # fmt: skip
    assert "1 further one left out" in " ".join(result.caveats)
    assert "1 of 5 products with fewer than 5 buyers" in " ".join(result.caveats)
    lowest = run_tool(
        "repeat_purchases", {"by": "brand", "period": "last 2 weeks", "least_buyers": 5, "order": "bottom"}, asked
    )
    assert [row[0] for row in _rates(lowest, "brand")] == ["figs", "milk", "jam"]


def test_goods_named_alone_and_another_number_of_times(asked: ToolContext) -> None:
    milk = run_tool("repeat_purchases", {"product": "Milk", "period": "last 2 weeks"}, asked)
    assert milk.headline.startswith("70.0 % of the 20 known customers who bought Milk")
    three = run_tool("repeat_purchases", {"product": "Milk", "period": "last 2 weeks", "times": 3}, asked)
    assert three.headline.startswith("30.0 % of the 20")
    assert "at least 3 times (6)" in three.headline
    with pytest.raises(NoDataError, match="so few people"):
        run_tool("repeat_purchases", {"product": "Roe", "period": "last 2 weeks"}, asked)


@pytest.mark.slow
@pytest.mark.full
def test_of_the_sample_as_plain_sql_says(tmp_path_factory: pytest.TempPathFactory) -> None:
    with asked_sample(tmp_path_factory.mktemp("sample")) as context:
        sql = truth(
            context,
            "SELECT brand, COUNT(*), SUM(CASE WHEN n > 1 THEN 1 ELSE 0 END) FROM (SELECT p.brand, s.customer_key,"
            " COUNT(DISTINCT s.sale_id) AS n FROM sale s JOIN sale_line l USING (sale_id) JOIN variant v USING"
            f" (variant_id) JOIN product p USING (product_id) WHERE {OCTOBER} AND NOT COALESCE(l.is_gift_card, FALSE)"
            " GROUP BY 1, 2) GROUP BY 1 HAVING COUNT(*) >= 30",
        )
        found = run_tool("repeat_purchases", {"by": "brand", "period": "October 2026", "limit": 100}, context)
        by_hand = {name: (str(buyers), str(int(again))) for name, buyers, again in sql}
        shown = _rates(found, "brand")
        assert len(shown) == 100
        assert all(by_hand[name] == (buyers, again) for name, buyers, again, _ in shown)
