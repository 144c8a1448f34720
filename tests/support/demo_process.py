"""A demo in a process of its own, driven through the sandbox control of the contract."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import httpx

TODAY = "2026-11-23"
T = TypeVar("T")


def floorwalker(*arguments: str, home: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the console script; raises with its output when it fails and ``check`` is set."""
    done = subprocess.run(
        [sys.executable, "-m", "agent.cli", *arguments, "--home", str(home)],
        capture_output=True, text=True, timeout=120, env=_environment(), check=False,
    )  # fmt: skip
    if check and done.returncode:
        raise AssertionError(f"{arguments} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def ask_json(question: str, *, home: Path, user: str = "", **options: str) -> dict[str, Any]:
    """``floorwalker ask --json``."""
    extra = [word for name, value in options.items() for word in (f"--{name}", value)]
    who = ["--as", user] if user else []
    return json.loads(floorwalker("ask", question, "--json", *who, *extra, home=home).stdout)


class Demo:
    """A running demo. ``say``, ``click`` and ``messages`` are the contract's control calls."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        today: str = TODAY,
        ready_within: float = 90,
        program: Sequence[str] = (sys.executable, "-m", "agent.cli"),
    ) -> None:
        self.home = home
        self._errors = (home.parent / f"{home.name}-stderr.txt").open("a")
        self.process = subprocess.Popen(
            [*program, "demo", "--no-browser", "--port", "0", "--today", today, "--home", str(home), *arguments],
            stdout=subprocess.PIPE, stderr=self._errors, text=True, env=_environment(),
        )  # fmt: skip
        self.address = self._wait_until_ready(ready_within)
        self.http = httpx.Client(base_url=self.address, timeout=20)

    def _wait_until_ready(self, seconds: float) -> str:
        assert self.process.stdout is not None
        readable, _, _ = select.select([self.process.stdout], [], [], seconds)
        line = self.process.stdout.readline() if readable else ""
        if not line.startswith("ready http://"):
            self.process.kill()
            self._errors.flush()
            raise AssertionError(f"the demo did not start: {line!r}\n{Path(self._errors.name).read_text()[-4000:]}")
        return line.split()[1]

    def say(self, user: str, channel: str, text: str, thread_ts: str = "", **more: Any) -> str:
        """As if typed in Slack; gives the message's ts."""
        body = {
            "user": user,
            "channel": channel,
            "text": text,
            **({"thread_ts": thread_ts} if thread_ts else {}),
            **more,
        }
        reply = self.http.post("/api/sandbox/say", json=body)
        assert reply.status_code == 200, reply.text
        return str(reply.json()["ts"])

    def messages(self, channel: str, thread_ts: str = "", user: str = "") -> list[dict[str, Any]]:
        """Messages with their blocks, newest last."""
        query = {
            "channel": channel,
            **({"thread_ts": thread_ts} if thread_ts else {}),
            **({"user": user} if user else {}),
        }
        reply = self.http.get("/api/sandbox/messages", params=query)
        assert reply.status_code == 200, reply.text
        document = reply.json()
        return list(document["messages"] if isinstance(document, dict) else document)

    def roots(self, channel: str) -> list[dict[str, Any]]:
        """What stands in a channel itself, without the replies in its threads."""
        return [m for m in self.messages(channel) if m.get("thread_ts", m["ts"]) == m["ts"]]

    def ask(self, user: str, channel: str, text: str, thread_ts: str = "", seconds: float = 20) -> tuple[str, str]:
        """Say something and wait for the finished answer: (thread ts, all text of the answer)."""
        before = len(self.messages(channel, thread_ts, user)) if thread_ts else 0
        ts = self.say(user, channel, text, thread_ts)
        root = thread_ts or ts

        def answered() -> str | None:
            replies = [m for m in self.messages(channel, root, user)[before:] if is_bot(m)]
            done = [m for m in replies if m.get("blocks") and not is_streaming(m)]
            return text_of(done[-1]) if done else None

        return root, wait_for(answered, seconds, f"an answer to {text[:60]!r}")

    def card(self, channel: str, thread_ts: str, seconds: float = 20) -> dict[str, Any]:
        """The approval card of a thread."""
        return wait_for(
            lambda: next((m for m in self.messages(channel, thread_ts) if buttons(m, "Approve")), None),
            seconds,
            "a card",
        )

    def click(self, user: str, channel: str, message_ts: str, action_id: str, value: str = "") -> httpx.Response:
        """Press a button."""
        body = {"user": user, "channel": channel, "message_ts": message_ts, "action_id": action_id}
        return self.http.post("/api/sandbox/click", json={**body, **({"value": value} if value else {})})

    def effects(self) -> list[dict[str, Any]]:
        """Every write the stand-in POS applied."""
        document = self.http.get("/api/sandbox/pos/effects").json()
        return list(document["effects"] if isinstance(document, dict) else document)

    def fault(self, operation: str, fault: str, times: int = 1) -> None:
        """Have the stand-in POS misbehave."""
        reply = self.http.post("/api/sandbox/pos/faults", json={"operation": operation, "fault": fault, "times": times})
        assert reply.status_code == 200, reply.text

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nothing says goodbye."""
        self.process.send_signal(signal.SIGKILL)
        self._end()

    def stop(self) -> None:
        """SIGTERM, as a person's Ctrl-C would."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._end()

    def _end(self) -> None:
        self.process.wait(30)
        self.http.close()
        if self.process.stdout:
            self.process.stdout.close()
        self._errors.close()


def wait_for(look: Callable[[], T | None], seconds: float, what: str) -> T:
    """Call ``look`` until it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s for {what}")


def is_bot(message: dict[str, Any]) -> bool:
    """Whether the bot wrote it."""
    return bool(message.get("bot_id")) or message.get("user") == "U_BOT"


def is_streaming(message: dict[str, Any]) -> bool:
    """Whether the message is still being written."""
    return bool(message.get("streaming"))


def buttons(message: dict[str, Any], label: str) -> list[dict[str, Any]]:
    """The buttons of a message whose text contains ``label``."""
    found: list[dict[str, Any]] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") == "button" and label in value.get("text", {}).get("text", ""):
                found.append(value)
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(message.get("blocks", []))
    return found


def text_of(message: dict[str, Any]) -> str:
    """Every text of a message, blocks included, in order."""
    parts: list[str] = [str(message.get("text", ""))]

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                if key == "text" and isinstance(item, str):
                    parts.append(item)
                else:
                    walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(message.get("blocks", []))
    return "\n".join(parts)


def _environment() -> dict[str, str]:
    dropped = ("OPENAI_", "SLACK_", "SQUARE_", "FLOORWALKER_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
