"""The split is exact whatever the sides look like: nothing sold, refunds only, negative prices, a missing side."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tools.analysis.decomposition import (
    Earned,
    Goods,
    Trade,
    basket_parts,
    margin_parts,
    margin_rate_parts,
    net_sales_parts,
    net_sales_parts_of_all,
    rate_contributions,
    settled,
    transaction_parts,
    unit_parts,
)
from tools.analysis.exact import ZERO, added, apportion, summed

pieces = st.integers(-4, 30)
cents = st.integers(-3_000, 30_000)
counts = st.integers(0, 40)
exact = st.builds(Fraction, st.integers(-90_000, 90_000), st.integers(1, 60))


def goods(mine: dict[str, tuple[int, int]], other: dict[str, tuple[int, int]]) -> Goods:
    """One side's sums from products given as (pieces, value); a product without pieces is not sold by the piece."""
    sold = {name: pair for name, pair in mine.items() if pair[0]}
    both = {name for name in sold if other.get(name, (0, 0))[0]}
    return Goods(
        Fraction(sum(count for count, _ in sold.values())),
        Fraction(sum(value for _, value in sold.values())),
        Fraction(sum(sold[name][1] for name in both)),
        sum((Fraction(sold[name][1] * other[name][0], sold[name][0]) for name in both), ZERO),
    )


products = st.dictionaries(st.sampled_from("abcde"), st.tuples(pieces, cents), max_size=5)


@st.composite
def trade_pairs(draw: st.DrawFn) -> tuple[Trade, Trade]:
    mine, other = draw(products), draw(products)
    known = draw(st.booleans())
    sides = []
    for one, opposite in ((mine, other), (other, mine)):
        transactions = draw(counts)
        counted = draw(st.integers(0, transactions)) if known else 0
        visitors = draw(st.integers(1, 90)) if known else 0
        sides.append(
            Trade(
                Fraction(transactions),
                goods(one, opposite),
                Fraction(draw(cents)),
                Fraction(visitors),
                Fraction(counted),
            )
        )
    return sides[0], sides[1]


@given(trade_pairs())
def test_the_parts_of_net_sales_add_up(pair: tuple[Trade, Trade]) -> None:
    before, now = pair
    assert sum(net_sales_parts(before, now).values()) == now.net - before.net


@given(trade_pairs())
def test_the_parts_of_net_sales_are_those_of_transactions_and_of_the_basket_in_money(pair: tuple[Trade, Trade]) -> None:
    before, now = (settled(side)[0] for side in pair)
    if not (before.transactions and now.transactions):
        return
    weight = (before.net / before.transactions + now.net / now.transactions) / 2
    mean = (before.transactions + now.transactions) / 2
    composed = {name: value * weight for name, value in transaction_parts(before, now).items()}
    composed |= {name: value * mean for name, value in basket_parts(before, now).items()}
    found = net_sales_parts(*pair)
    assert {name: value for name, value in found.items() if name != "refunds"} == composed


@given(st.lists(trade_pairs(), max_size=6))
def test_the_parts_of_all_stores_are_those_of_each_added_up(stores: list[tuple[Trade, Trade]]) -> None:
    each = [net_sales_parts(before, now) for before, now in stores]
    assert net_sales_parts_of_all(stores) == added(each)
    for name in {name for parts in each for name in parts}:
        assert added(each)[name] == sum((parts.get(name, ZERO) for parts in each), ZERO)


@given(st.lists(exact))
def test_a_sum_over_a_common_denominator_is_the_sum(values: list[Fraction]) -> None:
    assert summed(iter(values)) == sum(values, ZERO)


@given(trade_pairs())
def test_the_parts_of_units_and_transactions_add_up(pair: tuple[Trade, Trade]) -> None:
    before, now = pair
    assert sum(unit_parts(before, now).values()) == now.goods.pieces - before.goods.pieces
    assert sum(transaction_parts(before, now).values()) == now.transactions - before.transactions


@given(trade_pairs())
def test_swapping_the_sides_turns_every_part_round(pair: tuple[Trade, Trade]) -> None:
    before, now = pair
    there, back = net_sales_parts(before, now), net_sales_parts(now, before)
    assert all(there[name] == -back[name] for name in there)


@given(trade_pairs())
def test_nothing_changes_when_nothing_changed(pair: tuple[Trade, Trade]) -> None:
    _, now = pair
    whole = now.goods
    same = Trade(
        now.transactions,
        Goods(whole.pieces, whole.value, whole.value, whole.value),
        now.unpieced,
        now.visitors,
        now.counted,
    )
    assert set(net_sales_parts(same, same).values()) == {ZERO}


