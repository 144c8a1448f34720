"""The catalogue of the stand-in: products, their costs, and prices of single stores."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from connectors.base import Entity, RawRecord, Reader
from connectors.lightspeed_x.mapping import canonical_rows
from connectors.lightspeed_x.shelf import shelf_books, store_prices
from connectors.lightspeed_x.surroundings import MARK
from connectors.mirror.open import Mirror
from connectors.mirror.sync import sync_connection
from connectors.sandbox.lightspeed_x.store import ident
from connectors.sandbox.lightspeed_x.world import EVERYBODY, Taxes
from tests.connectors.lightspeed_x.reading import MAIN, OAT, SECOND, body, records, rows, trade, walk
from tests.support.platforms.lightspeed_x import open_rig
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import Shop


def test_a_store_s_own_price_comes_with_the_product_and_goes_with_it(rig: Rig, mirror: Mirror, reader: Reader) -> None:
    def prices() -> dict[Any, Decimal]:
        found = mirror.reader.query(
            "SELECT store_id, arg_max(price, valid_from_at) AS price FROM price WHERE variant_id = $id GROUP BY 1",
            {"id": OAT},
        )
        return dict(found.rows)

    sync_connection(reader, mirror, until=rig.clock.turn(minutes=5))
    assert prices() == {None: Decimal("4.5000")}
    rig.pos.reprice({"variant_id": "V100", "store_id": "S02", "price_minor": 475})
    sync_connection(reader, mirror, until=rig.clock.turn(minutes=5))
    assert prices() == {None: Decimal("4.5000"), SECOND: Decimal("4.7500")}
    rig.pos.reprice({"variant_id": "V100", "price_minor": 490})
    sync_connection(reader, mirror, until=rig.clock.turn(minutes=5))
    assert prices() == {None: Decimal("4.9000"), SECOND: Decimal("4.7500")}


def test_an_entry_that_changed_while_the_first_walk_ran_is_not_missed(rig: Rig) -> None:
    reader = rig.reader(page=1)
    found: list[RawRecord] = []
    for number, page in enumerate(reader.extract(Entity.CATALOG, None, until=rig.clock.now())):
        found += page.records
        if number == 1:
            rig.pos.reprice({"variant_id": "V100", "store_id": "S01", "price_minor": 499})
    first, last = (record for record in found if record.id == OAT)
    assert body(first)[MARK]["store_prices"] == []
    assert body(last)[MARK]["store_prices"] == [{"outlet_id": MAIN, "price": "4.99"}]
    assert last.source_version > first.source_version


def test_books_for_groups_for_the_web_and_with_an_end_are_not_the_shelf() -> None:
    now = datetime(2026, 11, 2, tzinfo=UTC)
    base = {"id": "b", "type": "BASE", "customer_groups": [{"id": EVERYBODY}]}
    own = {
        "id": "o",
        "name": "Main",
        "type": "GENERAL",
        "outlets": [{"id": "m"}],
        "customer_groups": [{"id": EVERYBODY}],
    }

    def shelf(**more: Any) -> list[dict[str, str]]:
        books = shelf_books([base, {**own, **more}], now)
        entry = {"price_book_id": "o", "price": 3.5}
        return store_prices({}, [entry], books, "USD", tax_inclusive=False)

    assert shelf() == [{"outlet_id": "m", "price": "3.50"}]
    assert shelf(customer_groups=[{"id": "staff"}]) == []
    assert shelf(restrict_to_platform_key="2") == []
    assert shelf(valid_to="2026-11-09T00:00:00+00:00") == []
    assert shelf(valid_to="2026-11-01T00:00:00+00:00") == []
    assert shelf(valid_from="2026-12-01T00:00:00+00:00") == []
    assert shelf(deleted_at="2026-11-01T00:00:00+00:00") == []
    assert shelf(outlets=None) == []


def test_prices_with_tax_are_what_the_label_says(tmp_path: Path) -> None:
    shop = Shop()
    with open_rig(tmp_path, shop=shop, taxes=Taxes(Decimal("0.15"), inclusive=True)) as rig:
        rig.pos.reprice({"variant_id": "V100", "store_id": "S02", "price_minor": 475})
        trade(rig, 1)
        reader = rig.reader()
        prices = rows(reader, records(walk(reader, Entity.CATALOG, rig)), "price")
        found = {(row["variant_id"], row["store_id"]): row["price"] for row in prices}
        assert (found[OAT, None], found[OAT, SECOND]) == (Decimal("4.5000"), Decimal("4.7500"))
        (sold,) = rows(reader, records(walk(reader, Entity.SALE, rig)), "sale")
        # 11.30 on the receipt.
        assert (sold["net_minor"], sold["tax_minor"], sold["total_minor"]) == (983, 147, 1130)
        assert rows(reader, records(walk(reader, Entity.LOCATION, rig)), "store")[0]["tax_inclusive"] is True


def test_what_the_catalogue_knows_of_a_product(rig: Rig, reader: Reader) -> None:
    found = records(walk(reader, Entity.CATALOG, rig))
    assert {row["name"] for row in rows(reader, found, "category")} == {"Dairy", "Bakery", "Deli", "Home"}
    (variant,) = [row for row in rows(reader, found, "variant") if row["variant_id"] == OAT]
    assert (variant["sku"], variant["barcode"], variant["track_stock"]) == ("OAT-1L", "4006381333931", True)
    (loose,) = [row for row in rows(reader, found, "variant") if row["sku"] == "OLV"]
    assert loose["unit_of_measure"] == "kg"
    costs = {row["variant_id"]: (row["unit_cost"], row["supplier_id"]) for row in rows(reader, found, "cost")}
    assert costs[OAT] == (Decimal("2.1000"), ident("supplier", "SUP1"))
    assert ident("product", "V300") not in costs
    (item,) = [row for row in rows(reader, found, "supplier_item") if row["variant_id"] == OAT]
    assert (item["supplier_sku"], item["unit_cost"]) == ("OAT-1L", Decimal("2.1000"))


def test_variants_of_a_family_share_its_product() -> None:
    source = {
        "id": "red",
        "variant_parent_id": "mug",
        "sku": "MUG-R",
        "name": "Mug",
        "variant_name": "Mug / Red",
        "active": False,
        "supply_price": 4,
        "supplier_id": "sup",
        "price_excluding_tax": 9.95,
        "price_including_tax": None,
        MARK: {"currency": "USD", "tax_inclusive": True, "store_prices": []},
    }
    record = RawRecord(Entity.CATALOG, "red", 1, datetime(2026, 11, 2, tzinfo=UTC), json.dumps(source).encode())
    found = {row.table: dict(row.values) for row in canonical_rows(record, connection="north")}
    assert found["variant"]["product_id"] == "mug"
    assert (found["variant"]["name"], found["variant"]["active"]) == ("Mug / Red", False)
    assert "active" not in found["product"]
    assert (found["price"]["price"], found["cost"]["supplier_id"]) == (Decimal("9.9500"), "sup")
