"""Price bands of what units really sold for, and own label against national brands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.support.documents_world import figures, rows
from tools.errors import BadArgumentError, NoDataError
from tools.result import ToolResult

Run = Callable[..., ToolResult]


def test_a_unit_is_in_the_band_of_what_it_sold_for(run: Run) -> None:
    result = run("price_bands", bands=["3", "6"])
    assert rows(result) == [
        ("$3.00 to under $6.00", "30.00", "71.4", "7", "87.5", 2, 3, "4.29"),
        ("$6.00 and more", "12.00", "28.6", "1", "12.5", 1, 1, "12.00"),
    ]
    assert figures(result, "net_sales", "price_band")[""] == 42  # without bananas by weight and the mug's return


def test_an_edge_belongs_to_the_band_above_it(run: Run) -> None:
    shown = figures(run("price_bands", bands=["4.50", "5"]), "net_sales", "price_band")
    assert shown["$4.50 to under $5.00"] == 9  # two for 9.00 after their discount
    assert shown["$5.00 and more"] == 17  # one at exactly 5.00, and the mug


def test_bands_can_be_left_to_the_tool(run: Run) -> None:
    result = run("price_bands")
    assert sum(Decimal(str(row[1])) for row in rows(result)) == 42
    assert "The bands are round prices that hold about as many units each." in result.caveats


@pytest.mark.parametrize("bands", [["5", "3"], ["3", "3"], ["0"], ["cheap"], ["-1", "2"], ["NaN"]])
def test_bands_must_be_rising_prices(run: Run, bands: list[str]) -> None:
    with pytest.raises(BadArgumentError, match="bands"):
        run("price_bands", bands=bands)


def test_goods_by_weight_have_no_price_bands(run: Run) -> None:
    with pytest.raises(NoDataError, match="sold by the piece"):
        run("price_bands", department="Produce")


def test_own_label_is_a_share_of_what_says_its_brand(run: Run) -> None:
    result = run("private_label_share")
    assert figures(result, "private_label_share", "label") == {"": 10}
    assert figures(result, "net_sales", "label") == {"private label": 3, "national brands": 27}
    assert figures(result, "average_unit_price", "label") == {"private label": 3, "national brands": Decimal("4.50")}
    # Six oat milks at a cost of 2.00 known for 27.00 of net sales; the cola's cost is not known.
    assert figures(result, "gross_margin_pct", "label") == {"private label": None, "national brands": Decimal("55.6")}
    assert result.caveats[0].startswith("$3.00 (9.1 % of net sales) is of products that do not say whose brand")


def test_own_label_by_department(run: Run) -> None:
    shown = figures(run("private_label_share", by="department"), "private_label_share", "department")
    assert shown == {"": 10, "Grocery": 10, "Household": None, "Produce": None}
    with pytest.raises(NoDataError, match="private_label"):
        run("private_label_share", department="Produce")
