"""Writing a Shopify shop, in the one way of ``connectors.writing``.

Stock and transfers go under an idempotency key, so one that got no answer is sent once more; prices, promotions and
flags have none and are decided by reading. Only wiring constructs this, and only the proposals executor is given it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from connectors.base import Action, ActionKind, Outcome, Preview, Result, Support
from connectors.credentials import TokenSource
from connectors.http import Policy, Secret, WriteReply
from connectors.manifest import load_manifest
from connectors.shopify.client import VERSION, ShopifyClient
from connectors.shopify.identifiers import gid, number
from connectors.writing import Channel, carry_out, decide

_WITH_KEY = frozenset({ActionKind.STOCK_ADJUST, ActionKind.STOCK_COUNT, ActionKind.TRANSFER})
_KEY_KNOWN = "IDEMPOTENCY_KEY_PARAMETER_MISMATCH"
"""The key was used before, for a request that started from another quantity: an adjustment that was sent again."""

_MADE = {ActionKind.TRANSFER: "InventoryTransfer", ActionKind.PROMOTION_CREATE: "DiscountNode"}
"""Kinds that make an object, and what Shopify calls it."""


class PreviewSource(Protocol):
    """Where live values are read from; ``connectors.shopify.reader.ShopifyReader`` is one."""

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the request."""
        ...

    def exists(self, identity: str) -> bool:
        """Whether there is an object of this id now."""
        ...


class ShopifyWriter:
    """``connectors.base.Writer`` over one shop."""

    def __init__(
        self,
        base_url: str,
        write_token: Secret | TokenSource,
        reader: PreviewSource,
        version: str = VERSION,
        *,
        setting: str = "SHOPIFY_WRITE_TOKEN",
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self._client = ShopifyClient(
            base_url, write_token, setting=setting, version=version, policy=policy, sleep=sleep
        )
        self._reader = reader
        self._made: dict[str, str] = {}
        self._known: set[str] = set()
        self._channel = Channel(
            title="Shopify",
            setting=setting,
            preview=self._preview,
            send=self._send,
            pause=self._client.pause,
            idempotent=_WITH_KEY,
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
        if not _offers(action.kind):
            return _unsupported(action)
        result = carry_out(action, self._channel)
        if result.outcome is Outcome.REJECTED and action.idempotency_key in self._known:
            message = "Shopify has taken this very change before; it was not made again."
            return replace(result, outcome=Outcome.ALREADY_APPLIED, message=message)
        return result

    def reconcile(self, action: Action) -> Result:
        """Decide by reading alone whether the change took effect.

        Raises:
            TransientError: Shopify could not be read; ask again later.
            TerminalError: the reading token is wrong.
        """
        return decide(action, self._channel) if _offers(action.kind) else _unsupported(action)

    def _send(self, action: Action, seen: Preview) -> WriteReply:
        reply = self._client.write(seen.request["document"], seen.request["variables"])
        if _KEY_KNOWN in reply.codes:
            # The key is this action's alone. A first try that failed has a code of its own.
            self._known.add(action.idempotency_key)
        if reply.accepted and action.kind in _MADE:
            self._made[action.idempotency_key] = gid(_MADE[action.kind], _reference(reply))
        return reply

    def _preview(self, action: Action) -> Preview:
        """The reader's; what Shopify's search does not know yet is looked up by the id it gave."""
        seen = self._reader.preview(action)
        made = self._made.get(action.idempotency_key)
        if seen.done is False and made is not None and self._reader.exists(made):
            return replace(seen, done=True, version=number(made), problem="", request={})
        return seen


def _offers(kind: ActionKind) -> bool:
    return load_manifest("shopify").capabilities()[kind].write is Support.YES


def _unsupported(action: Action) -> Result:
    return Result(Outcome.UNSUPPORTED, message=f"Shopify cannot do “{action.kind.value.replace('_', ' ')}”.")


def _reference(reply: WriteReply) -> str:
    """The number of the first object that a mutation's answer names."""
    data = reply.body.get("data") if isinstance(reply.body, Mapping) else None
    for payload in data.values() if isinstance(data, Mapping) else ():
        found = _first_id(payload)
        if found:
            return number(found)
    return ""


def _first_id(payload: Any) -> str:
    if isinstance(payload, list):
        return next((found for item in payload if (found := _first_id(item))), "")
    if not isinstance(payload, Mapping):
        return ""
    if payload.get("id"):
        return str(payload["id"])
    return next((found for name, item in payload.items() if name != "userErrors" and (found := _first_id(item))), "")
