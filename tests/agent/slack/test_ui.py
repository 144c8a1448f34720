"""The builders: golden blocks for the usual messages, and Slack's limits for every message that can be made."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from agent.conversation.answer import Answer, ToolUse
from agent.proposals.kinds import KINDS
from agent.slack.ui import limits, mrkdwn, values
from agent.slack.ui.answer import compose_answer
from agent.slack.ui.briefing import compose_briefing
from agent.slack.ui.home import compose_home, compose_refused_home
from agent.slack.ui.message import Outgoing
from agent.slack.ui.modals import compose_reject_modal
from agent.slack.ui.proposal_card import compose_card, rendered_state
from agent.slack.ui.table import data_table, preformatted
from connectors.sandbox.workspace.validation import check_blocks, check_view
from tests.support.examples import examples
from tests.support.payloads import example
from tests.support.slack_documents import BRIEFING
from tests.support.slack_rig import LABELS, NOW, price_view
from tools.result import Chart, Comparison, Figure, Table, TableColumn

SUNDAY = date(2026, 11, 22)
FULL = Answer(
    answer="Market Street took $12,345.67 on Sunday, up 4.2%.\nTransactions: 512.\n- **GROCERY** led\n- DELI fell",
    headline="Market Street took $12,345.67 on Sunday, up 4.2%.",
    figures=(
        Figure(
            "net_sales",
            "12345.67",
            "USD",
            ("S01",),
            SUNDAY,
            SUNDAY,
            compared_to=Comparison("11848.05", SUNDAY, SUNDAY, "497.62", "4.2"),
        ),
    ),
    table=Table(
        (TableColumn("Department", "text"), TableColumn("Net sales", "USD"), TableColumn("Change", "%")),
        tuple((f"Department {number}", f"{number * 1234.5:.2f}", "-4.2") for number in range(1, 25)),
    ),
    chart=Chart("bar", "Net sales by department", ("GROCERY", "DELI"), {"Sunday": (900.0, 120.5)}, "USD"),
    caveats=("Costs are simulated.",),
    follow_ups=("And by hour?", "Compare with last month"),
    tools=(ToolUse("sales_summary", {"period": "yesterday", "stores": None}, "ok", 0.0213),),
    as_of=datetime(2026, 11, 23, 4, 59, tzinfo=UTC),
    receipt_id="r_abc",
    model="floorwalker-planner",
    sql=("SELECT store_id, sum(net) FROM sale WHERE closed_at < '2026-11-23' GROUP BY store_id",),
    metrics=("net_sales", "transactions"),
)


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(JSONSnapshotExtension)


def as_json(message: Outgoing) -> dict[str, Any]:
    return {"text": message.text, "headline": message.headline, "levels": [list(level) for level in message.levels]}


def formatted(value: Any) -> list[str]:
    """Every text in which Slack would format and ping; plain-text objects, where nothing does, are left out."""
    if isinstance(value, list):
        return [text for item in value for text in formatted(item)]
    if not isinstance(value, dict):
        return []
    if value.get("type") == "mrkdwn":
        return [value["text"]]
    return [text for item in value.values() for text in formatted(item)]


def problems(message: Outgoing) -> list[str]:
    """What the stand-in's own reading of Slack's limits, written apart from ours, finds wrong."""
    found = [problem for level in message.levels for problem in check_blocks(list(level), "message")]
    return [str(problem) for problem in found]


def test_an_answer(golden: SnapshotAssertion) -> None:
    message = compose_answer(FULL, LABELS)
    assert problems(message) == []
    assert as_json(message) == golden


@pytest.mark.parametrize(
    "status",
    [
        "pending",
        "approved",
        "executing",
        "executed",
        "failed",
        "unknown",
        "rejected",
        "expired",
        "superseded",
        "cancelled",
        "undone",
    ],
)
def test_a_card_in_every_state(golden: SnapshotAssertion, status: str) -> None:
    decided = {} if status in {"pending", "expired", "superseded"} else {"decided_by": "U_OWNER", "decided_at": NOW}
    view = price_view(status=status, outcome={"message": "The price is 4.29 now."}, **decided)
    if status == "executed":
        view = replace(view, pos_reference="sq-77", can_undo=True)
    message = compose_card(view, LABELS["S01"])
    assert problems(message) == []
    assert as_json(message) == golden


def test_a_briefing(golden: SnapshotAssertion) -> None:
    message = compose_briefing(BRIEFING)
    assert problems(message) == []
    assert as_json(message) == golden


def test_the_home_and_the_modal(golden: SnapshotAssertion) -> None:
    views = [
        compose_home([LABELS["S01"], LABELS["S02"]], NOW, [price_view()], may_decide=True),
        compose_home([], None, [], may_decide=False),
        compose_refused_home("You are a guest & nobody's <friend>."),
        compose_reject_modal("p_1", "C_S01", "1.2"),
    ]
    assert [problem for view in views for problem in check_view(view, view["type"])] == []
    assert views == golden


@pytest.mark.parametrize("kind", KINDS)
def test_the_home_shows_of_a_change_whatever_its_card_shows(kind: str) -> None:
    payload = example(kind)
    view = replace(price_view(), kind=kind, payload=payload.document())
    home = compose_home([LABELS["S01"]], NOW, [view], may_decide=True)
    card = compose_card(view, LABELS["S01"]).best
    assert card[:-1] == [block for block in home["blocks"] if block in card[:-1]]
    buttons = next(block for block in home["blocks"] if block["type"] == "actions")["elements"]
    approve = next(one for one in card[-1]["elements"] if one["action_id"] == "proposal_approve")
    assert buttons[0] == approve, "it asks for what it does, not for a price"
    assert [one["action_id"] for one in buttons] == ["proposal_approve", "proposal_reject"]


def test_a_change_that_does_not_fit_on_the_home_is_left_to_its_thread() -> None:
    long = replace(price_view(), kind="price_list", payload=example("price_list").document())
    home = compose_home([LABELS["S01"]], NOW, [replace(long, id=f"p_{n}") for n in range(8)], may_decide=True)
    approvals = [one for one in home["blocks"] if one["type"] == "actions"]
    assert 0 < len(approvals) < 8
    assert f"{8 - len(approvals)} more are in their threads." in str(home)
    assert check_view(home, "home") == []


def test_every_line_of_the_longest_change_is_on_its_card() -> None:
    made = example("promotion_create").document()
    items = [{**made["items"][0], "variant_id": f"V{n}", "product": f"Product <{n}>" + "&" * 60} for n in range(200)]
    view = replace(price_view(), kind="promotion_create", payload={**made, "items": items})
    message = compose_card(view, LABELS["S01"])
    assert problems(message) == []
    assert all(f"Product &lt;{n}&gt;" in str(message.best) for n in range(200))
    order = replace(price_view(), kind="purchase_order_draft", payload=example("purchase_order_draft").document())
    assert "Product 20 " in str(compose_card(order, LABELS["S01"]).best)


def test_one_that_was_approved_too_late_is_not_said_to_be_undecided() -> None:
    message = "It was approved, but its time had passed before it could be carried out; nothing was changed."
    view = price_view(status="expired", outcome={"outcome": "not_sent", "message": message})
    assert f"⌛ {message}" in compose_card(view, LABELS["S01"]).text


def test_a_home_with_many_stores_and_proposals_fits() -> None:
    view = compose_home(list(LABELS.values()) * 30, NOW, [price_view(f"p_{n}") for n in range(80)], may_decide=True)
    assert check_view(view, "home") == []


def test_a_card_shows_the_payload_and_never_lets_data_format_or_ping() -> None:
    view = price_view()
    hostile = "*BIG* <!channel> <https://x.example|click> `rm` \u202eevil"
    card = compose_card(replace(view, payload={**view.payload, "product": hostile, "reason": hostile}), LABELS["S01"])
    shown = " ".join([card.text, *formatted(card.best)])
    assert problems(card) == []
    for trap in ("<!channel", "<https", "\u202e", "`rm`"):
        assert trap not in shown
    assert "∗BIG∗" in card.best[0]["text"]["text"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("due", "Goes back at Mon 23 Nov 2026, 08:30 EST."),
        ("reverted", "the old price is back"),
        ("left", "left alone"),
    ],
)
def test_a_temporary_price_says_what_becomes_of_it(state: str, words: str) -> None:
    view = price_view(status="executed", decided_by="U_OWNER", decided_at=NOW, reverts_at=NOW, revert_state=state)
    assert words in compose_card(view, LABELS["S01"]).text


def test_two_states_have_different_fingerprints() -> None:
    seen = {
        rendered_state(compose_card(price_view(status=status), LABELS["S01"]))
        for status in ("pending", "approved", "rejected", "expired", "failed", "unknown", "undone")
    }
    assert len(seen) == 7


words = st.text(max_size=400)
hard_words = st.one_of(words, st.just("x" * 9000), st.just("<!channel> & *b* _i_ `c` ~s~"), st.just("&" * 4000))
cells = st.one_of(st.none(), st.integers(-(10**12), 10**12), words, st.just("1234.50"), st.just(""), st.just("NaN"))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(0, 24))
    units = st.sampled_from(["USD", "%", "count", "units", "date", "text", ""])
    columns = tuple(TableColumn(draw(words), draw(units)) for _ in range(width))
    rows = draw(st.lists(st.tuples(*[cells] * width), max_size=30))
    return Table(columns, rows)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    count = draw(st.integers(0, 24))
    categories = tuple(draw(st.lists(words, min_size=count, max_size=count)))
    points = st.lists(st.floats(), min_size=count, max_size=count).map(tuple)
    series = draw(st.dictionaries(words, points, max_size=8))
    return Chart(draw(st.sampled_from(["bar", "line", "area", "pie", "radar"])), draw(words), categories, series)


answers = st.builds(
    Answer,
    answer=hard_words,
    headline=hard_words,
    figures=st.just(FULL.figures),
    table=st.one_of(st.none(), tables()),
    chart=st.one_of(st.none(), charts()),
    caveats=st.lists(hard_words, max_size=14),
    follow_ups=st.lists(hard_words, max_size=9),
    tools=st.lists(
        st.builds(ToolUse, words, st.dictionaries(words, words, max_size=3), st.just("ok"), st.just(0.1)), max_size=12
    ),
    sql=st.lists(hard_words, max_size=14),
    metrics=st.lists(words, max_size=9),
    receipt_id=st.sampled_from(["", "r_1"]),
    as_of=st.sampled_from([None, NOW]),
)


@settings(max_examples=examples(120), deadline=None)
@given(answers)
def test_any_answer_keeps_slacks_limits_and_cannot_ping(answer: Answer) -> None:
    message = compose_answer(answer, LABELS)
    assert problems(message) == []
    assert message.text
    assert message.headline
    for text in [message.text, message.headline, *formatted(list(message.levels))]:
        assert "<" not in text
        assert re.search(r"&(?!amp;|lt;|gt;)", text) is None
        assert text.count("```") % 2 == 0
    pieces = limits.split_mrkdwn(message.text, limits.PLAIN_MESSAGE)
    assert pieces
    assert all(0 < len(piece) <= limits.PLAIN_MESSAGE for piece in pieces)


@settings(max_examples=examples(60), deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "store_id": words,
            "store_name": words,
            "on": words,
            "headline": hard_words,
            "marker": st.just("briefing:S01:x"),
            "figures": st.lists(
                st.fixed_dictionaries({"label": words, "value": cells, "unit": words, "delta": words}), max_size=14
            ),
            "sections": st.lists(
                st.fixed_dictionaries({"title": words, "lines": st.lists(hard_words, max_size=9)}), max_size=40
            ),
            "caveats": st.lists(hard_words, max_size=14),
            "follow_ups": st.lists(hard_words, max_size=9),
            "as_of": words,
        }
    )
)
def test_any_briefing_keeps_slacks_limits(document: dict[str, Any]) -> None:
    assert problems(compose_briefing(document)) == []


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(15), deadline=None)
@given(word=hard_words, reason=hard_words, decision=hard_words)
def test_any_card_keeps_slacks_limits(kind: str, word: str, reason: str, decision: str) -> None:
    payload = example(kind, word, reason).document()
    view = price_view(kind=kind, payload=payload, decision_reason=decision, outcome={"message": decision})
    for status in ("pending", "executed", "rejected", "failed", "unknown"):
        assert problems(compose_card(replace(view, status=status, can_undo=True), LABELS["S01"])) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_shows_every_value_of_its_payload(kind: str) -> None:
    payload = example(kind)
    shown = repr(compose_card(price_view(kind=kind, payload=payload.document()), LABELS["S01"]).best)
    facts = payload.facts()
    for said in (
        facts.title,
        facts.subject,
        facts.consequence,
        *facts.notes,
        *(item.name for item in facts.items[:15]),
    ):
        assert mrkdwn.data(said) in shown
    for value in facts.values:
        assert values.show(value.after, value.unit) in shown


def test_rows_beyond_the_shown_ones_are_counted() -> None:
    table = FULL.table
    assert table is not None
    block, left_out = data_table(table, "caption", 20)
    assert block is not None
    assert (len(block["rows"]), left_out) == (21, 4)
    assert block["rows"][1][1] == {"type": "raw_number", "value": 1234.5, "text": "$1,234.50"}
    text, left_out = preformatted(table, 3)
    assert left_out == 21
    assert [len(line) for line in text.split("\n")] == [len(text.split("\n")[0])] * 4
