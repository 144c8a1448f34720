"""Whether a share changed by more than chance: the pooled two-proportion z-test."""

from __future__ import annotations

import math
from dataclasses import dataclass

_SIGMAS = 2.576
"""The two-sided point at 1 %: a dozen groups are looked at, so 5 % would often find one."""


@dataclass(frozen=True, slots=True)
class ShareChange:
    """So many of so many before and after."""

    before: int
    before_of: int
    after: int
    after_of: int

    @property
    def before_share(self) -> float:
        """The earlier share."""
        return self.before / self.before_of

    @property
    def after_share(self) -> float:
        """The later share."""
        return self.after / self.after_of

    @property
    def points(self) -> float:
        """The later share less the earlier."""
        return self.after_share - self.before_share

    @property
    def z(self) -> float:
        """The change over its standard error; 0 where nothing can vary."""
        pooled = (self.before + self.after) / (self.before_of + self.after_of)
        spread = math.sqrt(pooled * (1 - pooled) * (1 / self.before_of + 1 / self.after_of))
        return self.points / spread if spread else 0.0

    @property
    def fell(self) -> bool:
        """Whether the share fell beyond chance."""
        return self.z <= -_SIGMAS

    @property
    def rose(self) -> bool:
        """Whether the share rose beyond chance."""
        return self.z >= _SIGMAS
