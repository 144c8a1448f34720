"""Elasticity, depth of discount and markdowns as tools, on a world whose prices were planted."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.promotions_world import LAST_ON, STORES, Chain
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.frame import frame
from tools.metrics.query import Filter
from tools.part import Part
from tools.promotions.price_elasticity import PriceElasticityArguments, elasticities
from tools.registry import run_tool
from tools.result import ToolResult

WEEKS = 30
FIRST_ON = LAST_ON - timedelta(days=7 * WEEKS - 1)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """Six teas with elasticity -2 (discounts do not pay at their cost), six nuts with -5 (25 % off pays), steady salt.

    Prices are set a store and week for itself; one basket a product, store and week. Stock is planted on top.
    """
    made, rng = Chain(tmp_path_factory.mktemp("prices")), random.Random(13)
    kinds = {f"T{n}": ("Tea", -2.0, "0.60") for n in range(6)} | {f"N{n}": ("Nuts", -5.0, "0.50") for n in range(6)}
    kinds |= {"SALT": ("Salt", 0.0, "0.20"), "NEWS": ("News", 0.0, None)}
    for ident, (category, *_) in kinds.items():
        made.product(ident, f"{category} {ident} q{ident.lower()}", category)
    for week in range(WEEKS):
        for number, (store, *_) in enumerate(STORES):
            for ident, (_, slope, cost) in kinds.items():
                off = 0.0 if slope == 0 else rng.choice([0.0, 0.0, 0.05, 0.15, 0.25])
                mean = (3.4 + 0.2 * number + 0.3 * math.sin(week / 4)) + slope * math.log(1 - off)
                units = max(round(math.exp(mean + rng.gauss(0, 0.1))), 1)
                made.sell(
                    store,
                    FIRST_ON + timedelta(days=7 * week + number),
                    [(ident, units, 100 * units, round(100 * off) * units, cost)],
                )
    made.sell("S01", LAST_ON, [("SALT", 3, 300, 0, "0.20")])
    for ident, price, cost in (
        ("T0", "1.00", "0.60"),
        ("N0", "1.00", "0.50"),
        ("SALT", "1.00", "0.20"),
        ("NEWS", "2.00", None),
    ):
        made.put("price", ("variant_id", "store_id", "valid_from_at", "price", "currency"),
                 [(f"V{ident}", None, "2026-01-01T00:00:00Z", Decimal(price), "USD")])  # fmt: skip
        if cost:
            made.put("cost", ("variant_id", "store_id", "valid_from_at", "unit_cost", "currency"),
                     [(f"V{ident}", None, "2026-01-01T00:00:00Z", Decimal(cost), "USD")])  # fmt: skip
    made.product("DEAD", "Dead duck soup", "Soup")
    made.put("price", ("variant_id", "store_id", "price", "currency"), [("VDEAD", None, Decimal("5.00"), "USD")])
    made.put("cost", ("variant_id", "store_id", "unit_cost", "currency", "valid_from_at"),
             [("VDEAD", None, Decimal("9.00"), "USD", "2026-01-01T00:00:00Z"),
              ("VDEAD", "S02", Decimal("4.00"), "USD", "2026-02-01T00:00:00Z"),
              ("VDEAD", "S02", Decimal("1.00"), "USD", "2027-02-01T00:00:00Z")])  # fmt: skip
    made.put("inventory_level", ("variant_id", "store_id", "quantity", "as_of_at", "area"), [
        ("VDEAD", "S02", 20, "2026-11-23T05:00:00Z", "floor"), ("VDEAD", "S02", 30, "2026-11-23T05:00:00Z", "backroom"),
        ("VSALT", "S01", 5000, "2026-11-23T05:00:00Z", None), ("VNEWS", "S01", 9000, "2026-11-23T05:00:00Z", None),
        ("VT0", "S01", 10, "2026-11-23T05:00:00Z", None),
    ])  # fmt: skip
    yield made.finish()
    made.connection.close()


def value(result: ToolResult, metric: str, **group: str) -> float:
    return next(
        float(one.value or "nan")
        for one in result.figures
        if one.metric == metric and group.items() <= one.group.items()
    )


def test_an_elasticity_of_minus_two_is_recovered(chain: Chain) -> None:
    found = run_tool("price_elasticity", {"department": "Tea", "period": "the last 30 weeks"}, chain.context())
    low, high = value(found, "price_elasticity", part="low"), value(found, "price_elasticity", part="high")
    assert low < -2 < high
    assert high - low < 0.5
    assert "Elastic" in found.text
    assert found.table is not None
    assert len(found.table.rows) == 6


def test_which_products_carry_an_elasticity_is_said(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"department": "Tea", "period": "the last 30 weeks"}
    assert " of 6 products that sold in three of four weeks, in 30 weeks" in _told(asked, chain)
    monkeypatch.setattr("tools.promotions.price_elasticity.MOST_PRODUCTS", 4)
    assert " of the 4 best-selling of 6 products that sold in three of four weeks, in 30 weeks" in _told(asked, chain)
    assert "that sold in three" not in _told({**asked, "department": None, "product": "Nuts N3 qn3"}, chain)


def _told(asked: dict[str, str | None], chain: Chain) -> str:
    return run_tool("price_elasticity", asked, chain.context()).text


def test_categories_are_told_apart_with_the_figures_each_has_alone(chain: Chain) -> None:
    found = run_tool("price_elasticity", {"by": "category", "period": "the last 30 weeks"}, chain.context())
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == ["Nuts", "Tea"]
    for name, planted in (("Nuts", -5), ("Tea", -2)):
        alone = run_tool("price_elasticity", {"department": name, "period": "the last 30 weeks"}, chain.context())
        here = [one.value for one in found.figures if one.group["category"] == name]
        assert here == [one.value for one in alone.figures if one.metric == "price_elasticity"][:3]
        assert value(found, "price_elasticity", category=name, part="low") < planted
        assert value(found, "price_elasticity", category=name, part="high") > planted
    assert "can be told" in found.text
    with pytest.raises(NoDataError, match="12 weeks"):
        run_tool("price_elasticity", {"by": "category", "period": "the last 4 weeks"}, chain.context())
    with pytest.raises(BadArgumentError, match="one product"):
        run_tool("price_elasticity", {"by": "category", "product": "Tea T1 qt1"}, chain.context())


def test_products_are_put_in_order_from_either_end_with_the_figures_each_has_alone(chain: Chain) -> None:
    asked = {"by": "product", "period": "the last 30 weeks"}
    most = run_tool("price_elasticity", asked, chain.context())
    least = run_tool("price_elasticity", {**asked, "order": "least"}, chain.context())
    assert most.table is not None
    assert least.table is not None
    names = [str(row[0]) for row in most.table.rows]
    assert [str(row[0]) for row in least.table.rows] == names[::-1]
    assert [name.split()[0] for name in names] == ["Nuts"] * 6 + ["Tea"] * 6
    assert f"{names[-1]} is the least price sensitive" in least.headline
    alone = run_tool("price_elasticity", {"product": names[0], "period": "the last 30 weeks"}, chain.context())
    here = [one.value for one in most.figures if one.group["product"] == names[0]]
    assert here == [one.value for one in alone.figures if one.metric == "price_elasticity"]
    assert "Of none the whole interval lies above -1" in least.text
    nuts = run_tool("price_elasticity", {**asked, "department": "Nuts", "limit": 2}, chain.context())
    assert nuts.table is not None
    assert [row[0] for row in nuts.table.rows] == names[:2]


def test_several_products_of_one_name_are_put_in_order_and_one_is_not_split(chain: Chain) -> None:
    asked = frame("the last 30 weeks", None, chain.context())
    arguments = PriceElasticityArguments(by="product", period="the last 30 weeks")

    def of(*variants: str) -> ToolResult:
        part = Part(Filter(variants=variants), "“brews”", {}, "brews")
        return elasticities(replace(asked, part=part), arguments, chain.context())

    assert len(of("VT1", "VT2", "VN3").table.rows) == 3  # type: ignore[union-attr]
    with pytest.raises(BadArgumentError, match="is one product"):
        of("VT1")


def test_one_product_has_its_own(chain: Chain) -> None:
    found = run_tool("price_elasticity", {"product": "Nuts N3 qn3", "period": "the last 30 weeks"}, chain.context())
    assert value(found, "price_elasticity", part="low") < -5 < value(found, "price_elasticity", part="high")


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"product": "Salt SALT qsalt"}, NoDataError, "price hardly moved"),
        ({"department": "Tea", "period": "the last 4 weeks"}, NoDataError, "weeks are needed|store-weeks"),
        ({"product": "Dead duck soup"}, NoDataError, "nothing of it sold"),
        ({}, BadArgumentError, "Name a product"),
        ({"product": "Tea T1 qt1", "department": "Tea"}, BadArgumentError, "not both"),
    ],
)
def test_no_elasticity_where_the_data_cannot_carry_one(
    chain: Chain, arguments: dict[str, str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as caught:
        run_tool("price_elasticity", arguments, chain.context())
    said = caught.value.user_message  # type: ignore[attr-defined]
    assert any(word in said for word in words.split("|"))


def test_a_depth_that_pays_is_told_from_one_that_does_not(chain: Chain) -> None:
    found = run_tool("optimal_discount", {"period": "the last 30 weeks"}, chain.context())
    # Tea leaves 0.40 and nuts 0.50 a unit. At 25 % off that is 0.15 x 0.75 ** -2 = 0.27 and 0.25 x 0.75 ** -5 = 1.05.
    tea, nuts = (
        value(found, "gross_margin_against_no_discount", category=name, discount_depth="20–30 %")
        for name in ("Tea", "Nuts")
    )
    assert tea == pytest.approx((0.15 * 0.75**-2 / 0.40 - 1) * 100, abs=8)
    assert nuts == pytest.approx((0.25 * 0.75**-5 / 0.50 - 1) * 100, abs=15)
    assert found.table is not None
    assert {(row[0], row[1]) for row in found.table.rows if row[-1] == "best"} == {("Nuts", "20–30 %")}
    assert "Best depth: Nuts 20–30 %" in found.text


def test_each_depth_of_a_single_part_is_told(chain: Chain) -> None:
    found = run_tool("optimal_discount", {"period": "the last 30 weeks", "product": "Tea"}, chain.context())
    depths = {one.group["discount_depth"] for one in found.figures}
    assert len(depths) > 1
    told = found.text.split("Each depth against no discount: ")[1]
    assert all(f"{depth} margin " in told for depth in depths)


def test_depths_need_enough_weeks(chain: Chain) -> None:
    with pytest.raises(NoDataError, match="Too few discounts"):
        run_tool("optimal_discount", {"period": "the last 3 weeks"}, chain.context())
    with pytest.raises(BadArgumentError, match="one product"):
        run_tool("optimal_discount", {"product": "Tea T1 qt1"}, chain.context())


def test_what_does_not_sell_is_to_be_marked_down_at_cost_at_most(chain: Chain) -> None:
    found = run_tool("markdown_candidates", {"dead_only": True}, chain.context())
    assert found.table is not None
    ((name, store, on_hand, weekly, cover, last, price, cost, depth, new, margin, sold, why),) = found.table.rows
    assert (name, store, on_hand, weekly, cover, last) == ("Dead duck soup", "Harbor Point", "50", "0.00", None, None)
    assert (price, cost, depth, new, margin, sold) == ("5.00", "4.00", "20", "4.00", "0.0", None)
    assert why == "bounded by the least margin over cost"
    assert "the excess cost $200.00" in found.headline
    assert found.follow_ups[0] == "Mark down Dead duck soup by 20 % at Harbor Point"


def test_overstock_is_ranked_by_what_the_excess_cost_and_unknown_cost_comes_last(chain: Chain) -> None:
    found = run_tool("markdown_candidates", {}, chain.context())
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == ["Salt SALT qsalt", "Dead duck soup", "News NEWS qnews"]
    sold = sum(
        line[3]
        for line in chain.lines
        if line[2] == "VSALT" and line[9] == "S01" and line[10] > str(LAST_ON - timedelta(days=56))
    )
    excess = 5000 - Decimal(sold) * 12 / 8
    shown = next(one.value for one in found.figures if one.metric == "excess_stock_cost")
    assert shown == f"{excess * Decimal('0.20') + 50 * Decimal('4.00'):.2f}"
    assert found.table.rows[0][4] == f"{Decimal(5000) / (Decimal(sold) / 8):.1f}"
    assert "1 product of unknown cost stand last" in " ".join(found.caveats)


def test_only_what_the_asker_may_see(chain: Chain) -> None:
    own = run_tool("markdown_candidates", {}, chain.context("S02"))
    assert {row[1] for row in own.table.rows if own.table} == {"Harbor Point"} if own.table else False
    with pytest.raises(NotAllowedError):
        run_tool("markdown_candidates", {"stores": "Market Street"}, chain.context("S02"))


def test_nothing_to_mark_down_is_an_answer(chain: Chain) -> None:
    found = run_tool("markdown_candidates", {"department": "Tea"}, chain.context())
    assert "nothing to mark down" in found.headline


@pytest.mark.parametrize(
    "arguments", [{"assumed_elasticity": -0.5}, {"deepest_pct": 99}, {"least_margin_pct": 100}, {"cover_weeks": 0}]
)
def test_nonsense_assumptions_are_refused(chain: Chain, arguments: dict[str, float]) -> None:
    with pytest.raises(BadArgumentError, match="cannot be used"):
        run_tool("markdown_candidates", arguments, chain.context())


def test_dates_are_those_of_the_data() -> None:
    assert date(2026, 4, 27) == FIRST_ON


def test_the_rate_at_a_store_that_opened_lately_is_of_its_own_days(tmp_path: Path) -> None:
    made = Chain(tmp_path, STORES[:2])
    made.product("TEA", "Green tea", "Tea")
    made.product("SALT", "Salt", "Salt")
    made.product("GUM", "Gum", "Gum")
    for back in range(70):
        day = LAST_ON - timedelta(days=back)
        made.sell("S01", day, [("TEA", 2, 400, 0, "1.00"), ("SALT", 1, 100, 0, "0.20")])
        if back < 21:  # six pieces a week for three weeks
            made.sell("S02", day, [("TEA", 2, 400, 0, "1.00") if back % 7 < 3 else ("SALT", 1, 100, 0, "0.20")])
    for ident, cost in (("TEA", "1.00"), ("SALT", "0.90"), ("GUM", "0.50")):
        for table, column, amount in (("price", "price", "1.00"), ("cost", "unit_cost", cost)):
            made.put(table, ("variant_id", "store_id", "valid_from_at", column, "currency"),
                     [(f"V{ident}", None, "2026-01-01T00:00:00Z", Decimal(amount), "USD")])  # fmt: skip
    made.put("inventory_level", ("variant_id", "store_id", "quantity", "as_of_at"), [
        ("VTEA", "S02", 60, "2026-11-23T05:00:00Z"), ("VSALT", "S02", 80, "2026-11-23T05:00:00Z"),
        ("VGUM", "S02", 4, "2026-11-23T05:00:00Z"),
    ])  # fmt: skip
    context = made.finish().context()
    found = run_tool("markdown_candidates", {}, context)
    assert found.table is not None
    # Ten weeks of tea are no excess; 80 of salt at four a week are twenty weeks, eight beyond the twelve.
    assert [row[:5] for row in found.table.rows] == [
        ("Salt", "Harbor Point", "80", "4.00", "20.0"),
        ("Gum", "Harbor Point", "4", "0.00", None),
    ]
    assert next(one.value for one in found.figures if one.metric == "excess_stock_cost") == "30.80"
    assert "Mark down first: Salt at Harbor Point by 10 %. How: 80 on hand" in found.text
    assert any("Sales begin within these weeks at Harbor Point on Mon 2 Nov 2026" in one for one in found.caveats)
    dead = run_tool("markdown_candidates", {"dead_only": True}, context)
    assert "nothing to mark down" in dead.headline
    made.connection.close()


def test_what_no_markdown_helps_is_counted_apart_and_part_of_a_piece_is_no_excess(tmp_path: Path) -> None:
    """At 10.00 a cost of 9.50 leaves room for one step of 5 %, of 9.51 for none; rye sells 9 in eight weeks."""
    made = Chain(tmp_path, STORES[:1])
    costs = {"ROOM": "9.50", "NONE": "9.51", "LOSS": "12.00", "RYE": "2.00"}
    for ident, cost in costs.items():
        made.product(ident, f"{ident.title()} thing", "Things")
        made.put("price", ("variant_id", "store_id", "valid_from_at", "price", "currency"),
                 [(f"V{ident}", None, "2026-01-01T00:00:00Z", Decimal("10.00"), "USD")])  # fmt: skip
        made.put("cost", ("variant_id", "store_id", "valid_from_at", "unit_cost", "currency"),
                 [(f"V{ident}", None, "2026-01-01T00:00:00Z", Decimal(cost), "USD")])  # fmt: skip
    for back in range(70):
        day = LAST_ON - timedelta(days=back)
        made.sell("S01", day, [("RYE", 1, 1000, 0, "2.00")] if back < 9 else [("NONE", 0, 0, 0, "9.51")])
    # Twelve weeks of rye are 13.5: fourteen are half a piece too many.
    made.put("inventory_level", ("variant_id", "store_id", "quantity", "as_of_at"), [
        (f"V{ident}", "S01", 14 if ident == "RYE" else 3, "2026-11-23T05:00:00Z") for ident in costs
    ])  # fmt: skip
    world = made.finish()
    found = run_tool("markdown_candidates", {}, world.context())
    made.connection.close()
    assert found.table is not None
    assert [(row[0], row[8]) for row in found.table.rows] == [("Room thing", "5")]
    excess = 3 * (Decimal("9.50") + Decimal("9.51") + Decimal("12.00"))
    assert found.headline.startswith(f"9 pieces too many, Market Street: the excess cost ${excess:.2f}; 3 products")
    assert f"2 of them (${3 * (Decimal('9.51') + 12):.2f}) are not listed" in found.text
    assert value(found, "products_without_markdown") == 2


def test_where_no_markdown_helps_at_all_the_excess_is_still_told(chain: Chain) -> None:
    found = run_tool("markdown_candidates", {"dead_only": True, "least_margin_pct": 20}, chain.context())
    assert found.table is None
    assert found.headline.startswith("50 pieces too many")
    assert "1 of them ($200.00) is not listed" in found.text


def _priced(made: Chain, ident: str, cost: str, on_hand: int) -> None:
    since = "2026-01-01T00:00:00Z"
    for table, column, amount in (("price", "price", "20.00"), ("cost", "unit_cost", cost)):
        made.put(table, ("variant_id", "store_id", "valid_from_at", column, "currency"),
                 [(f"V{ident}", None, since, Decimal(amount), "USD")])  # fmt: skip
    made.put("inventory_level", ("variant_id", "store_id", "quantity", "as_of_at"),
             [(f"V{ident}", "S01", on_hand, "2026-11-23T05:00:00Z")])  # fmt: skip


def test_a_piece_or_two_and_what_never_sold_do_not_lead_and_are_counted(tmp_path: Path) -> None:
    """A grill of two and ten unsold bikes cost more than thirty lamps, which sell one every ten days."""
    made = Chain(tmp_path, STORES[:1])
    for ident, name in (("GRILL", "Grill"), ("BIKE", "Bike"), ("LAMP", "Lamp")):
        made.product(ident, name, f"{name}s")
    for back in range(70):
        day = LAST_ON - timedelta(days=back)
        made.sell("S01", day, [("LAMP", 1, 2000, 0, "2.00")] if back % 10 == 0 else [("GRILL", 0, 0, 0, "9.00")])
    made.sell("S01", LAST_ON - timedelta(days=65), [("GRILL", 1, 2000, 0, "9.00")])
    for ident, cost, on_hand in (("GRILL", "15.00", 2), ("BIKE", "14.00", 10), ("LAMP", "2.00", 30)):
        _priced(made, ident, cost, on_hand)
    context = made.finish().context()
    found = run_tool("markdown_candidates", {}, context)
    two = run_tool("markdown_candidates", {"department": "lamps and bikes"}, context)
    over = run_tool("overstock", {}, context)
    made.connection.close()
    assert found.table is not None
    assert [str(row[0]).split()[0] for row in found.table.rows] == ["Lamp", "Bike", "Grill"]
    assert "Mark down first: Lamp" in found.headline
    assert "2 of them ($170.00) stand last: 2 pieces or fewer, or never sold at the store." in found.text
    assert "Unsold goods are counted too, beyond 12 weeks of sales; overstock counts only what sells" in found.text
    assert "Only goods that sell are counted, beyond 60 days of cover" in over.text
    assert two.table is not None
    assert [str(row[0]).split()[0] for row in two.table.rows] == ["Lamp", "Bike"]
    assert "of Lamps and Bikes" in two.headline


def test_a_price_change_is_told_of_every_row_and_by_category_where_nothing_is_named(chain: Chain) -> None:
    asked = {"period": "the last 30 weeks", "price_change_pct": 5}
    found = run_tool("price_elasticity", asked, chain.context())
    assert found.table is not None
    titles = [column.name for column in found.table.columns]
    assert titles[-3:] == ["Net sales", "Units at +5 %", "Net sales at +5 %"]
    rows = {str(row[0]): row for row in found.table.rows}
    assert {"Tea", "Nuts"} <= set(rows)
    weeks = str(LAST_ON - timedelta(days=7 * 30 - 1))
    for name in ("Tea", "Nuts"):
        slope = value(found, "price_elasticity", category=name)
        units = 1.05**slope
        assert float(str(rows[name][-2])) == pytest.approx((units - 1) * 100, abs=0.06)
        assert float(str(rows[name][-1])) == pytest.approx((units * 1.05 - 1) * 100, abs=0.06)
        own = [line for line in chain.lines if line[2][:2] == f"V{name[0]}" and line[2][2:].isdigit()]
        sums = sum((Decimal(line[6]) for line in own if line[10] >= weeks), Decimal(0))
        assert Decimal(str(rows[name][-3])) == sums.scaleb(-2)
    assert "a price 5 % higher went with about -" in found.headline
    assert "10 % lower" not in found.text
    assert run_tool("price_elasticity", {**asked, "by": "category"}, chain.context()).headline == found.headline


def test_without_anything_named_the_refusal_offers_a_split(chain: Chain) -> None:
    with pytest.raises(BadArgumentError, match=r"\(by\)"):
        run_tool("price_elasticity", {"period": "the last 30 weeks"}, chain.context())
