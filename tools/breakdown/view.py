"""How a breakdown is shown: a headline, sentences, figures, a table and a chart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from connectors.currency import minor_exponent
from tools.analysis.group_keys import key_days
from tools.breakdown.alike import all_alike, leaders, together
from tools.breakdown.held import held, moved, uneven, way, zero
from tools.breakdown.rows import Breakdown, Row
from tools.breakdown.told_of import in_all, mix_apart, named_rows
from tools.metrics.cells import Cell
from tools.metrics.dimensions import MEANS_OF_DAYS
from tools.metrics.model import Metric, UnitKind
from tools.per_day import COLUMN, per_day_cell
from tools.result import Chart, Comparison, Figure, Table, TableColumn
from tools.sales import is_whole
from tools.wording import counted, span, spoken

CHART_POINTS, CHART_SERIES = 20, 6
MAX_ROWS, KEPT_ROWS = 100, 5_000
MOST_LEADERS = 12
_NAMED_OF_EACH = 5

_TOTALS = "Weekdays are five days and a weekend is two: these are totals and no means of a day."


def headline(made: Breakdown) -> str:
    """One sentence: what the figure is, of what, when and where, and who leads."""
    metric, asked = made.metrics[0], made.asked
    if not made.plan.by:
        said = _moved_or_value(made)
        return f"{metric.label}{made.where.label} {asked.when}, {asked.stores.label}: {said}{_against(made)}."
    names = " and ".join(one.label.lower() for one in made.plan.by)
    place = f"{metric.label}{made.where.label} by {names} {asked.when}, {asked.stores.label}"
    if not made.rows:
        moving = made.other is not None and made.order.by != "value" and made.cells
        none = f"none {'rose' if made.order.descending else 'fell'}{_against(made)}" if moving else "no group qualifies"
        return f"{place}: {none}."
    if made.mixed:
        beside = "; ".join(_group(made, row) + (f", {way(made, row)}" if made.other else "") for row in leaders(made))
        return f"{place}: {beside}{_against(made)}."
    whole = f" of {_whole(made)} in all" if metric.is_sum else f"; all together it is {_whole(made)}"
    if made.other:
        whole = f"; all together {_moved_or_value(made)}"
    if made.plan.by[0].is_time and made.order.limit is None:
        return f"{place}: {_moved_or_value(made) if made.other else f'{_whole(made)} in all'}{_against(made)}."
    if all_alike(made):
        each = next(row for row in made.rows if row.now.value(metric, asked.exponent) is not None)
        end = "highest" if made.order.descending else "lowest"
        told = counted(len(made.rows), "group") if made.order.limit is None else f"the {len(made.rows)} {end} groups"
        in_all = f" ({_whole(made)} in all)" if metric.is_sum else ""
        return f"{place}: {_value(made, metric, each.now)} in each of {told}{in_all}."
    if apart := mix_apart(made):
        return f"{place}: the mix differs most in {apart[0]}."
    first = made.rows[0]
    name, word = _name(made, first), "lowest" if not made.order.descending else "highest"
    if made.other and made.order.by != "value":
        how = moved(made, first)
        # where all went one way the first of those that rose is the one that fell least
        least = how.removeprefix("per day ").startswith("down " if made.order.descending else "up ")
        rose = "rose" if made.order.descending != least else "fell"
        return f"{place}{_against(made)}: {name} {rose} {'least' if least else 'most'}, {how}."
    value = _brief(made, first) if len(made.plan.by) == 1 else _value(made, metric, _head(made, first))
    return f"{place}: {name} is {word} with {value}{whole}{_against(made)}."


def _moved_or_value(made: Breakdown) -> str:
    return moved(made, Row((), made.whole, made.other.whole)) if made.other else _whole(made)


def _whole(made: Breakdown) -> str:
    return _value(made, made.metrics[0], made.whole)


def _against(made: Breakdown) -> str:
    return f", against {span(*made.other.days)} ({made.other.versus.calendar})" if made.other else ""


def _head(made: Breakdown, row: Row) -> Cell:
    return made.heads.get(row.keys[:1], row.now) if len(made.plan.by) > 1 else row.now


def _value(made: Breakdown, metric: Metric, cell: Cell, currency: str = "") -> str:
    code = currency or made.asked.currency
    return spoken(metric, cell.value(metric, minor_exponent(code)), code)


def _name(made: Breakdown, row: Row) -> str:
    return made.title(0, row.keys[0])


def _group(made: Breakdown, row: Row) -> str:
    return f"{_titles(made, row)} {_value(made, made.metrics[0], row.now, made.currency(row))}"


def _titles(made: Breakdown, row: Row) -> str:
    return ", ".join(made.title(number, key) for number, key in enumerate(row.keys))


def beside(made: Breakdown, asked: int) -> list[str]:
    """The further figures of the first group, or of up to three, where several were asked for by name."""
    rows = [row for row in made.rows if row.now.value(made.metrics[0], made.asked.exponent) is not None]
    if asked < 2 or len(made.plan.by) != 1 or made.other or made.mixed or not rows or made.plan.by[0].is_time:
        return []
    said = []
    for row in rows if len(rows) <= 3 else rows[:1]:
        rest = "; ".join(
            f"{metric.label[:1].lower()}{metric.label[1:]} {_value(made, metric, row.now, made.currency(row))}"
            for metric in made.metrics[1:]
            if row.now.value(metric, minor_exponent(made.currency(row))) is not None
        )
        said += [f"{_name(made, row)}: {rest}."] if rest else []
    return said


def mentioned(made: Breakdown, names: str | None) -> list[str]:
    """The groups that were asked about, wherever they stand, what they make together, and the names of none."""
    made, rows, unknown = named_rows(made, names)
    told = [
        f"{_name(made, row)}: {_brief(made, row)}{f', place {row.place} of {made.groups}' if row.place else ''}."
        for row in rows
    ]
    none = f"No {made.plan.by[0].label.lower()} sold then is called “{unknown}”." if unknown else ""
    return [one for one in (*told, in_all(made, rows), none) if one]


def sentences(made: Breakdown) -> list[str]:
    """What follows the headline: the next in order, within the first, or the highest and lowest of a time's order."""
    said: list[str] = []
    rows = [row for row in made.rows if row.now.value(made.metrics[0], made.asked.exponent) is not None or made.other]
    if not made.plan.by and len(made.metrics) > 1:
        rest = "; ".join(
            f"{metric.label.removesuffix(' %').lower()} {_value(made, metric, made.whole)}"
            for metric in made.metrics[1:]
        )
        return [f"{rest[:1].upper()}{rest[1:]}."]
    if made.mixed or len(rows) < 2 or all_alike(made):
        return said
    apart = [f"Then {one}." for one in ["; ".join(mix_apart(made)[1:])] if one]
    if made.order.each and len(made.plan.by) > 1:
        return [*apart, _within_each(made, rows)]
    if apart:
        return [*apart, *_range(made, rows)]
    if len(made.plan.by) > 1:
        first = [row for row in rows if row.keys[0] == rows[0].keys[0]]
        if not made.plan.by[1].is_time and not made.plan.by[0].is_time:
            inner = "; ".join(f"{made.title(1, row.keys[1])} {_brief(made, row)}" for row in first[:3])
            said.append(f"Within {_name(made, first[0])}: {inner}.")
        return [*said, *_range(made, rows)]
    if made.plan.by[0].is_time and made.order.limit is None:
        metric = made.metrics[0]
        known = [row for row in rows if row.now.value(metric, made.asked.exponent) is not None]
        name = made.plan.by[0].name
        whole = [
            row for row in known if name in ("weekday", "weekend", "hour") or is_whole(made.asked, name, row.keys[0])
        ]
        cut = 2 <= len(whole) < len(known)
        known = whole if cut else known
        daily = per_day(made)  # five weekdays take more than a weekend of two days, and a day of it less

        def size(row: Row) -> Decimal:
            value = _daily(metric, row, made.asked.exponent) if daily else row.now.value(metric, made.asked.exponent)
            return value or Decimal(0)

        best, worst = max(known, key=size), min(known, key=size)
        which = f" of the whole {name}s" if cut else " a store-day" if daily else ""
        said.append(
            f"Highest{which}: {_name(made, best)} {_brief(made, best)}; lowest:"
            f" {_name(made, worst)} {_brief(made, worst)}."
        )
        return [*said, _TOTALS] if name == "weekend" and metric.is_sum and not daily else said
    if made.share and made.order.limit and made.metrics[0].is_sum and not made.other and made.groups > len(rows) > 1:
        said.append(together(made, rows))
    rest = "; ".join(f"{row.place}. {_name(made, row)} {_brief(made, row)}" for row in rows[1:5])
    way = "" if not made.other or made.order.by == "value" else " that rose" if made.order.descending else " that fell"
    more = f" ({counted(made.groups, 'group')}{way} in all)" if made.groups > len(made.rows) else ""
    return [*said, f"Then {rest}{more}."]


