"""Writing a Square account: one price change, sent under an idempotency key and read back.

Nothing is sent unless the live price is still the one the approver saw. After the request has left, nothing is
raised: what cannot be found out by the same key and by reading is ``Outcome.UNKNOWN``. Only wiring constructs this,
and only the proposals executor is given it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import structlog

from connectors.base import Action, ActionKind, Outcome, Preview, Result
from connectors.errors import ConnectorError
from connectors.http import Delivery, Policy, Secret, WriteReply
from connectors.square.client import VERSION, SquareClient
from connectors.square.pricing import as_change, live_price, same_price

log = structlog.get_logger()

_STALE = frozenset({"VERSION_MISMATCH", "CONFLICT"})
_SAFE_WAIT_SECONDS = 5.0


class PreviewSource(Protocol):
    """Where a live price is read from; ``connectors.square.reader.SquareReader`` is one."""

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the request."""
        ...


class SquareWriter:
    """``connectors.base.Writer`` over one Square account."""

    def __init__(
        self,
        base_url: str,
        write_token: Secret,
        reader: PreviewSource,
        version: str = VERSION,
        *,
        setting: str = "SQUARE_WRITE_TOKEN",
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self._client = SquareClient(base_url, write_token, setting=setting, version=version, policy=policy, sleep=sleep)
        self._reader = reader
        self._setting = setting

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def execute(self, action: Action) -> Result:
        """Send the price change once; never raises after the request has left.

        Raises:
            TransientError: the live price could not be read, so nothing was sent.
            TerminalError: the reading token is wrong, so nothing was sent.
        """
        if action.kind is not ActionKind.PRICE_CHANGE:
            return Result(Outcome.UNSUPPORTED, message="Square connections can only change prices.")
        seen = self._reader.preview(action)
        if seen.before and not same_price(seen.before, action.expected_before):
            return self._drifted(seen, action)
        if seen.problem:
            return Result(Outcome.REJECTED, before=seen.before, message=seen.problem)
        if same_price(seen.before, action.change):
            return Result(
                Outcome.ALREADY_APPLIED, seen.before, seen.before, seen.version, "The price is already as asked for."
            )
        return self._settle(self._send(seen.request), seen, action)

    def reconcile(self, action: Action) -> Result:
        """Decide by reading alone whether the change took effect.

        APPLIED when the live price is the one asked for, REJECTED when it is still the old one, CONFLICT when it is
        a third. Square does not say who set a price, so equality is the evidence.

        Raises:
            TransientError: Square could not be read; ask again later.
            TerminalError: the reading token is wrong.
        """
        seen = self._reader.preview(action)
        if not seen.before:
            return Result(Outcome.UNKNOWN, message=seen.problem or "The price could not be read back.")
        if same_price(seen.before, action.change):
            return Result(Outcome.APPLIED, action.expected_before, seen.before, seen.version)
        if same_price(seen.before, action.expected_before):
            return Result(Outcome.REJECTED, seen.before, seen.before, seen.version, "The change did not reach Square.")
        return Result(
            Outcome.CONFLICT, seen.before, seen.before, seen.version, "The price was changed by someone else meanwhile."
        )

    def _drifted(self, seen: Preview, action: Action) -> Result:
        if same_price(seen.before, action.change):
            return Result(
                Outcome.ALREADY_APPLIED,
                action.expected_before,
                seen.before,
                seen.version,
                "The price is already as asked for.",
            )
        return Result(
            Outcome.CONFLICT,
            seen.before,
            seen.before,
            seen.version,
            "The price was changed by someone else since this was proposed.",
        )

    def _send(self, request: Mapping[str, Any]) -> WriteReply:
        """Send, and once more under the same key if that is safe: Square answers a known key with its first result."""
        reply = self._client.upsert_object(request)
        if reply.delivery is not Delivery.ANSWERED or reply.status == 429:
            if (reply.retry_after or 0.0) > _SAFE_WAIT_SECONDS:
                return reply
            log.info("price_change.resent", delivery=reply.delivery.value, status=reply.status)
            self._client.pause(reply.retry_after or 0.0)
            again = self._client.upsert_object(request)
            if again.delivery is Delivery.NOT_SENT or again.status == 429:
                # The second try says nothing about the first, which may have arrived.
                return reply if reply.delivery is Delivery.UNKNOWN else again
            if reply.delivery is Delivery.UNKNOWN and not again.accepted:
                return WriteReply(Delivery.UNKNOWN, again.status, None, again.codes)
            return again
        return reply

    def _settle(self, reply: WriteReply, seen: Preview, action: Action) -> Result:
        if reply.delivery is Delivery.NOT_SENT:
            return Result(
                Outcome.REJECTED,
                seen.before,
                seen.before,
                seen.version,
                "Square could not be reached; nothing changed.",
            )
        if reply.delivery is Delivery.ANSWERED and not reply.accepted:
            return self._refused(reply, seen)
        return self._read_back(reply, seen, action)

    def _refused(self, reply: WriteReply, seen: Preview) -> Result:
        if _is_stale(reply):
            return Result(
                Outcome.CONFLICT,
                seen.before,
                seen.before,
                seen.version,
                "The product was changed in Square at the same moment. Look at it again and propose anew.",
            )
        if reply.status in (401, 403):
            message = f"Square refused: the token in {self._setting} may not change the catalogue."
        elif reply.status == 429:
            message = "Square is too busy at the moment; nothing changed. Try again in a few minutes."
        else:
            reason = f" ({', '.join(reply.codes)})" if reply.codes else ""
            message = f"Square did not accept the change{reason}; nothing changed."
        return Result(Outcome.REJECTED, seen.before, seen.before, seen.version, message)

    def _read_back(self, reply: WriteReply, seen: Preview, action: Action) -> Result:
        reference = _reference(reply)
        try:
            now = self._reader.preview(action)
        except ConnectorError as error:
            log.warning("price_change.not_read_back", error=type(error).__name__)
            return self._unread(reply, seen, action, reference)
        if same_price(now.before, action.change):
            return Result(Outcome.APPLIED, seen.before, now.before, reference or now.version)
        if reply.accepted:
            return Result(
                Outcome.CONFLICT,
                seen.before,
                now.before,
                reference,
                "Square took the change, but the price reads differently now: someone changed it again.",
            )
        return Result(
            Outcome.UNKNOWN,
            seen.before,
            now.before,
            reference,
            "Square did not answer, and the price does not read as asked for. The change may still arrive.",
        )

    def _unread(self, reply: WriteReply, seen: Preview, action: Action, reference: str) -> Result:
        shown = _answered_price(reply, action)
        if reply.accepted and shown and same_price(shown, action.change):
            return Result(
                Outcome.APPLIED, seen.before, shown, reference, "Square confirmed it; it could not be read back."
            )
        return Result(Outcome.UNKNOWN, seen.before, {}, reference, "Square did not say whether the change was made.")


def _answered_price(reply: WriteReply, action: Action) -> dict[str, str]:
    written = reply.body.get("catalog_object") if isinstance(reply.body, dict) else None
    money = live_price(written, action.target.get("store_external_id", "")) if isinstance(written, dict) else None
    return as_change(money) if money else {}


def _is_stale(reply: WriteReply) -> bool:
    errors = reply.body.get("errors") if isinstance(reply.body, dict) else None
    about_version = any(isinstance(error, dict) and error.get("field") == "version" for error in errors or ())
    return reply.status == 409 or about_version or bool(_STALE & set(reply.codes))


def _reference(reply: WriteReply) -> str:
    written = reply.body.get("catalog_object") if isinstance(reply.body, dict) else None
    return f"{written.get('id')}@{written.get('version')}" if isinstance(written, dict) else ""
