"""How a stand-in's webhooks are sent: once, and not again; a lost one is what polling is for."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
import structlog

_PATIENCE_SECONDS = 10.0

log = structlog.get_logger()


def post_webhook(url: str, headers: Mapping[str, str], body: bytes, topic: str) -> int:
    """Post a message; the HTTP status it was answered with, 0 when there was no answer."""
    try:
        status = httpx.post(url, content=body, headers=dict(headers), timeout=_PATIENCE_SECONDS).status_code
    except httpx.HTTPError as error:
        log.warning("webhook.not_sent", topic=topic, error=type(error).__name__)
        return 0
    log.info("webhook.sent", topic=topic, status=status)
    return status


def is_accepted(status: int) -> bool:
    """Whether an HTTP status says that a message arrived: any 2xx."""
    return 200 <= status < 300
