"""Losses of one week told from those of every week, and rates that one piece cannot lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
import pytest

from tests.support.promotions_world import Chain
from tools.registry import run_tool

LAST = date(2026, 11, 22)
"""A Sunday; the four weeks before it are whole."""
PERIOD = "the last 4 weeks"
SOLD = {  # by week, the newest first: pieces, price of a piece and its cost in minor units
    "EVER": [(3, 500, 600), (2, 500, 600), (4, 500, 600), (3, 500, 600)],
    "ONCE": [(5, 500, 900), (5, 500, 400), (5, 500, 400), (5, 500, 400)],
    "LONE": [(2, 100, 300), None, None, None],
    "GOOD": [(9, 500, 300), (9, 500, 300), (9, 500, 300), (9, 500, 300)],
    "RARE": [(1, 900, 100), None, None, None],
}


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    made = Chain(tmp_path_factory.mktemp("losing"))
    for ident, weeks in SOLD.items():
        made.product(ident, f"{ident.title()} thing", "Things")
        for back, week in enumerate(weeks):
            if week:
                pieces, price, cost = week
                day = LAST - timedelta(days=7 * back + 2)
                made.sell("S01", day, [(ident, pieces, pieces * price, 0, f"{cost / 100:.2f}")])
    made.sell("S01", LAST, [("GOOD", 1, 500, 0, "3.00")])
    yield made.finish()
    made.connection.close()


def truth() -> pd.DataFrame:
    rows = [
        (ident, back, week[0], week[0] * (week[1] - week[2]))
        for ident, weeks in SOLD.items()
        for back, week in enumerate(weeks)
        if week
    ]
    frame = pd.DataFrame(rows, columns=["product", "week", "pieces", "margin"])
    frame["loss"] = frame.margin < 0
    return frame.groupby("product").agg(margin=("margin", "sum"), weeks=("week", "count"), losses=("loss", "sum"))


def test_the_weeks_in_loss_stand_beside_those_sold_in(chain: Chain) -> None:
    found = run_tool("product_profitability", {"period": PERIOD, "show": "losing"}, chain.context())
    assert found.table is not None
    losing = truth()[lambda rows: rows.margin < 0].sort_values("margin")
    assert [(row[0], row[-1]) for row in found.table.rows] == [
        (f"{ident.title()} thing", f"{row.losses} of {row.weeks}") for ident, row in losing.iterrows()
    ]
    assert found.table.columns[-1].name == "Weeks in loss"
    assert "In every week they sold in, two or more: 1 of them." in found.text


def test_only_what_lost_whenever_it_sold(chain: Chain) -> None:
    found = run_tool("product_profitability", {"period": PERIOD, "show": "always_losing"}, chain.context())
    assert found.table is not None
    assert [(row[0], row[-1]) for row in found.table.rows] == [("Ever thing", "4 of 4")]
    assert "made a loss in every week they sold in (two weeks or more)" in found.headline
    few = {"period": PERIOD, "show": "always_losing", "least_units": 13}
    assert run_tool("product_profitability", few, chain.context()).headline.endswith(
        "in every week it sold in (two weeks or more; 13 pieces or more)."
    )


def test_a_longer_period_is_counted_by_months(chain: Chain) -> None:
    found = run_tool("product_profitability", {"period": "the last 13 weeks", "show": "losing"}, chain.context())
    assert found.table is not None
    assert found.table.columns[-1].name == "Months in loss"


def test_one_piece_does_not_lead_a_ranking_by_rate(chain: Chain) -> None:
    asked = {"period": PERIOD, "metric": "gross_margin_pct"}
    found = run_tool("top_products", asked, chain.context())
    assert found.table is not None
    assert [row[1] for row in found.table.rows] == ["Good thing", "Once thing", "Ever thing"]
    assert "3 products that sold 10 pieces or more" in found.headline
    assert any(one.startswith("2 products that sold fewer than 10 pieces") for one in found.caveats)
    every = run_tool("top_products", {**asked, "least_units": 1}, chain.context())
    assert every.table is not None
    assert every.table.rows[0][1] == "Rare thing"
    assert any("is a rate: products that sold little" in one for one in every.caveats)


def test_where_nothing_sold_enough_all_are_ranked_and_it_is_said(chain: Chain) -> None:
    found = run_tool("top_products", {"period": LAST.isoformat(), "metric": "gross_margin_pct"}, chain.context())
    assert "Best of 1 product by gross margin %" in found.headline
    assert any("is a rate: products that sold little" in one for one in found.caveats)


def test_a_ranking_by_money_takes_every_product(chain: Chain) -> None:
    found = run_tool("top_products", {"period": PERIOD, "metric": "net_sales"}, chain.context())
    assert "Best of 5 products by net sales" in found.headline
