"""How far a pull is, on a terminal: pages, records, the rate, and the time left where the platform says how many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import TaskID

    from connectors.mirror.sync import Progress


class Shown(Protocol):
    """Takes one step of a connection."""

    def __call__(self, connection: str, step: Progress) -> None:
        """Show it."""


@contextmanager
def sync_progress(*, wanted: bool) -> Iterator[Shown]:
    """Where steps are shown: on stderr while the context lasts, or nowhere."""
    if not wanted:
        yield _nowhere
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pages]} pages"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    tasks: dict[tuple[str, str], TaskID] = {}

    def show(connection: str, step: Progress) -> None:
        key = (connection, step.entity.value)
        if key not in tasks:
            noun = step.entity.value.replace("_", " ")
            tasks[key] = bars.add_task(f"{connection} · {noun}", total=None, pages=0, rate="")
        task = bars.tasks[bars.task_ids.index(tasks[key])]
        total = step.records if step.done else step.total
        rate = f"{step.records / task.elapsed:,.0f}/s" if task.elapsed else ""
        bars.update(tasks[key], completed=step.records, total=total, pages=step.pages, rate=rate)

    with bars:
        yield show


def _nowhere(connection: str, step: Progress) -> None:
    """Show nothing."""
