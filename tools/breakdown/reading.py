"""Fetching what a breakdown is made of: groups, their whole, and the groups of the first of two dimensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics import METRICS
from tools.metrics.breakdown_plan import Cut, Plan, adds_up, family
from tools.metrics.cells import FEWEST_PEOPLE, Cell, Keys, added, anonymous, fetch_cells, gathered
from tools.metrics.dimensions import Dimension
from tools.metrics.model import Metric
from tools.metrics.windows import Statement, Window
from tools.together import together
from tools.wording import counted

T = TypeVar("T")
_Key = tuple[tuple[Dimension, ...], tuple[Window, ...], Cut | None]


class Reading:
    """Fetching the groups of one question, with what was run and what must be said of it."""

    def __init__(self, context: ToolContext, metrics: Sequence[Metric], plan: Plan, *, guard: bool) -> None:
        self.context, self.plan, self.guard = context, plan, guard
        self.metrics = list(metrics)
        if guard and METRICS["units"] not in self.metrics:
            self.metrics.append(METRICS["units"])
        self.statements: list[Statement] = []
        self.notes: list[str] = []
        self.cut: Cut | None = None
        self.enough: int | None = None
        self._known: dict[_Key, list[Cell]] = {}

    def only_best(self, limit: int | None, *, descending: bool) -> None:
        """Let the mirror rank and cut, where one dimension has many groups and one relation serves."""
        one = len(self.plan.by) == 1 and not self.plan.by[0].is_time and not self.plan.personal
        if limit is not None and one and len({family(metric) for metric in self.metrics}) == 1:
            self.cut = Cut(limit, descending)

    def cells(self, windows: Sequence[Window], plan: Plan | None = None, versus: Sequence[Window] = ()) -> list[Cell]:
        """The groups of the plan over some windows, none of fewer than five people; ``versus`` is the other side.

        Where attributes of people are involved, a group is told only if it is large enough on both sides.
        """
        meant = plan or self.plan
        cells = self._fetched(meant, windows, versus)
        if not meant.personal:
            return cells
        place = next((number for number, one in enumerate(meant.by) if one.personal), None)
        sides = [cells, *([self._fetched(meant, versus, windows)] if versus else [])]
        kept, small = anonymous(sides, place)
        what = "put together" if place is not None else "left out"
        note = (
            f"{counted(small, 'group')} {'is' if small == 1 else 'are'} {what}, so that nothing is said of fewer than"
            f" {FEWEST_PEOPLE} customers."
        )
        if small and note not in self.notes:
            self.notes.append(note)
        return kept[0]

    def _fetched(self, plan: Plan, windows: Sequence[Window], versus: Sequence[Window]) -> list[Cell]:
        """The groups as they are, read once."""
        cut = self.cut if plan.by else None
        if self.enough is not None and plan.by:
            cut = Cut(least_pieces=self.enough, other=tuple(versus) if self.metrics[0].is_sum else ())
        key = (plan.by, tuple(windows), cut)
        if key not in self._known:
            self._keep(key, self._read(plan, windows, cut))
        return self._known[key]

    def _read(self, plan: Plan, windows: Sequence[Window], cut: Cut | None) -> tuple[list[Cell], list[Statement]]:
        return fetch_cells(self.context.mirror, self.metrics, plan, windows, self.context.scope, cut)

    def _keep(self, key: _Key, found: tuple[list[Cell], list[Statement]]) -> None:
        self._known[key], statements = found
        self.statements += statements

    def ahead(self, windows: Sequence[Window], beside: Callable[[], T]) -> T:
        """Read what ``cells`` and ``whole`` of these windows will ask for, side by side with something else.

        Raises:
            tools.errors.ToolError: whatever ``beside`` has to say, before anything else.
        """
        wanted = [(self.plan, self.cut if self.plan.by else None)] if self.enough is None else []
        if self.plan.by and wanted and not self._adds_up():
            wanted.append((replace(self.plan, by=()), None))
        read: list[Callable[[], Any]] = [beside, *(partial(self._read, plan, windows, cut) for plan, cut in wanted)]
        told, *found = together(*read)
        for (plan, cut), one in zip(wanted, found, strict=True):
            self._keep((plan.by, tuple(windows), cut), one)
        return cast("T", told)

    def whole(self, windows: Sequence[Window], cells: Sequence[Cell]) -> Cell:
        """Everything together; asked for by itself where the groups do not add up to it."""
        if self._adds_up():
            return added(cells)
        found = self.cells(windows, replace(self.plan, by=()))
        if not found:
            raise NoDataError(f"That is about fewer than {FEWEST_PEOPLE} customers, so nothing is said of it.")
        return found[0]

    def _adds_up(self) -> bool:
        """Whether the groups add up to everything together."""
        known = not self.cut and self.enough is None and not self.plan.personal
        return known and all(adds_up(metric, self.plan) for metric in self.metrics)

    def heads(self, windows: Sequence[Window], cells: Sequence[Cell]) -> Mapping[Keys, Cell]:
        """The groups of the first of two dimensions."""
        if len(self.plan.by) < 2:
            return {}
        inner = replace(self.plan, by=self.plan.by[1:])
        if self.plan.personal or all(adds_up(metric, inner) for metric in self.metrics):
            return {keys: added(group, keys) for keys, group in gathered(cells, lambda cell: cell.keys[:1]).items()}
        return {cell.keys: cell for cell in self.cells(windows, replace(self.plan, by=self.plan.by[:1]))}