def _within_each(made: Breakdown, rows: Sequence[Row]) -> str:
    """The leaders within each group of the first dimension: “Grocery: milk $12.00; Produce: bananas $9.00”."""
    parts = []
    for key in list(dict.fromkeys(row.keys[0] for row in rows))[:MOST_LEADERS]:
        own = [row for row in rows if row.keys[0] == key]
        tell = _brief if made.within or made.other else lambda made, row: _value(made, made.metrics[0], row.now)
        named = ", ".join(f"{made.title(1, row.keys[1])} {tell(made, row)}" for row in own[:_NAMED_OF_EACH])
        more = len(own) - _NAMED_OF_EACH
        parts.append(f"{made.title(0, key)}: {named}{f' and {more} more' if more > 0 else ''}")
    end = "Highest" if made.order.descending else "Lowest"
    return f"{end} in each {made.plan.by[0].label.lower()}: {'; '.join(parts)}."


def _range(made: Breakdown, rows: Sequence[Row]) -> list[str]:
    """How many rows a split by two has, and its highest and lowest, so that the leader is not all that is said."""
    metric = made.metrics[0]
    known = [row for row in rows if row.now.value(metric, made.asked.exponent) is not None]
    if len(known) < 2:
        return []

    daily = per_day(made)

    def size(row: Row) -> Decimal:
        value = _daily(metric, row, made.asked.exponent) if daily else row.now.value(metric, made.asked.exponent)
        return value or Decimal(0)

    best, worst = max(known, key=size), min(known, key=size)
    of = " a store-day" if daily else ""
    ends = [f"{_titles(made, row)} {_brief(made, row)}" if daily else _group(made, row) for row in (best, worst)]
    return [f"{counted(len(made.rows), 'row')} from {ends[0]} (highest{of}) to {ends[1]} (lowest)."]


