"""Promotions of goods that are new, that overlap, that have no end or are of one store: counted by hand.

Two stores sell twenty loaves, a control group, at five a day each. Coffee sells ten a day and fifteen on promotion,
which is a lift of 50 % wherever it is measured rightly. The day is 9 March 2026, the promotions begin on 2 March.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
FIRST, STARTS, LAST = date(2026, 1, 5), date(2026, 3, 2), date(2026, 3, 8)
STORES = ("S01", "S02")
LOAVES = tuple(f"L{number}" for number in range(20))


class Shop:
    """Sells; ``began`` is the first day of a product, ``on`` whether it is promoted in a store."""

    def __init__(self) -> None:
        self.rows: list[Row] = [store(one, name=f"Shop {one}", timezone="UTC") for one in STORES]
        self.goods("Bread", LOAVES)

    def goods(self, department: str, names: tuple[str, ...], **product: Any) -> None:
        for name in names:
            self.rows += [
                Row("product", {"product_id": f"P{name}", "name": name, "department": department, **product}),
                Row("variant", {"variant_id": f"V{name}", "product_id": f"P{name}", "sku": name}),
            ]

    def offer(self, ident: str, name: str, starts_on: date, ends_on: date | None, store_id: str | None = None) -> None:
        self.rows.append(Row("promotion", {"promotion_id": ident, "name": f"Offer {ident}"}))
        item = {"promotion_id": ident, "variant_id": f"V{name}", "store_id": store_id}
        self.rows.append(Row("promotion_item", item | {"starts_on": starts_on, "ends_on": ends_on, "mailer": "Front"}))

    def sell(self, name: str, plan: dict[tuple[date, date], int], stores: tuple[str, ...] = STORES) -> None:
        """So many a day between two dates; at two dollars, of which one and a half is cost."""
        for store_id in stores:
            for (start, end), number in plan.items():
                for back in range((end - start).days + 1):
                    on = start + timedelta(days=back)
                    sale_id = f"{name}-{store_id}-{on}"
                    promoted = 40 if number > 10 else 0
                    self.rows += [
                        sale(sale_id, datetime.combine(on, time(12), UTC), store_id=store_id),
                        line(sale_id, 1, 200 * number, variant_id=f"V{name}", quantity=number, unit_cost="1.50",
                             discount_minor=promoted * number),
                    ]  # fmt: skip

    def ask(self, folder: Path) -> Iterator[ToolContext]:
        for loaf in LOAVES:
            self.sell(loaf, {(FIRST, LAST): 5})
        with open_mirror(folder / "mirror.duckdb") as mirror:
            assert mirror.writer is not None
            mirror.writer.submit(Batch(rows=self.rows, sources=[SourceUpdate("sales", "test", NOW)])).result()
            yield ToolContext(Scope("U_OWNER", Role.OWNER, STORES), mirror.reader, FixedClock(NOW))


def whole(result: ToolResult, metric: str) -> str | None:
    """The figure of everything."""
    return next(one.value for one in result.figures if one.metric == metric and not one.group)


@pytest.fixture
def shop() -> Shop:
    made = Shop()
    made.goods("Coffee", ("old", "young", "launched"))
    return made


USUAL = {(FIRST, STARTS - timedelta(days=1)): 10, (STARTS, LAST): 15}


def test_goods_that_are_new_go_by_their_own_days_and_those_launched_with_it_are_left_out(
    shop: Shop, tmp_path: Path
) -> None:
    """The young were first sold ten days before: over four weeks they would pass for 3.6 a day and a lift of 320 %."""
    shop.sell("old", USUAL)
    shop.sell("young", {(date(2026, 2, 20), date(2026, 3, 1)): 10, (STARTS, LAST): 15})
    shop.sell("launched", {(STARTS, LAST): 30})
    for number, name in enumerate(("old", "young", "launched")):
        shop.offer(f"O{number}", name, STARTS, LAST)
    for context in shop.ask(tmp_path):
        result = run_tool("promotion_lift", {"period": "2 to 8 March"}, context)
    assert whole(result, "promotion_lift") == "50.0"
    assert (whole(result, "units"), whole(result, "expected_units")) == ("420", "280.0")  # 2 x 2 x 7 x 15 and x 10
    assert any(
        one.startswith("1 product left out as new: first sold fewer than 7 days before") for one in result.caveats
    )
    assert (
        "What suppliers pay towards promotions is not recorded: the return is before any such part." in result.caveats
    )


def test_what_a_catalogue_calls_new_is_new_however_little_it_sold(shop: Shop, tmp_path: Path) -> None:
    shop.goods("Coffee", ("dated",), created_at=datetime(2026, 2, 20, tzinfo=UTC))
    shop.sell("old", USUAL)
    shop.sell("dated", {(date(2026, 2, 20), date(2026, 3, 1)): 10, (STARTS, LAST): 15}, ("S01",))
    shop.offer("O1", "old", STARTS, LAST)
    shop.offer("O2", "dated", STARTS, LAST)
    for context in shop.ask(tmp_path):
        result = run_tool("promotion_lift", {"period": "2 to 8 March"}, context)
    assert whole(result, "promotion_lift") == "50.0"


def test_overlapping_offers_without_an_end_count_each_sale_once(shop: Shop, tmp_path: Path) -> None:
    shop.sell("old", USUAL)
    shop.offer("O1", "old", STARTS, None)
    shop.offer("O2", "old", date(2026, 3, 4), LAST)
    for context in shop.ask(tmp_path):
        result = run_tool("promotion_lift", {"period": "2 to 8 March"}, context)
        parts = run_tool("promotion_lift", {"period": "2 to 8 March", "by": "promotion"}, context)
    assert (whole(result, "units"), whole(result, "expected_units")) == ("210", "140.0")
    # 0.40 on each of 210 pieces, and of the margin of 0.50 there is 0.10 left: 21.00 against 140 x 0.50.
    assert whole(result, "incremental_gross_margin") == "-49.00"
    assert whole(result, "promotion_roi") == str(round(Decimal("-49.00") / Decimal("84.00") * 100))
    assert any("Without a recorded end, and taken as running on: Offer O1." in one for one in result.caveats)
    assert (whole(parts, "units"), whole(parts, "expected_units")) == ("210", "140.0")


def test_an_offer_of_one_store_is_measured_there_alone(shop: Shop, tmp_path: Path) -> None:
    shop.sell("old", USUAL, ("S01",))
    shop.sell("old", {(FIRST, LAST): 10}, ("S02",))
    shop.offer("O1", "old", STARTS, LAST, "S01")
    for context in shop.ask(tmp_path):
        result = run_tool("promotion_lift", {"period": "2 to 8 March"}, context)
    assert (whole(result, "units"), whole(result, "expected_units")) == ("105", "70.0")


def test_baskets_before_are_those_of_days_without_a_promotion(shop: Shop, tmp_path: Path) -> None:
    """On ordinary days nothing else is bought; in the earlier promotion soap for 9.00 is, in this one for 4.00."""
    shop.goods("Soap", ("soap",))
    shop.sell("old", USUAL)
    shop.offer("O0", "old", date(2026, 2, 16), date(2026, 2, 22))
    shop.offer("O1", "old", STARTS, LAST)
    for first, minor in ((date(2026, 2, 16), 900), (STARTS, 400)):
        shop.rows += [
            line(f"old-{one}-{first + timedelta(days=back)}", 2, minor, variant_id="Vsoap", quantity=1)
            for one in STORES
            for back in range(7)
        ]
    for context in shop.ask(tmp_path):
        result = run_tool("promotion_lift", {"promotion": "Offer O1"}, context)
    halo = {one.group["baskets"]: one.value for one in result.figures if one.metric == "halo_per_basket"}
    assert halo == {"during": "4.00", "base": "0.00"}


def test_a_year_is_told_from_the_first_promotion_on(shop: Shop, tmp_path: Path) -> None:
    """Since January there are too few days before, and what was sold then says nothing of March."""
    shop.sell("old", {(FIRST, date(2026, 1, 31)): 40, (date(2026, 2, 1), date(2026, 3, 1)): 10, (STARTS, LAST): 15})
    shop.offer("O1", "old", STARTS, LAST)
    for context in shop.ask(tmp_path):
        result = run_tool("promotion_lift", {"period": "this year"}, context)
        since = run_tool("promotion_lift", {"period": "since 15 January"}, context)
    assert whole(result, "promotion_lift") == whole(since, "promotion_lift") == "50.0"
    assert result.caveats[0].startswith("Only 2–8 Mar 2026 is told")
