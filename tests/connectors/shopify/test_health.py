"""What ``doctor`` says of a Shopify connection: sentences with the remedy in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.base import Reader
from tests.conformance.trading import sell
from tests.support.platforms.rig import Rig

Make = Callable[..., Reader]


@pytest.fixture
def pos(rig: Rig) -> Any:
    return rig.pos


def opened(pos: Any, days: int) -> None:
    at = datetime.now(UTC) - timedelta(days=days)
    pos.store.set_meta("opened_at", at.replace(microsecond=0).isoformat().replace("+00:00", "Z"))


def without(pos: Any, *scopes: str) -> None:
    pos.scopes = [scope for scope in pos.scopes if scope not in scopes]


def test_a_shop_where_all_is_well(reader: Reader) -> None:
    health = reader.check()
    assert (health.ok, health.account, list(health.problems)) == (True, "Floorwalker Demo Stores", [])


def test_missing_permissions_are_named_with_the_setting(pos: Any, reader: Reader) -> None:
    without(pos, "read_discounts", "read_inventory")
    (problem,) = reader.check().problems
    assert problem == (
        "Give the token in SHOPIFY_ACCESS_TOKEN the permissions read_inventory, read_discounts (the app's Admin API "
        "access scopes)."
    )


def test_a_permission_to_write_holds_that_to_read(pos: Any, reader: Reader) -> None:
    without(pos, "read_products")
    pos.scopes = [*pos.scopes, "write_products"]
    assert reader.check().ok


def test_sixty_days_are_said_with_the_orders_that_are_not_shown(rig: Rig, pos: Any, reader: Reader) -> None:
    opened(pos, 400)
    without(pos, "read_all_orders")
    at = datetime.now(UTC) - timedelta(days=90)
    rig.clock.at = at
    sell(rig)
    sell(rig)
    (problem,) = reader.check().problems
    assert problem == (
        "Shopify shows this token the orders of the last 60 days only. It counts 2 older orders that it does not "
        "show. Ask for the permission read_all_orders if older sales shall be known."
    )


def test_a_shop_younger_than_that_misses_nothing(pos: Any, reader: Reader) -> None:
    opened(pos, 20)
    without(pos, "read_all_orders")
    assert reader.check().ok


def test_staff_that_the_plan_withholds_is_said(pos: Any, reader: Reader) -> None:
    pos.withheld = frozenset({"staffMembers"})
    (problem,) = reader.check().problems
    assert problem == (
        "The names of staff cannot be read: the shop's plan does not let apps read them. Sales still come in, without "
        "who rang them up."
    )
    without(pos, "read_users")
    assert "it needs read_users" in reader.check().problems[0]


def test_costs_that_are_withheld_are_said(pos: Any, reader: Reader) -> None:
    pos.withheld = frozenset({"unitCost"})
    (problem,) = reader.check().problems
    assert problem.startswith("The costs of products cannot be read: let the token view product costs.")


def test_a_shop_that_is_not_there_is_said(make: Make) -> None:
    lost = make(base_url="http://127.0.0.1:9")
    health = lost.check()
    assert not health.ok
    assert health.problems == ("Shopify is not answering at the moment. Try again in a few minutes.",)
