"""Every metric's SQL keeps to what other engines understand."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
import sqlglot

from tools.context import Role, Scope
from tools.metrics import METRICS
from tools.metrics.breakdown_plan import Condition, Plan, possible
from tools.metrics.breakdown_query import build_breakdown
from tools.metrics.dialect import compiled
from tools.metrics.dimensions import DIMENSIONS
from tools.metrics.windows import Statement, Window

SCOPE = Scope("U", Role.OWNER, ("S01", "S02"))
WINDOWS = [Window(("S01", "S02"), date(2026, 10, 1), date(2026, 10, 31), 14, 4)]
MAIN = ("store", "week", "hour", "department", "product", "channel", "tender", "promotion", "weather", "age_band")
PAIRS = [
    (metric, name) for metric in METRICS for name in MAIN if possible(METRICS[metric], DIMENSIONS[name], split=True)
]
PAIRS += [("net_sales", name) for name in DIMENSIONS if name not in (*MAIN, "tender")]


@pytest.mark.full
def test_every_metric_and_dimension_has_an_equal_in_postgres() -> None:
    assert {metric for metric, _ in PAIRS} == set(METRICS)
    assert {name for _, name in PAIRS} == set(DIMENSIONS)
    for metric, name in PAIRS:
        windows = WINDOWS if METRICS[metric].by_hour else [Window(("S01",), date(2026, 10, 1), date(2026, 10, 31))]
        statement = build_breakdown([METRICS[metric]], Plan((DIMENSIONS[name],)), windows, SCOPE)
        other = compiled(statement, "postgres")
        tree = sqlglot.parse_one(other.sql.replace("%%", "%"), read="postgres")
        written = {node.name for node in tree.find_all(sqlglot.exp.Placeholder)}
        assert written == set(statement.params), (metric, name)


def test_conditions_are_compiled_with_their_parameters() -> None:
    without = Condition(DIMENSIONS["department"], ("Fuel", "O'Neill's"), exclude=True)
    paid = Condition(DIMENSIONS["tender"], ("cash",))
    statement = build_breakdown(
        [METRICS["transactions"]], Plan((DIMENSIONS["brand"],), (without, paid)), WINDOWS, SCOPE
    )
    other = compiled(statement, "postgres")
    assert "NOT COALESCE(h.department, 'Unknown') IN" in other.sql
    assert "O'Neill's" not in other.sql
    assert "O'Neill's" in other.params.values()


def test_the_mirror_runs_the_text_as_it_is_written() -> None:
    statement = Statement("SELECT MOD(7, 2)", {})
    assert compiled(statement, "duckdb") is statement
    assert compiled(statement, "postgres").sql.split() == ["SELECT", "7", "%%", "2"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1",
        "SELECT list_transform(a, x -> x + 1) FROM t",
        "SELECT a, COUNT(*) FROM t GROUP BY ALL",
        "SELECT epoch_us(a) // 3 FROM t WHERE some_duck_function(a)",
    ],
)
def test_what_only_the_mirror_knows_is_found(sql: str) -> None:
    with pytest.raises(ValueError, match="portable subset"):
        compiled(Statement(sql, {}), "postgres")


def test_answering_does_not_load_the_compiler() -> None:
    code = "import sys, tools.breakdown.sales_breakdown; sys.exit('sqlglot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
