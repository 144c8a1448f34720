"""``floorwalker delegations``: the arguments of its commands; ``agent.commands.delegations`` does the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer


def delegation_commands(run: Callable[..., None]) -> typer.Typer:
    """The group of commands; ``run(context, command, **arguments)`` has one run and prints what it gives."""
    group = typer.Typer(no_args_is_help=True, help="The right to approve, lent while somebody is away.")

    @group.command("list")
    def listing(context: typer.Context) -> None:
        """Delegations that hold now."""
        run(context, "delegations.list")

    @group.command("lend")
    def lend(
        context: typer.Context,
        to: Annotated[str, typer.Argument(metavar="USER", help="Who shall approve instead.")],
        until: Annotated[str, typer.Option(help="Last day (2026-11-30), or an instant.")],
        lender: Annotated[str, typer.Option("--from", help="Whose right; left out, your own.")] = "",
    ) -> None:
        """Let a colleague approve in your place."""
        run(context, "delegations.lend", to=to, until=until, lender=lender)

    @group.command("end")
    def end(context: typer.Context, delegation: Annotated[str, typer.Argument(metavar="ID")]) -> None:
        """Take a right back before its time."""
        run(context, "delegations.end", id=delegation)

    return group
