"""Figures of households in sentences, as a table and a chart: nothing of fewer than five of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.amounts import figure, percent_said, percent_text, ratio
from tools.analysis.few import FEWEST, is_few, tellable
from tools.breakdown.where import Where
from tools.customers.household_words import BY_THE_PIECE, NOT_BY_THE_PIECE, WORDS, as_text, did, in_words, unit_of
from tools.customers.known import Known
from tools.metrics.household_figures_query import ADDITIVE, COUPONS, OfHouseholds
from tools.result import Chart, Figure, Table, TableColumn
from tools.wording import counted

NOT_KNOWN = "Not known"
TITLES = {
    "age_band": "Age", "income_band": "Income", "household_size": "Household size", "kids": "Children",
    "marital_status": "Marital status", "home_ownership": "Home", "household_comp": "Household composition",
}  # fmt: skip
_TOLD = 8
_COLUMNS = ("Mean", "Median", "Lower quartile", "Upper quartile", "Standard deviation")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of which households; ``note`` says how the period was cut."""

    known: Known
    of: OfHouseholds
    by: str | None
    tell: str
    bottom: bool
    where: Where
    note: str

    @property
    def span(self) -> str:
        """The day, week or month that figures are of; empty for the whole period."""
        return self.of.span

    @property
    def name(self) -> str:
        """The figure."""
        return self.of.figure


@dataclass(frozen=True, slots=True)
class Row:
    """Households of a kind: how many, how the figure lies among their observations, and who is within the bounds.

    Money in minor units. ``together`` is what they come to together in a span, mean and median.
    """

    key: str
    households: int
    known: int
    observations: int
    total: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    deviation: Decimal
    within: int
    within_known: int
    within_total: Decimal
    together: tuple[Decimal, Decimal] | None = None

    @property
    def label(self) -> str:
        """The kind of household."""
        return self.key or NOT_KNOWN

    @property
    def mean(self) -> Decimal | None:
        """The mean of the observations."""
        return ratio(self.total, self.observations)


@dataclass(frozen=True, slots=True)
class Made:
    """An answer's rows: all households, and each kind."""

    asked: Asked
    whole: Row
    rows: tuple[Row, ...]

    @property
    def shown(self) -> list[Row]:
        """The kinds that may be told, in order, those not known last."""
        told = tellable([row.households for row in self.rows])
        kept = [row for row, may in zip(self.rows, told, strict=True) if may]
        sign = 1 if self.asked.bottom else -1
        return sorted(kept, key=lambda row: (not row.key, sign * (self.value(row) or Decimal(0)), row.key))

    @property
    def bounded(self) -> set[str]:
        """The keys of kinds of which it may be told how many are within the bounds."""
        inside = tellable([row.within for row in self.rows])
        outside = tellable([row.households - row.within for row in self.rows])
        return {row.key for row, one, other in zip(self.rows, inside, outside, strict=True) if one and other}

    def value(self, row: Row) -> Decimal | None:
        """What is told first of a row."""
        if self.asked.of.bounds.given:
            return ratio(row.within * 100, row.households)
        return {"mean": row.mean, "total": row.total, "deviation": row.deviation}.get(self.asked.tell, row.middle)


def said(made: Made) -> list[str]:
    """The sentences of an answer, the first of them its headline."""
    asked, known = made.asked, made.asked.known
    where = f"{known.asked.when}, {known.asked.stores.label}{asked.where.label}"
    if asked.of.bounds.given:
        return [_within(made, where), *_of_those(made), *_by_kind(made)]
    whole = made.whole
    title = _title(asked)
    mean, middle = (
        f"{_say(made, whole.mean)} on average",
        f"half of them {_say(made, whole.middle)} or less (the median)",
    )
    lead = {
        "median": f"{middle}, {mean}",
        "total": f"{_say(made, whole.total)} in all, {mean}",
        "deviation": f"the standard deviation is {_say(made, whole.deviation)}, with {mean}",
        "quartiles": f"the quartiles are {_say(made, whole.low)}, {_say(made, whole.middle)} (the median) and"
        f" {_say(made, whole.high)}, with {mean}",
    }.get(asked.tell, f"{mean}, {middle}")
    if made.rows:
        first = made.shown[0] if made.shown else whole
        end = "lowest" if asked.bottom else "highest"
        title = f"{_told(asked).capitalize()} {title} by {TITLES[asked.by or ''].lower()}"
        headline = f"{title}, {where}: {end} {first.label} with {_say(made, made.value(first))}."
        everybody = f"All known households: {lead}."
        return [headline, *_by_kind(made), *_together(made), everybody, *_of_all(made)]
    headline = f"{title.capitalize()}, {where}: {lead}, of {counted(whole.households, 'known household')}."
    quarters = (
        f"The middle half lies between {_say(made, whole.low)} and {_say(made, whole.high)} (the quartiles); the"
        f" standard deviation is {_say(made, whole.deviation)}."
    )
    return [headline, quarters, *_of_all(made)]


