"""What promotions took from the rest of their categories, told of each part, and money first where it is asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.support.promotions_world import FIRST_ON, LAST_ON, PROMO_ON, STORES, Chain, poisson
from tools.registry import run_tool
from tools.result import ToolResult

WEEK = "from 2026-11-02 to 2026-11-08"
SHELVES = {"Snacks": 0.6, "Drinks": 1.0, "Paper": 1.0}
"""Snacks and drinks are promoted; the neighbours of snacks fall to six tenths. Paper is not promoted."""
PROMOTED, EACH = 6, 30


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    made, rng = Chain(tmp_path_factory.mktemp("neighbours"), STORES[:1]), random.Random(7)
    goods = [(f"{shelf[0]}{number:02d}", shelf, number) for shelf in SHELVES for number in range(EACH)]
    for ident, shelf, number in goods:
        made.product(ident, f"{shelf} {number} q{ident}", f"{shelf} row", shelf)
    made.put("promotion", ("promotion_id", "name"), [("WEEK", "Week")])
    made.put("promotion_item", ("promotion_id", "variant_id", "store_id", "starts_on", "ends_on"), [
        ("WEEK", f"V{ident}", "S01", str(PROMO_ON), str(PROMO_ON + timedelta(days=6)))
        for ident, shelf, number in goods if number < PROMOTED and shelf != "Paper"
    ])  # fmt: skip
    for offset in range((LAST_ON - FIRST_ON).days + 1):
        day = FIRST_ON + timedelta(days=offset)
        during = 0 <= (day - PROMO_ON).days < 7
        for ident, shelf, number in goods:
            promoted = number < PROMOTED and shelf != "Paper"
            effect = (2.0 if promoted else SHELVES[shelf]) if during else 1.0
            if units := poisson(rng, 9.0 * effect):
                off = 20 * units if during and promoted else 0
                made.sell("S01", day, [(ident, units, 200 * units, off, "1.00")])
    yield made.finish()
    made.connection.close()


def sold(chain: Chain, shelf: str, *, neighbours: bool) -> tuple[int, int]:
    """Units in the four weeks before and in the week, of a shelf without what is promoted of it."""
    first = str(PROMO_ON - timedelta(days=28))
    own = [line for line in chain.lines if line[2][1] == shelf[0] and (not neighbours or int(line[2][2:]) >= PROMOTED)]
    before = sum(line[3] for line in own if first <= line[10] < str(PROMO_ON))
    return before, sum(line[3] for line in own if str(PROMO_ON) <= line[10] <= str(PROMO_ON + timedelta(days=6)))


def told(result: ToolResult, name: str) -> dict[str, str | int | None]:
    assert result.table is not None
    row = next(row for row in result.table.rows if row[0] == name)
    return dict(zip([column.name for column in result.table.columns], row, strict=True))


@pytest.mark.parametrize("by", ["department", "category"])
def test_each_part_has_what_its_neighbours_sold(chain: Chain, by: str) -> None:
    result = run_tool("promotion_lift", {"period": WEEK, "by": by}, chain.context())
    before, during = sold(chain, "Paper", neighbours=False)
    trend = Decimal(during * 4) / before
    for shelf in ("Snacks", "Drinks"):
        before, during = sold(chain, shelf, neighbours=True)
        expected = (Decimal(during * 4) / before / trend - 1) * 100
        row = told(result, shelf if by == "department" else f"{shelf} row")
        assert float(str(row["Neighbours"])) == pytest.approx(float(expected), abs=0.06)
    assert f"lost measurably (cannibalisation) in 1 of {'2 departments' if by == 'department' else '2 categories'}" in (
        result.text
    )
    assert "Paper" not in result.text
    assert told(result, "All promoted")["Neighbours"] is not None


def test_promotions_have_no_neighbours_of_their_own(chain: Chain) -> None:
    result = run_tool("promotion_lift", {"period": WEEK, "by": "promotion"}, chain.context())
    assert result.table is not None
    assert "Neighbours" not in [column.name for column in result.table.columns]


def test_money_leads_where_it_is_asked_for_without_a_split(chain: Chain) -> None:
    margin = run_tool("promotion_lift", {"period": WEEK, "rank_by": "margin"}, chain.context())
    extra = next(one.value for one in margin.figures if one.metric == "incremental_gross_margin")
    assert f"made ${Decimal(extra or 0):,.2f} more gross margin than expected without" in margin.headline
    net = run_tool("promotion_lift", {"period": WEEK, "rank_by": "net_sales"}, chain.context())
    low = next(
        one.value for one in net.figures if one.metric == "incremental_net_sales" and one.group.get("part") == "low"
    )
    assert "changed net sales by +$" in net.headline
    assert f"95 % interval +${Decimal(low or 0):,.2f} to" in net.headline
    plain = run_tool("promotion_lift", {"period": WEEK}, chain.context())
    assert "units" in plain.headline
    assert plain.headline in margin.text


def test_where_none_lost_money_that_is_not_told_the_other_way_round(chain: Chain) -> None:
    by = run_tool("promotion_lift", {"period": WEEK, "by": "department", "rank_by": "margin"}, chain.context())
    assert by.headline.startswith("All 2 departments made more gross margin than expected without: ")
    assert "None made less" not in by.text
