"""The sample chain that the demo runs on: the day it is laid out for, its mirror, and the shop that plays it on.

``python -m agent.sample`` lays it out once for the whole installation, so that a demo in an empty folder copies it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from agent.clock import FixedClock, SystemClock
from agent.commands.data import SAMPLE_ZONE, load_the_sample
from agent.failures import explain
from agent.log import configure_logging
from agent.settings import read_settings
from agent.wiring import Application
from tools.context import Clock

if TYPE_CHECKING:
    from connectors.base import Reader
    from connectors.mirror.open import Mirror
    from connectors.sandbox.sample.feed import SampleFeed
    from connectors.sandbox.square.pos import StandInPos

READ_TOKEN = "sandbox-read"  # noqa: S105 accepted by the stand-in alone
WRITE_TOKEN = "sandbox-write"  # noqa: S105 accepted by the stand-in alone

_LONGEST_REUSE = timedelta(days=30)


def sample_day(home: Path, prepared: Path, day: date, *, forced: bool) -> date:
    """The day the sample is laid out for: the one it has, while the stand-in POS can still play on from there.

    A folder without a mirror gets a copy of the ``prepared`` one, which was laid out at installation, if its day will
    do. ``forced`` says that only ``day`` itself will.
    """
    from connectors.sandbox.sample.prepared import copy_prepared, loaded_day

    def will_do(known: date | None) -> bool:
        return known is not None and timedelta(0) <= day - known <= (timedelta(0) if forced else _LONGEST_REUSE)

    if will_do(loaded_day(prepared)):
        copy_prepared(prepared, home)
    known = loaded_day(home)
    return known if known is not None and will_do(known) else day


def opening(day: date) -> datetime:
    """The first instant of ``day`` in the sample's zone."""
    return datetime.combine(day, time(), SAMPLE_ZONE)


def open_shop(home: Path, clock: Clock, day: date) -> tuple[SampleFeed, StandInPos]:
    """The stand-in POS of a folder with the sample, and the feed it sells from; a new one begins at ``day``."""
    from connectors.sandbox.sample.feed import SampleFeed
    from connectors.sandbox.sample.prepared import shop_file
    from connectors.sandbox.square.pos import StandInPos

    feed = SampleFeed(home)
    shop = StandInPos(
        shop_file(home),
        feed,
        clock,
        starts_at=opening(day),
        read_token=SecretStr(READ_TOKEN),
        write_token=SecretStr(WRITE_TOKEN),
    )
    return feed, shop


def take_over(mirror: Mirror, readers: Iterable[Reader], day: date) -> None:
    """Let the first pull of each connection go on where the sample ends: what it loaded need not come once more."""
    from connectors.mirror.sync import offered, stored_cursor
    from connectors.mirror.writer import Batch

    # The stand-in's own catalogue is stamped with the first instant of the day it was laid out for.
    at = opening(day).astimezone(UTC) + timedelta(seconds=1)
    writer = mirror.writer
    if writer is None:
        return
    taken = [
        writer.submit(Batch(cursor=(reader.connection, entity, reader.caught_up(entity, at), at)))
        for reader in readers
        for entity in offered(reader)
        if stored_cursor(mirror, reader.connection, entity) is None
    ]
    for one in taken:
        one.result()


def prepare(home: Path, day: date) -> None:
    """Lay the sample out in ``home``: its mirror as of ``day``, its feed and its shop.

    Raises:
        ConnectorError: the source is not installed.
    """
    from connectors.sandbox.sample.prepared import forget_shop

    clock = FixedClock(opening(day))

    def furnish() -> None:
        forget_shop(home)
        feed, shop = open_shop(home, clock, day)
        shop.close()
        feed.close()

    application = Application(read_settings(home=home), clock, write=True)
    try:
        load_the_sample(application, day, furnish)
    finally:
        application.close()


if __name__ == "__main__":
    from connectors.sandbox.sample.prepared import prepared_home

    configure_logging("console", "warning")
    today = SystemClock().now().astimezone(SAMPLE_ZONE).date()
    print(f"The demo's sample for {today} is being laid out: real sales of 2017, moved to today's calendar.")  # noqa: T201
    try:
        prepare(prepared_home(), today)
    except Exception as error:  # noqa: BLE001 the last line before a person: no traceback may pass
        sys.exit(f"floorwalker: {explain(error).user_message}")
