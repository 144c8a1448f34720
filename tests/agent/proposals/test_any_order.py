"""Random sequences of what people, clocks, tills and crashes do; whatever the order, the machine's invariants hold.

Workflows run through a stand-in for ``Jobs`` in the test's own thread, over the real database, policy, audit and
writing code; DBOS itself is under the kills of ``test_crashes``.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.proposals_machine import machine_folder

SHARDS = 20


def bounded(examples: int, steps: int, *, derandomize: bool = False) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=derandomize,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.slow
def test_no_order_of_events_makes_an_effect_nobody_approved() -> None:
    with machine_folder() as machine:
        run_state_machine_as_test(machine, settings=bounded(20, 20, derandomize=True))


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_twenty_thousand_orders_of_events(shard: int) -> None:
    with machine_folder() as machine:
        one = type(f"Shard{shard}", (machine,), {})
        run_state_machine_as_test(seed(shard)(one), settings=bounded(20_000 // SHARDS, 30))
