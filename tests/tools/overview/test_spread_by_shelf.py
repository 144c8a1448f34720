"""How departments and categories swing from week to week and day to day, against pandas over rows of the mirror."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from tests.support.asked_sample import asked_sample, truth
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


@pytest.mark.parametrize(("by", "each", "freq"), [("department", "week", "W-SUN"), ("category", "day", "D")])
def test_each_department_and_category_has_its_own_spread(context: ToolContext, by: str, each: str, freq: str) -> None:
    key = {"department": "COALESCE(p.department, 'Unknown')", "category": "COALESCE(c.name, 'Unknown')"}[by]
    rows = truth(
        context,
        f"SELECT {key}, l.business_on, SUM(l.net_minor) FROM sale_line l LEFT JOIN variant v USING (variant_id)"
        " LEFT JOIN product p USING (product_id) LEFT JOIN category c USING (category_id)"
        " WHERE l.business_on BETWEEN DATE '2026-08-31' AND DATE '2026-11-22' GROUP BY 1, 2",
    )
    frame = pd.DataFrame(rows, columns=["key", "day", "net"])
    frame["net"] = frame["net"].astype(float) / 100
    frame["day"] = pd.to_datetime(frame["day"])
    wide = frame.pivot_table(index="day", columns="key", values="net", aggfunc="sum").fillna(0).resample(freq).sum()
    found = run_tool("spread_over_time", {"by": by, "each": each, "period": "31 August to 22 November 2026"}, context)
    for name, wanted in (("standard_deviation", wide.std()), ("median", wide.median()), ("mean", wide.mean())):
        told = {
            one.group[by]: float(one.value or 0)
            for one in found.figures
            if one.metric == f"net_sales.{name}_by_{each}" and by in one.group
        }
        assert set(told) == set(wanted.index)
        assert all(abs(told[key] - wanted[key]) < 0.006 for key in told)


def test_what_is_known_of_whole_stores_only_has_no_spread_by_department(context: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="only known of whole stores"):
        run_tool("spread_over_time", {"by": "department", "metric": "transactions"}, context)
