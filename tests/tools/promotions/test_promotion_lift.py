"""Promotions whose effects were planted: the lift, the dip after, what the neighbours lost, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.promotions_world import PROMO_ON, Chain, promotion_chain
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

WEEK = "from 2026-11-02 to 2026-11-08"


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    made = promotion_chain(tmp_path_factory.mktemp("promotions"))
    yield made
    made.connection.close()


@pytest.fixture(scope="module")
def lift(chain: Chain) -> ToolResult:
    return run_tool("promotion_lift", {"promotion": "LIFT"}, chain.context())


def value(result: ToolResult, metric: str, part: str = "", **group: str) -> float:
    for one in result.figures:
        if one.metric == metric and one.group.get("part", "") == part and group.items() <= one.group.items():
            return float(one.value or "nan")
    raise AssertionError(f"no {metric} {part} {group} in {[(one.metric, one.group) for one in result.figures]}")


def test_a_lift_of_thirty_per_cent_is_found(lift: ToolResult) -> None:
    assert value(lift, "promotion_lift", "low") < 30 < value(lift, "promotion_lift", "high")
    assert value(lift, "promotion_lift", "low") > 0
    assert value(lift, "promotion_lift", "high") - value(lift, "promotion_lift", "low") < 45
    assert "sold more than expected" in lift.headline


def test_units_and_money_during_are_those_of_the_lines(chain: Chain, lift: ToolResult) -> None:
    sold = [
        line for line in chain.lines
        if line[2] == "VP00" and line[9] in ("S01", "S02") and PROMO_ON.isoformat() <= line[10] <= "2026-11-08"
    ]  # fmt: skip
    assert value(lift, "units") == sum(line[3] for line in sold)
    net = sum(line[6] for line in sold)
    shown = {one.metric: one.value for one in lift.figures if not one.group.get("part")}
    assert shown["net_sales"] == f"{Decimal(net) / 100:.2f}"
    assert shown["gross_margin"] == f"{Decimal(net - 120 * sum(line[3] for line in sold)) / 100:.2f}"


def test_a_promotion_can_sell_more_and_still_lose_margin(lift: ToolResult) -> None:
    assert value(lift, "incremental_gross_margin") < 0
    assert value(lift, "promotion_roi") < 0
    assert lift.table is not None
    assert lift.table.rows[-1][0] == "All promoted"


def test_what_else_was_in_the_baskets_is_told(lift: ToolResult) -> None:
    assert value(lift, "halo_per_basket", baskets="during") == 3.00
    assert value(lift, "halo_per_basket", baskets="base") == 1.00


def test_sales_pulled_forward_show_as_a_dip_afterwards(chain: Chain) -> None:
    found = run_tool("promotion_lift", {"promotion": "PULL"}, chain.context())
    assert value(found, "promotion_lift", "low") < 100 < value(found, "promotion_lift", "high")
    assert value(found, "sales_after_promotion", "low") < -60 < value(found, "sales_after_promotion", "high")
    assert "a dip afterwards (pull-forward)" in found.text


def test_unknown_cost_gives_no_margin_effect(chain: Chain) -> None:
    found = run_tool("promotion_lift", {"promotion": "PULL"}, chain.context())
    assert "no margin effect is given" in found.text
    assert not [
        one for one in found.figures if one.metric in ("gross_margin", "incremental_gross_margin", "promotion_roi")
    ]


def test_what_the_neighbours_lost_is_found(chain: Chain) -> None:
    found = run_tool("promotion_lift", {"promotion": "CANN"}, chain.context())
    assert value(found, "sales_beside_promotion", "low") < -40 < value(found, "sales_beside_promotion", "high")
    assert "cannibalisation" in found.text
    assert "no measurable cannibalisation" not in found.text


def test_a_promotion_without_effect_is_not_given_one(chain: Chain) -> None:
    found = run_tool("promotion_lift", {"promotion": "NOTHING"}, chain.context())
    assert "made no measurable difference" in found.headline
    assert value(found, "promotion_lift", "low") < 0 < value(found, "promotion_lift", "high")


def test_by_promotion_each_has_its_row_and_thin_ones_say_so(chain: Chain) -> None:
    found = run_tool("promotion_lift", {"period": WEEK, "by": "promotion"}, chain.context())
    assert found.table is not None
    rows = {str(row[0]).partition(" (")[0]: row for row in found.table.rows}
    assert {"Lift week", "Pull week", "Cann week", "Nothing week", "All promoted"} <= set(rows)
    assert rows["Lift week"][5] == "too little sold"  # one product of its own has no spread over products
    parts = sum(Decimal(str(rows[name][2])) for name in ("Lift week", "Pull week", "Cann week", "Nothing week"))
    assert parts <= Decimal(str(rows["All promoted"][2])) <= parts + 5


def test_a_promotion_is_named_with_its_dates_and_figures_keep_its_name(chain: Chain) -> None:
    found = run_tool("promotion_lift", {"period": WEEK, "by": "promotion", "rank_by": "margin"}, chain.context())
    assert found.table is not None
    dated = next(str(row[0]) for row in found.table.rows if str(row[0]).startswith("Lift week"))
    assert dated == "Lift week (2–8 Nov 2026)"
    assert dated in found.headline
    assert "Lift week" in {one.group.get("promotion") for one in found.figures}


def test_extra_net_sales_have_the_interval_of_the_lift(lift: ToolResult) -> None:
    """As far from the expected ones as the units may be: the same ratio of sales at either end."""
    net, extra = value(lift, "net_sales"), value(lift, "incremental_net_sales")
    ratio = 1 + value(lift, "promotion_lift") / 100
    for end in ("low", "high"):
        at_end = net * (1 + value(lift, "promotion_lift", end) / 100) / ratio - (net - extra)
        assert value(lift, "incremental_net_sales", end) == pytest.approx(at_end, abs=0.002 * net)
    low = value(lift, "incremental_net_sales", "low")
    assert f"95 % interval {'-' if low < 0 else '+'}${abs(low):,.2f} to +$" in lift.text


def test_parts_are_told_without_what_is_of_the_whole(chain: Chain, lift: ToolResult) -> None:
    by = run_tool("promotion_lift", {"period": WEEK, "by": "department", "rank_by": "net_sales"}, chain.context())
    assert "Halo: " in lift.text
    assert not any(word in by.text for word in ("Halo: ", "Afterwards: ", "Products of the same categories"))
    assert by.headline.startswith("Net sales above the expected ones by department, most first: ")
    assert any(one.metric == "halo_per_basket" for one in by.figures)


def test_by_support_display_is_told_from_mailer(chain: Chain) -> None:
    found = run_tool("promotion_lift", {"period": WEEK, "by": "support"}, chain.context())
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == ["Display and mailer", "Mailer only", "All promoted"]


def test_by_store_and_department_the_parts_are_named(chain: Chain) -> None:
    by_store = run_tool("promotion_lift", {"period": WEEK, "by": "store"}, chain.context())
    assert by_store.table is not None
    assert [row[0] for row in by_store.table.rows] == [
        "Harbor Point",
        "Maple Avenue",
        "Market Street",
        "Station Road",
        "All promoted",
    ]
    by_department = run_tool("promotion_lift", {"period": WEEK, "by": "department"}, chain.context())
    assert by_department.table is not None
    assert [row[0] for row in by_department.table.rows] == ["Grocery", "All promoted"]
    assert by_department.table.rows[0][2] == by_department.table.rows[1][2]
    by_brand = run_tool("promotion_lift", {"period": WEEK, "by": "brand"}, chain.context())
    assert by_brand.table is not None
    *brands, whole = by_brand.table.rows
    assert whole[2] == by_department.table.rows[1][2]
    assert sum(float(str(row[2]).replace(",", "")) for row in brands) == float(str(whole[2]).replace(",", ""))


def test_a_phrase_that_names_a_promotion_means_it(chain: Chain, lift: ToolResult) -> None:
    found = run_tool("promotion_lift", {"product": "lift week"}, chain.context())
    assert found.headline == lift.headline


def test_too_little_is_refused(chain: Chain) -> None:
    with pytest.raises(NoDataError, match="Too little was sold to measure a lift"):
        run_tool("promotion_lift", {"promotion": "THIN"}, chain.context())


def test_one_store_sees_only_its_own(chain: Chain) -> None:
    own = run_tool("promotion_lift", {"promotion": "LIFT"}, chain.context("S01"))
    week = (PROMO_ON.isoformat(), "2026-11-08")
    mine = [line for line in chain.lines if line[2] == "VP00" and line[9] == "S01" and week[0] <= line[10] <= week[1]]
    sold = sum(line[3] for line in mine)
    assert value(own, "units") == sold
    assert own.provenance.stores == ("S01",)
    with pytest.raises(NotAllowedError):
        run_tool("promotion_lift", {"promotion": "LIFT", "stores": "Harbor Point"}, chain.context("S01"))


def test_two_promotions_of_one_product_at_once_count_a_sale_once(chain: Chain) -> None:
    before = value(run_tool("promotion_lift", {"promotion": "LIFT"}, chain.context()), "units")
    row = "('TWIN', 'VP00', NULL, DATE '2026-11-04', DATE '2026-11-06')"
    columns = "(promotion_id, variant_id, store_id, starts_on, ends_on)"
    chain.connection.execute(f"INSERT INTO promotion_item {columns} VALUES {row}")
    try:
        again = run_tool(
            "promotion_lift", {"product": "Product 00 zz0", "period": WEEK, "stores": "North stores"}, chain.context()
        )
        sold = sum(line[3] for line in chain.lines if line[2] == "VP00" and (
            (line[9] == "S01" and PROMO_ON.isoformat() <= line[10] <= "2026-11-08")
            or (line[9] == "S03" and "2026-11-04" <= line[10] <= "2026-11-06")))  # fmt: skip
        assert value(again, "units") == sold
        assert value(run_tool("promotion_lift", {"promotion": "LIFT"}, chain.context()), "units") == before
    finally:
        chain.connection.execute("DELETE FROM promotion_item WHERE promotion_id = 'TWIN'")


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"promotion": "Spring"}, BadArgumentError, "There is no promotion “Spring”"),
        ({"promotion": "LIFT", "product": "Product 30 zz9"}, NoDataError, "was on promotion"),
        ({"period": "from 2026-10-12 to 2026-10-18"}, NoDataError, "Promotions are recorded from Mon 2 Nov 2026 on"),
        ({"product": "Product 50 zz15"}, NoDataError, "No promotion of"),
        ({"period": "next week"}, NoDataError, ""),
        ({"period": "blue moon"}, BadArgumentError, ""),
        ({"by": "weather"}, BadArgumentError, "“by” cannot be used"),
    ],
)
def test_what_cannot_be_answered_is_said(
    chain: Chain, arguments: dict[str, str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as caught:
        run_tool("promotion_lift", arguments, chain.context())
    assert words in caught.value.user_message  # type: ignore[attr-defined]
