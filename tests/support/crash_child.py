"""A process that forks one life of floorwalker after the other on given folders, each to be killed at one boundary.

It speaks JSON lines. ``prepare`` files pending changes in a folder; ``live`` opens the folder, presses Approve where
that is still to be done, and carries on until the change is settled and told. Forking from a process that has
everything imported makes a life cheap, so that every boundary can have one.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import dbos  # noqa: F401 - imported once, before the forks

import agent.jobs
from agent.proposals.transitions import WORKING, Status
from agent.tasks.writer import TaskWriter
from tests.support import mortal_orders, mortal_receiver
from tests.support.boundaries import plant
from tests.support.crash_cases import CASES, OWN_ORDERS_STORE, SHOP
from tests.support.drafts_of_every_kind import stock_up
from tests.support.ledger_shop import LedgerShop
from tests.support.mortal_orders import MortalOrders
from tests.support.mortal_receiver import MortalReceiver
from tests.support.mortal_tasks import MortalTasks, effects_of
from tests.support.proposals_world import World
from tests.support.standstill import standstill
from tools.drafts import Draft, TransferDraft

PATIENCE_SECONDS = 60.0
"""Within this a restart must have settled or handed over what it found."""

_LONG_SECONDS = 40.0
"""After this a life that is not through tells what it was doing."""


class Boundaries:
    """Counts boundaries by name and dies at the one it was told to."""

    def __init__(self, fatal: tuple[str, int] | None) -> None:
        self.passed: list[str] = []
        self._fatal = fatal
        self._times: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, name: str) -> None:
        with self._lock:
            self.passed.append(name)
            self._times[name] += 1
            if self._fatal == (name, self._times[name]):
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class MortalWorld(World):
    """The proposals of a folder with a boundary around everything that reaches a disk, a POS or a person."""

    at: Any = None
    manner: str = "keys"
    far_end: str = SHOP.name

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.orders: MortalOrders | None = None
        self.receiver: MortalReceiver | None = None
        passed = self.at or _ignored
        match self.far_end:
            case "orders":
                self.orders = MortalOrders(self.home, self.clock, faults=self.faults, at=passed)
                self.beyond = {mortal_orders.CONNECTION: self.orders}
            case "receiver":
                self.receiver = MortalReceiver(self.home, manner=self.manner, faults=self.faults, at=passed)
                self.beyond = {mortal_receiver.CONNECTION: self.receiver}
        super().__post_init__()
        if self.receiver is not None:
            self.receiver.keep_repeats_in(self.database)
        if self.orders is not None:
            self.catalogue.elsewhere = {OWN_ORDERS_STORE: mortal_orders.CONNECTION}
        if self.at is not None:
            plant(self, self.at)
            _plant_steps(self.at)

    def open_pos(self) -> LedgerShop:
        faults = self.faults if self.far_end == SHOP.name else ()
        return LedgerShop(self.home / "pos.sqlite", manner=self.manner, faults=faults, at=self.at or _ignored)

    def open_tasks(self) -> TaskWriter:
        faults = self.faults if self.far_end == "tasks" else ()
        return MortalTasks(self.database, self.clock, faults=faults, at=self.at or _ignored)

    def effects(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Key, kind and change of everything that came to pass at the far end, in order."""
        if self.far_end == "tasks":
            return effects_of(self.home)
        taker = self.orders or self.receiver
        if taker is None:
            self.pos.deliver_late()
            return [(key, kind, change) for key, kind, _thing, change in self.pos.effects()]
        taker.deliver_late()
        return taker.effects()

    def close(self) -> None:
        super().close()
        for taker in (self.orders, self.receiver):
            if taker is not None:
                taker.close()


def _ignored(_boundary: str) -> None:
    return


def _plant_steps(at: Boundaries) -> None:
    run = agent.jobs._DurableSteps.run

    def counted_run(self: Any, name: str, function: Any, *args: Any, **kwargs: Any) -> Any:
        at(f"step_{name}.before")
        result = run(self, name, function, *args, **kwargs)
        at(f"step_{name}.remembered")
        return result

    agent.jobs._DurableSteps.run = counted_run  # type: ignore[method-assign]


