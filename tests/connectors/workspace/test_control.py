"""Acting as people through the control calls; what is refused and why; what survives a restart."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import JSONResponse
from starlette.routing import Route

from connectors.sandbox.workspace import SeedCommand, Workspace, demo_seed
from connectors.sandbox.workspace.wire import JsonObject
from tests.support.workspace_gallery import HOME, MODAL, button, option, plain
from tests.support.workspace_server import Served, living_in, serving, until


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "workspace.sqlite") as running:
        yield running


def test_users_and_channels_are_the_demo_world(served: Served) -> None:
    people = {user["id"]: user for user in served.get("users")["users"]}
    assert {"U_OWNER", "U_DISTRICT", "U_ANALYST", "U_GUEST", "U_MANAGER_S04", "U_STAFF_S05"} <= set(people)
    mine = {channel["id"] for channel in served.get("channels", user="U_DISTRICT")["channels"]}
    assert mine == {"C_S01", "C_S03", "C_S05", "C_NORTH", "C_SOUTH", "D_U_DISTRICT"}


def test_a_very_long_message_and_one_with_only_an_image_are_kept_whole(served: Served) -> None:
    long = "word " * 4_000
    served.say("U_OWNER", "C_S01", long)
    served.say("U_OWNER", "C_S01", "", files=[{"name": "shelf.jpg", "mimetype": "image/jpeg"}])
    first, second = served.messages("C_S01")
    assert first["text"] == long
    assert (second["text"], second["subtype"], second["files"][0]["name"]) == ("", "file_share", "shelf.jpg")


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("say", {"user": "U_NOBODY", "channel": "C_S01", "text": "x"}, 404, "users are"),
        ("say", {"user": "U_OWNER", "channel": "C_S99", "text": "x"}, 404, "channels are"),
        ("say", {"user": "U_OWNER", "channel": "C_S01", "text": "  "}, 400, "text is empty"),
        ("say", {"user": "U_OWNER", "channel": "C_S01", "text": "x", "thread_ts": "1.1"}, 404, "to reply to"),
        ("say", {"user": "U_OWNER", "channel": "D_U_ANALYST", "text": "x"}, 403, "not a conversation of"),
        ("say", {"user": "U_OWNER", "channel": "C_S01", "text": "", "files": [{"content": "?"}]}, 400, "base64"),
        ("click", {"user": "U_OWNER", "channel": "C_S01", "message_ts": "1.1", "action_id": "a"}, 404, "no message"),
        ("submit", {"user": "U_OWNER", "view_id": "V1", "values": {}}, 404, "no open view"),
        ("faults", {"method": "chat.update"}, 400, "fault"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    served: Served, path: str, body: JsonObject, status: int, words: str
) -> None:
    got, answer = served.call("POST", f"/api/sandbox/{path}", body)
    assert got == status
    assert words in answer["error"]


def test_a_click_must_be_on_a_button_that_is_there_with_the_value_it_has(served: Served) -> None:
    menu = {"type": "static_select", "action_id": "store", "options": [option("S01"), option("S02")]}
    elements = [button("approve", "Yes"), menu]
    blocks = [{"type": "actions", "elements": elements}]
    ts = served.client.chat_postMessage(channel="C_S01", text="card", blocks=blocks)["ts"]
    click = {"user": "U_OWNER", "channel": "C_S01", "message_ts": ts}
    status, answer = served.call("POST", "/api/sandbox/click", {**click, "action_id": "approve", "value": "other"})
    assert (status, answer["error"]) == (409, "approve does not offer 'other'; it offers: approve.")
    status, answer = served.call("POST", "/api/sandbox/click", {**click, "action_id": "undo"})
    assert (status, answer["error"]) == (404, "There is no undo to use here now; there is: approve, store.")
    served.post("click", **click, action_id="store", value="s02")
    action = served.workspace.store.envelopes()[-1].payload["actions"][0]
    assert action["selected_option"]["value"] == "s02"


def test_speaking_joins_a_public_channel_but_a_guest_cannot_join(served: Served, tmp_path: Path) -> None:
    served.say("U_STAFF_S02", "C_S01", "visiting")
    assert "U_STAFF_S02" in served.workspace.channel("C_S01")["members"]
    kinds = [envelope.payload["event"]["type"] for envelope in served.workspace.store.envelopes()]
    assert kinds == ["member_joined_channel", "message"]
    channel = served.workspace.channel("C_S03")
    served.workspace.store.put("channel", "C_S03", {**channel, "members": ["U_BOT"]})
    status, _ = served.call("POST", "/api/sandbox/say", {"user": "U_GUEST", "channel": "C_S03", "text": "x"})
    assert status == 403


def test_edits_deletions_and_reactions_are_events(served: Served) -> None:
    ts = served.say("U_OWNER", "C_S01", "frist")
    served.post("edit", user="U_OWNER", channel="C_S01", ts=ts, text="first")
    served.post("react", user="U_ANALYST", channel="C_S01", ts=ts, name="eyes")
    assert served.messages("C_S01")[0]["reactions"] == [{"name": "eyes", "users": ["U_ANALYST"], "count": 1}]
    served.post("delete", user="U_OWNER", channel="C_S01", ts=ts)
    events = [envelope.payload["event"] for envelope in served.workspace.store.envelopes()]
    assert [event.get("subtype", event["type"]) for event in events] == [
        "message",
        "message_changed",
        "reaction_added",
        "message_deleted",
    ]
    assert events[1]["message"]["text"] == "first"
    assert served.messages("C_S01") == []


def test_other_sites_and_other_host_names_are_refused(served: Served) -> None:
    host = served.url.removeprefix("http://")
    for headers in ({"Host": "rebound.example"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
        status, _ = served.call("POST", "/api/sandbox/disconnect", {}, headers)
        assert status == 403, headers
    assert served.call("POST", "/api/sandbox/disconnect", {}, {"Origin": f"http://{host}"})[0] == 200
    with urllib.request.urlopen(served.url) as page:
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_slash_command_is_answered_to_its_user_alone(tmp_path: Path) -> None:
    seed = demo_seed()
    with_command = type(seed)(seed.team, seed.users, seed.channels, seed.bot, seed.tokens, (SeedCommand("/store"),))
    with serving(tmp_path / "w.sqlite", with_command) as served:
        with living_in(served, lambda app: app.command("/store")(lambda ack, body: ack(f"you said {body['text']}"))):
            answer = served.post("say", user="U_OWNER", channel="C_S01", text="/store help me")
        assert answer["command"] == "/store"
        message = served.messages("C_S01")[-1]
        assert (message["text"], message["ephemeral_to"]) == ("you said help me", "U_OWNER")


def test_extra_routes_are_served_and_guarded(tmp_path: Path) -> None:
    async def effects(_request: object) -> JSONResponse:
        return JSONResponse({"effects": []})

    with serving(tmp_path / "w.sqlite", extra_routes=[Route("/api/sandbox/pos/effects", effects)]) as served:
        assert served.get("pos/effects") == {"effects": []}
        refused, _ = served.call("GET", "/api/sandbox/pos/effects", headers={"Host": "rebound.example"})
    assert refused == 403


def test_everything_is_there_again_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    with serving(path) as served:
        ts = served.say("U_OWNER", "C_S01", "remember me")
        served.client.views_publish(user_id="U_OWNER", view=HOME)
        served.client.views_open(trigger_id=served.workspace.triggers.issue("U_OWNER"), view=MODAL)
        waiting = [envelope.id for envelope in served.workspace.store.envelopes()]
    heard: list[str] = []
    with serving(path) as served:
        assert served.messages("C_S01")[0]["ts"] == ts
        assert served.get("views", user="U_OWNER")["views"][0]["title"] == plain("Edit price")
        assert [envelope.id for envelope in served.workspace.store.envelopes()] == waiting
        assert served.say("U_OWNER", "C_S01", "later") > ts
        with living_in(served, lambda app: app.event("message")(lambda event: heard.append(event["text"]))):
            until(lambda: len(heard) == 2)
    assert sorted(heard) == ["later", "remember me"]


WRITER = """
import json, sys
from pathlib import Path
from connectors.sandbox.workspace import Workspace, demo_seed
from connectors.sandbox.workspace.speech import say
workspace = Workspace(Path(sys.argv[1]), demo_seed())
user, channel = workspace.user("U_OWNER"), workspace.channel("C_S01")
while True:
    print(say(workspace, user, channel, {"text": "again"})["ts"], flush=True)
"""


def test_a_killed_process_loses_nothing_it_answered(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline().strip() for _ in range(50)]
        os.kill(writer.pid, signal.SIGKILL)
    workspace = Workspace(path, demo_seed())
    kept = [message["ts"] for message in workspace.store.messages("C_S01")]
    events = [json.loads(json.dumps(envelope.payload))["event"]["ts"] for envelope in workspace.store.envelopes()]
    workspace.close()
    assert kept[:50] == told
    assert events == kept
