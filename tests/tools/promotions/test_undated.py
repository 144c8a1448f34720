"""Promotions and campaigns without a recorded first or last day: they run on, or began before, and it is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.support.promotions_world import PROMO_ON, Chain, promotion_chain
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

WEEK = "from 2026-11-02 to 2026-11-08"
SUNDAY = "22 November 2026"
"""Two weeks after the end of every promotion that has one."""


def put_right(chain: Chain) -> None:
    chain.connection.execute(
        "UPDATE promotion_item SET starts_on = ?, ends_on = ?", [PROMO_ON, PROMO_ON + timedelta(days=6)]
    )
    chain.connection.execute("DELETE FROM campaign")


@pytest.fixture(scope="module")
def every_promotion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    made = promotion_chain(tmp_path_factory.mktemp("undated"))
    yield made
    made.connection.close()


@pytest.fixture
def chain(every_promotion: Chain) -> Iterator[Chain]:
    yield every_promotion
    put_right(every_promotion)


def figure(result: ToolResult, metric: str, **group: str) -> str | None:
    return next(one.value for one in result.figures if one.metric == metric and group.items() <= one.group.items())


def undo(chain: Chain, column: str, *promotions: str) -> None:
    names = ", ".join(f"'{name}'" for name in promotions)
    chain.connection.execute(f"UPDATE promotion_item SET {column} = NULL WHERE promotion_id IN ({names})")


def test_a_promotion_without_an_end_has_the_lift_of_its_days(chain: Chain) -> None:
    asked = {"promotion": "LIFT", "period": WEEK}
    dated = run_tool("promotion_lift", asked, chain.context())
    undo(chain, "ends_on", "LIFT")
    found = run_tool("promotion_lift", asked, chain.context())
    for metric in ("units", "net_sales"):
        assert figure(found, metric) == figure(dated, metric)
    assert figure(found, "promotion_lift") == figure(dated, "promotion_lift")
    assert "Without a recorded end, and taken as running on: Lift week." in found.caveats
    whole = run_tool("promotion_lift", {"promotion": "LIFT"}, chain.context())
    assert whole.figures[0].end_on.isoformat() == "2026-11-22"


def test_a_promotion_without_a_start_has_no_days_before(chain: Chain) -> None:
    undo(chain, "starts_on", "LIFT")
    with pytest.raises(NoDataError, match="start of Lift week is not recorded"):
        run_tool("promotion_lift", {"promotion": "LIFT"}, chain.context())
    found = run_tool("promotion_lift", {"period": WEEK, "by": "promotion"}, chain.context())
    assert "Left out, as their start and so what was sold before is not known: Lift week (1 product)." in found.caveats
    assert not any(one.group.get("promotion") == "LIFT" for one in found.figures)


def test_goods_under_an_undated_promotion_are_no_control_group(chain: Chain) -> None:
    """P00 is on promotion in two stores whatever its dates; the rest of what is free of promotions stays the same."""
    dated = run_tool("promotion_lift", {"promotion": "CANN", "period": WEEK}, chain.context())
    undo(chain, "starts_on", "LIFT")
    undo(chain, "ends_on", "LIFT")
    found = run_tool("promotion_lift", {"promotion": "CANN", "period": WEEK}, chain.context())
    assert figure(found, "promotion_lift") == figure(dated, "promotion_lift")


def test_what_runs_counts_promotions_without_an_end(chain: Chain) -> None:
    asked = {"period": SUNDAY}
    with pytest.raises(NoDataError, match="known to 8 November 2026 only"):
        run_tool("promotions_running", asked, chain.context())
    undo(chain, "ends_on", "LIFT", "PULL")
    undo(chain, "starts_on", "PULL")
    found = run_tool("promotions_running", asked, chain.context())
    assert figure(found, "promoted_products") == "2"
    assert "2 products have no recorded end and count as running on." in found.caveats
    assert "1 product has no recorded start and counts as begun before." in found.caveats
    assert found.table is not None
    assert {row[5:7] for row in found.table.rows} == {(None, None), (PROMO_ON.isoformat(), None)}
    week = run_tool("promotions_running", {"period": WEEK}, chain.context())
    assert figure(week, "promoted_products") == "5"
    assert "some has no recorded end" in week.text


def test_one_store_without_an_end_is_until_further_notice(chain: Chain) -> None:
    chain.connection.execute(
        "UPDATE promotion_item SET ends_on = NULL WHERE promotion_id = 'LIFT' AND store_id = 'S02'"
    )
    found = run_tool("promotions_running", {"period": WEEK}, chain.context())
    assert "Product 00 zz0 (until further notice)" in found.text


def test_placements_count_promotions_without_a_start(chain: Chain) -> None:
    undo(chain, "starts_on", "LIFT", "THIN")
    found = run_tool("promotion_placements", {"period": WEEK, "by": "store", "support": "mailer"}, chain.context())
    assert figure(found, "placements") == "7"
    assert "3 placements are of promotions without a recorded start, taken as begun before." in found.caveats


def test_campaigns_without_days_are_named(chain: Chain) -> None:
    chain.put(
        "campaign",
        ("campaign_id", "name", "kind", "starts_on", "ends_on"),
        [("C1", "Open end", "A", "2026-10-05", None), ("C2", "No start", "A", None, "2026-11-01"),
         ("C3", "Whole", "A", "2026-10-05", "2026-10-14"), ("C4", "Over", "A", None, "2026-09-01")],
    )  # fmt: skip
    found = run_tool("campaign_facts", {"period": "October"}, chain.context())
    assert figure(found, "campaigns") == "3"
    assert figure(found, "days", campaign="C3") == "10"
    assert figure(found, "days", campaign="C1") is None
    assert figure(found, "average_days") == "10.0"
    assert "Without a recorded end, and taken as running on: Open end." in found.caveats
    assert "Without a recorded start, and taken as begun before: No start." in found.caveats
    assert found.table is not None
    assert "from Mon 5 Oct 2026, end not recorded" in {row[2] for row in found.table.rows}
