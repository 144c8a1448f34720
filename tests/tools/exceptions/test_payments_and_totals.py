"""Whether payments agree with the totals of receipts: planted differences are found, by store and to the cent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.support.documents_world import documents_world, happenings, receipts, tender
from tools.registry import run_tool
from tools.result import ToolResult

WEEK = "2 March 2026 to 8 March 2026"


def _asked(folder: Path, *wrong: tuple[str, int]) -> ToolResult:
    """The cash report of the two shops, with some payments changed by so much."""
    amounts = dict(wrong)
    rows = [
        replace(
            row, values={**row.values, "amount_minor": row.values["amount_minor"] + amounts[row.values["tender_id"]]}
        )
        if row.table == "tender" and row.values["tender_id"] in amounts
        else row
        for row in receipts()
    ]
    drawers = [row for row in happenings() if row.table != "register_event"]
    with documents_world(folder, [*rows, *drawers, tender("tT2", "T1", "cash", 5)]) as context:
        return run_tool("exception_report", {"measure": "cash", "period": WEEK}, context)


def test_payments_that_agree_are_said_to(tmp_path: Path) -> None:
    result = _asked(tmp_path)
    # A1, A2, A3, A7, A8 and B1: voided and test documents are none, nor is a payment that failed.
    assert "payments agree with the totals of all 6 receipts." in result.headline
    assert "no drawer was counted in the data, so which was short or over is not known" in result.headline
    assert any("No register events were ever recorded" in one for one in result.caveats)


def test_payments_that_differ_are_counted_by_store(tmp_path: Path) -> None:
    result = _asked(tmp_path, ("tA1", -250), ("tA8b", 30), ("tB1", 100))
    assert (
        "payments differ from the totals of 3 of 6 receipts, by $3.80 in all"
        " (Market Street 2, $2.80; Harbor Point 1, $1.00)." in result.headline
    )
    assert result.table is not None
    assert [row[1:] for row in result.table.rows] == [(5, 2, "2.80", "-2.20"), (1, 1, "1.00", "1.00")]
    assert [f.value for f in result.figures if f.metric == "receipts_that_differ"] == ["2", "1"]
