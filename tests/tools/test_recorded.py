"""What is never recorded is said before what is not there yet, and in a shop's words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import tools
from tests.support.tools_world import World
from tools.errors import NOT_RECORDED, NOT_YET, BadArgumentError, NoDataError
from tools.registry import run_tool


@pytest.mark.parametrize(
    ("tool", "args", "said"),
    [
        ("sales_breakdown", {"by": "employee"}, "No employee is recorded for any sale .* the same by store"),
        (
            "sales_breakdown",
            {"where": [{"dimension": "employee", "values": ["Ada"]}]},
            "No employee is recorded for any",
        ),
        ("sales_breakdown", {"by": "channel"}, "No channel is recorded for any sale"),
        ("refunds_and_voids", {"show": "voids"}, "No voids were ever recorded .* What is recorded are refunds"),
        ("refunds_and_voids", {"show": "no_sales"}, "No no-sales were ever recorded"),
        ("exception_report", {"measure": "no_sales"}, "No register events were ever recorded"),
        ("shrink_and_waste", {}, "No stock changes are recorded .* all the data .*phantom stock"),
        ("gift_cards", {}, "No gift card was sold or redeemed"),
        ("tender_mix", {}, "No payments are recorded"),
    ],
)
def test_what_is_never_recorded_is_not_put_off_to_tomorrow(
    world: World, tool: str, args: dict[str, Any], said: str
) -> None:
    with pytest.raises(NoDataError, match=said) as refused:
        run_tool(tool, {"period": "today", **args}, world.context())
    assert refused.value.reason == NOT_RECORDED


def test_what_is_recorded_is_not_there_yet(world: World) -> None:
    for tool, args in (("sales_breakdown", {"by": "department"}), ("refunds_and_voids", {"show": "refunds"})):
        with pytest.raises(NoDataError, match="There is no data for today") as refused:
            run_tool(tool, {"period": "today", **args}, world.context())
        assert refused.value.reason == NOT_YET


def test_an_unknown_metric_names_those_near_to_it_and_the_known_ones_beside_it(world: World) -> None:
    with pytest.raises(BadArgumentError) as refused:
        run_tool("sales_summary", {"metrics": ["void rate", "margin_percentage", "transactions"]}, world.context())
    assert refused.value.user_message == (
        "There is no metric “margin_percentage”. Near to it: gross_margin_pct, gross_margin_per_transaction,"
        " gross_margin. Of those asked for void_rate, transactions can be had."
    )
    with pytest.raises(BadArgumentError, match=r"There are: net_sales, .*gross_margin_per_transaction\.$"):
        run_tool("sales_breakdown", {"metrics": ["happiness"]}, world.context())


def test_no_refusal_names_tables_or_files_of_the_house() -> None:
    named = re.compile(r"[a-z]_[a-z_]+ files?\b|\b[a-z_]+\.csv\b|the table “|\(store_id")
    for path in Path(tools.__file__).parent.rglob("*.py"):
        raised = re.findall(r"raise NoDataError\((?:[^()]|\([^()]*\))*\)", path.read_text("utf-8"))
        assert not [one for one in raised if named.search(one)], path
