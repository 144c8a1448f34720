"""The conversation over the real tools and a small chain, each number of which can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from agent.conversation.answer import Answer, Question
from agent.conversation.planner.model import PlannerModel
from agent.conversation.turn import Turns
from agent.db.engine import open_database
from agent.governance.receipts import Receipts
from tests.support.conversation_world import ScriptedChatModel, calls
from tests.support.tools_world import NOW, FiledProposals, World, build_world
from tools.context import Role

YESTERDAY = date(2026, 11, 22)


class Chain:
    """The small chain with a conversation on top."""

    def __init__(self, home: Path, world: World) -> None:
        self.home = home
        self.world = world
        self.desk = FiledProposals()
        self.database = open_database(f"sqlite:///{home / 'operations.sqlite'}")
        self.receipts = Receipts(self.database)
        self.turns = self._turns(PlannerModel(), "conversations.sqlite")

    def _turns(self, model: PlannerModel | ScriptedChatModel, memory: str) -> Turns:
        return Turns(
            memory=self.home / memory,
            mirror=self.world.mirror,
            receipts=self.receipts,
            model=model,
            proposals=self.desk,
        )

    def ask(self, text: str, thread: str = "t", *stores: str) -> Answer:
        scope = self.world.context(Role.OWNER, *stores).scope
        return self.turns.answer(Question(text, scope, thread, NOW))

    def ask_model(self, model: ScriptedChatModel, text: str) -> Answer:
        turns = self._turns(model, "other.sqlite")
        try:
            return turns.answer(Question(text, self.world.context().scope, "m", NOW))
        finally:
            turns.close()

    def close(self) -> None:
        self.turns.close()
        self.database.close()
        self.world.connection.close()


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    home = tmp_path_factory.mktemp("home")
    made = Chain(home, build_world(home))
    yield made
    made.close()


def _net(chain: Chain, *stores: str) -> Decimal:
    return Decimal(sum(line.net for line in chain.world.select(YESTERDAY, YESTERDAY, *stores))) / 100


def test_yesterday_is_the_sum_of_its_lines_and_the_receipt_recomputes_it(chain: Chain) -> None:
    answer = chain.ask("How did we do yesterday?", "a")
    net = next(figure for figure in answer.figures if figure.metric == "net_sales")
    assert net.value is not None
    assert Decimal(net.value) == _net(chain)
    assert f"{_net(chain):,.2f}" in answer.headline
    replay = chain.receipts.replay(answer.receipt_id, chain.world.context().scope, mirror=chain.world.mirror)
    assert replay.status == "same"


def test_a_whole_conversation_keeps_its_thread(chain: Chain) -> None:
    first = chain.ask("How did harbor do yesterday?", "b")
    assert first.tools[0].status == "clarify"
    second = chain.ask("Harbor Point", "b")
    figure = next(figure for figure in second.figures if figure.metric == "net_sales")
    assert Decimal(str(figure.value)) == _net(chain, "S02")
    third = chain.ask("compare that with the same day last week", "b")
    assert third.figures[0].compared_to is not None
    assert third.figures[0].compared_to.start_on == date(2026, 11, 15)
    assert third.figures[0].stores == ("S02",)
    fourth = chain.ask("what were our top 3 products last week by margin?", "b")
    assert fourth.table is not None
    assert len(fourth.table.rows) == 3


def test_one_department_is_answered_first(chain: Chain) -> None:
    answer = chain.ask("How did Produce do last week?", "c")
    assert answer.headline.startswith("Net sales of Produce last week")
    assert all(figure.group["department"] == "Produce" for figure in answer.figures)
    assert answer.caveats == tuple(caveat for caveat in answer.caveats if "tool returned" not in caveat)


def test_what_makes_an_answer_a_near_one_reaches_the_person(chain: Chain) -> None:
    answer = chain.ask("which departments have been outperforming?", "near").answer
    assert answer.startswith("No targets are set for departments, so each is held against its own four weeks before.")


def test_a_price_change_is_proposed_and_nothing_claims_it_is_done(chain: Chain) -> None:
    answer = chain.ask("mark down product 1001 by 15% until Sunday at Harbor Point", "d")
    assert len(answer.proposals) == 1
    assert chain.desk.drafts[-1].percent == Decimal(-15)
    assert chain.desk.drafts[-1].store_id == "S02"
    assert chain.desk.drafts[-1].variant_id.endswith("1001")


def test_a_store_outside_the_scope_stays_outside_for_a_model_too(chain: Chain) -> None:
    answer = chain.ask("How did Harbor Point do yesterday?", "e", "S01")
    assert answer.figures == ()
    assert "not among them" in answer.answer


def test_a_scripted_model_and_the_planner_bring_the_same_figures(chain: Chain) -> None:
    planned = chain.ask("Net sales last week by store", "f")
    args = {"period": "last week", "metrics": ["net_sales"], "by": "store"}
    model = ScriptedChatModel(script=[calls(("sales_summary", args)), "Here is last week by store."])
    written = chain.ask_model(model, "Net sales last week by store")
    assert [figure.to_json() for figure in written.figures] == [figure.to_json() for figure in planned.figures]


@pytest.mark.parametrize(
    "question",
    [
        "How did we do yesterday?",
        "compare last week with the week before by department",
        "top 5 products last week by margin",
        "do we sell oat milk?",
        "list stores",
        "sales by hour on saturday",
    ],
)
def test_every_question_a_tool_offers_next_is_one_the_planner_answers(chain: Chain, question: str) -> None:
    offered = chain.ask(question, f"g-{question}").follow_ups
    assert offered
    for text in offered:
        answer = chain.ask(text, f"h-{question}-{text}")
        assert answer.tools, text
        assert answer.tools[0].status == "ok" or "Mark down" in text, (text, answer.answer)


@pytest.mark.parametrize(
    ("question", "piece"),
    [
        ("How did Elm Street do yesterday?", "Elm Street"),
        ("sales in 2015", "2015"),
        ("sales on 2027-03-01", "2027"),
        ("how did we do on Nov 31", "31"),
        ("top 1000 products", "50"),
    ],
)
def test_bad_input_gets_a_clear_sentence_and_no_figures(chain: Chain, question: str, piece: str) -> None:
    answer = chain.ask(question, f"i-{question}")
    assert answer.figures == ()
    assert piece in answer.answer
    assert "Error" not in answer.answer
