"""Segments, risk, trends, cohorts and the largest customers, against who was planted."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.writer import Batch
from tests.tools.customers.conftest import FIRST, LAST, WEEKS, People, Visit, open_people, rows
from tools.analysis.rfm import SEGMENTS, Customer, scores, segment
from tools.context import Role
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

SPAN = f"{FIRST} to {LAST}"
LATER = f"{LAST - timedelta(weeks=12, days=-1)} to {LAST}"
TOOLS = (
    "customer_segments",
    "segment_movement",
    "customers_at_risk",
    "customer_trends",
    "top_customers",
    "customer_cohorts",
)


def ask(people: People, tool: str, who: Any = None, **arguments: Any) -> ToolResult:
    arguments.setdefault("period", LATER if tool == "segment_movement" else SPAN)
    return run_tool(tool, arguments, who or people.asker())


def figures(result: ToolResult, metric: str, group: str) -> dict[str, str]:
    return {one.group[group]: one.value or "" for one in result.figures if one.metric == metric and group in one.group}


def spent(every: list[Visit]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for one in every:
        sums[one.key or ""] += one.cents
    return dict(sums)


def test_segments_partition_the_customers_and_their_sales(people: People) -> None:
    result = ask(people, "customer_segments")
    customers, sales = figures(result, "customers", "segment"), figures(result, "net_sales", "segment")
    sums = spent(people.known())
    assert sum(map(int, customers.values())) == len(sums) == 96
    assert sum(map(Decimal, sales.values())) == Decimal(sum(sums.values())).scaleb(-2)
    assert min(map(int, customers.values())) >= 5


def test_the_planted_loyal_are_champions_and_the_gone_are_lost(people: People) -> None:
    result = ask(people, "customer_segments")
    customers = figures(result, "customers", "segment")
    visits = figures(result, "transactions", "segment")
    assert int(customers["Champions"]) >= 20
    assert any(name.lower().endswith("lost") and int(count) >= 15 for name, count in customers.items())
    assert result.table is not None
    champions = next(row for row in result.table.rows if row[0] == "Champions")
    assert str(champions[8]).startswith("Seafood")
    assert champions[9] in ("Saturday 17:00", "Wednesday 09:00")
    assert int(visits["Champions"]) >= 20 * 2 * WEEKS


def test_the_share_of_sales_with_a_known_customer_is_the_denominator(people: People) -> None:
    known = sum(one.cents for one in people.known())
    whole = sum(one.cents for one in people.visits if one.store == "S01")
    for tool in TOOLS:
        said = " ".join(ask(people, tool).caveats)
        if tool not in ("segment_movement", "customer_trends"):
            assert f"{known * 100 / whole:.1f} % of net sales have a known customer" in said
        assert "have a known customer" in said


def test_four_people_are_never_spoken_of(people: People) -> None:
    alone = people.asker(Role.OWNER, "S02")
    for tool in TOOLS:
        with pytest.raises(NoDataError, match=r"Fewer than 5|weeks"):
            ask(people, tool, alone)
    both = people.asker(Role.OWNER, "S01", "S02")
    for tool in TOOLS:
        shown = json.dumps(ask(people, tool, both).to_json())
        assert "few0" not in shown
        assert "few1" not in shown


def test_clusters_find_groups_and_the_same_ones_every_time(people: People) -> None:
    first, second = (ask(people, "customer_segments", method="clusters") for _ in range(2))
    assert first.to_json() == second.to_json()
    customers = figures(first, "customers", "segment")
    assert 3 <= len(customers) <= 7
    assert sum(map(int, customers.values())) == 96
    assert min(map(int, customers.values())) >= 5
    sales = [Decimal(value) for value in figures(first, "net_sales", "segment").values()]
    each = [value / int(count) for value, count in zip(sales, customers.values(), strict=True)]
    assert each == sorted(each, reverse=True)


def test_hours_are_those_of_the_stores_clock_and_of_five_people_or_more(people: People) -> None:
    result = ask(people, "customer_segments", view="hours", segment="best")
    cells = {
        (one.group["weekday"], one.group["hour"]): int(one.value or 0)
        for one in result.figures
        if one.metric == "transactions"
    }
    assert {one.group["segment"] for one in result.figures} == {"Champions"}
    assert cells["Saturday", "17"] == 20 * WEEKS
    assert cells["Wednesday", "9"] == 20 * WEEKS
    assert ("Sunday", "15") not in cells
    with pytest.raises(NoDataError, match="There is no segment"):
        ask(people, "customer_segments", view="hours", segment="purple")


def test_the_overdue_are_found_by_their_own_rhythm(people: People) -> None:
    result = ask(people, "customers_at_risk")
    found = {one.metric: one.value for one in result.figures}
    assert found["customers_overdue"] == "14"
    assert "Half of all with a habit usually come every " in result.text  # not of the 14
    by_hand = Decimal(0)
    for n in range(14):
        own = [one for one in people.known() if one.key == f"overdue{n:02d}"]
        span = (max(one.on for one in own) - min(one.on for one in own)).days
        gap = Decimal(span) / (len(own) - 1)
        by_hand += sum(one.cents for one in own) * 28 / (span + gap)
    assert Decimal(found["net_sales_at_risk_per_28_days"] or 0) == (by_hand / 100).quantize(Decimal("0.01"))
    # Fifteen came three times and three weeks of twice a week is no habit of theirs to break: they are not judged.
    assert any("15 customers came fewer than 5 times" in one for one in result.caveats)
    assert found["customers_with_habit"] == str(96 - 15)


def test_nobody_is_counted_away_where_one_to_four_would_be_told(people: People) -> None:
    waiting = [(LAST - when).days for when in _last_days(people).values()]
    days = next(day for day in range(1, 200) if 0 < sum(wait >= day for wait in waiting) < 5)
    result = ask(people, "customers_away", days=days)
    assert result.figures == ()
    assert result.table is None
    assert "nothing more is said about so few people" in result.text
    with pytest.raises(BadArgumentError, match="is not longer than 90 days"):
        ask(people, "customers_away", days=90, period="last 4 weeks")


def _last_days(people: People) -> dict[str, date]:
    last: dict[str, date] = {}
    for one in people.known():
        last[str(one.key)] = max(one.on, last.get(str(one.key), one.on))
    return last


def test_growing_and_shrinking_are_told_from_steady_and_new(people: People) -> None:
    result = ask(people, "customer_trends")
    assert figures(result, "customers", "trend") == {"more": "14", "less": "21", "steady": "40"}
    assert any("6 customers came first after the first quarter" in one for one in result.caveats)
    assert result.table is not None
    more = next(row for row in result.table.rows if row[0] == "Spending more")
    own = [one for one in people.known() if (one.key or "").startswith("growing")]
    early = sum(one.cents for one in own if (one.on - FIRST).days // 7 < WEEKS // 2)
    halves = (early, sum(one.cents for one in own) - early)
    assert [Decimal(str(cell)) for cell in more[3:5]] == [
        (Decimal(half) / 14 / (WEEKS // 2) / 100).quantize(Decimal("0.01")) for half in halves
    ]
    assert "age 25-34 (64 % against 12 %)" in result.text


def test_bands_of_fewer_than_five_households_are_not_told(people: People) -> None:
    result = ask(people, "customer_trends")
    assert "65+" not in json.dumps(result.to_json())
    assert any("Too little is known of the households of those spending less" in one for one in result.caveats)


def test_too_short_a_span_has_no_trend(people: People) -> None:
    with pytest.raises(NoDataError, match="at least 8 whole weeks"):
        ask(people, "customer_trends", period="1 to 30 May 2026")


def test_the_largest_customers_are_those_of_the_list_to_the_cent(people: People) -> None:
    result = ask(people, "top_customers", limit=5)
    sums = spent(people.known())
    best = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    assert figures(result, "net_sales", "customer_key") == {key: f"{cents / 100:.2f}" for key, cents in best}
    whole = sum(sums.values())
    assert figures(result, "net_sales_share", "customer_key") == {
        key: f"{Decimal(cents) * 100 / whole:.1f}" for key, cents in best
    }


@pytest.mark.parametrize("role", [Role.STORE_MANAGER, Role.STAFF])
def test_managers_get_shares_of_groups_and_no_single_customer(people: People, role: Role) -> None:
    result = ask(people, "top_customers", people.asker(role, "S01"))
    shown = json.dumps(result.to_json())
    assert "loyal" not in shown
    sums = sorted(spent(people.known()).values(), reverse=True)
    sales = figures(result, "net_sales", "customer_tier")
    assert len(sales) == 10
    assert sales["Top 10 %"] == f"{sum(sums[: 96 // 10]) / 100:.2f}"
    assert sum(map(Decimal, sales.values())) == Decimal(sum(sums)).scaleb(-2)
    assert any("pseudonym" in one for one in result.caveats)


@pytest.mark.parametrize("role", [Role.OWNER, Role.ANALYST, Role.DISTRICT_MANAGER])
def test_those_who_may_see_pseudonyms_get_them_and_can_ask_for_shares_alone(people: People, role: Role) -> None:
    listed = ask(people, "top_customers", people.asker(role, "S01"))
    assert figures(listed, "net_sales", "customer_key")
    shares = ask(people, "top_customers", people.asker(role, "S01"), by_share=True)
    assert not figures(shares, "net_sales", "customer_key")
    assert figures(shares, "net_sales", "customer_tier")


def test_retention_is_counted_by_month_of_first_purchase(people: People) -> None:
    result = ask(people, "customer_cohorts")
    first: dict[str, date] = {}
    active: dict[date, set[str]] = defaultdict(set)
    for one in sorted(people.known(), key=lambda one: one.on):
        if one.key and one.kind == "sale":
            first.setdefault(one.key, one.on.replace(day=1))
            active[one.on.replace(day=1)].add(one.key)
    sizes = Counter(first.values())
    assert figures(result, "customers", "cohort") == {f"{month:%Y-%m}": str(size) for month, size in sizes.items()}
    for one in result.figures:
        if one.metric == "active_share":
            cohort = date.fromisoformat(f"{one.group['cohort']}-01")
            month = date.fromisoformat(f"{one.group['month']}-01")
            people_then = [key for key in active[month] if first[key] == cohort]
            assert one.value == f"{Decimal(len(people_then)) * 100 / sizes[cohort]:.1f}"


def test_those_who_came_first_in_one_month_are_followed_alone(people: People) -> None:
    first: dict[str, date] = {}
    active: dict[date, set[str]] = defaultdict(set)
    for one in sorted(people.known(), key=lambda one: one.on):
        if one.key and one.kind == "sale":
            first.setdefault(one.key, one.on.replace(day=1))
            active[one.on.replace(day=1)].add(one.key)
    month, size = max(Counter(first.values()).items(), key=lambda one: one[1])
    later = next(one for one in sorted(active) if one > month)
    again = sum(first[key] == month for key in active[later])
    result = ask(people, "customer_cohorts", first_bought=f"{month:%B %Y}")
    assert figures(result, "customers", "cohort") == {f"{month:%Y-%m}": str(size)}
    assert f"Of {size:,} customers who first bought in {month:%B %Y}" in result.text
    assert f"{Decimal(again) * 100 / size:.1f} % in {later:%B}" in result.text


def test_a_cohort_that_fell_off_needs_attention(people: People) -> None:
    # Twelve weeks before the end of the world the overdue still came; four weeks later they had gone.
    end = LAST - timedelta(weeks=4)
    result = ask(people, "customer_cohorts", view="attention", period=f"{FIRST} to {end}")
    shares = figures(result, "active_share", "cohort"), figures(result, "active_share_before", "cohort")
    assert set(shares[0]) == {"January 2026 cohort"}
    keys = {one.key for one in people.known() if one.on < date(2026, 2, 1)}
    for days, shown in ((0, shares[0]), (28, shares[1])):
        last = end - timedelta(days=days)
        bought = {one.key for one in people.known() if last - timedelta(days=28) < one.on <= last}
        assert shown["January 2026 cohort"] == f"{len(keys & bought) * 100 / len(keys):.1f}"
    # The fourteen who went were champions before: the segment fell beyond chance, the cohort that holds everybody less.
    assert figures(result, "active_share", "segment")["Champions"] == f"{20 * 100 / 34:.1f}"
    assert figures(result, "active_share_before", "segment")["Champions"] == "100.0"
    assert result.headline.startswith("Champions need attention")
    quiet = ask(people, "customer_cohorts", view="attention", period=SPAN)
    assert "beyond chance" in quiet.headline or "fell off" in quiet.headline


def _placed(people: People, start: date, end: date) -> dict[str, int]:
    """The place of each customer's own segment over some days, counted from the visits."""
    mine: dict[str, list[Visit]] = defaultdict(list)
    for one in people.known():
        if start <= one.on <= end:
            mine[one.key or ""].append(one)
    customers = [
        Customer(key, sum(v.kind == "sale" for v in own), Decimal(sum(v.cents for v in own)),
                 (end - max(v.on for v in own)).days)
        for key, own in mine.items()
    ]  # fmt: skip
    names = [segment(score) for score in scores(customers)]
    return {one.key: SEGMENTS.index(name) for one, name in zip(customers, names, strict=True)}


