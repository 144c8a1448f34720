"""A workspace served over real HTTP and WebSocket on loopback, and an app that lives in it."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from starlette.routing import BaseRoute

from connectors.sandbox.workspace import (
    DEMO_APP_TOKEN,
    DEMO_BOT_TOKEN,
    Workspace,
    WorkspaceSeed,
    demo_seed,
    workspace_app,
)
from tests.support.loopback import served


class Served:
    """A running workspace; the methods act as people do, through the control calls."""

    def __init__(self, workspace: Workspace, url: str) -> None:
        self.workspace = workspace
        self.url = url
        self.client = WebClient(token=DEMO_BOT_TOKEN, base_url=f"{url}/slack/api/")

    def call(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                status, text = reply.status, reply.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                status, text = refusal.code, refusal.read().decode()
        try:
            return status, json.loads(text)
        except ValueError:
            return status, text

    def get(self, name: str, /, **query: str) -> Any:
        status, body = self.call("GET", f"/api/sandbox/{name}?{urlencode(query)}")
        assert status == 200, body
        return body

    def post(self, name: str, /, **body: object) -> Any:
        status, answer = self.call("POST", f"/api/sandbox/{name}", body)
        assert status == 200, answer
        return answer

    def say(self, user: str, channel: str, text: str, **more: object) -> str:
        return str(self.post("say", user=user, channel=channel, text=text, **more)["ts"])

    def messages(self, channel: str, **query: str) -> list[Any]:
        return list(self.get("messages", channel=channel, **query)["messages"])

    def slack(self, method: str, /, **args: object) -> dict[str, Any]:
        """A Web API call that may be refused: the raw answer."""
        headers = {"Authorization": f"Bearer {DEMO_BOT_TOKEN}", "Content-Type": "application/json"}
        status, body = self.call("POST", f"/slack/api/{method}", args, headers)
        assert status == 200
        return dict(body)


@contextmanager
def serving(path: Path, seed: WorkspaceSeed | None = None, extra_routes: Sequence[BaseRoute] = ()) -> Iterator[Served]:
    """Open a workspace file and serve it until the block ends."""
    workspace = Workspace(path, seed or demo_seed())
    with served(workspace_app(workspace, extra_routes), ws="websockets-sansio") as url:
        try:
            yield Served(workspace, url)
        finally:
            workspace.hub.close()
    workspace.close()


@contextmanager
def living_in(served: Served, register: Callable[[App], object]) -> Iterator[App]:
    """A real Bolt app in Socket Mode, with listeners put on by ``register``."""
    app = App(client=WebClient(token=DEMO_BOT_TOKEN, base_url=f"{served.url}/slack/api/"))
    register(app)
    handler = SocketModeHandler(app, DEMO_APP_TOKEN)
    handler.connect()
    try:
        until(lambda: served.workspace.delivery.connections > 0)
        yield app
    finally:
        handler.close()
        app.listener_runner.listener_executor.shutdown(wait=True)


def until(condition: Callable[[], Any], seconds: float = 8.0) -> Any:
    """Wait until something is so; returns what the condition returned."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")
