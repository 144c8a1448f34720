"""The canonical mirror: every table and column, once.

The DDL of the mirror, the file loader's checks and the connectors' mappings all read these definitions. Ids are
text; ``*_at`` is an aware UTC instant; ``*_on`` is a business date of the store; ``*_minor`` is minor units of the
row's currency; quantities are DECIMAL(18,5), unit prices and costs DECIMAL(18,4) in major units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

TEXT = "VARCHAR"
FLAG = "BOOLEAN"
COUNT = "INTEGER"
MINOR = "BIGINT"
QUANTITY = "DECIMAL(18,5)"
UNIT_MONEY = "DECIMAL(18,4)"
DECIMALS = {QUANTITY: 5, UNIT_MONEY: 4}
"""How many decimals such a column keeps; what has more is rounded, and that is told."""
REAL = "DOUBLE"
INSTANT = "TIMESTAMPTZ"
DAY = "DATE"
TIME = "TIME"
JSON = "JSON"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the mirror. ``allowed`` closes a text column to these words; ``default`` fills a missing cell."""

    name: str
    type: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    default: Any = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the mirror with its natural key, which an upsert replaces."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, in order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Row:
    """One canonical row on its way into the mirror. Columns left out are null or their default."""

    table: str
    values: Mapping[str, Any]


SIMULATED = Column("simulated", FLAG, default=False)
"""True on rows that were made up for a demonstration; answers over them say so."""


def _table(name: str, key: str, *columns: Column) -> Table:
    return Table(name, tuple(key.split()), (*columns, SIMULATED))


def _many(type_: str, names: str) -> tuple[Column, ...]:
    return tuple(Column(name.rstrip("!"), type_, required=name.endswith("!")) for name in names.split())


