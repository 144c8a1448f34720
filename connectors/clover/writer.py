"""Writing a Clover merchant, by ``connectors.writing``: looked at, compared, sent once, read back.

Clover answers no key from memory and takes no condition, so nothing is ever sent twice after a lost answer. Stock is
set, not adjusted: after an adjustment the stock must read as it was set. If it does not, somebody sold or counted in
between, and whose figure survived cannot be told; that is a conflict to be looked at, never called applied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from connectors.base import Action, ActionKind, Outcome, Preview, Result
from connectors.clover.changes import MISSING
from connectors.clover.client import CloverClient
from connectors.credentials import Secret, TokenSource
from connectors.http import Policy, WriteReply
from connectors.pacing import Pacer
from connectors.writing import Channel, PreviewSource, carry_out, decide

_MOVED = "Clover took the change, but the stock reads differently: it was sold or counted at the same moment. Count it."


class CloverWriter:
    """``connectors.base.Writer`` over one Clover merchant.

    Args:
        base_url: ends with ``/v3/merchants/{mId}``.
        write_token: the merchant's access token, for writing.
        reader: where live values are read from.
        setting: the name of the setting of the token.

    Raises:
        TerminalError: ``base_url`` names no merchant.
    """

    def __init__(
        self,
        base_url: str,
        write_token: Secret | TokenSource,
        reader: PreviewSource,
        *,
        setting: str = "CLOVER_WRITE_TOKEN",
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        self._client = CloverClient(base_url, write_token, setting=setting, policy=policy, sleep=sleep, pacer=pacer)
        self._reader = reader
        self._setting = setting

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def execute(self, action: Action) -> Result:
        """Send the change once; never raises after the request has left.

        Raises:
            TransientError: the live value could not be read, so nothing was sent.
            TerminalError: the reading token is wrong, so nothing was sent.
        """
        if action.kind in MISSING:
            return Result(Outcome.UNSUPPORTED, message=MISSING[action.kind])
        if action.kind is ActionKind.STOCK_ADJUST:
            adjustment = _Adjustment(self._reader)
            return adjustment.judged(carry_out(action, self._channel(adjustment.preview, adjustment.sent)))
        return carry_out(action, self._channel(self._reader.preview))

    def reconcile(self, action: Action) -> Result:
        """Decide by reading alone whether the change took effect.

        Raises:
            TransientError: Clover could not be read; ask again later.
            TerminalError: the reading token is wrong.
        """
        if action.kind in MISSING:
            return Result(Outcome.UNSUPPORTED, message=MISSING[action.kind])
        return decide(action, self._channel(self._reader.preview))

    def _channel(
        self, preview: Callable[[Action], Preview], sent: Callable[[Preview], None] = lambda _: None
    ) -> Channel:
        def send(_: Action, seen: Preview) -> WriteReply:
            sent(seen)
            request = seen.request
            return self._client.write(str(request["method"]), str(request["path"]), request["body"])

        return Channel("Clover", self._setting, preview, send, self._client.pause, reference=_reference)


class _Adjustment:
    """One adjustment under way: remembers what stock was set to, and knows it again when it is read back."""

    def __init__(self, reader: PreviewSource) -> None:
        self._reader = reader
        self._target: Decimal | None = None

    def sent(self, seen: Preview) -> None:
        """The request leaves now."""
        self._target = Decimal(str(seen.request["body"]["quantity"]))

    def preview(self, action: Action) -> Preview:
        """The live stock; once the request has left, with whether it is what was set."""
        seen = self._reader.preview(action)
        if self._target is None or not seen.before:
            return seen
        return replace(seen, done=Decimal(str(seen.before["quantity"])) == self._target)

    def judged(self, result: Result) -> Result:
        """The result, unless Clover took the change and the stock reads otherwise: then it is a conflict."""
        left = result.after.get("quantity")
        if result.outcome is not Outcome.APPLIED or left is None or Decimal(str(left)) == self._target:
            return result
        return replace(result, outcome=Outcome.CONFLICT, message=_MOVED, taken=True)


def _reference(reply: WriteReply) -> str:
    body: Any = reply.body if isinstance(reply.body, dict) else {}
    item = body.get("item")
    return str(body.get("id") or (item.get("id") if isinstance(item, dict) else "") or "")