def test_who_moved_is_told_by_the_segments_and_not_by_how_small_ones_were_joined(people: People) -> None:
    length, back = timedelta(weeks=12, days=-1), timedelta(weeks=12)
    before = _placed(people, LAST - back - length, LAST - back)
    after = _placed(people, LAST - length, LAST)
    both = before.keys() & after.keys()
    up, down = (sum(sign * after[key] < sign * before[key] for key in both) for sign in (1, -1))
    result = ask(people, "segment_movement", period=LATER, weeks_before=12)
    said = f"{len(both) - up - down} stayed in their segment, {up} moved to a better one, {down} to a weaker one"
    assert said in result.headline or "hardly any changed segment" in result.headline
    assert min(up, down) < 5 or said in result.headline
    assert "and slipping away to slipping away" not in result.text.lower()


def test_movement_counts_everybody_once_and_hides_the_few(people: People) -> None:
    result = ask(people, "segment_movement", period=LATER, weeks_before=12)
    cells = {(one.group["segment_before"], one.group["segment"]): int(one.value or 0) for one in result.figures}
    assert cells
    assert min(cells.values()) >= 5
    assert cells["Champions", "Champions"] >= 20
    assert sum(count for (before, _), count in cells.items() if before == "Not there before") in (0, 6)
    with pytest.raises(NoDataError, match="the data begins"):
        ask(people, "segment_movement", period=SPAN, weeks_before=12)


