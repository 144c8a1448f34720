"""The query itself: right figures, only the asker's rows, and an end in time whatever it does."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.tools_world import World
from tools.context import Role, ToolContext
from tools.errors import BadArgumentError, NotAllowedError
from tools.metrics.query import Statement
from tools.query_gate import runner
from tools.query_gate.catalogue import VIEWS
from tools.query_gate.copying import Wanted, build_copy
from tools.query_gate.runner import Limits, TooLongError, run
from tools.query_gate.views import columns_for, views_for
from tools.registry import run_tool
from tools.result import ToolResult
from tools.stores import resolve_stores

YESTERDAY = date(2026, 11, 22)
QUICK = Limits(seconds=1.0, load_seconds=20.0)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that queries ran in; when the test is over, each has ended and was taken away."""
    started: list[subprocess.Popen[bytes]] = []
    really = runner.subprocess.Popen

    def noted(*given: Any, **more: Any) -> subprocess.Popen[bytes]:
        started.append(really(*given, **more))
        return started[-1]

    monkeypatch.setattr(runner.subprocess, "Popen", noted)
    yield started
    assert started
    assert all(one.returncode is not None for one in started)


def ask(context: ToolContext, sql: str, **more: Any) -> ToolResult:
    return run_tool("query_sales_data", {"sql": sql, **more}, context)


def rows(result: ToolResult) -> list[tuple[Any, ...]]:
    assert result.table is not None
    return list(result.table.rows)


@pytest.mark.parametrize("column", ["gross_sales", "discounts", "returns", "net_sales"])
def test_a_word_means_the_same_of_lines_and_of_days(world: World, column: str) -> None:
    context = world.context(Role.OWNER)
    days = "where business_on between date '2026-10-01' and date '2026-11-22' group by 1 order by 1"
    by_line, by_day = (
        rows(ask(context, f"select store_id, sum({column}) as n from {view} {days}"))
        for view in ("sale_lines", "daily_sales")
    )
    assert by_line == by_day
    assert any(Decimal(str(row[1])) for row in by_day)


def copies(context: ToolContext, *names: str) -> Mapping[str, Statement]:
    stores = resolve_stores("all", context)
    allowed = views_for(VIEWS, context.scope.role)
    return {
        name: build_copy(Wanted(allowed[name], columns_for(allowed[name], context.scope.role)), stores, context.scope)
        for name in names
    }


def test_sums_equal_the_lines_counted_by_hand(world: World) -> None:
    found = ask(
        world.context(),
        "SELECT s.name, l.department, SUM(l.net_sales) AS net, COUNT(DISTINCT l.sale_id) AS receipts FROM sale_lines l"
        " JOIN stores s USING (store_id) WHERE business_on = current_date - 1 GROUP BY 1, 2 ORDER BY 1, 2",
    )
    names = {row[0]: row[1] for row in world.stores}
    expected: dict[tuple[str, str], list[Any]] = {}
    for line in world.select(YESTERDAY, YESTERDAY):
        entry = expected.setdefault((names[line.store_id], line.department), [0, set()])
        entry[0] += line.net
        entry[1].add(line.sale_id)
    assert rows(found) == [
        (*key, f"{Decimal(net) / 100:.2f}", len(sales)) for key, (net, sales) in sorted(expected.items())
    ]
    assert found.provenance.start_on == found.provenance.end_on == YESTERDAY
    assert {figure.metric for figure in found.figures} == {"net", "receipts"}
    assert "JOIN" in found.provenance.sql[0]
    assert any("not of a defined metric" in caveat for caveat in found.caveats)


def test_it_agrees_with_the_tool_that_knows_the_metric(world: World) -> None:
    context = world.context()
    query = ask(
        context,
        "SELECT SUM(net_sales), SUM(net_sales_of_transactions) / SUM(transactions) FROM daily_sales"
        " WHERE business_on BETWEEN '2026-11-16' AND '2026-11-22'",
    )
    metrics = ["net_sales", "average_transaction_value"]
    summary = run_tool("sales_summary", {"period": "last week", "metrics": metrics}, context)
    ((net, mean),) = rows(query)
    assert net == summary.figures[0].value
    assert f"{Decimal(mean):.2f}" == summary.figures[1].value


def test_a_manager_never_reaches_another_store(world: World) -> None:
    """Joins, unions, subqueries and the engine's own lists: only the copy is there, and the copy is the scope."""
    own = world.context(Role.STORE_MANAGER, "S02")
    found = ask(
        own,
        "SELECT a.store_id, SUM(a.net_sales) AS v FROM daily_sales a LEFT JOIN stores s ON TRUE GROUP BY 1 UNION ALL"
        " SELECT store_id, SUM(net_sales) FROM sale_lines GROUP BY 1"
        " UNION ALL SELECT store_id, 0 FROM traffic GROUP BY 1"
        " UNION ALL SELECT MAX(store_id), (SELECT COUNT(DISTINCT store_id) FROM product_sales) FROM hourly_sales",
    )
    assert {row[0] for row in rows(found)} == {"S02"}
    assert {row[1] for row in rows(found)} >= {"0.00", "1.00"}
    with pytest.raises(NotAllowedError):
        ask(own, "SELECT 1 FROM stores", stores="Market Street")


