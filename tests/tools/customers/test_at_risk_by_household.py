"""Churn by what is known of households: the shares overdue, what sets them apart, and nothing of fewer than five."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.tools.customers.conftest import FIRST, LAST, People, open_people
from tools.errors import NoDataError
from tools.registry import run_tool

SPAN = f"{FIRST} to {LAST}"


def of_age(people: People, ages: dict[str, str]) -> None:
    assert people.mirror.writer is not None
    made = [Row("customer", {"customer_key": key, "age_band": age}) for key, age in ages.items()]
    people.mirror.writer.submit(Batch(rows=made)).result()


def test_the_share_overdue_is_told_by_age_and_the_rest_as_not_known(tmp_path: Path) -> None:
    people = open_people(tmp_path)
    try:
        of_age(people, {f"overdue{n:02d}": "65+" for n in range(8)} | {f"late{n}": "65+" for n in range(6)})
        result = run_tool("customers_at_risk", {"period": SPAN, "by": "age_band"}, people.asker())
        assert result.table is not None
        rows = {row[0]: row for row in result.table.rows}
        # 20 loyal, 20 casual and 14 growing are of known age and come; three shrinking are 65+ as well.
        assert rows["65+"][1:4] == (8 + 6 + 3, 8, "47.1")
        assert rows["Not known"][2] == 6
        assert sum(int(row[1] or 0) for row in result.table.rows) == 96 - 15
        assert sum(int(row[2] or 0) for row in result.table.rows) == 14
        assert "Share overdue by age, highest first: 65+ 47.1 % (8 of 17); 25-34 0.0 % (0 of 14)" in result.text
        assert "It is not known of 10 customers with a habit." in result.text
    finally:
        people.mirror.close()


def test_what_those_who_leave_have_in_common_is_told(tmp_path: Path) -> None:
    people = open_people(tmp_path)
    try:
        of_age(people, {f"overdue{n:02d}": "65+" if n < 9 else "45-54" for n in range(14)})
        of_age(people, {f"late{n}": "65+" for n in range(6)})
        result = run_tool("customers_at_risk", {"period": SPAN}, people.asker())
        assert "they differ from those who keep coming in" in result.text
        # Of the others 20 loyal, 20 casual, 14 growing, three shrinking and six late are of known age, nine 65+.
        assert "age 65+ (64 % against 14 %)" in result.text
    finally:
        people.mirror.close()


def test_of_one_to_four_people_nothing_is_told(tmp_path: Path) -> None:
    people = open_people(tmp_path)
    try:
        of_age(people, {f"overdue{n:02d}": "65+" for n in range(3)})
        shown = json.dumps(run_tool("customers_at_risk", {"period": SPAN, "by": "age_band"}, people.asker()).to_json())
        assert "65+" not in shown
        assert "differ" not in shown
    finally:
        people.mirror.close()


def test_households_of_nobody_overdue_are_not_described(people: People) -> None:
    assert "differ" not in run_tool("customers_at_risk", {"period": SPAN}, people.asker()).text


def test_where_nothing_is_known_of_them_it_is_said(people: People) -> None:
    with pytest.raises(NoDataError, match="The income of no customer"):
        run_tool("customers_at_risk", {"period": SPAN, "by": "income_band"}, people.asker())
