"""The reply after the tools have answered: their own words, put together, never a number of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.conversation.planner.thread import Call

ROW_CELLS = 4
NOTHING_FOUND = "The tools gave no answer to that."


def compose(calls: Sequence[Call], remark: str, focus: str | None = None) -> str:
    """The texts of the calls in order, then the plan's remark on what was left out, if it had one.

    ``focus`` is a department the question was about: its row of a split is said first.
    """
    parts = [line for call in calls if focus and (line := _row_of(call, focus))]
    parts += [said for call in calls if (said := _said(call)) and said not in parts]
    if remark.strip():
        parts.append(remark.strip())
    return "\n\n".join(parts) or NOTHING_FOUND


def _said(call: Call) -> str:
    document = call.document
    if "error" not in document:
        return str(document.get("text") or document.get("headline") or "")
    options = document.get("options") or []
    return "\n".join([str(document["error"]), *(f"• {option}" for option in options)])


def _row_of(call: Call, focus: str) -> str:
    """The row of a split that begins with ``focus``, in words: "Produce: net sales $812.40, units 301."."""
    table = call.document.get("table")
    if call.args.get("by") not in ("department", "category") or not isinstance(table, Mapping):
        return ""
    for row in table.get("rows", ()):
        if str(row[0]).lower() == focus.lower():
            cells = zip(table["columns"], row, strict=True)
            said = [_cell(str(name), str(cell)) for name, cell in cells if cell is not None]
            return f"{row[0]}: {', '.join(said[1 : 1 + ROW_CELLS])}."
    return ""


def _cell(heading: str, value: str) -> str:
    """A heading such as "Net sales (USD)" and its value, with the unit where people put it."""
    name, _, unit = heading.removesuffix(")").partition(" (")
    whole, point, fraction = value.partition(".")
    if whole.lstrip("-").isdigit():
        value = f"{int(whole):,}{point}{fraction}"
    if unit == "%":
        return f"{name.removesuffix('%').strip().lower()} {value} %"
    if unit == "USD":
        return f"{name.lower()} ${value}"
    return f"{name.lower()} {value}" + ("" if unit in ("", "units", "count", "text") else f" {unit}")
