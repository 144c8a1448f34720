"""Whom a customer list is for: the segment as of the approved instant, and of it those who agree now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from agent.proposals.audience import Audience
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.tools.customers.conftest import NOW, People, open_people
from tools.customers.known import known_customers
from tools.customers.segments import by_rfm

TARGET = {"store_id": "S01"}


def rule(segment: str, **change: Any) -> dict[str, Any]:
    made = {"rule": {"segment": segment, "period_days": "84"}, "as_of": NOW.isoformat(), "count": "999"}
    return {**made, **change}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    made = open_people(tmp_path_factory.mktemp("audience"))
    yield made
    made.mirror.close()


def agree(shop: People, keys: list[str], *, consent: bool) -> None:
    writer = shop.mirror.writer
    assert writer is not None
    rows = [Row("customer", {"customer_key": key, "consent": consent}) for key in keys]
    writer.submit(Batch(rows=rows, sources=[])).result()


def test_a_list_is_the_segment_less_those_who_do_not_agree(shop: People) -> None:
    groups = by_rfm(known_customers("last 84 days", "S01", shop.asker())).groups
    segment = Counter(groups.values()).most_common(1)[0][0]
    everybody = sorted(key for key, name in groups.items() if name == segment)
    audience = Audience(shop.mirror.reader)
    assert list(audience(TARGET, rule(segment))) == [], "nobody said that they agree"
    agree(shop, everybody, consent=True)
    assert list(audience(TARGET, rule(segment))) == everybody
    assert list(audience(TARGET, rule(segment.upper()))) == everybody
    agree(shop, everybody[:2], consent=False)
    assert list(audience(TARGET, rule(segment))) == everybody[2:]
    agree(shop, everybody[4:], consent=False)
    assert list(audience(TARGET, rule(segment))) == [], "two people are no list"


def test_no_such_segment_and_no_customers_are_no_list(shop: People) -> None:
    audience = Audience(shop.mirror.reader)
    assert list(audience(TARGET, rule("Aliens"))) == []
    long_ago = (NOW - timedelta(days=2000)).isoformat()
    assert list(audience(TARGET, rule("Champions", as_of=long_ago))) == []
