"""The modal with other values for a change was submitted."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt import Ack, App

from agent.proposals.editing import LEFT_OUT
from agent.slack import ids
from agent.slack.decisions import Press
from agent.slack.surface import Surface


def register(app: App, surface: Surface) -> None:
    """Close the modal, then file the edited change on the click queue."""

    def submitted(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        ack()
        origin = json.loads(view.get("private_metadata") or "{}")
        values = _values(view["state"]["values"])
        press = Press(
            user_id=str(body["user"]["id"]),
            proposal_id=str(origin.get("proposal") or ""),
            sha256=str(origin.get("sha256") or ""),
            channel_id=str(origin.get("channel") or ""),
            thread_ts=str(origin.get("thread") or ""),
        )
        surface.enqueue_press(press, lambda: surface.decisions.edit(press, values))

    app.view(ids.EDIT_MODAL)(submitted)


def _values(entered: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What was typed, by field; a line whose tick was taken away is left out whatever stands beside it."""
    values = {
        name: str(block[ids.EDIT_INPUT].get("value") or "")
        for name, block in entered.items()
        if ids.EDIT_INPUT in block
    }
    ticks = [block[ids.EDIT_KEEP] for block in entered.values() if ids.EDIT_KEEP in block]
    if not ticks:
        return values
    kept = {str(option["value"]) for one in ticks for option in one.get("selected_options") or ()}
    return {name: value if name in kept or not name.startswith("line:") else LEFT_OUT for name, value in values.items()}
