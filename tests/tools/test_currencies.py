"""Stores of three currencies, one without minor units: nothing is added up, ranked or held to one amount over them.

Every figure is counted by hand: a mug costs 6 and sells for 10 euros or dollars, for 900 and 1,500 yen; each store
sells two a day, has forty on hand, lost one and threw one away.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.currencies import BY_STORE, UNRANKED
from tools.each_currency import APART
from tools.errors import BadArgumentError, NoDataError, ToolError
from tools.registry import catalogue, run_tool
from tools.result import ToolResult

NOW = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
SHOPS = (("S01", "Mitte", "EUR", 1000), ("S02", "Broadway", "USD", 1000), ("S03", "Akasaka", "JPY", 1500))
CURRENCY = {store_id: currency for store_id, _, currency, _ in SHOPS}


def rows_of(store_id: str, name: str, currency: str, price: int) -> list[Row]:
    """A store that sells two mugs a day, with stock, an order of six and what was lost."""
    major = Decimal(price) if currency == "JPY" else Decimal(price) / 100
    cost = major * 6 / 10
    since = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        store(store_id, name=name, currency=currency, timezone="UTC", floor_area_m2="100"),
        Row("price", {"variant_id": "V1", "store_id": store_id, "valid_from_at": since, "price": major,
                      "currency": currency}),
        Row("cost", {"variant_id": "V1", "store_id": store_id, "valid_from_at": since, "unit_cost": cost,
                     "currency": currency}),
        Row("inventory_level", {"variant_id": "V1", "store_id": store_id, "quantity": 40, "as_of_at": NOW,
                                "area": "floor"}),
        Row("purchase_order", {"po_id": f"O-{store_id}", "supplier_id": "SUP", "store_id": store_id, "status": "sent",
                               "created_at": NOW - timedelta(days=9), "sent_at": NOW - timedelta(days=9)}),
        Row("purchase_order_line", {"po_id": f"O-{store_id}", "line_no": 1, "variant_id": "V1", "ordered": 6,
                                    "received": 0, "unit_cost": cost}),
    ]  # fmt: skip
    for number, kind in enumerate(("adjust", "waste")):
        change = {"change_id": f"{store_id}{number}", "variant_id": "V1", "store_id": store_id, "kind": kind,
                  "quantity": -1, "occurred_at": NOW - timedelta(days=3)}  # fmt: skip
        rows.append(Row("inventory_change", change))
    for number in range(1, 85):
        sale_id = f"{store_id}-{number}"
        closed = NOW - timedelta(days=number)
        rows += [
            sale(sale_id, closed, store_id=store_id, currency=currency, customer_key=f"K{number % 10}"),
            line(sale_id, 1, 2 * price, quantity=2, unit_cost=cost),
        ]
    return rows


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    """The owner of the three stores."""
    goods = [
        Row("product", {"product_id": "P1", "name": "Blue mug", "department": "Household"}),
        Row("variant", {"variant_id": "V1", "product_id": "P1", "sku": "MUG"}),
        Row("product", {"product_id": "P2", "name": "Plate", "department": "Household"}),
        Row("variant", {"variant_id": "V2", "product_id": "P2", "sku": "PLATE"}),
        Row("price", {"variant_id": "V2", "valid_from_at": NOW - timedelta(days=90), "price": "8.00",
                      "currency": "USD"}),
        Row("supplier", {"supplier_id": "SUP", "name": "Potters", "currency": "USD", "lead_days_mean": "30"}),
        Row("supplier_item", {"supplier_id": "SUP", "variant_id": "V1", "unit_cost": "7.00"}),
    ]  # fmt: skip
    rows = [*goods, *(row for shop in SHOPS for row in rows_of(*shop))]
    with open_mirror(tmp_path_factory.mktemp("three") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, ("S01", "S02", "S03")), mirror.reader, FixedClock(NOW))


def amounts(result: ToolResult, metric: str) -> dict[str, tuple[str | None, str]]:
    """Values and units of a metric by store; one over all stores is under an empty key."""
    return {
        figure.stores[0] if len(figure.stores) == 1 else "": (figure.value, figure.unit)
        for figure in result.figures
        if figure.metric == metric
    }


def run(name: str, context: ToolContext, **arguments: Any) -> ToolResult:
    """A tool's answer."""
    return run_tool(name, arguments, context)


