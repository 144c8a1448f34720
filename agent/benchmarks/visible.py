"""``visible``: how long after something happened in a store a query of the mirror shows it, by its webhook alone.

The stand-in Square of the sample's chain sends the event over HTTP; the endpoint stores it, the worker reads the
touched object over HTTP and writes it to the mirror of 1.2 million lines, rollups included. The baseline is that one
read, which no way of doing this could leave out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median

from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from agent.benchmarks.ground import NOW, TODAY, Ground
from agent.benchmarks.measure import Report, seconds
from agent.benchmarks.serving import serving
from agent.clock import DemoClock
from agent.errors import UnavailableError
from agent.sample import READ_TOKEN, open_shop, take_over
from agent.web import listen, web_app
from connectors.base import Entity
from connectors.mirror.open import Mirror
from connectors.sandbox.sample.world import SEED
from connectors.sandbox.square.app import new_faults, pos_app
from connectors.sandbox.square.pos import StandInPos
from connectors.sandbox.standin.happenings import Happening, WebhookTarget
from connectors.square.reader import SquareReader
from connectors.webhooks.addresses import Door
from connectors.webhooks.endpoint import WebhookEndpoint
from connectors.webhooks.inbox import Inbox
from connectors.webhooks.worker import Worker

_KEY = SecretStr("benchmark")
_STORE = "S01"
_ROUNDS = 12
_LONGEST_WAIT_SECONDS = 30.0
_LOOK_SECONDS = 0.004

_SALE = "SELECT count(*) FROM sale WHERE sale_id = $it"
_RETURNS = "SELECT count(*) FROM sale WHERE store_id = $store AND kind = 'return'"
_STOCK = "SELECT quantity FROM inventory_level WHERE store_id = $store AND variant_id = $it"
_PRICE = "SELECT arg_max(price, valid_from_at) FROM price WHERE store_id = $store AND variant_id = $it"
_ON_DUTY = "SELECT count(*) FROM timecard WHERE employee_id = $it AND clock_out_at IS NULL"


@dataclass(frozen=True, slots=True)
class _Street:
    """The shop, who hears of it, and what the events are about."""

    mirror: Mirror
    shop: StandInPos
    reader: SquareReader
    variant: str
    employee: str

    def events(self, number: int) -> Iterator[tuple[str, Happening, str, str]]:
        """What happens one after the other: its name, the event, and what shows it of which object."""
        here, goods, person = {"store_id": _STORE}, {"variant_id": self.variant}, {"employee_id": self.employee}
        sale = self.shop.sell({**here, "lines": [{**goods, "quantity": 1}]})
        order = str(sale.answer["order_id"])
        yield "sale", sale, _SALE, order
        yield "refund", self.shop.refund({"order_id": order}), _RETURNS, ""
        yield "count", self.shop.recount({**here, **goods, "quantity": 900 + number}), _STOCK, self.variant
        yield "price", self.shop.reprice({**here, **goods, "price_minor": 20_000 + number}), _PRICE, self.variant
        yield "clock-in", self.shop.clock_in({**here, **person}), _ON_DUTY, self.employee
        yield "clock-out", self.shop.clock_out(person), _ON_DUTY, self.employee

    def shown_after(self, event: Happening, sql: str, about: str) -> float:
        """Tell of an event and wait until the query gives something else; seconds.

        Raises:
            UnavailableError: nothing came.
        """
        params = {name: value for name, value in (("store", _STORE), ("it", about)) if f"${name}" in sql}
        before = self.mirror.reader.query(sql, params).rows
        started = time.perf_counter()
        self.shop.tell(event)
        while self.mirror.reader.query(sql, params).rows == before:
            if time.perf_counter() - started > _LONGEST_WAIT_SECONDS:
                raise UnavailableError(f"bench visible: {_LONGEST_WAIT_SECONDS:.0f} s were not enough for {event}.")
            time.sleep(_LOOK_SECONDS)
        return time.perf_counter() - started


def run(ground: Ground, *, rounds: int = _ROUNDS) -> Report:
    """Milliseconds from the event to the first query that shows it, for every kind of event."""
    taken: dict[str, list[float]] = {}
    reads = []
    with _street(ground) as street:
        for number in range(rounds):
            for name, event, sql, about in street.events(number):
                taken.setdefault(name, []).append(street.shown_after(event, sql, about) * 1000)
                if name == "sale":
                    reads.append(seconds(partial(street.reader.fetch, Entity.SALE, [about])) * 1000)
    return {
        "milliseconds": {
            name: {"p50": round(median(times), 1), "max": round(max(times), 1)} for name, times in taken.items()
        },
        "events": sum(len(times) for times in taken.values()),
        "baseline": "one read of an order over HTTP",
        "baseline_p50_ms": round(median(reads), 1),
        "ratio": round(median(taken["sale"]) / median(reads), 1),
    }


@contextmanager
def _street(ground: Ground) -> Iterator[_Street]:
    """The sample's chain with its stand-in Square, whose webhooks are dealt with as they come."""
    mirror, folder = ground.application.mirror, ground.folder / "visible"
    clock = DemoClock(NOW)
    with ExitStack() as stack:
        feed, shop = open_shop(ground.folder / "sample", clock, TODAY)
        stack.callback(feed.close)
        stack.callback(shop.close)
        address = stack.enter_context(serving(Starlette(routes=[Mount("/pos", app=pos_app(shop, new_faults()))])))
        reader = SquareReader(
            f"{address}/pos", SecretStr(READ_TOKEN), "square", pseudonym_key=SecretStr(SEED), webhook_key=_KEY
        )
        stack.callback(reader.close)
        take_over(mirror, [reader], TODAY)
        inbox = Inbox(folder / "inbox.sqlite")
        stack.callback(inbox.close)
        worker = Worker(inbox, {"square": reader}, mirror, clock.now)
        stack.callback(worker.stop)
        # Square signs the address too, so it must be known before anything is listened on.
        listener = listen("127.0.0.1", 0, "port")
        door = Door(reader, f"http://127.0.0.1:{listener.getsockname()[1]}/webhooks/square")
        stack.enter_context(serving(web_app(dict, WebhookEndpoint({"square": door}, inbox)), listener))
        worker.start()
        shop.webhook = WebhookTarget(door.url, _KEY)
        yield _Street(mirror, shop, reader, *_about(mirror))
        shop.webhook = None


def _about(mirror: Mirror) -> tuple[str, str]:
    """The piece sold most often in the store, and somebody who works there and is not on duty."""
    found = mirror.reader.query(
        """SELECT (SELECT r.variant_id FROM store_sku_day r JOIN variant v ON v.variant_id = r.variant_id
            WHERE r.store_id = $store AND v.unit_of_measure = 'each' AND v.active
            GROUP BY r.variant_id ORDER BY sum(r.lines) DESC, r.variant_id LIMIT 1),
          (SELECT min(e.employee_id) FROM employee e ANTI JOIN (SELECT * FROM timecard WHERE clock_out_at IS NULL) t
            ON t.employee_id = e.employee_id WHERE e.store_id = $store AND e.active)""",
        {"store": _STORE},
    ).rows[0]
    return str(found[0]), str(found[1])
