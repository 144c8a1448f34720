"""The tools that propose tasks and lists of prices, and the one that reads tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.support.tools_world import NOW, FiledProposals, World, build_world
from tools.context import Role, ToolContext
from tools.drafts import ListedPrice, PriceListDraft, TaskDraft
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.tasks import TASKS, Colleague, Task

TODAY_ENDS = datetime(2026, 11, 24, 4, 59, 59, tzinfo=UTC)
"""The last second of 23 November in New York."""


def task(number: int, **given: Any) -> Task:
    plain = Task(
        f"t_{number}", "S01", "restock", f"Task {number}", "", "", "", "", "", "", None, "open", NOW - timedelta(days=1)
    )
    return replace(plain, **given)


OPEN = (
    task(1, title="Restock aisle 5", place="Aisle 5", assignee_role="staff", due_at=NOW - timedelta(hours=1)),
    task(2, type="count", assignee_id="U_TEST", assignee_name="Tess", due_at=NOW + timedelta(hours=2)),
    task(3, type="count"),
    task(4, due_at=NOW + timedelta(days=3)),
    task(5, store_id="S02", assignee_id="U_OTHER", assignee_name="Otto"),
)


@dataclass(frozen=True)
class Book:
    """A list of tasks that stands still."""

    def tasks(self, store_ids: Sequence[str], status: str = "open") -> Sequence[Task]:
        return [one for one in OPEN if one.store_id in store_ids and status in (one.status, "all")]

    def colleagues(self, store_id: str) -> Sequence[Colleague]:
        return [
            Colleague("U_TEST", "Tess Able", "store_manager"),
            Colleague("U_E", "Ellis Bee", "staff"),
            Colleague("U_F", "Ellis Cee", "staff"),
        ]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    found = build_world(tmp_path_factory.mktemp("world"))
    yield found
    found.connection.close()


def ask(world: World, name: str, filed: FiledProposals | None = None, role: Role = Role.OWNER, **args: Any) -> Any:
    context: ToolContext = replace(world.context(role, proposals=filed or FiledProposals()), extras={TASKS: Book()})
    return run_tool(name, args, context)


def drafted(world: World, name: str, **args: Any) -> Any:
    filed = FiledProposals()
    result = ask(world, name, filed, **args)
    assert result.proposals == ("p_1",)
    assert "waits for approval" in result.text
    return filed.drafts[0]


def test_a_restocking_task_for_an_aisle(world: World) -> None:
    draft = drafted(
        world,
        "propose_store_task",
        title="Restock aisle 5",
        type="restock",
        place="Aisle 5",
        store="Market Street",
        due="tonight",
        assignee="the team",
    )
    assert draft == TaskDraft("S01", "restock", "Restock aisle 5", "", "Aisle 5", "", "staff", "", "", TODAY_ENDS, "")


def test_a_count_of_a_product_by_a_person(world: World) -> None:
    draft = drafted(world, "propose_count_task", product="avocado", store="S01", assignee="Tess", due="tomorrow")
    assert (draft.type, draft.title, draft.variant_id) == ("count", "Count Avocado", "V1006")
    assert (draft.assignee_id, draft.assignee_name) == ("U_TEST", "Tess Able")
    assert draft.due_at == TODAY_ENDS + timedelta(days=1)


def test_a_part_of_the_range_is_a_place_to_count(world: World) -> None:
    draft = drafted(world, "propose_count_task", product="dairy", store="Harbor Point")
    assert (draft.title, draft.place, draft.variant_id) == ("Count dairy", "dairy", "")


@pytest.mark.parametrize(
    ("args", "error", "problem"),
    [
        ({"assignee": "Ellis"}, ClarifyError, "Who is meant: Ellis Bee or Ellis Cee"),
        ({"assignee": "Zoe"}, BadArgumentError, "nobody on the team of Market Street is called “Zoe”"),
        ({"due": "yesterday"}, BadArgumentError, "due: "),
        ({"store": "all stores"}, ClarifyError, "one store at a time"),
        ({"product": "unicorn"}, BadArgumentError, "No product fits"),
    ],
)
def test_what_is_unclear_about_a_task_is_asked_back(
    world: World, args: dict[str, Any], error: type[Exception], problem: str
) -> None:
    with pytest.raises(error, match=problem):
        ask(world, "propose_store_task", **{"title": "x", "store": "S01", **args})


def test_staff_do_not_propose_and_a_count_needs_something_to_count(world: World) -> None:
    with pytest.raises(NotAllowedError):
        ask(world, "propose_store_task", role=Role.STAFF, title="x", store="S01")
    with pytest.raises(BadArgumentError, match="what shall be counted"):
        ask(world, "propose_count_task", store="S01")


def test_open_tasks_by_type_with_assigned_and_unassigned(world: World) -> None:
    result = ask(world, "store_tasks", stores="all stores")
    assert result.headline.startswith("5 open tasks, ")
    assert "3 assigned, 2 unassigned, 1 overdue" in result.headline
    assert result.table.rows == [
        ("Restocking", 3, 2, 1, 1),
        ("Count", 2, 1, 1, 0),
        ("All", 5, 3, 2, 1),
    ]


def test_my_list_today_is_mine_my_roles_and_what_nobody_has(world: World) -> None:
    mine = ask(world, "store_tasks", who="me", due="today", stores="S01", role=Role.STAFF)
    assert [row[0] for row in mine.table.rows] == ["Restock aisle 5", "Task 2", "Task 3"]
    assert mine.table.rows[0][6] == "open"
    owner = ask(world, "store_tasks", who="me", due="today", stores="S01")
    assert [row[0] for row in owner.table.rows] == ["Task 2", "Task 3"]
    assert "1 overdue" not in ask(world, "store_tasks", due="overdue").headline
    assert ask(world, "store_tasks", who="unassigned", type="count").headline == (
        "1 open count task that nobody has, all 5 stores."
    )
    assert ask(world, "store_tasks", type="cleaning").table is None


def test_the_most_urgent_are_those_due_first_beside_the_whole_number(world: World) -> None:
    result = ask(world, "store_tasks", stores="all stores", limit=2)
    assert result.headline.startswith("5 open tasks, ")
    every = ask(world, "store_tasks", stores="all stores", limit=100).table.rows
    assert result.table.rows == every[:2]
    assert result.caveats[-1].startswith("In the order in which they are due")


CLOSED = (
    task(6, status="done", assignee_name="Tess", due_at=NOW - timedelta(hours=3), closed_at=NOW - timedelta(hours=4)),
    task(7, status="done", assignee_name="Tess", due_at=NOW - timedelta(days=6), closed_at=NOW - timedelta(days=5)),
    task(8, status="cancelled", store_id="S02", closed_at=NOW - timedelta(days=8)),
)


@dataclass(frozen=True)
class WithClosed(Book):
    """The same list with two tasks done, one of them late, and one cancelled."""

    def tasks(self, store_ids: Sequence[str], status: str = "open") -> Sequence[Task]:
        return [one for one in (*OPEN, *CLOSED) if one.store_id in store_ids and status in (one.status, "all")]


def told(world: World, **args: Any) -> Any:
    context = replace(world.context(Role.OWNER, proposals=FiledProposals()), extras={TASKS: WithClosed()})
    return run_tool("store_tasks", {"stores": "all stores", **args}, context)


def test_what_share_was_completed_and_in_time(world: World) -> None:
    found = told(world, status="all")
    # Seven are not cancelled: two of them done, of which one by its day.
    assert found.headline == (
        "8 tasks, all 5 stores: 28.6 % completed (2 done, 1 in time of 2 with a day; 5 open, 1 cancelled and not"
        " counted in that)."
    )
    by_store = told(world, status="all", by="store").table
    assert by_store.rows[0] == ("Market Street", 6, 4, 1, 2, 1, 0, "33.3")
    assert by_store.rows[1] == ("Harbor Point", 2, 1, 0, 0, 0, 1, "0.0")
    assert by_store.rows[2] == ("All", 8, 5, 1, 2, 1, 1, "28.6")


def test_tasks_of_each_person_and_of_some_days(world: World) -> None:
    late = told(world, due="overdue", by="assignee")
    assert late.table.rows == [("staff", 1, 1, 0, 1)]
    assert "By assignee: staff 1." in late.text
    assert told(world, by="assignee").table.rows[0] == ("nobody yet", 2, 0, 2, 0)
    assert told(world, status="done", period="last week").headline.startswith("1 done task last week (")
    assert told(world, period="this week").headline.startswith("3 open tasks due this week (")


def test_without_a_list_of_tasks_it_says_so(world: World) -> None:
    with pytest.raises(NoDataError):
        run_tool("store_tasks", {}, world.context())


def test_three_products_are_marked_down_in_one_proposal(world: World) -> None:
    draft = drafted(
        world,
        "propose_price_list",
        lines=[
            {"product": "butter"},
            {"product": "avocado", "percent": -10},
            {"product": "sourdough", "price": "4.99"},
        ],
        percent=-20,
        store="S01",
        until="Sunday",
        reason="slow",
    )
    assert isinstance(draft, PriceListDraft)
    assert draft.lines == (
        ListedPrice("V1004", Decimal(-20), None),
        ListedPrice("V1006", Decimal(-10), None),
        ListedPrice("V1007", None, Decimal("4.99")),
    )
    assert draft.until == TODAY_ENDS + timedelta(days=6)


@pytest.mark.parametrize("phrase", ["butter and sourdough", "butter & the sourdough", "both butter and sourdough"])
def test_two_products_in_one_breath_are_one_list(world: World, phrase: str) -> None:
    draft = drafted(world, "propose_price_change", product=phrase, percent=-10, store="S01", until="Sunday")
    assert isinstance(draft, PriceListDraft)
    assert draft.lines == (ListedPrice("V1004", Decimal(-10), None), ListedPrice("V1007", Decimal(-10), None))
    assert draft.until == TODAY_ENDS + timedelta(days=6)
    priced = drafted(world, "propose_price_change", product=phrase, price="2.49", store="S01")
    assert [line.price for line in priced.lines] == [Decimal("2.49")] * 2


def test_which_of_two_is_unclear_is_asked_and_the_choice_keeps_the_other(world: World) -> None:
    for phrase in ("oat milk and butter", "butter and oat milk"):
        with pytest.raises(ClarifyError, match="“oat milk” fits") as asked:
            ask(world, "propose_price_change", product=phrase, percent=-10, store="S01")
        assert all("butter" in option for option in asked.value.options)
        chosen = drafted(world, "propose_price_change", product=asked.value.options[0], percent=-10, store="S01")
        assert isinstance(chosen, PriceListDraft)
        assert "V1004" in [line.variant_id for line in chosen.lines]


@pytest.mark.parametrize("phrase", ["butter and moonstones", "moonstones and butter", "moonstones and sunstones"])
def test_a_name_that_fits_nothing_is_not_taken_for_two(world: World, phrase: str) -> None:
    with pytest.raises(BadArgumentError, match="No product fits"):
        ask(world, "propose_price_change", product=phrase, percent=-10, store="S01")


def test_the_same_product_twice_is_no_list(world: World) -> None:
    with pytest.raises(BadArgumentError, match="twice"):
        ask(world, "propose_price_change", product="butter and 1004", percent=-10, store="S01")


def test_a_department_is_taken_whole(world: World) -> None:
    draft = drafted(world, "propose_price_list", department="dairy", percent=-15, store="S01")
    assert [line.variant_id for line in draft.lines] == ["V1003", "V1004"]
    draft = drafted(world, "propose_price_list", department="Bread", percent=-15, store="S01")
    assert [line.variant_id for line in draft.lines] == ["V1007", "V1008"]


@pytest.mark.parametrize(
    ("args", "error", "problem"),
    [
        ({}, BadArgumentError, "not both and not neither"),
        ({"department": "dairy", "lines": [{"product": "butter"}], "percent": -5}, BadArgumentError, "not both"),
        ({"department": "dairy"}, BadArgumentError, "percent: by how many"),
        ({"lines": [{"product": "butter"}]}, BadArgumentError, "butter: by how many per cent"),
        ({"lines": [{"product": "butter", "percent": -5, "price": "1"}]}, BadArgumentError, "not both"),
        ({"lines": [{"product": "oat milk"}], "percent": -5}, ClarifyError, "Which one do you mean"),
        ({"lines": [{"product": "butter"}, {"product": "1004"}], "percent": -5}, BadArgumentError, "the same product"),
        ({"lines": [{"product": "butter"}], "percent": -95}, BadArgumentError, "percent must lie"),
    ],
)
def test_a_list_that_is_unclear_is_asked_back(
    world: World, args: dict[str, Any], error: type[Exception], problem: str
) -> None:
    with pytest.raises(error, match=problem):
        ask(world, "propose_price_list", **{"store": "S01", **args})