def _brief(made: Breakdown, row: Row) -> str:
    if made.other and made.order.by != "value":
        return moved(made, row)
    share = f" ({row.share} %)" if row.share is not None else ""
    daily = ""
    if made.other:
        return f"{_value(made, made.metrics[0], row.now, made.currency(row))}{share}, {way(made, row)}"
    if per_day(made):
        exponent = minor_exponent(made.currency(row))
        mean = spoken(made.metrics[0], _daily(made.metrics[0], row, exponent), made.currency(row))
        daily = f", {mean} a store-day"
    price = next((metric for metric in made.metrics[1:] if metric.name == "average_selling_price"), None)
    known = price is not None and row.now.value(price, made.asked.exponent) is not None
    each = f", {_value(made, price, row.now, made.currency(row))} each" if price and known else ""
    return f"{_value(made, made.metrics[0], row.now, made.currency(row))}{share}{daily}{each}"


def figures(made: Breakdown) -> list[Figure]:
    """The whole first, then every row, each metric with what it is held against."""
    asked, whole = made.asked, []
    if not made.mixed:
        before = made.other.whole if made.other else None
        whole = [_figure(made, metric, made.whole, before, {}, asked.currency) for metric in made.metrics]
    for row in made.rows[:MAX_ROWS] if made.plan.by else ():
        group = _group_of(made, row)
        currency = made.currency(row)
        whole += [_figure(made, metric, row.now, row.before, group, currency, row) for metric in made.metrics]
        daily = _daily(made.metrics[0], row, minor_exponent(currency)) if per_day(made) else None
        if daily is not None:
            name, text = f"{made.metrics[0].name}_per_store_day", made.metrics[0].text(daily, minor_exponent(currency))
            whole.append(_plain(made, name, text, made.metrics[0].unit(currency), group, row))
        beside = ((made.share_name, row.share), (f"{made.run}_{made.metrics[0].name}", row.running))
        for name, value in beside:
            if value is None:
                continue
            share = name.startswith("share")
            text = f"{value:f}" if share else made.metrics[0].text(value, minor_exponent(currency))
            unit = "%" if share else made.metrics[0].unit(currency)
            whole.append(_plain(made, name.replace(" ", "_"), text, unit, group, row))
    return whole


