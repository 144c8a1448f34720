"""Events that arrive while a commit is under way go into the next one together.

The server answers in one thread and the inbox commits in another; each change between the two costs more than the work
itself. So there is one hand-over for a group, however many requests wait for it.
"""

from __future__ import annotations

import asyncio

from connectors.webhooks.events import Arrival
from connectors.webhooks.inbox import Inbox


class Gathering:
    """Puts events into ``inbox``; use it from one event loop."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._waiting: list[tuple[Arrival, asyncio.Future[bool]]] = []
        self._committing: asyncio.Task[None] | None = None

    async def put(self, arrival: Arrival) -> bool:
        """Store an event; returns once it is on disk, False when it was there already.

        Raises:
            ConnectorError: it could not be stored.
        """
        stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, stored))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit())
        return await stored

    async def _commit(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting, []
                await self._commit_group(group)
        finally:
            self._committing = None

    async def _commit_group(self, group: list[tuple[Arrival, asyncio.Future[bool]]]) -> None:
        outcome: list[bool] | Exception
        try:
            outcome = await asyncio.wrap_future(self._inbox.put_all([arrival for arrival, _ in group]))
        except Exception as error:  # noqa: BLE001 - it belongs to those who wait, never to this task
            outcome = error
        for number, (_, stored) in enumerate(group):
            # Whoever hung up or waited too long has cancelled it.
            if stored.done():
                continue
            if isinstance(outcome, Exception):
                stored.set_exception(outcome)
            else:
                stored.set_result(outcome[number])
