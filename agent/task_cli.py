"""``floorwalker tasks``: the arguments of its commands; ``agent.commands.tasks`` does the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer


def task_commands(run: Callable[..., None]) -> typer.Typer:
    """The group of commands; ``run(context, command, **arguments)`` has one run and prints what it gives."""
    group = typer.Typer(no_args_is_help=True, help="What is to be done in the stores.")

    @group.command("list")
    def listing(
        context: typer.Context,
        status: Annotated[str, typer.Option(help="open, done, cancelled or all.")] = "open",
    ) -> None:
        """The tasks of your stores."""
        run(context, "tasks.list", status=status)

    @group.command("done")
    def done(context: typer.Context, task: Annotated[str, typer.Argument(metavar="ID")]) -> None:
        """Mark a task done."""
        run(context, "tasks.done", id=task)

    @group.command("reopen")
    def reopen(context: typer.Context, task: Annotated[str, typer.Argument(metavar="ID")]) -> None:
        """Take “done” back."""
        run(context, "tasks.reopen", id=task)

    return group
