"""Moving averages and rolling totals: each day, week, month or quarter together with those before it.

Spans are those of the calendar, so that one without sales counts as nought, and the ones before the period are read
too: a value is left empty only where the data begins too late, or where the last span is not over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tools.analysis.calendar import day_text
from tools.analysis.group_keys import key_days, key_title
from tools.breakdown.rolling_spans import Rolling
from tools.breakdown.rows import Row
from tools.frame import Frame
from tools.metrics.cells import Cell, added
from tools.metrics.model import Metric
from tools.result import Figure
from tools.wording import counted, listed, spoken

_NAMED = 5


def with_rolling(
    rows: Sequence[Row], cells: Sequence[Cell], before: Sequence[Cell], rolling: Rolling, metric: Metric, asked: Frame,
    stores: int | None,
) -> list[Row]:  # fmt: skip
    """Each row with its rolling value in ``running``; a rate is that of all its spans together.

    Args:
        rows: in the order of time.
        cells: the groups of the period.
        before: those of the days before it.
        rolling: what is taken together; the keys left empty are noted in it.
        metric: the figure.
        asked: the question.
        stores: which key is the store, if one is.
    """
    known: dict[tuple[str, ...], list[Cell]] = {}
    for cell in (*before, *cells):
        known.setdefault(cell.keys, []).append(cell)
    begins = {store.store_id: store.first_on for store in asked.stores.stores if store.first_on}
    earliest = min(begins.values())
    made = []
    for row in rows:
        key = row.keys[rolling.along]
        first, last = key_days(rolling.unit, key, date.min, date.max)
        opens = begins.get(row.keys[stores], earliest) if stores is not None else earliest
        spans = [rolling.shifted(first, -back) for back in range(rolling.many)]
        value = None
        if last > asked.end_on:
            rolling.open.append(key)
        elif spans[-1] < opens:
            rolling.late.append(key)
        else:
            found = [known.get(_keyed(row.keys, rolling, span), []) for span in spans]
            value = added([cell for group in found for cell in group]).value(metric, asked.exponent)
            if value is not None and metric.is_sum and not rolling.total:
                value /= rolling.many
        made.append(replace(row, running=value))
    return made


def _keyed(keys: tuple[str, ...], rolling: Rolling, span: date) -> tuple[str, ...]:
    """A row's keys with another span."""
    text = span.isoformat()
    if rolling.unit == "month":
        text = f"{span:%Y-%m}"
    elif rolling.unit == "quarter":
        text = f"{span.year}-Q{(span.month + 2) // 3}"
    return (*keys[: rolling.along], text, *keys[rolling.along + 1 :])


def rolling_said(
    rows: Sequence[Row], rolling: Rolling | None, metric: Metric, asked: Frame, titles: Mapping[tuple[str, str], str]
) -> list[str]:
    """The first and the last value, the highest and the lowest; of several groups the last of each.

    ``titles`` are names of groups, by dimension and key.
    """
    if rolling is None:
        return []
    named = {key: title for (_, key), title in titles.items()}
    full = [row for row in rows if row.running is not None]
    if not full:
        return [f"No {rolling.label} could be told."]

    def value(row: Row) -> str:
        return spoken(metric, metric.rounded(row.running or Decimal(0), asked.exponent), asked.currency)

    def when(row: Row) -> str:
        return key_title(rolling.unit, row.keys[rolling.along])

    if len(full[0].keys) > 1:
        last = {row.keys[1 - rolling.along]: row for row in full}
        shown = [f"{named.get(key, key)} {value(row)} ({when(row)})" for key, row in list(last.items())[:_NAMED]]
        return [f"The last {rolling.label}: {'; '.join(shown)}."]
    best, worst = (pick(full, key=lambda row: row.running or Decimal(0)) for pick in (max, min))
    ends = f"{value(full[-1])} up to {when(full[-1])}, {value(full[0])} up to {when(full[0])}"
    return [
        f"The {rolling.label}: {ends}; highest {value(best)} ({when(best)}), lowest {value(worst)} ({when(worst)})."
    ]


def rolling_notes(rolling: Rolling | None, metric: Metric, asked: Frame) -> list[str]:
    """What a rolling value is of, and which are left empty."""
    if rolling is None:
        return []
    what = f"the {rolling.unit} and the {counted(rolling.many - 1, rolling.unit)} before it"
    said = [f"Each is of {what}, also of those before the period; one without sales counts as nought."]
    if not metric.is_sum:
        said = [f"Each is the {metric.label.lower()} of {what} together, also of those before the period."]
    begins = min((store.first_on for store in asked.stores.stores if store.first_on), default=None)
    if (late := list(dict.fromkeys(rolling.late))) and begins:
        said.append(
            f"{counted(len(late), rolling.unit)} at the beginning (from {key_title(rolling.unit, late[0])}) have none,"
            f" as fewer than {rolling.many} whole {rolling.unit}s of data lie behind them: it begins on"
            f" {day_text(begins)}."
        )
    if unfinished := list(dict.fromkeys(rolling.open)):
        names = [key_title(rolling.unit, key) for key in unfinished]
        said.append(f"Not told for {listed(names)}: it is there in part only.")
    return said


def over_their_spans(figures: Sequence[Figure], rolling: Rolling | None) -> list[Figure]:
    """The figures, the rolling ones over all the days they are of."""
    if rolling is None:
        return list(figures)
    return [
        replace(one, start_on=rolling.shifted(rolling.begin(one.start_on), 1 - rolling.many))
        if one.metric.startswith(f"{rolling.name}_")
        else one
        for one in figures
    ]
