"""The measures of a promotion as figures and rows."""

from __future__ import annotations

from collections.abc import Mapping

from tools.analysis.lift import Lift
from tools.frame import Frame
from tools.metrics import METRICS
from tools.promotions.answer import Measured, Side, major, plus, signed
from tools.result import Figure, Table, TableColumn


def figures(asked: Frame, found: Measured, by: str | None) -> list[Figure]:
    """Lift and amounts of the whole, then of the parts."""
    made = _side_figures(asked, found.whole, found.lift, dict(asked.group))
    common = (asked.stores.ids, asked.start_on, asked.end_on)
    for metric, lift in (("sales_after_promotion", found.later), ("sales_beside_promotion", found.beside)):
        if lift is not None:
            for part, ratio in (("", lift.ratio), ("low", lift.low), ("high", lift.high)):
                group = {**asked.group, **({"part": part} if part else {})}
                made.append(Figure(metric, f"{(ratio - 1) * 100:.1f}", "%", *common, group))
    for phase, (count, net) in found.baskets.items():
        if count:
            group = {**asked.group, "baskets": phase}
            made.append(Figure("halo_per_basket", f"{major(net / count, asked):f}", asked.currency, *common, group))
    for name in [side.name for side, _ in found.parts if side.name in found.neighbours]:
        lift = found.neighbours[name]
        for part, ratio in (("", lift.ratio), ("low", lift.low), ("high", lift.high)):
            group = {**asked.group, by or "part": name, **({"part": part} if part else {})}
            made.append(Figure("sales_beside_promotion", f"{(ratio - 1) * 100:.1f}", "%", *common, group))
    for side, lift in found.parts:
        made += _side_figures(asked, side, lift, {**asked.group, by or "part": side.name})
    return made


def _side_figures(asked: Frame, side: Side, lift: Lift | None, group: Mapping[str, str]) -> list[Figure]:
    common = (asked.stores.ids, asked.start_on, asked.end_on)
    made = []
    if lift is not None:
        for part, ratio in (("", lift.ratio), ("low", lift.low), ("high", lift.high)):
            named = {**group, **({"part": part} if part else {})}
            made.append(Figure("promotion_lift", f"{(ratio - 1) * 100:.1f}", "%", *common, named))
    units = METRICS["units"]
    made.append(Figure("units", units.text(side.units), "units", *common, group))
    made.append(Figure("expected_units", f"{side.expected_units:.1f}", "units", *common, group))
    made.append(Figure("net_sales", f"{major(side.net, asked):f}", asked.currency, *common, group))
    made.append(Figure("incremental_net_sales", f"{major(side.extra_net, asked):f}", asked.currency, *common, group))
    for part, minor in zip(("low", "high"), side.extra_net_between(lift) or (), strict=False):
        value = f"{major(minor, asked):f}"
        made.append(Figure("incremental_net_sales", value, asked.currency, *common, {**group, "part": part}))
    if side.margin is not None and side.extra_margin is not None:
        made.append(Figure("gross_margin", f"{major(side.margin, asked):f}", asked.currency, *common, group))
        made.append(
            Figure("incremental_gross_margin", f"{major(side.extra_margin, asked):f}", asked.currency, *common, group)
        )
    if side.roi is not None:
        made.append(Figure("promotion_roi", f"{side.roi:.0f}", "%", *common, group))
    return made


def table(asked: Frame, found: Measured, by: str | None) -> Table:
    """One row per part, the whole last."""
    names = (
        ((by or "promoted").capitalize(), "text"),
        ("Products", "count"),
        ("Units", "units"),
        ("Expected units", "units"),
        ("Lift", "%"),
        ("95 % interval", "text"),
        ("Net sales", asked.currency),
        ("Extra net sales", asked.currency),
        ("Extra gross margin", asked.currency),
        ("Extra discounts", asked.currency),
        ("Return on discounts", "%"),
        ("Extra net sales, 95 % interval", "text"),
        *((("Neighbours", "%"), ("Neighbours, 95 % interval", "text")) if found.neighbours else ()),
    )
    rows = [*found.parts, (found.whole, found.lift)]
    body = [
        (
            side.said or "All promoted",
            side.products,
            METRICS["units"].text(side.units),
            f"{side.expected_units:.1f}",
            f"{lift.percent:.1f}" if lift else None,
            f"{signed(lift.low)} to {signed(lift.high)}" if lift else "too little sold",
            f"{major(side.net, asked):f}",
            f"{major(side.extra_net, asked):f}",
            None if side.extra_margin is None else f"{major(side.extra_margin, asked):f}",
            f"{major(side.extra_discount, asked):f}",
            None if side.roi is None else f"{side.roi:.0f}",
            " to ".join(plus(end, asked) for end in side.extra_net_between(lift) or ()) or None,
            *(
                _beside(found.beside if side is found.whole else found.neighbours.get(side.name))
                if found.neighbours
                else ()
            ),
        )
        for side, lift in rows
    ]
    return Table(tuple(TableColumn(*pair) for pair in names), body)


def _beside(lift: Lift | None) -> tuple[str | None, str | None]:
    """What the same categories without promotion sold against the control group, where that is known."""
    return (f"{lift.percent:.1f}", f"{signed(lift.low)} to {signed(lift.high)}") if lift else (None, None)


def follow_ups(asked: Frame, by: str | None) -> tuple[str, ...]:
    """Further questions about the same promotions."""
    when, same = asked.when_again, asked.same_part_and_stores
    asks = []
    if by != "support":
        asks.append(f"Display versus mailer promotion lift{same} {when}")
    asks.append(f"What is the optimal discount depth by category{'' if asked.part else same}?")
    asks.append("Coupon redemption rate by campaign")
    return tuple(asks)