def _plain(made: Breakdown, name: str, text: str | None, unit: str, group: dict[str, str], row: Row | None) -> Figure:
    asked = made.asked
    start, end, stores = asked.start_on, asked.end_on, asked.stores.ids
    for number, one in enumerate(made.plan.by if row else ()):
        if row and one.name == "store":
            stores = (row.keys[number],)
        elif row and one.is_time:
            start, end = key_days(one.name, row.keys[number], start, end)
    return Figure(name, text, unit, stores, start, end, group)


def _figure(
    made: Breakdown, metric: Metric, now: Cell, before: Cell | None, group: dict[str, str], currency: str,
    row: Row | None = None,
) -> Figure:  # fmt: skip
    both = held(made, metric, Row(row.keys if row else (), now, before))
    figure = _plain(made, metric.name, both.value, metric.unit(currency), {**made.where.group, **group}, row)
    if made.other is None or both.before is None or both.change is None:
        return figure
    compared = Comparison(both.before, *made.other.days, both.change, both.change_pct, both.per_day)
    return Figure(
        figure.metric, figure.value, figure.unit, figure.stores, figure.start_on, figure.end_on, figure.group, compared
    )


def _group_of(made: Breakdown, row: Row) -> dict[str, str]:
    group: dict[str, str] = {}
    for number, one in enumerate(made.plan.by):
        if one.name == "product":
            group |= {"product_id": made.titles.get(("product_id", row.keys[number]), row.keys[number]),
                      "variant_id": row.keys[number], "product": made.title(number, row.keys[number])}  # fmt: skip
        elif one.name in ("employee", "promotion"):
            group |= {one.name: made.title(number, row.keys[number]), f"{one.name}_id": row.keys[number]}
        else:
            group[one.name] = row.keys[number]
    return group


def per_day(made: Breakdown) -> bool:
    """Whether groups have different numbers of days, so that only the mean of a day compares them."""
    named = {one.name for one in made.plan.by}
    days = bool(named & MEANS_OF_DAYS) and made.other is None
    return days and made.metrics[0].is_sum and any("x_days" in row.now.sums for row in made.rows)


def _daily(metric: Metric, row: Row, exponent: int) -> Decimal | None:
    value, days = row.now.value(metric, exponent), row.now.sums.get("x_days")
    return None if value is None or not days else value / days