def _title(asked: Asked) -> str:
    bought = "redeemed any" if asked.name == COUPONS else "bought"
    each = f" and {asked.span} in which it {bought}" if asked.span else ""
    each = " that redeemed any" if asked.name == COUPONS and not asked.span else each
    return f"{WORDS[asked.name].label} per household{each}"


def _told(asked: Asked) -> str:
    return {"mean": "mean", "total": "total", "deviation": "standard deviation of"}.get(asked.tell, "median")


def _say(made: Made, value: Decimal | None) -> str:
    return in_words(value, made.asked.name, made.asked.known.asked)


def _of_all(made: Made) -> list[str]:
    """The mean over all spans and households, also those without."""
    asked, whole = made.asked, made.whole
    everyone = len(asked.known.customers)
    if asked.name not in ADDITIVE:
        return []
    if asked.name == COUPONS:
        over = everyone * (asked.of.spans if asked.span else 1)
        each = f" and {asked.span}" if asked.span else ""
        households = counted(whole.households, "household")
        each = f"{_small(ratio(whole.total, over))} per household{each}"
        return [f"{households} of {everyone:,} redeemed any; over all of them it is {each}."]
    if asked.span:
        over = whole.households * asked.of.spans
        mean = f"{_say(made, ratio(whole.total, over))} a {asked.span}"
        every = f"Over all {asked.of.spans} {asked.span}s, also those in which a household bought nothing"
        return [f"{every}, the mean is {mean}."]
    return []


def _small(value: Decimal | None) -> str:
    return "none" if value is None else f"{value:.2f}"


def _within(made: Made, where: str) -> str:
    asked, whole = made.asked, made.whole
    what = did(asked.name, asked.of.bounds, asked.span or None, asked.known.asked)
    return f"{_number(whole.within, whole.households)} of {whole.households:,} known households {what} {where}."


def _number(count: int, of: int) -> str:
    if is_few(count):
        return f"Fewer than {FEWEST}"
    # A number beside the total of all would give the others away.
    return f"All but fewer than {FEWEST}" if is_few(of - count) else f"{count:,} ({percent_said(count, of)})"


def _of_those(made: Made) -> list[str]:
    """Of how many within the bounds any attribute is recorded, and what they make of the whole."""
    whole, asked = made.whole, made.asked
    if is_few(whole.within) or is_few(whole.households - whole.within) or not whole.within:
        return []
    made_of = ""
    if asked.name in ADDITIVE:
        share = percent_said(whole.within_total, whole.total)
        made_of = f" Together they make {_say(made, whole.within_total)} of {_say(made, whole.total)} ({share})."
    few = is_few(whole.within_known) or is_few(whole.within - whole.within_known)
    number = "too few or too many to be told" if few else f"{whole.within_known:,}"
    share = "" if few else f" ({percent_said(whole.within_known, whole.within)})"
    return [f"Demographic data is recorded of {number} of them{share}.{made_of}"]


def _by_kind(made: Made) -> list[str]:
    asked = made.asked
    shown = [row for row in made.shown if row.key]
    if not shown:
        return []
    if asked.of.bounds.given:
        may = made.bounded
        parts = [
            f"{row.label} {row.within:,} of {row.households:,} ({percent_said(row.within, row.households)})"
            for row in shown
            if row.key in may
        ]
    else:
        parts = [f"{row.label} {_say(made, made.value(row))} ({row.households:,} households)" for row in shown]
    lead = "Lowest first" if asked.bottom else "Highest first"
    return [f"{lead}: {'; '.join(parts[:_TOLD])}."] if parts else []


def _together(made: Made) -> list[str]:
    """What all households of a kind come to together in a span: a kind with many of them comes to much."""
    told = sorted(((row.together[1], row.label) for row in made.shown if row.key and row.together), reverse=True)
    if not told:
        return []
    parts = "; ".join(f"{label} {_say(made, value)}" for value, label in told[:_TOLD])
    return [f"All households of a kind together, in the median {made.asked.span}: {parts}."]


def caveats(made: Made) -> list[str]:
    """What must be said beside: whole weeks, who is known, groups left out."""
    asked = made.asked
    hidden = len(made.rows) - len(made.shown)
    return [
        *([asked.note] if asked.note else []),
        *asked.known.caveats(),
        "Customers are known by a card; who buys without one is not among them.",
        *([NOT_BY_THE_PIECE] if asked.name in BY_THE_PIECE else []),
        *(
            [f"{counted(hidden, 'group')} left out, so that nothing is said of fewer than {FEWEST} households."]
            if hidden
            else []
        ),
    ]


