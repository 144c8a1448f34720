"""Order, parallelism, overload, restarts: what happens when many write at once or the process ends in the middle."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path

from agent.conversation.answer import Answer, OnProgress, Question
from agent.slack.delivery.work_queue import WorkQueue
from agent.slack.inbound import Inbound, Ledger
from agent.slack.turn import BUSY, GAVE_UP
from tests.support.slack_rig import NOW, all_text, echo, slack_rig


def test_jobs_of_a_key_keep_their_order_and_keys_run_side_by_side() -> None:
    queue = WorkQueue("test", workers=4, backlog=500)
    done: dict[str, list[int]] = {key: [] for key in "abcd"}
    together = threading.Barrier(4, timeout=5)

    def job(key: str, number: int) -> None:
        if number == 0:
            together.wait()
        done[key].append(number)

    for number in range(50):
        for key in done:
            assert queue.submit(key, lambda key=key, number=number: job(key, number))  # type: ignore[misc]
    queue.start()
    assert queue.drain(10)
    assert queue.stop(5)
    assert done == {key: list(range(50)) for key in "abcd"}


def test_a_full_queue_refuses_and_a_failing_job_kills_no_worker() -> None:
    queue = WorkQueue("test", workers=1, backlog=2)
    ran: list[str] = []

    def fail() -> None:
        raise ValueError

    assert queue.submit("a", fail)
    assert queue.submit("b", lambda: ran.append("b"))
    assert not queue.submit("c", lambda: ran.append("c"))
    queue.start()
    assert queue.drain(5)
    assert queue.submit("c", lambda: ran.append("late"))
    assert queue.drain(5)
    assert queue.stop(5)
    assert ran == ["b", "late"]
    assert not queue.submit("d", lambda: None)


def test_stopping_lets_the_running_job_end_and_drops_the_waiting_ones() -> None:
    queue = WorkQueue("test", workers=1, backlog=10)
    begun, go = threading.Event(), threading.Event()
    ran: list[str] = []

    def slow() -> None:
        begun.set()
        go.wait(5)
        ran.append("slow")

    queue.submit("a", slow)
    queue.submit("a", lambda: ran.append("never"))
    queue.start()
    assert begun.wait(5)
    threading.Timer(0.05, go.set).start()
    assert queue.stop(5)
    assert ran == ["slow"]
    assert queue.size() == 0


def test_turns_of_one_thread_never_overlap_and_keep_their_order(tmp_path: Path) -> None:
    def slowly(question: Question, on_progress: OnProgress | None) -> Answer:
        time.sleep(0.03)
        return echo(question, on_progress)

    with slack_rig(tmp_path, slowly) as rig:
        root = rig.say("U_OWNER", "D_U_OWNER", "q0")
        rig.until(lambda: rig.inbound("D_U_OWNER", root))
        for number in range(1, 8):
            ts = rig.say("U_OWNER", "D_U_OWNER", f"q{number}", thread_ts=root)
            rig.until(lambda ts=ts: rig.inbound("D_U_OWNER", ts))  # type: ignore[misc]
        rig.replies("D_U_OWNER", root, 8)
        assert rig.conversation.ended == [f"q{number}" for number in range(8)]
        assert rig.conversation.overlaps == 0


def test_an_overloaded_bot_says_so_instead_of_falling_silent(tmp_path: Path) -> None:
    go = threading.Event()

    def wait(question: Question, on_progress: OnProgress | None) -> Answer:
        go.wait(10)
        return echo(question, on_progress)

    with slack_rig(tmp_path, wait, turn_workers=1, backlog=1) as rig:
        rig.say("U_OWNER", "D_U_OWNER", "first")
        rig.until(lambda: rig.asked("first"))
        ts = rig.say("U_ANALYST", "D_U_ANALYST", "second")
        (reply,) = rig.replies("D_U_ANALYST", ts)
        go.set()
        assert reply["text"] == BUSY


def _message(ts: str, text: str, **changes: object) -> Inbound:
    fields = {"received_at": NOW, "thread_ts": ts, **changes}
    return Inbound("T_DEMO", "D_U_OWNER", ts, f"Ev{ts}{text}"[:60], "U_OWNER", text=text, **fields)  # type: ignore[arg-type]


def test_a_message_is_admitted_once_by_its_place_and_once_by_its_event(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        ledger = Ledger(rig.database)
        assert ledger.admit(_message("1.1", "a"))
        assert not ledger.admit(_message("1.1", "b"))
        assert not ledger.admit(_same_event())
        results: list[bool] = []
        threads = [
            threading.Thread(target=lambda n=n: results.append(ledger.admit(_message("2.2", f"{n}"))))
            for n in range(16)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(results) == [False] * 15 + [True]


def _same_event() -> Inbound:
    first = _message("1.1", "a")
    return Inbound("T_DEMO", "D_U_OWNER", "9.9", first.event_id, "U_OWNER", "9.9", "a", NOW)


def test_what_was_queued_when_the_process_died_is_answered_after_a_restart_once(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        root = rig.say("U_OWNER", "D_U_OWNER", "asked while the bot was away")
        ledger = Ledger(rig.database)
        # As the dead process left it: written down, not answered.
        assert ledger.admit(_message(root, "asked while the bot was away"))
        rig.start()
        (reply,) = rig.replies("D_U_OWNER", root)
        rig.settle()
        rig.stop()
        rig.start()
        rig.settle()
        assert "asked while the bot was away" in all_text(reply)
        assert len(rig.from_bot("D_U_OWNER", root)) == 1
        assert len(rig.asked("asked while the bot was away")) == 1


def test_old_messages_lapse_and_twice_interrupted_ones_are_given_up_with_a_word(tmp_path: Path) -> None:
    with slack_rig(tmp_path, start=False) as rig:
        ledger = Ledger(rig.database)
        rig.say("U_OWNER", "D_U_OWNER", "hello")
        old = rig.say("U_OWNER", "D_U_OWNER", "old")
        poison = rig.say("U_OWNER", "D_U_OWNER", "poison")
        ledger.admit(_message(old, "old", received_at=NOW - timedelta(minutes=16)))
        ledger.admit(_message(poison, "poison"))
        take, _ = ledger.unanswered(NOW, 15)
        assert [message.text for message in take] == ["poison"]
        rig.start()
        (reply,) = rig.replies("D_U_OWNER", poison)
        assert reply["text"] == GAVE_UP
        assert rig.inbound("D_U_OWNER", old).status == "lapsed"  # type: ignore[union-attr]
        assert rig.asked("old") == rig.asked("poison") == []


def test_stopping_in_the_middle_loses_no_question(tmp_path: Path) -> None:
    def slowly(question: Question, on_progress: OnProgress | None) -> Answer:
        time.sleep(0.3)
        return echo(question, on_progress)

    with slack_rig(tmp_path, slowly, turn_workers=1) as rig:
        roots = [rig.say("U_OWNER", "D_U_OWNER", f"n{number}") for number in range(4)]
        for root in roots:
            rig.until(lambda root=root: rig.inbound("D_U_OWNER", root))  # type: ignore[misc]
        rig.stop()
        rig.start()
        for root in roots:
            rig.replies("D_U_OWNER", root)
        rig.settle()
        assert [len(rig.from_bot("D_U_OWNER", root)) for root in roots] == [1, 1, 1, 1]


def test_a_redelivered_event_is_ignored(tmp_path: Path) -> None:
    with slack_rig(tmp_path) as rig:
        ts = rig.say("U_OWNER", "D_U_OWNER", "only once")
        rig.replies("D_U_OWNER", ts)
        row = rig.inbound("D_U_OWNER", ts)
        assert row is not None
        again = Inbound("T_DEMO", "D_U_OWNER", ts, row.event_id, "U_OWNER", ts, "only once", NOW)
        assert not Ledger(rig.database).admit(again)