def cases() -> list[tuple[str, dict[str, Any]]]:
    """Every tool that only reads, with its usual arguments and by store where it can be split so."""
    found: list[tuple[str, dict[str, Any]]] = []
    for name, spec in catalogue().items():
        if spec.proposes or name == "supplier_list":  # whose smallest orders are in the suppliers' own currency
            continue
        needed: dict[str, Any] = {key: "net_sales" for key, field in spec.arguments.model_fields.items()
                                  if field.is_required() and key == "metric"}  # fmt: skip
        needed |= {"product": "MUG"} if "product" in _required(spec.arguments) else {}
        found.append((name, needed))
        if "by" in spec.arguments.model_fields:
            found.append((name, {**needed, "by": "store"}))
    return found


def _required(arguments: Any) -> set[str]:
    return {key for key, field in arguments.model_fields.items() if field.is_required()}


@pytest.mark.parametrize(("name", "arguments"), cases())
def test_no_figure_in_money_is_of_stores_of_several_currencies(
    name: str, arguments: dict[str, Any], asker: ToolContext
) -> None:
    try:
        result = run(name, asker, **arguments)
    except ToolError:
        return
    codes = set(CURRENCY.values())
    for figure in result.figures:
        if figure.unit in codes:
            assert {CURRENCY[store_id] for store_id in figure.stores} == {figure.unit}, figure
    for column in result.table.columns if result.table else ():
        assert column.unit not in codes, column


def test_orders_to_suppliers_are_told_in_each_stores_currency(asker: ToolContext) -> None:
    result = run("purchase_orders", asker, by="store")
    assert amounts(result, "purchase_value") == {
        "S01": ("36.00", "EUR"),
        "S02": ("36.00", "USD"),
        "S03": ("5400", "JPY"),
    }
    assert result.headline.endswith("18 units ordered; 0 units have come.")
    assert "By store: Akasaka ¥5,400; Broadway $36.00; Mitte €36.00." in result.text
    assert UNRANKED in result.caveats
    with pytest.raises(BadArgumentError, match="neither ranked nor held to one amount"):
        run("purchase_orders", asker, by="store", over="20")


def test_shrink_is_a_share_of_each_stores_own_sales(asker: ToolContext) -> None:
    """56 mugs sold in 28 days at the price: one lost is 1 / 56 of their value."""
    result = run("shrink_and_waste", asker, by="store")
    sold = {figure.stores[0]: figure.value for figure in result.figures if figure.metric == "shrink_pct"}
    assert sold == dict.fromkeys(("S01", "S02", "S03"), "1.79")
    assert amounts(result, "shrink_value") == {"S01": ("10.00", "EUR"), "S02": ("10.00", "USD"), "S03": ("1500", "JPY")}
    assert "€" not in result.headline


def test_gmroi_goes_by_the_minor_units_of_each_store(asker: ToolContext) -> None:
    """56 mugs in 28 days earn 4 each (600 yen); 40 in stock cost 6 each (900 yen): 224 / 240 x 365 / 28 = 12.17."""
    result = run("stock_productivity", asker, by="store")
    assert {figure.stores: figure.value for figure in result.figures if figure.metric == "gmroi"} == {
        ("S01", "S02", "S03"): None,
        ("S01",): "12.17",
        ("S02",): "12.17",
        ("S03",): "12.17",
    }
    assert result.table is not None
    margins = {row[0]: (row[-3], row[-2], row[-1]) for row in result.table.rows}
    assert margins == {
        "Mitte": ("224.00", "240.00", "EUR"),
        "Broadway": ("224.00", "240.00", "USD"),
        "Akasaka": ("33600", "36000", "JPY"),
    }


@pytest.mark.parametrize("name", ["sales_breakdown", "stock_levels"])
def test_stores_of_several_currencies_stand_by_name_and_not_by_amount(name: str, asker: ToolContext) -> None:
    result = run(name, asker, by="store")
    assert result.table is not None
    assert "Rank" not in [column.name for column in result.table.columns]
    assert [row[0] for row in result.table.rows] == ["Akasaka", "Broadway", "Mitte"]
    assert UNRANKED in result.caveats


