"""Sending an approved change as a signed webhook.

Every try of one change carries the same ``webhook-id``, by which a receiver drops repeats. What an answer means: 2xx it
was taken, 409 it was there already, another 4xx it was refused; a refused connection and 429 mean that nothing was
taken; a time-out and 5xx leave it unknown. There is nothing to read back, so an unknown one is decided by sending the
same message again, and only where the target says that it drops repeats; else a person has to look. How often that
was done is written down before each try, so that a restart does not begin anew.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx
import structlog

from connectors.base import Action, ActionKind, Capability, Entity, Outcome, Preview, Result, Support
from connectors.errors import TransientError
from connectors.http import trusted
from connectors.outbound.repeats import RememberedRepeats, RepeatLog, is_due
from connectors.outbound.signing import sign
from connectors.outbound.target import LEAST_PEOPLE, Target

log = structlog.get_logger()

Audience = Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[str]]
"""``(target, change)`` of a customer list to the pseudonyms of the people it is for, made from rule and as-of."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
_TAKEN = frozenset({Outcome.APPLIED, Outcome.ALREADY_APPLIED})


class OutboundLook:
    """What would be sent; changes nothing."""

    def __init__(self, target: Target, audience: Audience) -> None:
        self._target = target
        self._audience = audience

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What the target takes."""
        return {kind: Capability(write=Support.YES, idempotent=self._target.idempotent) for kind in self._target.kinds}

    def preview(self, action: Action) -> Preview:
        """How many people a customer list is for now; nothing else can be looked up."""
        if action.kind not in self._target.kinds:
            return Preview({}, "", {}, f"{self._target.name} does not take “{action.kind.value}”.")
        if action.kind is not ActionKind.CUSTOMER_LIST:
            return Preview({}, "", dict(action.change))
        return Preview({"count": str(len(self._audience(action.target, action.change)))}, "", dict(action.change))


class OutboundWriter(OutboundLook):
    """``connectors.base.Writer`` of one target.

    Args:
        target: where it goes.
        audience: makes a customer list.
        repeats: where it is written down how often a message was sent again.
        now: seconds since 1970.
        timeout: seconds to wait for an answer.
    """

    def __init__(
        self,
        target: Target,
        audience: Audience,
        *,
        repeats: RepeatLog | None = None,
        now: Callable[[], float] = time.time,
        timeout: float = 15.0,
    ) -> None:
        super().__init__(target, audience)
        self._now = now
        self._repeats = repeats or RememberedRepeats()
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=5.0), follow_redirects=False, verify=trusted()
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def execute(self, action: Action) -> Result:
        """Send it once.

        Raises:
            TransientError: it could not be reached or is too busy; nothing was taken.
        """
        if action.kind not in self._target.kinds:
            return Result(Outcome.UNSUPPORTED, message=f"{self._target.name} is not set to take “{action.kind.value}”.")
        data: Mapping[str, Any] = action.change
        if action.kind is ActionKind.CUSTOMER_LIST:
            people = self._people(action)
            before = {"count": str(len(people))}
            if not LEAST_PEOPLE <= len(people) <= int(action.change["count"]):
                return Result(Outcome.CONFLICT, before, before)
            data = {**action.change, "count": str(len(people)), "customer_keys": list(people)}
        return self._answer(action, self._post(action, data))

    def reconcile(self, action: Action) -> Result:
        """Send the same message again where that is safe, less and less often; else it stays unknown.

        Raises:
            TransientError: it could not be reached.
        """
        if not self._target.idempotent:
            return Result(Outcome.UNKNOWN, message=f"{self._target.name} cannot be asked what it took.")
        now, key = self._now(), action.idempotency_key
        count, last_at = self._repeats.read(key)
        if not is_due(count, last_at, now):
            return Result(Outcome.UNKNOWN)
        self._repeats.write(key, count + 1, now)
        again = self.execute(action)
        # Whatever else is said of this message says nothing about an earlier one under the same id.
        return again if again.outcome in _TAKEN else Result(Outcome.UNKNOWN, message=again.message)

    def _people(self, action: Action) -> Sequence[str]:
        try:
            return self._audience(action.target, action.change)
        except Exception as error:
            # Nothing has left yet, and the executor must know it.
            raise TransientError("The list could not be made at the moment.", detail=type(error).__name__) from error

    def _post(self, action: Action, data: Mapping[str, Any]) -> int:
        """The status of the answer; 0 where none came."""
        stamp = int(self._now())
        document = {
            "id": action.idempotency_key,
            "type": action.kind.value,
            "store": action.target["store_id"],
            "data": dict(data),
        }
        body = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
        headers = {
            "content-type": "application/json",
            "webhook-id": action.idempotency_key,
            "webhook-timestamp": str(stamp),
            "webhook-signature": sign(self._target.key, action.idempotency_key, stamp, body),
        }
        try:
            # The answer's body is not read: nothing in it is used, and it may be long.
            with self._client.stream("POST", self._target.url, content=body, headers=headers) as response:
                return response.status_code
        except _NOT_SENT as error:
            log.warning("outbound.not_sent", target=self._target.name, error=type(error).__name__)
            raise TransientError(f"{self._target.name} cannot be reached.", detail=type(error).__name__) from error
        except httpx.HTTPError as error:
            log.warning("outbound.unknown", target=self._target.name, error=type(error).__name__)
            return 0

    def _answer(self, action: Action, status: int) -> Result:
        name, reference = self._target.name, action.idempotency_key
        if 200 <= status < 300:
            return Result(Outcome.APPLIED, after=dict(action.change), reference=reference)
        if status == 409:
            return Result(Outcome.ALREADY_APPLIED, after=dict(action.change), reference=reference)
        if status == 429:
            raise TransientError(f"{name} is too busy at the moment.", detail="429")
        if status in (401, 403):
            return Result(
                Outcome.REJECTED,
                message=f"{name} did not accept the signature; check the secret in {self._target.setting}.",
            )
        if 300 <= status < 500:
            return Result(Outcome.REJECTED, message=f"{name} refused it ({status}); check its address and settings.")
        return Result(Outcome.UNKNOWN, message=f"{name} did not say whether it took it.")
