"""The proposals' facts out of a real mirror file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from agent.proposals.catalogue import Employee, Place, RunningPromotion, Shift, Supplier
from agent.proposals.mirror_catalogue import MirrorCatalogue
from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
START = NOW + timedelta(days=2)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MirrorCatalogue]:
    with open_mirror(tmp_path_factory.mktemp("catalogue") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        rows = [
            store("S01", connection="square", external_id="L1"),
            Row("product", {"product_id": "P1", "name": "Oat Milk"}),
            Row(
                "variant",
                {
                    "variant_id": "V1",
                    "product_id": "P1",
                    "sku": "77",
                    "name": "Regular",
                    "connection": "square",
                    "external_id": "X1",
                },
            ),
            Row("variant", {"variant_id": "V2", "product_id": "P1", "name": "Large", "active": False}),
            Row("cost", {"variant_id": "V1", "valid_from_at": NOW - timedelta(days=90), "unit_cost": "1.10"}),
            Row("cost", {"variant_id": "V1", "valid_from_at": NOW - timedelta(days=9), "unit_cost": "1.20"}),
            Row("supplier", {"supplier_id": "SUP1", "name": "Oatside"}),
            Row("supplier_item", {"supplier_id": "SUP1", "variant_id": "V1", "unit_cost": "1.05"}),
            Row("employee", {"employee_id": "E1", "name": "Ellis", "store_id": "S01", "hourly_minor": 1800}),
            Row(
                "scheduled_shift",
                {
                    "shift_id": "SH1",
                    "employee_id": "E1",
                    "store_id": "S01",
                    "starts_at": START,
                    "ends_at": START + timedelta(hours=8),
                    "status": "draft",
                },
            ),
            Row("promotion", {"promotion_id": "PR1", "name": "Autumn", "ends_at": START}),
        ]
        for number, (days, kind, voided, units) in enumerate(
            [
                (1, "sale", False, 6),
                (20, "sale", False, 2),
                (2, "return", False, -5),
                (3, "sale", True, 7),
                (40, "sale", False, 9),
            ]
        ):
            at = NOW - timedelta(days=days)
            rows.append(sale(f"A{number}", at, kind=kind, voided=voided))
            rows.append(line(f"A{number}", variant_id="V1", quantity=units, gross_minor=100 * units))
        mirror.writer.submit(Batch(rows=rows)).result()
        yield MirrorCatalogue(mirror.reader)


def test_a_store_has_its_connection_and_clock(catalogue: MirrorCatalogue) -> None:
    assert catalogue.place("S01") == Place("S01", "Market Street", "square", "L1", "USD", "America/New_York")
    assert catalogue.place("S99") is None


def test_a_product_has_the_platforms_ids_and_no_placeholder_name(catalogue: MirrorCatalogue) -> None:
    item = catalogue.item("S01", "V1")
    assert item is not None
    assert (item.product, item.sku, item.store_external_id, item.variant_external_id) == ("Oat Milk", "77", "L1", "X1")
    assert item.sold_here
    large = catalogue.item("S01", "V2")
    assert large is not None
    assert (large.product, large.sold_here) == ("Oat Milk (Large)", False)
    assert catalogue.item("S01", "V9") is None
    assert catalogue.item("S99", "V1") is None


def test_an_average_week_leaves_out_returns_voids_and_what_is_older(catalogue: MirrorCatalogue) -> None:
    assert catalogue.weekly_units("S01", "V1", NOW) == Decimal(2)
    # Net sales take the refund off: 800 sold and 500 given back in four weeks.
    assert catalogue.weekly_net_minor("S01", ("V1",), NOW) == 75
    assert catalogue.weekly_net_minor("S01", (), NOW) == 75
    assert catalogue.weekly_net_minor("S01", ("V2",), NOW) == 0


def test_a_cost_is_the_suppliers_else_the_latest_known(catalogue: MirrorCatalogue) -> None:
    assert catalogue.unit_cost("S01", "V1", "SUP1") == Decimal("1.05")
    assert catalogue.unit_cost("S01", "V1") == Decimal("1.20")
    assert catalogue.unit_cost("S01", "V1", "SUP9") == Decimal("1.20")
    assert catalogue.unit_cost("S01", "V2") is None


def test_people_partners_shifts_and_promotions(catalogue: MirrorCatalogue) -> None:
    assert catalogue.supplier("SUP1") == Supplier("SUP1", "Oatside")
    assert catalogue.employee("E1") == Employee("E1", "Ellis", "S01", "", 1800, True)
    assert catalogue.shift("SH1") == Shift(
        "SH1", "E1", "Ellis", "S01", START, START + timedelta(hours=8), "draft", 1800
    )
    assert catalogue.promotion("PR1") == RunningPromotion("PR1", "Autumn", START)
    assert (catalogue.supplier("x"), catalogue.employee("x"), catalogue.shift("x"), catalogue.promotion("x")) == (
        None,
        None,
        None,
        None,
    )
