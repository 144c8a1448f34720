"""Values of many groups at once, and what they add up to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tools.metrics import METRICS
from tools.metrics.evaluate import Group, total


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("exponent", [0, 2, 3])
def test_the_texts_of_many_groups_are_those_of_each(name: str, exponent: int) -> None:
    metric, (top, bottom) = METRICS[name], METRICS[name].sums
    known = [None, *map(Decimal, ("0", "-1", "7", "12.5", "333.335", "1000000001"))]
    groups = [
        {top: one, bottom: other, "x_net": Decimal(100), "x_unknown_net": Decimal(0), "x_trade": one}
        for one in known
        for other in known
    ]
    groups += [{}, {top: Decimal(5)}]
    assert metric.texts(groups, exponent) == [metric.text(metric.of(sums, exponent), exponent) for sums in groups]


def test_a_sum_that_only_some_groups_know_is_that_of_those_who_do() -> None:
    groups = [Group("a", {"n": None}), Group("b", {"n": Decimal(2), "d": None}, 3), Group("c", {"n": Decimal(5)})]
    added = total(groups, "all")
    assert (added.key, added.rows) == ("all", 5)
    assert list(added.sums.items()) == [("n", Decimal(7)), ("d", None)]
