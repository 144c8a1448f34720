"""What products cost on the shelf now, looked up and said: one price, or the lowest and highest by store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from connectors.currency import minor_exponent
from connectors.mirror.rows import ALL_STORES
from tools.context import ToolContext
from tools.directory import owned
from tools.metrics.search_query import build_prices
from tools.search import Product
from tools.stores import StoreSet
from tools.wording import money

_NAMED = 3


Span = tuple[Decimal, Decimal]
"""The lowest and the highest price in major units."""


def prices(variant_ids: Sequence[str], stores: StoreSet, context: ToolContext) -> dict[str, dict[str, Span]]:
    """The lowest and highest present price by variant and currency; a store's own price goes before the common one.

    A price in another currency than that of the store is none of its prices.
    """
    if not variant_ids:
        return {}
    whole = 0 < owned(context) == len(stores.ids)
    statement = build_prices(variant_ids, None if whole else stores.ids, context.clock.now())
    common: dict[str, dict[str, Decimal]] = {}
    own: dict[str, dict[str, Decimal]] = {}
    for row in context.mirror.query(statement.sql, statement.params).dicts():
        variant, store, price, currency = row["variant_id"], row["store_id"], row["price"], row["currency"]
        if price is None:
            continue
        if store == ALL_STORES:
            meant = [one for one in stores.currencies if currency in (None, one)]
            common.setdefault(variant, {}).update(dict.fromkeys(meant, price))
        elif store in stores.by_id and currency in (None, stores.currency(store)):
            own.setdefault(variant, {})[store] = price
    return {one: _spans(common.get(one, {}), own.get(one, {}), stores) for one in {*common, *own}}


def _spans(common: Mapping[str, Decimal], own: Mapping[str, Decimal], stores: StoreSet) -> dict[str, Span]:
    """By currency; the common price counts where a store of the currency has none of its own."""
    found: dict[str, Span] = {}
    for currency in stores.currencies:
        alone = len(stores.currencies) == 1
        mine = [price for store, price in own.items() if alone or stores.currency(store) == currency]
        there = len(stores.ids) if alone else sum(1 for one in stores.stores if one.currency == currency)
        if currency in common and len(mine) < there:
            mine.append(common[currency])
        if mine:
            found[currency] = min(mine), max(mine)
    return found


def price_text(priced: Mapping[str, Span], stores: StoreSet) -> str | None:
    """The price of a product, or the lowest and highest; those of each currency where the stores have several."""
    said = []
    for currency in stores.currencies:
        if known := priced.get(currency):
            digits, sign = f".{minor_exponent(currency)}f", f"{currency} " if len(stores.currencies) > 1 else ""
            low, high = f"{known[0]:{digits}}", f"{known[1]:{digits}}"
            said.append(f"{sign}{low}" if low == high else f"{sign}{low}–{high}")
    return "; ".join(said) or None


def prices_said(
    shown: Sequence[Product], priced: Mapping[str, Mapping[str, Span]], stores: StoreSet
) -> tuple[str, ...]:
    """The sentence for the first few products, as far as a price is known; empty where none is.

    Args:
        shown: the products, the best fit first.
        priced: by variant, as ``prices`` gives them.
        stores: those asked about.
    """
    said = [
        (product, text) for product in shown[:_NAMED] if (text := _said(priced.get(product.variant_id, {}), stores))
    ]
    if not said:
        return ("No price of it is known here.",) if shown else ()
    if len(shown) == 1:
        return (f"It sells at {said[0][1]}.",)
    return (f"Prices: {'; '.join(f'{product.name} {text}' for product, text in said)}.",)


def _said(priced: Mapping[str, Span], stores: StoreSet) -> str:
    spans = []
    for currency in stores.currencies:
        if known := priced.get(currency):
            low, high = money(known[0], currency), money(known[1], currency)
            spans.append(low if low == high else f"{low} to {high}, by store")
    return " and ".join(spans)
