"""What single objects of a Square account become, without an account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from connectors.base import Entity
from tests.support.square_mapping import AT, mapped


def test_a_deleted_rule_ended_when_it_was_deleted() -> None:
    rule = {
        "type": "PRICING_RULE",
        "id": "R1",
        "updated_at": "2026-11-02T14:00:00Z",
        "pricing_rule_data": {"valid_until_date": "2026-12-24"},
    }
    ((_, promotion),) = mapped(Entity.PROMOTION, rule, deleted=True)
    assert promotion["ends_at"] == AT
    ((_, open_ended),) = mapped(Entity.PROMOTION, {**rule, "pricing_rule_data": {}}, deleted=True)
    assert open_ended["ends_at"] == AT


@pytest.mark.parametrize(
    ("states", "reason", "kind", "sign"),
    [
        (("IN_STOCK", "SOLD"), "SALE", "sale", -1),
        (("UNLINKED_RETURN", "IN_STOCK"), "RETURNED", "return", 1),
        (("NONE", "IN_STOCK"), "RECEIVED", "receive", 1),
        (("NONE", "IN_STOCK"), "RECOUNT", "adjust", 1),
        (("IN_STOCK", "NONE"), "RECOUNT", "adjust", -1),
        (("IN_STOCK", "WASTE"), "DAMAGED", "waste", -1),
        (("IN_STOCK", "IN_TRANSIT"), "IN_TRANSIT", "transfer_out", -1),
        (("IN_TRANSIT", "IN_STOCK"), "TRANSFER", "transfer_in", 1),
    ],
)
def test_a_stock_change_is_signed_and_named(states: tuple[str, str], reason: str, kind: str, sign: int) -> None:
    adjustment = {
        "id": "A1",
        "catalog_object_id": "V1",
        "from_state": states[0],
        "to_state": states[1],
        "from_location_id": "L1",
        "to_location_id": "L1",
        "quantity": "2.5",
        "occurred_at": "2026-11-02T14:00:00Z",
        "reason_id": {"type": reason},
    }
    ((_, values),) = mapped(Entity.INVENTORY_CHANGE, {"type": "ADJUSTMENT", "adjustment": adjustment})
    assert (values["kind"], values["quantity"], values["store_id"]) == (kind, sign * Decimal("2.5"), "L1")
    older = {name: value for name, value in adjustment.items() if not name.endswith("location_id")}
    older_change = {"type": "ADJUSTMENT", "adjustment": {**older, "location_id": "L1"}}
    ((_, same),) = mapped(Entity.INVENTORY_CHANGE, older_change)
    assert same == values, "an API version before July 2026 says it in one field"


def test_what_goes_from_one_store_to_another_is_two_changes() -> None:
    adjustment = {
        "id": "A1",
        "catalog_object_id": "V1",
        "from_state": "IN_STOCK",
        "to_state": "IN_STOCK",
        "from_location_id": "L1",
        "to_location_id": "L2",
        "quantity": "3",
        "occurred_at": "2026-11-02T14:00:00Z",
    }
    found = mapped(Entity.INVENTORY_CHANGE, {"type": "ADJUSTMENT", "adjustment": adjustment})
    assert [(row["change_id"], row["kind"], row["store_id"], row["quantity"]) for _, row in found] == [
        ("A1:out", "transfer_out", "L1", Decimal(-3)),
        ("A1:in", "transfer_in", "L2", Decimal(3)),
    ]
    never_here = {**adjustment, "from_state": "ORDERED_FROM_VENDOR", "to_state": "WASTE"}
    assert mapped(Entity.INVENTORY_CHANGE, {"type": "ADJUSTMENT", "adjustment": never_here}) == []


@pytest.mark.parametrize(
    ("published", "draft_deleted", "published_deleted", "status"),
    [(False, False, False, "draft"), (True, False, False, "published"), (False, True, False, "deleted"),
     (True, True, False, "published"), (True, True, True, "deleted")],
)  # fmt: skip
def test_a_shift_is_gone_when_its_deletion_is_published(
    published: bool, draft_deleted: bool, published_deleted: bool, status: str
) -> None:
    details = {"location_id": "L1", "start_at": "2026-11-02T09:00:00-05:00", "end_at": "2026-11-02T17:00:00-05:00"}
    shift: dict[str, Any] = {"id": "H1", "draft_shift_details": {**details, "is_deleted": draft_deleted}}
    if published:
        shift["published_shift_details"] = {**details, "is_deleted": published_deleted}
    ((_, values),) = mapped(Entity.SCHEDULED_SHIFT, shift)
    assert (values["status"], values["starts_at"]) == (status, AT)


def test_a_store_that_disappears_and_a_person_that_left_are_not_active() -> None:
    location = {"id": "L1", "name": "Shop", "timezone": "UTC", "currency": "USD"}
    ((_, store),) = mapped(Entity.LOCATION, location, deleted=True)
    ((_, person),) = mapped(Entity.EMPLOYEE, {"id": "E1", "given_name": "Ada"}, deleted=True)
    assert (store["active"], person["active"]) == (False, False)
