"""Writes that take several requests: each is sent once, and what was made before is found again, never made twice.

Where no answer came, the object is looked for by the key written into it, and the rest goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from connectors.errors import ConnectorError
from connectors.http import Delivery, WriteReply
from connectors.lightspeed_r.client import LightspeedRClient
from connectors.lightspeed_r.wire import Document, many

_TRIES_AFTER_THE_FIRST = 2
_LONGEST_PAUSE = 5.0

Found = TypeVar("Found")


class StoppedError(Exception):
    """A step did not come through; ``reply`` is what is to be said of the whole."""

    def __init__(self, reply: WriteReply) -> None:
        super().__init__(reply.delivery.value)
        self.reply = reply


class Steps:
    """Sends the requests of one action in order.

    ``harmless``: what the first requests make has no effect by itself, so a refusal later on is a refusal of it all.
    """

    def __init__(self, client: LightspeedRClient, *, harmless: bool = False) -> None:
        self._client = client
        self._harmless = harmless
        self._begun = False

    def look(self, read: Callable[[], Found]) -> Found:
        """Read on the way.

        Raises:
            StoppedError: it could not be read.
        """
        try:
            return read()
        except ConnectorError as error:
            raise StoppedError(self._broken_off()) from error

    def create(
        self,
        path: str,
        body: Mapping[str, Any],
        find: Callable[[], Document | None],
        *,
        name: str = "",
        cost: float = 1.0,
        method: str = "POST",
    ) -> Document:
        """Make one object, or change it; ``find`` looks for it where no answer came.

        Raises:
            StoppedError: it was not made, or nobody knows.
        """
        reply = self._sent(method, path, body, cost)
        if reply.accepted:
            self._begun = True
            named = name or path.rpartition("/")[2]
            made = many(reply.body.get(named)) if isinstance(reply.body, Mapping) else []
            return made[0] if made else {}
        if reply.delivery is Delivery.UNKNOWN:
            self._begun = True
            found = self.look(find)
            if found is not None:
                return found
        raise StoppedError(reply if self._harmless or not self._begun else self._broken_off(reply))

    def _sent(self, method: str, path: str, body: Mapping[str, Any], cost: float) -> WriteReply:
        """Send; again where it surely had no effect and something was made already."""
        reply = self._write(method, path, body, cost)
        for _ in range(_TRIES_AFTER_THE_FIRST if self._begun else 0):
            if reply.status != 429 and reply.delivery is not Delivery.NOT_SENT:
                break
            self._client.pause(min(reply.retry_after or 1.0, _LONGEST_PAUSE))
            reply = self._write(method, path, body, cost)
        return reply

    def _write(self, method: str, path: str, body: Mapping[str, Any], cost: float) -> WriteReply:
        try:
            return self._client.write(method, path, body, cost=cost)
        except ConnectorError as error:
            if self._begun:
                raise StoppedError(self._broken_off()) from error
            raise

    def _broken_off(self, reply: WriteReply | None = None) -> WriteReply:
        if not self._begun:
            return WriteReply(Delivery.NOT_SENT)
        return WriteReply(Delivery.UNKNOWN, reply.status if reply else 0, None, reply.codes if reply else ())


def single(client: LightspeedRClient, request: Mapping[str, Any]) -> WriteReply:
    """Send the only request of a preview."""
    return client.write(str(request["method"]), str(request["path"]), request["body"])
