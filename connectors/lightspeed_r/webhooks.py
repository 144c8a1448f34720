"""The R-Series sends no webhooks: its changes are found by polling, every minute or two.

Nothing that arrives at a webhook address can be from it, so nothing is ever believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from connectors.base import WebhookEvent

_NONE_OFFERED = "Lightspeed Retail sends no webhooks. Nothing to register: its changes are polled for."


def verify_webhook(headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:  # noqa: ARG001
    """None: whatever came, it is not from this platform."""
    return None


def ensure_webhooks(callback: str) -> Sequence[str]:  # noqa: ARG001 there is nowhere to register it
    """One sentence that says there is nothing to do."""
    return (_NONE_OFFERED,)
