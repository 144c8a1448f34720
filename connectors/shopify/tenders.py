"""How an order was paid: which transactions moved money, and what kind of money it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_TAKEN = frozenset({"SALE", "CAPTURE", "CHANGE"})
_KINDS = {
    "cash": "cash",
    "gift_card": "gift_card",
    "gift-card": "gift_card",
    "shopify_payments": "card",
    "shopify_store_credit": "store_credit",
    "store_credit": "store_credit",
    "store-credit": "store_credit",
    "exchange-credit": "store_credit",
    "exchange_credit": "store_credit",
    "paypal": "wallet",
    "shop_cash": "wallet",
    "amazon_payments": "wallet",
}
_CARD_WORDS = ("card", "payments", "stripe", "debit", "emv", "credit", "bogus")


def taken(order: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Transactions that brought money in, and change given out of it, oldest first. An authorisation is none."""
    return _moved(order.get("transactions"), _TAKEN)


def given_back(refund: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Transactions of a refund that gave money back."""
    return _moved((refund.get("transactions") or {}).get("nodes"), frozenset({"REFUND"}))


def tender_kind(transaction: Mapping[str, Any]) -> str:
    """The kind of money of a transaction, by its gateway; a card in a phone is a wallet."""
    gateway = str(transaction.get("gateway") or "").lower()
    details = transaction.get("paymentDetails")
    if isinstance(details, Mapping):
        if details.get("wallet"):
            return "wallet"
        if details.get("__typename") == "CardPaymentDetails":
            return "card"
    if gateway in _KINDS:
        return _KINDS[gateway]
    return "card" if any(word in gateway for word in _CARD_WORDS) else "other"


def _moved(transactions: Any, kinds: frozenset[str]) -> list[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = [
        item
        for item in transactions or ()
        if isinstance(item, Mapping) and item.get("status") == "SUCCESS" and item.get("kind") in kinds
    ]
    return sorted(found, key=lambda item: str(item.get("processedAt") or ""))
