from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from dbos import DBOS

import agent.jobs
from agent.errors import UnavailableError
from agent.jobs import Jobs, Steps
from tests.support.lost_work import strand

ROOT = Path(__file__).parents[2]


def wait_for(condition: object, seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.01)
    return False


def test_a_workflow_runs_its_steps_once_per_id(tmp_path: Path) -> None:
    done: list[str] = []

    def body(steps: Steps, word: str) -> None:
        first = steps.run("first", lambda: word.upper())
        steps.sleep(0.01)
        steps.run("second", done.append, first)

    jobs = Jobs(tmp_path)
    jobs.register("shout", body)
    assert jobs.launch()
    assert jobs.start("shout", "id-1", "hello")
    assert jobs.start("shout", "id-1", "hello")
    assert wait_for(lambda: jobs.state("id-1") == "ended")
    jobs.start("shout", "id-1", "hello")
    assert (jobs.state("id-1"), jobs.state("id-2")) == ("ended", "none")
    jobs.close()
    assert done == ["HELLO"]


def test_one_process_owns_a_folder_and_another_instance_only_watches(tmp_path: Path) -> None:
    one, two = Jobs(tmp_path), Jobs(tmp_path)
    one.register("nothing", lambda steps: None)
    two.register("nothing", lambda steps: None)
    assert one.launch()
    assert not two.launch()
    assert not two.start("nothing", "id")
    one.close()
    assert two.launch()
    two.close()


def test_a_second_folder_in_one_program_is_refused_and_left_free(tmp_path: Path) -> None:
    one, two = Jobs(tmp_path / "a"), Jobs(tmp_path / "b")
    assert one.launch()
    with pytest.raises(UnavailableError):
        two.launch()
    one.close()
    assert two.launch()
    two.close()


def test_ticks_repeat_survive_errors_and_end_with_close(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    calls: list[float] = []

    def tick() -> None:
        calls.append(time.monotonic())
        if len(calls) == 1:
            raise RuntimeError("a bad round")

    jobs.every(0.01, "early", tick)
    assert calls == []
    jobs.launch()
    jobs.every(0.01, "tick", tick)
    assert wait_for(lambda: len(calls) >= 3)
    jobs.close()
    count = len(calls)
    time.sleep(0.05)
    assert len(calls) == count


def test_close_waits_for_a_running_workflow(tmp_path: Path) -> None:
    started, finished = threading.Event(), threading.Event()

    def body(steps: Steps) -> None:
        started.set()
        time.sleep(0.2)
        finished.set()

    jobs = Jobs(tmp_path)
    jobs.register("slow", body)
    jobs.launch()
    jobs.start("slow", "id")
    assert started.wait(5)
    jobs.close()
    assert finished.is_set()


def test_what_is_on_record_as_running_and_nobody_runs_is_lost_until_it_is_at_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent.jobs, "_TAKEN_UP_WITHIN", 0.3)
    begun, go = threading.Event(), threading.Event()

    def body(steps: Steps) -> None:
        begun.set()
        go.wait(20)

    jobs = Jobs(tmp_path)
    jobs.register("slow", body)
    jobs.launch()
    strand(tmp_path, "slow", "id")
    assert jobs.state("id") == "running"
    assert wait_for(lambda: jobs.state("id") == "lost")
    DBOS.resume_workflow("id")
    assert begun.wait(20)
    time.sleep(0.4)
    assert jobs.state("id") == "running"
    go.set()
    assert wait_for(lambda: jobs.state("id") == "ended")
    jobs.close()


def test_nothing_listens_on_a_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    monkeypatch.setattr(socket.socket, "listen", lambda self, *args: heard.append(self))
    jobs = Jobs(tmp_path)
    jobs.launch()
    jobs.close()
    assert heard == []


def test_reading_commands_do_not_pay_for_the_workflow_library() -> None:
    script = "import sys; import agent.proposals.service; sys.exit('dbos' in sys.modules or 'alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
