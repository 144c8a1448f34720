"""People crossed by two groupings, and which cells must stay empty so that nobody can be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people were in one group before and in another after."""

    before: str
    after: str
    people: int


def crossed(before: Mapping[str, str], after: Mapping[str, str], not_yet: str, gone: str) -> list[Cell]:
    """The cells with people, by name; who is in one grouping only is ``not_yet`` or ``gone`` in the other."""
    counts: dict[tuple[str, str], int] = {}
    for key in before.keys() | after.keys():
        place = (before.get(key, not_yet), after.get(key, gone))
        counts[place] = counts.get(place, 0) + 1
    return [Cell(*place, people) for place, people in sorted(counts.items())]


def hidden_cells(cells: Sequence[Cell], least: int) -> set[Cell]:
    """The cells below ``least``, and the smallest other of a row or column that would let one be worked out.

    Row and column totals are known elsewhere, so a single empty cell is no secret: what hides has to be two cells, of
    together at least ``least`` people.
    """
    hidden = {cell for cell in cells if cell.people < least}
    changed = True
    while changed:
        changed = False
        for line in (*_lines(cells, rows=True), *_lines(cells, rows=False)):
            dark = [cell for cell in line if cell in hidden]
            light = sorted((cell for cell in line if cell not in hidden), key=lambda cell: (cell.people, cell.after))
            if dark and light and (len(dark) == 1 or sum(cell.people for cell in dark) < least):
                hidden.add(light[0])
                changed = True
    return hidden


def _lines(cells: Iterable[Cell], *, rows: bool) -> list[list[Cell]]:
    lines: dict[str, list[Cell]] = {}
    for cell in cells:
        lines.setdefault(cell.before if rows else cell.after, []).append(cell)
    return list(lines.values())
