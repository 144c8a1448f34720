"""The reader by concepts: its lists hold together, and where it reads a known question it says what the readers say."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources

import pytest

from agent.conversation.planner.concepts.held import held
from agent.conversation.planner.concepts.kept import _CARRIED, kept
from agent.conversation.planner.concepts.lexicon import words_of
from agent.conversation.planner.concepts.read import by_concepts
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plan import plan
from tests.evals.test_planner_accuracy import AROUND, CASES
from tools.metrics import METRICS
from tools.registry import catalogue

LISTS = tomllib.loads(resources.files("agent.conversation.planner.concepts").joinpath("words.toml").read_text("utf-8"))
_MOVES = {"growth", "decline", "change", "compare", "trend", "why", "spend", "worth_it"}
_SAME = (
    {"sales_breakdown", "sales_summary", "top_products", "sales_rates", "rates_by_group", "store_ranking"},
    {"compare_periods", "sales_breakdown", "sales_moves"},
)
"""Tools that tell the same figures in other ways."""


def test_every_figure_of_the_lists_is_told_by_a_tool_that_takes_its_arguments() -> None:
    for name, one in held().items():
        assert name in LISTS["figures"], name
        assert set(one.args) <= one.fields(), name
        catalogue()[one.tool].arguments.model_validate(dict(one.args) if one.tool != "about_figures" else {})
        assert one.absorbs <= LISTS["figures"].keys(), name
        assert one.goods <= LISTS["groups"].keys(), name
        assert one.beside <= LISTS["beside"].keys(), name


def test_every_word_for_a_figure_leads_to_a_metric_a_tool_or_a_move() -> None:
    known = METRICS.keys() | held().keys() | _MOVES
    assert LISTS["figures"].keys() - known <= {"cost", "price"}


def test_every_figure_that_is_held_against_a_plan_is_in_the_lists() -> None:
    assert LISTS["figures"].keys() >= _CARRIED.keys()


def test_no_phrase_stands_for_two_figures_or_two_groups() -> None:
    for kind in ("figures", "groups", "ranks", "beside"):
        phrases = Counter(phrase.strip() for written in LISTS[kind].values() for phrase in written.split("|"))
        assert [phrase for phrase, times in phrases.items() if times > 1] == [], kind


@pytest.mark.parametrize(
    ("question", "tool", "args"),
    [
        ("How much cash is locked in dead stock?", "dead_stock", {}),
        ("What are our key performance indicators today?", "business_overview", {"period": "today"}),
        (
            "Which region has the highest order count?",
            "sales_breakdown",
            {"by": "district", "metrics": ["transactions"]},
        ),
        ("Compute the average ticket for each territory.", "sales_breakdown", {"by": "district"}),
        ("Which articles sit below ROP?", "stockout_risk", {}),
        ("conversion of each branch on Saturdays", "sales_breakdown", {"by": "store", "metrics": ["conversion"]}),
        ("network takings trajectory over the last 12 weeks", "sales_breakdown", {"by": "week"}),
        ("view of units by category and month", "sales_breakdown", {"by": "category, month"}),
        ("What is the average transaction amount by payment method?", "tender_mix", {}),
        (
            "Average quantity sold per transaction in Maple Avenue",
            "sales_summary",
            {"metrics": ["units_per_transaction"]},
        ),
        ("Check inventory across all my stores", "stock_levels", {}),
        ("best brand in each department by units", "sales_breakdown", {"by": "department, brand", "each": 1}),
        ("did vendors' late shipments pile up", "", {}),
    ],
)
def test_what_words_stand_for_is_told_whatever_their_order(question: str, tool: str, args: dict[str, object]) -> None:
    decided = by_concepts(question, AROUND)
    if not tool:
        assert decided is None
        return
    assert decided is not None
    [(name, told)] = decided.calls
    assert name == tool
    assert {key: told.get(key) for key in args} == args


@pytest.mark.parametrize(
    "question",
    [
        "margin by department without promotions",
        "sales of more than $100 by store",
        "which of the top 20 products are out of stock",
        "margin by department vs company average",
        "the biggest refund by employee",
        "which products will sell best next week",
        "how can I improve my margins",
        "am I spending too much",
        "sales and stock of bananas by store",
        "how many transactions are returns",
    ],
)
def test_a_condition_that_no_list_holds_ends_the_reading(question: str) -> None:
    assert by_concepts(question, AROUND) is None


def test_known_questions_are_read_as_the_readers_read_them() -> None:
    read = agreed = 0
    for case in CASES:
        decided = None if case.get("thread") else by_concepts(case["q"], AROUND)
        if decided is None or not decided.calls:
            continue
        read += 1
        wanted = [next(iter(call)) for call in case.get("expect") or ()]
        made = [name for name, _ in decided.calls]
        agreed += made == wanted or (len(wanted) == 1 and any(made[0] in same and wanted[0] in same for same in _SAME))
    assert read > 800
    assert agreed / read > 0.8


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("stock value by employee", "Stock value is not worked out by employee"),
        ("conversion by vendor", "Conversion cannot be told by supplier"),
    ],
)
def test_a_figure_that_is_not_had_by_a_group_says_by_what_it_is(question: str, said: str) -> None:
    decided = by_concepts(question, AROUND)
    assert decided is not None
    assert decided.calls == ()
    assert said in decided.text
    assert "store" in decided.text


def test_the_whole_planner_asks_it_last() -> None:
    assert plan("How much cash is locked in dead stock?", (), AROUND).calls == (("dead_stock", {}),)


def test_words_that_are_no_goods_are_not_looked_up_as_a_product() -> None:
    [(name, args)] = plan("What categories drove the decline last month?", (), AROUND).calls
    assert name == "explain_change"
    assert args == {"metric": "net_sales", "period": "last month", "by": "category", "claim": "down"}
    [(_, args)] = plan("sales of Finish last week", (), AROUND).calls
    assert args["product"] == "Finish"


@pytest.mark.parametrize(
    "question", ["What is the highest sell-through by vendor?", "Which supplier has the best GMROI?"]
)
def test_a_figure_that_is_named_is_never_answered_by_another(question: str) -> None:
    decided = plan(question, (), AROUND)
    assert decided.calls == ()
    assert "is not worked out by supplier. It can be had by store, department or category." in decided.text


def test_a_figure_that_only_looks_alike_is_not_missed() -> None:
    for question in ("gross margin rate by category", "top category for the lowest-income households"):
        assert "is another figure" not in plan(question, (), AROUND).text


def test_where_asks_for_stores() -> None:
    [(name, args)] = plan("Where is inventory coverage lowest?", (), AROUND).calls
    assert (name, args) == ("stock_cover", {"by": "store", "order": "bottom"})
    [(_, args)] = plan("Where am I losing revenue?", (), AROUND).calls
    assert (args["by"], args["rank_by"], args["order"]) == ("store", "change", "bottom")


def test_a_previous_quarter_is_held_against_this_one() -> None:
    [(name, args)] = plan("How did my sales compare to the previous quarter?", (), AROUND).calls
    assert (name, args["period"], args["compare_to"]) == ("compare_periods", "this quarter", "previous quarter")


def test_the_longest_phrase_counts() -> None:
    assert [one.words for one in words_of("sales per labour hour by day of the week")] == [
        "sales per labour hour", "by", "day of the week",
    ]  # fmt: skip


def test_a_change_of_sales_is_not_explained_for_one_of_another_figure_unsaid() -> None:
    explained = Plan((("explain_change", {"period": "last tuesday"}),))
    told = kept("why did returns spike last tuesday", explained, AROUND)
    assert "“returns” is another figure" in told.text
    assert kept("why did sales drop last tuesday, was it conversion", explained, AROUND) == explained
    of_margin = Plan((("explain_change", {"metric": "gross_margin_pct"}),))
    assert kept("why did margin fall", of_margin, AROUND) == of_margin
