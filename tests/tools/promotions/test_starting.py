"""Promotions and campaigns to come: planted on a chain of three stores, and on the sample by plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from connectors.records import Row
from tests.support.asked_sample import asked_sample, truth
from tests.tools.stock import stock_world as planted
from tools.context import Role, ToolContext
from tools.errors import NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult


def extra() -> Iterator[Row]:
    """Two promotions of goods, two without goods of which one is another store's, and two campaigns."""
    yield Row("promotion", {"promotion_id": "P1", "name": "Dairy week"})
    for promotion, variant, store, start, end in (
        ("P1", "A", None, date(2026, 11, 30), date(2026, 12, 6)),
        ("P1", "B", "S02", date(2026, 11, 30), date(2026, 12, 6)),
        ("P2", "I", "S02", date(2026, 12, 14), None),
        ("P3", "F", None, date(2026, 11, 16), date(2026, 11, 29)),
    ):
        yield Row("promotion_item", {
            "promotion_id": promotion, "variant_id": variant, "store_id": store, "starts_on": start, "ends_on": end,
            "display": "end cap" if variant == "A" else None,
        })  # fmt: skip
    for ident, name, scope in (("P4", "Late night", None), ("P5", "Maple only", '{"stores": ["S03"]}')):
        # Half past two at night in UTC is still the evening before at the stores.
        yield Row("promotion", {
            "promotion_id": ident, "name": name, "starts_at": datetime(2026, 12, 2, 2, 30, tzinfo=UTC), "scope": scope,
        })  # fmt: skip
    for ident, start, end in (("C1", date(2026, 12, 1), date(2026, 12, 20)), ("C2", date(2026, 11, 1), None)):
        yield Row("campaign", {"campaign_id": ident, "name": f"Mailing {ident}", "starts_on": start, "ends_on": end})


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with planted.stock_world(tmp_path_factory.mktemp("offers"), planted.rows(), extra()) as mirror:
        yield planted.context_of(mirror)


def names(result: ToolResult) -> list[Any]:
    assert result.table is not None
    return [row[1] for row in result.table.rows]


def test_all_that_is_to_come_the_soonest_first(world: ToolContext) -> None:
    found = run_tool("offers_starting", {}, world)
    assert found.headline == "Starting from 24 November 2026 on, all 3 stores: 4 promotions and 1 campaign."
    assert names(found) == ["Dairy week", "Mailing C1", "Late night", "Maple only", "P2"]
    assert found.table is not None
    assert found.table.rows[0][2:] == ("2026-11-30", "2026-12-06", 2, 3, "1 on display")
    assert found.table.rows[2][2:5] == ("2026-12-01", None, None)
    latest = run_tool("offers_starting", {"order": "latest", "limit": 2}, world)
    assert names(latest) == ["P2", "Maple only"]
    assert "The last: promotion P2 from" in latest.text
    assert "and 3 more" in latest.text


def test_what_runs_by_the_day_it_ends_or_began(world: ToolContext) -> None:
    def running(order: str) -> list[tuple[object, object]]:
        found = run_tool("promotions_running", {"period": "this month", "order": order}, world)
        assert found.table is not None
        return [(row[-3], row[-2]) for row in found.table.rows]

    month = running("soonest")
    assert month == [("2026-11-16", "2026-11-29"), ("2026-11-30", "2026-12-06"), ("2026-11-30", "2026-12-06")]
    assert running("latest")[0] == ("2026-11-30", "2026-12-06")
    assert running("newest")[-1] == ("2026-11-16", "2026-11-29")
    soonest = run_tool("promotions_running", {"period": "this month", "order": "soonest"}, world)
    assert "Ending first: " in soonest.text
    both = run_tool("promotions_running", {"period": "this month", "support": "both"}, world)
    assert both.headline.startswith("Nothing is on promotion on a display and in the mailer at once")


def test_only_those_that_start_in_the_days_and_stores_asked_about(world: ToolContext) -> None:
    week = run_tool("offers_starting", {"period": "next week", "stores": "Market Street"}, world)
    assert names(week) == ["Dairy week", "Mailing C1", "Late night"]
    assert week.table is not None
    assert week.table.rows[0][4:6] == (1, 1)
    assert names(run_tool("offers_starting", {"period": "last week"}, world)) == ["P3"]
    dairy = run_tool("offers_starting", {"department": "Dairy"}, world)
    assert names(dairy) == ["Dairy week"]
    assert "Campaigns are not of one department and are left out." in dairy.caveats


def test_those_that_end(world: ToolContext) -> None:
    assert names(run_tool("offers_starting", {"period": "this week", "edge": "end"}, world)) == ["P3"]
    assert names(run_tool("offers_starting", {"edge": "end", "kind": "campaigns"}, world)) == ["Mailing C1"]


def test_none_in_the_days_says_what_the_last_is_and_none_at_all_is_not_answered(
    world: ToolContext, tmp_path_factory: pytest.TempPathFactory
) -> None:
    none = run_tool("offers_starting", {"period": "tomorrow"}, world)
    assert none.headline.startswith("No promotion or campaign is recorded that starts tomorrow")
    assert "The last promotion recorded starts on 14 December 2026." in none.text
    with (
        planted.stock_world(tmp_path_factory.mktemp("bare"), planted.rows()) as mirror,
        pytest.raises(NoDataError, match="No promotions or campaigns are recorded"),
    ):
        run_tool("offers_starting", {}, planted.context_of(mirror))


def test_nobody_reads_the_promotions_of_other_stores(world: ToolContext) -> None:
    own = replace(world, scope=replace(world.scope, store_ids=("S01",), role=Role.STORE_MANAGER))
    assert "Maple only" not in names(run_tool("offers_starting", {}, own))
    assert "P2" not in names(run_tool("offers_starting", {}, own))
    with pytest.raises(NotAllowedError):
        run_tool("offers_starting", {"stores": "Harbor Point"}, own)


@pytest.mark.slow
def test_the_samples_campaigns_and_promotions(tmp_path_factory: pytest.TempPathFactory) -> None:
    with asked_sample(tmp_path_factory.mktemp("sample")) as context:
        coming = truth(context, "SELECT COUNT(*) FROM campaign WHERE starts_on > DATE '2026-11-23'")[0][0]
        goods = truth(
            context,
            "SELECT COUNT(DISTINCT variant_id) FROM promotion_item WHERE starts_on BETWEEN DATE '2026-11-16' AND"
            " DATE '2026-11-22'",
        )[0][0]
        found = run_tool("offers_starting", {}, context)
        week = run_tool("offers_starting", {"period": "last week", "kind": "promotions"}, context)
    assert f"{coming} campaigns" in found.headline
    assert "No promotion then; the last promotion recorded starts on 23 November 2026." in found.text
    assert week.table is not None
    assert sum(int(row[4] or 0) for row in week.table.rows) == goods
