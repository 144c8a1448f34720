"""The SQL under the explanations: the same rows however the windows are cut, and never a store outside the scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.tools.why.planted import Planted
from tools.context import Role, Scope
from tools.errors import NotAllowedError
from tools.metrics import why_findings_query as findings
from tools.metrics import why_query as queries
from tools.metrics.query import Filter, Statement, Window

NOW, BEFORE = (date(2026, 11, 16), date(2026, 11, 22)), (date(2026, 11, 9), date(2026, 11, 15))
OWNER = Scope("U_TEST", Role.OWNER, ("A", "B", "C"))


def windows(*store_sets: tuple[str, ...]) -> tuple[list[Window], list[Window]]:
    return [Window(ids, *NOW) for ids in store_sets], [Window(ids, *BEFORE) for ids in store_sets]


@pytest.mark.parametrize("margin", [False, True])
@pytest.mark.parametrize("only", [None, Filter(departments=("Fresh",)), Filter(variants=("VB",))])
def test_stores_with_dates_of_their_own_give_the_same_sums(planted: Planted, margin: bool, only: Filter | None) -> None:
    made = [
        queries.build_goods(*windows(*sets), OWNER, only=only, margin=margin)
        for sets in ((("A", "B", "C"),), (("A",), ("B", "C")))
    ]
    together, apart = (planted.mirror.query(one.sql, one.params).rows for one in made)
    assert [row[0] for row in together] == ["A", "B", "C"]
    assert together == apart


@pytest.mark.parametrize("by", ["department", "category", "product"])
@pytest.mark.parametrize("metric", sorted(queries.CONTRIBUTIONS))
def test_what_is_not_among_the_first_is_in_the_totals(planted: Planted, by: str, metric: str) -> None:
    every, first = (
        planted.mirror.query(one.sql, one.params).rows
        for one in (
            queries.build_contributions(metric, by, *windows(("A", "B", "C")), OWNER, most=most) for most in (99, 1)
        )
    )
    assert len(every) > len(first) == 1
    assert first[0] == every[0]
    for column in range(2, 6):
        assert sum(row[column] for row in every) == first[0][column + 4]


BUILDERS: dict[str, Callable[..., Statement]] = {
    "goods": queries.build_goods,
    "contributions": lambda now, before, scope: queries.build_contributions("net_sales", "product", now, before, scope),
    "people": queries.build_people,
    "people known": lambda now, _, scope: queries.build_people_known(now, scope),
    "promotions": findings.build_promotions,
    "silent": lambda now, before, scope: findings.build_silent(now, before, scope, least=1, days=7, quiet=1),
    "on hand": lambda now, _, scope: findings.build_on_hand(now[0].store_ids[0], "VA", scope),
    "hours": lambda now, _, scope: findings.build_trading_hours(now, scope),
    "weather": lambda now, _, scope: findings.build_weather(now, scope),
    "events": lambda now, _, scope: findings.build_events(now, scope),
    "targets": lambda now, _, scope: findings.build_targets("net_sales", now, scope),
}


@pytest.mark.parametrize("name", BUILDERS)
def test_no_statement_is_made_for_a_store_outside_the_scope(planted: Planted, name: str) -> None:
    narrow = Scope("U_TEST", Role.STORE_MANAGER, ("B",))
    build: Any = BUILDERS[name]
    with pytest.raises(NotAllowedError):
        build(*windows(("A",)), narrow)
    statement = build(*windows(("B",)), narrow)
    assert "A" not in statement.params.values()
    planted.mirror.query(statement.sql, statement.params)
