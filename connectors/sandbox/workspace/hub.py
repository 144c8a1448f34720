"""Live updates: whoever watches the workspace hears of every change, wherever it came from.

Publishing is safe from any thread; each watcher is an asyncio queue on its own loop. A watcher that stops reading is
dropped once its queue is full, and its page reloads when it reconnects.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from connectors.sandbox.workspace.wire import JsonObject

QUEUE_SIZE = 1000


@dataclass(eq=False, slots=True)
class Watcher:
    """One page; ``None`` in the queue means the stream is over."""

    user: str
    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[JsonObject | None] = field(default_factory=lambda: asyncio.Queue(QUEUE_SIZE))

    def offer(self, change: JsonObject | None) -> None:
        """Add a change; a full queue is emptied and ended instead."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            change = None
        self.queue.put_nowait(change)


class Hub:
    """Fans changes out to watchers."""

    def __init__(self) -> None:
        self._watchers: set[Watcher] = set()
        self.closed = False

    def watch(self, user: str) -> Watcher:
        """Start watching as a user; call from the loop that will read the queue."""
        watcher = Watcher(user, asyncio.get_running_loop())
        self._watchers.add(watcher)
        if self.closed:
            watcher.offer(None)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        """Stop watching."""
        self._watchers.discard(watcher)

    def publish(self, change: JsonObject) -> None:
        """Tell every watcher; ``change["users"]``, when given, limits who hears it."""
        users = change.get("users")
        for watcher in list(self._watchers):
            if (users is None or watcher.user in users) and not watcher.loop.is_closed():
                watcher.loop.call_soon_threadsafe(watcher.offer, change)

    def close(self) -> None:
        """End every stream, so that a server can stop without waiting for pages."""
        self.closed = True
        for watcher in list(self._watchers):
            if not watcher.loop.is_closed():
                watcher.loop.call_soon_threadsafe(watcher.offer, None)
