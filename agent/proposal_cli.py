"""``floorwalker proposals``: the arguments of its commands; ``agent.commands.proposals`` does the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

_Id = Annotated[str, typer.Argument(metavar="ID")]


def proposal_commands(run: Callable[..., None]) -> typer.Typer:
    """The group of commands; ``run(context, command, **arguments)`` has one run and prints what it gives."""
    group = typer.Typer(no_args_is_help=True, help="Changes that wait for a person, and what became of them.")

    @group.command("list")
    def listing(
        context: typer.Context, status: Annotated[str, typer.Option(help="Only with this status.")] = ""
    ) -> None:
        """Proposals you may see, newest first."""
        run(context, "proposals.list", status=status)

    @group.command("show")
    def show(context: typer.Context, proposal: _Id) -> None:
        """One proposal with its history."""
        run(context, "proposals.show", id=proposal)

    @group.command("approve")
    def approve(context: typer.Context, proposal: _Id) -> None:
        """Approve exactly what is stored, and wait for the POS."""
        run(context, "proposals.approve", id=proposal)

    @group.command("reject")
    def reject(
        context: typer.Context, proposal: _Id, reason: Annotated[str, typer.Option(help="Why not.")] = ""
    ) -> None:
        """Reject it, or withdraw what you asked for."""
        run(context, "proposals.reject", id=proposal, reason=reason)

    @group.command("undo")
    def undo(context: typer.Context, proposal: _Id) -> None:
        """Propose the change back; it waits for approval like any other."""
        run(context, "proposals.undo", id=proposal)

    @group.command("settle")
    def settle(
        context: typer.Context,
        proposal: _Id,
        took_effect: Annotated[bool, typer.Option("--took-effect/--no-effect", help="What you found by looking.")],
    ) -> None:
        """Say what became of a change that the far end did not confirm."""
        run(context, "proposals.settle", id=proposal, took_effect=took_effect)

    return group
