"""Groups of one to four people stay unknown: alone, beside another dimension, by subtraction, and in a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.breakdown.sales_breakdown import SalesBreakdownArguments, sales_breakdown
from tools.context import Role, Scope, ToolContext
from tools.result import ToolResult

_NOW = datetime(2026, 3, 20, 14, 0, tzinfo=UTC)
BEFORE, LATER, APART = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)
_LATER = {"19-24": 6, "25-34": 9, "65+": 7}
_BEFORE = {"19-24": 3, "25-34": 9, "65+": 8}


def _rows() -> Iterator[Row]:
    """A week in which 19-24 is three people, a week in which it is six; and a day that is told by channel and store."""
    yield store("S01")
    yield store("S02", name="Harbor Point")
    yield Row("product", {"product_id": "P1", "name": "Soup", "department": "Grocery"})
    yield Row("variant", {"variant_id": "V1", "product_id": "P1"})
    for band, most in (("19-24", 6), ("25-34", 9), ("65+", 8)):
        for number in range(most):
            key = f"{band}/{number}"
            yield Row("customer", {"customer_key": key, "age_band": band})
            for day, counts in ((BEFORE, _BEFORE), (LATER, _LATER)):
                if number < counts[band]:
                    yield from _bought(f"{key}/{day}", day, key)
    for number in range(8):
        # Eight of 25-34: six at one store, two at the other. Two of 65+ bought where no channel is noted.
        yield from _bought(f"A{number}", APART, f"25-34/{number}", "S01" if number < 6 else "S02", channel="web")
    for number in range(2):
        yield from _bought(f"B{number}", APART, f"65+/{number}", channel=None)


def _bought(ident: str, day: date, key: str, store_id: str = "S01", **values: Any) -> Iterator[Row]:
    at = datetime(day.year, day.month, day.day, 17, 0, tzinfo=UTC)
    yield sale(ident, at, store_id=store_id, customer_key=key, **values)
    yield line(ident, 1, 100)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with open_mirror(tmp_path_factory.mktemp("few") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=list(_rows()), sources=[SourceUpdate("sales", "test", _NOW)])).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(_NOW))


def run(context: ToolContext, **arguments: Any) -> ToolResult:
    return sales_breakdown(SalesBreakdownArguments.model_validate({"metrics": ["net_sales"], **arguments}), context)


def groups(found: ToolResult, *names: str) -> dict[tuple[str, ...], str | None]:
    return {
        tuple(figure.group[name] for name in names): figure.value
        for figure in found.figures
        if figure.metric == "net_sales" and set(names) <= set(figure.group)
    }


def test_what_is_not_known_of_the_sale_does_not_make_two_people_nobody(context: ToolContext) -> None:
    found = run(context, period="16 March 2026", by=["age_band", "channel"])
    assert ("65+", "Not known") not in groups(found, "age_band", "channel")
    only = run(
        context, period="16 March 2026", by=["channel"], where=[{"dimension": "age_band", "values": ["25-34", "65+"]}]
    )
    assert ("Not known",) not in groups(only, "channel")


def test_a_group_left_out_cannot_be_had_from_the_total(context: ToolContext) -> None:
    found = run(context, period="16 March 2026", by=["store"], where=[{"dimension": "age_band", "values": ["25-34"]}])
    whole = next(one for one in found.figures if "store" not in one.group)
    assert whole.value == "8.00"
    assert groups(found, "store") == {}, "six people's sales beside the eight's are those of the other two"


def test_a_group_that_was_too_small_before_is_not_held_against_nothing(context: ToolContext) -> None:
    found = run(
        context, period="9 March 2026 to 15 March 2026", by=["age_band"], compare_to="2 March 2026 to 8 March 2026"
    )
    compared = {
        figure.group["age_band"]: (figure.value, figure.compared_to.value)
        for figure in found.figures
        if "age_band" in figure.group and figure.compared_to is not None
    }
    assert "19-24" not in compared, compared
    assert compared == {"25-34": ("9.00", "9.00"), "Other groups": ("13.00", "11.00")}
    whole = next(one for one in found.figures if "age_band" not in one.group)
    assert (whole.value, whole.compared_to and whole.compared_to.value) == ("22.00", "20.00")
