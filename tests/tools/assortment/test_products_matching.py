"""Products that meet several conditions at once: a planted world, and refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from tests.support.promotions_world import Chain
from tools.context import Role
from tools.errors import BadArgumentError, NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

DAY, EARLIER = date(2026, 11, 10), date(2026, 10, 13)
PERIOD = "from 26 October 2026 to 22 November 2026"
SOLD = {
    # product: lines now, lines before, price and discount in minor units, cost
    "A": (40, 40, 1000, 0, "9.00"),
    "B": (6, 6, 500, 0, "1.00"),
    "C": (20, 10, 500, 0, "3.00"),
    "D": (20, 40, 500, 100, "3.00"),
    "E": (2, 0, 300, 0, "0.50"),
    "F": (8, 8, 400, 0, "2.00"),
    "H": (10, 10, 600, 0, None),
}
"""All of it at Market Street; G is there and sells nothing."""
LEVELS = {("S01", "A"): -8, ("S02", "A"): 5, ("S01", "B"): 50, ("S01", "C"): 3, ("S01", "G"): 30}


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    made = Chain(tmp_path_factory.mktemp("matching"))
    for ident in "ABCDEFGH":
        made.product(ident, f"Product {ident}", "Shelf", "Deli" if ident == "F" else "Grocery")
    for ident, (now, before, price, discount, cost) in SOLD.items():
        for _ in range(now):
            made.sell("S01", DAY, [(ident, 1, price, discount, cost)])
        for _ in range(before):
            made.sell("S01", EARLIER, [(ident, 1, price, discount, cost)])
    made.put(
        "inventory_level",
        ("store_id", "variant_id", "quantity", "as_of_at"),
        [(store, f"V{ident}", pieces, "2026-11-23T05:00:00Z") for (store, ident), pieces in LEVELS.items()],
    )
    made.put(
        "promotion_item",
        ("promotion_id", "variant_id", "store_id", "starts_on", "ends_on"),
        [("W1", "VC", "S01", "2026-11-22", "2026-11-28"), ("W0", "VA", "S01", "2026-11-01", "2026-11-07")],
    )
    yield made.finish()
    made.connection.close()


def found(result: ToolResult) -> list[str]:
    """The products in the order they are told, by the letter of their name."""
    return [] if result.table is None else [str(row[1])[-1] for row in result.table.rows]


def ask(chain: Chain, *conditions: Mapping[str, Any], **more: Any) -> ToolResult:
    return run_tool("products_matching", {"period": PERIOD, "conditions": conditions, **more}, chain.context())


def test_high_and_low_are_quarters_of_what_sold_often_enough(chain: Chain) -> None:
    result = ask(chain, {"figure": "gross_margin_pct", "holds": "high"}, {"figure": "net_sales", "holds": "low"})
    # margins 10, 25, 40, 50, 80 of A D C F B, net sales 30, 32, 60, 80, 100, 400: E sold twice and is not judged
    assert found(result) == ["B", "F"]
    assert "high gross margin is at least 50.0 %" in result.text
    assert "low net sales is at most $39.00" in result.text
    assert "at least 5 receipt lines are judged (6)" in result.text
    values = {(one.group["product"], one.metric): one.value for one in result.figures if "product" in one.group}
    assert values["Product B", "gross_margin_pct"] == "80.0"
    assert values["Product F", "net_sales"] == "32.00"


def test_bounds_are_exact_and_count_what_sold_once(chain: Chain) -> None:
    margin = {"figure": "gross_margin_pct", "holds": "above", "number": "30"}
    result = ask(chain, margin, {"figure": "units", "holds": "below", "number": "10"})
    assert found(result) == ["F", "B", "E"]
    assert "receipt lines" not in result.text
    at_fifty = {"figure": "gross_margin_pct", "holds": "at_least", "number": "50"}
    assert "F" in found(ask(chain, at_fifty, {"figure": "units", "holds": "above", "number": "7"}))
    over_fifty = {"figure": "gross_margin_pct", "holds": "above", "number": "50"}
    assert "F" not in found(ask(chain, over_fifty, {"figure": "units", "holds": "above", "number": "7"}))


def test_growth_and_cover(chain: Chain) -> None:
    result = ask(
        chain,
        {"figure": "growth", "holds": "above", "number": 0},
        {"figure": "days_of_stock", "holds": "at_most", "number": 7},
    )
    assert found(result) == ["C"]
    values = {one.metric: one.value for one in result.figures if "product" in one.group}
    assert values["net_sales_growth"] == "100.0"
    assert values["days_of_stock"] == "0.2"  # 3 pieces, 20 on the one trading day
    falling = ask(
        chain, {"figure": "growth", "holds": "below", "number": 0}, {"figure": "discount_rate", "holds": "high"}
    )
    assert found(falling) == ["D"]


def test_out_of_stock_in_a_store_beside_the_best_sellers(chain: Chain) -> None:
    result = ask(
        chain,
        {"figure": "net_sales", "holds": "top", "number": 1},
        {"figure": "stores_out", "holds": "at_least", "number": 1},
    )
    assert found(result) == ["A"]
    assert "out of stock in 1 of 2 stores" in result.headline
    elsewhere = ask(
        chain,
        {"figure": "net_sales", "holds": "low"},
        {"figure": "stores_out", "holds": "at_least", "number": 1},
        stores="Market Street",
    )
    assert found(elsewhere) == []
    assert elsewhere.headline.startswith("No product with low net sales and nothing in stock")


def test_further_figures_stand_beside_the_best_sellers_and_limit_nothing(chain: Chain) -> None:
    best = {"figure": "net_sales", "holds": "top", "number": 3}
    result = ask(chain, best, rank_by="net_sales", limit=3, beside=["on_hand", "stores_out"])
    # net sales 400, 100, 80 of A, C and D; D has no level
    assert found(result) == ["A", "C", "D"]
    assert "Product A (net sales $400.00, stock on hand 5 and out of stock in 1 of 2 stores)" in result.headline
    assert "2. Product C $100.00 (stock on hand 3, out of stock in 0 of 1 store)" in result.text
    assert "3. Product D $80.00 (no stock level kept)" in result.text
    values = {(one.group["product"], one.metric): one.value for one in result.figures if "product" in one.group}
    assert values["Product A", "stock_on_hand"] == "5"
    assert values["Product D", "stock_on_hand"] is None
    assert found(ask(chain, best, rank_by="net_sales", limit=3)) == ["A", "C", "D"]


def test_what_is_there_and_sells_nothing_has_low_sales(chain: Chain) -> None:
    result = ask(
        chain, {"figure": "on_hand", "holds": "at_least", "number": 30}, {"figure": "net_sales", "holds": "low"}
    )
    assert sorted(found(result)) == ["B", "G"]


def test_promoted_today_and_not(chain: Chain) -> None:
    rising = {"figure": "growth", "holds": "above", "number": 0}
    assert found(ask(chain, rising, promoted=True)) == ["C"]
    assert found(ask(chain, rising, promoted=False)) == []
    out = {"figure": "stores_out", "holds": "at_least", "number": 1}
    assert found(ask(chain, out, promoted=False)) == ["A"]  # its promotion was over on 7 November


def test_a_department_an_order_and_a_limit(chain: Chain) -> None:
    some = {"figure": "units", "holds": "above", "number": 1}
    low = {"figure": "net_sales", "holds": "below", "number": 200}
    assert found(ask(chain, some, low, department="Deli")) == ["F"]
    ranked = ask(chain, some, low, rank_by="units", order="bottom", limit=3)
    assert found(ranked) == ["E", "B", "F"]
    assert next(one.value for one in ranked.figures if one.metric == "products") == "6"


@pytest.mark.parametrize(
    "conditions",
    [
        [],
        [{"figure": "net_sales", "holds": "high", "number": 5}],
        [{"figure": "net_sales", "holds": "above"}],
        [{"figure": "visitors", "holds": "high"}],
        [{"figure": "units", "holds": "top", "number": 0}],
        [{"figure": "units", "holds": "high"}, {"figure": "units", "holds": "high"}],
        [{"figure": "units", "holds": "high"}] * 5,
    ],
)
def test_conditions_that_say_nothing_are_refused(chain: Chain, conditions: list[dict[str, Any]]) -> None:
    with pytest.raises(BadArgumentError):
        ask(chain, *conditions)


def test_no_levels_no_answer_about_stock(tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = Chain(tmp_path_factory.mktemp("bare"))
    bare.product("A", "Product A", "Shelf")
    bare.sell("S01", DAY, [("A", 1, 100, 0, None)])
    bare.finish()
    with pytest.raises(NoDataError, match="No stock levels"):
        ask(bare, {"figure": "net_sales", "holds": "high"}, {"figure": "on_hand", "holds": "high"})
    with pytest.raises(NoDataError, match="No promoted products"):
        ask(bare, {"figure": "net_sales", "holds": "high"}, promoted=True)
    bare.connection.close()


def test_only_the_stores_one_may_see(chain: Chain) -> None:
    arguments = {"conditions": [{"figure": "units", "holds": "above", "number": 0}], "period": PERIOD}
    context = chain.context("S02", role=Role.STORE_MANAGER)
    with pytest.raises(NoDataError):
        run_tool("products_matching", arguments, context)


def test_a_level_below_nought_takes_nothing_from_what_another_store_has(chain: Chain) -> None:
    """Eight short at Market Street and five at the other: five on hand, as ``stock_levels`` has it."""
    held = sum(max(pieces, 0) for (_, ident), pieces in LEVELS.items() if ident == "A")
    few = [
        {"figure": "on_hand", "holds": "at_least", "number": held},
        {"figure": "on_hand", "holds": "below", "number": 6},
    ]
    result = ask(chain, *few, beside=["on_hand"])
    assert found(result) == ["A"]
    assert [one.value for one in result.figures if one.metric == "stock_on_hand"] == [str(held)]
    levels = run_tool("stock_levels", {"by": "product"}, chain.context()).table
    assert levels is not None
    pieces = [one.name for one in levels.columns].index("Pieces")
    assert {row[0]: row[pieces] for row in levels.rows}["Product A"] == str(held)