def prepare(home: Path, far_end: str) -> dict[str, str]:
    """File a pending change of every kind that goes there; their ids.

    The workflow database is made too, so that lives begin soon.
    """
    world = MortalWorld(home, far_end=far_end)
    stock_up(world.pos)
    if world.orders is not None:
        world.orders.fill()
    filed = {name: _propose(world, name, case.draft) for name, case in CASES.items() if case.far_end.name == far_end}
    world.launch()
    world.close()
    return filed


def _propose(world: MortalWorld, name: str, draft: Draft) -> str:
    """File it for the manager of the store where it is of one store, so that the owner who approves it is another."""
    scope = world.scope("U_OWNER" if isinstance(draft, TransferDraft) else f"U_MANAGER_{draft.store_id}")
    return world.proposals.propose(draft, scope, tool_call_id=name).proposal_id


def live(
    home: Path, far_end: str, proposal_id: str, manner: str, faults: list[str], fatal: tuple[str, int] | None
) -> dict[str, Any]:
    """One life: approve if nobody has, then work until the change is settled and told; what it came to."""
    at = Boundaries(fatal)
    began = time.monotonic()
    world = MortalWorld(home, faults=tuple(faults), at=at, manner=manner, far_end=far_end)
    told = home / "told"

    one_card = threading.Lock()

    def tell(one: str) -> None:
        # As a card is rewritten: one at a time, with what is on record then, so that the last word is never an old one.
        with one_card, told.open("a") as file:
            file.write(world.proposals.view(one).status + "\n")

    world.proposals.subscribe(tell)
    world.launch()
    if world.proposals.view(proposal_id).status == Status.PENDING.value:
        world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    resumed = 0.0
    stuck = ""
    while (now := time.monotonic()) - began < PATIENCE_SECONDS:
        if now - resumed > 0.25:
            world.proposals.resume()
            resumed = time.monotonic()
        if not stuck and now - began > _LONG_SECONDS:
            stuck = standstill(home)
        said = told.read_text().split() if told.exists() else []
        if said and Status(said[-1]) not in WORKING and world.proposals.view(proposal_id).status == said[-1]:
            break
        time.sleep(0.02)
    seconds = time.monotonic() - began
    world.jobs.close()
    view = world.proposals.view(proposal_id)
    report = {
        "status": view.status,
        "kind": view.kind,
        "sha256": view.payload_sha256,
        "payload": view.payload,
        "outcome": view.outcome,
        "events": [event["event"] for event in view.events],
        "effects": world.effects(),
        "told": told.read_text().split() if told.exists() else [],
        "audit": world.audit.verify().ok,
        "seconds": seconds,
        "stuck": stuck,
        "passed": at.passed,
    }
    world.close()
    return report


def _fork(work: Any) -> dict[str, Any]:
    """Do the work in a process of its own; its answer, or the signal that ended it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            with os.fdopen(writing, "w") as out:
                json.dump(work(), out)
            code = 0
        except BaseException:  # noqa: BLE001 - whatever it was must not go on in a copy of the parent
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"signal": os.WTERMSIG(status)}
    return {"answer": json.loads(said)} if os.WEXITSTATUS(status) == 0 else {"failed": said}


class _PlainSteps:
    """Steps that remember nothing: for carrying a change out where nobody dies."""

    def run(self, _name: str, function: Any, *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


def _warm_up() -> None:
    """Import, configure and compile everything a life needs, once."""
    with tempfile.TemporaryDirectory() as folder:
        world = MortalWorld(Path(folder))
        stock_up(world.pos)
        for name, case in CASES.items():
            if case.far_end is SHOP:
                filed = _propose(world, name, case.draft)
                world.proposals.approve(filed, world.scope("U_OWNER"))
                world.executor._run(_PlainSteps(), filed)
                world.proposals.resume()
                world.proposals.view(filed)
        world.audit.verify()
        world.close()
    # A life is too short to look for garbage, and looking would copy what it shares with this process.
    gc.freeze()
    gc.disable()


def main() -> None:
    # Answers go where stdout was; what is logged must not get among them.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _warm_up()
    for line in sys.stdin:
        asked = json.loads(line)
        home = Path(asked["home"])
        if "manner" not in asked:
            reply = _fork(partial(prepare, home, asked["far_end"]))
        else:
            fatal = tuple(asked["fatal"]) if asked["fatal"] else None
            life = partial(live, home, asked["far_end"], asked["proposal_id"])
            reply = _fork(partial(life, asked["manner"], asked["faults"], fatal))
        answers.write(json.dumps(reply) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
