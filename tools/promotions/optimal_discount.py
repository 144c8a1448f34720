"""Which depth of discount left the most gross margin, from depths that were really given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.analysis.lift import Lift, Sums, over_products
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, frame, one_currency, provenance
from tools.metrics import METRICS
from tools.metrics.elasticity_query import BANDS, build_depths
from tools.part import DEPARTMENT_HELP, part_of
from tools.promotions.price_elasticity import whole_weeks
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted

LEAST_CELLS = 30
LEAST_PRODUCTS = 5
_METHOD = (
    "Gross margin of a product in a store and week with a discount, against the same product's mean week there without"
    " one; regular sellers of known cost only, with at least two weeks without a discount. The depths were chosen for"
    " reasons of their own, and advertising comes"
    " with them: test a depth before relying on it."
)


class OptimalDiscountArguments(Arguments):
    """Arguments of ``optimal_discount``."""

    period: str = Field(
        default="the last 26 weeks", max_length=120, description="Which past weeks to use, in the asker's own words."
    )
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “Harbor Point”."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(
        default=None,
        max_length=200,
        description="A kind of product that may be a category (“soft drinks”). One single product has too few depths.",
    )
    by: Literal["category", "department"] = Field(default="category", description="One row for each of these.")
    limit: int = Field(default=15, ge=1, le=50, description="How many rows to show, largest by net sales first.")


@tool()
def optimal_discount(arguments: OptimalDiscountArguments, context: ToolContext) -> ToolResult:
    """Which depth of discount made the most gross margin in each category, against weeks without a discount.

    Use it for “optimal discount depth by category to maximise margin”, “how deep should we discount in Grocery”, “do
    our discounts pay”. It compares depths that were really given and refuses where too few were; it does not
    extrapolate.
    """
    asked = frame(arguments.period, arguments.stores, context)
    asked = replace(asked, part=part_of(arguments.product, arguments.department, asked.stores, context))
    if asked.part and asked.part.only.variants:
        what = "one product" if len(asked.part.only.variants) == 1 else "neither"
        raise BadArgumentError(
            f"Depths of discount are compared over a department or category, and {asked.part.label} is {what}: ask for"
            " its price elasticity instead."
        )
    one_currency(asked, None)
    window, weeks = whole_weeks(asked)
    statement = build_depths(
        [window], window.start_on, weeks, context.scope, asked.part.only if asked.part else None, by=arguments.by
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    parts = _parts(rows)
    told = [part for part in parts if part.bands]
    if not told:
        raise NoDataError(
            f"Too few discounts to compare depths{asked.subject} {asked.when}, {asked.stores.label}: a band needs"
            f" {LEAST_CELLS} product-weeks of {LEAST_PRODUCTS} regular products that also sold without a discount. Ask"
            " by"
            " department, for more stores or a longer period."
        )
    headline = _headline(asked, told, arguments.by)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(told, len(parts) - len(told), arguments.by)]),
        figures=tuple(figure for part in told[: arguments.limit] for figure in _figures(asked, part, arguments.by)),
        table=_table(asked, told[: arguments.limit], arguments.by),
        caveats=(_METHOD, *_by_chance(told), *caveats(asked, (METRICS["gross_margin"],))),
        follow_ups=_follow_ups(asked, told[0], arguments.by),
        provenance=provenance(asked, [METRICS[name] for name in ("gross_margin", "discounts", "units")], [statement]),
    )


def _by_chance(told: Sequence[_Part]) -> list[str]:
    """One interval in forty lies wholly above nothing by chance, which matters where many are looked at."""
    compared = sum(len(part.bands) for part in told)
    if compared < 20:
        return []
    return [f"{compared} depths are compared, and about one in forty would look better than none by chance alone."]


@dataclass(frozen=True, slots=True)
class _Band:
    """One depth: margin against weeks without discount, product-store-weeks and products."""

    name: str
    lift: Lift
    units_ratio: float
    cells: int
    margin: float
    expected: float


@dataclass(frozen=True, slots=True)
class _Part:
    """A category with its depths that can be told, and how many plain weeks they are held against."""

    name: str
    net: Decimal
    plain_cells: int
    bands: tuple[_Band, ...]

    @property
    def best(self) -> _Band:
        """The depth with the highest margin, one that surely pays before one that may."""
        return max(self.bands, key=lambda band: (band.lift.low > 1, band.lift.ratio))


def _parts(rows: Sequence[Mapping[str, Any]]) -> list[_Part]:
    named: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        named.setdefault(row["part"], []).append(row)
    made = []
    for name, own in named.items():
        plain = next((int(row["cells"]) for row in own if row["band"] == 0), 0)
        bands = tuple(band for row in own if row["band"] > 0 and plain >= LEAST_CELLS and (band := _band(row)))
        made.append(_Part(name, sum((Decimal(row["net"]) for row in own), Decimal(0)), plain, bands))
    return sorted(made, key=lambda part: (-part.net, part.name))


def _band(row: Mapping[str, Any]) -> _Band | None:
    if row["cells"] < LEAST_CELLS or row["n"] < LEAST_PRODUCTS or row["expected"] <= 0 or row["expected_units"] <= 0:
        return None
    lift = over_products(Sums(int(row["n"]), row["margin"], row["expected"], row["dd"], row["de"], row["ee"]), 0.0)
    if lift is None:
        return None
    return _Band(
        BANDS[row["band"]],
        lift,
        row["units"] / row["expected_units"],
        int(row["cells"]),
        row["margin"] / row["cells"],
        row["expected"] / row["cells"],
    )


def _pays(part: _Part) -> bool:
    return part.best.lift.low > 1


def _advice(part: _Part) -> str:
    best = part.best
    if _pays(part):
        return f"{best.name} made more margin than no discount"
    if all(band.lift.high < 1 for band in part.bands):
        return "every depth made less margin than no discount"
    return "no depth made measurably more margin than no discount"


def _headline(asked: Frame, told: Sequence[_Part], by: str) -> str:
    paying = [part for part in told if _pays(part)]
    where = f"{asked.when}, {asked.stores.label}"
    if len(told) == 1:
        part = told[0]
        return f"{part.name}, {where}: {_advice(part)} ({part.best.name}: {_said(part.best)})."
    if not paying:
        return (
            f"No discount depth made measurably more gross margin than no discount in any of {len(told)}"
            f" {_plural(by)} with enough data{asked.subject} {where}: on these figures the depth that keeps most margin"
            " is"
            " none."
        )
    best = max(paying, key=lambda part: part.best.lift.ratio)
    return (
        f"A discount raised gross margin measurably in {len(paying)} of {len(told)} {_plural(by)} with enough"
        f" data{asked.subject} {where}, most in {best.name} at {best.best.name}: {_said(best.best)}."
    )


def _so_many(number: int, by: str) -> str:
    return counted(1, by) if number == 1 else f"{number} {_plural(by)}"


def _plural(by: str) -> str:
    return "categories" if by == "category" else "departments"


def _said(band: _Band) -> str:
    return (
        f"margin {band.lift.percent:+.0f} % (95 % interval {(band.lift.low - 1) * 100:+.0f} % to"
        f" {(band.lift.high - 1) * 100:+.0f} %), units {(band.units_ratio - 1) * 100:+.0f} %"
    )


def _sentences(told: Sequence[_Part], thin: int, by: str) -> list[str]:
    paying = sorted((part for part in told if _pays(part)), key=lambda part: -part.best.lift.ratio)
    said = []
    if len(told) == 1 and len(told[0].bands) > 1:
        said.append(
            f"Each depth against no discount: {'; '.join(f'{one.name} {_said(one)}' for one in told[0].bands)}."
        )
    if paying and len(told) > 1:
        said.append(
            "Best depth: "
            + "; ".join(f"{part.name} {part.best.name} ({part.best.lift.percent:+.0f} %)" for part in paying[:5])
            + "."
        )
    losing = [part for part in told if all(band.lift.high < 1 for band in part.bands)]
    if losing and len(told) > 1:
        names = ", ".join(part.name for part in losing[:5])
        said.append(f"Every depth given cost margin in {_so_many(len(losing), by)}: {names}.")
    if thin:
        said.append(f"{_so_many(thin, by)} had too few discounts to tell.")
    return said


def _figures(asked: Frame, part: _Part, by: str) -> list[Figure]:
    common = (asked.stores.ids, asked.start_on, asked.end_on)
    made = []
    for band in part.bands:
        group = {by: part.name, "discount_depth": band.name}
        made.append(Figure("gross_margin_against_no_discount", f"{band.lift.percent:.1f}", "%", *common, group))
        made.append(Figure("units_against_no_discount", f"{(band.units_ratio - 1) * 100:.1f}", "%", *common, group))
    return made


def _table(asked: Frame, told: Sequence[_Part], by: str) -> Table:
    names = (
        (by.title(), "text"),
        ("Depth", "text"),
        ("Product-weeks", "count"),
        ("Products", "count"),
        ("Units against no discount", "%"),
        ("Margin a product, store and week", asked.currency),
        ("without discount", asked.currency),
        ("Margin against no discount", "%"),
        ("95 % interval", "text"),
        ("Best", "text"),
    )
    body: list[tuple[str | int | None, ...]] = [
        (
            part.name,
            band.name,
            band.cells,
            band.lift.count,
            f"{(band.units_ratio - 1) * 100:.1f}",
            _major(band.margin, asked),
            _major(band.expected, asked),
            f"{band.lift.percent:.1f}",
            f"{(band.lift.low - 1) * 100:+.1f} % to {(band.lift.high - 1) * 100:+.1f} %",
            "best" if band is part.best and _pays(part) else None,
        )
        for part in told
        for band in part.bands
    ]
    return Table(tuple(TableColumn(*pair) for pair in names), body)


def _major(minor: float, asked: Frame) -> str:
    return f"{METRICS['net_sales'].rounded(Decimal(str(minor)).scaleb(-asked.exponent), asked.exponent):f}"


def _follow_ups(asked: Frame, part: _Part, by: str) -> tuple[str, ...]:
    same = asked.same_part_and_stores
    other = "department" if by == "category" else "category"
    asks = [f"What is the price elasticity in “{part.name}”?", f"Break down profitability by category{same}"]
    if asked.part is None:
        asks.insert(0, f"What is the optimal discount depth by {other}{same}?")
    return tuple(asks)
