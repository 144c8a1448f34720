"""How a command's document reads on a terminal. Numbers are only laid out here, never computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table


def render(command: str, document: Any) -> None:
    """Print ``document`` for a person."""
    console = Console(highlight=False)
    _RENDERERS.get(command, _fields)(console, document)


def _answer(console: Console, document: Mapping[str, Any]) -> None:
    console.print(escape(str(document.get("answer") or document.get("text") or "")))
    if document.get("table"):
        _grid(console, document["table"])
    for caveat in document.get("caveats", ()):
        console.print(f"[dim]· {escape(caveat)}[/dim]")
    if document.get("export"):
        console.print(f"As CSV: floorwalker receipts show {document['export']} --csv")
    for proposal in document.get("proposals", ()):
        console.print(f"Waiting for approval: {proposal}   (floorwalker proposals approve {proposal})")
    foot = [f"{name} {document[name]}" for name in ("as_of", "receipt_id", "model") if document.get(name)]
    if foot:
        console.print(f"[dim]{escape(' · '.join(foot))}[/dim]")


_MOST_ROWS = 200


def _grid(console: Console, table: Mapping[str, Any]) -> None:
    grid = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in table["columns"]:
        words = column["unit"] in ("text", "date")
        grid.add_column(escape(f"{column['name']}"), justify="left" if words else "right")
    for row in table["rows"][:_MOST_ROWS]:
        grid.add_row(*("–" if cell is None else escape(str(cell)) for cell in row))
    console.print(grid)
    if (more := len(table["rows"]) - _MOST_ROWS) > 0:
        console.print(f"[dim]{more:,} more rows; --json and receipts show --csv have them all.[/dim]")


def _records(*names: str) -> Callable[[Console, Any], None]:
    def show(console: Console, documents: Sequence[Mapping[str, Any]]) -> None:
        grid = Table(show_edge=False, pad_edge=False, header_style="bold", show_lines=False)
        for name in names:
            grid.add_column(name)
        for document in documents:
            grid.add_row(*(escape(_short(document.get(name))) for name in names))
        console.print(grid if documents else "Nothing to show.")

    return show


def _tools(console: Console, documents: Sequence[Mapping[str, Any]]) -> None:
    for document in documents:
        console.print(f"[bold]{document['name']}[/bold]  {escape(document['description'].splitlines()[0])}")
        for name, field in document["schema"].get("properties", {}).items():
            console.print(f"    {name}: {escape(field.get('description', ''))}")


def _brief(console: Console, document: Mapping[str, Any]) -> None:
    console.print(escape(str(document.get("text", ""))))
    if document.get("posted"):
        console.print(f"[dim]{escape(str(document['posted']))}[/dim]")


def _doctor(console: Console, document: Mapping[str, Any]) -> None:
    marks = {"ok": "[green]ok  [/green]", "warn": "[yellow]look[/yellow]", "bad": "[red]bad [/red]"}
    for check in document["checks"]:
        console.print(f"{marks[check['status']]} {escape(check['name'])}: {escape(check['message'])}")


def _csv(console: Console, document: Mapping[str, Any]) -> None:
    console.out(document["csv"], end="", highlight=False)
    if document.get("note"):
        Console(stderr=True).print(f"[dim]{escape(document['note'])}[/dim]")


def _fields(console: Console, document: Any) -> None:
    if isinstance(document, list):
        for item in document:
            _fields(console, item)
        return
    for name, value in document.items():
        console.print(f"[bold]{escape(str(name))}[/bold]: {escape(_short(value, 2000))}")


def _short(value: Any, length: int = 160) -> str:
    text = "–" if value is None else "yes" if value is True else "no" if value is False else str(value)
    return text if len(text) <= length else text[: length - 1] + "…"


_RENDERERS: dict[str, Callable[[Console, Any], None]] = {
    "ask": _answer,
    "tool": _answer,
    "tools": _tools,
    "metrics": _records("name", "unit", "definition", "exclusions"),
    "brief": _brief,
    "proposals.list": _records("id", "status", "kind", "store_id", "proposed_by", "expires_at"),
    "webhooks.list": _records("id", "status", "connection", "topic", "received_at", "attempts", "last_error"),
    "followups.list": _records("proposal_id", "due", "store_id", "due_at", "status", "verdict", "headline"),
    "followups.digest": _brief,
    "receipts.csv": _csv,
    "doctor": _doctor,
}
