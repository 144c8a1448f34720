"""The world of the random sequences: cheap to open, with workflows that run when told, dying where it is told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from agent.proposals.policy import ProposalSettings
from tests.support.boundaries import plant
from tests.support.ledger_shop import LedgerShop
from tests.support.proposals_oracle import FOUR_EYES, TWO_APPROVALS
from tests.support.proposals_world import World
from tests.support.stand_in_jobs import Memory, StandInJobs

PEOPLE: list[dict[str, Any]] = [
    {"user_id": "U_OWNER", "role": "owner", "name": "Olive"},
    {"user_id": "U_PARTNER", "role": "owner", "name": "Pat"},
    {"user_id": "U_MANAGER", "role": "store_manager", "stores": ["S01"], "approve_limit_minor": 2_200},
    {"user_id": "U_DEPUTY", "role": "staff", "stores": ["S01"]},
    {"user_id": "U_ELSEWHERE", "role": "store_manager", "stores": ["S02"]},
]
RULES = ProposalSettings(
    four_eyes_over_minor=FOUR_EYES, two_approvals_over_minor=TWO_APPROVALS, reconcile_delays=(0.1, 0.2)
)


@dataclass
class MachineWorld(World):
    """A world whose workflows run when told, and which can die at any boundary."""

    settings: ProposalSettings = RULES
    memory: Memory = field(default_factory=Memory)
    at: Callable[[str], None] = lambda _: None

    def __post_init__(self) -> None:
        super().__post_init__()
        plant(self, self.at)

    def open_pos(self) -> LedgerShop:
        return LedgerShop(self.home / "pos.sqlite", at=self.at)

    def open_jobs(self) -> StandInJobs:
        return StandInJobs(self.memory, self.at)
