"""The list of views in ``docs/answers/query.md``, written from the catalogue; run this file to write it anew."""

from __future__ import annotations

from pathlib import Path

from tools.query_gate.catalogue import VIEWS
from tools.query_gate.views import People

PAGE = Path(__file__).resolve().parents[3] / "docs" / "answers" / "query.md"
BEGIN, END = "<!-- views: begin -->", "<!-- views: end -->"
_WHO = {People.NOTHING: "", People.ID: " (not for staff)", People.NAME_AND_PAY: " (managers and owners only)"}


def views_list() -> str:
    """Every view with its columns, as the page shows them."""
    parts = []
    for view in VIEWS.values():
        parts.append(f"### `{view.name}`\n\nOne row is {view.about}{_WHO[view.people]}.\n")
        parts.append("| column | type | what it is |\n|---|---|---|")
        parts += [
            f"| `{column.name}` | {column.type} | {column.about}{_WHO[column.people]} |" for column in view.columns
        ]
        parts.append("")
    return "\n".join(parts)


def page_with_views(page: str) -> str:
    """The page with the list between its two marks."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{views_list()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page_with_views(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
