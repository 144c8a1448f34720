"""Which stores a phrase means, checked against the scope, and the list of them.

A phrase that fits two stores is asked back. A name outside the scope gets the same sentence whether or not there is
such a store, so that nobody can find out by asking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from pydantic import Field
from rapidfuzz import fuzz

from tools.analysis.calendar import WEEKDAYS
from tools.context import MirrorPort, ToolContext
from tools.directory import Clock, Store, every_store, stores_among, visible_stores
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError, ToolError
from tools.registry import Arguments, tool
from tools.result import Provenance, Table, TableColumn, ToolResult
from tools.wording import counted, listed

_MANY_HOURS = 5
_CLOSE = 82
_ALL = {"", "all", "every", "each", "everywhere", "chain", "whole chain", "company", "whole company", "everything"}
_MINE = {"my", "mine", "our", "ours", "this", "here", "this channel", "own"}
_NOUN = re.compile(r"\b(?:stores?|shops?|branch(?:es)?|locations?|districts?|regions?|areas?|sites?|outlets?)\b")
_PLURAL = re.compile(r"\b(?:stores|shops|branches|locations|sites|outlets)\b")
SHORT = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "sq": "square", "ln": "lane", "dr": "drive",
    "pt": "point", "blvd": "boulevard", "hts": "heights", "plz": "plaza", "ctr": "center", "hwy": "highway",
}  # fmt: skip
"""The last words of names as they are written short."""


@dataclass(frozen=True, slots=True)
class StoreSet:
    """Stores that a question is about, by id, and how to speak of them."""

    stores: tuple[Store, ...]
    label: str
    by_id: Mapping[str, Store] = field(init=False, repr=False, compare=False)
    ids: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The ids, sorted."""
    by_clock: Mapping[Clock, Mapping[str, Store]] = field(init=False, repr=False, compare=False)
    """Those that share a clock by id: the stores of a chain share a few."""
    clock_places: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Of each store, in order, which of the clocks in ``by_clock`` it has."""
    currencies: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The currencies they trade in, sorted."""
    by_last_on: Mapping[date, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """The ids of those with sales by the last business date that has some: the stores of a chain mostly share it."""
    data: tuple[date, date] | None = field(init=False, repr=False, compare=False)
    """The first and last business date with sales of any of them; None where there are none."""

    def __post_init__(self) -> None:
        by_clock: dict[Clock, dict[str, Store]] = {}
        by_last_on: dict[date, list[str]] = {}
        for store in self.stores:
            by_clock.setdefault(store.clock, {})[store.store_id] = store
            if store.last_on:
                by_last_on.setdefault(store.last_on, []).append(store.store_id)
        object.__setattr__(self, "by_id", {store.store_id: store for store in self.stores})
        object.__setattr__(self, "ids", tuple(self.by_id))
        object.__setattr__(self, "by_clock", by_clock)
        object.__setattr__(self, "by_last_on", {last_on: tuple(ids) for last_on, ids in by_last_on.items()})
        places = {clock: place for place, clock in enumerate(by_clock)}
        object.__setattr__(self, "clock_places", tuple(places[store.clock] for store in self.stores))
        spans = [(store.first_on, store.last_on) for store in self.stores if store.first_on and store.last_on]
        data = (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None
        object.__setattr__(self, "data", data)
        object.__setattr__(self, "currencies", tuple(sorted({store.currency for store in self.stores})))

    @property
    def connections(self) -> tuple[str, ...]:
        """The accounts their sales come from, sorted; empty if any store has none."""
        named = {store.connection for store in self.stores}
        return () if "" in named else tuple(sorted(named))

    def hour_place(self, hour: int) -> int:
        """Where an hour of the clock lies in the business day: that after midnight is its end where it begins at five.

        By the clock where the days of the stores do not begin together.
        """
        begins = {starts_at.hour for _, starts_at in self.by_clock}
        return (hour - begins.pop()) % 24 if len(begins) == 1 else hour

    def name(self, store_id: str) -> str:
        """A store's name."""
        return self.by_id[store_id].name if store_id in self.by_id else store_id

    def currency(self, store_id: str) -> str:
        """A store's currency; that of the first for an id that is none of them, such as a department's."""
        return self.by_id[store_id].currency if store_id in self.by_id else self.stores[0].currency


def resolve_stores(phrase: str | None, context: ToolContext) -> StoreSet:
    """The stores that ``phrase`` means, all of them within the scope.

    Raises:
        ClarifyError: it fits more than one store.
        BadArgumentError: it fits none, and the person may see every store.
        NotAllowedError: it fits none that the person may see.
        NoDataError: there are no stores at all.
    """
    visible = visible_stores(context)
    if not visible:
        raise NoDataError("There are no stores to answer about yet: load data or connect a point of sale first.")
    text = _plain(phrase or "")
    bare = _bare(text)
    if phrase is None or not text or (bare in _MINE):
        return _these(context, context.scope.default_store_ids)
    if bare in _ALL:
        return _these(context, ())
    try:
        return _set(_part(text, phrase, visible, context), visible)
    except (BadArgumentError, NotAllowedError):
        parts = [part for part in re.split(r"\s*(?:,|;|&|/|\+|\band\b|\bor\b|\bplus\b)\s*", text) if part]
        if len(parts) < 2:
            raise
    chosen = {store.store_id for part in parts for store in _part(part, part, visible, context)}
    return _set([store for store in visible if store.store_id in chosen], visible)


def _these(context: ToolContext, store_ids: tuple[str, ...]) -> StoreSet:
    """Those of the visible stores that are named by their ids; all of them where none is."""
    mirror, version = context.mirror, context.mirror.snapshot().version
    return _some(mirror, version, context.scope.store_ids, store_ids)  # type: ignore[arg-type]  # a reader is hashable


@lru_cache(maxsize=64)
def _some(mirror: MirrorPort, version: int, visible_ids: tuple[str, ...], store_ids: tuple[str, ...]) -> StoreSet:
    visible = stores_among(mirror, version, visible_ids)  # type: ignore[arg-type]  # a reader is hashable
    named = set(store_ids)
    return _set([store for store in visible if store.store_id in named] or visible, visible)


def stores_again(chosen: StoreSet, context: ToolContext) -> str:
    """What a further question adds to mean the same stores; nothing where a question that names none means them."""
    visible = visible_stores(context)
    if chosen.ids == resolve_stores(None, context).ids:
        return ""
    if len(chosen.stores) == len(visible):
        return " for all stores"
    districts = {store.district for store in chosen.stores}
    of_district = [store for store in visible if store.district in districts]
    if len(districts) == 1 and "" not in districts and len(chosen.stores) == len(of_district) > 1:
        return f" in the {districts.pop()} stores"
    return f" at {listed([store.name for store in chosen.stores], most=len(visible))}"


def _set(stores: Sequence[Store], visible: Sequence[Store]) -> StoreSet:
    chosen = tuple(sorted(stores, key=lambda store: store.store_id))
    districts = {store.district for store in chosen}
    if len(chosen) == 1:
        label = chosen[0].name
    elif len(chosen) == len(visible):
        label = f"all {len(chosen)} stores"
    elif (
        len(districts) == 1
        and (district := districts.pop())
        and (len(chosen) == sum(store.district == district for store in visible))
    ):
        label = f"the {len(chosen)} {district} stores"
    else:
        label = listed([store.name for store in chosen])
    return StoreSet(chosen, label)


def _plain(phrase: str) -> str:
    text = re.sub(r"[#“”\"'’?!.()]", " ", phrase.lower()).replace("_", " ")
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    text = " ".join(SHORT.get(word, word) for word in text.split())
    return re.sub(r"^(?:(?:in|at|for|of|the|all of) )+", "", text)


def _bare(text: str) -> str:
    return " ".join(_NOUN.sub(" ", re.sub(r"^all (?=.)", "", text)).split()) if text != "all" else "all"


def _part(text: str, said: str, visible: Sequence[Store], context: ToolContext) -> list[Store]:
    """The stores one name means; more than one only for a district or a plural."""
    bare = _bare(text)
    exact = [store for store in visible if text in _names(store) or bare in _names(store)]
    if exact:
        return _one(exact, said)
    district = [store for store in visible if store.district and bare == _plain(store.district)]
    if district:
        return district
    everyone = every_store(context)
    outside = [store for store in everyone if store not in visible]
    if any(text in _names(store) or bare in (*_names(store), _plain(store.district)) for store in outside):
        raise _not_there(said, visible, everyone)
    worded = [store for store in visible if bare and _words_fit(bare, _plain(store.name))]
    if len(worded) > 1 and _PLURAL.search(text):
        return worded
    if worded:
        return _one(worded, said)
    return _closest(bare, said, visible, everyone)


def _names(store: Store) -> tuple[str, ...]:
    number = re.search(r"(\d+)$", store.store_id)
    ident, name = store.store_id.lower(), _plain(store.name)
    return (ident, name, _bare(name), f"{name} {ident}", *([str(int(number[1]))] if number else []))


def _words_fit(phrase: str, name: str) -> bool:
    words = name.split()
    return all(any(word.startswith(part) for word in words) for part in phrase.split())


def _closest(bare: str, said: str, visible: Sequence[Store], everyone: Sequence[Store]) -> list[Store]:
    """A misspelt name or district; what lies outside the scope competes, so that it is not taken for another."""
    scored = [(fuzz.ratio(bare, _plain(store.name)), store) for store in everyone]
    best = max((score for score, _ in scored), default=0)
    districts = {store.district: fuzz.ratio(bare, _plain(store.district)) for store in visible if store.district}
    for district, score in districts.items():
        if score >= _CLOSE and score > best:
            return [store for store in visible if store.district == district]
    near = [store for score, store in scored if score >= _CLOSE and best - score < 4]
    if not near or any(store not in visible for store in near):
        raise _not_there(said, visible, everyone)
    return _one(near, said)


def _one(stores: list[Store], said: str) -> list[Store]:
    if len(stores) == 1:
        return stores
    names = [f"{store.name} ({store.store_id})" for store in stores]
    raise ClarifyError(f"“{said.strip()[:60]}” fits {listed(names, 'and')}. Which one do you mean?", names[:5])


def _not_there(said: str, visible: Sequence[Store], everyone: Sequence[Store]) -> ToolError:
    names = listed([f"{store.name} ({store.store_id})" for store in visible], most=12)
    sentence = f"You can see {names}; “{said.strip()[:60]}” is not among them."
    return BadArgumentError(sentence) if len(visible) == len(everyone) else NotAllowedError(sentence)


class ListStoresArguments(Arguments):
    """Arguments of ``list_stores``."""

    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Only these, in the asker's own words: “north stores”. Leave out for all the asker may see.",
    )


def week_hours(store: Store) -> str:
    """Opening hours of the week with equal days together, ``Mon–Sat 06:00–22:00, Sun closed``; empty if not known."""
    if not store.open_hours:
        return ""
    days = [store.open_hours.get(weekday) or "closed" for weekday in range(7)]
    parts, start = [], 0
    for weekday in range(1, 8):
        if weekday == 7 or days[weekday] != days[start]:
            first, last = WEEKDAYS[start][:3].title(), WEEKDAYS[weekday - 1][:3].title()
            parts.append(f"{first if first == last else f'{first}–{last}'} {days[start]}")
            start = weekday
    return ", ".join(parts)


def _hours(stores: Sequence[Store]) -> list[str]:
    """When they are open, those with equal hours together; nothing where it is not known or too much to say."""
    alike: dict[str, list[str]] = {}
    for store in stores:
        if hours := week_hours(store):
            alike.setdefault(hours, []).append(store.name)
    if not alike or len(alike) > _MANY_HOURS:
        return []
    if len(alike) == 1 and len(next(iter(alike.values()))) == len(stores):
        return [f"Open {next(iter(alike))}."]
    return [f"Open: {'; '.join(f'{listed(names, most=4)} {hours}' for hours, names in alike.items())}."]


@tool()
def list_stores(arguments: ListStoresArguments, context: ToolContext) -> ToolResult:
    """The stores the asker may see: id, name, district, time zone, opening hours and how far their data reaches."""
    chosen = resolve_stores(arguments.stores or "all", context)
    snapshot = context.mirror.snapshot()
    rows = [
        (
            store.store_id,
            store.name,
            store.district or None,
            store.timezone,
            store.currency,
            store.open_hours.get(store.today(context.clock.now()).weekday()) or None,
            store.first_on.isoformat() if store.first_on else None,
            store.last_on.isoformat() if store.last_on else None,
            week_hours(store) or None,
        )
        for store in chosen.stores
    ]
    names = ("Id", "Store", "District", "Time zone", "Currency", "Open today", "Data from", "Data to", "Hours")
    units = ("text", "text", "text", "text", "text", "text", "date", "date", "text")
    same = stores_again(chosen, context)
    headline = (
        f"You can see {counted(len(chosen.stores), 'store')}: {listed([s.name for s in chosen.stores], most=12)}."
    )
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_hours(chosen.stores)]),
        table=Table(tuple(TableColumn(*pair) for pair in zip(names, units, strict=True)), rows),
        follow_ups=(f"Net sales yesterday by store{same}", f"Compare last week with the week before by store{same}"),
        provenance=Provenance(
            stores=chosen.ids,
            snapshot=snapshot.version,
            as_of=snapshot.sources["sales"].as_of_at if "sales" in snapshot.sources else None,
            sources={topic: state.as_of_at for topic, state in snapshot.sources.items() if topic == "sales"},
        ),
    )
