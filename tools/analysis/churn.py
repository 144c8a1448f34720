"""Who is overdue: the days since the last visit, held against the customer's own gaps between visits.

A customer's gaps scatter around a mean; a wait of more than the mean and two standard deviations is unusual for this
customer, whatever it were for another. Somebody with few visits has no habit that a wait could break; none is judged.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

LEAST_GAPS = 4
LEAST_ACTIVE_DAYS = 28
_DEVIATIONS = 2.0
VALUE_DAYS = 28


@dataclass(frozen=True, slots=True)
class Habit:
    """The visit days of one customer: ``gaps`` between them, their sum and sum of squares in days, and the wait now.

    The three sums only ever grow by what a new visit adds.
    """

    key: str
    gaps: int
    gap_days: int
    gap_squares: int
    waiting_days: int
    net_minor: Decimal

    @property
    def expected_gap(self) -> float:
        """The mean of the gaps in days."""
        return self.gap_days / self.gaps

    @property
    def judged(self) -> bool:
        """Whether there are visits enough, over days enough, for a habit."""
        return self.gaps >= LEAST_GAPS and self.gap_days >= LEAST_ACTIVE_DAYS

    @property
    def longest_usual(self) -> float:
        """The wait in days beyond which the customer is overdue: mean and two standard deviations (of the sample)."""
        variance = max(0.0, (self.gap_squares - self.gap_days**2 / self.gaps) / (self.gaps - 1))
        return self.expected_gap + _DEVIATIONS * max(math.sqrt(variance), 1.0)

    @property
    def overdue(self) -> bool:
        """Whether the wait is longer than usual."""
        return self.judged and self.waiting_days > self.longest_usual

    @property
    def value_minor(self) -> Decimal:
        """Net sales per four weeks while the customer came, in minor units; unrounded."""
        return max(self.net_minor, Decimal(0)) * VALUE_DAYS / (self.gap_days + self.expected_gap_days)

    @property
    def expected_gap_days(self) -> Decimal:
        """The mean gap, exactly: the last visit covers the wait that would usually follow it."""
        return Decimal(self.gap_days) / self.gaps
