"""``floorwalker followups``: the arguments of its commands; ``agent.commands.followups`` does the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer


def followup_commands(run: Callable[..., None]) -> typer.Typer:
    """The group of commands; ``run(context, command, **arguments)`` has one run and prints what it gives."""
    group = typer.Typer(no_args_is_help=True, help="What executed changes did.")

    @group.command("list")
    def listing(
        context: typer.Context, store: Annotated[str, typer.Option(help="Only this store (its id).")] = ""
    ) -> None:
        """Looks at executed changes, latest first: those measured, and those to come."""
        run(context, "followups.list", store=store)

    @group.command("digest")
    def digest(
        context: typer.Context,
        store: Annotated[str, typer.Option(help="Store id; your only store when left out.")] = "",
        week: Annotated[str, typer.Option(help="Any day of the week (YYYY-MM-DD); this week when left out.")] = "",
    ) -> None:
        """What was decided in a week, what the executed changes did, and whose proposals worked."""
        run(context, "followups.digest", store=store, week=week)

    return group
