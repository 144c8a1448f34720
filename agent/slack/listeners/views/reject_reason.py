"""The modal that asks why a change is rejected was submitted."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.decisions import Press
from agent.slack.listeners.events.app_home_opened import publish_home
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Close the modal, then reject on the click queue."""

    def submitted(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        ack()
        origin = json.loads(view.get("private_metadata") or "{}")
        entered = view["state"]["values"].get(ids.REASON_BLOCK, {}).get(ids.REASON_INPUT, {})
        press = Press(
            user_id=str(body["user"]["id"]),
            proposal_id=str(origin.get("proposal") or ""),
            channel_id=str(origin.get("channel") or ""),
            thread_ts=str(origin.get("thread") or ""),
        )
        reason = str(entered.get("value") or "").strip()

        def decide() -> None:
            surface.decisions.reject(press, reason)
            if not press.channel_id:
                publish_home(surface, press.user_id)

        surface.enqueue_press(press, decide)

    app.view(ids.REJECT_MODAL)(submitted)
