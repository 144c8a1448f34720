"""Stock tools on the planted chain: each expected number is counted from the constants of ``stock_world``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.tools.stock import stock_world as planted
from tests.tools.stock.told import figure, table
from tools.context import Role, ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.cover_query import build_on_hand
from tools.metrics.stock_query import build_freshness
from tools.registry import run_tool
from tools.stock.overstock import _excess


def only(world: ToolContext, *stores: str, role: Role = Role.STORE_MANAGER) -> ToolContext:
    return replace(world, scope=replace(world.scope, store_ids=stores, role=role))


def test_value_is_quantity_times_the_cost_and_price_in_force(world: ToolContext) -> None:
    result = run_tool("stock_levels", {"stores": "Market Street"}, world)
    pieces = {"A": 10, "B": 20, "C": 7, "D": 3, "E": 2, "F": 9, "H": 5, "I": 200}
    cost = sum(Decimal(planted.PRODUCTS[one][4] or 0) * count for one, count in pieces.items()) + Decimal("0.30") * 50
    retail = sum(Decimal(planted.PRODUCTS[one][3]) * count for one, count in pieces.items()) + Decimal("0.60") * 50
    assert figure(result, "stock_on_hand") == str(sum(pieces.values()))
    assert figure(result, "stock_value_at_cost") == f"{cost:.2f}"
    assert figure(result, "stock_value_at_retail") == f"{retail:.2f}"
    assert any("1 stock position without a known cost is not in the value" in one for one in result.caveats)
    assert "4 pieces on the shelf, 11 in the back room." in result.text


def test_a_stores_own_cost_goes_before_the_common_one_and_negative_levels_are_worth_nothing(world: ToolContext) -> None:
    result = run_tool("stock_levels", {"by": "store"}, world)
    assert figure(result, "stock_value_at_cost", store="S02") == "49.60"  # 30 at 1.60 and 1 jam; butter is -2
    assert any(one.startswith("1 level below zero") for one in result.caveats)
    assert any("stale: Maple Avenue 5 days old" in one for one in result.caveats)


@pytest.mark.parametrize("everyone", [0, len(planted.STORES)])
def test_what_is_on_hand_of_a_few_products_is_what_all_their_areas_hold(world: ToolContext, everyone: int) -> None:
    held: dict[str, int] = {}
    for (_, product), areas in planted.LEVELS.items():
        held[product] = held.get(product, 0) + max(sum(areas.values()), 0)
    for products in ("ABGHIJ", "ABK", "A"):
        asked = build_on_hand(sorted(planted.STORES), world.scope, [*products, "none such"], everyone=everyone)
        found = {str(one): int(on_hand) for one, on_hand in world.mirror.query(asked.sql, asked.params).rows}
        assert found == {one: held[one] for one in products if one != "K"}  # whose stock is not tracked


def test_a_store_tells_areas_if_one_of_its_levels_does(world: ToolContext) -> None:
    asked = build_freshness(sorted(planted.STORES), world.scope)
    rows = world.mirror.query(asked.sql, asked.params).dicts()
    telling = {store for (store, _), areas in planted.LEVELS.items() if None not in areas}
    assert {row["store_id"] for row in rows if row["areas"]} == telling
    assert {row["store_id"] for row in rows} == {store for store, _ in planted.LEVELS} > telling


def test_departments_add_up_to_the_whole(world: ToolContext) -> None:
    result = run_tool("stock_levels", {"by": "department"}, world)
    parts = [Decimal(one.value or 0) for one in result.figures if one.metric == "stock_value_at_cost" and one.group]
    assert sum(parts) == Decimal(figure(result, "stock_value_at_cost") or 0)
    assert "Services" not in {row["Department"] for row in table(result)}


def test_single_products_are_ranked_by_what_they_are_worth_or_by_their_pieces(world: ToolContext) -> None:
    pieces = {"A": 10, "B": 20, "C": 7, "D": 3, "E": 2, "F": 9, "H": 5, "I": 200}
    costs = {
        one: Decimal(planted.PRODUCTS[one][4]) * count for one, count in pieces.items() if planted.PRODUCTS[one][4]
    }
    by_cost = run_tool("stock_levels", {"stores": "Market Street", "by": "product", "limit": 3}, world)
    worth = [one.value for one in by_cost.figures if one.metric == "stock_value_at_cost" and one.group]
    assert worth == [f"{one:.2f}" for one in sorted(costs.values(), reverse=True)[:3]]
    assert "Most of it: " in by_cost.text
    by_pieces = run_tool(
        "stock_levels", {"stores": "Market Street", "by": "product", "limit": 2, "rank_by": "pieces"}, world
    )
    assert [row["Pieces"] for row in table(by_pieces)] == ["200", "20"]
    assert by_pieces.chart is not None
    assert by_pieces.chart.unit == "units"
    retail = run_tool("stock_levels", {"stores": "Market Street", "by": "product", "rank_by": "retail"}, world)
    values = [Decimal(row["Value at retail"] or 0) for row in table(retail)]
    assert values == sorted(values, reverse=True)


def test_a_product_is_shown_store_by_store_with_shelf_and_back_room(world: ToolContext) -> None:
    result = run_tool("stock_levels", {"product": "oat milk"}, world)
    assert result.headline == "Oat milk, 1 l: 52 on hand in 3 of 3 stores."
    assert [(row["Store"], row["On hand"], row["Shelf"], row["Back room"]) for row in table(result)] == [
        ("Market Street", "10", "4", "6"),
        ("Harbor Point", "30", None, None),
        ("Maple Avenue", "12", None, None),
    ]


def test_a_product_without_a_level_is_not_called_none(world: ToolContext) -> None:
    with pytest.raises(NoDataError, match="not the same as none in stock"):
        run_tool("stock_levels", {"product": "Blue mug", "stores": "Harbor Point"}, world)


def test_days_of_cover_are_on_hand_over_the_mean_rate(world: ToolContext) -> None:
    result = run_tool("stock_cover", {"product": "oat milk", "by": "store"}, world)
    assert figure(result, "days_of_stock", store="S01") == "2.5"
    assert figure(result, "days_of_stock", store="S02") == "30.0"
    assert figure(result, "days_of_stock") == rounded(Decimal(52) / 6)
    assert figure(result, "weeks_of_cover", store="S01") == "0.4"


def rounded(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')):f}"


def test_what_runs_out_soon_is_sorted_by_the_sales_at_risk(world: ToolContext) -> None:
    result = run_tool("stockout_risk", {"within": 7, "stores": "Market Street"}, world)
    rows = table(result)
    assert [(row["Product"], row["Days of cover"]) for row in rows] == [
        ("Oat milk, 1 l", "2.5"),
        ("Butter, 8 oz", "4.5"),
        ("Green tea", "5.0"),
    ]
    butter = Decimal(125) / 28
    assert rows[0]["Sales at risk, 7 days"] == "$45.00"
    assert rows[1]["Sales at risk, 7 days"] == f"${((butter * 7 - 20) * 3).quantize(Decimal('0.01'))}"
    assert (rows[0]["Lead days"], rows[0]["On order"]) == ("3.0", "24")
    assert "1 of them lasts shorter than its supplier's lead time." in result.text


def test_what_runs_out_is_counted_by_store_and_by_department(world: ToolContext) -> None:
    whole = run_tool("stockout_risk", {"within": 7}, world)
    split = run_tool("stockout_risk", {"within": 7, "by": "store"}, world)
    assert split.headline == whole.headline
    counts = {row["Store"]: row["Running out"] for row in table(split)}
    assert counts["Market Street"] == 3
    assert sum(counts.values()) == int(figure(split, "products_running_out") or 0)
    assert "Most by store:" in split.text
    one = run_tool("stockout_risk", {"within": 7, "by": "department", "stores": "Market Street"}, world)
    assert sum(row["Running out"] for row in table(one)) == 3
    assert sum(row["Shorter than lead time"] for row in table(one)) == 1


def test_completely_out_is_told_from_off_the_shelf(world: ToolContext) -> None:
    out = run_tool("out_of_stock", {"stores": "Market Street"}, world)
    assert [row["Product"] for row in table(out)] == ["Coffee beans"]
    assert figure(out, "products_out_of_stock") == "1"
    shelf = run_tool("out_of_stock", {"stores": "Market Street", "where": "shelf"}, world)
    assert [(row["Product"], row["Back room"]) for row in table(shelf)] == [("Green tea", "5")]


def test_out_of_stock_counts_products_once_and_cases_by_store(world: ToolContext) -> None:
    result = run_tool("out_of_stock", {"limit": 3}, world)
    assert figure(result, "products_out_of_stock") == "3"  # coffee, butter at Harbor Point, jam at Maple Avenue
    assert figure(result, "products_out_of_stock_in_every_store") == "1"
    assert [row["Product"] for row in table(result)] == ["Coffee beans", "Butter, 8 oz", "Plum jam"]


def test_out_of_stock_rates_are_shares_of_active_positions(world: ToolContext) -> None:
    result = run_tool("out_of_stock", {"by": "store"}, world)
    assert {row["Store"]: (row["Out"], row["Active products"], row["Rate"]) for row in table(result)} == {
        "Market Street": (1, 10, "10.0"),
        "Harbor Point": (1, 3, "33.3"),
        "Maple Avenue": (1, 2, "50.0"),
    }
    assert figure(result, "products_out_of_stock_rate") == "20.0"


def test_a_level_below_zero_is_an_error_of_the_record(world: ToolContext) -> None:
    result = run_tool("out_of_stock", {"where": "negative"}, world)
    assert [(row["Product"], row["Store"], row["On hand"]) for row in table(result)] == [
        ("Butter, 8 oz", "Harbor Point", "-2")
    ]


def test_few_pieces_left_is_another_question_than_few_days(world: ToolContext) -> None:
    result = run_tool("stockout_risk", {"fewer_than": 10, "stores": "Market Street"}, world)
    assert {row["Product"] for row in table(result)} == {"Green tea", "Tomato soup"}


def test_dead_stock_is_worth_exactly_what_was_planted(world: ToolContext) -> None:
    result = run_tool("dead_stock", {"days": 60, "stores": "Market Street"}, world)
    assert figure(result, "dead_stock_products") == "2"
    assert figure(result, "dead_stock_units") == "10"
    assert figure(result, "dead_stock_value_at_cost") == "29.75"
    assert figure(result, "dead_stock_value_at_retail") == f"{7 * Decimal('9.95') + 18:.2f}"
    mug, candle = table(result)
    assert (mug["Product"], mug["Last sold"], mug["Days unsold"]) == ("Blue mug", "2026-09-05", 78)
    assert (candle["Product"], candle["Last sold"], candle["Value at cost"]) == ("Candle", None, None)


def test_dead_stock_says_when_the_history_is_too_short(world: ToolContext) -> None:
    result = run_tool("dead_stock", {"days": 180, "stores": "Market Street"}, world)
    assert result.headline.startswith("Sales are known for 83 days only, too few to call anything unsold for 180;")
    assert [row["Product"] for row in table(result)] == ["Candle"]


def test_what_was_in_stock_and_not_sold_in_a_named_period(world: ToolContext) -> None:
    last_week = run_tool("dead_stock", {"period": "last week", "stores": "Market Street"}, world)
    assert last_week.headline.startswith("In stock but not sold last week (16–22 Nov 2026), Market Street: 4 products")
    held = {row["Product"]: row["On hand"] for row in table(last_week)}
    assert held == {"Blue mug": "7", "Candle": "3", "New kettle": "2", "Tomato soup": "9"}
    month = run_tool("dead_stock", {"period": "last month", "stores": "Market Street"}, world)
    assert {row["Product"] for row in table(month)} == {"Blue mug", "Candle"}  # soup sold in October


def test_dead_stock_by_store_adds_up(world: ToolContext) -> None:
    result = run_tool("dead_stock", {"days": 60, "by": "department"}, world)
    assert [(row["Department"], row["Products"], row["Value at cost"]) for row in table(result)] == [
        ("Home", 2, "29.75")
    ]
    assert figure(result, "dead_stock_value_at_cost", department="Home") == "29.75"


def test_no_dead_stock_names_what_has_lain_longest(world: ToolContext) -> None:
    result = run_tool("dead_stock", {"days": 30, "stores": "Harbor Point"}, world)
    assert result.headline.startswith("No dead stock, Harbor Point")
    assert figure(result, "dead_stock_value_at_cost") == "0.00"


def test_lost_sales_come_from_the_log_where_there_is_one(world: ToolContext) -> None:
    result = run_tool("lost_sales", {"period": "November 2026", "stores": "Market Street"}, world)
    assert figure(result, "lost_units") == "15.0"
    assert figure(result, "lost_sales") == "45.00"
    assert figure(result, "stock_out_days") == "3"
    (row,) = table(result)
    assert (row["Product"], row["Out"], row["Known from"]) == ("Butter, 8 oz", "10–12 Nov 2026", "stock log")
    assert Decimal(figure(result, "lost_units_low") or 0) <= 15 <= Decimal(figure(result, "lost_units_high") or 0)


def test_lost_sales_are_only_suspected_without_a_log(world: ToolContext) -> None:
    result = run_tool("lost_sales", {"period": "November 2026", "stores": "Harbor Point"}, world)
    (row,) = table(result)
    assert (row["Product"], row["Days"], row["Known from"]) == ("Butter, 8 oz", 6, "no sales, improbable")
    assert figure(result, "lost_sales") == "90.00"
    assert any("suspected, not recorded" in one for one in result.caveats)


def test_lost_sales_are_added_up_for_each_store(world: ToolContext) -> None:
    """Butter at Market Street and what is suspected at Harbor Point, as the whole of each store tells it."""
    found = run_tool("lost_sales", {"period": "November 2026", "by": "store"}, world)
    assert found.table is not None
    assert [(row[0], row[-1]) for row in found.table.rows] == [("Harbor Point", "90.00"), ("Market Street", "45.00")]
    assert figure(found, "lost_sales") == "135.00"
    assert "Most: Harbor Point $90.00 (1 case); Market Street $45.00 (1 case)." in found.text
    least = run_tool("lost_sales", {"period": "November 2026", "by": "store", "order": "bottom"}, world)
    assert "Least: Market Street $45.00" in least.text
    assert any("A store that lost nothing is not listed" in one for one in least.caveats)


def test_lost_sales_outside_the_period_are_left_out(world: ToolContext) -> None:
    result = run_tool("lost_sales", {"period": "October 2026", "stores": "Market Street"}, world)
    assert figure(result, "lost_sales") == "0.00"


def test_phantom_stock_is_what_stopped_selling_while_on_the_books(world: ToolContext) -> None:
    result = run_tool("phantom_stock", {}, world)
    (row,) = table(result)
    assert (row["Product"], row["On hand"], row["Days without a sale"]) == ("Tomato soup", "9", 22)
    assert row["Last sold"] == "2026-10-31"


def test_shrink_nets_gains_against_losses_and_keeps_waste_apart(world: ToolContext) -> None:
    arguments = {"period": "last week", "stores": "Market Street"}
    result = run_tool("shrink_and_waste", arguments, world)
    net = planted.net_sales("S01", date(2026, 11, 16), date(2026, 11, 22))
    assert figure(result, "shrink_value") == "12.45"
    assert figure(result, "shrink_pct") == f"{Decimal('12.45') * 100 / net:.2f}"
    assert figure(result, "waste_value") == "9.00"
    assert figure(result, "shrink_units") == "2"
    at_cost = run_tool("shrink_and_waste", {**arguments, "valued_at": "cost"}, world)
    assert figure(at_cost, "shrink_value") == "5.75"


def test_what_was_counted_is_no_loss_but_the_adjustment_it_led_to_is(world: ToolContext) -> None:
    result = run_tool("shrink_and_waste", {"period": "last week", "by": "store"}, world)
    assert figure(result, "shrink_value", store="S02") == "10.00"
    assert figure(result, "shrink_value", store="S01") == "12.45"
    assert any("1 count give" in one for one in result.caveats)
    assert any("Maple Avenue: unknown, not zero" in one for one in result.caveats)


def test_waste_by_reason(world: ToolContext) -> None:
    result = run_tool("shrink_and_waste", {"period": "last week", "by": "reason", "stores": "Market Street"}, world)
    assert figure(result, "waste_value", reason="expired") == "9.00"
    assert figure(result, "shrink_value", reason="found") == "-2.50"


def test_overstock_is_what_lies_beyond_the_cover_asked_for(world: ToolContext) -> None:
    result = run_tool("overstock", {"cover": 60}, world)
    (row,) = table(result)
    assert (row["Product"], row["Store"], row["Excess"]) == ("Plum jam", "Market Street", "140.0")
    assert figure(result, "overstock_value_at_cost") == "224.00"
    by = run_tool("overstock", {"cover": 60, "by": "category"}, world)
    assert figure(by, "overstock_value_at_cost", category="Spreads") == "224.00"
    assert "Most by category: Spreads $224.00." in by.text


def test_slow_movers_are_told_from_dead_stock(world: ToolContext) -> None:
    result = run_tool("slow_stock", {"cover": 120}, world)
    assert [row["Product"] for row in table(result)] == ["Plum jam"]
    of_one = run_tool("slow_stock", {"cover": 120, "stores": "Market Street"}, world)
    assert "Units, Market Street" in table(of_one)[0]  # not of all stores


def test_pieces_too_many_are_rounded_the_same_however_they_are_added_up() -> None:
    parts = [{"positions": 1, "scaled_excess": Decimal(one), "part_trading_days": 14, "scaled_cost": None}
             for one in (8, 12, 1)]  # fmt: skip
    assert _excess(parts).pieces == _excess(parts[::-1]).pieces == Decimal("1.5")


def test_a_transfer_keeps_cover_in_the_giver_and_stays_in_the_district(world: ToolContext) -> None:
    result = run_tool("transfer_candidates", {}, world)
    assert [(row["Product"], row["From"], row["To"], row["Pieces"]) for row in table(result)] == [
        ("Plum jam", "Market Street", "Harbor Point", "27"),
        ("Oat milk, 1 l", "Harbor Point", "Market Street", "2"),
    ]
    assert figure(result, "transfer_units") == "29"
    assert "Nothing has been moved" in result.text


def test_a_transfer_needs_two_stores(world: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="You see one store"):
        run_tool("transfer_candidates", {}, only(world, "S01"))


def test_units_in_transit_are_open_lines_and_transfers_not_arrived(world: ToolContext) -> None:
    result = run_tool("on_order", {}, world)
    assert figure(result, "units_on_order") == "48"
    assert figure(result, "units_in_transfer") == "2"
    assert figure(result, "units_in_transit") == "50"
    assert figure(result, "units_overdue") == "18"
    assert any("1 draft order" in one for one in result.caveats)
    overdue = run_tool("on_order", {"overdue_only": True}, world)
    assert [(row["Order"], row["Units open"], row["Cost"]) for row in table(overdue)] == [("PO2", "18", "$36.00")]


def test_transfers_are_not_counted_where_an_arrival_could_not_be_seen(world: ToolContext) -> None:
    result = run_tool("on_order", {}, only(world, "S02"))
    assert figure(result, "units_in_transit") == "6"
    assert any("only counted for all stores together" in one for one in result.caveats)


def test_reorder_shows_its_arithmetic_in_whole_packs(world: ToolContext) -> None:
    result = run_tool("reorder_suggestions", {"product": "butter", "stores": "Market Street"}, world)
    (row,) = table(result)
    rate = Decimal(125) / 28  # 25 of 28 days at 5
    assert (row["On hand"], row["On order"], row["Units a day"]) == ("20", "18", f"{rate:.2f}")
    assert row["Suggested"] == "0"
    assert result.headline.startswith("No reorder of Butter, 8 oz is due at Market Street")
    milk = run_tool("reorder_suggestions", {"product": "oat milk", "stores": "Maple Avenue"}, world)
    assert "nothing has been ordered" in milk.text


def test_reorder_suggests_up_to_the_level_after_the_lead_time(world: ToolContext) -> None:
    result = run_tool("reorder_suggestions", {"product": "Coffee beans", "stores": "Market Street"}, world)
    (row,) = table(result)
    # 3 a day without spread; lead time 7 assumed with sd 2; z 1.645: 21 + 1.645 * 6 = 30.87 and 7 days more.
    assert (row["Reorder point"], row["Order up to"], row["Suggested"]) == ("30.9", "51.9", "52")
    assert any("7 days are assumed" in one for one in result.caveats)
    assert result.proposals == ()


def test_of_a_department_how_much_to_order_is_the_list_of_what_is_due(world: ToolContext) -> None:
    shelf = run_tool("reorder_suggestions", {"product": "Grocery"}, world)
    assert shelf.headline == run_tool("reorder_list", {"department": "Grocery"}, world).headline
    assert "pieces" in shelf.headline


def test_less_than_a_piece_or_an_order_pack_too_much_is_no_overstock(world: ToolContext) -> None:
    """Oat milk at Harbor Point: 30 on hand, one a day, six to a pack; jam at Market Street: 200, one a day, no pack."""
    for cover, oat, left_out in ((24, True, False), (25, False, True), (29, False, True), (30, False, False)):
        result = run_tool("overstock", {"cover": cover, "stores": "Harbor Point"}, world)
        assert (result.table is not None) is oat, cover
        assert any("1 case with less than a piece, or an order pack" in one for one in result.caveats) is left_out
    assert "30 days need" in result.headline
    assert figure(run_tool("overstock", {"cover": 199, "stores": "Market Street"}, world), "overstock_units") == "1.0"


def test_overstock_leads_with_pieces_and_money(world: ToolContext) -> None:
    result = run_tool("overstock", {"cover": 60}, world)
    assert result.headline == (
        "Overstock, all 3 stores: 140 pieces beyond 60 days of cover, $224.00 at cost, of 1 product (1 case, counting"
        " each store)."
    )
    assert "140 of 200 on hand" in result.text
