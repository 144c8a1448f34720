"""Every other object of the platform, as it lands in the mirror."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from connectors.base import Entity, RawRecord
from connectors.http import Secret, to_json
from connectors.lightspeed_r.mapping import canonical_rows
from connectors.lightspeed_r.privacy import customer_key, without_personal_data

AT = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
STAMP = "2026-11-02T14:00:00+00:00"
KNOWN = {"currency": "USD", "levels": {"1": "1", "2": "14"}, "shop": "1"}


def mapped(entity: Entity, raw_id: str, source: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    record = RawRecord(entity, raw_id, 1, AT, to_json(source))
    return [(row.table, dict(row.values)) for row in canonical_rows(record, connection="shop")]


def only(entity: Entity, raw_id: str, source: dict[str, Any]) -> dict[str, Any]:
    ((_, values),) = mapped(entity, raw_id, source)
    return values


def item(**more: Any) -> dict[str, Any]:
    return {
        "itemID": "12",
        "description": "Oat milk",
        "customSku": "OAT-1L",
        "systemSku": "210000000012",
        "upc": "",
        "ean": "4006381333931",
        "itemType": "default",
        "archived": "false",
        "categoryID": "3",
        "itemMatrixID": "0",
        "defaultVendorID": "5",
        "avgCost": "2.1",
        "defaultCost": "2",
        "Prices": {"ItemPrice": {"amount": "4.5", "useTypeID": "1", "useType": "Default"}},
        "_reader": KNOWN,
        **more,
    }


def tables(entity: Entity, raw_id: str, source: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for table, values in mapped(entity, raw_id, source):
        found.setdefault(table, []).append(values)
    return found


def test_an_item_is_a_product_with_one_variant_a_price_a_cost_and_a_supplier() -> None:
    found = tables(Entity.CATALOG, "12", item())
    (product,), (variant,) = found["product"], found["variant"]
    assert (product["product_id"], product["name"], product["category_id"]) == ("shop:12", "Oat milk", "shop:3")
    assert (variant["variant_id"], variant["external_id"], variant["sku"]) == ("shop:12", "12", "OAT-1L")
    assert (variant["barcode"], variant["track_stock"], variant["active"]) == ("4006381333931", True, True)
    assert [(row["store_id"], row["price"]) for row in found["price"]] == [(None, Decimal("4.5"))]
    assert [(row["unit_cost"], row["currency"]) for row in found["cost"]] == [(Decimal("2.1"), "USD")]
    assert [(row["supplier_id"], row["unit_cost"]) for row in found["supplier_item"]] == [("shop:5", Decimal(2))]


def test_a_shop_with_a_price_level_of_its_own_has_its_own_price() -> None:
    prices = [
        {"amount": "4.5", "useTypeID": "1", "useType": "Default"},
        {"amount": "0", "useTypeID": "2", "useType": "MSRP"},
        {"amount": "4.75", "useTypeID": "14", "useType": "Harbor"},
    ]
    found = tables(Entity.CATALOG, "12", item(Prices={"ItemPrice": prices}))
    assert [(row["store_id"], row["price"]) for row in found["price"]] == [
        (None, Decimal("4.5")),
        ("shop:2", Decimal("4.75")),
    ]


def test_items_of_a_matrix_share_their_product() -> None:
    matrix = only(Entity.CATALOG, "matrix:36", {"itemMatrixID": "36", "description": "Shirt", "archived": "false"})
    assert (matrix["product_id"], matrix["name"]) == ("shop:matrix:36", "Shirt")
    attributes = {"attribute1": "Blue", "attribute2": "L", "attribute3": ""}
    found = tables(Entity.CATALOG, "12", item(itemMatrixID="36", ItemAttributes=attributes))
    assert "product" not in found
    assert (found["variant"][0]["product_id"], found["variant"][0]["name"]) == ("shop:matrix:36", "Blue / L")


def test_an_archived_item_is_inactive_and_has_no_price() -> None:
    found = tables(Entity.CATALOG, "12", item(archived="true"))
    assert (found["product"][0]["active"], found["variant"][0]["active"]) == (False, False)
    assert "price" not in found


def test_a_price_of_nothing_is_no_price_and_a_service_has_no_stock() -> None:
    free = {"ItemPrice": {"amount": "0", "useTypeID": "1", "useType": "Default"}}
    found = tables(Entity.CATALOG, "12", item(Prices=free, itemType="non_inventory"))
    assert "price" not in found
    assert found["variant"][0]["track_stock"] is False


def test_a_custom_field_says_what_a_product_is_sold_by() -> None:
    field = {"customFieldValueID": "1", "name": "unit", "type": "string", "value": "kg"}
    found = tables(Entity.CATALOG, "12", item(CustomFieldValues={"CustomFieldValue": field}))
    assert found["variant"][0]["unit_of_measure"] == "kg"
    assert "unit_of_measure" not in tables(Entity.CATALOG, "12", item(CustomFieldValues=""))["variant"][0]


def test_a_vendors_own_number_and_cost_of_an_item() -> None:
    numbers = [
        {"itemVendorNumID": "1", "value": "X-1", "vendorID": "5", "cost": "0"},
        {"itemVendorNumID": "2", "value": "Y-1", "vendorID": "6", "cost": "1.9"},
        {"itemVendorNumID": "3", "value": "Z-1", "vendorID": "0", "cost": "1"},
    ]
    found = tables(Entity.CATALOG, "12", item(ItemVendorNums={"ItemVendorNum": numbers}))["supplier_item"]
    assert [(row["supplier_id"], row["supplier_sku"], row["unit_cost"]) for row in found] == [
        ("shop:5", "X-1", Decimal(2)),
        ("shop:6", "Y-1", Decimal("1.9")),
    ]


def test_categories_have_parents() -> None:
    child = only(Entity.CATALOG, "category:3", {"categoryID": "3", "name": "Home", "parentID": "2"})
    assert child == {"category_id": "shop:3", "parent_id": "shop:2", "name": "Home"}
    assert only(Entity.CATALOG, "category:2", {"categoryID": "2", "name": "Misc", "parentID": "0"})["parent_id"] is None


def test_the_sum_of_all_shops_is_no_shop_but_has_the_average_cost() -> None:
    level = {"itemShopID": "9", "qoh": "-3", "itemID": "12", "shopID": "1", "averageCost": "0", "_reader": KNOWN}
    ((table, values),) = mapped(Entity.INVENTORY, "9", level)
    assert (table, values["store_id"], values["quantity"]) == ("inventory_level", "shop:1", Decimal(-3))
    ((table, values),) = mapped(Entity.INVENTORY, "10", {**level, "shopID": "0", "averageCost": "2.25"})
    assert (table, values["unit_cost"], values["currency"]) == ("cost", Decimal("2.25"), "USD")
    assert mapped(Entity.INVENTORY, "10", {**level, "shopID": "0"}) == []


@pytest.mark.parametrize(
    ("cause", "quantity", "kind"),
    [
        ({"saleID": "5"}, "-2", "sale"),
        ({"saleID": "5"}, "1", "return"),
        ({"orderID": "5"}, "24", "receive"),
        ({"transferID": "5"}, "-3", "transfer_out"),
        ({"transferID": "5"}, "3", "transfer_in"),
        ({"inventoryCountID": "5"}, "-1", "count"),
        ({}, "-1", "adjust"),
        ({"vendorReturnID": "5"}, "-1", "adjust"),
    ],
)
def test_a_change_of_stock_is_named_by_what_caused_it(cause: dict[str, str], quantity: str, kind: str) -> None:
    entry = {
        "inventoryLogID": "1",
        "itemID": "12",
        "shopID": "1",
        "qohChange": quantity,
        "employeeID": "2",
        "reason": "Any",
        "createTime": STAMP,
        **cause,
    }
    found = only(Entity.INVENTORY_CHANGE, "1", entry)
    assert (found["kind"], found["quantity"], found["occurred_at"]) == (kind, Decimal(quantity), AT)


def test_a_change_of_cost_alone_moves_no_stock() -> None:
    entry = {"inventoryLogID": "1", "itemID": "12", "shopID": "1", "qohChange": "0", "costChange": "3"}
    assert mapped(Entity.INVENTORY_CHANGE, "1", entry) == []


def test_a_shop_keeps_its_clock_its_country_and_the_accounts_currency() -> None:
    shop = {
        "shopID": "1",
        "name": "West",
        "timeZone": "US/Pacific",
        "archived": "true",
        "TaxCategory": {"isTaxInclusive": "true"},
        "Contact": {"Addresses": {"ContactAddress": {"countryCode": "CA"}}},
        "_reader": {"currency": "CAD"},
    }
    found = only(Entity.LOCATION, "1", shop)
    assert (found["timezone"], found["currency"], found["country"]) == ("US/Pacific", "CAD", "CA")
    assert (found["active"], found["tax_inclusive"], found["store_id"]) == (False, True, "shop:1")


def test_a_drawer_is_opened_and_closed_with_its_cash() -> None:
    amounts = [
        {"calculated": "250.5", "actual": "249", "PaymentType": {"type": "cash"}},
        {"calculated": "900", "actual": "0", "PaymentType": {"type": "credit card"}},
    ]
    count = {
        "registerCountID": "1",
        "createTime": STAMP,
        "openTime": "2026-11-02T08:00:00+00:00",
        "notes": "",
        "registerID": "3",
        "openEmployeeID": "1",
        "closeEmployeeID": "2",
        "RegisterCountAmounts": {"RegisterCountAmount": amounts},
        "_reader": KNOWN,
    }
    opened, closed = (values for _, values in mapped(Entity.REGISTER_EVENT, "count:1", count))
    assert (opened["kind"], opened["employee_id"], opened["store_id"]) == ("open_drawer", "shop:1", "shop:1")
    assert (closed["kind"], closed["expected_minor"], closed["counted_minor"]) == ("close_drawer", 25050, 24900)
    assert mapped(Entity.REGISTER_EVENT, "count:1", {**count, "_reader": {"currency": "USD", "shop": None}}) == []


@pytest.mark.parametrize(("moved", "kind"), [("188.41", "paid_in"), ("-20", "paid_out")])
def test_cash_put_in_or_taken_out(moved: str, kind: str) -> None:
    entry = {"registerWithdrawID": "1", "amount": moved, "createTime": STAMP, "registerID": "3", "_reader": KNOWN}
    found = only(Entity.REGISTER_EVENT, "withdraw:1", entry)
    assert (found["kind"], found["amount_minor"]) == (kind, abs(int(Decimal(moved) * 100)))


def test_a_voided_sale_is_an_event_of_its_shop() -> None:
    entry = {"saleVoidID": "1", "createTime": STAMP, "reason": "", "saleID": "22", "employeeID": "1", "shopID": "2"}
    found = only(Entity.REGISTER_EVENT, "void:1", entry)
    assert (found["kind"], found["sale_id"], found["store_id"]) == ("void_sale", "shop:22", "shop:2")


@pytest.mark.parametrize(
    ("order", "line", "status"),
    [
        ({}, {}, "draft"),
        ({"orderedDate": STAMP}, {}, "sent"),
        ({"orderedDate": STAMP}, {"numReceived": "2"}, "partial"),
        ({"orderedDate": STAMP}, {"checkedIn": "2"}, "partial"),
        ({"complete": "true", "archived": "true", "receivedDate": STAMP}, {}, "received"),
        ({"archived": "true"}, {}, "cancelled"),
    ],
)
def test_how_far_an_order_is(order: dict[str, str], line: dict[str, str], status: str) -> None:
    lines = {"OrderLine": {"orderLineID": "7", "itemID": "12", "quantity": "24", "price": "7", **line}}
    source = {"orderID": "3", "shopID": "1", "vendorID": "5", "refNum": "", "OrderLines": lines, **order}
    found = tables(Entity.PURCHASE_ORDER, "3", source)
    (row,), (item_row,) = found["purchase_order"], found["purchase_order_line"]
    assert (row["status"], row["supplier_id"], row["origin"]) == (status, "shop:5", "pos")
    assert row["received_at"] == (AT if status == "received" else None)
    assert (item_row["ordered"], item_row["unit_cost"], item_row["line_no"]) == (Decimal(24), Decimal(7), 1)


def test_an_order_of_ours_is_known_by_its_reference() -> None:
    source = {"orderID": "3", "shopID": "1", "vendorID": "5", "refNum": "fw-1234"}
    assert only(Entity.PURCHASE_ORDER, "3", source)["origin"] == "agent"


def test_discounts_are_percentages_or_amounts() -> None:
    discount = {"discountID": "3", "name": "Five", "discountPercent": "0.05", "discountAmount": "0", "_reader": KNOWN}
    assert (only(Entity.PROMOTION, "3", discount)["kind"], only(Entity.PROMOTION, "3", discount)["value"]) == (
        "percent",
        Decimal(5),
    )
    fixed = {**discount, "discountPercent": "0", "discountAmount": "10", "archived": "true", "timeStamp": STAMP}
    found = only(Entity.PROMOTION, "3", fixed)
    assert (found["kind"], found["value"], found["ends_at"]) == ("amount", Decimal(10), AT)


def test_people_and_their_hours() -> None:
    employee = {
        "employeeID": "4",
        "firstName": "Ada ",
        "lastName": "Alder",
        "archived": "false",
        "limitToShopID": "0",
        "EmployeeRole": {"name": "Manager"},
    }
    found = only(Entity.EMPLOYEE, "4", employee)
    assert (found["name"], found["role"], "store_id" in found) == ("Ada Alder", "Manager", False)
    hours = {"employeeHoursID": "9", "checkIn": STAMP, "checkOut": "", "employeeID": "4", "shopID": "1"}
    card = only(Entity.TIMECARD, "9", hours)
    assert (card["clock_in_at"], card["clock_out_at"], card["store_id"]) == (AT, None, "shop:1")


def test_personal_data_is_taken_out_before_storing() -> None:
    key = Secret("k")
    sale = {
        "saleID": "1",
        "customerID": "7",
        "Customer": {"firstName": "Cleo"},
        "ShipTo": {"shipNote": "Cleo"},
        "SaleLines": {"SaleLine": {"saleLineID": "1", "customerID": "7", "Note": {"note": "for Cleo"}}},
        "SalePayments": {
            "SalePayment": {
                "salePaymentID": "1",
                "amount": "5",
                "CCCharge": {"xnum": "1111", "cardholderName": "Cleo"},
                "PaymentType": {"type": "cash", "name": "Cash", "refundAsPaymentTypeID": "0"},
            }
        },
    }
    kept = without_personal_data(Entity.SALE, sale, "shop", key)
    assert "Cleo" not in str(kept)
    assert "1111" not in str(kept)
    assert "customerID" not in str(kept)
    assert kept["customer_key"] == customer_key("shop", "7", key) != customer_key("other", "7", key)
    assert kept["SaleLines"] == {"SaleLine": [{"saleLineID": "1"}]}
    assert "customer_key" not in without_personal_data(Entity.SALE, sale, "shop", None)
    assert "customer_key" not in without_personal_data(Entity.SALE, {**sale, "customerID": "0"}, "shop", key)
    customer = {"customerID": "7", "firstName": "Cleo", "dob": "1990-01-01", "createTime": STAMP, "company": "Cleo Co"}
    assert "Cleo" not in str(without_personal_data(Entity.CUSTOMER, customer, "shop", key))
    vendor = {
        "vendorID": "5",
        "Reps": {"Rep": "Cleo"},
        "Contact": {
            "Phones": {"ContactPhone": {"number": "5551234"}},
            "Emails": {"ContactEmail": {"address": "a@b.c"}},
        },
    }
    kept = without_personal_data(Entity.SUPPLIER, vendor, "shop", key)
    assert ("5551234" in str(kept), "a@b.c" in str(kept), "Cleo" in str(kept)) == (False, True, False)
    employee = {"employeeID": "4", "firstName": "Ada", "accessPin": "1234", "Contact": {"Emails": ""}}
    assert without_personal_data(Entity.EMPLOYEE, employee, "shop", key) == {"employeeID": "4", "firstName": "Ada"}


def test_a_record_without_its_own_number_is_known_by_the_feeds() -> None:
    assert only(Entity.SUPPLIER, "5", {"vendorID": None, "name": "North Dairy"})["supplier_id"] == "shop:5"
    assert mapped(Entity.SALE, "5", {}) == []
    assert mapped(Entity.SCHEDULED_SHIFT, "5", {"shiftID": "5"}) == []
