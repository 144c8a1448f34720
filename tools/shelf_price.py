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


def prices(variant_ids: Sequence[str], stores: StoreSet, context: ToolContext) -> dict[str, dict[str, Decimal]]:
    """Present price in major units by variant and store; a store's own price goes before the common one.

    A price in another currency than that of the store is none of its prices.
    """
    if not variant_ids:
        return {}
    whole = 0 < owned(context) == len(stores.ids)
    statement = build_prices(variant_ids, None if whole else stores.ids, context.clock.now())
    common: dict[str, dict[str, Decimal]] = {}
    own: dict[str, dict[str, Decimal]] = {}
    for row in context.mirror.query(statement.sql, statement.params).dicts():
        if row["price"] is None:
            continue
        everywhere = row["store_id"] == ALL_STORES
        if not everywhere and row["store_id"] not in stores.by_id:
            continue
        meant = stores.ids if everywhere else (row["store_id"],)
        known = (common if everywhere else own).setdefault(row["variant_id"], {})
        if everywhere and (row["currency"] is None or stores.currencies == (row["currency"],)):
            known |= dict.fromkeys(meant, row["price"])
        else:
            known |= {one: row["price"] for one in meant if row["currency"] in (None, stores.currency(one))}
    return {variant: common.get(variant, {}) | own.get(variant, {}) for variant in {*common, *own}}


def price_text(priced: Mapping[str, Decimal], stores: StoreSet) -> str | None:
    """The price of a product, or the lowest and highest; those of each currency where the stores have several."""
    said = []
    for currency in stores.currencies:
        if known := _known(priced, stores, currency):
            digits, sign = f".{minor_exponent(currency)}f", f"{currency} " if len(stores.currencies) > 1 else ""
            low, high = f"{known[0]:{digits}}", f"{known[-1]:{digits}}"
            said.append(f"{sign}{low}" if low == high else f"{sign}{low}–{high}")
    return "; ".join(said) or None


def prices_said(
    shown: Sequence[Product], priced: Mapping[str, Mapping[str, Decimal]], stores: StoreSet
) -> tuple[str, ...]:
    """The sentence for the first few products, as far as a price is known; empty where none is.

    Args:
        shown: the products, the best fit first.
        priced: by variant, the price at each store.
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


def _said(priced: Mapping[str, Decimal], stores: StoreSet) -> str:
    spans = []
    for currency in stores.currencies:
        if known := _known(priced, stores, currency):
            low, high = money(known[0], currency), money(known[-1], currency)
            spans.append(low if low == high else f"{low} to {high}, by store")
    return " and ".join(spans)


def _known(priced: Mapping[str, Decimal], stores: StoreSet, currency: str) -> list[Decimal]:
    alone = len(stores.currencies) == 1
    mine = (price for store, price in priced.items() if alone or stores.currency(store) == currency)
    return sorted({id(price): price for price in mine}.values())  # a common price is one object for thousands of stores
