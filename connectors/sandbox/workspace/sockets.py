"""The two long-lived connections: Socket Mode for the app, server-sent events for the page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from connectors.sandbox.workspace.delivery import Link, frame_text
from connectors.sandbox.workspace.hub import Watcher
from connectors.sandbox.workspace.workspace import Workspace

HEARTBEAT_SECONDS = 15.0
MOST_SOCKETS = 10
log = structlog.get_logger()


def socket_routes(workspace: Workspace, tickets: set[str]) -> list[Route | WebSocketRoute]:
    """``/slack/link`` and ``/api/sandbox/stream``."""

    async def link(socket: WebSocket) -> None:
        ticket = socket.query_params.get("ticket", "")
        if ticket not in tickets or workspace.delivery.connections >= MOST_SOCKETS:
            await socket.close(1008)
            return
        tickets.discard(ticket)
        await socket.accept()
        await _serve_link(workspace, socket)

    async def stream(request: Request) -> Response:
        user = workspace.user(request.query_params.get("user", ""))
        if user is None:
            return JSONResponse({"ok": False, "error": "user is missing or unknown."}, status_code=404)
        watcher = workspace.hub.watch(user["id"])
        return StreamingResponse(
            _changes(workspace, watcher), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    return [WebSocketRoute("/slack/link", link), Route("/api/sandbox/stream", stream)]


async def _serve_link(workspace: Workspace, socket: WebSocket) -> None:
    delivery = workspace.delivery
    link = delivery.connect()
    link.outbox.put_nowait(
        {
            "type": "hello",
            "num_connections": delivery.connections,
            "connection_info": {"app_id": workspace.seed.bot.app_id},
            "debug_info": {"host": "stand-in", "approximate_connection_time": 3600},
        }
    )
    writer = asyncio.create_task(_write(socket, link))
    try:
        while True:
            frame = json.loads(await socket.receive_text())
            if isinstance(frame, dict) and frame.get("envelope_id"):
                delivery.acknowledge(str(frame["envelope_id"]), frame.get("payload"))
    except (WebSocketDisconnect, ValueError, KeyError) as reason:
        log.info("socket.closed", link=link.id, reason=type(reason).__name__)
    finally:
        delivery.disconnect(link)
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)


async def _write(socket: WebSocket, link: Link) -> None:
    while (frame := await link.outbox.get()) is not None:
        await socket.send_text(frame_text(frame))
    await socket.close(1000)


async def _changes(workspace: Workspace, watcher: Watcher) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    try:
        while True:
            try:
                change = await asyncio.wait_for(watcher.queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if change is None:
                return
            shown = {key: value for key, value in change.items() if key != "users"}
            yield f"data: {json.dumps(shown, separators=(',', ':'))}\n\n"
    finally:
        workspace.hub.leave(watcher)
