"""“How is the Chicago region doing?”: a region that the stores do not have is named, with those that they have."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import tidy
from agent.conversation.surroundings import Surroundings

_REGION = re.compile(
    r"(?<!^)\b(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}) (?:[Rr]egions?|[Dd]istricts?|[Mm]arkets?|[Tt]errito(?:ry"
    r"|ries)|[Cc]lusters?|[Zz]ones?|metro)\b"
)
_STREET = re.compile(
    r"^\W*(?i:tell me (?:more )?about|what about) (?P<name>(?:[A-Z0-9][\w'-]* ){1,4}(?:St(?:reet)?|Ave(?:nue)?"
    r"|R(?:oa)?d|Blvd|Boulevard|Plaza|Mall|Square|Drive|Lane|Store|Outlet)\b\.?)"
)
_KNOWN_WORDS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "compare", "show"}
)
NONE_SUCH = "There is no region or district “{name}” among the stores that you can see: {districts}."
NO_STORE = "There is no store “{name}” among those that you can see: {districts}."


def read(text: str, around: Surroundings) -> Plan | None:
    """The sentence for a region by a name that no district has; None for every other question."""
    known = {store.district.lower() for store in around.stores if store.district}
    known |= {store.name.lower() for store in around.stores}
    for found in _REGION.finditer(tidy(text)):
        name = found["name"]
        if name.lower() in known or name.lower().split()[0] in _KNOWN_WORDS:
            continue
        return Plan(text=NONE_SUCH.format(name=name, districts=_districts(around)))
    street = _STREET.match(tidy(text))
    if (
        street
        and around.stores
        and not any(name in street["name"].lower() or street["name"].lower() in name for name in known)
    ):
        return Plan(text=NO_STORE.format(name=street["name"], districts=_districts(around)))
    return None


def _districts(around: Surroundings) -> str:
    """Every district with its stores; the stores alone where there are no districts."""
    stores: dict[str, list[str]] = {}
    for store in around.stores:
        stores.setdefault(store.district or "", []).append(store.name)
    if set(stores) == {""}:
        return ", ".join(stores[""])
    return "; ".join(f"{district or 'no district'} ({', '.join(names)})" for district, names in stores.items())
