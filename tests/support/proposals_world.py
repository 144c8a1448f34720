"""A whole proposals machinery in a folder: real databases, real workflows, the ledger POS, and the demo's people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from agent.db.engine import _READING, Database, open_database
from agent.governance.audit import Audit
from agent.identity import Directory
from agent.jobs import Jobs
from agent.proposals.authority import Authority
from agent.proposals.catalogue import Employee, Item, Place, RunningPromotion, Shift, Supplier
from agent.proposals.changes import Changes
from agent.proposals.delegation import Delegations
from agent.proposals.executor import Executor, no_objection
from agent.proposals.kinds.task import OWN_TASKS
from agent.proposals.policy import ProposalSettings
from agent.proposals.service import Proposals
from agent.proposals.store import ProposalStore
from agent.tasks.book import TaskBook
from agent.tasks.writer import TaskLook, TaskWriter
from tests.support.proposals_pos import LedgerPos
from tools.context import Scope
from tools.drafts import PriceChangeDraft

STORES = {
    "S01": "Market Street",
    "S02": "Harbor Point",
    "S03": "Maple Avenue",
    "S04": "Harbor Street",
    "S05": "Station Road",
}
NORTH = ["S01", "S03", "S05"]
MEMBERS: list[dict[str, Any]] = [
    {"user_id": "U_OWNER", "role": "owner", "name": "Olive"},
    {"user_id": "U_DISTRICT", "role": "district_manager", "name": "Dana", "stores": NORTH},
    {"user_id": "U_ANALYST", "role": "analyst", "name": "Ana"},
    *({"user_id": f"U_MANAGER_{s}", "role": "store_manager", "name": f"Manager {s}", "stores": [s]} for s in STORES),
    *({"user_id": f"U_STAFF_{s}", "role": "staff", "name": f"Staff {s}", "stores": [s]} for s in STORES),
]
QUICK = ProposalSettings(reconcile_delays=(0.05, 0.05, 0.05, 0.05))


_COMPILED: dict[Any, Any] = {}
_DIALECTS: dict[str, Any] = {}


def compiled_once(database: Database) -> Database:
    """The same database, whose statements are compiled once for all worlds of a process and those forked from it."""
    # What is compiled is found again by the dialect's identity.
    database.engine.dialect = _DIALECTS.setdefault(database.engine.dialect.name, database.engine.dialect)
    database.engine = database.engine.execution_options(compiled_cache=_COMPILED)
    database._reader = database.engine.execution_options(**{_READING: True})
    return database


@dataclass
class TickingClock:
    """A clock that stands where it is put."""

    at: datetime = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def pass_time(self, **parts: float) -> None:
        self.at += timedelta(**parts)


@dataclass
class ShelfCatalogue:
    """Every variant is sold in every store; ``units`` is what a week sells."""

    units: Decimal = Decimal(10)
    connection: str = "square"
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """The connections of stores that are on another one."""

    def item(self, store_id: str, variant_id: str) -> Item | None:
        if store_id not in STORES or not variant_id.startswith("V"):
            return None
        return Item(
            connection=self.elsewhere.get(store_id, self.connection),
            store_id=store_id,
            store_name=STORES[store_id],
            store_external_id=store_id,
            variant_id=variant_id,
            variant_external_id=variant_id,
            product=f"Oat Milk {variant_id}",
            sku=variant_id[1:],
            currency="USD",
            sold_here=variant_id != "VGONE",
        )

    def place(self, store_id: str) -> Place | None:
        if store_id not in STORES:
            return None
        connection = self.elsewhere.get(store_id, self.connection)
        return Place(store_id, STORES[store_id], connection, store_id, "USD", "America/New_York")

    def stores_of(self, connection: str) -> list[str]:
        return list(STORES)

    def weekly_units(self, store_id: str, variant_id: str, now: datetime) -> Decimal:
        return self.units

    def weekly_net_minor(self, store_id: str, variant_ids: tuple[str, ...], now: datetime) -> int:
        return int(self.units * 399) * max(len(variant_ids), 1)

    def unit_cost(self, store_id: str, variant_id: str, supplier_id: str = "") -> Decimal | None:
        return Decimal("1.20")

    def supplier(self, supplier_id: str) -> Supplier | None:
        return Supplier(supplier_id, "Oatside") if supplier_id == "SUP1" else None

    def employee(self, employee_id: str) -> Employee | None:
        return Employee(employee_id, "Ellis", "S01", "cashier", 1800, True) if employee_id == "E1" else None

    def shift(self, shift_id: str) -> Shift | None:
        if not shift_id.startswith("SHIFT"):
            return None
        start = datetime(2026, 11, 28, 14, tzinfo=UTC)
        return Shift(shift_id, "E1", "Ellis", "S01", start, start + timedelta(hours=8), "draft", 1800)

    def promotion(self, promotion_id: str) -> RunningPromotion | None:
        return RunningPromotion(promotion_id, "Autumn", None) if promotion_id.startswith("PROMO") else None


@dataclass
class World:
    """Everything, opened on one folder. ``launch`` runs workflows here; without it this is a reading process.

    ``beyond`` are further connections, each a reader and writer in one.
    """

    home: Path
    clock: TickingClock = field(default_factory=TickingClock)
    settings: ProposalSettings = QUICK
    faults: tuple[str, ...] = ()
    beyond: Mapping[str, Any] = field(default_factory=dict)
    account: Callable[[str], None] = no_objection

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.database: Database = compiled_once(open_database(f"sqlite:///{self.home / 'operations.sqlite'}"))
        self.directory = Directory(self.database, lambda: list(STORES))
        if not self.directory.members():
            self.directory.replace_members(MEMBERS)
        self.pos = self.open_pos()
        self.changes = Changes()
        self.audit = Audit(self.database, self.home / "audit-head.json")
        self.store = ProposalStore(self.database, self.clock, self.audit, self.changes)
        self.jobs = self.open_jobs()
        self.delegations = Delegations(self.database, self.clock, self.directory, self.audit)
        self.authority = Authority(self.directory, self.delegations, self.settings)
        self.tasks = self.open_tasks()
        self.book = TaskBook(self.database, self.directory, self.store)
        writers = {"square": self.pos, OWN_TASKS: self.tasks, **self.beyond}
        self.executor = Executor(
            self.store, self.clock, self.authority, lambda: writers, self.jobs, self.settings, self.account
        )
        self.catalogue = ShelfCatalogue()
        self.proposals = Proposals(
            self.store,
            self.clock,
            self.directory,
            {"square": self.pos, OWN_TASKS: TaskLook(self.database), **self.beyond},
            self.catalogue,
            self.settings,
            self.executor,
            self.authority,
        )

    def open_pos(self) -> Any:
        return LedgerPos(self.home / "pos.sqlite", faults=self.faults)

    def open_tasks(self) -> TaskWriter:
        return TaskWriter(self.database, self.clock)

    def open_jobs(self) -> Jobs:
        return Jobs(self.home)

    def launch(self) -> None:
        assert self.jobs.launch()
        self.proposals.resume()

    def scope(self, user_id: str, thread_id: str = "T1") -> Scope:
        return self.directory.scope_for(user_id, thread_id=thread_id)

    def propose(
        self,
        user_id: str = "U_OWNER",
        store: str = "S01",
        variant: str = "V1",
        live: str = "3.99",
        call: str = "",
        **draft: Any,
    ) -> str:
        """A pending 15 % markdown of ``live`` unless ``draft`` says otherwise; gives its id."""
        if not self.pos.price(variant, store):
            self.pos.set_price(variant, store, live)
        wanted = {"percent": Decimal(-15), "price": None, "until": None, "reason": "slow", **draft}
        receipt = self.proposals.propose(
            PriceChangeDraft(variant, store, **wanted), self.scope(user_id), tool_call_id=call
        )
        return receipt.proposal_id

    def close(self) -> None:
        self.jobs.close()
        self.changes.close()
        self.database.close()
