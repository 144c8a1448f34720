"""A second floorwalker process on the same folder that presses Approve. Arguments: home, ``click``, how many people.

For every id it reads it presses with all of them at once, and writes a line with what each was answered.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from agent.errors import StaleError
from tests.support.proposals_world import World


def main(home: Path, people: int) -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is logged must not get among the answers
    world = World(home)
    actor = world.scope("U_OWNER")
    barrier = threading.Barrier(people)

    def press(proposal_id: str) -> str:
        barrier.wait()
        try:
            world.proposals.approve(proposal_id, actor)
        except StaleError as stale:
            return stale.user_message
        return "approved"

    with ThreadPoolExecutor(people) as pool:
        for line in sys.stdin:
            said = list(pool.map(press, [line.strip()] * people))
            answers.write(json.dumps(said) + "\n")
            answers.flush()
    world.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[3]))
