"""An overview in words, figures and rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.amounts import figure, money_text, number_text, rounded, simulated
from tools.metrics import metric_named
from tools.overview.facts import Facts
from tools.overview.priorities import Priority
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted, listed, money, spoken

_SPOKEN = ("transactions", "average_transaction_value", "gross_margin_pct", "labour_cost_pct", "conversion")


def shown(facts: Facts, found: Sequence[Priority], *, first: bool) -> ToolResult:
    """The overview; with ``first`` the priorities come first and are the table."""
    summary, things = [_summary(facts), *_standing(facts)], _things(found)
    headline = _top(facts, found) if first else summary[0]
    words = [headline, *things[1:], *summary] if first else [headline, *summary[1:], *things]
    caveats = dict.fromkeys(facts.whole.caveats)
    said = [*caveats]
    if facts.out_of_stock:
        said += simulated(facts.asked, "inventory", "Stock levels are")
    said.append(f"Not looked at: {listed(list(facts.not_looked_at), most=12)}.")
    if len(found) > 1:
        said.append(
            "The amounts of the priorities overlap and are not to be added up; they say where to look, not why."
        )
    return ToolResult(
        headline=headline,
        text=" ".join(words),
        figures=(*facts.whole.figures, *_figures(facts, found)),
        table=_table(facts, found) if first and found else facts.whole.table,
        caveats=tuple(said),
        follow_ups=tuple(dict.fromkeys(one.ask for one in found))[:3] or _follow_ups(facts),
        provenance=facts.provenance,
    )


def _follow_ups(facts: Facts) -> tuple[str, ...]:
    when, same = facts.asked.when_again, facts.asked.same_part_and_stores
    return (f"Net sales {when} by department{same}", f"Rank stores {when}{same}")


def _moved(one: Figure) -> str:
    """``up 3.2 %``, ``down 0.4 points``; nothing where there is nothing to compare with."""
    held = one.compared_to
    if held is None:
        return ""
    change = Decimal(held.change)
    if change == 0:
        return "unchanged"
    way = "up" if change > 0 else "down"
    if one.unit == "%":
        return f"{way} {abs(change)} points"
    return f"{way} {held.change_pct.lstrip('-')} %" if held.change_pct is not None else way


def _summary(facts: Facts) -> str:
    asked = facts.asked
    net = facts.total("net_sales")
    said = "no net sales known" if net is None or net.value is None else _one(facts, net)
    rest = [_one(facts, one) for name in _SPOKEN if (one := facts.total(name)) is not None and one.value is not None]
    against = f" against {facts.comparison}" if net is not None and net.compared_to is not None else ""
    return f"{asked.when[:1].upper()}{asked.when[1:]}, {asked.stores.label}{against}: {'; '.join([said, *rest])}."


def _one(facts: Facts, one: Figure) -> str:
    metric = metric_named(one.metric)
    moved = _moved(one)
    value = spoken(metric, Decimal(one.value or 0), facts.asked.currency)
    return f"{metric.label.lower().removesuffix(' %')} {value}{f' ({moved})' if moved else ''}"


def _standing(facts: Facts) -> list[str]:
    """Like for like where a store is new or gone, against the norm, and who moved most."""
    said = _like_for_like(facts)
    known = [one for one in facts.norms if one.norm]
    if known and len(known) == len(facts.norms):
        net = sum((one.net for one in known), Decimal(0))
        norm = sum((one.norm for one in known if one.norm), Decimal(0))
        share = rounded((net - norm) * 100 / norm, 1)
        size = money(rounded(norm.scaleb(-facts.asked.exponent), facts.asked.exponent), facts.asked.currency)
        way = "at" if share == 0 else f"{abs(share)} % {'above' if share > 0 else 'below'}"
        said.append(f"That is {way} the stores' own norm of {size} for these weekdays (eight weeks before).")
    for words, every, key in (("Stores", facts.stores, "store"), ("Departments", facts.departments, "department")):
        moved = [(Decimal(one.compared_to.change), one) for one in every if one.compared_to is not None]
        if len(moved) > 1:
            low, high = min(moved, key=lambda each: each[0]), max(moved, key=lambda each: each[0])
            said.append(f"{words}: best change {_named(facts, key, high)}, weakest {_named(facts, key, low)}.")
    return said


def _like_for_like(facts: Facts) -> list[str]:
    """The change of the stores with sales on both sides, where others have not: that of a new store is no growth."""
    of_both = (one for one in facts.whole.figures if one.metric == "net_sales" and "stores" in one.group)
    alike = next((one for one in of_both if one.compared_to is not None), None)
    if alike is None or alike.value is None:
        return []
    size = money(Decimal(alike.value), facts.asked.currency)
    return [f"Like for like, {counted(len(alike.stores), 'store')} on both sides: {size} ({_moved(alike)})."]


def _named(facts: Facts, key: str, moved: tuple[Decimal, Figure]) -> str:
    change, one = moved
    name = one.group[key]
    name = facts.asked.stores.name(name) if key == "store" else name
    sign = "+" if change > 0 else ""
    size = money(change, facts.asked.currency)
    share = one.compared_to.change_pct if one.compared_to else None
    return f"{name} ({sign}{size}{f', {sign}{share} %' if share is not None else ''})"


def _top(facts: Facts, found: Sequence[Priority]) -> str:
    place = f"{facts.asked.when}, {facts.asked.stores.label}"
    if not found:
        return f"Nothing calls for attention, {place}, by the rules this looks at."
    return f"Top priority, {place}: {found[0].said}."


def _things(found: Sequence[Priority]) -> list[str]:
    """The priorities numbered."""
    if not found:
        return ["Nothing calls for attention by the rules this looks at."]
    return [
        f"{'Priorities by money at stake: ' if number == 1 else ''}{number}. {one.said}."
        for number, one in enumerate(found, 1)
    ]


def _figures(facts: Facts, found: Sequence[Priority]) -> list[Figure]:
    exponent, currency = facts.asked.exponent, facts.asked.currency
    made = [
        figure(
            facts.asked, "money_at_stake", number_text(one.at_stake, exponent), currency,
            {"priority": str(number), "about": one.about},
        )
        for number, one in enumerate(found, 1)
    ]  # fmt: skip
    for one in facts.norms:
        if one.norm:
            stores, group = (one.store_id,), {"store": one.store_id}
            made.append(figure(facts.asked, "net_sales", money_text(one.net, exponent), currency, group, stores=stores))
            index = number_text(one.net * 100 / one.norm, 1)
            made.append(figure(facts.asked, "own_norm_index", index, "index", group, stores=stores))
    if facts.report is not None:
        made.append(figure(facts.report.asked, "exceptions", facts.report.number, "count"))
    return made


def _table(facts: Facts, found: Sequence[Priority]) -> Table:
    columns = (
        TableColumn("Priority", "count"), TableColumn("What", "text"),
        TableColumn("At stake", facts.asked.currency), TableColumn("Ask next", "text"),
    )  # fmt: skip
    rows = [
        (number, one.said, number_text(one.at_stake, facts.asked.exponent), one.ask)
        for number, one in enumerate(found, 1)
    ]
    return Table(columns, rows)
