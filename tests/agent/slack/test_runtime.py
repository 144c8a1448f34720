"""The connection: hello before ready, refused tokens in words, recovery, briefings and their threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr
from slack_bolt import BoltRequest

from agent.errors import UnavailableError
from agent.slack.runtime import SlackRuntime, one_off_poster
from agent.slack.ui.briefing import compose_briefing
from connectors.sandbox.workspace import DEMO_APP_TOKEN, DEMO_BOT_TOKEN
from tests.support.slack_documents import BRIEFING
from tests.support.slack_rig import all_text, slack_rig


def test_ready_means_hello_and_stopped_means_not_connected(tmp_path: Path) -> None:
    with slack_rig(tmp_path) as rig:
        runtime = rig.runtime
        assert runtime is not None
        assert runtime.is_connected()
        rig.stop()
        assert not runtime.is_connected()


@pytest.mark.parametrize(
    ("bot", "app", "words"),
    [("xoxb-wrong", DEMO_APP_TOKEN, "SLACK_BOT_TOKEN"), (DEMO_BOT_TOKEN, "xapp-wrong", "SLACK_APP_TOKEN")],
)
def test_a_refused_token_is_named(tmp_path: Path, bot: str, app: str, words: str) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        runtime = SlackRuntime(rig.services(), SecretStr(bot), SecretStr(app), f"{rig.base}/slack/api/")
        with pytest.raises(UnavailableError) as raised:
            runtime.start()
        assert words in raised.value.user_message
        assert bot not in str(raised.value)
        assert not runtime.is_connected()


def test_the_bot_answers_again_after_slack_closed_the_socket(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        rig.start(check_seconds=0.2, silence_seconds=5.0)
        assert rig.http.post("/api/sandbox/disconnect", json={}).status_code == 200
        ts = rig.say("U_OWNER", "D_U_OWNER", "still there?")
        (reply,) = rig.replies("D_U_OWNER", ts)
        assert "still there?" in all_text(reply)


def test_a_dead_connection_is_replaced_by_the_watchdog(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        runtime = rig.start(check_seconds=0.05, silence_seconds=5.0)
        handler = runtime._handler
        assert handler is not None
        # A zombie: closed by the network, and the client's own reconnecting does not work.
        handler.client.auto_reconnect_enabled = False
        handler.client.default_auto_reconnect_enabled = False
        handler.client.disconnect()
        rig.until(lambda: runtime._handler not in (None, handler) and runtime.is_connected())
        ts = rig.say("U_OWNER", "D_U_OWNER", "after the watchdog")
        assert len(rig.replies("D_U_OWNER", ts)) == 1


def test_replies_under_a_briefing_are_answered_and_the_briefing_is_found_again(tmp_path: Path) -> None:
    with slack_rig(tmp_path) as rig:
        assert rig.runtime is not None
        ts = rig.runtime.briefings.post_briefing("C_S01", BRIEFING)
        (posted,) = rig.from_bot("C_S01", ts)
        assert "*$12,345.67*" in all_text(posted)
        assert "&lt;!channel&gt;" in all_text(posted)
        assert rig.runtime.briefings.find_posted("C_S01", "briefing:S01:2026-11-22") == ts
        assert rig.runtime.briefings.find_posted("C_S01", "briefing:S01:2026-11-21") is None
        rig.say("U_MANAGER_S01", "C_S01", "what about dairy?", thread_ts=ts)
        rig.until(lambda: rig.asked("what about dairy?"))
        rig.click("U_MANAGER_S01", "C_S01", ts, "follow_up_0")
        rig.until(lambda: rig.asked("Why is DELI down?"))


def test_a_briefing_found_after_a_crash_takes_questions_too(tmp_path: Path) -> None:
    with slack_rig(tmp_path) as rig:
        assert rig.runtime is not None
        poster = rig.runtime.briefings
        # Posted by a process that died before it noted anything.
        ts = poster._sender.post("C_S01", compose_briefing(BRIEFING))
        assert poster.find_posted("C_S01", "briefing:S01:2026-11-22") == ts
        rig.say("U_MANAGER_S01", "C_S01", "and dairy?", thread_ts=ts)
        rig.until(lambda: rig.asked("and dairy?"))


def test_one_command_can_post_without_a_running_bot(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        poster = one_off_poster(rig.services(), SecretStr(DEMO_BOT_TOKEN), f"{rig.base}/slack/api/")
        ts = poster.post_briefing("C_S02", {**BRIEFING, "store_id": "S02"})
        assert len(rig.from_bot("C_S02", ts)) == 1
        with pytest.raises(UnavailableError, match="C_NOWHERE"):
            poster.find_posted("C_NOWHERE", "briefing:S02:2026-11-22")


@pytest.mark.parametrize(
    "event",
    [
        {
            "type": "message",
            "user": "U_OWNER",
            "channel": "C_S01",
            "ts": "1.1",
            "text": "chatter",
            "channel_type": "channel",
        },
        {"type": "message", "subtype": "channel_join", "user": "U_OWNER", "channel": "C_S01", "ts": "1.2"},
        {"type": "reaction_added", "user": "U_OWNER", "reaction": "eyes", "item": {"channel": "C_S01"}},
        {"type": "an_event_of_next_year", "user": "U_OWNER"},
    ],
)
def test_what_is_not_for_the_bot_is_acknowledged_so_that_slack_does_not_repeat_it(
    tmp_path: Path, event: dict[str, object]
) -> None:
    with slack_rig(tmp_path) as rig:
        assert rig.runtime is not None
        app = rig.runtime._app
        assert app is not None
        body = {"type": "event_callback", "team_id": "T_DEMO", "event_id": "Ev1", "event": event}
        assert app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200
        rig.settle()
        assert rig.conversation.begun == []


def test_one_post_as_mention_and_message_and_redelivered_is_one_question(tmp_path: Path) -> None:
    with slack_rig(tmp_path) as rig:
        assert rig.runtime is not None
        app = rig.runtime._app
        assert app is not None
        ts = rig.say("U_OWNER", "C_S01", "a root to answer under")
        post = {"user": "U_OWNER", "channel": "C_S01", "ts": ts, "text": "<@U_BOT> once", "channel_type": "channel"}
        deliveries = [("app_mention", "Ev1"), ("message", "Ev2"), ("message", "Ev2"), ("app_mention", "Ev1")] * 3
        with ThreadPoolExecutor(12) as pool:
            statuses = pool.map(
                lambda one: (
                    app.dispatch(
                        BoltRequest(
                            mode="socket_mode",
                            body={
                                "type": "event_callback",
                                "team_id": "T_DEMO",
                                "event_id": one[1],
                                "event": {**post, "type": one[0]},
                            },
                        )
                    ).status
                ),
                deliveries,
            )
            assert set(statuses) == {200}
        rig.replies("C_S01", ts)
        rig.settle()
        assert len(rig.asked("once")) == 1