def table(made: Breakdown) -> Table:
    """One row a group: place, keys, each metric (with before and change), share and running sum of the first."""
    columns = [TableColumn("Rank", "count")] if any(row.place for row in made.rows) else []
    columns += [TableColumn(one.label, "text") for one in made.plan.by]
    for number, metric in enumerate(made.metrics):
        unit = metric.unit("text" if made.mixed else made.asked.currency)
        columns.append(TableColumn(metric.label, unit))
        if number == 0 and made.share:
            columns.append(TableColumn(made.share_label, "%"))
        if number == 0 and per_day(made):
            columns += [TableColumn("Store-days", "count"), TableColumn(f"{metric.label} per store-day", unit)]
        if number == 0 and made.runs:
            columns.append(TableColumn(f"{metric.label}, {made.run}", unit))
        if made.other:
            moved = "points" if metric.unit_kind is UnitKind.PERCENT else unit
            columns += [TableColumn(f"{metric.label}, before", unit), TableColumn(f"{metric.label}, change", moved)]
            if moved != "points":
                columns.append(TableColumn(f"{metric.label}, change %", "%"))
            columns += [TableColumn(f"{metric.label}, {COLUMN}", "%")] if uneven(made, metric) else []
    if made.mixed:
        columns.append(TableColumn("Currency", "text"))
    ranks = len(columns) > 0 and columns[0].name == "Rank"
    return Table(tuple(columns), [_cells(made, row, ranks=ranks) for row in made.rows[:KEPT_ROWS]])


def _cells(made: Breakdown, row: Row, *, ranks: bool) -> tuple[str | int | None, ...]:
    currency = made.currency(row)
    exponent = minor_exponent(currency)
    cells: list[str | int | None] = [row.place] if ranks else []
    cells += [made.title(number, key) for number, key in enumerate(row.keys)]
    for number, metric in enumerate(made.metrics):
        now = zero(metric, row.now, exponent) if made.other else row.now.value(metric, exponent)
        cells.append(metric.text(now, exponent))
        if number == 0 and made.share:
            cells.append(None if row.share is None else f"{row.share:f}")
        if number == 0 and per_day(made):
            days = row.now.sums.get("x_days")
            cells += [None if days is None else int(days), metric.text(_daily(metric, row, exponent), exponent)]
        if number == 0 and made.runs:
            cells.append(metric.text(row.running, exponent))
        if made.other:
            both = held(made, metric, row)
            cells += [both.before, both.change]
            cells += [] if metric.unit_kind is UnitKind.PERCENT else [both.change_pct]
            cells += [per_day_cell(both.per_day)] if uneven(made, metric) else []
    return tuple([*cells, currency] if made.mixed else cells)


def chart(made: Breakdown) -> Chart | None:
    """The first metric: bars or a line for one dimension, a series for each of the first where the second is time."""
    metric, asked, rows = made.metrics[0], made.asked, made.rows
    if made.mixed or not rows or not made.plan.by:
        return None
    title = f"{metric.label}{made.where.label} by {' and '.join(one.label.lower() for one in made.plan.by)}"
    title += f", {asked.stores.label}, {asked.when}"
    unit = metric.unit(asked.currency)

    def number(value: Decimal | None) -> float:
        return float(metric.rounded(value or Decimal(0), asked.exponent))

    if len(made.plan.by) == 1:
        known = [row for row in rows if row.now.value(metric, asked.exponent) is not None]
        if not 2 <= len(known) <= CHART_POINTS:
            return None
        values = tuple(number(row.running if made.runs else row.now.value(metric, asked.exponent)) for row in known)
        series: dict[str, tuple[float, ...]] = {metric.label: values}
        if made.other:
            earlier = tuple(number(row.before.value(metric, asked.exponent) if row.before else None) for row in known)
            series = {asked.period.label: values, made.other.versus.label: earlier}
        kind = "line" if made.plan.by[0].is_time and not made.other else "bar"
        return Chart(kind, title, tuple(_name(made, row) for row in known), series, unit)
    return _two_way(made, rows, title, unit, number)


def _two_way(made: Breakdown, rows: Sequence[Row], title: str, unit: str, number: Any) -> Chart | None:
    firsts = list(dict.fromkeys(row.keys[0] for row in rows))
    seconds = list(dict.fromkeys(row.keys[1] for row in rows))
    if not 2 <= len(seconds) <= CHART_POINTS or len(firsts) > CHART_SERIES:
        return None
    values = {row.keys: row.now.value(made.metrics[0], made.asked.exponent) for row in rows}
    series = {made.title(0, one): tuple(number(values.get((one, two))) for two in seconds) for one in firsts}
    kind = "line" if made.plan.by[1].is_time else "bar"
    return Chart(kind, title, tuple(made.title(1, two) for two in seconds), series, unit)
