"""An overview and targets where one store opened last week and one has no sales on record for yesterday.

Three stores take ten dollars on every day they sell: Alpha and Beta since September, Beta not on Sunday 22 November,
Delta since Monday 16 November. Each has a target of 300 dollars for the thirty days of November.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SUNDAY = date(2026, 11, 22)
BEGAN = {"S01": date(2026, 9, 1), "S02": date(2026, 9, 1), "S03": date(2026, 11, 16)}
NAMES = {"S01": "Alpha", "S02": "Beta", "S03": "Delta"}


def rows() -> list[Row]:
    november = {"metric": "net_sales", "starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 30), "value": "300"}
    made: list[Row] = []
    for store_id, began in BEGAN.items():
        made += [
            store(store_id, name=NAMES[store_id], timezone="UTC"),
            Row("target", {"store_id": store_id, **november}),
        ]
        for number in range((SUNDAY - began).days + 1):
            on = began + timedelta(days=number)
            if (store_id, on) != ("S02", SUNDAY):
                sale_id = f"{store_id}-{on}"
                made += [sale(sale_id, datetime.combine(on, time(12), UTC), store_id=store_id), line(sale_id, 1, 1000)]
    return made


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    """The owner of the three stores."""
    with open_mirror(tmp_path_factory.mktemp("new") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows(), sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, tuple(BEGAN)), mirror.reader, FixedClock(NOW))


def test_growth_with_a_new_store_has_that_of_the_others_beside_it(asker: ToolContext) -> None:
    """200 after 140, of which Delta is 70: the others fell from 140 to 130."""
    text = run_tool("business_overview", {"period": "last week"}, asker).text
    assert "net sales $200.00 (up 42.9 %)" in text
    assert "Like for like, 2 stores on both sides: $130.00 (down 7.1 %)." in text
    assert "Like for like" not in run_tool("business_overview", {"period": "October"}, asker).text


def test_a_store_without_sales_on_record_did_not_take_nothing(asker: ToolContext) -> None:
    text = run_tool("business_overview", {"period": "yesterday"}, asker).text
    assert "Beta has no sales on record where its own norm for these weekdays is $10.00: $10.00 less" in text
    week = run_tool("business_overview", {"period": "last week"}, asker).text
    assert "Beta took $60.00 on 6 of 7 open days where its own norm for these weekdays is $70.00: $10.00 less" in week


def test_a_store_that_opened_within_the_month_is_carried_on_at_the_rate_of_its_own_days(asker: ToolContext) -> None:
    """Delta: 70 of the 220 that are due, and 80 more in the eight days to come at ten a day."""
    result = run_tool("target_progress", {}, asker)
    assert result.table is not None
    titles = [column.name for column in result.table.columns]
    found = {row[0]: dict(zip(titles, row, strict=True)) for row in result.table.rows}
    delta = found["Delta"]
    assert (delta["Due to date"], delta["Actual"], delta["At the present rate"]) == ("220.00", "70.00", "150.00")
    assert found["Alpha"]["At the present rate"] == "300.00"
    said = " ".join(result.caveats)
    assert "and at Delta alike, since there are too few weeks; the present day is left out." in said
    assert "Sales of Delta (Mon 16 Nov 2026) begin within the period" in said


def test_groups_held_against_before_say_which_stores_are_on_one_side_only(asker: ToolContext) -> None:
    arguments = {"by": ["weekday"], "period": "last week", "compare_to": "the week before"}
    said = "Not like for like: Delta has sales on one side only; 2 stores on both."
    assert said in run_tool("sales_breakdown", arguments, asker).text
    assert said in run_tool("share_change", {"by": "store", "period": "last week"}, asker).caveats
    alike = run_tool("sales_breakdown", {**arguments, "like_for_like": True}, asker)
    assert "Not like for like" not in alike.text
    october = {"by": ["weekday"], "period": "October", "compare_to": "September"}
    assert "Not like for like" not in run_tool("sales_breakdown", october, asker).text


def test_an_outlook_that_is_without_a_store_says_so_beside_the_amount(asker: ToolContext) -> None:
    """Alpha and Beta take ten dollars on each of the seven days."""
    result = run_tool("sales_outlook", {"period": "next week"}, asker)
    assert "all 3 stores without Delta: about $140.00" in result.headline
