"""Trigger ids: good for three seconds and one use, as on Slack."""

from __future__ import annotations

import secrets
import time

from connectors.sandbox.workspace.wire import SlackError

LIFETIME_SECONDS = 3.0
FORGET_SECONDS = 600.0


class Triggers:
    """Issues and redeems trigger ids; held in memory because none outlives a restart usefully."""

    def __init__(self) -> None:
        self._issued: dict[str, tuple[float, str, bool]] = {}

    def issue(self, user_id: str) -> str:
        """A new trigger for something this person just did."""
        now = time.monotonic()
        for trigger in [trigger for trigger, (at, _, _) in self._issued.items() if now - at > FORGET_SECONDS]:
            del self._issued[trigger]
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = (now, user_id, False)
        return trigger_id

    def redeem(self, trigger_id: str) -> str:
        """Whose action this was; the trigger is spent.

        Raises:
            SlackError: ``invalid_trigger_id``, ``exchanged_trigger_id`` or ``expired_trigger_id``.
        """
        known = self._issued.get(trigger_id)
        if known is None:
            raise SlackError("invalid_trigger_id")
        at, user_id, spent = known
        if spent:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - at > LIFETIME_SECONDS:
            raise SlackError("expired_trigger_id")
        self._issued[trigger_id] = (at, user_id, True)
        return user_id
