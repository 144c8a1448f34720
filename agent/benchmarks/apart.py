"""Running something in a process of its own, so that its memory and its time are its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.errors import UnavailableError


def run_apart(command: Sequence[str], what: str) -> dict[str, Any]:
    """Run a command and read the JSON document on the last line that it prints.

    Raises:
        UnavailableError: it failed.
    """
    done = subprocess.run(list(command), capture_output=True, text=True, check=False)  # noqa: S603 our own modules
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        raise UnavailableError(f"bench: {what} failed.", detail=done.stderr[-2000:])
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def our_python(module: str, *arguments: str) -> list[str]:
    """The command that runs one of our modules."""
    return [sys.executable, "-m", module, *arguments]


def peak_megabytes() -> int:
    """The most memory that this process has had so far."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def baseline_python() -> Path:
    """Where `make baselines` puts the interpreter of things that we are compared with and never use."""
    return Path(__file__).resolve().parents[2] / ".venv-baselines" / "bin" / "python"
