"""From Lightspeed X's objects to rows of the mirror. Pure: a record in, rows out.

A column the platform does not know (a store's district, somebody's pay) is left out, not set to null, so that what an
operator added stays. Its ids are UUIDs and kept bare; promotions count from one in every shop and are scoped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.http import parse_json
from connectors.lightspeed_x.amounts import many, number, part
from connectors.lightspeed_x.client import instant, maybe_instant
from connectors.lightspeed_x.goods import catalog_rows
from connectors.lightspeed_x.movements import adjustment_row, consignment_rows
from connectors.lightspeed_x.sales import sale_rows
from connectors.lightspeed_x.surroundings import MARK, home_of
from connectors.records import Row, scoped

_PERCENT = ("basic_percent_discount", "percent_discount", "percent_pool_discount")
_AMOUNT = ("basic_fixed_discount", "fixed_discount", "fixed_pool_discount")


def canonical_rows(record: RawRecord, *, connection: str) -> Iterator[Row]:
    """The mirror rows of one stored record; none for objects the mirror has no table for."""
    source = parse_json(record.payload)
    mapped = _MAPPED.get(record.entity)
    if isinstance(source, dict) and mapped is not None:
        if record.deleted and not source.get("deleted_at"):
            # Found to be gone, not told so: it says what it did before.
            source["deleted_at"] = record.updated_at.isoformat()
        yield from mapped(source, record, connection)


def _store(outlet: Mapping[str, Any], _: RawRecord, connection: str) -> Iterator[Row]:
    values: dict[str, Any] = {
        "store_id": outlet["id"],
        "name": outlet.get("name") or outlet["id"],
        "timezone": outlet.get("time_zone") or part(outlet, MARK).get("timezone") or "UTC",
        "currency": outlet.get("currency") or part(outlet, MARK).get("currency") or "USD",
        "tax_inclusive": outlet.get("display_prices") == "inclusive",
        "active": not outlet.get("deleted_at"),
        "connection": connection,
        "external_id": outlet["id"],
    }
    if outlet.get("physical_country_id"):
        values["country"] = outlet["physical_country_id"]
    if outlet.get("latitude") and outlet.get("longitude"):
        values |= {"latitude": float(outlet["latitude"]), "longitude": float(outlet["longitude"])}
    yield Row("store", values)


def _supplier(supplier: Mapping[str, Any], _: RawRecord, __: str) -> Iterator[Row]:
    values: dict[str, Any] = {"supplier_id": supplier["id"], "name": supplier.get("name")}
    email = part(supplier, "contact").get("email")
    if email:
        values["email"] = email
    yield Row("supplier", values)


def _employee(user: Mapping[str, Any], _: RawRecord, __: str) -> Iterator[Row]:
    values: dict[str, Any] = {
        "employee_id": user["id"],
        "active": not user.get("deleted_at") and user.get("enabled", True) is not False,
    }
    if user.get("display_name"):
        values["name"] = user["display_name"]
    roles = many(user, "roles")
    role = roles[0].get("name") if roles else user.get("account_type")
    if role:
        values["role"] = str(role)
    home = home_of(user)
    if home:
        values["store_id"] = home
    yield Row("employee", values)


def _customer(customer: Mapping[str, Any], _: RawRecord, __: str) -> Iterator[Row]:
    if not customer.get("customer_key") or customer.get("deleted_at"):
        return
    yield Row(
        "customer",
        {
            "customer_key": customer["customer_key"],
            "first_seen_at": maybe_instant(customer.get("created_at")),
            "consent": None if customer.get("do_not_email") is None else not customer["do_not_email"],
            "attributes": {"loyalty": bool(customer.get("enable_loyalty"))},
        },
    )


def _promotion(promotion: Mapping[str, Any], _: RawRecord, connection: str) -> Iterator[Row]:
    action, condition = part(promotion, "action"), part(promotion, "condition")
    kind = str(action.get("type") or "")
    word = "percent" if kind in _PERCENT else "amount" if kind in _AMOUNT else kind or None
    included = [*many(action, "include"), *many(condition, "include")]
    scope = {
        "store_ids": list(promotion.get("outlet_ids") or ()),
        "variant_ids": sorted({str(item.get("value")) for item in included if item.get("field") == "product_id"}),
        "other": sorted({f"{item.get('field')}={item.get('value')}" for item in included}
                        - {f"product_id={item.get('value')}" for item in included}),
        "condition": condition.get("type"),
        "min_quantity": action.get("min_quantity") or condition.get("min_quantity"),
        "code_needed": bool(promotion.get("use_promo_code")),
    }  # fmt: skip
    yield Row(
        "promotion",
        {
            "promotion_id": scoped(connection, promotion["id"]),
            "name": promotion.get("name"),
            "kind": word,
            "value": None if action.get("value") is None else number(action["value"]),
            "starts_at": maybe_instant(promotion.get("start_time")),
            "ends_at": maybe_instant(promotion.get("end_time")),
            "scope": scope,
        },
    )


def _register_events(register: Mapping[str, Any], _: RawRecord, __: str) -> Iterator[Row]:
    """When a register was last opened, and closed if it is: the platform keeps no list of closures to read."""
    opened, closed = register.get("register_open_time"), register.get("register_close_time")
    for kind, at in (("open_drawer", opened), ("close_drawer", None if register.get("is_open") else closed)):
        if at and register.get("outlet_id"):
            moment = instant(str(at))
            yield Row(
                "register_event",
                {
                    "event_id": f"{register['id']}:{kind}:{moment.isoformat()}",
                    "store_id": register["outlet_id"],
                    "register_id": register["id"],
                    "kind": kind,
                    "reason": register.get("name"),
                    "occurred_at": moment,
                },
            )


def _level(level: Mapping[str, Any], record: RawRecord, _: str) -> Iterator[Row]:
    if level.get("product_id") and level.get("outlet_id"):
        yield Row(
            "inventory_level",
            {
                "variant_id": level["product_id"],
                "store_id": level["outlet_id"],
                "quantity": 0 if level.get("deleted_at") else number(level.get("current_inventory_level")),
                "as_of_at": record.updated_at,
                "area": None,
            },
        )


def _timecard(shift: Mapping[str, Any], _: RawRecord, __: str) -> Iterator[Row]:
    """A shift says who, not where: the store is the one its user belongs to. Without one there is no row."""
    store_id = part(shift, MARK).get("outlet_id")
    if store_id and shift.get("time_in"):
        yield Row(
            "timecard",
            {
                "timecard_id": shift["id"],
                "employee_id": shift["user_id"],
                "store_id": store_id,
                "clock_in_at": instant(str(shift["time_in"])),
                "clock_out_at": maybe_instant(shift.get("time_out")),
                "break_minutes": 0,
            },
        )


_MAPPED: Mapping[Entity, Callable[[Mapping[str, Any], RawRecord, str], Iterable[Row]]] = {
    Entity.LOCATION: _store,
    Entity.SUPPLIER: _supplier,
    Entity.CATALOG: lambda source, record, connection: catalog_rows(source, connection=connection, record=record),
    Entity.EMPLOYEE: _employee,
    Entity.CUSTOMER: _customer,
    Entity.PROMOTION: _promotion,
    Entity.SALE: lambda source, _, connection: sale_rows(source, connection=connection),
    Entity.REGISTER_EVENT: _register_events,
    Entity.INVENTORY: _level,
    Entity.INVENTORY_CHANGE: lambda source, _, __: (adjustment_row(source),),
    Entity.TIMECARD: _timecard,
    Entity.PURCHASE_ORDER: lambda source, _, __: consignment_rows(source),
}
