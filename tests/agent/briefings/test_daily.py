"""What the briefing says about a planted chain, against totals that the test adds up itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agent.briefings.render import for_channel
from agent.briefings.service import Briefings
from agent.db.engine import Database, open_database
from agent.governance.receipts import Receipts
from connectors.mirror.open import Mirror
from tests.support.briefings_world import ChannelList, PlantedChain, RememberingChannel, SteppedClock
from tools.context import Role, Scope

ON = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
FIRST = date(2026, 9, 20)
GAP = date(2026, 11, 11)
MIDNIGHT_IN_NEW_YORK = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
SIX_IN_NEW_YORK = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
GROCERY, BAKERY, DAIRY = "1", "2", "3"
OATMEAL, OAT_MILK = "4", "5"
DEPARTMENTS = {GROCERY: "Grocery", BAKERY: "Bakery", DAIRY: "Dairy", OATMEAL: "Grocery", OAT_MILK: "Dairy"}


@dataclass(frozen=True, slots=True)
class Line:
    """One planted line, which is one basket. Net in cents."""

    on: date
    hour: int
    product: str
    net: int


def _lines() -> list[Line]:
    """Nine weeks of steady days; last Sunday bread does well, milk badly, and 17:00 brings a rush for oatmeal."""
    rng = random.Random(7)
    lines: list[Line] = []
    day = FIRST
    while day <= SUNDAY:
        if day != GAP:
            for hour in (9, 12, 15, 17):
                for product, usual in ((GROCERY, 5000), (BAKERY, 2000), (DAIRY, 3000)):
                    share = {BAKERY: 1.6, DAIRY: 0.6}.get(product, 1.0) if day == SUNDAY else 1.0
                    lines.append(Line(day, hour, product, int(usual * share) + rng.randrange(-100, 101)))
            lines.append(Line(day, 12, OATMEAL, 400))
            if day != SUNDAY:
                lines.append(Line(day, 15, OAT_MILK, 1500))
        day += timedelta(days=1)
    return [*lines, Line(SUNDAY, 17, OATMEAL, 9000), Line(SUNDAY, 17, OATMEAL, 9100)]


LINES = _lines()


def net(*, wanted: Callable[[Line], bool]) -> Decimal:
    return Decimal(sum(line.net for line in LINES if wanted(line))) / 100


def net_on(day: date) -> Decimal:
    return net(wanted=lambda line: line.on == day)


@dataclass(slots=True)
class World:
    mirror: Mirror
    database: Database

    def briefings(self, at: datetime = SIX_IN_NEW_YORK) -> Briefings:
        return Briefings(
            self.database,
            SteppedClock(at),
            self.mirror.reader,
            Receipts(self.database),
            RememberingChannel(),
            ChannelList({}),
        )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("planted")
    chain = PlantedChain()
    chain.store("S01", "Market Street")
    chain.store("S02", "Harbor Point")
    chain.store("S03", "Maple Avenue")
    names = {GROCERY: "Groceries", BAKERY: "Bread", DAIRY: "Milk", OATMEAL: "Oatmeal 18 oz", OAT_MILK: "Oat milk"}
    for product, department in DEPARTMENTS.items():
        chain.product(product, names[product], department)
    for line in LINES:
        chain.basket("S01", line.on, [(line.product, line.net)], hour=line.hour, cost_share="60")
        if line.on == SUNDAY:
            chain.basket("S02", line.on, [(line.product, 77_777)], hour=line.hour, cost_share="60")
    chain.basket("S03", SUNDAY - timedelta(days=7), [(GROCERY, 5000)], cost_share="60")
    database = open_database(f"sqlite:///{folder / 'operations.sqlite'}")
    with chain.plant(folder / "mirror.duckdb", MIDNIGHT_IN_NEW_YORK) as mirror:
        yield World(mirror, database)
    database.close()


@pytest.fixture(scope="module")
def document(world: World) -> dict[str, Any]:
    return world.briefings().compose("S01", ON)


def figure(document: dict[str, Any], metric: str) -> dict[str, Any]:
    return next(figure for figure in document["figures"] if figure["metric"] == metric)


def lines_of(document: dict[str, Any], title: str) -> list[str]:
    return next(section["lines"] for section in document["sections"] if section["title"].startswith(title))


def test_the_figures_are_those_of_that_store_and_day(document: dict[str, Any]) -> None:
    baskets = sum(line.on == SUNDAY for line in LINES)
    assert Decimal(figure(document, "net_sales")["value"]) == net_on(SUNDAY)
    assert figure(document, "transactions")["value"] == str(baskets)
    atv = Decimal(figure(document, "average_transaction_value")["value"])
    assert abs(atv - net_on(SUNDAY) / baskets) <= Decimal("0.005")
    assert Decimal(figure(document, "gross_margin_pct")["value"]) == Decimal("40.0")
    assert figure(document, "net_sales")["stores"] == ["S01"]


def test_it_is_held_against_last_sunday_and_the_mean_of_four(document: dict[str, Any]) -> None:
    shown = figure(document, "net_sales")
    last, four = net_on(SUNDAY - timedelta(7)), [net_on(SUNDAY - timedelta(7 * back)) for back in range(1, 5)]
    norm = sum(four, Decimal(0)) / 4
    assert Decimal(shown["compared_to"]["value"]) == last
    assert abs(Decimal(shown["norm"]["value"]) - norm) <= Decimal("0.005")
    assert shown["norm"]["days_with_data"] == 4
    on_last = (net_on(SUNDAY) / last - 1) * 100
    on_norm = (net_on(SUNDAY) / norm - 1) * 100
    assert shown["delta"] == f"+{on_last:.1f} % on last Sunday, +{on_norm:.1f} % on the four-week norm"


def test_the_headline_says_the_number_and_that_it_is_unusual(document: dict[str, Any]) -> None:
    assert document["headline"].startswith(
        f"Market Street took ${net_on(SUNDAY):,.2f} net yesterday (Sun 22 Nov), an unus"
    )
    assert "an unusually good Sunday" in document["headline"]


def test_the_best_and_weakest_departments_are_named_with_their_change(document: dict[str, Any]) -> None:
    def change(department: str) -> Decimal:
        def of(day: date) -> Decimal:
            return net(wanted=lambda line: line.on == day and DEPARTMENTS[line.product] == department)

        return of(SUNDAY) - sum((of(SUNDAY - timedelta(7 * back)) for back in range(1, 5)), Decimal(0)) / 4

    lines = lines_of(document, "Departments")
    best = max(("Grocery", "Bakery", "Dairy"), key=change)
    assert lines[0].startswith(f"Best: {best} $")
    assert f"+${change(best):,.2f}" in lines[0]
    assert lines[-1].startswith("Weakest: Dairy $")
    assert f"−${abs(change('Dairy')):,.2f}" in lines[-1]


def test_the_rush_the_riser_the_missing_product_and_the_gap_stand_out(document: dict[str, Any]) -> None:
    text = "\n".join(lines_of(document, "What stands out"))
    rush = net(wanted=lambda line: line.on == SUNDAY and line.hour == 17)
    assert f"17:00–18:00 took ${rush:,.2f} in 5 transactions, far above" in text
    assert "Oatmeal 18 oz took $185.00; on the four Sundays before it came to at most $4.00 a day on average." in text
    assert "Oat milk is not among yesterday's" in text
    assert "No sales are recorded for Wed 11 Nov" in text
    assert "09:00–10:00" not in text


def test_the_month_is_held_against_the_same_days_of_the_month_before(document: dict[str, Any]) -> None:
    month = net(wanted=lambda line: date(2026, 11, 1) <= line.on <= SUNDAY)
    before = net(wanted=lambda line: date(2026, 10, 1) <= line.on <= date(2026, 10, 22))
    (line,) = lines_of(document, "Month to date")
    assert line.startswith(f"${month:,.2f} net 1–22 Nov, ")
    assert line.endswith(f"on ${before:,.2f} 1–22 Oct.")


def test_an_ordinary_day_is_called_normal(world: World) -> None:
    document = world.briefings().compose("S01", ON - timedelta(days=1))
    assert "a normal Saturday" in document["headline"]
    assert "No hour and no product was outside its normal variation." in lines_of(document, "What stands out")


def test_a_norm_on_fewer_days_says_how_many(world: World) -> None:
    document = world.briefings().compose("S01", date(2026, 11, 19))
    assert figure(document, "net_sales")["norm"]["days_with_data"] == 3
    assert "(3 of 4 days have data)" in document["headline"]


def test_a_store_without_history_says_what_it_cannot_say(world: World) -> None:
    document = world.briefings().compose("S02", ON)
    assert document["headline"].startswith("Harbor Point took $")
    assert any("too few to say what is normal" in line for line in lines_of(document, "What stands out"))


def test_a_day_without_sales_is_said_plainly_with_how_fresh_the_data_is(world: World) -> None:
    document = world.briefings().compose("S03", ON)
    assert document["headline"] == "Maple Avenue: no sales are recorded for yesterday (Sun 22 Nov)."
    assert document["figures"] == []
    assert document["as_of"] == MIDNIGHT_IN_NEW_YORK.isoformat()
    assert document["caveats"][0] == "Sales are known up to Mon 23 Nov, 00:00, so Sun 22 Nov is complete."
    assert "check the till's connection" in lines_of(document, "Why")[0]


def test_simulated_costs_are_marked(document: dict[str, Any]) -> None:
    assert any("simulated" in caveat for caveat in document["caveats"])
    assert document["sources_note"] == "Sales: planted sales"


def test_the_text_and_the_posted_form_carry_the_same_numbers(document: dict[str, Any]) -> None:
    posted = for_channel(document)
    assert posted["figures"][0]["value"] == f"${net_on(SUNDAY):,.2f}"
    assert posted["as_of"] == "Mon 23 Nov, 00:00"
    for figure in posted["figures"]:
        assert f"{figure['value']}   {figure['delta']}" in document["text"]
    assert document["receipt_id"] in document["text"]


def test_the_receipt_replays_the_same(world: World, document: dict[str, Any]) -> None:
    owner = Scope("U_OWNER", Role.OWNER, ("S01", "S02", "S03"))
    receipts = Receipts(world.database)
    assert receipts.show(document["receipt_id"], owner)["kind"] == "briefing"
    assert receipts.replay(document["receipt_id"], owner, mirror=world.mirror.reader).status == "same"
