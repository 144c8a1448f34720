"""That nobody recorded what a breakdown splits by, said of all time before it is said of the period."""

from __future__ import annotations

from collections.abc import Sequence

from tools.against import frame_to_compare
from tools.breakdown.reading import Reading
from tools.breakdown.where import Only, Where, resolve_where
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.errors import NOT_RECORDED, NOT_YET, BadArgumentError, ClarifyError, NoDataError
from tools.frame import Frame, frame
from tools.metrics import METRICS
from tools.metrics.breakdown_plan import Plan
from tools.metrics.cells import Cell
from tools.metrics.dimensions import NOT_NAMED, Dimension, dimension_named
from tools.metrics.windows import Window
from tools.recorded import EVER
from tools.wording import listed

_INSTEAD = {"employee": ("register", "store"), "register": ("store", "hour")}
"""What is nearest to a dimension that nobody records."""


def frame_if_recorded(
    period: str, compare_to: str | None, stores: str | None, context: ToolContext, dimensions: Sequence[Dimension]
) -> Frame:
    """As ``frame_to_compare``; to wait for days to come is of no use where nobody records what is split by.

    Raises:
        tools.errors.ToolError: as ``frame_to_compare`` and ``require_ever``.
    """
    try:
        return frame_to_compare(period, stores, context, compare_to)
    except NoDataError as error:
        if error.reason == NOT_YET:
            require_ever(dimensions, stores, context)
        raise


def where_if_recorded(conditions: Sequence[Only], asked: Frame, windows: Sequence[Window], stores: str | None) -> Where:
    """As ``resolve_where``; to ask which of several is meant is of no use where nobody records any.

    Raises:
        tools.errors.ToolError: as ``resolve_where`` and ``require_ever``.
    """
    try:
        return resolve_where(conditions, asked.stores, windows, asked.context)
    except (BadArgumentError, ClarifyError):
        require_ever([dimension_named(one.dimension) for one in conditions if one.dimension], stores, asked.context)
        raise


def require_ever(dimensions: Sequence[Dimension], stores: str | None, context: ToolContext) -> None:
    """Refuse a dimension of which nothing was ever recorded for these stores.

    Raises:
        NoDataError: as said, with what is nearest to it.
    """
    if not any(one.what for one in dimensions):
        return
    ever = frame(EVER, stores, context)
    for one in dimensions:
        if one.what and not _recorded(one, ever):
            nearest = [dimension_named(name) for name in _INSTEAD.get(one.name, ())]
            can = [other.label.lower() for other in nearest if not other.what or _recorded(other, ever)]
            raise NoDataError(
                f"No {one.label.lower()} is recorded for any sale of {ever.stores.label}. {one.what}"
                + (f" What can be had is the same by {listed(can, 'or')}." if can else ""),
                NOT_RECORDED,
            )


def _recorded(dimension: Dimension, ever: Frame) -> bool:
    read = Reading(ever.context, [METRICS["net_sales"]], Plan((dimension,), (), WEEK_START), guard=False)
    cells = read.cells(ever.windows())
    return bool(read.notes) or any(cell.keys[0] not in NOT_NAMED for cell in cells)


def require_known(cells: Sequence[Cell], dimensions: Sequence[Dimension], asked: Frame, stores: str | None) -> None:
    """Refuse to answer by what nobody recorded.

    Raises:
        NoDataError: every group of a dimension is the one of what is not known.
    """
    for number, one in enumerate(dimensions):
        if one.what and all(cell.keys[number] in NOT_NAMED for cell in cells):
            require_ever([one], stores, asked.context)
            what = f"No {one.label.lower()} is recorded for the sales of" if cells else "Nothing is recorded for"
            raise NoDataError(f"{what} {asked.stores.label} {asked.when}. {one.what}")
