"""Lives of floorwalker on one folder, one after the other, and what must be true after the last."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from agent.proposals.kinds import parse_payload
from agent.proposals.payload import idempotency_key
from tests.support.crash_child import PATIENCE_SECONDS
from tests.support.ledger_shop import LedgerShop

ROOT = Path(__file__).parents[2]
Kill = tuple[str, int]
"""A boundary by its name, and the how manyeth passing of it."""

_NO_TRACE = frozenset({"stock_adjust", "transfer", "purchase_order_draft", "shift_draft", "promotion_create"})
"""Whether these took effect cannot be read from a POS that does not find keys again."""
_MAY_FAIL = frozenset({"refuse", "offline"})


@dataclass
class CrashRig:
    """Folders with a pending change of every kind in each, and the process that lives and dies on them."""

    folder: Path
    process: subprocess.Popen[str]
    _filed: dict[str, str] = field(default_factory=dict)
    _number: Iterator[int] = field(default_factory=count)

    def boundaries(self, kind: str, manner: str, fault: str) -> list[Kill]:
        """Every boundary that a life without a death passes, in order; a fault's own begin at its first request."""
        home, proposal_id = self._home(kind)
        report = self._live(home, proposal_id, manner, fault, None)["answer"]
        times: Counter[str] = Counter()
        found = []
        for name in report["passed"]:
            times[name] += 1
            found.append((name, times[name]))
        judge(report, proposal_id, kind, manner, fault, home)
        shutil.rmtree(home)
        return found[found.index(("pos.arrives", 1)) :] if fault else found

    def die(self, kind: str, manner: str, fault: str, kills: Sequence[Kill]) -> dict[str, Any]:
        """Live and be killed at each of ``kills`` in turn, then live on; judges and gives the last life's report."""
        home, proposal_id = self._home(kind)
        for number, kill in enumerate(kills):
            ended = self._live(home, proposal_id, manner, "" if number else fault, kill)
            if "answer" in ended:
                break  # the boundary was not passed this time: threads take turns as they like
            assert ended == {"signal": signal.SIGKILL}, (kill, ended)
        report = self._live(home, proposal_id, manner, "", None)["answer"]
        judge(report, proposal_id, kind, manner, fault, home)
        shutil.rmtree(home)
        return report

    def _home(self, kind: str) -> tuple[Path, str]:
        template = self.folder / "template"
        if not self._filed:
            self._filed.update(self._ask({"home": str(template)})["answer"])
        home = self.folder / f"life-{next(self._number)}"
        shutil.copytree(template, home)
        return home, self._filed[kind]

    def _live(self, home: Path, proposal_id: str, manner: str, fault: str, kill: Kill | None) -> dict[str, Any]:
        faults = [fault] if fault else []
        return self._ask(
            {"home": str(home), "proposal_id": proposal_id, "manner": manner, "faults": faults, "fatal": kill}
        )

    def _ask(self, document: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(document) + "\n")
        self.process.stdin.flush()
        reply: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "failed" not in reply, reply
        return reply


def judge(report: dict[str, Any], proposal_id: str, kind: str, manner: str, fault: str, home: Path) -> None:
    """No effect twice, none lost, none but the approved one; settled or handed over in time, told, and on record."""
    pos = LedgerShop(home / "pos.sqlite", manner=manner)
    pos.deliver_late()
    effects, status, events = pos.effects(), report["status"], report["events"]
    key = idempotency_key(proposal_id, report["sha256"])
    payload = parse_payload(kind, report["payload"])
    assert len(effects) <= 1, effects
    assert all((one[0], one[1], one[3]) == (key, kind, payload.change()) for one in effects)
    assert report["seconds"] < PATIENCE_SECONDS
    assert report["audit"]
    assert report["told"][-1] == status, report["told"]
    assert [events.count(one) for one in ("approved", "executing", status)] == [1, 1, 1], events
    assert events.index("executing") < events.index("sending") < events.index(status)
    message = report["outcome"]["message"]
    match status:
        case "executed":
            assert len(effects) == 1
            assert message == payload.done()
        case "failed":
            assert not effects
            assert fault in _MAY_FAIL
            assert message.startswith("Nothing was changed: ")
        case "unknown":
            assert manner != "marks"
            assert kind in _NO_TRACE
            assert payload.look_up() in message
        case _:
            raise AssertionError(status)


@contextmanager
def crash_rig() -> Iterator[CrashRig]:
    """A process to kill; its folders are in memory where there is such a place, as a killed process loses no page."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.crash_child"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            yield CrashRig(Path(folder), process)
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)
