"""People write, the bot answers: a real Bolt app over Socket Mode against the stand-in workspace."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from agent.conversation.answer import Answer, OnProgress, Progress, Question
from agent.db.tables import Receipt
from agent.slack.turn import READS_TEXT_ONLY
from agent.slack.ui.home import HELP
from tests.support.slack_rig import Rig, action_ids, all_text, echo, slack_rig


def script(question: Question, on_progress: OnProgress | None) -> Answer:
    if "break" in question.text:
        raise RuntimeError("secret detail of the inside")
    if "slowly" in question.text and on_progress is not None:
        on_progress(Progress("t1", "Sales summary · yesterday", "in_progress"))
        on_progress(Progress("t1", "Sales summary · yesterday", "complete"))
        on_progress(Progress("t2", "Top products · last week", "in_progress"))
    if "next" in question.text:
        return Answer(answer="Done.", headline="Done.", follow_ups=["And by store?", "Why?"], receipt_id="r_42")
    if "essay" in question.text:
        words = "\n".join(f"line {number} of a long answer" for number in range(600))
        return Answer(answer=f"Long.\n{words}", headline="Long.")
    return echo(question, on_progress)


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with slack_rig(tmp_path_factory.mktemp("slack"), script) as running:
        yield running


def test_a_mention_is_answered_once_in_its_thread(rig: Rig) -> None:
    ts = rig.say("U_MANAGER_S01", "C_S01", "<@U_BOT> how did we do yesterday?")
    (reply,) = rig.replies("C_S01", ts)
    rig.settle()
    assert "how did we do yesterday?" in all_text(reply)
    assert reply["text"]
    assert len(rig.from_bot("C_S01", ts)) == 1
    (question,) = rig.asked("how did we do yesterday?")
    assert question.thread_id == f"T_DEMO:C_S01:{ts}"
    assert question.scope.default_store_ids == ("S01",)


def test_a_direct_message_needs_no_mention(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "D_U_OWNER", "direct question")
    (reply,) = rig.replies("D_U_OWNER", ts)
    assert "direct question" in all_text(reply)
    assert len(rig.asked("direct question")[0].scope.store_ids) == 5


def test_a_follow_up_in_the_thread_needs_no_mention_and_is_the_same_conversation(rig: Rig) -> None:
    ts = rig.say("U_MANAGER_S02", "C_S02", "<@U_BOT> first")
    rig.replies("C_S02", ts)
    rig.say("U_MANAGER_S02", "C_S02", "compare that with last week", thread_ts=ts)
    rig.replies("C_S02", ts, 2)
    (question,) = rig.asked("compare that with last week")
    assert question.thread_id == f"T_DEMO:C_S02:{ts}"


def test_talk_between_people_is_left_alone_and_leaves_no_trace(rig: Rig) -> None:
    alone = rig.say("U_MANAGER_S03", "C_S03", "who opens tomorrow?")
    reply = rig.say("U_STAFF_S03", "C_S03", "me", thread_ts=alone)
    ours = rig.say("U_MANAGER_S03", "C_S03", "<@U_BOT> hello there")
    rig.replies("C_S03", ours)
    aside = rig.say("U_MANAGER_S03", "C_S03", "<@U_STAFF_S03> did you see that?", thread_ts=ours)
    rig.settle()
    assert [rig.inbound("C_S03", ts) for ts in (alone, reply, aside)] == [None, None, None]
    assert len(rig.from_bot("C_S03", ours)) == 1


def test_a_file_without_words_gets_one_sentence(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "D_U_OWNER", "", files=[{"name": "shelf.png", "mimetype": "image/png"}])
    (reply,) = rig.replies("D_U_OWNER", ts)
    assert reply["text"] == READS_TEXT_ONLY


def test_an_empty_mention_gets_help(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S01", "<@U_BOT>")
    (reply,) = rig.replies("C_S01", ts)
    assert reply["text"] == HELP


@pytest.mark.parametrize("user", ["U_GUEST", "U_STAFF_S05"])
def test_a_guest_or_stranger_is_refused_where_only_they_see_it(rig: Rig, user: str) -> None:
    ts = rig.say(user, "C_S05", f"<@U_BOT> sales please {user}")
    (whisper,) = rig.until(lambda: [m for m in rig.messages("C_S05") if m.get("ephemeral_to") == user])
    assert "store figures" in whisper["text"]
    assert rig.asked(f"sales please {user}") == []
    assert rig.from_bot("C_S05", ts) == []
    row = rig.until(lambda: rig.inbound("C_S05", ts), lambda r: r is not None and r.status != "queued")
    assert row.status == "refused"


def test_a_guest_is_refused_in_a_direct_message(rig: Rig) -> None:
    ts = rig.say("U_GUEST", "D_U_GUEST", "sales by store")
    (reply,) = rig.replies("D_U_GUEST", ts)
    assert "guest" in reply["text"]
    assert rig.asked("sales by store") == []


def test_a_failure_is_told_with_an_id_and_without_its_text(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S01", "<@U_BOT> break please")
    (reply,) = rig.replies("C_S01", ts)
    assert "error id e_" in reply["text"]
    assert "secret" not in all_text(reply)
    assert rig.inbound("C_S01", ts).status == "failed"  # type: ignore[union-attr]


def test_progress_is_streamed_and_the_stream_becomes_the_answer(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S01", "<@U_BOT> slowly now")
    (reply,) = rig.replies("C_S01", ts)
    assert reply["stream"]["stopped"]
    assert {task["status"] for task in reply["stream"]["tasks"].values()} == {"complete"}
    assert len(reply["stream"]["tasks"]) == 2
    assert "You asked: slowly now" in reply["text"]
    assert "answer_feedback" in action_ids(reply)


@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
def test_an_answer_survives_a_stream_that_breaks(rig: Rig, method: str) -> None:
    rig.fault(method, "message_not_in_streaming_state")
    ts = rig.say("U_OWNER", "C_S01", f"<@U_BOT> slowly {method}")
    found = rig.until(
        lambda: [m for m in rig.from_bot("C_S01", ts) if f"You asked: slowly {method}" in all_text(m)], seconds=5
    )
    rig.settle()
    assert len(found) == 1
    # Only a stream that can neither be stopped nor rewritten is left standing beside the answer.
    assert len(rig.from_bot("C_S01", ts)) == (2 if method == "chat.stopStream" else 1)


def test_a_stream_that_slack_has_closed_after_its_time_is_rewritten_as_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.sandbox.workspace.webapi.chat.STREAM_SECONDS", 0.2)

    def long_work(question: Question, on_progress: OnProgress | None) -> Answer:
        assert on_progress is not None
        on_progress(Progress("t1", "Sales summary", "in_progress"))
        time.sleep(0.4)
        on_progress(Progress("t1", "Sales summary", "complete"))
        return echo(question, None)

    with slack_rig(tmp_path, long_work) as rig:
        ts = rig.say("U_OWNER", "D_U_OWNER", "patience")
        rig.until(lambda: [m for m in rig.from_bot("D_U_OWNER", ts) if "You asked: patience" in all_text(m)])
        rig.settle()
        (reply,) = rig.from_bot("D_U_OWNER", ts)
        assert reply["text"] == "You asked: patience"
        assert "answer_feedback" in action_ids(reply)


@pytest.mark.parametrize("refusals", [1, 2])
def test_refused_blocks_fall_back_and_the_answer_arrives(rig: Rig, refusals: int) -> None:
    rig.fault("chat.postMessage", "invalid_blocks", refusals)
    ts = rig.say("U_OWNER", "C_S01", f"<@U_BOT> next {refusals}")
    (reply,) = rig.replies("C_S01", ts)
    assert reply["text"] == "Done."
    assert bool(reply.get("blocks")) == (refusals == 1)


def test_a_refused_stream_end_falls_back_to_simpler_blocks(rig: Rig) -> None:
    rig.fault("chat.stopStream", "invalid_blocks", 2)
    ts = rig.say("U_OWNER", "C_S01", "<@U_BOT> slowly plain")
    (reply,) = rig.replies("C_S01", ts)
    assert "You asked: slowly plain" in reply["text"]
    assert "answer_feedback" not in action_ids(reply)


def test_a_very_long_answer_arrives_whole_in_several_messages(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S01", "<@U_BOT> essay")
    rig.until(lambda: "line 599 of" in repr(rig.from_bot("C_S01", ts)))
    text = "\n".join(message["text"] for message in rig.from_bot("C_S01", ts))
    assert [line for line in text.split("\n") if line.startswith("line")] == [
        f"line {number} of a long answer" for number in range(600)
    ]


def test_rate_limits_are_waited_out(rig: Rig) -> None:
    rig.fault("chat.postMessage", "rate_limited", 2)
    ts = rig.say("U_OWNER", "C_S01", "<@U_BOT> patience")
    assert len(rig.replies("C_S01", ts)) == 1


def test_a_follow_up_button_asks_in_the_thread_as_the_person_who_pressed(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S03", "<@U_BOT> next please")
    (reply,) = rig.replies("C_S03", ts)
    rig.click("U_MANAGER_S03", "C_S03", reply["ts"], "follow_up_0")
    found = rig.replies("C_S03", ts, 3)
    assert found[1]["text"] == "<@U_MANAGER_S03> asked: And by store?"
    (question,) = rig.asked("And by store?")
    assert (question.scope.user_id, question.thread_id) == ("U_MANAGER_S03", f"T_DEMO:C_S03:{ts}")


def test_pressing_a_follow_up_twice_in_a_moment_asks_once(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S04", "<@U_BOT> next of all")
    (reply,) = rig.replies("C_S04", ts)
    before = len(rig.asked("Why?"))
    for _ in range(2):
        rig.click("U_OWNER", "C_S04", reply["ts"], "follow_up_1")
    rig.replies("C_S04", ts, 3)
    rig.settle()
    assert len(rig.asked("Why?")) - before == 1


def test_feedback_is_kept_and_thanked_for_privately(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S04", "<@U_BOT> next thumbs")
    (reply,) = rig.replies("C_S04", ts)
    rig.click("U_OWNER", "C_S04", reply["ts"], "answer_feedback")
    (thanks,) = rig.until(lambda: [m for m in rig.messages("C_S04", ts) if m.get("ephemeral_to") == "U_OWNER"])
    assert "Thank you" in thanks["text"]
    with rig.database.reading() as session:
        (kept,) = session.scalars(select(Receipt).where(Receipt.kind == "feedback"))
    assert (kept.user_id, kept.document) == ("U_OWNER", {"rating": "good", "about": "r_42"})


def test_an_edited_message_is_not_answered_again(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S04", "<@U_BOT> before the edit")
    rig.replies("C_S04", ts)
    answer = rig.http.post(
        "/api/sandbox/edit", json={"user": "U_OWNER", "channel": "C_S04", "ts": ts, "text": "<@U_BOT> after the edit"}
    )
    assert answer.status_code == 200, answer.text
    rig.settle()
    assert rig.asked("after the edit") == []


def test_slacks_escapes_are_undone(rig: Rig) -> None:
    rig.say("U_OWNER", "D_U_OWNER", "a < b & c > d")
    assert rig.until(lambda: rig.asked("a < b & c > d"))


def test_where_all_count_a_stores_channel_is_answered_without_a_mention_and_others_are_not(tmp_path: Path) -> None:
    with slack_rig(tmp_path, channel_replies="all") as rig:
        ts = rig.say("U_MANAGER_S01", "C_S01", "sales yesterday")
        rig.say("U_OWNER", "C_SOUTH", "not for the bot")
        rig.replies("C_S01", ts)
        rig.settle()
        assert rig.asked("not for the bot") == []
