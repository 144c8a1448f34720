"""Staying inside the R-Series' leaky bucket.

An account fills its bucket with each request and it drips empty: 90 drips and one a second, more with every register.
Each answer says how full it is and how fast it drips, and those words win over ours. Beside it a limiter counts the
requests of the current second.
Source: developers.lightspeedhq.com/retail/introduction/ratelimits
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from connectors.pacing import Bucket

BUCKET_SIZE = 90.0
DRIP_RATE = 1.0
_BURST_MARGIN = 2.0
_TO_ONE = 0.1
_TO_MANY = 0.2
_TO_MANY_NAMES = frozenset(
    {
        "CustomFieldValues",
        "ItemShops",
        "ItemVendorNums",
        "OrderLines",
        "RegisterCountAmounts",
        "SaleAccounts",
        "SaleLines",
        "SalePayments",
    }
)


class LeakyBucket(Bucket):
    """A pacer that is corrected by the R-Series' own headers."""

    def __init__(
        self,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(DRIP_RATE, BUCKET_SIZE, sleep=sleep, clock=clock)

    def learn(self, headers: Mapping[str, str], body: Any) -> None:  # noqa: ARG002 the body says nothing of limits
        """Take in ``X-LS-Api-Bucket-Level`` (used/size), ``-Drip-Rate`` and ``-Burst-Level``."""
        level = _fraction(headers.get("x-ls-api-bucket-level", ""))
        if level is None:
            return
        used, size = level
        left = size - used
        burst = _fraction(headers.get("x-ls-api-burst-level", ""))
        if burst is not None and burst[0] + _BURST_MARGIN > burst[1]:
            # The second is nearly full; an empty bucket makes the next request wait for it to pass.
            left = min(left, 0.0)
        self.correct(left=left, rate=_positive(headers.get("x-ls-api-drip-rate", "")), burst=size)


def request_cost(relations: Sequence[str], *, single: bool = False) -> float:
    """What a read costs: one drip, and something for each relation, double where many records are read."""
    cost = 1.0
    for relation in relations:
        parent, _, name = relation.rpartition(".")
        price = _TO_MANY if name in _TO_MANY_NAMES else _TO_ONE
        cost += price if single and not parent else 2 * price
    return round(cost, 2)


def _fraction(written: str) -> tuple[float, float] | None:
    used, _, size = written.partition("/")
    try:
        found = float(used), float(size)
    except ValueError:
        return None
    return found if found[1] > 0 else None


def _positive(written: str) -> float | None:
    try:
        found = float(written)
    except ValueError:
        return None
    return found if found > 0 else None
