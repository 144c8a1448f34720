"""The shelf tools on one small shop whose planogram, audits and sales are planted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.records import Row
from tests.tools.shelves.shelf_world import AUDIT, at, rows, shop, table, value
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool


def test_each_place_is_right_misplaced_missing_or_unseen(world: ToolContext) -> None:
    result = run_tool("planogram_check", {"days": 7}, world)
    states = {
        state: value(result, f"places_{state}") for state in ("right", "misplaced", "missing", "unseen", "unplanned")
    }
    assert states == {"right": "3", "misplaced": "1", "missing": "1", "unseen": "1", "unplanned": "1"}
    assert value(result, "planogram_compliance") == "60.0"
    assert [(row["What"], row["Product"], row["Planned"], row["Scanned at"]) for row in table(result)] == [
        ("misplaced", "Rice milk", "F1, 2", "F2, 4"),
        ("missing", "Coffee", "F2, 2", None),
        ("unplanned", "Stray candle", None, "F2, 5"),
    ]
    assert "Rice milk from F2, 4 to F1, 2" in result.text


def test_an_older_sight_in_its_place_does_not_excuse_a_later_one_elsewhere(world: ToolContext) -> None:
    result = run_tool("planogram_check", {"days": 30}, world)
    assert [row["Product"] for row in table(result) if row["What"] == "misplaced"] == ["Rice milk"]


def test_an_older_sight_does_not_make_right_what_the_last_audit_passed_by(world: ToolContext) -> None:
    result = run_tool("planogram_check", {"days": 30}, world)
    assert [row["Product"] for row in table(result) if row["What"] == "missing"] == ["Coffee"]
    assert value(result, "places_right") == "3"


def test_a_fixture_is_audited_whatever_part_of_the_range_is_asked_about(world: ToolContext) -> None:
    # Only tea and a stray candle were scanned on the fixture of the coffee.
    result = run_tool("planogram_check", {"department": "Coffee"}, world)
    assert {state: value(result, f"places_{state}") for state in ("right", "missing", "unseen")} == {
        "right": "0",
        "missing": "1",
        "unseen": "1",
    }


def test_what_the_last_audit_passed_by_and_nobody_bought_is_a_gap(world: ToolContext) -> None:
    result = run_tool("shelf_gaps", {}, world)
    likely = [row for row in table(result) if row["Evidence"] != "sales"]
    assert [(row["Product"], row["Place"], row["Since"], row["Back room"]) for row in likely] == [
        ("Coffee", "F2, 2", "2026-11-19", "12")
    ]
    assert likely[0]["Evidence"] == "audit, seen before, no sale since"
    assert likely[0]["Usual units a day"] == "6.00"
    assert value(result, "shelf_gaps_likely") == "1"


def test_a_missed_product_that_still_sells_is_no_gap(world: ToolContext) -> None:
    # Rice milk was not scanned on its fixture either, but it sold every day since.
    assert "Rice milk" not in {row["Product"] for row in table(run_tool("shelf_gaps", {}, world))}


def test_what_is_sold_by_weight_sells_too(tmp_path: Path) -> None:
    def made() -> Iterator[Row]:
        for row in rows():
            weighed = row.table == "variant" and row.values["variant_id"] == "B"
            yield replace(row, values={**row.values, "unit_of_measure": "lb"}) if weighed else row

    with shop(tmp_path, made()) as context:
        found = run_tool("shelf_gaps", {}, context)
    assert "Rice milk" not in {row["Product"] for row in table(found)}


def test_the_index_is_share_of_sales_over_share_of_space(world: ToolContext) -> None:
    result = run_tool("space_to_sales", {"period": "from 1 November to 19 November", "stores": "Market Street"}, world)
    facings = {"Plant drinks": 8, "Tea": 12, "Coffee": 4}
    pieces = {"Plant drinks": 10, "Tea": 2, "Coffee": 10}
    for name in facings:
        expected = Decimal(pieces[name]) / 22 / (Decimal(facings[name]) / 24) * 100
        assert value(result, "space_index", category=name) == f"{expected:.1f}"
        assert value(result, "facings", category=name) == str(facings[name])
    verdicts = {row["Category"]: row["Verdict"] for row in table(result)}
    assert verdicts == {"Plant drinks": "under-spaced", "Tea": "over-spaced", "Coffee": "under-spaced"}


def test_suggested_facings_keep_the_total_and_move_at_most_half(world: ToolContext) -> None:
    result = run_tool("space_to_sales", {"stores": "Market Street"}, world)
    before = {row["Category"]: row["Facings"] for row in table(result)}
    after = {row["Category"]: row["Suggested facings"] for row in table(result)}
    assert sum(after.values()) == sum(before.values()) == 24
    assert after["Tea"] < before["Tea"]
    assert after["Coffee"] > before["Coffee"]
    assert all(before[name] / 2 <= after[name] <= before[name] * 1.5 for name in before)


def test_stores_without_a_planogram_are_left_out_of_both_sides_and_named(world: ToolContext) -> None:
    both = run_tool("space_to_sales", {}, world)
    one = run_tool("space_to_sales", {"stores": "Market Street"}, world)
    assert [row["Index"] for row in table(both)] == [row["Index"] for row in table(one)]
    assert any("Harbor Point; they are left out of space and sales" in caveat for caveat in both.caveats)


def test_brands_have_a_share_of_the_shelf_beside_that_of_sales(tmp_path: Path) -> None:
    """Oatly stands in two categories; who has most is told first, whatever it earns."""
    brands = {"A": "Oatly", "E": "Oatly", "B": "Alpro", "C": "Twinings", "D": "Twinings"}

    def made() -> Iterator[Row]:
        for row in rows():
            brand = brands.get(row.values["product_id"]) if row.table == "product" else None
            yield replace(row, values={**row.values, "brand": brand}) if brand else row

    with shop(tmp_path, made()) as context:
        asked = {"period": "from 1 November to 19 November", "stores": "Market Street", "by": "brand"}
        result = run_tool("space_to_sales", {**asked, "rank_by": "facings"}, context)
    assert [(row["Brand"], row["Facings"], row["Share of space"]) for row in table(result)] == [
        ("Twinings", 12, "50.0"),
        ("Oatly", 6, "25.0"),
        ("Alpro", 4, "16.7"),
        ("no brand recorded", 2, "8.3"),
    ]
    assert value(result, "sales_share", brand="Oatly") == f"{Decimal(14) / 22 * 100:.1f}"
    assert "24 in all. Most: Twinings 12 (50.0 % of the shelf, 9.1 % of net sales)" in result.text
    assert "fewest: no brand recorded 2 (8.3 %" in result.text


def test_products_by_facings_are_told_apart_by_their_number(tmp_path: Path) -> None:
    def made() -> Iterator[Row]:
        for row in rows():
            tea = row.table == "product" and row.values["product_id"] == "D"
            yield replace(row, values={**row.values, "name": "Green tea"}) if tea else row

    with shop(tmp_path, made()) as context:
        asked = {"stores": "Market Street", "by": "product", "rank_by": "facings", "limit": 3}
        result = run_tool("space_to_sales", asked, context)
    assert [(row["Product"], row["Facings"]) for row in table(result)] == [
        ("Green tea (C)", 6),
        ("Green tea (D)", 6),
        ("Oat milk", 4),
    ]


def test_the_fewest_facings_come_first_where_they_are_asked_for(world: ToolContext) -> None:
    asked = {"stores": "Market Street", "rank_by": "facings", "order": "bottom"}
    result = run_tool("space_to_sales", asked, world)
    assert [row["Category"] for row in table(result)] == ["Coffee", "Plant drinks", "Tea"]
    assert "Fewest: Coffee 4 (16.7 % of the shelf" in result.text


def test_what_was_not_asked_of_a_store_is_not_said_about_it(world: ToolContext) -> None:
    both = run_tool("space_to_sales", {"period": "from 1 November to 19 November"}, world)
    assert both.headline.startswith("Space to net sales 1 November 2026 to 19 November 2026, Market Street:")
    assert not any("No sales are recorded" in caveat for caveat in both.caveats)
    assert both.provenance.stores == ("S01",)


def test_the_receipt_has_the_period_of_the_sales_and_of_the_scans(world: ToolContext) -> None:
    space = run_tool("space_to_sales", {"period": "from 1 October to 19 October"}, world).provenance
    assert (space.start_on, space.end_on) == (date(2026, 10, 1), date(2026, 10, 19))
    check = run_tool("planogram_check", {"days": 7}, world).provenance
    assert (check.start_on, check.end_on) == (date(2026, 11, 16), date(2026, 11, 23))


def test_the_planogram_of_today_is_said_to_be_that_of_today(world: ToolContext) -> None:
    then = run_tool("space_to_sales", {"period": "from 1 October to 19 October"}, world)
    assert "The planogram is that of Mon 23 Nov 2026; what stood there in the period is not known." in then.caveats
    assert not any("The planogram is that of" in one for one in run_tool("space_to_sales", {}, world).caveats)


def test_categories_of_one_name_in_two_departments_are_two_groups(tmp_path: Path) -> None:
    def made() -> Iterator[Row]:
        yield from rows()
        yield Row("product", {"product_id": "T", "name": "Tea cosy", "department": "Home", "category_id": "Tea"})
        yield Row("variant", {"variant_id": "T", "product_id": "T", "name": "Tea cosy", "barcode": "77700"})
        yield Row("planogram", {"store_id": "S01", "variant_id": "T", "fixture": "F4", "position": "1", "facings": 2})

    with shop(tmp_path, made()) as context:
        result = run_tool("space_to_sales", {"stores": "Market Street"}, context)
    facings = {row["Category"]: row["Facings"] for row in table(result)}
    assert facings == {"Plant drinks": 8, "Tea (Grocery)": 12, "Tea (Home)": 2, "Coffee": 4}


def test_every_store_keeps_one_facing_of_each_of_its_products(tmp_path: Path) -> None:
    """Two teas of one facing in each of two stores: four facings, of which none can go; coffee stands in two places."""

    def made() -> Iterator[Row]:
        yield from rows(planned=False, scanned=False)
        for store in ("S01", "S02"):
            for ident, fixture, facings in (
                ("A", "F1", 10), ("C", "F1", 1), ("D", "F1", 1), ("E", "F2", 2), ("E", "F9", 2),
            ):  # fmt: skip
                place = {"store_id": store, "variant_id": ident, "fixture": fixture, "position": ident}
                yield Row("planogram", {**place, "facings": facings, "from_on": date(2026, 1, 1)})

    with shop(tmp_path, made()) as context:
        result = run_tool("space_to_sales", {}, context)
    found = {row["Category"]: (row["Facings"], row["Suggested facings"]) for row in table(result)}
    assert found["Tea"] == (4, 4)
    assert found["Coffee"][0] == 8
    assert sum(given for _, given in found.values()) == sum(now for now, _ in found.values()) == 32
    assert "Facings, suggested ones too, are of all 2 stores together." in result.caveats


@pytest.mark.parametrize("tool", ["planogram_check", "shelf_gaps", "space_to_sales"])
def test_without_a_planogram_each_refuses_plainly(bare: ToolContext, tool: str) -> None:
    with pytest.raises(NoDataError, match=r"No planogram is recorded .* planogram file"):
        run_tool(tool, {}, bare)


def test_without_scans_compliance_is_refused_and_gaps_come_from_sales_only(unscanned: ToolContext) -> None:
    with pytest.raises(NoDataError, match="No audit or pick scans"):
        run_tool("planogram_check", {}, unscanned)
    result = run_tool("shelf_gaps", {}, unscanned)
    assert value(result, "shelf_gaps_likely") == "0"


@pytest.mark.parametrize("tool", ["planogram_check", "shelf_gaps", "space_to_sales", "product_location"])
def test_nobody_sees_the_shelf_of_another_store(world: ToolContext, tool: str) -> None:
    own = replace(world, scope=Scope("U", Role.STORE_MANAGER, ("S02",)))
    named = {"product": "coffee"} if tool == "product_location" else {}
    with pytest.raises(NotAllowedError):
        run_tool(tool, {"stores": "Market Street", **named}, own)
    if tool != "product_location":
        with pytest.raises(NoDataError):
            run_tool(tool, named, own)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("planogram_check", {"days": 0}),
        ("space_to_sales", {"by": "colour"}),
        ("shelf_gaps", {"limit": 0}),
        ("product_location", {}),
        ("planogram_check", {"stores": "Nowhere"}),
    ],
)
def test_nonsense_is_refused(world: ToolContext, tool: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(BadArgumentError):
        run_tool(tool, arguments, world)


def test_one_product_of_two_planned_places_has_one_move(tmp_path: Path) -> None:
    """Cocoa belongs on F1 and on F3 and stands on F2: it can go to one of them, and F1 was audited."""

    def made() -> Iterator[Row]:
        yield from rows()
        place = {"store_id": "S01", "variant_id": "F", "from_on": date(2026, 1, 1)}
        yield Row("planogram", {**place, "fixture": "F1", "position": "4", "facings": 2})
        seen = {"scan_id": "XF", "store_id": "S01", "scanned_at": at(AUDIT, 9), "barcode": f"400{ord('F')}"}
        yield Row("scan", {**seen, "fixture": "F2", "position": "9", "kind": "audit"})

    with shop(tmp_path, made()) as context:
        result = run_tool("planogram_check", {"days": 7}, context)
    cocoa = [(row["What"], row["Planned"], row["Scanned at"]) for row in table(result) if row["Product"] == "Cocoa"]
    assert cocoa == [("misplaced", "F1, 4", "F2, 9")]
    assert result.text.count("Cocoa from") == 1
    assert value(result, "places_misplaced") == "2"  # with the rice milk
    assert value(result, "places_unseen") == "1"  # the place on F3, which nobody audited
