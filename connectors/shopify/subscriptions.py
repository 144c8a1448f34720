"""Webhook subscriptions: what is there for an address, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connectors.http import RejectedError
from connectors.shopify.client import ShopifyClient
from connectors.shopify.webhooks import TOPICS

_PAGE = 100


def ensure_subscriptions(client: ShopifyClient, callback: str) -> Sequence[str]:
    """Subscribe ``callback`` to every topic it is not subscribed to yet; a sentence for each that could not be.

    Raises:
        TransientError, TerminalError: the subscriptions could not be read.
    """
    there = {
        str(item.get("topic"))
        for item in client.every("webhooks", "webhookSubscriptions", {}, first=_PAGE)
        if item.get("uri") == callback
    }
    made: list[str] = []
    refused: list[str] = []
    for topic in TOPICS:
        if topic in there:
            continue
        why = _subscribe(client, topic, callback)
        (refused if why else made).append(topic)
    said = []
    if made:
        said.append(f"Subscribed to {len(made)} kinds of Shopify webhooks.")
    if refused:
        said.append(
            f"Shopify did not take the subscriptions {', '.join(refused)}: give the token the permissions they need, "
            "or create them by hand in the app's settings."
        )
    return said or ["All webhooks are subscribed already."]


def _subscribe(client: ShopifyClient, topic: str, callback: str) -> bool:
    """Whether Shopify refused."""
    try:
        payload: Any = client.mutate("webhook_create", {"topic": topic, "subscription": {"uri": callback}})
    except RejectedError as error:
        if error.status == 401:
            raise
        return True
    return bool((payload.get("webhookSubscriptionCreate") or {}).get("userErrors"))
