"""Shopify's calculated query cost: what an answer says of it, and a pacer that stays inside it.

The bucket belongs to one app in one shop. Each answer says what is left of it and how fast it fills
(``extensions.cost.throttleStatus``); a request that does not fit comes back as a 200 with the code THROTTLED.
Source: shopify.dev, GraphQL Admin API rate limits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from connectors.pacing import Bucket

STANDARD_RATE = 100.0
STANDARD_BURST = 2000.0
_SHORTEST_WAIT = 0.1
_USUAL_WAIT = 1.0


class CostBucket(Bucket):
    """A bucket of points that each answer corrects; it starts out as the smallest plan's."""

    def __init__(
        self,
        *,
        rate: float = STANDARD_RATE,
        burst: float = STANDARD_BURST,
        concurrent: int = 4,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(rate, burst, concurrent=concurrent, sleep=sleep, clock=clock)

    def learn(self, headers: Mapping[str, str], body: Any) -> None:  # noqa: ARG002 Shopify says it in the body
        """Take in what an answer says is left."""
        status = cost_of(body).get("throttleStatus")
        if not isinstance(status, Mapping) or status.get("currentlyAvailable") is None:
            return
        self.correct(
            left=float(status["currentlyAvailable"]),
            rate=float(status.get("restoreRate") or 0) or None,
            burst=float(status.get("maximumAvailable") or 0) or None,
        )


def cost_of(body: Any) -> Mapping[str, Any]:
    """``extensions.cost`` of an answer; empty when it has none."""
    extensions = body.get("extensions") if isinstance(body, Mapping) else None
    cost = extensions.get("cost") if isinstance(extensions, Mapping) else None
    return cost if isinstance(cost, Mapping) else {}


def error_codes(body: Any) -> tuple[str, ...]:
    """``errors[].extensions.code`` of an answer, upper case; an error without a code counts as ``ERROR``."""
    errors = body.get("errors") if isinstance(body, Mapping) else None
    if not errors:
        return ()
    if not isinstance(errors, list):
        return ("ERROR",)
    return tuple(_code(error) for error in errors)


def throttled(body: Any) -> float | None:
    """The seconds until the bucket holds what a refused request asked for; None when it was not throttled."""
    if "THROTTLED" not in error_codes(body):
        return None
    cost = cost_of(body)
    status = cost.get("throttleStatus")
    if not isinstance(status, Mapping) or not status.get("restoreRate"):
        return _USUAL_WAIT
    missing = float(cost.get("requestedQueryCost") or 0) - float(status.get("currentlyAvailable") or 0)
    return max(_SHORTEST_WAIT, missing / float(status["restoreRate"]))


def _code(error: Any) -> str:
    extensions = error.get("extensions") if isinstance(error, Mapping) else None
    code = extensions.get("code") if isinstance(extensions, Mapping) else None
    return str(code).upper() if code else "ERROR"
