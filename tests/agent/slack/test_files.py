"""Files in a thread of the stand-in workspace: uploaded by the real SDK, and only for those who may have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.conversation.answer import Answer, OnProgress, Question
from agent.errors import RefusedError
from agent.governance.exports import Export
from agent.slack import ids
from tests.support.slack_rig import Rig, action_ids, all_text, slack_rig
from tools.context import Scope
from tools.result import Chart, Table, TableColumn

LONG = Table((TableColumn("product", "text"),), [(f"product {number}",) for number in range(45)])
HEAT = Chart("heatmap", "Visits by hour", ("9:00", "10:00"), {"Mon": (1.0, 2.0), "Tue": (3.0, 4.0)}, "visitors")


def script(question: Question, on_progress: OnProgress | None) -> Answer:
    said = Answer(answer="Here.", headline="Here.", receipt_id="r_7", table=LONG)
    if "heat" in question.text:
        return replace(said, table=None, chart=HEAT)
    return replace(said, export="r_7") if "csv" in question.text else said


def exported(receipt_id: str, scope: Scope) -> Export:
    if scope.user_id == "U_STAFF_S01":
        raise RefusedError("You do not see every store of this table any more (missing: S02).")
    return Export(receipt_id, "top_products-2026-11-23.csv", "product\r\nCafé\r\n'=x\r\n", 2, "A note <b>.")


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with slack_rig(tmp_path_factory.mktemp("slack"), script, start=False) as made:
        services = made.services()
        made.services = lambda: replace(services, export=exported)  # type: ignore[method-assign]
        made.start()
        yield made


def files(rig: Rig, channel: str, thread: str) -> list[dict[str, Any]]:
    return [file for message in rig.from_bot(channel, thread) for file in message.get("files") or ()]


def fetched(rig: Rig, file: dict[str, Any]) -> bytes:
    answer = rig.http.get(file["url_private"])
    answer.raise_for_status()
    return answer.content


def test_a_file_that_was_asked_for_comes_into_the_thread(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S01", "<@U_BOT> top products as csv")
    (file,) = rig.until(lambda: files(rig, "C_S01", ts))
    assert (file["name"], file["title"], file["mimetype"]) == (
        "top_products-2026-11-23.csv",
        "Table as CSV",
        "text/csv",
    )
    assert fetched(rig, file).decode("utf-8-sig") == "product\r\nCafé\r\n'=x\r\n"
    (message,) = [one for one in rig.from_bot("C_S01", ts) if one.get("files")]
    assert "2 rows · receipt r_7 · A note &lt;b&gt;." in message["text"]
    assert ids.GET_CSV not in [name for one in rig.from_bot("C_S01", ts) for name in action_ids(one)]


def test_the_button_gives_the_rows_that_were_not_shown(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S02", "<@U_BOT> top products")
    (reply,) = rig.replies("C_S02", ts)
    assert "25 more rows not shown" in all_text(reply)
    assert ids.GET_CSV in action_ids(reply)
    assert files(rig, "C_S02", ts) == []
    rig.click("U_OWNER", "C_S02", reply["ts"], ids.GET_CSV)
    (file,) = rig.until(lambda: files(rig, "C_S02", ts))
    assert file["size"] == len(fetched(rig, file))


def test_who_may_not_have_it_is_told_so_alone(rig: Rig) -> None:
    ts = rig.say("U_MANAGER_S01", "C_S01", "<@U_BOT> top products again")
    (reply,) = rig.replies("C_S01", ts)
    rig.click("U_STAFF_S01", "C_S01", reply["ts"], ids.GET_CSV)
    whispers = rig.until(
        lambda: [m for m in rig.messages("C_S01", ts) if m.get("ephemeral_to") == "U_STAFF_S01"],
    )
    assert "missing: S02" in whispers[0]["text"]
    assert files(rig, "C_S01", ts) == []


def test_a_workspace_that_takes_no_files_is_told_in_words(rig: Rig) -> None:
    rig.fault("files.getUploadURLExternal", "missing_scope")
    ts = rig.say("U_OWNER", "C_S03", "<@U_BOT> as csv")
    said = rig.until(lambda: [m for m in rig.from_bot("C_S03", ts) if "files:write" in str(m.get("text"))])
    assert "r_7" in said[0]["text"]


def test_a_chart_that_slack_cannot_draw_follows_as_a_picture(rig: Rig) -> None:
    ts = rig.say("U_OWNER", "C_S04", "<@U_BOT> heat map of visits")
    (file,) = rig.until(lambda: files(rig, "C_S04", ts))
    assert (file["mimetype"], file["title"]) == ("image/png", "Visits by hour")
    assert fetched(rig, file).startswith(b"\x89PNG")


def test_a_chart_that_fails_costs_no_answer(rig: Rig, tmp_path: Path) -> None:
    rig.fault("files.getUploadURLExternal", "internal_error")
    ts = rig.say("U_OWNER", "C_S05", "<@U_BOT> heat map again")
    (reply,) = rig.replies("C_S05", ts)
    rig.settle()
    assert "Here." in all_text(reply)
    assert files(rig, "C_S05", ts) == []
