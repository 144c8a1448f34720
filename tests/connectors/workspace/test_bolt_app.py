"""A real Bolt app over Socket Mode: mentions, buttons, modals, streams, redelivery, App Home."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.models.messages.chunk import MarkdownTextChunk, TaskUpdateChunk
from websockets.sync.client import connect

from connectors.sandbox.workspace import DEMO_APP_TOKEN
from connectors.sandbox.workspace.wire import JsonObject
from tests.support.workspace_server import Served, living_in, serving, until

MODAL: JsonObject = {
    "type": "modal",
    "callback_id": "edit_price",
    "title": {"type": "plain_text", "text": "Edit price"},
    "submit": {"type": "plain_text", "text": "Save"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "price",
            "label": {"type": "plain_text", "text": "New price"},
            "element": {"type": "plain_text_input", "action_id": "amount"},
        }
    ],
}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "workspace.sqlite") as running:
        yield running


def button(action_id: str, value: str) -> JsonObject:
    text = {"type": "plain_text", "text": action_id.title()}
    return {"type": "button", "action_id": action_id, "value": value, "text": text}


def test_a_mention_reaches_the_app_as_mention_and_as_message_and_gets_a_reply_in_the_thread(served: Served) -> None:
    seen: list[tuple[str, str]] = []

    def register(app: App) -> None:
        @app.event("app_mention")
        def mentioned(event: JsonObject, body: JsonObject, say: Any) -> None:
            seen.append(("app_mention", body["event_id"]))
            say(text=f"hello <@{event['user']}>", thread_ts=event["ts"])

        @app.event("message")
        def heard(event: JsonObject, body: JsonObject) -> None:
            seen.append(("message", body["event_id"]))

    with living_in(served, register):
        ts = served.say("U_MANAGER_S01", "C_S01", "@floorwalker how did we do <yesterday> & before?")
        reply = until(lambda: served.messages("C_S01", thread_ts=ts)[1:])[0]
        until(lambda: len(seen) >= 2)
    asked = served.messages("C_S01", thread_ts=ts)[0]
    assert asked["text"] == "<@U_BOT> how did we do &lt;yesterday&gt; &amp; before?"
    assert reply["text"] == "hello <@U_MANAGER_S01>"
    assert (asked["reply_count"], asked["latest_reply"]) == (1, reply["ts"])
    kinds, ids = zip(*seen, strict=True)
    assert sorted(kinds) == ["app_mention", "message"]
    assert len(set(ids)) == 2


def test_a_direct_message_is_a_message_event_only(served: Served) -> None:
    events: list[JsonObject] = []

    def register(app: App) -> None:
        @app.event("message")
        def heard(event: JsonObject) -> None:
            events.append(event)

        @app.event("app_mention")
        def mentioned(event: JsonObject) -> None:
            events.append(event)

    with living_in(served, register):
        served.say("U_OWNER", "D_U_OWNER", "<@U_BOT> top products")
        until(lambda: events)
        time.sleep(0.2)
    assert [(event["type"], event["channel_type"]) for event in events] == [("message", "im")]


def test_a_button_is_acknowledged_and_the_card_is_rewritten(served: Served) -> None:
    clicks: list[JsonObject] = []

    def register(app: App) -> None:
        @app.action("approve")
        def approve(ack: Any, body: JsonObject, client: Any, respond: Any) -> None:
            ack()
            clicks.append(body)
            client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="approved", blocks=[])
            respond(text="only you see this", replace_original=False)

    with living_in(served, register):
        actions = [button("approve", "p1"), button("reject", "p1")]
        ts = served.client.chat_postMessage(
            channel="C_S01", text="card", blocks=[{"type": "actions", "elements": actions}]
        )["ts"]
        assert served.post("click", user="U_MANAGER_S01", channel="C_S01", message_ts=ts, action_id="approve")[
            "acknowledged"
        ]
        until(lambda: served.messages("C_S01", thread_ts=ts)[0]["text"] == "approved")
        private = until(lambda: [one for one in served.messages("C_S01") if one.get("ephemeral_to")])
        status, refusal = served.call(
            "POST",
            "/api/sandbox/click",
            {"user": "U_MANAGER_S01", "channel": "C_S01", "message_ts": ts, "action_id": "approve"},
        )
    assert private[0]["ephemeral_to"] == "U_MANAGER_S01"
    assert served.messages("C_S01", user="U_OWNER")[-1]["text"] == "approved"
    assert clicks[0]["actions"][0]["value"] == "p1"
    assert clicks[0]["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C_S01",
        "is_ephemeral": False,
    }
    assert (status, refusal["error"]) == (404, "There is no approve to use here now; there is: nothing.")


def test_a_modal_shows_the_errors_of_a_submission_and_closes_on_a_good_one(served: Served) -> None:
    values: list[str] = []

    def register(app: App) -> None:
        @app.action("edit")
        def edit(ack: Any, body: JsonObject, client: Any) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=MODAL)

        @app.view("edit_price")
        def saved(ack: Any, view: JsonObject) -> None:
            amount = view["state"]["values"]["price"]["amount"]["value"]
            if not amount.isdigit():
                ack(response_action="errors", errors={"price": "That is not a price."})
                return
            ack()
            values.append(amount)

    with living_in(served, register):
        blocks = [{"type": "actions", "elements": [button("edit", "p1")]}]
        ts = served.client.chat_postMessage(channel="C_S01", text="card", blocks=blocks)["ts"]
        served.post("click", user="U_OWNER", channel="C_S01", message_ts=ts, action_id="edit", value="p1")
        view = until(lambda: served.get("views", user="U_OWNER")["views"])[0]
        empty = served.post("submit", user="U_OWNER", view_id=view["id"], values={})
        bad = served.post("submit", user="U_OWNER", view_id=view["id"], values={"price": {"amount": "much"}})
        assert served.get("views", user="U_OWNER")["views"]
        good = served.post("submit", user="U_OWNER", view_id=view["id"], values={"amount": "299"})
    assert empty["errors"] == {"price": "Please complete this required field."}
    assert bad["errors"] == {"price": "That is not a price."}
    assert good["ok"]
    assert values == ["299"]
    assert served.get("views", user="U_OWNER")["views"] == []


def test_a_stream_grows_by_text_tasks_and_blocks(served: Served) -> None:
    root = served.say("U_OWNER", "C_S01", "question")
    stream = served.client.chat_stream(
        channel="C_S01", thread_ts=root, recipient_team_id="T_DEMO", recipient_user_id="U_OWNER"
    )
    stream.append(chunks=[TaskUpdateChunk(id="t1", title="Reading sales", status="in_progress")])
    ts = stream.ts
    stream.append(chunks=[TaskUpdateChunk(id="t1", title="Read sales", status="complete", output="312 rows")])
    stream.append(markdown_text="**Net sales** ", chunks=[MarkdownTextChunk(text="were up.")])
    stream.stop(blocks=[{"type": "divider"}])
    message = served.messages("C_S01", thread_ts=root)[-1]
    assert message["ts"] == ts
    assert [block["type"] for block in message["blocks"]] == ["task_card", "markdown", "divider"]
    assert message["blocks"][0]["title"] == "Read sales"
    assert message["text"] == "**Net sales** were up."
    again = served.slack("chat.appendStream", channel="C_S01", ts=ts, markdown_text="more")
    assert again["error"] == "message_not_in_streaming_state"


def test_a_stream_dies_five_minutes_after_it_started_and_can_be_rewritten_then(served: Served) -> None:
    root = served.say("U_OWNER", "D_U_OWNER", "question")
    ts = served.client.chat_startStream(channel="D_U_OWNER", thread_ts=root, markdown_text="Half an ans")["ts"]
    assert served.slack("chat.update", channel="D_U_OWNER", ts=ts, text="x")["error"] == "streaming_state_conflict"
    message = served.workspace.store.message("D_U_OWNER", ts)
    assert message is not None
    message["stream"]["started"] -= 301
    served.workspace.store.put_message("D_U_OWNER", message)
    for method in ("chat.appendStream", "chat.stopStream"):
        answer = served.slack(method, channel="D_U_OWNER", ts=ts, markdown_text="wer")
        assert answer["error"] == "message_not_in_streaming_state"
    served.client.chat_update(channel="D_U_OWNER", ts=ts, text="The answer")
    assert served.messages("D_U_OWNER")[-1]["text"] == "The answer"


def test_the_home_call_waits_for_what_the_app_publishes(served: Served) -> None:
    def register(app: App) -> None:
        @app.event("app_home_opened")
        def opened(event: JsonObject, client: Any) -> None:
            text = {"type": "mrkdwn", "text": event["tab"]}
            view = {"type": "home", "blocks": [{"type": "section", "text": text}]}
            client.views_publish(user_id=event["user"], view=view)

    assert served.get("home", user="U_OWNER")["view"] is None
    with living_in(served, register):
        home = served.get("home", user="U_ANALYST")
    assert home["fresh"]
    assert home["view"]["blocks"][0]["text"]["text"] == "home"


def test_an_event_without_acknowledgement_comes_again_after_three_seconds_and_a_lost_socket_hands_it_on(
    served: Served,
) -> None:
    delivery = served.workspace.delivery
    served.say("U_OWNER", "C_S01", "anyone?")

    def link() -> Any:

        headers = {"Authorization": f"Bearer {DEMO_APP_TOKEN}"}
        return connect(served.call("POST", "/slack/api/apps.connections.open", {}, headers)[1]["url"])

    with link() as first:
        assert json.loads(first.recv())["type"] == "hello"
        before = time.monotonic()
        given = json.loads(first.recv(timeout=2))
        repeated = json.loads(first.recv(timeout=5))
        waited = time.monotonic() - before
    assert (given["retry_attempt"], repeated["retry_attempt"], repeated["retry_reason"]) == (0, 1, "timeout")
    assert given["envelope_id"] == repeated["envelope_id"]
    assert given["payload"]["event_id"] == repeated["payload"]["event_id"]
    assert 2.5 < waited < 4.5
    until(lambda: delivery.connections == 0)
    with link() as second:
        frames = [json.loads(second.recv(timeout=2)) for _ in range(2)]
        second.send(json.dumps({"envelope_id": given["envelope_id"]}))
        assert frames[1]["envelope_id"] == given["envelope_id"]
        until(lambda: not served.workspace.store.envelopes())


def test_the_app_reconnects_when_asked_and_misses_nothing(served: Served) -> None:
    heard: list[str] = []
    done = threading.Event()

    def register(app: App) -> None:
        @app.event("message")
        def message(event: JsonObject) -> None:
            heard.append(event["text"])
            done.set()

    with living_in(served, register):
        assert served.post("disconnect")["sockets"] == 1
        served.say("U_OWNER", "C_S01", "after the break")
        assert done.wait(15)
    assert heard == ["after the break"]


def test_fifty_people_at_once_are_all_acknowledged(served: Served) -> None:
    clicks: list[str] = []

    def register(app: App) -> None:
        @app.action("approve")
        def approve(ack: Any, body: JsonObject) -> None:
            ack()
            clicks.append(body["actions"][0]["action_ts"])

    with living_in(served, register):
        blocks = [{"type": "actions", "elements": [button("approve", "p1")]}]
        ts = served.client.chat_postMessage(channel="C_S01", text="card", blocks=blocks)["ts"]
        press = {"user": "U_OWNER", "channel": "C_S01", "message_ts": ts, "action_id": "approve"}
        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(lambda _: served.call("POST", "/api/sandbox/click", press), range(50)))
        until(lambda: len(clicks) == 50)
    assert answers == [(200, {"ok": True, "acknowledged": True})] * 50
    assert len(set(clicks)) == 50
