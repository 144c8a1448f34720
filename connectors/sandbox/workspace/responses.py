"""``response_url``: what the app may do with the message it was asked from, without a token."""

from __future__ import annotations

import json
import time

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from connectors.sandbox.workspace.interactions import RESPONSE_USES
from connectors.sandbox.workspace.webapi.arguments import Call
from connectors.sandbox.workspace.webapi.chat import bot_message, content
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace


def response_routes(workspace: Workspace) -> list[Route]:
    """The route behind every response URL."""

    async def respond(request: Request) -> Response:
        key = request.path_params["key"]
        try:
            body = json.loads(await request.body())
            answer(workspace, key, body if isinstance(body, dict) else {})
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_payload"}, status_code=400)
        except SlackError as refusal:
            status = 404 if refusal.code in ("expired_url", "used_url") else 200
            return JSONResponse(refusal.body(), status_code=status)
        return PlainTextResponse("ok")

    return [Route("/slack/response/{key}", respond, methods=["POST"])]


def answer(workspace: Workspace, key: str, body: JsonObject) -> None:
    """Post, replace or delete, as the body says.

    Raises:
        SlackError: ``expired_url``, ``used_url``, or what the content is refused for.
    """
    doc = workspace.store.get("response", key)
    if doc is None or doc["until"] < time.time():
        raise SlackError("expired_url")
    if doc["uses"] >= RESPONSE_USES:
        raise SlackError("used_url")
    workspace.store.put("response", key, {**doc, "uses": doc["uses"] + 1})
    channel = workspace.channel(doc["channel"])
    original = workspace.store.message(channel["id"], doc["ts"]) if doc["ts"] else None
    if body.get("delete_original"):
        if original is not None:
            workspace.delete(channel, original)
        return
    fields = content(Call("response_url", body, ""))
    if body.get("replace_original") and original is not None:
        kept = {name: value for name, value in original.items() if name not in {"blocks", "text", "stream"}}
        workspace.change(channel, original, {**kept, **fields})
        return
    thread_ts = body.get("thread_ts") or doc["thread_ts"]
    if thread_ts:
        fields["thread_ts"] = thread_ts
    if body.get("response_type") == "in_channel":
        workspace.post(channel, bot_message(workspace, fields))
    else:
        workspace.post_private(channel, doc["user"], bot_message(workspace, fields))
