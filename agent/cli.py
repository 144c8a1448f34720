"""The command line: reads arguments, has the command run, prints the document or a readable form of it.

Nothing heavy is imported until a command needs it. What a person sees on failure is one sentence on stderr and an
exit code: 2 for bad input, 3 refused, 4 unavailable.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import Abort, TyperException

from agent.clock import parse_instant
from agent.control import Invocation
from agent.delegation_cli import delegation_commands
from agent.errors import BadInputError, FloorwalkerError
from agent.failures import explain
from agent.followup_cli import followup_commands
from agent.log import configure_logging
from agent.proposal_cli import proposal_commands
from agent.task_cli import task_commands
from agent.webhook_cli import webhook_commands

app = typer.Typer(
    name="floorwalker",
    help="A store-operations agent: answers from the point of sale, and changes nothing until a person agrees.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
receipts_app = typer.Typer(no_args_is_help=True, help="What an answer stood on.")
audit_app = typer.Typer(no_args_is_help=True, help="The chain of decisions.")
app.add_typer(proposal_commands(lambda context, command, **given: _run(context, command, **given)), name="proposals")
app.add_typer(webhook_commands(lambda context, command, **given: _run(context, command, **given)), name="webhooks")
app.add_typer(
    delegation_commands(lambda context, command, **given: _run(context, command, **given)), name="delegations"
)
app.add_typer(followup_commands(lambda context, command, **given: _run(context, command, **given)), name="followups")
app.add_typer(task_commands(lambda context, command, **given: _run(context, command, **given)), name="tasks")
app.add_typer(receipts_app, name="receipts")
app.add_typer(audit_app, name="audit")

_WITH_VALUE = ("--home", "--now", "--as")
_FLAGS = ("--json",)


@dataclass(frozen=True, slots=True)
class Common:
    """The options every command takes."""

    home: Path | None
    json: bool
    now: str
    user: str


@app.callback()
def common(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="Folder that holds all state.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    now: Annotated[str, typer.Option(help="Pretend it is this instant (ISO 8601).")] = "",
    user: Annotated[str, typer.Option("--as", help="Who asks; the owner when left out.")] = "",
) -> None:
    """Options that go before or after any command."""
    if now:
        parse_instant(now, "--now")
    configure_logging(level="warning", file=lambda: _log_file(home))
    context.obj = Common(home, as_json, now, user)


@app.command()
def demo(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 8321,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the page.")] = False,
    today: Annotated[str, typer.Option(help="The business day to play (YYYY-MM-DD).")] = "",
    speed: Annotated[float, typer.Option(min=0.1, max=10_000, help="How much faster than life.")] = 1.0,
) -> None:
    """Run the whole bot on this machine: sample data, stand-in POS, stand-in Slack with a page."""
    from agent.demo import run_demo

    options: Common = context.obj
    day = _day(today, "--today") if today else None
    run_demo(home=options.home, port=port, open_browser=not no_browser, today=day, speed=speed)


@app.command()
def serve(context: typer.Context) -> None:
    """Run the real thing from settings: Slack, POS connections, briefings, approvals."""
    from agent.service import run_service

    options: Common = context.obj
    run_service(home=options.home)


@app.command()
def load(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(help="Folder with <table>.csv or <table>.parquet files.")] = "",
    sample: Annotated[str, typer.Option(help="Load a sample instead: complete-journey.")] = "",
    today: Annotated[str, typer.Option(help="With --sample: the business day it shall be (YYYY-MM-DD).")] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse everything when a row is bad, instead of setting it aside.")
    ] = False,
) -> None:
    """Fill the mirror from canonical CSV or Parquet files, or from the sample."""
    if bool(folder) == bool(sample):
        raise BadInputError("load: give either a folder or --sample complete-journey.")
    if today:
        _day(today, "--today")
    path = str(Path(folder).resolve()) if folder else ""
    _run(context, "load", folder=path, sample=sample, today=today, strict=strict)


@app.command()
def sync(
    context: typer.Context,
    connection: Annotated[str, typer.Option(help="Only this connection.")] = "",
    full: Annotated[bool, typer.Option("--full", help="Read everything again from the beginning.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read nothing; derive every row again from what was read before.")
    ] = False,
) -> None:
    """Pull from the POS connections now."""
    _run(context, "sync", connection=connection, full=full, rebuild=rebuild, progress=sys.stderr.isatty())


@app.command()
def categories(
    context: typer.Context,
    export: Annotated[str, typer.Option(help="Write category_rule.csv into this folder, to edit and load.")] = "",
) -> None:
    """What platforms call their categories, and what they are here."""
    _run(context, "categories", export=str(Path(export).resolve()) if export else "")


@app.command()
def signals(context: typer.Context) -> None:
    """Bring weather, public holidays and local events up to date now."""
    _run(context, "signals")


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in words.")] = "",
    thread: Annotated[str, typer.Option(help="Go on with this conversation.")] = "",
    batch: Annotated[Path | None, typer.Option(help="JSON lines of {question, as?, thread?, now?}.")] = None,
) -> None:
    """Ask one question, as in Slack."""
    if batch is not None:
        return _batch(context, "ask", _lines(batch, required="question"))
    _run(context, "ask", question=question, thread=thread)
    return None


@app.command()
def tools(context: typer.Context) -> None:
    """List the tools with the JSON schemas of their arguments."""
    _run(context, "tools")


@app.command()
def tool(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name out of `floorwalker tools`.")] = "",
    args: Annotated[str, typer.Option(help="The arguments as a JSON object.")] = "{}",
    batch: Annotated[Path | None, typer.Option(help="JSON lines of {name, args, as?, now?}.")] = None,
) -> None:
    """Run one tool."""
    if batch is not None:
        return _batch(context, "tool", _lines(batch, required="name"))
    _run(context, "tool", name=name, args=_object(args, "--args"))
    return None


@app.command()
def metrics(context: typer.Context) -> None:
    """Every metric: name, definition, unit, exclusions."""
    _run(context, "metrics")


@app.command()
def brief(
    context: typer.Context,
    store: Annotated[str, typer.Option(help="Store id or name; your only store when left out.")] = "",
    on: Annotated[str, typer.Option(help="The morning it is for (YYYY-MM-DD); today when left out.")] = "",
    post: Annotated[bool, typer.Option("--post", help="Send it to the store's Slack channel.")] = False,
) -> None:
    """Show a store's morning briefing."""
    if on:
        _day(on, "--on")
    _run(context, "brief", store=store, on=on, post=post)


