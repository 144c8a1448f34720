"""How customers move between segments: the segments at the end of two periods of equal length, crossed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from pydantic import Field

from tools.analysis.calendar import Period
from tools.analysis.few import FEWEST
from tools.analysis.movement import Cell, crossed, hidden_cells
from tools.analysis.rfm import SEGMENTS, segments
from tools.context import ToolContext
from tools.customers.known import STORES_HELP, Known, customers_of, in_order, known_customers, measured
from tools.customers.segments import by_rfm
from tools.errors import NoDataError
from tools.frame import Frame
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted, span

NOT_YET, GONE = "Not there before", "Not there any more"


class SegmentMovementArguments(Arguments):
    """Arguments of ``segment_movement``."""

    period: str = Field(
        default="the last 24 weeks",
        max_length=120,
        description="The later period; segments are those at its end. In the asker's own words.",
    )
    weeks_before: int = Field(
        default=12, ge=1, le=104, description="How many weeks earlier the other period of the same length ends."
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def segment_movement(arguments: SegmentMovementArguments, context: ToolContext) -> ToolResult:
    """How known customers moved between segments from one period's end to another's, as a matrix.

    Use it for “how do customers move between segments”, “how many champions became at risk”, “are our loyal customers
    staying loyal”. Rows are the earlier segment, columns the later. Cells of fewer than five people are left empty.
    """
    later = known_customers(arguments.period, arguments.stores, context)
    earlier = customers_of(_earlier(later.asked, arguments.weeks_before))
    before, after = by_rfm(earlier), by_rfm(later)
    cells = crossed(before.groups, after.groups, NOT_YET, GONE)
    rows = [*in_order({cell.before for cell in cells} - {NOT_YET}, SEGMENTS), NOT_YET]
    columns = [*in_order({cell.after for cell in cells} - {GONE}, SEGMENTS), GONE]
    hidden = hidden_cells(cells, FEWEST)
    shown = [cell for cell in cells if cell not in hidden]
    # Small segments are joined differently in the two periods; who moved is told by the segments themselves.
    headline = _headline(earlier, later, segments(measured(earlier)), segments(measured(later)))
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(shown)]),
        figures=tuple(_figure(later, cell) for cell in shown),
        table=_table(shown, rows, columns),
        caveats=(
            *later.caveats(),
            (
                f"Cells of fewer than {FEWEST} people are empty, and so is one more where the empty one could be"
                " had from the rest."
            ),
            (
                f"The earlier segments are of {span(earlier.asked.start_on, earlier.asked.end_on)}, the later of"
                f" {span(later.asked.start_on, later.asked.end_on)}. They are fifths: where some rise, others fall."
            ),
        ),
        follow_ups=(
            f"Customer segments{later.asked.same_part_and_stores}",
            f"Which customers are at risk{later.asked.same_part_and_stores}?",
        ),
        provenance=later.provenance(*earlier.statements),
    )


def _earlier(asked: Frame, weeks: int) -> Frame:
    back = timedelta(weeks=weeks)
    periods = {
        store: Period(period.start_on - back, period.end_on - back, f"{weeks} weeks before", period.kind)
        for store, period in asked.periods.items()
    }
    moved = replace(asked, periods=periods, period=periods[asked.stores.stores[0].store_id])
    first = min((store.first_on for store in asked.stores.stores if store.first_on), default=moved.start_on)
    if first > moved.start_on + timedelta(days=6):
        raise NoDataError(
            f"The period {weeks} weeks before would begin on {span(moved.start_on, moved.start_on)}, and the data"
            f" begins on {span(first, first)}. Ask for a shorter period or fewer weeks before."
        )
    return moved


def _headline(earlier: Known, later: Known, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    both = [key for key in before if key in after]
    where = f"{later.asked.stores.label}, from {span(earlier.asked.end_on, earlier.asked.end_on)} to "
    where += span(later.asked.end_on, later.asked.end_on)
    if len(both) < FEWEST:
        return f"Fewer than {FEWEST} known customers came in both periods, {where}; nothing is said about so few."
    place = {name: number for number, name in enumerate(SEGMENTS)}
    up = sum(place[after[key]] < place[before[key]] for key in both)
    down = sum(place[after[key]] > place[before[key]] for key in both)
    stayed = len(both) - up - down
    if min(up or FEWEST, down or FEWEST, stayed or FEWEST) < FEWEST:
        return f"{counted(len(both), 'known customer')} came in both periods, {where}; hardly any changed segment."
    return (
        f"Of {counted(len(both), 'known customer')} of both periods, {where}: {stayed:,} stayed in their segment, "
        f"{up:,} moved to a better one, {down:,} to a weaker one."
    )


def _sentences(shown: Sequence[Cell]) -> list[str]:
    moves = sorted(
        (cell for cell in shown if cell.before != NOT_YET and cell.after != GONE and not _share(cell)),
        key=lambda cell: (-cell.people, cell.before, cell.after),
    )
    if not moves:
        return []
    said = "; ".join(f"{cell.before} to {cell.after.lower()} {cell.people:,}" for cell in moves[:3])
    return [f"Largest moves: {said}."]


def _share(cell: Cell) -> bool:
    """Whether a segment is in both, alone or joined with others: then some of the people have not moved."""
    return bool({*cell.before.lower().split(" and ")} & {*cell.after.lower().split(" and ")})


def _figure(later: Known, cell: Cell) -> Figure:
    asked = later.asked
    return Figure(
        "customers", str(cell.people), "count", asked.stores.ids, asked.start_on, asked.end_on,
        {"segment_before": cell.before, "segment": cell.after},
    )  # fmt: skip


def _table(shown: Sequence[Cell], rows: Sequence[str], columns: Sequence[str]) -> Table:
    people = {(cell.before, cell.after): cell.people for cell in shown}
    heads = (TableColumn("From / to", "text"), *(TableColumn(name, "count") for name in columns))
    return Table(heads, [(row, *(people.get((row, column)) for column in columns)) for row in rows])