def test_all_but_a_few_are_not_counted_either(people: People) -> None:
    both = people.asker(Role.OWNER, "S01", "S02")
    often = run_tool("customers_by_visits", {"period": SPAN, "at_least": 2}, both)
    assert "all but fewer than 5 of 100 known customers" in often.headline
    assert next(one.value for one in often.figures if "visits" in one.group) is None
    assert often.table is not None
    left_out = [row for row in often.table.rows if row[1] is None]
    assert [row[0] for row in left_out] == ["1", "3–4"], "the four, and who would give them away"


def test_who_came_every_week_is_told_with_everybody_else_and_no_few(people: People) -> None:
    weekly = ask(people, "customers_every_span", span="week")
    assert weekly.table is not None
    everybody = int(next(one.value for one in weekly.figures if not one.group) or 0)
    told = [row[1] for row in weekly.table.rows if row[1] is not None]
    hidden = everybody - sum(int(number) for number in told)
    assert all(int(number) == 0 or int(number) >= 5 for number in told)
    assert hidden == 0 or hidden >= 5, "what is left out is no few either"
    assert "whole weeks from" in weekly.headline


def test_of_customers_kept_neither_side_is_told_where_one_is_a_few(people: People) -> None:
    with pytest.raises(NoDataError, match="so few"):
        ask(people, "customers_kept", period="2026-06-12", later="2026-06-19")


