"""What was proposed: which changes wait for a decision, and what became of the others. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Literal, Protocol

from pydantic import Field

from tools.context import ToolContext
from tools.directory import Store
from tools.errors import NoDataError
from tools.registry import Arguments, tool
from tools.result import Provenance, Table, TableColumn, ToolResult
from tools.stores import StoreSet, resolve_stores
from tools.wording import counted, moment, money

PROPOSED = "proposed"
"""The name of a ``ProposedPort`` among a context's extras."""

Status = Literal["waiting", "carried_out", "failed", "unclear", "rejected", "expired", "all"]
Whose = Literal["everyone", "me"]
About = Literal["prices", "orders", "transfers", "stock", "shifts", "promotions", "tasks"]

_MOST = 50
_SHOWN = 5
_SAID = {
    "waiting": "waiting for a decision",
    "carried_out": "carried out",
    "failed": "that failed",
    "unclear": "whose outcome is not known",
    "rejected": "turned down or withdrawn",
    "expired": "that expired or were replaced",
    "all": "of any state",
}
_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "prices": ("price_change", "price_list"),
        "orders": ("purchase_order_draft",),
        "transfers": ("transfer",),
        "stock": ("stock_adjust", "stock_count"),
        "shifts": ("shift_draft", "shift_publish"),
        "promotions": ("promotion_create", "promotion_end"),
        "tasks": ("store_task", "count_task"),
    }
)
"""What a proposal can be about, and the kinds of change that are."""
_NAMED: Mapping[str, str] = MappingProxyType(
    {
        "prices": "of price changes",
        "orders": "of purchase orders",
        "transfers": "of transfers",
        "stock": "of counts and stock adjustments",
        "shifts": "of shifts",
        "promotions": "of promotions",
        "tasks": "of tasks",
    }
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it stands. ``values`` are label, before, after and unit of what changes; instants are UTC.

    ``status`` is the stored one; ``state`` is its word among those of the tool. Names are those of people.
    """

    id: str
    store_id: str
    title: str
    subject: str
    values: tuple[tuple[str, str, str, str], ...]
    notes: tuple[str, ...]
    status: str
    state: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    decided_by: str = ""
    message: str = ""


class ProposedPort(Protocol):
    """Looking at proposals; deciding one is not reachable from here."""

    def proposed(
        self, store_ids: Sequence[str], state: str, *, by: str = "", kinds: Sequence[str] = (), limit: int
    ) -> Sequence[Proposed]:
        """Those of these stores in that state (``all`` for every), newest first.

        With ``by`` only one person's, with ``kinds`` only such changes.
        """
        ...


class ListProposalsArguments(Arguments):
    """Arguments of ``list_proposals``."""

    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words; left out, the channel's."
    )
    status: Status = Field(default="waiting", description="waiting unless the asker wants what became of others.")
    whose: Whose = Field(default="everyone", description="me: only what the asker proposed.")
    about: About | None = Field(default=None, description="Only such changes; left out, all of them.")


@tool()
def list_proposals(arguments: ListProposalsArguments, context: ToolContext) -> ToolResult:
    """Proposed changes: what waits for approval, by whom and until when, and what became of earlier ones.

    Use it for “what is waiting for approval”, “which of my proposals were rejected”, “open proposals at Harbor Point”,
    “which transfers await approval” (about: transfers).
    It approves, rejects and changes nothing: only a person does, on the card.
    """
    port: ProposedPort | None = context.extras.get(PROPOSED)
    if port is None:
        raise NoDataError("There are no proposals here: no point of sale is connected.")
    chosen = resolve_stores(arguments.stores, context)
    stores = {store.store_id: store for store in chosen.stores}
    by = context.scope.user_id if arguments.whose == "me" else ""
    kinds = _KINDS[arguments.about] if arguments.about else ()
    found = port.proposed(list(stores), arguments.status, by=by, kinds=kinds, limit=_MOST + 1)
    headline = _headline(found[:_MOST], arguments, chosen, more=len(found) > _MOST)
    snapshot = context.mirror.snapshot()
    waiting = any(one.state == "waiting" for one in found)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *(_sentence(one, stores[one.store_id]) for one in found[:_SHOWN])]),
        table=_table(found[:_MOST], stores) if found else None,
        caveats=("A change is decided on its card or on the app’s Home tab; I cannot decide it.",) if waiting else (),
        provenance=Provenance(stores=tuple(sorted(stores)), snapshot=snapshot.version, as_of=context.clock.now()),
    )


def _headline(found: Sequence[Proposed], arguments: ListProposalsArguments, chosen: StoreSet, *, more: bool) -> str:
    said = _SAID[arguments.status]
    whose = " of yours" if arguments.whose == "me" else ""
    whose += f" {_NAMED[arguments.about]}" if arguments.about else ""
    if not found:
        return f"No proposals{whose} {said}, {chosen.label}."
    number = f"More than {counted(len(found), 'proposal')}" if more else counted(len(found), "proposal")
    newest = f"; these are the newest {len(found)}" if more else ""
    return f"{number}{whose} {said}, {chosen.label}{newest}."


def _sentence(one: Proposed, store: Store) -> str:
    until = f", until {moment(one.expires_at, store.timezone)}" if one.state == "waiting" else ""
    became = f": {one.message.rstrip('.')}" if one.message and one.state in ("failed", "unclear") else ""
    return f"{one.title}, {one.subject} at {store.name}, {_change(one)}: {_state(one)}{until}{became}."


def _state(one: Proposed) -> str:
    by = f" by {one.decided_by}" if one.decided_by and one.state in ("carried_out", "rejected") else ""
    approved = "approved and " if one.state == "carried_out" else ""
    words = {
        "waiting": "waiting",
        "carried_out": "undone" if one.status == "undone" else "carried out",
        "failed": "failed",
        "unclear": "outcome not known",
        "rejected": "withdrawn" if one.status == "cancelled" else "rejected",
        "expired": "replaced" if one.status == "superseded" else "expired",
    }
    word = words.get(one.state, "being carried out")
    return f"{approved if by else ''}{word}{by}"


def _change(one: Proposed) -> str:
    said = [
        f"{_shown(before, unit)} to {_shown(after, unit)}" if before else _shown(after, unit)
        for _, before, after, unit in one.values
    ]
    return "; ".join(said or one.notes[:2]) or one.title.lower()


def _shown(value: str, unit: str) -> str:
    if len(unit) == 3 and unit.isupper():
        try:
            return money(Decimal(value), unit)
        except InvalidOperation:
            return value
    return value


def _table(found: Sequence[Proposed], stores: Mapping[str, Store]) -> Table:
    columns = ("Proposal", "What", "About", "Change", "Store", "Proposed by", "Proposed", "State")
    rows = [
        (
            one.id,
            one.title,
            one.subject,
            _change(one),
            stores[one.store_id].name,
            one.proposed_by,
            moment(one.proposed_at, stores[one.store_id].timezone),
            _state(one),
        )
        for one in found
    ]
    return Table(tuple(TableColumn(name, "text") for name in columns), rows)
