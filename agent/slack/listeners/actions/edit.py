"""Edit was pressed: show the values that may be set."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from agent.slack import ids
from agent.slack.listeners.actions.press import read_press
from agent.slack.surface import Surface
from agent.slack.ui.modals import compose_edit_modal


def register(app: App, surface: Surface) -> None:
    """Open the modal at once: its trigger lives for three seconds. Rights are checked when it is submitted."""

    def edit(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        press = read_press(body)
        fields = surface.decisions.editable(press)
        if fields:
            view = compose_edit_modal(press.proposal_id, press.sha256, fields, press.channel_id, press.thread_ts)
            surface.client.views_open(trigger_id=body["trigger_id"], view=view)

    app.action(ids.EDIT)(edit)
