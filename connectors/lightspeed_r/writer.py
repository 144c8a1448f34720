"""Writing an R-Series account: one approved action at a time, the way ``connectors.writing`` writes.

The platform has no idempotency keys and no compare-and-set. So the live value is read and compared first, a request is
sent once, and what it makes carries the action's key to be found again by. Only wiring constructs this, and only the
proposals executor is given it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from connectors.base import Action, Outcome, Result
from connectors.credentials import TokenSource
from connectors.http import Policy, Secret, WriteReply
from connectors.lightspeed_r import actions
from connectors.lightspeed_r.client import TITLE, LightspeedRClient
from connectors.lightspeed_r.wire import many, text
from connectors.pacing import Pacer
from connectors.writing import Channel, PreviewSource, carry_out, decide

WRITE_POLICY = Policy(attempts=3, base=0.2, cap=2.0, deadline=12.0, connect_timeout=3.0, read_timeout=6.0)
"""Between the requests of an action is read what they made; somebody is waiting for the outcome."""

_WRITTEN = {
    "Item": "itemID",
    "Order": "orderID",
    "Transfer": "transferID",
    "Discount": "discountID",
    "InventoryCountReconcile": "inventoryCountReconcileID",
}


class LightspeedRWriter:
    """``connectors.base.Writer`` over one R-Series account."""

    def __init__(
        self,
        base_url: str,
        write_token: Secret | TokenSource,
        reader: PreviewSource,
        *,
        setting: str = "LIGHTSPEED_R_WRITE_TOKEN",
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        self._client = LightspeedRClient(
            base_url, write_token, setting=setting, policy=policy or WRITE_POLICY, sleep=sleep, pacer=pacer
        )
        self._channel = Channel(
            TITLE,
            setting,
            reader.preview,
            partial(actions.send, self._client),
            self._client.pause,
            reference=_reference,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def execute(self, action: Action) -> Result:
        """Send the change once; never raises after the request has left.

        Raises:
            TransientError: the live value could not be read, so nothing was sent.
            TerminalError: the reading token is wrong, so nothing was sent.
        """
        return carry_out(action, self._channel) if action.kind in actions.GROUPS else _unsupported(action)

    def reconcile(self, action: Action) -> Result:
        """Decide by reading alone whether the change took effect; raises as ``execute`` does."""
        return decide(action, self._channel) if action.kind in actions.GROUPS else _unsupported(action)


def _unsupported(action: Action) -> Result:
    return Result(Outcome.UNSUPPORTED, message=f"{TITLE} cannot do “{action.kind}”: it keeps no schedules.")


def _reference(reply: WriteReply) -> str:
    body = reply.body if isinstance(reply.body, Mapping) else {}
    for name, identity in _WRITTEN.items():
        for written in many(body.get(name)):
            return text(written, identity) or ""
    return ""
