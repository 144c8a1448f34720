"""Things people type by mistake: each gets one clear sentence, nothing is lost, nothing is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.demo_process import Demo, ask_json, floorwalker, is_bot, text_of, wait_for

pytestmark = pytest.mark.e2e

NO_MONEY = (
    "What were net sales at Hogsmeade yesterday?",
    "How did we do on 1 May 2031?",
    "How did we do in June 2015?",
)


@pytest.mark.parametrize("question", NO_MONEY)
def test_what_cannot_be_answered_is_said_without_a_figure(demo: Demo, question: str) -> None:
    document = ask_json(question, home=demo.home, now="2026-11-23T15:00:00+00:00")
    assert document["answer"].strip()
    assert not document["figures"]
    assert "$" not in document["answer"]


def test_two_stores_with_similar_names_are_asked_back(demo: Demo) -> None:
    answer = ask_json("How did Harbor do yesterday?", home=demo.home, now="2026-11-23T15:00:00+00:00")
    assert "Harbor Point" in answer["answer"]
    assert "Harbor Street" in answer["answer"]
    assert not answer["figures"]


def test_an_empty_question_names_the_remedy(demo: Demo) -> None:
    done = floorwalker("ask", "   ", home=demo.home, check=False)
    assert done.returncode == 2
    assert "question" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unknown_person_is_refused(demo: Demo) -> None:
    done = floorwalker("ask", "How did we do yesterday?", "--json", "--as", "U_NOBODY", home=demo.home, check=False)
    assert done.returncode == 3
    assert "error" in json.loads(done.stdout)


def test_a_store_of_somebody_else_is_refused(demo: Demo) -> None:
    answer = ask_json(
        "net sales at Station Road yesterday", home=demo.home, user="U_MANAGER_S01", now="2026-11-23T15:00:00+00:00"
    )
    assert not answer["figures"]
    assert "$" not in answer["answer"]


def test_a_message_of_twenty_thousand_characters_is_answered_with_its_limit(demo: Demo) -> None:
    _, answer = demo.ask("U_MANAGER_S01", "C_S01", "sales yesterday " * 1250)
    assert "4,000" in answer


def test_a_message_that_is_only_an_image_is_answered(demo: Demo) -> None:
    ts = demo.say("U_MANAGER_S01", "C_S01", "", files=[{"name": "shelf.png", "mimetype": "image/png"}])
    reply = wait_for(
        lambda: next((m for m in demo.messages("C_S01", ts, "U_MANAGER_S01") if is_bot(m)), None), 10, "an answer"
    )
    assert "text" in text_of(reply).lower()


def test_batches_answer_every_line_in_order(loaded_home: Path, tmp_path: Path) -> None:
    lines = [
        {"question": "How did we do yesterday?", "as": "U_MANAGER_S01", "now": "2026-11-23T15:00:00+00:00"},
        {"question": ""},
        {"nothing": 1},
        {"question": "How did we do yesterday?", "as": "U_MANAGER_S02", "now": "2026-11-23T15:00:00+00:00"},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    done = floorwalker("ask", "--batch", str(batch), home=loaded_home)
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert [("error" in document) for document in documents] == [False, True, True, False]
    assert documents[0]["figures"][0]["stores"] == ["S01"]
    assert documents[3]["figures"][0]["stores"] == ["S02"]