def test_new_sales_only_add_and_only_their_days_are_written_again(tmp_path: Path) -> None:
    made = open_people(tmp_path)
    try:
        reader, writer = made.mirror.reader, made.mirror.writer
        assert writer is not None
        kept = reader.query("SELECT * FROM customer_hour ORDER BY ALL").rows
        extra = [Visit("loyal01", LAST, 19, 12_345), Visit("brandnew", LAST, 19, 99)]
        writer.submit(Batch(rows=rows(extra, start=900_000))).result()
        now = reader.query("SELECT * FROM customer_hour ORDER BY ALL").rows
        assert [row for row in now if row not in kept] == [row for row in now if row[3] in ("loyal01", "brandnew")
                                                           and row[1] == LAST and row[2] == 19]  # fmt: skip
        assert len(now) == len(kept) + 2
        best = figures(ask(made, "top_customers", limit=50), "net_sales", "customer_key")
        assert best["loyal01"] == f"{(spent(made.known())['loyal01'] + 12_345) / 100:.2f}"
        assert sum(map(int, figures(ask(made, "customer_segments"), "customers", "segment").values())) == 97
    finally:
        made.mirror.close()


@pytest.mark.parametrize("tool", TOOLS)
def test_what_cannot_be_answered_is_said(people: People, tool: str) -> None:
    manager = people.asker(Role.STORE_MANAGER, "S01")
    with pytest.raises(NotAllowedError):
        ask(people, tool, manager, stores="Harbor Point")
    with pytest.raises(BadArgumentError):
        ask(people, tool, people.asker(Role.OWNER, "S01", "S02"), stores="Nowhere Lane")
    with pytest.raises(NoDataError):
        ask(people, tool, period="next month")
    with pytest.raises(BadArgumentError):
        ask(people, tool, user="U_OWNER")


