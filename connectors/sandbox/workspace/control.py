"""``/api/sandbox``: the page's and the checks' way to act as a person. Every refusal is a 4xx with one sentence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.sandbox.workspace import interactions, modals, speech
from connectors.sandbox.workspace.webapi.people import profile
from connectors.sandbox.workspace.webapi.reactions import react, unreact
from connectors.sandbox.workspace.wire import ControlError, JsonObject, SlackError
from connectors.sandbox.workspace.workspace import Workspace

HOME_SECONDS = 3.0
Handler = Callable[[Request], Awaitable[JsonObject]]


def answering(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A route that answers JSON and turns refusals into ``{"error": sentence}``."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await handler(request))
        except ControlError as refusal:
            return JSONResponse({"ok": False, "error": refusal.user_message}, status_code=refusal.status)
        except SlackError as refusal:
            return JSONResponse({"ok": False, "error": f"Not possible: {refusal.code}."}, status_code=409)

    return endpoint


async def read_body(request: Request) -> JsonObject:
    """The JSON object of a request.

    Raises:
        ControlError: It is something else.
    """
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError:
        raise ControlError("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise ControlError("The body must be a JSON object.")
    return body


class Control:
    """The calls, one method each."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    # finding

    def person(self, user_id: object) -> JsonObject:
        """A human member by id, with or without ``@``."""
        user = self.workspace.user(str(user_id or "").removeprefix("@"))
        if user is None or user["is_bot"]:
            people = ", ".join(user["id"] for user in self.workspace.store.all("user") if not user["is_bot"])
            raise ControlError(f"There is no user {user_id or '(user is missing)'}; users are {people}.", 404)
        return user

    def place(self, channel_id: object, user: JsonObject | None) -> JsonObject:
        """A channel that person may see; someone else's DM is not one."""
        try:
            channel = self.workspace.channel(str(channel_id or ""))
        except SlackError:
            places = ", ".join(one["id"] for one in self.workspace.store.all("channel") if not one["is_im"])
            sentence = f"There is no channel {channel_id or '(channel is missing)'}; channels are {places}"
            raise ControlError(f"{sentence}, and D_ with a user id for a direct message.", 404) from None
        if user is not None and channel["is_im"] and channel["user"] != user["id"]:
            raise ControlError(f"{channel['id']} is not a conversation of {user['id']}.", 403)
        return channel

    def entered(self, channel_id: object, user: JsonObject) -> JsonObject:
        """A channel that person is in, joining a public one on the way; guests cannot join by themselves."""
        channel = self.place(channel_id, user)
        if user["id"] in channel["members"]:
            return channel
        if user["is_restricted"]:
            raise ControlError(f"{user['id']} is a guest and not in {channel['id']}.", 403)
        return self.workspace.join(channel, user["id"])

    # reading

    async def users(self, _request: Request) -> JsonObject:
        """Everybody, the bot included."""
        users = [profile(self.workspace, user) for user in self.workspace.store.all("user")]
        return {"users": [{**user, "title": user["profile"]["title"]} for user in users]}

    async def channels(self, request: Request) -> JsonObject:
        """Channels and DMs; with ``user``, only what that person is in, with the newest message's stamp."""
        user = self.person(request.query_params["user"]) if request.query_params.get("user") else None
        found = [
            {**channel, "last_ts": self.workspace.store.last_ts(channel["id"])}
            for channel in self.workspace.store.all("channel")
            if user is None or user["id"] in channel["members"]
        ]
        return {"channels": found}

    async def messages(self, request: Request) -> JsonObject:
        """Messages newest last: a channel's (replies too, unless ``roots=1``) or one thread's."""
        query = request.query_params
        user = self.person(query["user"]) if query.get("user") else None
        channel = self.place(query.get("channel"), user)
        thread_ts = query.get("thread_ts") or None
        found = self.workspace.store.messages(channel["id"], thread_ts)
        if user is not None:
            found = [message for message in found if message.get("ephemeral_to") in (None, user["id"])]
        if query.get("roots"):
            found = [message for message in found if message.get("thread_ts", message["ts"]) == message["ts"]]
        if thread_ts and not found:
            raise ControlError(f"There is no message {thread_ts} in {channel['id']}.", 404)
        return {"messages": found}

    async def state(self, request: Request) -> JsonObject:
        """What a page needs beside messages: the workspace, status lines, prompts, sessions, connection."""
        channel = self.place(request.query_params.get("channel"), self.person(request.query_params.get("user")))
        store, prefix = self.workspace.store, f"{channel['id']}/"
        prompts = [store.get("prompts", prefix)] if store.get("prompts", prefix) else []
        return {
            "statuses": self.workspace.statuses(channel["id"]),
            "prompts": prompts,
            "connections": self.workspace.delivery.connections,
        }

    async def about(self, _request: Request) -> JsonObject:
        """The workspace and its bot."""
        seed = self.workspace.seed
        return {
            "team": {"id": seed.team.id, "name": seed.team.name},
            "bot": {"user_id": seed.bot.user_id, "name": seed.bot.name},
            "commands": [{"command": one.command, "description": one.description} for one in seed.commands],
            "connections": self.workspace.delivery.connections,
        }

    async def views(self, request: Request) -> JsonObject:
        """The modals a person has open, the top one last."""
        return {"views": modals.opened(self.workspace, self.person(request.query_params.get("user"))["id"])}

    # acting

    async def say(self, request: Request) -> JsonObject:
        """Post, reply, or run a slash command."""
        body = await read_body(request)
        user = self.person(body.get("user"))
        channel = self.entered(body.get("channel"), user)
        command = speech.slash_command(self.workspace, body.get("text"))
        if command is not None:
            return await speech.run_command(self.workspace, user, channel, command, base_url(request))
        return speech.say(self.workspace, user, channel, body)

    async def edit(self, request: Request) -> JsonObject:
        """Change one's own message."""
        body = await read_body(request)
        user = self.person(body.get("user"))
        return speech.edit(self.workspace, user, self.place(body.get("channel"), user), body)

    async def delete(self, request: Request) -> JsonObject:
        """Delete one's own message."""
        body = await read_body(request)
        user = self.person(body.get("user"))
        return speech.retract(self.workspace, user, self.place(body.get("channel"), user), body)

    async def click(self, request: Request) -> JsonObject:
        """Use an element of a message, or with ``view_id`` of a modal or the App Home."""
        body = await read_body(request)
        user = self.person(body.get("user"))
        if body.get("view_id"):
            return await interactions.click_view(self.workspace, user, body)
        channel = self.entered(body.get("channel"), user)
        return await interactions.click_message(self.workspace, user, channel, body, base_url(request))

    async def submit(self, request: Request) -> JsonObject:
        """Submit a modal."""
        body = await read_body(request)
        return await interactions.submit(self.workspace, self.person(body.get("user")), body)

    async def close(self, request: Request) -> JsonObject:
        """Close a modal."""
        body = await read_body(request)
        return await interactions.dismiss(self.workspace, self.person(body.get("user")), body)

    async def react(self, request: Request) -> JsonObject:
        """Add a reaction, or take it back with ``remove``."""
        body = await read_body(request)
        user = self.person(body.get("user"))
        channel, name = self.entered(body.get("channel"), user), str(body.get("name") or "").strip(":")
        if not name:
            raise ControlError("name is missing: the reaction's short code, for example eyes.")
        change = unreact if body.get("remove") else react
        change(self.workspace, channel, str(body.get("ts") or ""), user["id"], name)
        return {"ok": True}

    async def opened(self, request: Request) -> JsonObject:
        """Open the DM with the bot: it hears ``app_home_opened`` for the messages tab."""
        body = await read_body(request)
        user = self.person(body.get("user"))
        self._open_tab(user, "messages")
        return {"ok": True}

    async def home(self, request: Request) -> JsonObject:
        """Open the App Home and wait a moment for the app to publish; ``view`` is None if it never did."""
        user = self.person(request.query_params.get("user"))
        watcher = self.workspace.hub.watch(user["id"])
        try:
            self._open_tab(user, "home")
            if self.workspace.delivery.connections:
                await asyncio.wait_for(_until_home(watcher.queue), HOME_SECONDS)
        except TimeoutError:
            fresh = False
        else:
            fresh = bool(self.workspace.delivery.connections)
        finally:
            self.workspace.hub.leave(watcher)
        return {"view": self.workspace.store.get("home", user["id"]), "fresh": fresh}

    def _open_tab(self, user: JsonObject, tab: str) -> None:
        event: JsonObject = {
            "type": "app_home_opened",
            "user": user["id"],
            "channel": f"D_{user['id']}",
            "tab": tab,
            "event_ts": self.workspace.stamp(),
        }
        published = self.workspace.store.get("home", user["id"])
        if published is not None and tab == "home":
            event["view"] = modals.shown(published)
        self.workspace.emit(event)

    async def stop(self, request: Request) -> JsonObject:
        """Press Stop on a running answer: the bot hears ``agent_session_stopped``."""
        body = await read_body(request)
        user = self.person(body.get("user"))
        channel, thread_ts = self.entered(body.get("channel"), user), str(body.get("thread_ts") or "")
        running = [
            message["ts"]
            for message in self.workspace.store.messages(channel["id"], thread_ts)
            if message.get("stream") and not message["stream"]["stopped"]
        ]
        event: JsonObject = {"type": "agent_session_stopped", "channel": channel["id"], "thread_ts": thread_ts}
        stamp = self.workspace.stamp()
        self.workspace.emit({**event, "user": user["id"], "streaming_message_ts": running, "event_ts": stamp}, channel)
        return {"ok": True}

    async def faults(self, request: Request) -> JsonObject:
        """Make the next calls of a Web API method fail."""
        self.workspace.faults.plan(await read_body(request))
        return {"ok": True}

    async def account(self, request: Request) -> JsonObject:
        """Deactivate somebody or make a guest of them, or take it back: ``deleted`` and ``is_restricted``."""
        body = await read_body(request)
        user = self.person(body.get("user"))
        flags: JsonObject = {name: bool(body[name]) for name in ("deleted", "is_restricted") if name in body}
        self.workspace.store.put("user", user["id"], {**user, **flags})
        return {"ok": True}

    async def disconnect(self, request: Request) -> JsonObject:
        """Ask the app's sockets to reconnect, as Slack does now and then."""
        reason = str((await read_body(request)).get("reason") or "refresh_requested")
        return {"ok": True, "sockets": self.workspace.delivery.ask_to_reconnect(reason)}


async def _until_home(queue: asyncio.Queue[JsonObject | None]) -> None:
    while True:
        change = await queue.get()
        if change is None or change["kind"] == "home":
            return


def base_url(request: Request) -> str:
    """Where this server was reached."""
    return f"{request.url.scheme}://{request.headers['host']}"


def control_routes(workspace: Workspace) -> list[Route]:
    """Every control call."""
    control = Control(workspace)
    reading = {
        "users": control.users,
        "channels": control.channels,
        "messages": control.messages,
        "state": control.state,
        "about": control.about,
        "views": control.views,
        "home": control.home,
    }
    acting = {
        "say": control.say,
        "edit": control.edit,
        "delete": control.delete,
        "click": control.click,
        "submit": control.submit,
        "close": control.close,
        "react": control.react,
        "open": control.opened,
        "stop": control.stop,
        "faults": control.faults,
        "account": control.account,
        "disconnect": control.disconnect,
    }
    return [
        *(Route(f"/api/sandbox/{name}", answering(call), methods=["GET"]) for name, call in reading.items()),
        *(Route(f"/api/sandbox/{name}", answering(call), methods=["POST"]) for name, call in acting.items()),
    ]
