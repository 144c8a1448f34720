"""How the lift of promotions changed from one period to another: of all together, and of each part of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.against import span_of
from tools.analysis.lift import Lift
from tools.analysis.two_lifts import differ
from tools.breakdown.comparable import against_of
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import frame, provenance
from tools.metrics import METRICS
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.promotions.answer import Side
from tools.promotions.lift_shown import figures
from tools.promotions.promotion_lift import Measurement, PromotionLiftArguments, measured
from tools.registry import Arguments, tool
from tools.result import Table, TableColumn, ToolResult
from tools.wording import span

_NAMED = 5
WHY = (
    "Why a lift changed is not worked out: it may be other products on promotion, other discounts, or what was sold "
    "without. The lift of a period is against what the same products sold before it, so each period has its own."
)


class LiftChangeArguments(Arguments):
    """Arguments of ``lift_change``."""

    period: str = Field(default="last month", max_length=120, description="The later period: “October”, “last month”.")
    compare_to: str | None = Field(
        default=None, max_length=120, description="The period it is held against: “September”; else the one before."
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “Harbor Point”."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["promotion", "support", "display", "mailer", "department", "category", "brand", "store"] | None = Field(
        default=None, description="What the change is told by; support compares display, mailer and both."
    )
    order: Literal["fell", "rose"] = Field(default="fell", description="With by: the largest falls first, or rises.")
    limit: int = Field(default=20, ge=1, le=100, description="With by: only so many parts.")


@dataclass(frozen=True, slots=True)
class _Part:
    """One part in both periods; a lift is None where too little was sold, a side where nothing was promoted."""

    name: str
    later: tuple[Side, Lift | None] | None
    earlier: tuple[Side, Lift | None] | None

    @property
    def lifts(self) -> tuple[Lift, Lift] | None:
        """Both lifts, the later first; None where one of them cannot be told."""
        later = self.later[1] if self.later else None
        earlier = self.earlier[1] if self.earlier else None
        return (later, earlier) if later is not None and earlier is not None else None

    @property
    def points(self) -> float | None:
        """Change of the lift in percentage points."""
        return self.lifts[0].percent - self.lifts[1].percent if self.lifts else None

    @property
    def is_clear(self) -> bool:
        """Whether the lifts differ by more than chance."""
        ratio = differ(*self.lifts) if self.lifts else None
        return ratio is not None and (ratio[1] > 1 or ratio[2] < 1)


@tool()
def lift_change(arguments: LiftChangeArguments, context: ToolContext) -> ToolResult:
    """How the lift of promotions changed between two periods, whole and by part, with whether chance explains it.

    Use it for “did promotion lift decline in October against September”, “which category saw the largest decline in
    lift”, “which promotions contributed most to the change of lift”, “are our promotions less effective than last
    month”. Each lift is against what the same products would have sold without (``promotion_lift``). Beside it stand
    the units above expectation and the depth of discount in both periods.
    """
    later, earlier = (_measured(arguments, period, context) for period in _periods(arguments, context))
    whole = _Part(
        "All promoted",
        (later.found.whole, later.found.lift),
        (earlier.found.whole, earlier.found.lift),
    )
    parts = _parts(later, earlier)
    known = [part for part in parts if part.points is not None]
    known.sort(key=lambda part: ((part.points or 0.0) * (1 if arguments.order == "fell" else -1), part.name))
    left = [part for part in parts if part.points is None]
    first = _headline(later, earlier, whole)
    told = _sentences(known, len(left), arguments)
    shown = [*known, *left][: arguments.limit]
    return ToolResult(
        headline=first,
        text=" ".join([first, *_known_in_part(later, earlier), *_depths(later, earlier), *told]),
        figures=(
            *figures(later.asked, later.found, arguments.by),
            *figures(earlier.asked, earlier.found, arguments.by),
        ),
        table=_table([*shown, whole] if arguments.by else [whole], arguments.by),
        caveats=(WHY, *dict.fromkeys([*later.caveats(), *earlier.caveats()])),
        follow_ups=(f"Did the promotions work {later.asked.when_again}?", "What is the optimal discount depth?"),
        provenance=provenance(
            later.asked,
            [METRICS[name] for name in ("units", "net_sales", "discounts")],
            [*later.statements, *earlier.statements],
            earlier.days.base_on,
        ),
    )


def _periods(arguments: LiftChangeArguments, context: ToolContext) -> tuple[str, str]:
    """The later and the earlier period as spans of days; in the order of the calendar, however they were said."""
    asked = frame(arguments.period, arguments.stores, context)
    against = against_of(asked, arguments.compare_to)
    if any(len(one.periods) > 1 for one in against.values()):
        raise BadArgumentError("compare_to: a lift is held against that of one period, such as “September”.")
    spans = sorted([(asked.start_on, asked.end_on), span_of(against)], reverse=True)
    if spans[0][0] <= spans[1][1]:
        raise BadArgumentError("The two periods overlap; name two that do not.")
    first, second = (f"from {start.isoformat()} to {end.isoformat()}" for start, end in spans)
    return first, second


def _measured(arguments: LiftChangeArguments, period: str, context: ToolContext) -> Measurement:
    shared = arguments.model_dump(include={"stores", "product", "department", "by"})
    try:
        return measured(PromotionLiftArguments(period=period, **shared), context)
    except NoDataError as error:
        raise NoDataError(f"A change needs the lift of both periods. {error}") from error


def _parts(later: Measurement, earlier: Measurement) -> list[_Part]:
    """Every part of either period."""
    new = {side.name: (side, lift) for side, lift in later.found.parts}
    old = {side.name: (side, lift) for side, lift in earlier.found.parts}
    return [_Part(name, new.get(name), old.get(name)) for name in dict.fromkeys([*new, *old])]


def _headline(later: Measurement, earlier: Measurement, whole: _Part) -> str:
    """The two lifts with their intervals, and whether they differ by more than chance."""
    new, old = later.found.lift, earlier.found.lift
    points = new.percent - old.percent
    verdict = f"{abs(points):.1f} points {'less' if points < 0 else 'more'}"
    sure = "more than chance would explain" if whole.is_clear else "which chance may explain"
    return (
        f"Lift of promotions{later.asked.subject} {later.asked.when}, {later.asked.stores.label}: {_said(new)}, against"
        f" {_said(old)} {earlier.asked.when}: {verdict}, {sure}."
    )


def _known_in_part(later: Measurement, earlier: Measurement) -> list[str]:
    """Which of the two periods holds promotions on some of its days only, as none are recorded before."""
    return [
        f"The lift {one.asked.when} is that of {span(one.days.start_on, one.days.end_on)} alone, as no earlier"
        " promotions are recorded: the two are not of equal stretches."
        for one in (later, earlier)
        if one.later_than_asked
    ]


def _said(lift: Lift) -> str:
    return (
        f"{lift.percent:+.1f} % units (95 % interval {(lift.low - 1) * 100:+.1f} % to {(lift.high - 1) * 100:+.1f} %)"
    )


def _depth(side: Side) -> Decimal | None:
    """Discounts in per cent of what the promoted goods would have cost without them."""
    gross = side.net + side.discount
    return side.discount * 100 / gross if gross > 0 else None


def _extra(side: Side) -> float:
    return float(side.units) - side.expected_units


def _depths(later: Measurement, earlier: Measurement) -> list[str]:
    """Units above expectation and the depth of discount in both periods."""
    new, old = later.found.whole, earlier.found.whole
    said = [f"Units above expectation: {_extra(new):+,.0f} against {_extra(old):+,.0f}."]
    depths = _depth(new), _depth(old)
    if depths[0] is not None and depths[1] is not None:
        said.append(f"Discount on them: {depths[0]:.1f} % against {depths[1]:.1f} %.")
    return said


def _sentences(known: list[_Part], left: int, arguments: LiftChangeArguments) -> list[str]:
    """The parts whose lift moved most, and how many could not be held against each other."""
    if arguments.by is None:
        return []
    name = {"support": "kind of support"}.get(arguments.by, arguments.by)
    many = {"support": "kinds of support", "category": "categories"}.get(arguments.by, f"{arguments.by}s")
    said = []
    moved = [part for part in known if part.points is not None and (part.points < 0) == (arguments.order == "fell")][
        : min(_NAMED, arguments.limit)
    ]
    way = "fall" if arguments.order == "fell" else "rise"
    if moved:
        named = "; ".join(
            f"{part.name} {part.points:+.1f} points{'' if part.is_clear else ' (may be chance)'}" for part in moved
        )
        said.append(f"Largest {way}s by {name}: {named}.")
    elif known:
        said.append(f"By {name} none {'fell' if way == 'fall' else 'rose'}.")
    if left:
        said.append(
            f"{left} {name if left == 1 else many} cannot be told: not on promotion, or too little sold, in one of the "
            "two periods."
        )
    return said


def _table(parts: list[_Part], by: str | None) -> Table:
    """One row per part, the whole last; the later period stands before the earlier."""
    columns = [TableColumn((by or "promoted").capitalize(), "text")]
    for name, unit in (("Lift", "%"), ("95 % interval", "text"), ("Units above expected", "units"), ("Discount", "%")):
        columns += [TableColumn(name, unit), TableColumn(f"{name} before", unit)]
    columns += [TableColumn("Change of lift", "points"), TableColumn("More than chance", "text")]
    return Table(tuple(columns), [_row(part) for part in parts])


def _row(part: _Part) -> tuple[str | None, ...]:
    sides = [part.later, part.earlier]
    lifts: list[Lift | None] = [side[1] if side else None for side in sides]
    cells: list[str | None] = [part.name]
    cells += [f"{lift.percent:.1f}" if lift else None for lift in lifts]
    cells += [f"{(lift.low - 1) * 100:+.1f} to {(lift.high - 1) * 100:+.1f} %" if lift else None for lift in lifts]
    cells += [f"{_extra(side[0]):.0f}" if side else None for side in sides]
    depths = [_depth(side[0]) if side else None for side in sides]
    cells += [f"{depth:.1f}" if depth is not None else None for depth in depths]
    points = part.points
    cells += [None if points is None else f"{points:.1f}", None if points is None else _yes(part)]
    return tuple(cells)


def _yes(part: _Part) -> str:
    return "yes" if part.is_clear else "no"
