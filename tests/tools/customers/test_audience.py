"""Whom a customer list is for: the segment as of the approved instant, and of it those who agree now."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from agent.proposals.audience import Audience
from tests.tools.customers.conftest import NOW
from tools.context import ToolContext
from tools.customers.known import known_customers
from tools.customers.segments import by_rfm

TARGET = {"store_id": "S01"}


def rule(segment: str, **change: Any) -> dict[str, Any]:
    made = {"rule": {"segment": segment, "period_days": "84"}, "as_of": NOW.isoformat(), "count": "999"}
    return {**made, **change}


class Agreeing:
    """A mirror in which everybody agreed to be written to but those named."""

    def __init__(self, mirror: Any, refusing: frozenset[str] = frozenset()) -> None:
        self._mirror = mirror
        self.refusing = refusing

    def query(self, sql: str, params: Any = (), **more: Any) -> Any:
        if "WHERE consent" not in sql:
            return self._mirror.query(sql, params, **more)
        keys = sorted(key for key in params["keys"] if key not in self.refusing)
        return type("Rows", (), {"rows": [(key,) for key in keys]})()

    def snapshot(self) -> Any:
        return self._mirror.snapshot()


@pytest.fixture
def groups(world: ToolContext) -> dict[str, str]:
    return dict(by_rfm(known_customers("last 84 days", "S01", world)).groups)


def test_a_list_is_the_segment_less_those_who_do_not_agree(world: ToolContext, groups: dict[str, str]) -> None:
    segment, size = Counter(groups.values()).most_common(1)[0]
    everybody = sorted(key for key, name in groups.items() if name == segment)
    assert list(Audience(Agreeing(world.mirror))(TARGET, rule(segment))) == everybody
    assert list(Audience(Agreeing(world.mirror))(TARGET, rule(segment.upper()))) == everybody
    less = Audience(Agreeing(world.mirror, frozenset(everybody[:2])))(TARGET, rule(segment))
    assert list(less) == everybody[2:]
    few = Audience(Agreeing(world.mirror, frozenset(everybody[4:])))(TARGET, rule(segment))
    assert list(few) == [], f"{size} people, of whom four agree"


def test_where_nobody_said_that_they_agree_there_is_no_list(world: ToolContext, groups: dict[str, str]) -> None:
    segment = Counter(groups.values()).most_common(1)[0][0]
    assert list(Audience(world.mirror)(TARGET, rule(segment))) == []


def test_no_such_segment_and_no_customers_are_no_list(world: ToolContext) -> None:
    audience = Audience(Agreeing(world.mirror))
    assert list(audience(TARGET, rule("Aliens"))) == []
    long_ago = (NOW - timedelta(days=2000)).isoformat()
    assert list(audience(TARGET, rule("Champions", as_of=long_ago))) == []