@receipts_app.command("show")
def receipts_show(
    context: typer.Context, receipt: str, csv: Annotated[bool, typer.Option("--csv", help="Its table, whole.")] = False
) -> None:
    """What an answer stood on."""
    _run(context, "receipts.csv" if csv else "receipts.show", id=receipt)


@receipts_app.command("replay")
def receipts_replay(context: typer.Context, receipt: str) -> None:
    """Compute it again and say whether it is the same."""
    _run(context, "receipts.replay", id=receipt)


@audit_app.command("verify")
def audit_verify(
    context: typer.Context,
    anchor: Annotated[
        list[str] | None, typer.Option(help="SEQ:HASH as the audit channel shows it; repeatable.")
    ] = None,
) -> None:
    """Check the chain of decisions from end to end."""
    _run(context, "audit.verify", anchors=anchor or [])


@app.command()
def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="One benchmark; all when left out.")] = "",
    lines: Annotated[int, typer.Option(min=0, help="With scale: how many sale lines the chain has.")] = 0,
    keep: Annotated[str, typer.Option(help="With scale: the folder in which its mirror stays for the next run.")] = "",
) -> None:
    """Run the benchmarks: figures and the ratio to a baseline measured in the same run."""
    _run(context, "bench", name=name, lines=lines, keep=str(Path(keep).resolve()) if keep else "")


@app.command()
def doctor(context: typer.Context) -> None:
    """Check settings, connections, data and rights: what is wrong and how to mend it."""
    _run(context, "doctor")


def main() -> None:
    """Console entry point."""
    as_json = "--json" in sys.argv
    try:
        code = app(args=hoist(sys.argv[1:]), standalone_mode=False)
    except Abort:
        code = 130
    except TyperException as error:
        said = error.format_message()
        if said.startswith("Usage: "):  # called with nothing, it tells what there is
            print(said)
            code = 0
        else:
            code = _fail(said.replace("\n", " "), 2, as_json=as_json)
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # noqa: BLE001 the last line before a person: no traceback may pass
        failure = explain(error)
        code = _fail(failure.user_message, failure.exit_code, as_json=as_json)
    sys.exit(code if isinstance(code, int) else 0)


def hoist(arguments: list[str]) -> list[str]:
    """Move the common options to the front, so that they may stand anywhere before a ``--``."""
    front: list[str] = []
    rest: list[str] = []
    remaining = iter(arguments)
    for word in remaining:
        if word == "--":
            rest.extend([word, *remaining])
        elif word in _FLAGS or word.partition("=")[0] in _WITH_VALUE:
            front.append(word)
            if word in _WITH_VALUE:
                front.extend(value for value in [next(remaining, None)] if value is not None)
        else:
            rest.append(word)
    return front + rest


def _log_file(home: Path | None) -> Path:
    from agent.settings import read_settings

    return read_settings(home=home).home / "floorwalker.log"


def _fail(sentence: str, code: int, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    print(f"floorwalker: {sentence}", file=sys.stderr)
    return code


def _run(context: typer.Context, command: str, /, **arguments: Any) -> None:
    from agent.commands import execute

    options: Common = context.obj
    document = execute(options.home, Invocation(command, arguments, options.user, options.now))
    if options.json:
        print(json.dumps(document, ensure_ascii=False))
        return
    from agent.render import render

    render(command, document)


def _batch(context: typer.Context, command: str, lines: Iterator[dict[str, Any] | FloorwalkerError]) -> None:
    from agent.commands import execute_many

    options: Common = context.obj

    def invocations() -> Iterator[Invocation | FloorwalkerError]:
        for line in lines:
            if isinstance(line, FloorwalkerError):
                yield line
                continue
            user, now = line.pop("as", options.user), line.pop("now", options.now)
            yield Invocation(command, line, str(user), str(now))

    for document in execute_many(options.home, invocations()):
        print(json.dumps(document, ensure_ascii=False), flush=True)


def _lines(path: Path, *, required: str) -> Iterator[dict[str, Any] | FloorwalkerError]:
    if not path.is_file():
        raise BadInputError(f"--batch: there is no file {path}.")

    def read() -> Iterator[dict[str, Any] | FloorwalkerError]:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, start=1):
                if not text.strip():
                    continue
                try:
                    line = json.loads(text)
                except ValueError:
                    line = None
                if isinstance(line, dict) and isinstance(line.get(required), str):
                    yield line
                else:
                    yield BadInputError(f"line {number}: give a JSON object with a text “{required}”.")

    return read()


def _object(text: str, option: str) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError as error:
        raise BadInputError(f"{option}: this is not JSON ({error}).") from error
    if not isinstance(value, dict):
        raise BadInputError(f'{option}: give a JSON object, for example \'{{"period": "yesterday"}}\'.')
    return value


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInputError(f"{option}: “{text}” is not a date; write it as YYYY-MM-DD.") from error


if __name__ == "__main__":
    main()
