"""What the app manifest asks for and what the help promises, held against what there is."""

from __future__ import annotations

import json
from pathlib import Path

from agent.slack.ui.home import HELP, PROMPTS


def test_the_manifest_asks_for_what_the_bot_uses_and_no_more() -> None:
    manifest = json.loads((Path(__file__).parents[3] / "slack-manifest.json").read_text())
    assert manifest["settings"]["socket_mode_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_mention",
        "message.channels",
        "message.groups",
        "message.im",
    ]
    assert "assistant_view" not in manifest["features"]
    prompts = manifest["features"]["agent_view"]["suggested_prompts"]
    assert [(prompt["title"], prompt["message"]) for prompt in prompts] == list(PROMPTS)
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "chat:write",
        "files:write",
        "groups:history",
        "im:history",
        "im:write",
        "users:read",
    }


def test_help_promises_only_what_there_is() -> None:
    assert "forecast" not in HELP.lower()
