"""The stand-in workspace: members, channels, messages, and what follows from changing them.

Every change is stored, told to the app as events and to the pages as live updates, in that order and at once.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from connectors.sandbox.workspace.delivery import Delivery
from connectors.sandbox.workspace.events import changed_event, deleted_event, event_envelope, message_events
from connectors.sandbox.workspace.faults import Faults
from connectors.sandbox.workspace.hub import Hub
from connectors.sandbox.workspace.seed import SeedUser, WorkspaceSeed
from connectors.sandbox.workspace.store import Store
from connectors.sandbox.workspace.triggers import Triggers
from connectors.sandbox.workspace.wire import JsonObject, SlackError

STATUS_SECONDS = 120


def system_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class Workspace:
    """State and its rules; the HTTP, socket and control faces are built around one of these.

    Args:
        path: The SQLite file; made when it is not there.
        seed: Who and what exists. Seeded people are rewritten on every opening, messages are kept.
        now: The clock that stamps messages (aware UTC).
    """

    def __init__(self, path: Path, seed: WorkspaceSeed, now: Callable[[], datetime] = system_now) -> None:
        self.seed = seed
        self.store = Store(path)
        self.hub = Hub()
        self.delivery = Delivery(self.store)
        self.triggers = Triggers()
        self.faults = Faults()
        self._now = now
        self._stamp_lock = threading.Lock()
        self._last_stamp = _micros(self.store.last_ts())
        self._statuses: dict[tuple[str, str], tuple[float, JsonObject]] = {}
        self._seed()

    def close(self) -> None:
        """End live streams and close the file."""
        self.hub.close()
        self.store.close()

    def _seed(self) -> None:
        seed = self.seed
        bot = SeedUser(seed.bot.user_id, seed.bot.name, seed.bot.name, is_bot=True)
        with self.store.transaction():
            for user in (*(user for user in seed.users if user.id != bot.id), bot):
                self.store.put("user", user.id, asdict(user))
                if not user.is_bot:
                    self._seed_channel(f"D_{user.id}", "", "", (user.id, bot.id), im_user=user.id)
            for channel in seed.channels:
                self._seed_channel(channel.id, channel.name, channel.topic, channel.members)

    def _seed_channel(
        self, channel_id: str, name: str, topic: str, members: tuple[str, ...], im_user: str | None = None
    ) -> None:
        known = self.store.get("channel", channel_id) or {"members": [], "created": int(self._now().timestamp())}
        joined = known["members"] + [member for member in members if member not in known["members"]]
        doc = {**known, "id": channel_id, "name": name, "topic": topic, "members": joined, "is_im": im_user is not None}
        self.store.put("channel", channel_id, {**doc, "user": im_user})

    # who and where

    def user(self, user_id: str) -> JsonObject | None:
        """A member, or None."""
        return self.store.get("user", user_id)

    def channel(self, channel_id: str) -> JsonObject:
        """A channel or DM as the Web API finds it: by id, ``#name``, or the user id of a DM.

        Raises:
            SlackError: ``channel_not_found``.
        """
        wanted = channel_id.removeprefix("#")
        found = self.store.get("channel", wanted) or self.store.get("channel", f"D_{wanted}")
        if found is None:
            found = next((channel for channel in self.store.all("channel") if channel["name"] == wanted), None)
        if not wanted or found is None:
            raise SlackError("channel_not_found")
        return found

    def bot_channel(self, channel_id: str) -> JsonObject:
        """A channel the bot may post to.

        Raises:
            SlackError: ``channel_not_found`` or ``not_in_channel``.
        """
        channel = self.channel(channel_id)
        if self.seed.bot.user_id not in channel["members"]:
            raise SlackError("not_in_channel")
        return channel

    def join(self, channel: JsonObject, user_id: str) -> JsonObject:
        """Add a member; the app hears ``member_joined_channel``."""
        if user_id in channel["members"]:
            return channel
        channel = {**channel, "members": [*channel["members"], user_id]}
        with self.store.transaction():
            self.store.put("channel", channel["id"], channel)
            self.emit(
                {
                    "type": "member_joined_channel",
                    "user": user_id,
                    "channel": channel["id"],
                    "channel_type": "C",
                    "team": self.seed.team.id,
                    "event_ts": self.stamp(),
                },
                channel,
            )
        self.hub.publish({"kind": "channels", "users": [user_id]})
        return channel

    # time

    def stamp(self) -> str:
        """A message stamp: later than every stamp before it, this process's and the file's."""
        with self._stamp_lock:
            micros = max(int(self._now().timestamp() * 1_000_000), self._last_stamp + 1)
            self._last_stamp = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    # events

    def emit(self, event: JsonObject, channel: JsonObject | None = None) -> None:
        """Send the app an event, if it is in the channel concerned."""
        if channel is None or self.seed.bot.user_id in channel["members"]:
            self.delivery.post(event_envelope(self.seed, event))

    def tell(self, kind: str, channel: JsonObject, **fields: object) -> None:
        """Tell the pages of a channel's members."""
        self.hub.publish({"kind": kind, "users": channel["members"], "channel": channel["id"], **fields})

    # messages

    def find(self, channel: JsonObject, ts: str) -> JsonObject:
        """A message everybody in the channel can see.

        Raises:
            SlackError: ``message_not_found``.
        """
        message = self.store.message(channel["id"], ts)
        if message is None or message.get("ephemeral_to"):
            raise SlackError("message_not_found")
        return message

    def post(self, channel: JsonObject, message: JsonObject, *, silent: bool = False) -> JsonObject:
        """Store a new message, stamp it, count it on its root, and tell everyone.

        Args:
            channel: Where.
            message: Everything but ``ts``; ``thread_ts`` makes it a reply.
            silent: Keep it from the app's events (a stream is announced when it stops).
        """
        message = {"type": "message", **message, "ts": self.stamp(), "team": self.seed.team.id}
        with self.store.transaction():
            self.store.put_message(channel["id"], message)
            root = self._count_reply(channel, message)
            if not silent:
                for event in message_events(self.seed, channel, message):
                    self.emit(event, channel)
        self.tell("message", channel, message=message)
        if root is not None:
            self.tell("message", channel, message=root)
        if message.get("bot_id"):
            self.set_status(channel, message.get("thread_ts") or message["ts"], "", [])
        return message

    def _count_reply(self, channel: JsonObject, message: JsonObject) -> JsonObject | None:
        root_ts = message.get("thread_ts")
        root = self.store.message(channel["id"], root_ts) if root_ts else None
        if root is None:
            return None
        people = root.get("reply_users", [])
        author = message.get("user")
        root |= {
            "thread_ts": root_ts,
            "reply_count": root.get("reply_count", 0) + 1,
            "latest_reply": message["ts"],
            "reply_users": people if author in people else [*people, author],
        }
        self.store.put_message(channel["id"], root)
        return root

    def change(self, channel: JsonObject, before: JsonObject, after: JsonObject, *, silent: bool = False) -> None:
        """Replace a message's content; the app hears ``message_changed`` unless silent."""
        private = after.pop("ephemeral_to", None)
        with self.store.transaction():
            self.store.put_message(channel["id"], after, private)
            if not silent and not private:
                self.emit(changed_event(channel, before, after, self.stamp()), channel)
        self._tell_message(channel, after, private)

    def delete(self, channel: JsonObject, message: JsonObject) -> None:
        """Remove a message and take it off its root's count."""
        with self.store.transaction():
            self.store.delete_message(channel["id"], message["ts"])
            root_ts = message.get("thread_ts")
            root = self.store.message(channel["id"], root_ts) if root_ts and root_ts != message["ts"] else None
            if root is not None:
                root["reply_count"] = max(root.get("reply_count", 1) - 1, 0)
                self.store.put_message(channel["id"], root)
            if not message.get("ephemeral_to"):
                self.emit(deleted_event(channel, message, self.stamp()), channel)
        self.tell("deleted", channel, ts=message["ts"], thread_ts=message.get("thread_ts"))
        if root is not None:
            self.tell("message", channel, message=root)

    def post_private(self, channel: JsonObject, user_id: str, message: JsonObject) -> JsonObject:
        """Store a message that only one person sees."""
        message = {"type": "message", **message, "ts": self.stamp(), "team": self.seed.team.id}
        self.store.put_message(channel["id"], message, user_id)
        self._tell_message(channel, message, user_id)
        return message

    def _tell_message(self, channel: JsonObject, message: JsonObject, private: str | None) -> None:
        if private is None:
            self.tell("message", channel, message=message)
            return
        shown = {**message, "ephemeral_to": private}
        self.hub.publish({"kind": "message", "users": [private], "channel": channel["id"], "message": shown})

    # status lines ("is reading the figures...")

    def set_status(self, channel: JsonObject, thread_ts: str, status: str, loading: list[str]) -> None:
        """Show or clear what the bot is doing in a thread; gone by itself after two minutes."""
        key = (channel["id"], thread_ts)
        if not status and key not in self._statuses:
            return
        line = {"status": status, "loading_messages": loading, "thread_ts": thread_ts}
        if status:
            self._statuses[key] = (time.monotonic() + STATUS_SECONDS, line)
        else:
            self._statuses.pop(key, None)
        self.tell("status", channel, **line)

    def statuses(self, channel_id: str) -> list[JsonObject]:
        """The status lines a page should show now."""
        live = time.monotonic()
        return [line for (where, _), (until, line) in self._statuses.items() if where == channel_id and until > live]


def new_id(prefix: str) -> str:
    """An id in Slack's manner: a letter and ten capitals or digits."""
    return prefix + secrets.token_hex(5).upper()


def _micros(ts: str | None) -> int:
    return int(ts.replace(".", "")) if ts else 0