_TABLES = (
    _table(
        "store",
        "store_id",
        *_many(TEXT, "store_id! name! timezone! currency! country subdivision district"),
        *_many(REAL, "latitude longitude"),
        Column("tax_inclusive", FLAG, default=False),
        Column("day_starts_at", TIME, default="00:00"),
        Column("open_hours", JSON),
        Column("floor_area_m2", "DECIMAL(10,2)"),
        Column("opened_on", DAY),
        Column("active", FLAG, default=True),
        *_many(TEXT, "connection external_id"),
    ),
    _table("category", "category_id", *_many(TEXT, "category_id! parent_id name!")),
    # What an operator says a platform's category is; it wins over what the platform says.
    _table("category_rule", "category_id", *_many(TEXT, "category_id! department category note")),
    _table(
        "product",
        "product_id",
        *_many(TEXT, "product_id! name! category_id department brand"),
        Column("private_label", FLAG),
        Column("description", TEXT),
        Column("active", FLAG, default=True),
        Column("created_at", INSTANT),
    ),
    _table(
        "variant",
        "variant_id",
        *_many(TEXT, "variant_id! product_id! sku barcode name"),
        Column("unit_of_measure", TEXT, default="each"),
        Column("pack_size", TEXT),
        Column("track_stock", FLAG, default=True),
        Column("active", FLAG, default=True),
        *_many(TEXT, "connection external_id"),
    ),
    _table(
        "price",
        "variant_id store_id valid_from_at",
        *_many(TEXT, "variant_id! store_id"),
        Column("valid_from_at", INSTANT),
        *_many(UNIT_MONEY, "price compare_at"),
        Column("currency", TEXT),
    ),
    _table(
        "cost",
        "variant_id store_id supplier_id valid_from_at",
        *_many(TEXT, "variant_id! store_id supplier_id"),
        Column("valid_from_at", INSTANT),
        Column("unit_cost", UNIT_MONEY),
        Column("currency", TEXT),
    ),
    _table(
        "sale",
        "sale_id",
        *_many(TEXT, "sale_id! store_id!"),
        Column("closed_at", INSTANT, required=True),
        Column("opened_at", INSTANT),
        Column("business_on", DAY),
        *_many(TEXT, "register_id employee_id customer_key channel"),
        Column("kind", TEXT, allowed=("sale", "return", "exchange"), default="sale"),
        *_many(TEXT, "original_sale_id currency"),
        *_many(MINOR, "gross_minor discount_minor net_minor tax_minor tip_minor service_minor shipping_minor"),
        *_many(MINOR, "rounding_minor gift_card_minor total_minor"),
        Column("voided", FLAG, default=False),
        Column("is_test", FLAG, default=False),
        *_many(TEXT, "connection external_id"),
        Column("source_version", "BIGINT", default=0),
    ),
    _table(
        "sale_line",
        "sale_id line_no",
        Column("sale_id", TEXT, required=True),
        Column("line_no", COUNT, required=True),
        Column("variant_id", TEXT),
        Column("quantity", QUANTITY, required=True),
        Column("unit_price", UNIT_MONEY),
        Column("gross_minor", MINOR, required=True),
        Column("discount_minor", MINOR, default=0),
        Column("net_minor", MINOR),
        Column("tax_minor", MINOR, default=0),
        Column("unit_cost", UNIT_MONEY),
        Column("is_return", FLAG, default=False),
        Column("is_gift_card", FLAG, default=False),
        Column("original_line_no", COUNT),
        *_many(TEXT, "employee_id name"),
    ),
    _table(
        "sale_discount",
        "sale_id line_no seq",
        Column("sale_id", TEXT, required=True),
        *_many(COUNT, "line_no seq"),
        *_many(TEXT, "promotion_id coupon_id code name"),
        Column("amount_minor", MINOR),
        Column("kind", TEXT),
    ),
    _table(
        "tender",
        "tender_id",
        *_many(TEXT, "tender_id! sale_id!"),
        Column("kind", TEXT, allowed=("cash", "card", "gift_card", "wallet", "store_credit", "other")),
        *_many(MINOR, "amount_minor tip_minor fee_minor"),
        Column("status", TEXT),
        Column("processed_at", INSTANT),
    ),
    _table(
        "register_event",
        "event_id",
        *_many(TEXT, "event_id! store_id! register_id employee_id"),
        Column(
            "kind",
            TEXT,
            allowed=(
                "void_line",
                "void_sale",
                "no_sale",
                "price_override",
                "paid_in",
                "paid_out",
                "open_drawer",
                "close_drawer",
            ),
        ),
        *_many(MINOR, "amount_minor expected_minor counted_minor"),
        *_many(TEXT, "reason sale_id"),
        Column("occurred_at", INSTANT),
    ),
    _table(
        "inventory_level",
        "variant_id store_id area",
        *_many(TEXT, "variant_id! store_id!"),
        Column("quantity", QUANTITY),
        Column("as_of_at", INSTANT),
        Column("area", TEXT, allowed=("floor", "backroom")),
    ),
    _table(
        "inventory_change",
        "change_id",
        *_many(TEXT, "change_id! variant_id! store_id!"),
        Column(
            "kind",
            TEXT,
            allowed=("sale", "return", "receive", "adjust", "count", "transfer_in", "transfer_out", "waste"),
        ),
        Column("quantity", QUANTITY),
        *_many(TEXT, "reason employee_id"),
        Column("occurred_at", INSTANT),
    ),
    _table(
        "employee",
        "employee_id",
        *_many(TEXT, "employee_id! name role store_id"),
        Column("hourly_minor", MINOR),
        Column("active", FLAG, default=True),
    ),
    _table(
        "timecard",
        "timecard_id",
        *_many(TEXT, "timecard_id! employee_id! store_id!"),
        *_many(INSTANT, "clock_in_at clock_out_at"),
        Column("break_minutes", COUNT, default=0),
        Column("wage_minor", MINOR),
    ),
    _table(
        "scheduled_shift",
        "shift_id",
        *_many(TEXT, "shift_id! employee_id store_id! role"),
        *_many(INSTANT, "starts_at ends_at"),
        Column("status", TEXT, allowed=("draft", "published", "deleted")),
    ),
    _table(
        "customer",
        "customer_key",
        Column("customer_key", TEXT, required=True),
        Column("first_seen_at", INSTANT),
        Column("consent", FLAG),
        *_many(TEXT, "household_key age_band income_band household_size kids"),
        Column("attributes", JSON),
    ),
    _table(
        "promotion",
        "promotion_id",
        *_many(TEXT, "promotion_id! name kind"),
        Column("value", UNIT_MONEY),
        *_many(INSTANT, "starts_at ends_at"),
        Column("scope", JSON),
    ),
    _table(
        "promotion_item",
        "promotion_id variant_id store_id starts_on",
        *_many(TEXT, "promotion_id variant_id! store_id"),
        *_many(DAY, "starts_on ends_on"),
        *_many(TEXT, "display mailer"),
    ),
    _table("campaign", "campaign_id", *_many(TEXT, "campaign_id! name kind"), *_many(DAY, "starts_on ends_on")),
    _table("campaign_audience", "campaign_id customer_key", *_many(TEXT, "campaign_id! customer_key!")),
    _table("coupon", "coupon_id campaign_id", *_many(TEXT, "coupon_id! campaign_id")),
    _table("coupon_item", "coupon_id variant_id", *_many(TEXT, "coupon_id! variant_id!")),
    _table(
        "coupon_redemption",
        "coupon_id campaign_id customer_key redeemed_on",
        *_many(TEXT, "coupon_id! campaign_id customer_key"),
        Column("redeemed_on", DAY),
    ),
    _table(
        "supplier",
        "supplier_id",
        *_many(TEXT, "supplier_id! name email currency"),
        Column("min_order_minor", MINOR),
        *_many("DECIMAL(6,2)", "lead_days_mean lead_days_sd"),
        Column("order_days", TEXT),
    ),
    _table(
        "supplier_item",
        "supplier_id variant_id",
        *_many(TEXT, "supplier_id! variant_id! supplier_sku"),
        Column("unit_cost", UNIT_MONEY),
        *_many(QUANTITY, "pack_size min_quantity"),
        Column("lead_days", "DECIMAL(6,2)"),
    ),
    _table(
        "purchase_order",
        "po_id",
        *_many(TEXT, "po_id! supplier_id store_id!"),
        Column("status", TEXT, allowed=("draft", "sent", "partial", "received", "cancelled")),
        *_many(INSTANT, "created_at sent_at due_at received_at"),
        Column("origin", TEXT),
    ),
    _table(
        "purchase_order_line",
        "po_id line_no",
        Column("po_id", TEXT, required=True),
        Column("line_no", COUNT, required=True),
        Column("variant_id", TEXT),
        *_many(QUANTITY, "ordered received"),
        Column("unit_cost", UNIT_MONEY),
    ),
    _table(
        "foot_traffic",
        "store_id hour_at source",
        Column("store_id", TEXT, required=True),
        Column("hour_at", INSTANT, required=True),
        *_many(COUNT, "visitors passers_by"),
        Column("source", TEXT),
    ),
    _table(
        "weather_hour",
        "store_id hour_at kind",
        Column("store_id", TEXT, required=True),
        Column("hour_at", INSTANT, required=True),
        Column("kind", TEXT, allowed=("observed", "forecast")),
        *_many("DECIMAL(8,2)", "temperature_c precipitation_mm wind_ms"),
        Column("code", COUNT),
    ),
    _table(
        "local_event",
        "event_id store_id",
        *_many(TEXT, "event_id! store_id! name category"),
        *_many(INSTANT, "starts_at ends_at"),
        *_many(COUNT, "expected_attendance distance_m"),
    ),
    _table(
        "planogram",
        "store_id variant_id fixture position from_on",
        *_many(TEXT, "store_id! variant_id! fixture position"),
        *_many(COUNT, "facings shelf_capacity"),
        *_many(DAY, "from_on to_on"),
    ),
    _table(
        "scan",
        "scan_id",
        *_many(TEXT, "scan_id! store_id!"),
        Column("scanned_at", INSTANT),
        *_many(TEXT, "employee_id device barcode fixture position"),
        Column("kind", TEXT, allowed=("audit", "pick", "receive", "price_check", "checkout")),
    ),
    _table(
        "feedback",
        "feedback_id",
        *_many(TEXT, "feedback_id! store_id"),
        Column("received_at", INSTANT),
        Column("rating", COUNT),
        *_many(TEXT, "text source"),
    ),
    _table(
        "target",
        "store_id metric starts_on",
        *_many(TEXT, "store_id! metric!"),
        *_many(DAY, "starts_on! ends_on!"),
        Column("value", UNIT_MONEY),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _TABLES})
"""Every table of the mirror by name."""

MEMBER = Table(
    "member",
    ("user_id",),
    (
        Column("user_id", TEXT, required=True),
        Column("role", TEXT, required=True, allowed=("owner", "district_manager", "analyst", "store_manager", "staff")),
        Column("stores", TEXT),
        Column("name", TEXT),
        Column("approve_limit_minor", MINOR),
    ),
)
"""People and their rights: read with the same files, kept in the operational database, never in the mirror."""


def scoped(connection: str, external_id: object) -> str:
    """The mirror's id of an object whose platform counts from one in every shop: ``connection:external_id``."""
    return f"{connection}:{external_id}"


def unscoped(connection: str, mirror_id: str) -> str:
    """The platform's own id out of the mirror's, whether it was ``scoped`` or not."""
    return mirror_id.removeprefix(f"{connection}:")
