"""A small planted chain for the briefings: a real mirror file, a real operational database, a channel that remembers.

Sales are planted one basket at a time, so that a test knows every total without asking the code under test.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connectors.mirror.apply import Batch
from connectors.mirror.bookkeeping import SourceUpdate
from connectors.mirror.open import Mirror, open_mirror
from connectors.records import Row

NEW_YORK = "America/New_York"


@dataclass(slots=True)
class SteppedClock:
    """A clock that a test moves."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant.astimezone(UTC)


@dataclass(slots=True)
class RememberingChannel:
    """A channel as Slack keeps it: what was posted stays, whatever happens to the process that posted it.

    ``die_after_post`` kills the poster after the message stands; ``die_before_post`` before.
    """

    posts: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    die_before_post: int = 0
    die_after_post: int = 0
    unreadable: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def post_briefing(self, channel_id: str, document: Mapping[str, Any]) -> str:
        with self.lock:
            if self.die_before_post:
                self.die_before_post -= 1
                raise Killed
            ts = f"{1_700_000_000 + len(self.posts)}.000100"
            self.posts.append((channel_id, ts, dict(document)))
            if self.die_after_post:
                self.die_after_post -= 1
                raise Killed
            return ts

    def find_posted(self, channel_id: str, marker: str) -> str | None:
        with self.lock:
            if self.unreadable:
                raise ConnectionError("missing_scope")
            return next(
                (ts for c, ts, document in self.posts if c == channel_id and document["marker"] == marker), None
            )


class Killed(BaseException):
    """The process ends here: nothing below may catch it."""


@dataclass(frozen=True, slots=True)
class ChannelList:
    """Which channels are about one store alone."""

    by_store: Mapping[str, list[str]]

    def channels_of(self, store_id: str) -> list[str]:
        return list(self.by_store.get(store_id, []))


@dataclass(slots=True)
class PlantedChain:
    """Builds rows; ``plant`` writes them."""

    rows: list[Row] = field(default_factory=list)
    serial: int = 0

    def store(self, store_id: str, name: str, timezone: str = NEW_YORK, **more: Any) -> None:
        values = {"store_id": store_id, "name": name, "timezone": timezone, "currency": "USD", **more}
        self.rows.append(Row("store", values))

    def product(self, product_id: str, name: str, department: str) -> None:
        self.rows.append(Row("product", {"product_id": product_id, "name": name, "department": department}))
        self.rows.append(Row("variant", {"variant_id": f"V{product_id}", "product_id": product_id}))

    def basket(
        self,
        store_id: str,
        on: date,
        lines: Sequence[tuple[str, int]],
        *,
        hour: int = 12,
        timezone: str = NEW_YORK,
        cost_share: str | None = None,
    ) -> None:
        """One sale of ``(product id, net minor)`` lines; ``cost_share`` of each net is its cost."""
        self.serial += 1
        sale_id = f"B{self.serial:06d}"
        closed_at = datetime.combine(on, time(hour, self.serial % 60), tzinfo=ZoneInfo(timezone)).astimezone(UTC)
        self.rows.append(
            Row("sale", {"sale_id": sale_id, "store_id": store_id, "closed_at": closed_at, "currency": "USD"})
        )
        for number, (product_id, net) in enumerate(lines, start=1):
            values = {
                "sale_id": sale_id,
                "line_no": number,
                "variant_id": f"V{product_id}",
                "quantity": "1",
                "gross_minor": net,
                "net_minor": net,
            }
            if cost_share is not None:
                values["unit_cost"] = f"{net * int(cost_share) / 10_000:.4f}"
            self.rows.append(Row("sale_line", values))

    def plant(self, path: Path, as_of_at: datetime) -> Mirror:
        """Write everything to a mirror file and leave it open."""
        mirror = open_mirror(path, memory_limit="256MB", threads=1)
        assert mirror.writer is not None
        sources = [
            SourceUpdate("sales", "square", as_of_at, simulated=False, note="planted sales"),
            SourceUpdate("cost", "square", as_of_at, simulated=True, note="costs are simulated"),
        ]
        mirror.writer.submit(Batch(rows=self.rows, sources=sources)).result(timeout=60)
        return mirror
