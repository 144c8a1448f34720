"""The lift of two periods held against each other: the same lifts as each by itself, and whether chance explains it."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, inf, log, sqrt

import pytest

from tests.support.promotions_world import Chain, promotion_chain
from tools.analysis.lift import Lift
from tools.analysis.two_lifts import differ
from tools.errors import BadArgumentError, NoDataError
from tools.registry import run_tool

LATER, EARLIER = "from 2026-11-06 to 2026-11-08", "from 2026-11-02 to 2026-11-04"


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    made = promotion_chain(tmp_path_factory.mktemp("promotions"))
    yield made
    made.connection.close()


def test_each_lift_is_the_one_of_its_period(chain: Chain) -> None:
    both = run_tool("lift_change", {"period": LATER, "compare_to": EARLIER}, chain.context())
    for period in (LATER, EARLIER):
        alone = run_tool("promotion_lift", {"period": period}, chain.context())
        assert all(figure in both.figures for figure in alone.figures[:3])
        assert f"{float(alone.figures[0].value or 'nan'):+.1f} % units" in both.headline


def test_the_same_offer_in_both_periods_differs_by_chance_only(chain: Chain) -> None:
    found = run_tool("lift_change", {"period": LATER, "compare_to": EARLIER, "by": "store"}, chain.context())
    assert "which chance may explain" in found.headline
    assert found.table is not None
    assert [row[0] for row in found.table.rows][-1] == "All promoted"
    assert found.table.rows[-1][-1] == "no"


def test_the_later_period_is_the_later_one_however_it_is_asked(chain: Chain) -> None:
    asked = run_tool("lift_change", {"period": EARLIER, "compare_to": LATER}, chain.context())
    assert asked.headline == run_tool("lift_change", {"period": LATER, "compare_to": EARLIER}, chain.context()).headline


def test_falls_stand_before_rises_and_the_other_way_round(chain: Chain) -> None:
    fell, rose = (
        run_tool(
            "lift_change", {"period": LATER, "compare_to": EARLIER, "by": "store", "order": order}, chain.context()
        )
        for order in ("fell", "rose")
    )
    assert fell.table is not None
    assert rose.table is not None
    first = [row[-2] for row in fell.table.rows[:-1] if row[-2] is not None]
    assert [float(one) for one in first] == sorted(float(one) for one in first)
    assert [row[-2] for row in rose.table.rows[:-1] if row[-2] is not None] == first[::-1]


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"period": LATER, "compare_to": "from 2026-10-05 to 2026-10-08"}, NoDataError, "the lift of both periods"),
        ({"period": LATER, "compare_to": "from 2026-11-01 to 2026-11-07"}, BadArgumentError, "overlap"),
        ({"period": LATER, "compare_to": "four-week norm"}, BadArgumentError, "one period"),
    ],
)
def test_what_cannot_be_held_against_each_other_is_said(
    chain: Chain, arguments: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        run_tool("lift_change", arguments, chain.context())


def test_two_intervals_give_the_interval_of_their_ratio() -> None:
    later, earlier = Lift(1.2, 1.2 / 1.1, 1.2 * 1.1, "products", 50), Lift(1.5, 1.5 / 1.2, 1.5 * 1.2, "products", 50)
    found = differ(later, earlier)
    assert found is not None
    spread = sqrt(log(1.1) ** 2 + log(1.2) ** 2)
    assert found == pytest.approx((0.8, 0.8 * exp(-spread), 0.8 * exp(spread)))
    assert found[2] < 1
    assert differ(Lift(1.2, 0.0, inf, "days", 1), earlier) is None