def test_without_the_gate_the_copy_still_tells_nothing_more(world: World) -> None:
    """The second wall: what no parser stopped runs where there is nothing to find and no way out."""
    context = world.context(Role.STORE_MANAGER, "S02")
    copied = copies(context, "daily_sales", "stores")
    for hostile in (
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM information_schema.tables",
        "COPY daily_sales TO 'out.csv'",
    ):
        with pytest.raises(BadArgumentError):
            run(hostile, copied, world.mirror, QUICK)


def test_people_are_not_there_for_those_who_may_not_see_them(world: World) -> None:
    staff = world.context(Role.STAFF, "S01")
    with pytest.raises(BadArgumentError, match="no view “employees”"):
        ask(staff, "SELECT * FROM employees")
    assert "employee_id" not in copies(staff, "sales")["sales"].sql
    assert "employee_id" in copies(world.context(Role.STORE_MANAGER, "S01"), "sales")["sales"].sql
    with pytest.raises(BadArgumentError, match="customer_key"):
        ask(world.context(), "SELECT customer_key FROM sales")


@pytest.mark.usefixtures("children")
def test_a_query_that_would_not_end_is_ended(world: World) -> None:
    context = world.context()
    endless = "SELECT COUNT(*) FROM sales a, sales b, sales c, sales d WHERE a.total + b.total > c.total + d.total"
    beside: list[int] = []
    thread = threading.Thread(target=lambda: beside.append(len(run_tool("sales_summary", {}, context).figures)))
    thread.start()
    with pytest.raises(TooLongError, match="ended"):
        run(endless, copies(context, "sales"), world.mirror, QUICK)
    thread.join()
    assert beside[0] > 0, "others are answered meanwhile"
    assert run_tool("sales_summary", {}, context).figures


@pytest.mark.usefixtures("children")
def test_a_query_that_grows_is_ended(world: World) -> None:
    context = world.context()
    growing = "SELECT MAX(x) FROM (SELECT repeat(store_id, 300000000) AS x FROM daily_sales LIMIT 20)"
    with pytest.raises(TooLongError, match=r"memory|seconds"):
        run(growing, copies(context, "daily_sales"), world.mirror, replace(QUICK, seconds=5.0))


def test_more_rows_than_may_be_copied_are_refused(world: World) -> None:
    context = world.context()
    with pytest.raises(TooLongError, match="Limit its days"):
        run("SELECT 1 FROM sales", copies(context, "sales"), world.mirror, replace(QUICK, copied_rows=10))


def test_the_child_is_told_no_secret(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "hunter2")
    seen: dict[str, Any] = {}
    started = runner.subprocess.Popen

    def spy(command: list[str], **given: Any) -> Any:
        seen.update(given, command=command)
        return started(command, **given)

    monkeypatch.setattr(runner.subprocess, "Popen", spy)
    ask(world.context(), "SELECT COUNT(*) AS stores FROM stores")
    assert "hunter2" not in repr(seen)
    assert set(seen["env"]) == {"LC_ALL"}
    assert "-I" in seen["command"]


def test_two_hundred_rows_and_then_it_says_so(world: World) -> None:
    found = ask(world.context(), "SELECT sale_id, total FROM sales")
    assert len(rows(found)) == 200
    assert [row[0] for row in rows(found)] == sorted({line.sale_id for line in world.lines})[:200]
    assert any("first 200 rows" in caveat for caveat in found.caveats)
    assert not found.figures


def test_values_are_plain(world: World) -> None:
    found = ask(
        world.context(),
        "SELECT business_on, store_id, net_sales / 7 AS part, net_sales > 0 AS sold, NULL AS nothing, 1 AS one"
        " FROM daily_sales WHERE business_on = '2026-11-22' AND store_id = 'S01'",
    )
    ((day, store, part, sold, nothing, one),) = rows(found)
    assert (day, store, sold, nothing, one) == ("2026-11-22", "S01", "yes", None, 1)
    assert len(part.partition(".")[2]) <= 4
    assert found.table is not None
    assert [column.unit for column in found.table.columns] == ["date", "text", "number", "text", "count", "count"]


def test_what_the_engine_cannot_run_is_said_in_a_sentence(world: World) -> None:
    with pytest.raises(BadArgumentError, match="net_sale"):
        ask(world.context(), "SELECT net_sale FROM daily_sales")


def test_the_headline_says_what_came_back(world: World) -> None:
    by_store = "SELECT store_id, COUNT(*) AS receipts FROM sales GROUP BY 1 ORDER BY 1"
    receipts: dict[str, set[str]] = {}
    for line in world.lines:
        receipts.setdefault(line.store_id, set()).add(line.sale_id)
    two = ask(world.context(), f"{by_store} LIMIT 2")
    said = [f"store_id “{store}”, receipts {len(receipts[store]):,}" for store in sorted(receipts)]
    assert two.headline.endswith(f" gives 2 rows: {'; '.join(said[:2])}.")
    every = ask(world.context(), by_store)
    assert every.headline.endswith(f" gives {len(said)} rows, the first: {'; '.join(said[:3])}.")