def test_the_best_of_stores_by_amounts_of_several_currencies_is_refused(asker: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="EUR, JPY and USD"):
        run("sales_breakdown", asker, by="store", top=1)
    with pytest.raises(BadArgumentError, match="EUR, JPY and USD"):
        run("sales_breakdown", asker, by="store", having=[{"metric": "net_sales", "over": "100"}])
    counts = run("sales_breakdown", asker, by="store", metrics=["transactions"], top=1)
    assert UNRANKED not in counts.caveats


def test_equals_in_a_ranking_are_said_to_be_equal_and_amounts_left_out_for_their_currency(asker: ToolContext) -> None:
    result = run("store_ranking", asker)
    assert "Stores with the same mean place stand in the order of net sales against their own norm." in result.caveats
    said = next(one for one in result.caveats if "different currencies" in one)
    assert "net sales per m²" in said
    assert not any("net sales per m²" in one for one in result.caveats if one.startswith("Not known"))


def test_what_runs_out_is_put_in_order_by_pieces(asker: ToolContext) -> None:
    result = run("stockout_risk", asker, within=90)
    assert "most pieces at risk" in result.headline


@pytest.mark.parametrize("name", ["sales_summary", "compare_periods"])
def test_a_total_that_cannot_be_is_told_by_store(name: str, asker: ToolContext) -> None:
    """Two mugs a day: 20 euros, 20 dollars and 3,000 yen."""
    result = run(name, asker, period="yesterday")
    assert amounts(result, "net_sales") == {"S01": ("20.00", "EUR"), "S02": ("20.00", "USD"), "S03": ("3000", "JPY")}
    assert BY_STORE in result.caveats
    assert BY_STORE not in run(name, asker, period="yesterday", stores="Mitte").caveats
    assert BY_STORE not in run(name, asker, period="yesterday", by="store").caveats


def test_a_common_price_in_another_currency_is_no_price_of_a_store(asker: ToolContext) -> None:
    """The plate has one price for all stores, in dollars; the mug has one in each."""
    found = run("find_products", asker, text="plate")
    assert found.table is not None
    prices = {row[0]: row[2] for row in found.table.rows}
    assert prices == {"Plate": "USD 8.00"}
    here = run("find_products", asker, text="plate", stores="Mitte")
    assert here.table is not None
    assert [row[2] for row in here.table.rows] == [None]
    mug = run("find_products", asker, text="mug")
    assert mug.table is not None
    assert [row[2] for row in mug.table.rows] == ["EUR 10.00; JPY 1500; USD 10.00"]


def test_what_a_supplier_asks_in_another_currency_is_no_cost_of_an_order(asker: ToolContext) -> None:
    """The supplier asks 7 dollars; in euros and yen what a mug costs the store stands: 6 and 900."""
    found: dict[str, Decimal] = {}
    for name in ("Mitte", "Broadway", "Akasaka"):
        result = run("reorder_list", asker, stores=name, days=28)
        assert result.table is not None
        titles = [column.name for column in result.table.columns]
        for row in result.table.rows:
            cells = dict(zip(titles, row, strict=True))
            found[name] = Decimal(str(cells["Cost"])) / Decimal(str(cells["Order"]))
    assert found == {"Mitte": Decimal(6), "Broadway": Decimal(7), "Akasaka": Decimal(900)}


def test_what_stands_in_an_order_or_lies_apart_is_no_amount_of_several_currencies(asker: ToolContext) -> None:
    for asked in ({"order": "top"}, {"gap": True}):
        with pytest.raises(BadArgumentError, match="neither ranked nor held to one amount"):
            run("sales_summary", asker, by="store", metrics=["net_sales"], **asked)
    counts = run("sales_summary", asker, by="store", metrics=["transactions"], order="top")
    assert counts.table is not None
    assert [row[1] for row in counts.table.rows] == ["1", "1", "1"]


