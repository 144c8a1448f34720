"""What is bought together, against counting sets, and the mathematics of it against scipy and pandas."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from tests.tools.baskets.conftest import GOODS, PERIOD, STORES, Baskets
from tools.analysis.affinity import PairCounts, beyond_chance, chi_square, p_value, rate_below
from tools.context import Role
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult


def ask(baskets: Baskets, tool: str = "bought_together", who: Any = None, **arguments: Any) -> ToolResult:
    return run_tool(tool, {"period": PERIOD, **arguments}, who or baskets.asker())


def pairs_of(result: ToolResult, name: str = "product_id") -> dict[frozenset[str], dict[str, float]]:
    found: dict[frozenset[str], dict[str, float]] = {}
    for one in result.figures:
        if f"second_{name}" in one.group:
            key = frozenset({one.group[f"first_{name}"], one.group[f"second_{name}"]})
            found.setdefault(key, {})[one.metric] = float(one.value or "nan")
    return found


def counted(sets: list[frozenset[str]], first: str, second: str) -> tuple[int, int, int, int]:
    return (
        len(sets),
        sum(first in one for one in sets),
        sum(second in one for one in sets),
        sum({first, second} <= one for one in sets),
    )


def test_the_planted_pair_leads_and_every_count_is_that_of_the_sets(baskets: Baskets) -> None:
    result = ask(baskets, limit=50)
    found = pairs_of(result)
    assert set(found) == {frozenset({"bread", "butter"}), frozenset({"buns", "sausages"})}
    for pair, shown in found.items():
        first, second = sorted(pair)
        n, a, b, both = counted(baskets.of(), first, second)
        assert {shown["baskets_with_first"], shown["baskets_with_second"]} == {a, b}
        assert shown["baskets_together"] == both
        assert shown["support"] == pytest.approx(100 * both / n, abs=0.0006)
        assert shown["lift"] == pytest.approx(both * n / (a * b), abs=0.006)
        assert shown["confidence"] == pytest.approx(100 * both / min(a, b), abs=0.006)
    assert result.figures[0].value == str(len(baskets.of()))


def test_a_basket_counts_a_thing_once_however_often_it_was_scanned(baskets: Baskets) -> None:
    sets = baskets.of("S01")
    shown = pairs_of(ask(baskets, stores="S01"))[frozenset({"bread", "butter"})]
    assert shown["baskets_together"] == sum({"bread", "butter"} <= one for one in sets)


def test_voided_test_and_returned_documents_are_no_baskets(baskets: Baskets) -> None:
    # Candles and vanilla lie together in ninety documents, none of which is a basket.
    assert not any("candles" in pair for pair in pairs_of(ask(baskets, limit=50)))
    with pytest.raises(NoDataError, match="No basket"):
        ask(baskets, product="Candles plain")
    n, a, _, _ = counted(baskets.of(), "vanilla", "soap")
    assert (n, a) == (1540, 40)
    beside = ask(baskets, product="Vanilla plain", stores="S03")
    assert beside.table is None  # what was taken back and the gift card lie beside it, and nothing that was bought


def test_what_goes_with_one_product_is_asked_of_its_baskets_only(baskets: Baskets) -> None:
    result = ask(baskets, product="Bread plain")
    (pair, shown), *others = pairs_of(result).items()
    assert not others
    assert pair == {"bread", "butter"}
    _n, a, b, both = counted(baskets.of(), "bread", "butter")
    assert (shown["baskets_with_first"], shown["baskets_with_second"]) == (a, b)
    assert shown["confidence"] == pytest.approx(100 * both / a, abs=0.006)
    assert "Butter plain" in result.headline


@pytest.mark.parametrize("level", ["department", "category"])
def test_departments_and_categories_are_in_a_basket_once(baskets: Baskets, level: str) -> None:
    place = {"department": 0, "category": 1}[level]
    sets = [frozenset(GOODS[name][place] for name in one) for one in baskets.of()]
    found = pairs_of(ask(baskets, level=level, limit=50), level)
    assert found
    for pair, shown in found.items():
        first, second = sorted(pair)
        n, a, b, both = counted(sets, first, second)
        assert shown["baskets_together"] == both
        assert shown["lift"] == pytest.approx(both * n / (a * b), abs=0.006)


def test_what_goes_with_a_department_leaves_the_department_itself_out(baskets: Baskets) -> None:
    result = ask(baskets, department="Bakery", limit=50)
    found = {one.group["second_category"] for one in result.figures if "second_category" in one.group}
    assert found == {"Butter", "Sausages"}
    sets = baskets.of()
    with_bakery = [one for one in sets if one & {"bread", "buns"}]
    shown = {one.metric: one.value for one in result.figures if one.group.get("second_category") == "Sausages"}
    assert shown["baskets_with_first"] == str(len(with_bakery))
    assert shown["baskets_together"] == str(sum("sausages" in one for one in with_bakery))


def test_the_order_is_what_was_asked_for(baskets: Baskets) -> None:
    def values(by: str, metric: str) -> list[float]:
        return [
            float(one.value or 0) for one in ask(baskets, rank_by=by, level="category").figures if one.metric == metric
        ]

    for by, metric in (("lift", "lift"), ("confidence", "confidence"), ("baskets", "baskets_together")):
        shown = values(by, metric)
        assert len(shown) >= 2
        assert shown == sorted(shown, reverse=True)


def test_the_answer_can_be_traced_and_says_how_sure_it_is(baskets: Baskets) -> None:
    result = ask(baskets)
    assert len(result.provenance.sql) == 3
    assert result.provenance.stores == STORES
    assert any("at most 1 % false" in one for one in result.caveats)
    assert any("not a cause" in one for one in result.caveats)
    json.dumps(result.to_json())


def test_a_store_outside_the_scope_is_refused_and_never_counted(baskets: Baskets) -> None:
    manager = baskets.asker(Role.STORE_MANAGER, "S02")
    with pytest.raises(NotAllowedError):
        ask(baskets, who=manager, stores="S01")
    result = ask(baskets, who=manager)
    assert result.figures[0].value == str(len(baskets.of("S02")))
    assert result.provenance.stores == ("S02",)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"product": "unobtainium"}, BadArgumentError),
        ({"product": "Bread plain", "department": "Dairy"}, BadArgumentError),
        ({"period": "next week"}, NoDataError),
        ({"period": "somewhen"}, BadArgumentError),
        ({"limit": 0}, BadArgumentError),
        ({"level": "brand"}, BadArgumentError),
        ({"stores": "Nowhere Lane"}, BadArgumentError),
    ],
)
def test_what_cannot_be_answered_is_said(baskets: Baskets, arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(baskets, **arguments)


def test_one_day_has_too_few_baskets_for_any_pair(baskets: Baskets) -> None:
    result = ask(baskets, period="2 March 2026", stores="S01")
    assert result.headline.startswith("No pair stands out")
    assert result.table is None
    assert any("few for this" in one for one in result.caveats)


def test_cross_sell_finds_the_store_that_forgets_the_buns(baskets: Baskets) -> None:
    result = ask(baskets, "cross_sell", product="Sausages plain")
    first = {one.metric: one.value for one in result.figures[:6]}
    assert {one.group["store"] for one in result.figures} == {"S02"}
    assert result.figures[0].group["second_product"] == "Buns plain"
    here, elsewhere = baskets.of("S02"), baskets.of("S01", "S03")
    _n, a, _, both = counted(here, "sausages", "buns")
    _, c, _, d = counted(elsewhere, "sausages", "buns")
    assert first["confidence"] == f"{100 * both / a:.2f}"
    assert first["confidence_elsewhere"] == f"{100 * d / c:.2f}"
    assert first["baskets_missing"] == f"{a * d / c - both:.0f}"
    assert "S02 Street" in result.headline


def test_cross_sell_without_a_subject_looks_at_categories(baskets: Baskets) -> None:
    result = ask(baskets, "cross_sell", stores="S02")
    pairs = {(one.group["first_category"], one.group["second_category"]) for one in result.figures}
    assert ("Buns", "Sausages") in pairs or ("Sausages", "Buns") in pairs
    healthy = ask(baskets, "cross_sell", stores="S01")
    assert not healthy.figures
    assert "Strongest link" in healthy.headline


def test_cross_sell_of_one_store_says_that_there_is_nothing_to_compare_with(baskets: Baskets) -> None:
    result = ask(baskets, "cross_sell", who=baskets.asker(Role.STORE_MANAGER, "S02"))
    assert "no other store to compare with" in result.headline
    assert result.provenance.stores == ("S02",)


def test_the_p_values_are_those_of_scipy() -> None:
    from scipy.stats import chi2_contingency, fisher_exact

    for counts in (
        PairCounts(1000, 200, 150, 60),
        PairCounts(1000, 20, 30, 6),
        PairCounts(50, 6, 5, 4),
        PairCounts(40_000, 300, 50, 12),
        PairCounts(12, 12, 3, 3),
    ):
        n, a, b, both = counts.baskets, counts.first, counts.second, counts.both
        table = [[both, a - both], [b - both, n - a - b + both]]
        if n == a:
            assert p_value(counts) == 1.0
            continue
        if min(a, n - a) * min(b, n - b) / n < 5:
            assert p_value(counts) == pytest.approx(fisher_exact(table, alternative="greater").pvalue, rel=1e-9)
        else:
            expected = chi2_contingency(table, correction=False)
            assert chi_square(counts) == pytest.approx(expected.statistic, rel=1e-9)
            assert p_value(counts) == pytest.approx(expected.pvalue / 2, rel=1e-9)
    assert p_value(PairCounts(1000, 200, 150, 20)) == 1.0
    with pytest.raises(ValueError, match="belong together"):
        p_value(PairCounts(10, 4, 3, 4))


def test_the_guard_is_that_of_benjamini_and_hochberg() -> None:
    from scipy.stats import false_discovery_control

    values = [0.0001, 0.004, 0.019, 0.03, 0.2, 0.8]
    adjusted = false_discovery_control(values)
    assert beyond_chance(values, len(values), 0.05) == [one <= 0.05 for one in adjusted]
    padded = false_discovery_control([*values, *[1.0] * 94])[: len(values)]
    assert beyond_chance(values, 100, 0.05) == [one <= 0.05 for one in padded]
    assert beyond_chance([], 10) == []


def test_chance_alone_links_next_to_nothing() -> None:
    import random

    rng = random.Random(3)
    sets = [{name for name in range(20) if rng.random() < 0.2} for _ in range(2000)]
    values = []
    for first, second in itertools.combinations(range(20), 2):
        a, b = sum(first in one for one in sets), sum(second in one for one in sets)
        values.append(p_value(PairCounts(2000, a, b, sum({first, second} <= one for one in sets))))
    assert sum(beyond_chance(values, len(values))) <= 1
    assert sum(one < 0.05 for one in values) > 1  # without the guard several would have been called linked


def test_large_baskets_alone_make_no_link() -> None:
    # 100 baskets hold everything, 900 one thing: a and b meet as often as the sizes say, although their lift is high.
    counts = PairCounts(1000, 145, 145, 100, 100.0 + 45 * 45 / 900)
    assert counts.lift > 4
    assert counts.lift_by_size < 1


def test_a_share_below_another_is_tested_one_sided() -> None:
    assert rate_below(10, 100, 60, 100) < 1e-9
    assert rate_below(60, 100, 10, 100) > 0.99
    assert rate_below(0, 0, 5, 10) == 1.0
    assert rate_below(0, 10, 0, 10) == 1.0
