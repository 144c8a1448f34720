"""One door for every method: token, planned faults, arguments, the method, and Slack's way of answering.

Refusals are HTTP 200 with ``ok: false``; only throttling is a 429 and a broken server a 500.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from connectors.sandbox.workspace.faults import RATE_LIMITED, SERVER_ERROR, Fault
from connectors.sandbox.workspace.webapi import assistant, chat, conversations, files, people, reactions, streams, views
from connectors.sandbox.workspace.webapi.arguments import Call, read_arguments
from connectors.sandbox.workspace.wire import JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace

Method = Callable[[Workspace, Call], JsonObject]

OPEN_CONNECTION = "apps.connections.open"
WITHOUT_TOKEN = ("api.test",)
METHODS: dict[str, Method] = {
    "api.test": people.api_test,
    "auth.test": people.auth_test,
    "users.info": people.users_info,
    "users.list": people.users_list,
    "team.info": people.team_info,
    "bots.info": people.bots_info,
    "conversations.list": conversations.listing,
    "conversations.info": conversations.info,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_dm,
    "conversations.join": conversations.join,
    "conversations.history": conversations.history,
    "conversations.replies": conversations.replies,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.permalink,
    "chat.startStream": streams.start,
    "chat.appendStream": streams.append,
    "chat.stopStream": streams.stop,
    "assistant.threads.setStatus": assistant.set_status,
    "assistant.threads.setSuggestedPrompts": assistant.set_suggested_prompts,
    "assistant.threads.setTitle": assistant.set_title,
    "agents.sessions.setStatus": assistant.session_status,
    "agents.sessions.rename": assistant.session_rename,
    "views.open": views.open_view,
    "views.push": views.push_view,
    "views.update": views.update_view,
    "views.publish": views.publish_home,
    "blocks.validate": views.validate,
    "reactions.add": reactions.add,
    "reactions.remove": reactions.remove,
    "files.getUploadURLExternal": files.upload_url,
    "files.completeUploadExternal": files.complete,
    "files.info": files.info,
}


def web_api_routes(workspace: Workspace, tickets: set[str]) -> list[Route]:
    """The routes of the Web API; ``tickets`` collects what ``apps.connections.open`` hands out."""

    async def method(request: Request) -> Response:
        name = request.path_params["method"]
        fault = workspace.faults.take(name)
        if fault is not None and fault.fault == RATE_LIMITED:
            headers = {"Retry-After": str(fault.retry_after)}
            return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=headers)
        if fault is not None and fault.fault == SERVER_ERROR:
            return JSONResponse({"ok": False, "error": "internal_error"}, status_code=500)
        try:
            args = await read_arguments(request)
            token = _token(request, args)
            args.pop("token", None)
            _authorise(workspace, name, token, fault)
            call = Call(name, args, f"{request.url.scheme}://{request.headers['host']}")
            body = _connection(call, tickets) if name == OPEN_CONNECTION else METHODS[name](workspace, call)
        except SlackError as refusal:
            return JSONResponse(refusal.body())
        return JSONResponse({"ok": True, **body}, headers={"x-oauth-scopes": workspace.seed.scopes})

    async def upload(request: Request) -> Response:
        known = workspace.store.file(request.path_params["file_id"])
        if known is None or not known[0].get("pending"):
            return PlainTextResponse("No such upload.", status_code=404)
        body = await request.body()
        workspace.store.put_file({**known[0], "size": len(body)}, body)
        return PlainTextResponse(f"OK - {len(body)}")

    return [
        Route("/slack/api/{method}", method, methods=["GET", "POST"]),
        Route("/slack/upload/{file_id}", upload, methods=["POST", "PUT"]),
    ]


def _token(request: Request, args: JsonObject) -> str:
    header = request.headers.get("authorization", "")
    return header[7:].strip() if header[:7].lower() == "bearer " else str(args.get("token") or "")


def _authorise(workspace: Workspace, name: str, token: str, fault: Fault | None) -> None:
    if name != OPEN_CONNECTION and name not in METHODS:
        raise SlackError("unknown_method")
    if fault is not None:
        raise SlackError(fault.fault)
    if name in WITHOUT_TOKEN:
        return
    if not token:
        raise SlackError("not_authed")
    if token not in workspace.seed.tokens:
        raise SlackError("invalid_auth")
    wanted = "xapp-" if name == OPEN_CONNECTION else "xoxb-"
    if not token.startswith(wanted):
        raise SlackError("not_allowed_token_type")


def _connection(call: Call, tickets: set[str]) -> JsonObject:
    ticket = secrets.token_urlsafe(24)
    tickets.add(ticket)
    return {"url": f"{call.base_url.replace('http', 'ws', 1)}/slack/link?ticket={ticket}"}
