"""Whom a customer list is for: made anew from its rule whenever it is looked at or sent, so it is never kept.

A person is on it who is in the segment as of the approved instant and agrees to be written to at this moment. It holds
pseudonyms only; who can turn one back into a person is the receiver, not floorwalker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from agent.clock import FixedClock
from tools.analysis.few import FEWEST
from tools.context import MirrorPort, Role, Scope, ToolContext
from tools.customers.known import known_customers
from tools.customers.segments import by_rfm
from tools.errors import NoDataError

_ACTOR = "floorwalker"
_AGREED = """
SELECT customer_key FROM customer
WHERE consent AND customer_key IN (SELECT UNNEST(CAST($keys AS VARCHAR[]))) ORDER BY customer_key
"""


class Audience:
    """``connectors.outbound.writer.Audience`` over the mirror."""

    def __init__(self, mirror: MirrorPort) -> None:
        self._mirror = mirror

    def __call__(self, target: Mapping[str, Any], change: Mapping[str, Any]) -> Sequence[str]:
        """The pseudonyms, sorted; empty where there is no such segment or too few people in it."""
        store_id, rule = str(target["store_id"]), change["rule"]
        scope = Scope(_ACTOR, Role.OWNER, (store_id,), (store_id,))
        context = ToolContext(scope, self._mirror, FixedClock(datetime.fromisoformat(change["as_of"])))
        try:
            groups = by_rfm(known_customers(f"last {int(rule['period_days'])} days", None, context)).groups
        except NoDataError:
            return ()
        wanted = str(rule["segment"]).casefold()
        keys = [key for key, segment in groups.items() if segment.casefold() == wanted]
        agreed = [str(row[0]) for row in self._mirror.query(_AGREED, {"keys": keys}).rows]
        return agreed if len(agreed) >= FEWEST else ()
