"""The allow-list: what gets through is one SELECT over the views, whatever was written."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.tools.query.hostile import HOSTILE
from tests.tools.query.views_page import PAGE, page_with_views
from tools.context import Role
from tools.errors import BadArgumentError
from tools.query_gate.catalogue import VIEWS
from tools.query_gate.check import Checked, checked
from tools.query_gate.views import columns_for, views_for

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)
ALL_HOSTILE = [(kind, sql) for kind, queries in HOSTILE.items() for sql in queries]


def check(sql: str, role: Role = Role.OWNER) -> Checked:
    return checked(sql, views_for(VIEWS, role), today=TODAY, now=NOW, most=200)


def test_more_than_sixty_hostile_queries_are_listed() -> None:
    assert len(set(ALL_HOSTILE)) == len(ALL_HOSTILE) > 150


@pytest.mark.parametrize(("kind", "sql"), ALL_HOSTILE, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(ALL_HOSTILE)])
def test_what_is_hostile_is_refused_in_one_sentence(kind: str, sql: str) -> None:
    with pytest.raises(BadArgumentError) as refused:
        check(sql)
    said = refused.value.user_message
    assert said.startswith("sql: ")
    assert "\n" not in said


GOOD = (
    "SELECT SUM(net_sales) FROM daily_sales",
    "select store_id, sum(net_sales) as net from daily_sales group by store_id order by net desc",
    "FROM daily_sales SELECT net_sales",
    "SELECT * FROM stores",
    "SELECT s.name, d.* FROM daily_sales d JOIN stores s USING (store_id) LIMIT 5",
    "SELECT d.* EXCLUDE (lines) FROM daily_sales d",
    "WITH w AS (SELECT store_id, SUM(net_sales) AS v FROM daily_sales GROUP BY 1) SELECT AVG(v) FROM w",
    "WITH a AS (SELECT * FROM stores), b AS (SELECT * FROM a) SELECT a.name FROM a JOIN b USING (store_id)",
    "SELECT AVG(net_sales) OVER (ORDER BY business_on ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS w FROM daily_sales",
    "SELECT store_id, RANK() OVER (ORDER BY SUM(net_sales) DESC) AS r FROM daily_sales GROUP BY ALL",
    "SELECT store_id FROM daily_sales EXCEPT SELECT store_id FROM traffic",
    "SELECT COUNT(*) FILTER (WHERE is_return), COUNT(DISTINCT variant_id) FROM sale_lines",
    "SELECT DATE_TRUNC('week', business_on) AS w, SUM(units) FROM product_sales GROUP BY 1 ORDER BY 1",
    "SELECT STRFTIME(business_on, '%Y-%m'), DAYNAME(business_on), SUM(net_sales) FROM daily_sales GROUP BY 1, 2",
    "SELECT EXTRACT(DOW FROM business_on), YEAR(business_on), business_on::VARCHAR FROM daily_sales",
    "SELECT DATE_DIFF('day', MIN(business_on), MAX(business_on)) FROM daily_sales",
    "SELECT CASE WHEN net_sales > 100 THEN 'big' ELSE 'small' END AS size, COUNT(*) FROM daily_sales GROUP BY 1",
    "SELECT QUANTILE_CONT(net_sales, 0.9), MEDIAN(net_sales), STDDEV(net_sales) FROM sales",
    "SELECT product_name FROM products WHERE product_name ILIKE '%milk%' AND active",
    "SELECT store_id FROM daily_sales QUALIFY ROW_NUMBER() OVER (PARTITION BY store_id ORDER BY business_on) = 1",
    "SELECT COALESCE(NULLIF(brand, ''), 'none') || '!' FROM products WHERE brand IS NOT NULL",
    "SELECT store_id FROM stores WHERE store_id IN (SELECT store_id FROM daily_sales WHERE net_sales > 0)",
    "SELECT ARG_MAX(business_on, net_sales), ANY_VALUE(store_id) FROM daily_sales",
    "SELECT SUM(net_sales) / NULLIF(SUM(transactions), 0) AS atv FROM daily_sales WHERE business_on >= today() - 7",
    "SELECT LAG(net_sales) OVER (ORDER BY business_on) FROM daily_sales WHERE business_on < CURRENT_DATE",
    "((SELECT store_id FROM stores))",
    "SELECT store_id FROM stores; -- and nothing else",
)


@pytest.mark.parametrize("sql", GOOD)
def test_what_people_ask_gets_through_and_stays_readable_for_the_engine(sql: str) -> None:
    query = check(sql)
    assert_one_select(query)


def assert_one_select(query: Checked) -> None:
    """The engine's own parser agrees: one SELECT, over views and the query's own WITH, and nothing is called FROM."""
    with duckdb.connect() as engine:
        (statement,) = engine.extract_statements(query.sql)
        assert statement.type == duckdb.StatementType.SELECT
        tree = json.loads(engine.execute("SELECT json_serialize_sql(?::VARCHAR)", [query.sql]).fetchall()[0][0])
    assert not tree["error"]
    known = set(VIEWS)
    tables = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            assert node.get("type") not in (
                "TABLE_FUNCTION",
                "PIVOT",
                "SHOW_REF",
                "RECURSIVE_CTE_NODE",
                "EXPRESSION_LIST",
            )
            known |= {entry["key"].lower() for entry in (node.get("cte_map") or {}).get("map", ())}
            if node.get("type") == "BASE_TABLE":
                tables.append(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    assert {table["table_name"].lower() for table in tables} <= known
    assert not any(table["schema_name"] or table["catalog_name"] for table in tables)


_PIECES = """
SELECT FROM WHERE ( ) , * ; -- /* */ ' " $$ WITH AS UNION ALL daily_sales stores sale duckdb_tables . x 1 = JOIN ON ||
information_schema LATERAL read_csv query COPY ATTACH SET PRAGMA RECURSIVE LIMIT ORDER GROUP BY net_sales SUM :: [ ] {
} : \\ ‘ é E'\\'' VALUES INTO EXPLAIN stores.name '/etc/passwd' INTERVAL CASE WHEN THEN END OVER USING TABLE COLUMNS
"""


def _reached(sql: str) -> set[str] | None:
    """The views of a query that gets through, once it is seen to be one SELECT; None if it does not get through."""
    try:
        query = check(sql)
    except BadArgumentError:
        return None
    assert_one_select(query)
    return set(query.views)


@given(st.lists(st.sampled_from(_PIECES.split()), min_size=1, max_size=25).map(" ".join))
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_gets_through_is_one_select_over_the_views(sql: str) -> None:
    views = _reached(sql)
    assert views is None or (views and views <= set(VIEWS))


_EXPRESSION = st.recursive(
    st.sampled_from(
        ["net_sales", "store_id", "1", "'a'", "NULL", "*", "stores", "d.x", "main.d.x", "'/etc/hosts'", "?", "$1"]
    ),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["SUM", "read_text", "query", "LIST", "getenv", "ROUND", "COUNT", "COLUMNS"]), inner)
        .map("{0[0]}({0[1]})".format),
        st.tuples(inner, st.sampled_from(["+", "||", "=", "->", "[1] ||", "IN", "SIMILAR TO", "COLLATE"]), inner)
        .map("{0[0]} {0[1]} {0[2]}".format),
        inner.map("(SELECT {} FROM stores)".format),
        inner.map("CAST({} AS VARCHAR)".format),
        inner.map("[{}]".format),
    ),
    max_leaves=5,
)  # fmt: skip
_SOURCE = st.recursive(
    st.sampled_from(
        ["daily_sales d", "stores", "sale", "employee", "duckdb_tables()", "read_csv('x')", "query('SELECT 1')",
         "'x.csv'", "information_schema.tables", "(VALUES (1)) v", "w", "range(5)", "pg_tables", '"daily_sales"']
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([",", "JOIN", "NATURAL JOIN", "CROSS JOIN", "ASOF JOIN", ", LATERAL"]), inner)
        .map("{0[0]} {0[1]} {0[2]}".format),
        inner.map("(SELECT * FROM {}) q".format),
    ),
    max_leaves=4,
)  # fmt: skip


@given(
    st.sampled_from(["", "WITH w AS (SELECT * FROM stores) ", "WITH RECURSIVE w AS (SELECT 1) ", "EXPLAIN ",
                     "WITH sale AS (SELECT 1) ", "WITH w AS (SELECT * FROM sale) "]),
    _EXPRESSION,
    _SOURCE,
    st.sampled_from(["", " WHERE 1 = 1", " UNION SELECT * FROM sale", " LIMIT 5", "; DROP TABLE stores"]),
)  # fmt: skip
@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_put_together_the_same_holds(begin: str, expression: str, source: str, end: str) -> None:
    views = _reached(f"{begin}SELECT {expression} FROM {source}{end}")
    assert views is None or (views and views <= set(VIEWS))


def test_comments_and_quotes_do_not_survive() -> None:
    query = check("SELECT /* ; DROP TABLE x */ name -- '; ATTACH 'x'\nFROM stores WHERE name = 'it''s; --'")
    assert "DROP" not in query.sql
    assert "ATTACH" not in query.sql
    assert "'it''s; --'" in query.sql


def test_today_is_the_askers_and_the_limit_is_ours() -> None:
    query = check("SELECT COUNT(*) FROM daily_sales WHERE business_on >= current_date - 7 LIMIT 100000")
    assert "CAST('2026-11-23' AS DATE)" in query.sql
    assert query.sql.endswith("LIMIT 201")
    assert "CURRENT_DATE" not in query.sql
    assert check("SELECT now() FROM stores").sql.count("2026-11-23 10:20:00") == 1


@pytest.mark.parametrize(
    ("where", "start", "end"),
    [
        ("business_on = '2026-11-01'", "2026-11-01", "2026-11-01"),
        ("business_on BETWEEN '2026-11-01' AND DATE '2026-11-08' AND net_sales > 0", "2026-11-01", "2026-11-08"),
        ("'2026-11-01' < business_on AND business_on < '2026-11-08'", "2026-11-02", "2026-11-07"),
        ("business_on >= current_date - 7", "2026-11-16", "2999-12-31"),
        ("(business_on >= current_date - INTERVAL 2 WEEKS)", "2026-11-09", "2999-12-31"),
        ("business_on = '2026-11-01' OR net_sales > 0", "1900-01-01", "2999-12-31"),
        ("NOT business_on = '2026-11-01'", "1900-01-01", "2999-12-31"),
        ("business_on + 1 = '2026-11-01'", "1900-01-01", "2999-12-31"),
        ("business_on = 'nonsense'", "1900-01-01", "2999-12-31"),
    ],
)
def test_the_days_to_copy_are_read_off_the_where(where: str, start: str, end: str) -> None:
    days = check(f"SELECT SUM(net_sales) FROM daily_sales WHERE {where}").views["daily_sales"]
    assert (days.start_on.isoformat(), days.end_on.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT business_on + 30 AS business_on FROM daily_sales WHERE business_on = '2026-11-01'",
        "SELECT 1 FROM daily_sales a, daily_sales b WHERE a.business_on = '2026-11-01'",
        "SELECT 1 FROM daily_sales a JOIN traffic b USING (store_id) WHERE business_on = '2026-11-01'",
        "SELECT 1 FROM (SELECT * FROM daily_sales) x WHERE x.business_on = '2026-11-01'",
        "SELECT 1 FROM daily_sales WHERE business_on = '2026-11-01' UNION SELECT 1 FROM daily_sales",
    ],
)
def test_days_that_are_not_certain_are_all_copied(sql: str) -> None:
    days = check(sql).views["daily_sales"]
    assert (days.start_on.year, days.end_on.year) == (1900, 2999)


def test_a_role_sees_only_its_columns() -> None:
    staff, analyst, manager = (
        {(name, column.name) for name, view in views_for(VIEWS, role).items() for column in columns_for(view, role)}
        for role in (Role.STAFF, Role.ANALYST, Role.STORE_MANAGER)
    )
    assert not {pair for pair in staff if "employee" in pair[1] or pair[0] in ("employees", "staff_hours")}
    assert ("employees", "name") not in analyst
    assert ("staff_hours", "wages") not in analyst
    assert ("sales", "employee_id") in analyst
    assert {("employees", "name"), ("staff_hours", "wages")} <= manager
    assert not any("customer_key" in column or "household" in column for _, column in manager)


def test_the_engines_names_for_a_view_are_the_documented_ones() -> None:
    for view in VIEWS.values():
        names = [column.name for column in view.columns]
        assert len(names) == len(set(names))
        assert all(name.islower() and name.isidentifier() for name in (view.name, *names))


def test_the_page_lists_the_views_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == page_with_views(page), "run tests/tools/query/views_page.py"
