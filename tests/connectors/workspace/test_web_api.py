"""The Web API through the real client: codes, tokens, threads, files, triggers, throttling."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from connectors.sandbox.workspace.wire import JsonObject
from tests.support.workspace_gallery import MODAL
from tests.support.workspace_server import Served, serving


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "workspace.sqlite") as running:
        yield running


def test_the_bot_learns_who_it_is_and_what_it_may_do(served: Served) -> None:
    answer = served.client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U_BOT", "B_FLOORWALKER", "T_DEMO")
    assert "chat:write" in answer.headers["x-oauth-scopes"]
    assert served.client.users_info(user="U_OWNER")["user"]["tz"] == "America/New_York"
    assert served.client.users_info(user="U_GUEST")["user"]["is_restricted"]
    assert served.client.conversations_open(users="U_STAFF_S03")["channel"]["id"] == "D_U_STAFF_S03"
    assert len(served.client.users_list()["members"]) == 15
    assert len(served.client.conversations_list()["channels"]) == 7
    assert served.client.team_info()["team"]["id"] == "T_DEMO"
    assert served.client.bots_info(bot="B_FLOORWALKER")["bot"]["user_id"] == "U_BOT"


@pytest.mark.parametrize(
    ("token", "code"), [("xoxb-other", "invalid_auth"), ("xapp-1-demo-floorwalker", "not_allowed_token_type")]
)
def test_a_wrong_token_is_refused(served: Served, token: str, code: str) -> None:
    client = WebClient(token=token, base_url=f"{served.url}/slack/api/")
    with pytest.raises(SlackApiError) as refused:
        client.auth_test()
    assert refused.value.response["error"] == code


@pytest.mark.parametrize(
    ("method", "args", "code"),
    [
        ("chat.postMessage", {"channel": "C_NOWHERE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C_S01", "text": " "}, "no_text"),
        ("chat.postMessage", {"channel": "C_S01", "text": "x", "thread_ts": "1.1"}, "thread_not_found"),
        ("chat.update", {"channel": "C_S01", "ts": "1.1", "text": "x"}, "message_not_found"),
        ("chat.postEphemeral", {"channel": "C_S01", "user": "U_STAFF_S02", "text": "x"}, "user_not_in_channel"),
        ("chat.startStream", {"channel": "C_S01", "thread_ts": "1.1"}, "invalid_thread_ts"),
        ("users.info", {"user": "U_NOBODY"}, "user_not_found"),
        ("views.open", {"trigger_id": "1.2.3", "view": MODAL}, "invalid_trigger_id"),
        ("views.open", {"trigger_id": "1.2.3", "view": {"type": "modal"}}, "invalid_arguments"),
        ("files.info", {"file": "F0"}, "file_not_found"),
        ("chat.scheduleEverything", {}, "unknown_method"),
    ],
)
def test_a_business_error_is_http_200_with_slacks_code(
    served: Served, method: str, args: JsonObject, code: str
) -> None:
    assert served.slack(method, **args)["error"] == code


def test_a_channel_without_the_bot_is_closed_to_it_until_it_joins(served: Served) -> None:
    channel = served.workspace.channel("C_S05")
    members = [member for member in channel["members"] if member != "U_BOT"]
    served.workspace.store.put("channel", "C_S05", {**channel, "members": members})
    assert served.slack("chat.postMessage", channel="C_S05", text="x")["error"] == "not_in_channel"
    served.client.conversations_join(channel="C_S05")
    assert served.client.chat_postMessage(channel="C_S05", text="x")["ok"]


def test_only_own_messages_can_be_changed_and_threads_are_counted(served: Served) -> None:
    ts = served.say("U_OWNER", "C_S01", "mine")
    assert served.slack("chat.update", channel="C_S01", ts=ts, text="x")["error"] == "cant_update_message"
    reply = served.client.chat_postMessage(channel="C_S01", thread_ts=ts, text="yours")["ts"]
    thread = served.client.conversations_replies(channel="C_S01", ts=ts)["messages"]
    assert [message["text"] for message in thread] == ["mine", "yours"]
    assert [message["text"] for message in served.client.conversations_history(channel="C_S01")["messages"]] == ["mine"]
    served.client.chat_delete(channel="C_S01", ts=reply)
    assert served.messages("C_S01", thread_ts=ts)[0]["reply_count"] == 0
    link = served.client.chat_getPermalink(channel="C_S01", message_ts=ts)["permalink"]
    assert link == f"{served.url}/#/C_S01/{ts}"


def test_a_trigger_opens_one_modal_within_three_seconds(served: Served) -> None:
    trigger = served.workspace.triggers.issue("U_OWNER")
    view = served.client.views_open(trigger_id=trigger, view=MODAL)["view"]
    assert served.slack("views.open", trigger_id=trigger, view=MODAL)["error"] == "exchanged_trigger_id"
    late = served.workspace.triggers.issue("U_OWNER")
    time.sleep(3.1)
    assert served.slack("views.push", trigger_id=late, view=MODAL)["error"] == "expired_trigger_id"
    for depth in (1, 2):
        trigger = served.workspace.triggers.issue("U_OWNER")
        assert served.client.views_push(trigger_id=trigger, view=MODAL)["ok"], depth
    trigger = served.workspace.triggers.issue("U_OWNER")
    assert served.slack("views.push", trigger_id=trigger, view=MODAL)["error"] == "push_limit_reached"
    changed = served.client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)["view"]
    assert changed["hash"] != view["hash"]
    stale = served.slack("views.update", view_id=view["id"], hash=view["hash"], view=MODAL)
    assert stale["error"] == "hash_conflict"


def test_a_file_is_uploaded_in_three_steps_and_read_back(served: Served) -> None:
    shared = served.client.files_upload_v2(channel="C_S01", filename="chart.png", content=b"\x89PNG", title="Chart")
    file = served.client.files_info(file=shared["file"]["id"])["file"]
    assert (file["title"], file["mimetype"], file["size"]) == ("Chart", "image/png", 4)
    assert served.messages("C_S01")[-1]["files"][0]["id"] == file["id"]
    with urllib.request.urlopen(served.url + file["url_private"]) as reply:
        assert reply.read() == b"\x89PNG"
        assert "sandbox" in reply.headers["Content-Security-Policy"]


def test_planned_faults_throttle_refuse_or_break_and_then_stop(served: Served) -> None:
    served.post("faults", method="chat.postMessage", fault="rate_limited", retry_after=7)
    with pytest.raises(SlackApiError) as throttled:
        served.client.chat_postMessage(channel="C_S01", text="x")
    assert throttled.value.response.status_code == 429
    assert throttled.value.response.headers["Retry-After"] == "7"
    served.post("faults", method="*", fault="invalid_blocks", times=2)
    assert [served.slack("chat.postMessage", channel="C_S01", text="x").get("error") for _ in range(3)] == [
        "invalid_blocks",
        "invalid_blocks",
        None,
    ]


def test_a_status_shows_until_the_bot_speaks_in_that_thread(served: Served) -> None:
    ts = served.say("U_OWNER", "C_S01", "hello")
    served.client.assistant_threads_setStatus(channel_id="C_S01", thread_ts=ts, status="is reading")
    assert served.get("state", channel="C_S01", user="U_OWNER")["statuses"][0]["status"] == "is reading"
    served.client.chat_postMessage(channel="C_S01", thread_ts=ts, text="done")
    assert served.get("state", channel="C_S01", user="U_OWNER")["statuses"] == []
    assert served.client.agents_sessions_setStatus(channel_id="C_S01", thread_ts=ts, status="suspended")["ok"]
    refused = served.slack("agents.sessions.setStatus", channel_id="C_S01", thread_ts=ts, status="asleep")
    assert refused["error"] == "invalid_arguments"
