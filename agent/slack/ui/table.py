"""A result table as Slack's sortable ``data_table``, or as preformatted text where that is refused."""

from __future__ import annotations

from dataclasses import replace

from agent.slack.ui import limits, values
from agent.slack.ui.mrkdwn import one_line
from tools.result import Table, TableColumn

_CELL_TEXT = 200
_PREFORMATTED_CELL = 28
_PAGE = 10


def data_table(table: Table, caption: str, max_rows: int) -> tuple[limits.Block | None, int]:
    """The block and how many rows it leaves out; no block when there is nothing to show.

    Rows beyond ``max_rows``, or beyond Slack's cap on all characters of a table, are left out and counted.
    """
    table = _less_what_the_caption_says(table, caption)
    columns = table.columns[: limits.TABLE_COLUMNS]
    if not columns or not table.rows:
        return None, 0
    header = [_text(column.name) for column in columns]
    numeric = [_all_numbers(table, index, column) for index, column in enumerate(columns)]
    room = limits.TABLE_CELLS_TEXT - sum(len(str(cell["text"])) for cell in header)
    rows: list[list[dict[str, object]]] = [header]
    for row in table.rows[:max_rows]:
        cells = [_cell(row[i], column, numeric[i]) for i, column in enumerate(columns)]
        room -= sum(len(str(cell["text"])) for cell in cells)
        if room < 0:
            break
        rows.append(cells)
    if len(rows) < 2:
        return None, len(table.rows)
    block: limits.Block = {
        "type": "data_table",
        "caption": limits.clip(_capitalised(one_line(caption)), 150) or "Result",
        "page_size": _PAGE,
        "rows": rows,
    }
    return block, len(table.rows) - (len(rows) - 1)


def preformatted(table: Table, max_rows: int) -> tuple[str, int]:
    """The table as aligned text and how many rows it leaves out."""
    columns = table.columns[: limits.TABLE_COLUMNS]
    shown = list(table.rows[:max_rows])
    lines = [[_short(column.name) for column in columns]]
    lines += [[_short(values.show(row[i], column.unit)) for i, column in enumerate(columns)] for row in shown]
    widths = [max((len(line[i]) for line in lines), default=0) for i in range(len(columns))]
    right = [values.is_numeric(column.unit) for column in columns]
    text = "\n".join(
        "  ".join(
            cell.rjust(width) if on_right else cell.ljust(width)
            for cell, width, on_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )
    return text, len(table.rows) - len(shown)


def _less_what_the_caption_says(table: Table, caption: str) -> Table:
    """Without the columns that say the same in every row, and what the caption says: a phone has no room for them."""

    def told(index: int, column: TableColumn) -> bool:
        said = {str(row[index] or "") for row in table.rows}
        return not values.is_numeric(column.unit) and len(said) == 1 and said <= set(caption.split(" · ")[1:])

    kept = [index for index, column in enumerate(table.columns) if not told(index, column)]
    if len(kept) in (0, len(table.columns)):
        return table
    columns = tuple(table.columns[index] for index in kept)
    return replace(table, columns=columns, rows=tuple(tuple(row[index] for index in kept) for row in table.rows))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _all_numbers(table: Table, index: int, column: TableColumn) -> bool:
    # Slack sorts a column as numbers only when every cell of it is one.
    return values.is_numeric(column.unit) and all(values.number(row[index]) is not None for row in table.rows)


def _cell(value: str | int | None, column: TableColumn, as_number: bool) -> dict[str, object]:
    text = values.show(value, column.unit)
    if as_number:
        # A float only for sorting in the client; the text is what is read.
        return {"type": "raw_number", "value": float(str(value)), "text": text}
    return _text(text)


def _text(text: str) -> dict[str, object]:
    return {"type": "raw_text", "text": limits.clip(one_line(text), _CELL_TEXT) or "–"}


def _short(text: str) -> str:
    return limits.clip(one_line(text), _PREFORMATTED_CELL)
