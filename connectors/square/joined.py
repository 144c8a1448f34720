"""What belongs to an object but is kept elsewhere by Square, written into it before it is stored.

A mapping is pure and sees one object at a time. So a variation carries its unit of measure, a pricing rule its parts, a
location whether its taxes are included in prices, a cash drawer shift what happened to its cash, and a scheduled shift
the title of its job.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from connectors.square.client import IDS_PER_BATCH, Listing, SquareClient

_SETS = ("match_products_id", "exclude_products_id", "apply_products_id")


def with_units(client: SquareClient, listing: Listing) -> list[Mapping[str, Any]]:
    """Variations with their unit of measure: sold by weight or by the piece decides what UPT means."""
    found = _objects(client, (unit for item in listing.objects if (unit := _unit_id(item))))
    units = {name: (item.get("measurement_unit_data") or {}).get("measurement_unit") for name, item in found.items()}
    return [
        {**item, "item_variation_data": {**item["item_variation_data"], "measurement_unit": units[unit]}}
        if (unit := _unit_id(item)) in units
        else item
        for item in listing.objects
    ]


def with_parts(client: SquareClient, listing: Listing) -> list[Mapping[str, Any]]:
    """Pricing rules with their parts, as new as the newest of these.

    That is the discount, the product sets, the time periods, the variations that the matched products are
    (``variants``) and the time zone that the rule's local times are in.
    """
    if not listing.objects:
        return []
    found = _objects(client, (part for rule in listing.objects for part in _part_ids(rule)))
    rules = [_with_parts(rule, found) for rule in listing.objects]
    products = _objects(client, (product for rule in rules for product in product_ids(rule)))
    zones = {str(place["id"]): place.get("timezone") for place in client.locations().body.get("locations") or ()}
    return [
        {**rule, "variants": list(_variants(rule, products)), "timezone": _zone(rule, zones) or "UTC"} for rule in rules
    ]


def with_job_titles(client: SquareClient, listing: Listing) -> list[Mapping[str, Any]]:
    """Scheduled shifts with the title of the job they are for."""
    if not listing.objects:
        return []
    titles = {str(job.get("id")): job.get("title") for job in client.jobs()}
    return [
        {**shift, "job_title": titles.get(str((shift.get("draft_shift_details") or {}).get("job_id")))}
        for shift in listing.objects
    ]


def with_events(client: SquareClient, shift: Mapping[str, Any]) -> Mapping[str, Any]:
    """A cash drawer shift in full, with everything that happened to its cash."""
    shift_id, location_id = str(shift["id"]), str(shift["location_id"])
    whole = client.drawer_shift(shift_id, location_id)
    events: list[Mapping[str, Any]] = []
    cursor: str | None = None
    while True:
        listing = client.drawer_events(shift_id, location_id, cursor)
        events += listing.objects
        cursor = listing.cursor
        if cursor is None:
            return {**whole, "location_id": location_id, "events": events}


def with_taxes(client: SquareClient, locations: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Locations with ``tax_inclusive``: True where every tax in use is included in the price, absent without taxes."""
    taxes: list[Mapping[str, Any]] = []
    cursor: str | None = None
    while True:
        listing = client.search_catalog(None, cursor, types=("TAX",))
        taxes += listing.objects
        cursor = listing.cursor
        if cursor is None:
            break
    return [_with_tax(location, taxes) for location in locations]


def is_sold_at(source: Mapping[str, Any], location_id: str) -> bool:
    """Whether a catalogue object is present at a location."""
    if source.get("present_at_all_locations", True):
        return location_id not in (source.get("absent_at_location_ids") or ())
    return location_id in (source.get("present_at_location_ids") or ())


def _with_tax(location: Mapping[str, Any], taxes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    used = [
        tax.get("tax_data") or {}
        for tax in taxes
        if not tax.get("is_deleted") and is_sold_at(tax, str(location.get("id")))
    ]
    kinds = {str(tax.get("inclusion_type") or "ADDITIVE") for tax in used if tax.get("enabled", True)}
    return {**location, "tax_inclusive": kinds == {"INCLUSIVE"}} if kinds else location


def _with_parts(rule: Mapping[str, Any], found: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    data = rule.get("pricing_rule_data") or {}
    parts = [found[part] for part in _part_ids(rule) if part in found]
    joined: dict[str, Any] = dict(rule)
    if data.get("discount_id") in found:
        joined["discount_data"] = found[data["discount_id"]].get("discount_data") or {}
    for name in _SETS:
        if data.get(name) in found:
            joined[name.removesuffix("_id")] = found[data[name]].get("product_set_data") or {}
    periods = [found[part].get("time_period_data") or {} for part in data.get("time_period_ids") or () if part in found]
    if periods:
        joined["time_periods"] = periods
    for name in ("version", "updated_at"):
        values = [part[name] for part in (rule, *parts) if part.get(name)]
        if values:
            joined[name] = max(values)
    return joined


def product_ids(rule: Mapping[str, Any]) -> list[str]:
    """The products a rule with its parts is on; none for everything that is sold."""
    products = rule.get("match_products") or {}
    return [*(products.get("product_ids_any") or ()), *(products.get("product_ids_all") or ())]


def _variants(rule: Mapping[str, Any], products: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for product_id in product_ids(rule):
        product = products.get(product_id) or {}
        if product.get("type") == "ITEM_VARIATION":
            yield product_id
        for variation in (product.get("item_data") or {}).get("variations") or ():
            yield str(variation["id"])


def _zone(rule: Mapping[str, Any], zones: Mapping[str, Any]) -> str | None:
    return next((str(zone) for place, zone in zones.items() if zone and is_sold_at(rule, place)), None)


def _part_ids(rule: Mapping[str, Any]) -> Iterator[str]:
    data = rule.get("pricing_rule_data") or {}
    for name in ("discount_id", *_SETS):
        if data.get(name):
            yield str(data[name])
    for part in data.get("time_period_ids") or ():
        yield str(part)


def _objects(client: SquareClient, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    wanted = sorted(set(ids))
    return {
        str(item["id"]): item
        for start in range(0, len(wanted), IDS_PER_BATCH)
        for item in client.catalog_objects(wanted[start : start + IDS_PER_BATCH]).objects
    }


def _unit_id(item: Mapping[str, Any]) -> str | None:
    return (item.get("item_variation_data") or {}).get("measurement_unit_id")
