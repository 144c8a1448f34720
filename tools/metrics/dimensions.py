"""What figures can be split and filtered by: each dimension once, with the SQL of its key and what it belongs to.

A key's SQL speaks of the columns of whatever relation it is put over as ``{store_id}``, ``{business_on}``,
``{hour_of_day}``, ``{variant_id}``, ``{document}.column``; the builder fills them in. Joins never add rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Literal

from tools.errors import BadArgumentError

DimensionName = Literal[
    "store", "district", "region", "country", "department", "category", "brand", "product", "private_label",
    "hour", "weekday", "day", "week", "month", "quarter", "period", "tender", "channel", "employee", "register",
    "age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership", "household_comp",
    "promotion", "weather", "temperature", "pack_size", "supplier", "discount_depth",
    "display", "mailer", "weekend",
]  # fmt: skip
"""The names of all dimensions."""

UNKNOWN = "Not known"
STORE_BRAND, NATIONAL_BRAND = "Private label", "National brand"
NO_PROMOTION = "No promotion"
NO_BRAND = "No brand"
NO_DISPLAY, NO_MAILER = "Not on display", "Not in the mailer"
SEVERAL_SUPPLIERS = "Several suppliers"
NOT_NAMED = (UNKNOWN, NO_PROMOTION, NO_BRAND, NO_DISPLAY, NO_MAILER)
"""Groups of what is not known or not meant: they are counted, and stand last."""
DRY, RAIN = "dry", "rain"
WET_MM = 1
"""So much rain in its trading hours makes a store-day one of rain."""
TEMPERATURES = ((0, "below 0 °C"), (10, "0 to 10 °C"), (20, "10 to 20 °C"), (30, "20 to 30 °C"))
HOTTEST = "30 °C and more"
NO_DISCOUNT = "No discount"
DEPTHS = ((10, "Below 10 % off"), (20, "10 to 20 % off"), (30, "20 to 30 % off"), (40, "30 to 40 % off"),
          (50, "40 to 50 % off"))  # fmt: skip
DEEPEST = "50 % off and more"
"""How much of a line's gross amount was taken off: up to and without each per cent, and all beyond."""


class Level(IntEnum):
    """What carries a dimension: the store, the day, its hour, a line's product, the document, a line, a payment."""

    STORE = 0
    DAY = 1
    HOUR = 2
    ITEM = 3
    DOCUMENT = 4
    LINE = 5
    TENDER = 6


WEEKEND = ("Weekdays", "Weekend")
SATURDAY = 5
OF_WEEK = frozenset({"weekday", "weekend"})
MEANS_OF_DAYS = OF_WEEK | {"weather", "temperature"}
"""Dimensions whose groups have different numbers of days, so that only the mean of a day compares them."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension.

    ``key`` is SQL, ``joins`` the joins it needs by name (see ``breakdown_query``). ``is_time`` ones are shown in their
    own order, all others by value. ``what`` says where its data comes from when there is none.
    """

    name: DimensionName
    label: str
    level: Level
    key: str
    joins: tuple[str, ...] = ()
    is_time: bool = False
    is_ordered: bool = False
    personal: bool = False
    what: str = ""
    aliases: tuple[str, ...] = ()


_MONDAY = "DATE '2001-01-01'"
_WEEKDAY = f"MOD(CAST({{business_on}} - {_MONDAY} AS INTEGER) + {{shift}}, 7)"
_OF_WEEK = f"MOD(CAST({{business_on}} - {_MONDAY} AS INTEGER), 7)"
_YEAR = "CAST(EXTRACT(YEAR FROM {business_on}) AS INTEGER)"
_BANDS = " ".join(f"WHEN weather.temperature_c < {low} THEN '{name}'" for low, name in TEMPERATURES)
_OFF = "ABS(COALESCE(x.discount_minor, 0)) * 100"
_DEPTHS = " ".join(f"WHEN {_OFF} < {below} * ABS(x.gross_minor) THEN '{name}'" for below, name in DEPTHS)
_PEOPLE = "Customers' attributes come with the customers of a loyalty scheme, from the point of sale or from files."


def _named(sql: str, otherwise: str = UNKNOWN) -> str:
    return f"COALESCE(NULLIF({sql}, ''), '{otherwise}')"


def _customer(name: DimensionName, label: str, *aliases: str) -> Dimension:
    return Dimension(
        name, label, Level.DOCUMENT, _named(f"customer.{name}"), ("customer",), is_ordered=True, personal=True,
        what=_PEOPLE, aliases=aliases,
    )  # fmt: skip


