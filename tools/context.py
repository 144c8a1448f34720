"""Who asks, what they may see, and the ports a tool reaches the world through.

A ``Scope`` is made from the session by ``agent.identity``; nothing a model writes can widen it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from connectors.mirror.rows import ResultSet, Snapshot


class Role(StrEnum):
    """What a member is."""

    OWNER = "owner"
    DISTRICT_MANAGER = "district_manager"
    ANALYST = "analyst"
    STORE_MANAGER = "store_manager"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks and which stores they may see.

    ``store_ids`` is everything the person may see, sorted. ``default_store_ids`` is what a question means that names
    no store: the stores of the channel it was asked in, else all of ``store_ids``; always a subset of ``store_ids``.
    """

    user_id: str
    role: Role
    store_ids: tuple[str, ...]
    default_store_ids: tuple[str, ...] = ()
    thread_id: str = ""
    channel_id: str = ""


class Clock(Protocol):
    """Where "now" comes from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class MirrorPort(Protocol):
    """Reading the mirror; ``connectors.mirror.reader.MirrorReader`` is one."""

    def query(
        self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0
    ) -> ResultSet:
        """Run one SELECT on a fresh cursor and fetch everything; parameters are ``$name`` or ``?``."""
        ...

    def snapshot(self) -> Snapshot:
        """Which state of the data this is, and how fresh each source is."""
        ...


@dataclass(frozen=True, slots=True)
class PriceChangeDraft:
    """A price change as a person described it, resolved to ids. Exactly one of ``percent`` and ``price`` is set.

    ``percent`` is signed (-15 marks down by 15 %). ``price`` is the new price in major units. ``until`` is the last
    instant of a temporary price, or None for a lasting one.
    """

    variant_id: str
    store_id: str
    percent: Decimal | None
    price: Decimal | None
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ProposalReceipt:
    """A stored proposal, as the tool may speak of it. Money is decimal strings in major units."""

    proposal_id: str
    status: str
    store_id: str
    product: str
    before: str
    after: str
    currency: str
    expires_at: datetime
    already_existed: bool = False


class ProposalPort(Protocol):
    """Filing a proposal; deciding and executing are not reachable from here."""

    def propose_price_change(self, draft: PriceChangeDraft, scope: Scope, *, tool_call_id: str) -> ProposalReceipt:
        """Read the live price, store a pending proposal and return it. Nothing is written to the POS.

        Raises:
            tools.errors.ToolError: the product is not on sale there, the price is out of bounds, or the POS did not
                answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class ToolContext:
    """Everything a tool is given besides its arguments."""

    scope: Scope
    mirror: MirrorPort
    clock: Clock
    proposals: ProposalPort | None = None
    tool_call_id: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)