def figures(made: Made) -> list[Figure]:
    """Households, mean, median, quartiles and total of all and of each kind; within the bounds, where there are any."""
    found: list[Figure] = []
    for row, named in ((made.whole, {}), *((row, {made.asked.by or "": row.label}) for row in made.shown)):
        found += _of_row(made, row, {**made.asked.where.group, **named}, whole=not named)
    return found


def _of_row(made: Made, row: Row, named: dict[str, str], *, whole: bool) -> list[Figure]:
    asked, frame = made.asked, made.asked.known.asked
    unit = unit_of(asked.name, frame)
    values = [
        ("mean", row.mean),
        ("median", row.middle),
        ("lower_quartile", row.low),
        ("upper_quartile", row.high),
        ("standard_deviation", row.deviation),
    ]
    if asked.name in ADDITIVE:
        values.append(("total", row.total))
    made_of = [figure(frame, "households", row.households, "count", named)]
    if asked.of.bounds.given:
        enough = not (is_few(row.within) or is_few(row.households - row.within))
        told = enough if whole else row.key in made.bounded
        group = {**named, "within": did(asked.name, asked.of.bounds, asked.span or None, frame)}
        known = told and not (is_few(row.within_known) or is_few(row.within - row.within_known))
        made_of.append(figure(frame, "households", row.within if told else None, "count", group))
        share = percent_text(row.within, row.households) if told else None
        made_of.append(figure(frame, "household_share", share, "%", group))
        if whole:
            made_of.append(figure(frame, "households_described", row.within_known if known else None, "count", group))
        return made_of
    each = f"{asked.name}_per_household{f'_{asked.span}' if asked.span else ''}"
    return made_of + [
        figure(frame, f"{name}_{each}", as_text(value, asked.name, frame), unit, named) for name, value in values
    ]


def table(made: Made) -> Table:
    """A row a kind; without kinds the mean, median and quartiles as rows."""
    asked, frame = made.asked, made.asked.known.asked
    unit = unit_of(asked.name, frame)
    rows: Sequence[Row] = made.shown if made.rows else [made.whole]
    title = TITLES[asked.by] if asked.by else "Households"
    columns = [TableColumn(title, "text"), TableColumn("Households", "count")]
    if asked.of.bounds.given:
        columns += [TableColumn("Within", "count"), TableColumn("Share within", "%")]
        return Table(tuple(columns), [_bounded(made, row) for row in rows])
    if asked.span:
        columns.append(TableColumn(f"Households × {asked.span}s", "count"))
    columns += [TableColumn(name, unit) for name in _COLUMNS]
    adds = asked.name in ADDITIVE
    columns += [TableColumn("Total", unit)] if adds else []
    together = adds and any(row.together for row in rows)
    columns += [TableColumn(f"Median of a {asked.span}, all of them together", unit)] if together else []
    body: list[tuple[str | int | None, ...]] = []
    for row in rows:
        cells: list[str | int | None] = [_label(made, row), row.households, *([row.observations] if asked.span else [])]
        cells += [
            as_text(value, asked.name, frame) for value in (row.mean, row.middle, row.low, row.high, row.deviation)
        ]
        cells += [as_text(row.total, asked.name, frame)] if adds else []
        cells += [as_text(row.together[1] if row.together else None, asked.name, frame)] if together else []
        body.append(tuple(cells))
    return Table(tuple(columns), body)


def _label(made: Made, row: Row) -> str:
    return row.label if made.rows else "All known"


def _bounded(made: Made, row: Row) -> tuple[str | int | None, ...]:
    """A kind, its households, how many of them are within the bounds and their share; none of too few."""
    enough = not (is_few(row.within) or is_few(row.households - row.within))
    told = row.key in made.bounded if made.rows else enough
    share = percent_text(row.within, row.households) if told else None
    return (_label(made, row), row.households, row.within if told else None, share)


def chart(made: Made) -> Chart | None:
    """Kinds of households as bars of what is told first; None for fewer than two of them."""
    asked, frame = made.asked, made.asked.known.asked
    shown = [row for row in made.shown if row.key]
    if asked.of.bounds.given or not 2 <= len(shown) <= 12:
        return None
    told = _told(asked)
    title = f"{told.capitalize()} {_title(asked)} by {TITLES[asked.by or ''].lower()}, {frame.stores.label}"
    values = tuple(float(as_text(made.value(row), asked.name, frame) or 0) for row in shown)
    return Chart(
        "bar", title, tuple(row.label for row in shown), {told.capitalize(): values}, unit_of(asked.name, frame)
    )