@pytest.mark.parametrize(("name", "asked", "instead"), [
    ("customers_away", {}, "Ask for one store, or"),
    ("share_change", {"by": "store"}, "Ask for one store, or"),
    ("overstock", {}, "Ask by store, or"),
    ("customer_visits", {}, "Ask by store, or"),
    ("basket_statistics", {}, "Ask by store, or"),
])  # fmt: skip
def test_a_refusal_offers_by_store_only_where_that_is_to_be_had(
    asker: ToolContext, name: str, asked: dict[str, str], instead: str
) -> None:
    with pytest.raises(BadArgumentError, match=instead):
        run(name, asker, **asked)


TOLD_APART: list[tuple[str, dict[str, Any]]] = [
    ("customer_visits", {}), ("figure_of_each", {"by": ["store"]}), ("identified_sales", {}), ("new_and_returning", {}),
    ("outlook_accuracy", {}), ("overstock", {"cover": 7}), ("reorder_list", {}), ("sales_outlook", {}),
    ("sales_rates", {}), ("spread_over_time", {}), ("unusual_days", {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "asked"), TOLD_APART)
def test_by_store_each_currency_is_told_by_itself(name: str, asked: dict[str, Any], asker: ToolContext) -> None:
    """The same figures as when one asks about each store alone, and none over the stores of two currencies."""
    result = run(name, asker, **{"by": "store", **asked})
    assert APART in result.caveats
    alone = {
        (one.metric, one.value, one.unit, one.stores)
        for _, store_name, _, _ in SHOPS
        for one in run(name, asker, **{"by": "store", **asked, "stores": store_name}).figures
    }
    assert {(one.metric, one.value, one.unit, one.stores) for one in result.figures} == alone
    assert result.provenance.stores == ("S01", "S02", "S03")
    if result.table:
        assert {row[-1] for row in result.table.rows} == set(CURRENCY.values())
        assert result.table.columns[-1].name == "Currency"
    assert len(result.text) < 1000


def test_stores_that_share_a_currency_are_told_together(tmp_path: Any) -> None:
    """Two stores in euros are put in order among themselves; the one in dollars stands by itself."""
    shops = (*SHOPS[:2], ("S04", "Hafen", "EUR", 500))
    rows = [row for shop in shops for row in rows_of(*shop)]
    goods = [Row("product", {"product_id": "P1", "name": "Blue mug"}),
             Row("variant", {"variant_id": "V1", "product_id": "P1", "sku": "MUG"})]  # fmt: skip
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=[*goods, *rows], sources=[SourceUpdate("sales", "test", NOW)])).result()
        context = ToolContext(Scope("U", Role.OWNER, ("S01", "S02", "S04")), mirror.reader, FixedClock(NOW))
        result = run("sales_outlook", context, by="store", period="tomorrow")
        both = run("sales_outlook", context, by="store", period="tomorrow", stores="Mitte and Hafen")
        over = run("overstock", context, by="store", cover=7, stores="Mitte and Broadway")
    assert result.table is not None
    assert {row[0]: row[1:] for row in result.table.rows} == {
        "Mitte": ("20.00", "EUR"), "Hafen": ("10.00", "EUR"), "Broadway": ("20.00", "USD"),
    }  # fmt: skip
    assert both.text in result.text
    assert "€30.00" in result.text
    assert "Hafen" not in over.text


def test_several_currencies_are_not_held_to_one_amount_by_store(asker: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="neither ranked nor held to one amount"):
        run("figure_of_each", asker, by=["store"], over="20")


def test_what_is_known_of_one_currency_only_is_told_and_the_rest_named(tmp_path: Any) -> None:
    rows = [row for shop in SHOPS[:2] for row in rows_of(*shop)]
    rows = [row for row in rows if not (row.table == "inventory_level" and row.values["store_id"] == "S02")]
    goods = [Row("product", {"product_id": "P1", "name": "Blue mug"}),
             Row("variant", {"variant_id": "V1", "product_id": "P1", "sku": "MUG"})]  # fmt: skip
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=[*goods, *rows], sources=[SourceUpdate("sales", "test", NOW)])).result()
        context = ToolContext(Scope("U", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(NOW))
        result = run("overstock", context, by="store", cover=7)
        with pytest.raises(NoDataError, match="No stock levels are recorded for Broadway"):
            run("overstock", context, by="store", cover=7, stores="Broadway")
    assert "Overstock, Mitte" in result.headline
    assert any(one.startswith("No stock levels are recorded for Broadway") for one in result.caveats)