def _attribute(name: DimensionName, label: str, *aliases: str) -> Dimension:
    """Something that is known of customers beside the columns that every source has."""
    return replace(_customer(name, label, *aliases), key=_named(f"(customer.attributes ->> '{name}')"))


SUPPLIED = f"""(SELECT i.variant_id,
  CASE WHEN COUNT(DISTINCT i.supplier_id) > 1 THEN '{SEVERAL_SUPPLIERS}' ELSE MIN(COALESCE(p.name, i.supplier_id)) END
    AS supplier
FROM supplier_item i LEFT JOIN supplier p ON p.supplier_id = i.supplier_id
GROUP BY i.variant_id)"""
"""One row for each product that has a supplier: ``variant_id, supplier``; of a sale it is not known whose it was."""

_ALL = (
    Dimension("store", "Store", Level.STORE, "{store_id}", aliases=("shop", "location", "branch")),
    Dimension("district", "District", Level.STORE, _named("place.district"), ("place",)),
    Dimension("region", "Region", Level.STORE, "COALESCE(NULLIF(place.subdivision, ''), NULLIF(place.district, ''),"
              f" '{UNKNOWN}')", ("place",), aliases=("state", "province", "area")),
    Dimension("country", "Country", Level.STORE, _named("place.country"), ("place",)),
    Dimension("department", "Department", Level.ITEM, "COALESCE(h.department, 'Unknown')", ("shelf",),
              aliases=("dept", "division")),
    Dimension("category", "Category", Level.ITEM, "COALESCE(h.category, 'Unknown')", ("shelf",),
              aliases=("product_category", "commodity", "class")),
    Dimension("brand", "Brand", Level.ITEM, _named("good.brand", NO_BRAND), ("good",),
              what="Brands come with the catalogue of the point of sale or from files.",
              aliases=("manufacturer", "maker", "vendor_brand", "label")),
    Dimension("product", "Product", Level.ITEM, "{variant_id}", aliases=("item", "sku", "article")),
    Dimension("private_label", "Private label", Level.ITEM, f"CASE WHEN good.private_label THEN '{STORE_BRAND}' "
              f"WHEN NOT good.private_label THEN '{NATIONAL_BRAND}' ELSE '{UNKNOWN}' END", ("good",),
              what="Whether a product is private label comes with the catalogue of the point of sale or from files.",
              aliases=("brand_type", "store_brand", "own_brand", "own_label", "private_labels")),
    Dimension("pack_size", "Pack size", Level.ITEM, "COALESCE(LOWER(NULLIF(TRIM(CAST(pack.pack_size AS VARCHAR)), '')),"
              f" '{UNKNOWN}')", ("pack",),
              what="Pack sizes come with the catalogue of the point of sale or from files.",
              aliases=("package_size", "package", "size", "pack", "unit_size")),
    Dimension("supplier", "Supplier", Level.ITEM, _named("source.supplier"), ("source",),
              what="Which supplier delivers a product comes from the point of sale, or from a file of suppliers.",
              aliases=("vendor", "wholesaler", "distributor", "supplied_by")),
    Dimension("hour", "Hour", Level.HOUR, "{hour_of_day}", is_time=True, aliases=("hour_of_day", "time_of_day")),
    Dimension("weekday", "Weekday", Level.DAY, _WEEKDAY, is_time=True, aliases=("day_of_week", "dow")),
    Dimension("weekend", "Weekend or weekdays", Level.DAY, f"CASE WHEN {_OF_WEEK} >= {SATURDAY}"
              f" THEN '{WEEKEND[1]}' ELSE '{WEEKEND[0]}' END", is_time=True,
              aliases=("weekends", "weekend_or_weekday", "weekday_or_weekend", "weekday_vs_weekend", "day_type")),
    Dimension("day", "Day", Level.DAY, "{business_on}", is_time=True, aliases=("date",)),
    Dimension("week", "Week", Level.DAY, f"{{business_on}} - {_WEEKDAY}", is_time=True),
    Dimension("month", "Month", Level.DAY, f"100 * {_YEAR} + CAST(EXTRACT(MONTH FROM {{business_on}}) AS INTEGER)",
              is_time=True),
    Dimension("quarter", "Quarter", Level.DAY, f"10 * {_YEAR} + CAST(EXTRACT(QUARTER FROM {{business_on}}) AS INTEGER)",
              is_time=True),
    Dimension("period", "4-5-4 period", Level.DAY, "{period}", is_time=True,
              aliases=("4-5-4_period", "454_period", "retail_period", "fiscal_period", "retail_month")),
    Dimension("tender", "Tender", Level.TENDER, "{tender}",
              what="Payments come from the point of sale with each sale, or from files.",
              aliases=("payment_method", "payment_type", "payment", "tender_type", "method_of_payment")),
    Dimension("channel", "Channel", Level.DOCUMENT, _named("{document}.channel"),
              what="The channel of a sale comes from the point of sale, or from files.",
              aliases=("sales_channel", "source")),
    Dimension("employee", "Employee", Level.DOCUMENT, _named("{document}.employee_id"),
              what="Who rang up a sale comes from the point of sale, where staff sign in at the register, or from"
              " files.", aliases=("cashier", "associate", "staff", "person", "salesperson", "colleague", "clerk")),
    Dimension("register", "Register", Level.DOCUMENT, _named("{document}.register_id"),
              what="The register of a sale comes from the point of sale, or from files.",
              aliases=("till", "terminal", "lane", "device", "checkout", "pos")),
    _customer("age_band", "Age band", "age", "age_group", "customer_segment", "segment", "demographic"),
    _customer("income_band", "Income band", "income", "income_group"),
    _customer("household_size", "Household size", "household", "size_of_household"),
    _customer("kids", "Children", "children", "kids_count", "number_of_kids"),
    _attribute("marital_status", "Marital status", "married", "marital"),
    _attribute("home_ownership", "Home ownership", "homeowner", "home_owner", "renter", "home"),
    _attribute("household_comp", "Household composition", "household_composition", "composition", "household_type"),
    Dimension("promotion", "Promotion", Level.LINE, f"COALESCE(given.promotion_id, offer.promotion_id,"
              f" '{NO_PROMOTION}')", ("given", "offer"),
              what="Promotions come from the point of sale or from files.", aliases=("promo", "offer", "deal")),
    Dimension("display", "Display", Level.LINE, f"COALESCE(stood.display, '{NO_DISPLAY}')", ("stood",),
              what="Displays come with the promotions, from the point of sale or from files.",
              aliases=("display_location", "display_type", "display_placement", "on_display")),
    Dimension("mailer", "Mailer", Level.LINE, f"COALESCE(stood.mailer, '{NO_MAILER}')", ("stood",),
              what="Mailers come with the promotions, from the point of sale or from files.",
              aliases=("mailer_location", "mailer_type", "mailer_placement", "mailer_position", "in_mailer")),
    Dimension("discount_depth", "Depth of discount", Level.LINE, f"CASE WHEN COALESCE(x.discount_minor, 0) = 0 THEN"
              f" '{NO_DISCOUNT}' {_DEPTHS} ELSE '{DEEPEST}' END",
              what="Discounts come from the point of sale with each line, or from files.",
              aliases=("depth_of_discount", "discount_band", "discount_tier", "discount_size", "discount_bracket")),
    Dimension("weather", "Weather", Level.DAY, f"CASE WHEN weather.rain_mm >= {WET_MM} THEN '{RAIN}' WHEN"
              f" weather.rain_mm >= 0 THEN '{DRY}' ELSE '{UNKNOWN}' END", ("weather",), is_ordered=True,
              what="Weather comes from the weather service for stores whose place is known.",
              aliases=("rain", "weather_band", "rainy")),
    Dimension("temperature", "Temperature", Level.DAY, f"CASE WHEN weather.temperature_c IS NULL THEN '{UNKNOWN}'"
              f" {_BANDS} ELSE '{HOTTEST}' END", ("weather",), is_ordered=True,
              what="Weather comes from the weather service for stores whose place is known.",
              aliases=("temperature_band", "heat")),
)  # fmt: skip

DIMENSIONS: Mapping[str, Dimension] = MappingProxyType({one.name: one for one in _ALL})
"""Every dimension by name."""

_BY_WORD = MappingProxyType({word: one for one in reversed(_ALL) for word in (*one.aliases, one.name)})


def dimension_named(name: str) -> Dimension:
    """The dimension that a name or another word for it means.

    Raises:
        BadArgumentError: there is none; the sentence lists them.
    """
    key = re.sub(r"[\s\-]+", "_", name.strip().lower())
    found = _BY_WORD.get(key) or _BY_WORD.get(key.removesuffix("s")) or _BY_WORD.get(key.replace("ies", "y"))
    if found is None:
        raise BadArgumentError(f"Nothing can be split by “{name.strip()[:40]}”. There are: {', '.join(DIMENSIONS)}.")
    return found
