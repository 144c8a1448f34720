"""A process that takes webhooks in and is killed: ``python -m tests.support.webhooks_child FOLDER BASE_URL WHEN``.

``before``: it accepts events and never works on them. ``after``: it is gone, as by SIGKILL, when the mirror has
committed what an event touched and the inbox does not know that yet.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path

from agent.web import WebServer, web_app
from connectors.mirror.open import open_mirror
from connectors.sandbox.square.pos import READ_TOKEN
from connectors.square.reader import SquareReader
from connectors.webhooks.addresses import Door
from connectors.webhooks.endpoint import WebhookEndpoint
from connectors.webhooks.events import Settlement
from connectors.webhooks.inbox import Inbox
from connectors.webhooks.worker import Worker
from tests.support.square_world import TurnedClock
from tests.support.webhooks_world import KEY, URL


class Deadly(Inbox):
    def settle(self, settlements: Sequence[Settlement], at: datetime) -> Future[None]:
        os.kill(os.getpid(), signal.SIGKILL)
        return super().settle(settlements, at)


def main() -> None:
    folder, base_url, when = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    inbox = (Deadly if when == "after" else Inbox)(folder / "inbox.sqlite")
    reader = SquareReader(base_url, READ_TOKEN, "square", webhook_key=KEY)
    server = WebServer(web_app(dict, WebhookEndpoint({"square": Door(reader, URL)}, inbox)), "127.0.0.1", 0)
    server.start()
    if when == "after":
        Worker(inbox, {"square": reader}, open_mirror(folder / "mirror.duckdb"), TurnedClock().now).start()
    sys.stdout.write(f"ready {server.address}\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
