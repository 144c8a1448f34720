"""Stores that opened or closed on the way: what of them is in a figure, and that the rest is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 1), date(2026, 11, 22)
NAMES = {"A": "Alder", "B": "Birch", "C": "Cedar", "D": "Dogwood"}
TRADED = {
    "A": (FIRST, LAST),
    "B": (date(2025, 12, 30), LAST),
    "C": (FIRST, date(2026, 10, 31)),
    "D": (date(2026, 11, 3), LAST),
}
"""Cedar has closed since, Dogwood opened later; each sells 10.00 a day."""


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    rows: list[Row] = [store(one, name=name, active=one != "C") for one, name in NAMES.items()]
    for one, (first, last) in TRADED.items():
        for number in range((last - first).days + 1):
            at = datetime(first.year, first.month, first.day, 17, 0, tzinfo=UTC) + timedelta(days=number)
            rows.append(sale(f"{one}-{number}", at, store_id=one))
            rows.append(line(f"{one}-{number}", 1, 1000, variant_id=None))
    with open_mirror(tmp_path_factory.mktemp("history") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U", Role.OWNER, ("A", "B", "D")), mirror.reader, FixedClock(NOW))


def _caveats(chain: ToolContext, period: str, tool: str = "sales_summary", **arguments: Any) -> str:
    result = run_tool(tool, {"metrics": ["net_sales"], "period": period, **arguments}, chain)
    return " ".join(result.caveats)


def test_a_store_that_opened_later_is_named_and_the_data_of_the_others_is_not_said_to_begin_then(
    chain: ToolContext,
) -> None:
    said = _caveats(chain, "1 October 2026 to 22 November 2026")
    assert "Sales of Dogwood begin on Tue 3 Nov 2026" in said
    assert "The data begins" not in said


def test_where_every_store_begins_at_once_the_data_begins_then(chain: ToolContext) -> None:
    assert "The data begins on Tue 1 Sep 2026" in _caveats(chain, "25 August 2026 to 30 September 2026", stores="Alder")


def test_a_store_without_a_sale_yet_is_said_once(chain: ToolContext) -> None:
    said = _caveats(chain, "October 2026")
    assert "No sales are recorded for Dogwood" in said
    assert "begin" not in said


@pytest.mark.parametrize("tool", ["sales_summary", "sales_breakdown"])
def test_a_closed_store_is_not_in_the_chain_s_past_and_the_answer_says_so(chain: ToolContext, tool: str) -> None:
    result = run_tool(tool, {"metrics": ["net_sales"], "period": "October 2026"}, chain)
    assert result.figures[0].value == "620.00"
    assert "Cedar, which is closed now, is not in these figures" in " ".join(result.caveats)


def test_nor_in_the_period_that_is_compared_with(chain: ToolContext) -> None:
    said = _caveats(chain, "9 to 15 November 2026", "compare_periods", compare_to="October 2026")
    assert "Cedar, which is closed now" in said


def test_it_is_not_said_where_it_does_not_matter_or_is_not_the_asker_s(chain: ToolContext) -> None:
    assert "Cedar" not in _caveats(chain, "9 to 15 November 2026")
    assert "Cedar" not in _caveats(chain, "October 2026", stores="Alder")
    manager = ToolContext(Scope("M", Role.STORE_MANAGER, ("A",)), chain.mirror, chain.clock)
    assert "Cedar" not in _caveats(manager, "October 2026")
    district = ToolContext(Scope("M", Role.DISTRICT_MANAGER, ("A", "B", "D")), chain.mirror, chain.clock)
    assert "Cedar" not in _caveats(district, "October 2026")


def test_a_long_table_is_whole_and_its_days_have_their_years(chain: ToolContext) -> None:
    asked = {"by": "day", "metrics": ["net_sales"], "period": "30 December 2025 to 22 November 2026", "stores": "Birch"}
    result = run_tool("sales_breakdown", asked, chain)
    assert result.table is not None
    rows = list(result.table.rows)
    assert len(rows) == 328
    assert (rows[0][0], rows[-1][0]) == ("Tue 30 Dec 2025", "Sun 22 Nov 2026")
    assert 1 < len(result.figures) <= 101
    assert not any("rows are shown" in caveat for caveat in result.caveats)
    within = run_tool("sales_breakdown", {**asked, "period": "9 to 15 November 2026"}, chain)
    assert within.table is not None
    assert within.table.rows[0][0] == "Mon 9 Nov"
