"""What the conformance suite needs of every platform: a stand-in behind real HTTP, and the connector that talks to it.

One module of this folder per platform has ``open_rig``; ``open_rigs.py`` lists them. All stand-ins are filled from
the same small shop (``shop.py``), so the suite can speak of its products, stores and people by their ids there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from connectors.base import Reader, Writer
from connectors.http import Policy, Secret
from connectors.sandbox.standin.faults import Faults
from connectors.sandbox.standin.happenings import StandIn
from tests.support.platforms.shop import Shop, TurnedClock

QUICK = Policy(attempts=4, base=0.01, cap=0.05, deadline=15.0, connect_timeout=2.0, read_timeout=1.5, write_timeout=1.5)
"""Patience that a test can afford, and a busy machine does not exhaust."""

HANG_SECONDS = 0.2
"""How long a stand-in that says nothing stays silent before it hangs up, which leaves the caller as much in the dark as
its own patience running out; ``LONG_SILENCE`` outlasts that patience."""

LONG_SILENCE = 2.0

PSEUDONYM_KEY = Secret("conformance")
WEBHOOK_KEY = Secret("webhook-signing-key")


class ReaderMaker(Protocol):
    """Constructs a reader of the stand-in; keyword arguments override what the rig would give."""

    def __call__(self, **overrides: Any) -> Reader: ...


class WriterMaker(Protocol):
    """Constructs a writer of the stand-in over a reader."""

    def __call__(self, reader: Reader, **overrides: Any) -> Writer: ...


@dataclass
class Rig:
    """One platform under test.

    ``small_pages`` are reader overrides that make every feed need several pages. ``operations`` maps the suite's
    words to the stand-in's operation names for faults: ``read_`` with the value of an ``Entity``, ``write_`` with
    that of an ``ActionKind``; a word that is missing means that the platform does not have it. ``bad_token`` are
    overrides that make the platform refuse. ``signed`` makes a webhook of a ``Happening.event``; None where the
    platform sends none, and ``signs_body`` is false where its signature is a static token that says nothing about
    the body; ``sells_by_weight`` is false where quantities are whole pieces, whatever is sold. ``external`` turns
    ids of the shop into the platform's: keys ``store``, ``variant``, ``employee``, ``supplier``.
    """

    platform: str
    pos: StandIn
    shop: Shop
    clock: TurnedClock
    faults: Faults
    base_url: str
    reader: ReaderMaker
    writer: WriterMaker
    operations: Mapping[str, str]
    small_pages: Mapping[str, Any] = field(default_factory=dict)
    bad_token: Mapping[str, Any] = field(default_factory=dict)
    external: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    signed: SignedDelivery | None = None
    signs_body: bool = True
    sells_by_weight: bool = True


class SignedDelivery(Protocol):
    """A webhook as the platform would deliver it: header names in lower case, and the raw body."""

    def __call__(self, event: Any, url: str) -> tuple[Mapping[str, str], bytes]: ...
