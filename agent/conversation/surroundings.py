"""What surrounds a question, as lines of the system prompt: today, the stores and departments that can be named.

Written for any model and read back by the planner, so both know the same names. A chain longer than the list is cut
off and said to be; the tools still know every store.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agent.conversation.cleaning import strip_hidden
from connectors.errors import ConnectorError
from tools.context import MirrorPort, Scope

LISTED_STORES = 60
LISTED_DEPARTMENTS = 60
_STORES = (
    "SELECT store_id, name, COALESCE(district, ''), timezone, COALESCE(connection, '') FROM store ORDER BY store_id"
)
_DEPARTMENTS = "SELECT department FROM product WHERE department IS NOT NULL GROUP BY department ORDER BY department"
_STORE_LINE = re.compile(r"^- ([^|\n]+) \| ([^|\n]+) \| ([^|\n]*)$", re.MULTILINE)
_DEPARTMENT_LINE = re.compile(r"^Departments: (.+)$", re.MULTILINE)
_TODAY_LINE = re.compile(r"^Today is (\d{4}-\d{2}-\d{2})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NamedStore:
    """A store as a person may name it."""

    store_id: str
    name: str
    district: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Today (ISO date in the stores' zone), what the person is, and the names within their scope."""

    today: str = ""
    role: str = ""
    stores: tuple[NamedStore, ...] = ()
    default_store_ids: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    without_pos: tuple[str, ...] = ()
    """Stores whose data comes from files: nothing at their tills can be changed from here."""

    def render(self) -> str:
        """The lines for the system prompt."""
        lines = ["# This conversation"]
        if self.today:
            lines.append(f"Today is {self.today} where the stores are, a {date.fromisoformat(self.today):%A}.")
        if self.role:
            lines.append(f"The person is: {self.role.replace('_', ' ')}.")
        if self.stores:
            lines.append("Stores the person may see, as id | name | district:")
            lines += [f"- {store.store_id} | {store.name} | {store.district}" for store in self.stores[:LISTED_STORES]]
            if len(self.stores) > LISTED_STORES:
                lines.append(f"(and {len(self.stores) - LISTED_STORES} more; list_stores knows them all)")
        if self.default_store_ids and len(self.default_store_ids) <= LISTED_STORES:
            lines.append(f"A question that names no store means: {', '.join(self.default_store_ids)}.")
        if self.without_pos:
            named = ", ".join(self.without_pos[:LISTED_STORES])
            lines.append(
                f"No point of sale is connected at {named}: prices, stock, orders, promotions and shifts cannot be"
                " changed from here; tasks for the store can be proposed. Say so before asking for details."
            )
        if self.departments:
            lines.append(f"Departments: {'; '.join(self.departments[:LISTED_DEPARTMENTS])}")
        return "\n".join(lines)


def read_surroundings(prompt: str) -> Surroundings:
    """The names found in a rendered prompt; what is not there is empty."""
    today = _TODAY_LINE.search(prompt)
    departments = _DEPARTMENT_LINE.search(prompt)
    return Surroundings(
        today=today.group(1) if today else "",
        stores=tuple(NamedStore(*(part.strip() for part in match.groups())) for match in _STORE_LINE.finditer(prompt)),
        departments=tuple(departments.group(1).split("; ")) if departments else (),
    )


class SurroundingsReader:
    """Reads the names once per state of the data."""

    def __init__(self, mirror: MirrorPort) -> None:
        self._mirror = mirror
        self._lock = threading.Lock()
        self._version: int | None = None
        self._stores: Sequence[tuple[str, ...]] = ()
        self._departments: tuple[str, ...] = ()

    def read(self, scope: Scope, now: datetime) -> Surroundings:
        """What this person could name now. A mirror that cannot be read gives none: the tools will say why."""
        try:
            stores, departments = self._names()
        except ConnectorError:
            return Surroundings(role=scope.role.value)
        visible = [row for row in stores if row[0] in set(scope.store_ids)]
        defaults = scope.default_store_ids or scope.store_ids
        zones = [row[3] for row in visible if row[0] in defaults] or ["UTC"]
        return Surroundings(
            today=now.astimezone(ZoneInfo(zones[0])).date().isoformat(),
            role=scope.role.value,
            stores=tuple(NamedStore(_line(row[0]), _line(row[1]), _line(row[2])) for row in visible),
            default_store_ids=defaults,
            departments=departments,
            without_pos=tuple(row[0] for row in visible if not row[4]),
        )

    def _names(self) -> tuple[Sequence[tuple[str, ...]], tuple[str, ...]]:
        version = self._mirror.snapshot().version
        with self._lock:
            if version != self._version:
                rows = self._mirror.query(_STORES).rows
                self._stores = [tuple(str(cell) for cell in row) for row in rows]
                self._departments = tuple(_line(str(row[0])) for row in self._mirror.query(_DEPARTMENTS).rows)
                self._version = version
            return self._stores, self._departments


def _line(text: str) -> str:
    """Store and department names are data: one line, without the separators of the list."""
    return re.sub(r"[|;]", "/", strip_hidden(text)).strip()[:80]
