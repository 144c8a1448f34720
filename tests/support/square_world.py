"""A small shop for the stand-in POS, a clock to turn, and a real server on loopback."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

from connectors.http import Policy
from connectors.sandbox.square.app import new_faults, pos_app
from connectors.sandbox.square.pos import READ_TOKEN, WRITE_TOKEN, StandInPos
from connectors.sandbox.standin.control import control_routes
from connectors.sandbox.standin.faults import Faults
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.square.reader import SquareReader
from connectors.square.writer import SquareWriter
from tests.support.loopback import served
from tests.support.platforms.rig import HANG_SECONDS
from tests.support.platforms.shop import START, Basket, Goods, Shop, Sold, TurnedClock

QUICK = Policy(attempts=4, base=0.01, cap=0.05, deadline=10.0, connect_timeout=1.0, read_timeout=1.2, write_timeout=1.2)


@dataclass
class SmallFeed(Shop):
    """The shared shop with a product that has no fixed price, and one that costs more in one store."""

    def catalog(self) -> list[Goods]:
        return [
            Goods("100", "V100", "Oat milk", "100", Decimal("4.50"), {"S02": Decimal("4.75"), "S01": Decimal("4.50")}),
            Goods("200", "V200", "Rye bread", "200", Decimal("3.20")),
            Goods("300", "V300", "Diesel", "300", None, unit_of_measure="gallon"),
        ]


def basket(number: int, minutes: float, store_id: str = "S01", customer: str | None = None) -> Basket:
    lines = (Sold("V100", "Oat milk", Decimal(2), 900, 90), Sold("V200", "Rye bread", Decimal(1), 320))
    return Basket(f"O{number:04d}", store_id, START + timedelta(minutes=minutes), lines, customer=customer)


@dataclass
class PosWorld:
    url: str
    pos: StandInPos
    faults: Faults
    clock: TurnedClock
    feed: SmallFeed

    @property
    def base_url(self) -> str:
        return f"{self.url}/pos"

    @contextlib.contextmanager
    def reader(self, **options: object) -> Iterator[SquareReader]:
        reader = SquareReader(
            self.base_url,
            READ_TOKEN,
            "square",
            policy=QUICK,
            live_policy=QUICK,
            **options,  # type: ignore[arg-type]
        )
        try:
            yield reader
        finally:
            reader.close()

    @contextlib.contextmanager
    def writer(self, reader: SquareReader, policy: Policy = QUICK) -> Iterator[SquareWriter]:
        writer = SquareWriter(self.base_url, WRITE_TOKEN, reader, policy=policy)
        try:
            yield writer
        finally:
            writer.close()


@contextlib.contextmanager
def pos_world(folder: Path, *, webhook: WebhookTarget | None = None) -> Iterator[PosWorld]:
    clock, feed = TurnedClock(), SmallFeed()
    pos = StandInPos(folder / "pos.sqlite", feed, clock, webhook=webhook, hang_seconds=HANG_SECONDS)
    faults = new_faults()
    app = Starlette(routes=[*control_routes(pos, faults), Mount("/pos", app=pos_app(pos, faults))])
    with serving(app) as url:
        yield PosWorld(url, pos, faults, clock, feed)
    pos.close()


@contextlib.contextmanager
def serving(app: object) -> Iterator[str]:
    with served(app, ws="none") as url:
        yield url
