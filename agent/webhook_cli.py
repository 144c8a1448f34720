"""``floorwalker webhooks``: the arguments of its commands; ``agent.commands.webhooks`` does the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer


def webhook_commands(run: Callable[..., None]) -> typer.Typer:
    """The group of commands; ``run(context, command, **arguments)`` has one run and prints what it gives."""
    group = typer.Typer(no_args_is_help=True, help="What platforms sent by themselves.")

    @group.command("list")
    def listing(
        context: typer.Context,
        status: Annotated[str, typer.Option(help="Only waiting, done or dead ones.")] = "",
        connection: Annotated[str, typer.Option(help="Only of this connection.")] = "",
        limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most this many, newest first.")] = 50,
    ) -> None:
        """Webhooks as they came in, and what became of them."""
        run(context, "webhooks.list", status=status, connection=connection, limit=limit)

    @group.command("replay")
    def replay(
        context: typer.Context,
        webhook: Annotated[str, typer.Argument(metavar="ID", help="A number out of `webhooks list`.")] = "",
        all_dead: Annotated[bool, typer.Option("--all-dead", help="Every one that was given up.")] = False,
    ) -> None:
        """Deal with a webhook again from the beginning."""
        run(context, "webhooks.replay", id=webhook, all_dead=all_dead)

    return group
