"""Tables and charts. Their limits are those that held when tried against Slack, the narrower where accounts differ."""

from __future__ import annotations

from connectors.sandbox.workspace.validation.findings import Findings
from connectors.sandbox.workspace.wire import JsonObject

TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 10_000
DATA_TABLE_ROWS = 101
SERIES = 6
CATEGORIES = 20
LABEL = 20
CHART_TITLE = 50


def check_table(found: Findings, where: str, block: JsonObject) -> None:
    """A ``table`` block: 1 to 100 rows of up to 20 cells, 10,000 characters in all, no empty cell."""
    rows = found.items(f"{where}/rows", block.get("rows"), TABLE_ROWS)
    _cells(found, where, rows, header_is_text=False)


def check_data_table(found: Findings, where: str, block: JsonObject) -> None:
    """A ``data_table`` block: a caption, a header row and 1 to 100 more, page_size 1 to 100."""
    found.characters(f"{where}/caption", block.get("caption"), 200, 1)
    rows = found.items(f"{where}/rows", block.get("rows"), DATA_TABLE_ROWS, 2)
    _cells(found, where, rows, header_is_text=True)
    size = block.get("page_size")
    if size is not None and (not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= 100):
        found.add(f"{where}/page_size", "must be a number from 1 to 100")


def _cells(found: Findings, where: str, rows: object, *, header_is_text: bool) -> None:
    total = 0
    widths: set[int] = set()
    for number, row in enumerate(rows if isinstance(rows, (list, tuple)) else ()):
        cells = found.items(f"{where}/rows/{number}", row, TABLE_COLUMNS)
        widths.add(len(cells))
        for column, cell in enumerate(cells):
            total += _cell(found, f"{where}/rows/{number}/{column}", cell, header=header_is_text and number == 0)
    if header_is_text and len(widths) > 1:
        found.add(f"{where}/rows", "every row must have as many cells as the header")
    if total > TABLE_CHARACTERS:
        found.add(f"{where}/rows", f"must be less than {TABLE_CHARACTERS + 1} characters in all cells together")


def _cell(found: Findings, where: str, value: object, *, header: bool) -> int:
    cell = found.table(where, value)
    if cell is None:
        return 0
    allowed = ("raw_text", "raw_number") if header else ("raw_text", "raw_number", "rich_text")
    if not found.one_of(f"{where}/type", cell.get("type"), allowed):
        return 0
    if cell["type"] == "rich_text":
        return len(str(cell.get("elements", "")))
    is_number = isinstance(cell.get("value"), (int, float)) and not isinstance(cell.get("value"), bool)
    if cell["type"] == "raw_number" and not is_number:
        found.add(f"{where}/value", "must be a number")
    found.characters(f"{where}/text", cell.get("text"), TABLE_CHARACTERS, 1)
    return len(str(cell.get("text")))


def check_chart(found: Findings, where: str, block: JsonObject) -> None:
    """A ``data_visualization`` block: line, bar, area or pie."""
    found.characters(f"{where}/title", block.get("title"), CHART_TITLE, 1)
    chart = found.table(f"{where}/chart", block.get("chart"))
    if chart is None:
        return
    inside = f"{where}/chart"
    if not found.one_of(f"{inside}/type", chart.get("type"), ("line", "bar", "area", "pie")):
        return
    if chart["type"] == "pie":
        for number, segment in enumerate(found.items(f"{inside}/segments", chart.get("segments"), SERIES)):
            _point(found, f"{inside}/segments/{number}", segment, positive=True)
        return
    axis = found.table(f"{inside}/axis_config", chart.get("axis_config")) or {}
    categories = found.items(f"{inside}/axis_config/categories", axis.get("categories"), CATEGORIES)
    for number, category in enumerate(categories):
        found.characters(f"{inside}/axis_config/categories/{number}", category, LABEL, 1)
    for key in ("x_label", "y_label"):
        found.optional(f"{inside}/axis_config", axis, key, CHART_TITLE)
    for number, series in enumerate(found.items(f"{inside}/series", chart.get("series"), SERIES)):
        _series(found, f"{inside}/series/{number}", series, categories)


def _series(found: Findings, where: str, value: object, categories: object) -> None:
    series = found.table(where, value)
    if series is None:
        return
    found.characters(f"{where}/name", series.get("name"), LABEL, 1)
    points = found.items(f"{where}/data", series.get("data"), CATEGORIES)
    for number, point in enumerate(points):
        _point(found, f"{where}/data/{number}", point, positive=False)
    labels = [point.get("label") for point in points if isinstance(point, dict)]
    if isinstance(categories, list) and labels != categories:
        found.add(f"{where}/data", "must have one value for each category, in their order")


def _point(found: Findings, where: str, value: object, *, positive: bool) -> None:
    point = found.table(where, value)
    if point is None:
        return
    found.characters(f"{where}/label", point.get("label"), LABEL, 1)
    number = point.get("value")
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        found.add(f"{where}/value", "must be a number")
    elif positive and number <= 0:
        found.add(f"{where}/value", "must be more than 0")
