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
from tests.support.boundaries import plant
from tests.support.drafts_of_every_kind import DRAFTS, stock_up
from tests.support.ledger_shop import LedgerShop
from tests.support.proposals_world import World

PATIENCE_SECONDS = 60.0
"""Within this a restart must have settled or handed over what it found."""


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

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.at is not None:
            plant(self, self.at)
            _plant_steps(self.at)

    def open_pos(self) -> LedgerShop:
        found = LedgerShop(
            self.home / "pos.sqlite",
            manner=self.manner,
            faults=self.faults,
        )
        if self.at is not None:
            found.at = self.at
        return found


def _plant_steps(at: Boundaries) -> None:
    run = agent.jobs._DurableSteps.run

    def counted_run(self: Any, name: str, function: Any, *args: Any, **kwargs: Any) -> Any:
        at(f"step_{name}.before")
        result = run(self, name, function, *args, **kwargs)
        at(f"step_{name}.remembered")
        return result

    agent.jobs._DurableSteps.run = counted_run  # type: ignore[method-assign]


def prepare(home: Path) -> dict[str, str]:
    """File a pending change of every kind; their ids. The workflow database is made too, so that lives begin soon."""
    world = MortalWorld(home)
    stock_up(world.pos)
    scope = world.scope("U_OWNER")
    filed = {
        kind: world.proposals.propose(draft, scope, tool_call_id=kind).proposal_id for kind, draft in DRAFTS.items()
    }
    world.launch()
    world.close()
    return filed


def live(home: Path, proposal_id: str, manner: str, faults: list[str], fatal: tuple[str, int] | None) -> dict[str, Any]:
    """One life: approve if nobody has, then work until the change is settled and told; what it came to."""
    at = Boundaries(fatal)
    began = time.monotonic()
    world = MortalWorld(home, faults=tuple(faults), at=at, manner=manner)
    told = home / "told"

    def tell(one: str) -> None:
        with told.open("a") as file:
            file.write(world.proposals.view(one).status + "\n")

    world.proposals.subscribe(tell)
    world.launch()
    if world.proposals.view(proposal_id).status == Status.PENDING.value:
        world.proposals.approve(proposal_id, world.scope("U_OWNER"))
    while time.monotonic() - began < PATIENCE_SECONDS:
        world.proposals.resume()
        status = world.proposals.view(proposal_id).status
        if status not in WORKING and told.exists() and told.read_text().split()[-1:] == [status]:
            break
        time.sleep(0.02)
    seconds = time.monotonic() - began
    world.jobs.close()
    view = world.proposals.view(proposal_id)
    report = {
        "status": view.status,
        "sha256": view.payload_sha256,
        "payload": view.payload,
        "outcome": view.outcome,
        "events": [event["event"] for event in view.events],
        "effects": world.pos.effects(),
        "told": told.read_text().split() if told.exists() else [],
        "audit": world.audit.verify().ok,
        "seconds": seconds,
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


def _warm_up() -> None:
    """Import and configure everything a life needs, once."""
    with tempfile.TemporaryDirectory() as folder:
        world = MortalWorld(Path(folder))
        stock_up(world.pos)
        for number, draft in enumerate(DRAFTS.values()):
            one = world.proposals.propose(draft, world.scope("U_OWNER"), tool_call_id=f"c{number}")
            world.proposals.view(one.proposal_id)
        world.close()
    gc.freeze()


def main() -> None:
    # Answers go where stdout was; what is logged must not get among them.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _warm_up()
    for line in sys.stdin:
        asked = json.loads(line)
        home = Path(asked["home"])
        if "manner" not in asked:
            reply = _fork(partial(prepare, home))
        else:
            fatal = tuple(asked["fatal"]) if asked["fatal"] else None
            reply = _fork(partial(live, home, asked["proposal_id"], asked["manner"], asked["faults"], fatal))
        answers.write(json.dumps(reply) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
