"""A second floorwalker process on the same folder, to be killed or to compete. Arguments: home, what, ids."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from agent.errors import StaleError
from tests.support.proposals_world import World


def main(home: Path, what: str, ids: list[str]) -> None:
    faults = {
        "before_send": ("die_before",),
        "after_send": ("die_after",),
        "looking": ("timeout_before", "die_looking"),
    }
    world = World(home, faults=faults.get(what, ()))
    if what == "approve_all":
        won = stale = 0
        sys.stdin.readline()
        for proposal_id in ids:
            try:
                world.proposals.approve(proposal_id, world.scope("U_OWNER"))
                won += 1
            except StaleError:
                stale += 1
        world.close()
        sys.stdout.write(f"{won} {stale}\n")
        return
    fatal = {"after_begin": "executing", "after_commit": "executed"}.get(what)

    def watch(proposal_id: str) -> None:
        if world.proposals.view(proposal_id).status == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    if fatal:
        world.proposals.subscribe(watch)
    if what != "before_start":
        world.launch()
    world.proposals.approve(ids[0], world.scope("U_OWNER"))
    if what == "before_start":
        os.kill(os.getpid(), signal.SIGKILL)
    world.proposals.wait(ids[0], 20)
    sys.exit("survived")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
