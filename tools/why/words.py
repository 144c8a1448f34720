"""What the parts of a change are called, in a table and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """How a part is called in a table, and what a rise and a fall of the figure through it are called."""

    label: str
    up: str
    down: str


WORDS: Mapping[str, Words] = {
    "traffic": Words("Traffic", "more visitors", "fewer visitors"),
    "conversion": Words("Conversion", "higher conversion", "lower conversion"),
    "transactions": Words("Transactions", "more transactions", "fewer transactions"),
    "units_per_transaction": Words(
        "Units per transaction", "more units per transaction", "fewer units per transaction"
    ),
    "price": Words("Price of like products", "higher prices of like products", "lower prices of like products"),
    "mix": Words("Mix", "the mix of products", "the mix of products"),
    "unpieced": Words(
        "Goods without units", "more of goods not sold by the piece", "less of goods not sold by the piece"
    ),
    "basket": Words("Net sales per transaction", "larger transactions", "smaller transactions"),
    "refunds": Words("Refunds without a sale", "fewer refunds without a sale", "more refunds without a sale"),
    "returned": Words("Refunds apart", "refunds on other documents", "refunds on other documents"),
    "stores_on_one_side": Words("Stores on one side only", "stores that sold only now", "stores that sold only before"),
    "volume": Words("Volume", "more units", "fewer units"),
    "discount": Words("Discount depth", "shallower discounts", "deeper discounts"),
    "cost": Words("Unit cost", "lower unit costs", "higher unit costs"),
    "unknown_cost": Words("Unknown cost", "goods of unknown cost", "goods of unknown cost"),
    "stores": Words("Share of stores", "the share of each store", "the share of each store"),
    "visitors": Words(
        "Visitors", "fewer visitors for the same transactions", "more visitors for the same transactions"
    ),
}