@given(trade_pairs(), st.integers(2, 9))
def test_the_same_trade_with_more_visitors_is_all_traffic(pair: tuple[Trade, Trade], times: int) -> None:
    one, _ = settled(pair[1])
    whole = one.goods
    before = Trade(
        one.transactions,
        Goods(whole.pieces, whole.value, whole.value, whole.value * times),
        one.unpieced,
        Fraction(50),
        one.transactions,
    )
    now = Trade(
        one.transactions * times,
        Goods(whole.pieces * times, whole.value * times, whole.value * times, whole.value),
        one.unpieced * times,
        Fraction(50 * times),
        one.transactions * times,
    )
    parts = net_sales_parts(before, now)
    assert parts.pop("traffic") == now.net - before.net
    assert set(parts.values()) <= {ZERO}


@st.composite
def earned_pairs(draw: st.DrawFn) -> tuple[Earned, Earned]:
    measured = st.dictionaries(st.sampled_from("abcd"), st.tuples(pieces, cents, cents, cents), max_size=4)
    mine, other = draw(measured), draw(measured)
    sides = []
    for one, opposite in ((mine, other), (other, mine)):

        def of(index: int, rows: dict[str, Any]) -> dict[str, tuple[int, int]]:
            return {name: (row[0], row[index]) for name, row in rows.items()}

        rest = [Fraction(draw(cents)) for _ in range(4)]
        measures = [goods(of(index, one), of(index, opposite)) for index in (1, 2, 3)]
        sides.append(Earned(*measures, *rest))
    return sides[0], sides[1]


@given(earned_pairs())
def test_the_parts_of_the_margin_add_up(pair: tuple[Earned, Earned]) -> None:
    before, now = pair
    assert sum(margin_parts(before, now).values()) == now.margin - before.margin


@settings(max_examples=50)
@given(st.lists(earned_pairs(), min_size=1, max_size=3))
def test_the_parts_of_the_margin_rate_add_up(pairs: list[tuple[Earned, Earned]]) -> None:
    net = [sum((pair[side].net for pair in pairs), ZERO) for side in (0, 1)]
    margin = [sum((pair[side].margin for pair in pairs), ZERO) for side in (0, 1)]
    parts = margin_rate_parts(pairs)
    if all(net):
        assert sum(parts.values()) == margin[1] / net[1] - margin[0] / net[0]
    else:
        assert parts == {}


@given(st.dictionaries(st.sampled_from("uvwxyz"), st.tuples(cents, cents, cents, cents), min_size=1))
def test_contributions_to_a_rate_add_up(rows: dict[str, tuple[int, int, int, int]]) -> None:
    groups = {
        name: ({"n": Fraction(n0), "d": Fraction(d0)}, {"n": Fraction(n1), "d": Fraction(d1)})
        for name, (n0, d0, n1, d1) in rows.items()
    }
    n0, d0, n1, d1 = (sum(row[index] for row in rows.values()) for index in range(4))
    found = rate_contributions(groups)
    if d0 and d1:
        assert sum(found.values()) == Fraction(n1, d1) - Fraction(n0, d0)
    else:
        assert found == {}


@given(st.dictionaries(st.sampled_from("pqrstu"), exact, min_size=1))
def test_rounding_keeps_the_sum_and_stays_next_to_every_part(parts: dict[str, Fraction]) -> None:
    whole = round(sum(parts.values()))
    shares = apportion(parts, whole)
    assert sum(shares.values()) == whole
    assert all(abs(shares[name] - value) <= 1 for name, value in parts.items())


@given(st.dictionaries(st.sampled_from("pqrstu"), exact, min_size=1), st.integers(-500, 500))
def test_rounding_reaches_any_whole(parts: dict[str, Fraction], whole: int) -> None:
    assert sum(apportion(parts, whole).values()) == whole


@given(st.dictionaries(st.sampled_from("pqrstu"), exact, min_size=1), st.integers(0, 5))
def test_what_rounding_down_leaves_goes_to_the_largest_remainders(parts: dict[str, Fraction], extra: int) -> None:
    extra %= len(parts)
    floors = {name: value // 1 for name, value in parts.items()}
    largest = sorted(parts, key=lambda name: (floors[name] - parts[name], name))[:extra]
    shares = apportion(parts, sum(floors.values()) + extra)
    assert shares == {name: floor + (name in largest) for name, floor in floors.items()}


def test_a_price_rise_is_price_and_a_shift_is_mix() -> None:
    ten, hundred = Fraction(10), Fraction(100)
    before = Trade(ten, goods({"a": (20, 2000), "b": (10, 3000)}, {"a": (20, 2400), "b": (10, 3000)}))
    dearer = Trade(ten, goods({"a": (20, 2400), "b": (10, 3000)}, {"a": (20, 2000), "b": (10, 3000)}))
    assert {name: value for name, value in net_sales_parts(before, dearer).items() if value} == {"price": 4 * hundred}
    shifted = Trade(ten, goods({"a": (10, 1000), "b": (20, 6000)}, {"a": (20, 2000), "b": (10, 3000)}))
    old = Trade(ten, goods({"a": (20, 2000), "b": (10, 3000)}, {"a": (10, 1000), "b": (20, 6000)}))
    assert {name: value for name, value in net_sales_parts(old, shifted).items() if value} == {"mix": 20 * hundred}
