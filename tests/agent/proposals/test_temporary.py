"""Several changes of one price, some of them for a time: what it costs when every time is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from agent.errors import BadInputError
from tests.support.proposals_world import World
from tools.drafts import ListedPrice, PriceListDraft
from tools.errors import ToolError


def priced(world: World, price: str, until: datetime | None = None) -> str:
    """A price of one product, approved and carried out."""
    made = world.propose(live="10.00", percent=None, price=Decimal(price), until=until)
    return done(world, made)


def listed(world: World, price: str, until: datetime | None = None) -> str:
    """The same in a list with another product."""
    world.pos.set_price("V1", "S01", world.pos.price("V1", "S01") or "10.00")
    world.pos.set_price("V2", "S01", f"{Decimal(price) + 1}")
    lines = (ListedPrice("V1", None, Decimal(price)), ListedPrice("V2", None, Decimal(price)))
    draft = PriceListDraft("S01", lines, until, "")
    return done(world, world.proposals.propose(draft, world.scope("U_OWNER"), tool_call_id="").proposal_id)


def done(world: World, proposal_id: str) -> str:
    world.proposals.approve(proposal_id, world.scope("U_DISTRICT"))
    assert world.proposals.wait(proposal_id, 10).status == "executed"
    world.clock.pass_time(minutes=1)
    return proposal_id


@pytest.mark.parametrize("first", [priced, listed])
@pytest.mark.parametrize("second", [priced, listed])
def test_a_price_is_not_made_temporary_twice(running: World, first, second) -> None:  # type: ignore[no-untyped-def]
    now = running.clock.now()
    one = first(running, "9.80", now + timedelta(hours=5))
    with pytest.raises(ToolError, match=rf"has a temporary price already \({one}\), which goes back to 1.\.."):
        second(running, "9.70", now + timedelta(hours=20))
    running.clock.pass_time(hours=6)
    running.proposals.revert_due()
    second(running, "9.70", now + timedelta(hours=20))
    running.clock.pass_time(hours=20)
    running.proposals.revert_due()
    assert running.pos.price("V1", "S01") == "10.00"


def test_an_edit_does_not_make_a_price_temporary_twice_either(running: World) -> None:
    now = running.clock.now()
    waiting = running.propose(live="10.00", percent=None, price=Decimal("9.70"), until=now + timedelta(hours=20))
    other = running.propose(
        "U_MANAGER_S01", live="10.00", percent=None, price=Decimal("9.80"), until=now + timedelta(hours=5)
    )
    done(running, other)
    with pytest.raises(BadInputError, match="has a temporary price already"):
        running.proposals.edit(waiting, {"price": "9.60"}, running.scope("U_OWNER"))
    assert running.proposals.view(waiting).status == "pending"


@pytest.mark.parametrize("later", [priced, listed])
def test_a_later_price_stays_though_it_is_the_same(running: World, later) -> None:  # type: ignore[no-untyped-def]
    one = priced(running, "9.80", running.clock.now() + timedelta(hours=5))
    later(running, "9.70")
    later(running, "9.80")
    running.clock.pass_time(hours=6)
    running.proposals.revert_due()
    assert running.pos.price("V1", "S01") == "9.80"
    assert running.proposals.view(one).revert_state == "left"
