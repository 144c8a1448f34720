"""Writing a Lightspeed X retailer. The platform has neither idempotency keys nor version checks.

So every change is looked at, compared, sent once and read back. Only wiring constructs this, and only the proposals
executor is given it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from connectors.base import Action, ActionKind, Outcome, Preview, Result, Support
from connectors.credentials import TokenSource
from connectors.errors import ConnectorError
from connectors.http import Delivery, Policy, Secret, WriteReply
from connectors.lightspeed_x import consignments
from connectors.lightspeed_x.client import TITLE, LightspeedXClient
from connectors.lightspeed_x.live import CREATED, steps_of
from connectors.manifest import load_manifest
from connectors.writing import Channel, carry_out, decide

_IN_PARTS = frozenset({ActionKind.TRANSFER, ActionKind.PURCHASE_ORDER})


class Looker(Protocol):
    """Where live values are read from; ``connectors.lightspeed_x.reader.LightspeedXReader`` is one."""

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the requests."""
        ...

    def about_to_send(self, action: Action, seen: Preview) -> None:
        """Remember what was there before."""
        ...


class LightspeedXWriter:
    """``connectors.base.Writer`` over one Lightspeed X retailer."""

    def __init__(
        self,
        base_url: str,
        write_token: Secret | TokenSource,
        reader: Looker,
        *,
        setting: str = "LIGHTSPEED_X_WRITE_TOKEN",
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self._client = LightspeedXClient(base_url, write_token, setting=setting, policy=policy, sleep=sleep)
        self._reader = reader
        self._channel = Channel(
            title=TITLE,
            setting=setting,
            preview=reader.preview,
            send=self._send,
            pause=self._client.pause,
            # 409 is said of names that are taken, never of a version.
            is_stale=lambda _: False,
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
        return carry_out(action, self._channel)

    def reconcile(self, action: Action) -> Result:
        """Decide by reading alone whether the change took effect.

        An order or transfer that lacks lines is neither done nor not done: executing it again adds what is missing.

        Raises:
            TransientError: Lightspeed could not be read; ask again later.
            TerminalError: the reading token is wrong.
        """
        if not _offers(action.kind):
            return _unsupported(action)
        result = decide(action, self._channel)
        if action.kind in _IN_PARTS and result.outcome is Outcome.REJECTED and result.before:
            return Result(
                Outcome.UNKNOWN,
                result.before,
                result.before,
                result.reference,
                f"It is in {TITLE}, but not with all its lines. Carry it out again to add them, or delete it there.",
            )
        return result

    def _send(self, action: Action, seen: Preview) -> WriteReply:
        if action.kind in _IN_PARTS:
            return consignments.send(self._client, seen, lambda: self._reader.preview(action), self._client.pause)
        self._reader.about_to_send(action, seen)
        steps, created = steps_of(seen), ""
        reply = WriteReply(Delivery.NOT_SENT)
        for index, step in enumerate(steps):
            try:
                reply = self._client.write(step.method, step.path.replace(CREATED, created), step.body)
            except ConnectorError:
                if index == 0:
                    raise
                return WriteReply(Delivery.UNKNOWN)
            if not reply.accepted:
                # What came before it is there; only reading tells what that means.
                return reply if index == 0 else WriteReply(Delivery.UNKNOWN, reply.status, None, reply.codes)
            created = _reference(reply)
        return reply


def _unsupported(action: Action) -> Result:
    return Result(Outcome.UNSUPPORTED, message=f"{TITLE} cannot do “{action.kind.value}” through its interface.")


def _offers(kind: ActionKind) -> bool:
    return load_manifest("lightspeed_x").capabilities()[kind].write is not Support.NO


def _reference(reply: WriteReply) -> str:
    """The id of what was written, where the answer says it; a list says that of its first."""
    data = reply.body.get("data") if isinstance(reply.body, dict) else None
    if isinstance(data, list):
        data = data[0] if data else None
    if isinstance(data, dict):
        return str(data.get("id") or "")
    return str(data or "")
