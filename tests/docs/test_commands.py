"""The commands of the documentation run as they stand.

A fenced ``sh`` or ``console`` block directly after ``<!-- test: run -->`` is executed; in a ``console`` block the
commands are the lines that begin with ``$ ``. The blocks of one page share a folder, in their order; all pages share a
state folder with the sample of the day at which their clock stands, so that loading it again changes nothing.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.shared_sample import TODAY, copy_sample

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
MARK = "<!-- test: run -->"
_BLOCK = re.compile(rf"^{re.escape(MARK)}\n+```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OURS = ("FLOORWALKER_", "SLACK_", "OPENAI_", "SQUARE_")


@dataclass(frozen=True, slots=True)
class Block:
    """A block to run: the language of its fence and the script in it."""

    language: str
    script: str


def blocks(text: str) -> list[Block]:
    """The marked blocks of a page.

    Raises:
        ValueError: a mark that no runnable block follows; it would silently test nothing.
    """
    found = [Block(language, _script(language, body)) for language, body in _BLOCK.findall(text)]
    if len(found) != sum(line == MARK for line in text.splitlines()):
        raise ValueError(f"every {MARK} needs a fenced block right after it")
    return found


def _script(language: str, body: str) -> str:
    if language == "sh":
        return body
    if language == "console":
        return "".join(f"{line[2:]}\n" for line in body.splitlines() if line.startswith("$ "))
    raise ValueError(f"a {language} block cannot be run")


_EVERY_TIME = frozenset({"README.md", "CONTRIBUTING.md", "quick-start.md"})
"""What somebody new types first; the commands of the other pages run with ``--full``."""

_RUNNABLE = [
    pytest.param(page, id=page.name, marks=() if page.name in _EVERY_TIME else pytest.mark.full)
    for page in PAGES
    if MARK in page.read_text(encoding="utf-8")
]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    state = tmp_path_factory.mktemp("documented") / "state"
    copy_sample(state)
    return state


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``floorwalker`` at nine in the morning of the sample's day."""
    folder = tmp_path_factory.mktemp("programs")
    program = folder / "floorwalker"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m agent.cli --now {TODAY}T14:00:00Z "$@"\n')
    program.chmod(0o755)
    return folder


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", _RUNNABLE)
def test_the_commands_of_a_page_run(page: Path, state: Path, programs: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    environment |= {
        "FLOORWALKER_HOME": str(state),
        "PATH": os.pathsep.join((str(programs), str(Path(sys.executable).parent), environment["PATH"])),
    }
    for block in blocks(page.read_text(encoding="utf-8")):
        run = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block.script],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=170,
            check=False,
        )
        assert run.returncode == 0, f"{block.script}\n{run.stdout}\n{run.stderr}"


def test_there_are_commands_to_run() -> None:
    assert {page.id for page in _RUNNABLE} >= {"quick-start.md", "cli.md"}


def test_output_in_a_console_block_is_not_run() -> None:
    page = f"text\n\n{MARK}\n```console\n$ echo one\none\n$ echo two\n```\n\n```sh\nrm -rf /nothing\n```\n"
    assert blocks(page) == [Block("console", "echo one\necho two\n")]


def test_a_mark_without_a_block_is_an_error() -> None:
    with pytest.raises(ValueError, match="right after"):
        blocks(f"{MARK}\n\nSome words.\n\n```sh\ntrue\n```\n")
