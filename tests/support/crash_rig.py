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
from pathlib import Path
from typing import Any

from agent.proposals.kinds import parse_payload
from agent.proposals.outcomes import TOOK_EFFECT, UNKNOWN
from agent.proposals.payload import Payload, idempotency_key
from connectors.base import ActionKind
from tests.support.crash_cases import CASES, RECEIVER, SHOP
from tests.support.crash_child import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
Kill = tuple[str, int]
"""A boundary by its name, and the how manyeth passing of it."""

_NO_TRACE = frozenset(
    {
        ActionKind.STOCK_ADJUST,
        ActionKind.TRANSFER,
        ActionKind.PURCHASE_ORDER,
        ActionKind.SHIFT_DRAFT,
        ActionKind.PROMOTION_CREATE,
    }
)
"""Whether these took effect cannot be read from a POS that does not find keys again."""


@dataclass
class CrashRig:
    """Folders with a pending change of every kind in each, and the process that lives and dies on them."""

    folder: Path
    process: subprocess.Popen[str]
    lives: int = 0
    _filed: dict[str, dict[str, str]] = field(default_factory=dict)

    def boundaries(self, name: str, manner: str, fault: str) -> list[Kill]:
        """Every boundary that a life without a death passes, in order; a fault's own begin at its first request."""
        home, proposal_id = self._home(name)
        report = self._live(home, name, proposal_id, manner, fault, None)["answer"]
        times: Counter[str] = Counter()
        found = []
        for boundary in report["passed"]:
            times[boundary] += 1
            found.append((boundary, times[boundary]))
        judge(report, proposal_id, name, manner, fault)
        shutil.rmtree(home)
        return found[found.index(("pos.arrives", 1)) :] if fault else found

    def die(self, name: str, manner: str, fault: str, kills: Sequence[Kill]) -> dict[str, Any]:
        """Live and be killed at each of ``kills`` in turn, then live on; judges and gives the last life's report."""
        home, proposal_id = self._home(name)
        for number, kill in enumerate(kills):
            ended = self._live(home, name, proposal_id, manner, "" if number else fault, kill)
            if "answer" in ended:
                break  # the boundary was not passed this time: threads take turns as they like
            assert ended == {"signal": signal.SIGKILL}, (kill, ended)
        report = self._live(home, name, proposal_id, manner, "", None)["answer"]
        judge(report, proposal_id, name, manner, fault)
        shutil.rmtree(home)
        return report

    def _home(self, name: str) -> tuple[Path, str]:
        """A fresh folder with the change pending in it."""
        far_end = CASES[name].far_end.name
        template = self.folder / f"template-{far_end}"
        if far_end not in self._filed:
            self._filed[far_end] = self._ask({"home": str(template), "far_end": far_end})["answer"]
        home = self.folder / f"life-{self.lives}"
        shutil.copytree(template, home)
        return home, self._filed[far_end][name]

    def _live(
        self, home: Path, name: str, proposal_id: str, manner: str, fault: str, kill: Kill | None
    ) -> dict[str, Any]:
        self.lives += 1
        return self._ask(
            {
                "home": str(home),
                "far_end": CASES[name].far_end.name,
                "proposal_id": proposal_id,
                "manner": manner,
                "faults": [fault] if fault else [],
                "fatal": kill,
            }
        )

    def _ask(self, document: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(document) + "\n")
        self.process.stdin.flush()
        reply: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "failed" not in reply, reply
        return reply


def judge(report: dict[str, Any], proposal_id: str, name: str, manner: str, fault: str) -> None:
    """No effect twice, none lost, none but the approved one; settled or handed over in time, told, and on record."""
    status, events, outcome = report["status"], report["events"], report["outcome"]
    payload = parse_payload(report["kind"], report["payload"])
    parts = payload.parts()
    purposes = [f"line {number}" if len(parts) > 1 else "" for number in range(len(parts))]
    keys = [idempotency_key(proposal_id, report["sha256"], purpose) for purpose in purposes]
    approved = {key: (part.action_kind.value, part.change()) for key, part in zip(keys, parts, strict=True)}
    effects = Counter(key for key, _kind, _change in report["effects"])
    for key, kind, change in report["effects"]:
        assert (kind, _asked(change, approved[key][1])) == approved[key], (key, kind, change)
    for key, line in zip(keys, outcome.get("lines", [outcome]), strict=True):
        most = 0 if line["outcome"] not in TOOK_EFFECT | {UNKNOWN} else 1
        assert effects[key] <= most, (line, report["effects"])
        assert effects[key] == 1 or line["outcome"] not in TOOK_EFFECT, (line, report["effects"])
    assert report["seconds"] < PATIENCE_SECONDS, (status, events, report["told"], report["passed"], report["stuck"])
    assert report["audit"]
    assert report["told"][-1] == status, report["told"]
    assert [events.count(one) for one in ("approved", "executing", status)] == [1, 1, 1], events
    assert events.index("executing") < events.index("sending") < events.index(status)
    _judge_word(status, outcome["message"], payload, name, manner, fault, whole=len(effects) == len(keys))


def _judge_word(
    status: str, message: str, payload: Payload, name: str, manner: str, fault: str, *, whole: bool
) -> None:
    """Given up or handed over only where nothing else can be done; and the sentence says what happened."""
    far_end = CASES[name].far_end
    refused = fault in far_end.refusing
    match status:
        case "executed":
            assert whole or (refused and len(payload.parts()) > 1)
            assert message.startswith(payload.done() if whole else f"{len(payload.parts()) - 1} of ")
        case "failed":
            assert not whole
            assert refused
            assert message.startswith("Nothing was changed: ")
        case "unknown":
            if far_end is RECEIVER:
                assert manner == "plain"
            else:
                assert far_end is SHOP
                assert manner != "marks"
                assert payload.action_kind in _NO_TRACE
            assert payload.look_up() in message
        case _:
            raise AssertionError(status)


def _asked(change: dict[str, Any], approved: dict[str, Any]) -> dict[str, Any]:
    """What was told, without what a far end is told beside the approved change: the people of a list."""
    return {name: value for name, value in change.items() if name in approved}


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