@pytest.mark.parametrize("tool", TOOLS)
def test_every_answer_can_be_traced(people: People, tool: str) -> None:
    result = ask(people, tool)
    assert result.provenance.sql
    assert len(result.provenance.sql) == len(result.provenance.params)
    assert result.provenance.stores == ("S01",)
    assert result.follow_ups
    json.dumps(result.to_json())


@pytest.mark.parametrize("tool", ["customer_visits", "household_profile"])
def test_groups_left_out_are_never_one_to_four_people_together(people: People, tool: str) -> None:
    """65+ are three people: told is neither they nor everybody else, whom the total would take them from."""
    by: Any = "age_band" if tool == "customer_visits" else ["age_band"]
    found = run_tool(tool, {"by": by, "period": "all time"}, people.asker())
    counts = [(one.group.get("age_band"), int(one.value or 0)) for one in found.figures if one.metric == "customers"]
    bands = [number for band, number in counts if band]
    whole = next(int(one.value or 0) for one in found.figures if one.metric in ("customers_described", "customers"))
    if tool == "household_profile":
        whole = next(int(one.value or 0) for one in found.figures if one.metric == "customers_described")
    assert not 0 < whole - sum(bands) < 5
    assert "3 households" not in " ".join(found.caveats)


def test_a_store_of_four_customers_is_not_counted_beside_another(people: People) -> None:
    with pytest.raises(NoDataError, match="fewer than 5"):
        run_tool(
            "shared_customers",
            {"stores": "Market Street and Harbor Point", "period": "all time"},
            people.asker(Role.OWNER, "S01", "S02"),
        )
