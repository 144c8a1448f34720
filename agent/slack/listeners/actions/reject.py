"""Reject was pressed: ask for a reason first."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.listeners.actions.press import read_press
from agent.slack.surface import Surface
from agent.slack.ui.modals import compose_reject_modal


def register(app: App, surface: Surface) -> None:
    """Open the modal at once: its trigger lives for three seconds. Rights are checked when it is submitted."""

    def reject(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        press = read_press(body)
        view = compose_reject_modal(press.proposal_id, press.channel_id, press.thread_ts)
        surface.client.views_open(trigger_id=body["trigger_id"], view=view)

    app.action(ids.REJECT)(reject)
