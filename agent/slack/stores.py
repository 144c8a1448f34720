"""Names and time zones of the stores, for answers and cards; read from the mirror, kept a minute."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tools.context import MirrorPort

_KEEP_SECONDS = 60.0
_SQL = "SELECT store_id, name, timezone FROM store ORDER BY store_id"


@dataclass(frozen=True, slots=True)
class StoreLabel:
    """A store as people call it. ``time_zone`` is an IANA name."""

    store_id: str
    name: str
    time_zone: str

    def local(self, instant: datetime) -> datetime:
        """The instant on the store's wall clock."""
        return instant.astimezone(ZoneInfo(self.time_zone))


class StoreBook:
    """The stores by id."""

    def __init__(self, mirror: MirrorPort) -> None:
        self._mirror = mirror
        self._lock = threading.Lock()
        self._labels: Mapping[str, StoreLabel] = {}
        self._read_at = float("-inf")

    def labels(self) -> Mapping[str, StoreLabel]:
        """Every store of the mirror by id; empty before the first load."""
        with self._lock:
            if time.monotonic() - self._read_at > _KEEP_SECONDS:
                rows = self._mirror.query(_SQL).rows
                self._labels = {str(row[0]): StoreLabel(str(row[0]), str(row[1]), str(row[2])) for row in rows}
                # An empty mirror is asked again at once: it is being filled.
                self._read_at = time.monotonic() if self._labels else float("-inf")
            return self._labels

    def label(self, store_id: str) -> StoreLabel:
        """One store; an unknown one is called by its id, in UTC."""
        return self.labels().get(store_id, StoreLabel(store_id, store_id, "UTC"))
