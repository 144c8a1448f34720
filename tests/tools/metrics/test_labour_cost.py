"""What the hours clocked cost in money: wages times hours, and the share of net sales beside it."""

from __future__ import annotations

from decimal import Decimal

from tools.metrics import METRICS, metric_named


def test_wages_are_summed_by_the_second_and_told_in_money() -> None:
    metric = METRICS["labour_cost"]
    # Eight hours at 15.50 and half an hour at 20.00, in minor units times seconds.
    summed = Decimal(8 * 3600 * 1550 + 1800 * 2000)
    assert metric.value(summed, None, 2) == Decimal(134)
    assert metric.text(metric.value(summed, None, 2)) == "134.00"
    assert metric.unit("USD") == "USD"


def test_a_cost_is_not_its_share_of_sales() -> None:
    assert metric_named("labour cost").name == "labour_cost"
    assert metric_named("labor cost %").name == "labour_cost_pct"
    assert METRICS["labour_cost"].is_sum
