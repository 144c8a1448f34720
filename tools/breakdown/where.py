"""From phrases to exact conditions: “excluding fuel”, “only private label”, “paid by card”, “on Saturdays”.

A phrase that fits two values is asked back; one that fits none is refused with what there is. Nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pydantic import Field
from rapidfuzz import fuzz

from tools.analysis.calendar import WEEKDAYS
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.directory import visible_stores
from tools.errors import BadArgumentError, ClarifyError, NoDataError
from tools.identity import same_variants
from tools.kinds import Kind, family_of, kind_of
from tools.metrics.breakdown_plan import Condition
from tools.metrics.dimensions import (
    DIMENSIONS,
    DRY,
    HOTTEST,
    NATIONAL_BRAND,
    NO_DISPLAY,
    NO_MAILER,
    NO_PROMOTION,
    OF_WEEK,
    RAIN,
    STORE_BRAND,
    TEMPERATURES,
    Dimension,
    dimension_named,
)
from tools.metrics.values_query import build_alike, build_values
from tools.metrics.windows import Window
from tools.part import shelf_label
from tools.registry import Arguments
from tools.search import resolve_product, resolve_shelf, shelf_named, words_of
from tools.stores import StoreSet, resolve_stores
from tools.wording import listed

_CLOSE = 80
ANY_PROMOTION = frozenset({"any", "any promotion", "on promotion", "promoted"})
"""How goods in whatever promotion are asked for, as a value of the dimension promotion."""
_ANY_PLACE = frozenset({"on display", "displayed", "any display", "in the mailer", "in mailer", "mailed", "any mailer"})
_PLACED = {"display": "on display", "mailer": "in the mailer"}
_IN_NONE = {"promotion": NO_PROMOTION, "display": NO_DISPLAY, "mailer": NO_MAILER}
_TENDERS = {
    "cash": "cash", "card": "card", "credit card": "card", "debit card": "card", "gift card": "gift_card",
    "wallet": "wallet", "mobile": "wallet", "apple pay": "wallet", "google pay": "wallet",
    "store credit": "store_credit", "other": "other", "coupon": "manufacturer coupon",
    "manufacturer coupon": "manufacturer coupon",
}  # fmt: skip
_OWN = {"private label", "store brand", "own brand", "own label", "private", "house brand", "yes", "true"}
_NATIONAL = {"national brand", "national", "name brand", "branded", "manufacturer brand", "no", "false"}
_HOURS = re.compile(
    r"(?P<first>\d{1,2})(?::00)? ?(?P<a>am|pm)?(?: ?(?:-|–|to|until) ?(?P<last>\d{1,2})(?::00)? ?(?P<b>am|pm)?)?"
)
_READABLE = 120
"""Characters of a list of names that still read as part of a sentence."""
_NOT_TIME = "Say days, weeks, months and quarters with the period; only weekdays and hours can be picked out of it."


class Only(Arguments):
    """One condition on what is counted."""

    values: list[str] = Field(
        min_length=1, max_length=12, description="What is meant, in the asker's own words: “fuel”, “Saturday”, “card”."
    )
    dimension: str | None = Field(
        default=None, max_length=40, description="What it is a value of: department, brand, weekday, tender ..."
        " Leave out if unclear.",
    )  # fmt: skip
    exclude: bool = Field(default=False, description="True to leave it out (“excluding”, “without”), not to keep it.")


@dataclass(frozen=True, slots=True)
class Where:
    """What an answer is limited to: conditions, how to speak of them, and what figures carry of them."""

    conditions: tuple[Condition, ...] = ()
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """`` (only private label, without Fuel)``, or nothing."""
        parts = [f"only {_named(self.only)}"] if self.only else []
        parts += [f"without {_named(self.without)}"] if self.without else []
        return f" ({', '.join(parts)})" if parts else ""

    @property
    def group(self) -> dict[str, str]:
        """What every figure says it is limited to."""
        named = {"only": self.only, "without": self.without}
        return {key: "; ".join(words) for key, words in named.items() if words}


def _named(words: Sequence[str]) -> str:
    """Them all, or the first and how many more where names are so long that nobody would read on."""
    said = listed(words).replace("goods on display and goods in the mailer", "goods both on display and in the mailer")
    return said if len(said) <= _READABLE else listed(words, most=1)


def resolve_where(given: Sequence[Only], stores: StoreSet, windows: Sequence[Window], context: ToolContext) -> Where:
    """The exact conditions that the phrases mean.

    Raises:
        ClarifyError: a phrase fits several values.
        BadArgumentError: it fits none, or cannot be a condition.
    """
    conditions: list[Condition] = []
    only: list[str] = []
    without: list[str] = []
    for one in given:
        found = [_one(value, one, stores, windows, context) for value in one.values if value.strip()]
        if len({condition.dimension.name for condition, _ in found}) > 1 and not one.exclude:
            raise BadArgumentError(
                "Give values of one kind in a condition: departments, brands or products, not mixed."
            )
        joined: dict[str, Condition] = {}
        for condition, label in found:
            key = condition.dimension.key
            before = joined.get(key)
            values = (*before.values, *condition.values) if before else condition.values
            joined[key] = replace(condition, values=tuple(dict.fromkeys(values)))
            (without if one.exclude else only).append(label)
        conditions += joined.values()
    return Where(tuple(conditions), tuple(dict.fromkeys(only)), tuple(dict.fromkeys(without)))


def _one(
    said: str, given: Only, stores: StoreSet, windows: Sequence[Window], context: ToolContext
) -> tuple[Condition, str]:
    dimension = dimension_named(given.dimension) if given.dimension else None
    if dimension is None:
        return _anything(said, given, stores, windows, context)
    return _of(dimension, said, given, stores, windows, context)


def _of(
    dimension: Dimension, said: str, given: Only, stores: StoreSet, windows: Sequence[Window], context: ToolContext
) -> tuple[Condition, str]:
    name = dimension.name
    if name == "category" and len(given.values) > 1 and family_of(said, context) is None:
        return _one_of_several(said, given, context)
    if name in ("department", "category"):
        return _product(said, given, stores, context) if family_of(said, context) else _shelf(said, given, context)
    if name == "product":
        return _product(said, given, stores, context)
    if name == "store":
        chosen = resolve_stores(said, context)
        return Condition(dimension, chosen.ids, given.exclude), chosen.label
    if name in _IN_NONE and (placed := _placed(dimension, said, given)) is not None:
        return placed
    if name in OF_WEEK:
        return _weekdays(said, given)
    if name == "hour":
        return _hours(said, given)
    if dimension.is_time:
        raise BadArgumentError(_NOT_TIME)
    fixed = _FIXED.get(name)
    if fixed is not None:
        value = fixed(" ".join(said.lower().replace("-", " ").split()))
        if value is None:
            raise BadArgumentError(f"“{said[:60]}” is nothing {dimension.label.lower()} can be limited to.")
        return Condition(dimension, (value,), given.exclude), value
    value, label = _match(said, dimension, _values(dimension, windows, context))
    # “2” and “65+” say nothing by themselves.
    label = f"{dimension.label.lower()} {label}" if dimension.personal and label[:1].isdigit() else label
    return Condition(dimension, (value,), given.exclude), label


def _placed(dimension: Dimension, said: str, given: Only) -> tuple[Condition, str] | None:
    """All that is known to be in some promotion, on some display or in the mailer, or all that is in none."""
    none, plain = _IN_NONE[dimension.name], " ".join(said.lower().replace("-", " ").split())
    if plain in ANY_PROMOTION | _ANY_PLACE:
        where = _PLACED.get(dimension.name, "on promotion")
        return Condition(dimension, (none,), not given.exclude), f"goods {where}"
    if plain in ("none", none.lower()):
        return Condition(dimension, (none,), given.exclude), f"goods {none[0].lower()}{none[1:]}"
    return None


def _one_of_several(said: str, given: Only, context: ToolContext) -> tuple[Condition, str]:
    """A category of a list: by its name in every department, so that all of the list can be taken together."""
    found = resolve_shelf(said, context)
    same = tuple(name for name in found.categories if name.lower() == said.strip().lower())
    if not found.categories:
        return _shelf(said, given, context)
    return Condition(DIMENSIONS["category"], same or found.categories, given.exclude), said.strip()


def _product(said: str, given: Only, stores: StoreSet, context: ToolContext) -> tuple[Condition, str]:
    """One product, a shelf of that name, or a kind of goods such as “dairy”."""
    try:
        found = resolve_product(said, context, stores)
    except (ClarifyError, BadArgumentError):
        family = family_of(said, context)
        if family is None and shelf_named(said, context) is not None:
            return _shelf(said, given, context)
        family = family or kind_of(said, stores, context)
        if family is None:
            raise
    else:
        variants = same_variants(found.variant_id, stores, context)
        return Condition(DIMENSIONS["product"], variants, given.exclude), found.name
    return _of_kind(family, said, given)


def _of_kind(kind: Kind, said: str, given: Only) -> tuple[Condition, str]:
    only = kind.only
    for name, values in (("department", only.departments), ("category", only.categories), ("product", only.variants)):
        if values:
            return Condition(DIMENSIONS[name], values, given.exclude), kind.label
    raise BadArgumentError(f"“{said.strip()[:60]}” is no product here.")


def _anything(
    said: str, given: Only, stores: StoreSet, windows: Sequence[Window], context: ToolContext
) -> tuple[Condition, str]:
    """A phrase without a dimension: a shelf or brand of that name, a kind of brand, a weekday, then what is like it."""
    plain = " ".join(said.lower().replace("-", " ").split())
    if family_of(said, context) is not None:
        return _product(said, given, stores, context)
    if shelf_named(said, context) is not None:
        return _shelf(said, given, context)
    if any(plain in (store.name.lower(), store.store_id.lower()) for store in visible_stores(context)):
        return _of(DIMENSIONS["store"], said, given, stores, windows, context)
    if _own_or_national(plain):
        return _of(DIMENSIONS["private_label"], said, given, stores, windows, context)
    if _days(plain):
        return _weekdays(said, given)
    brands = [value for value, _ in _values(DIMENSIONS["brand"], windows, context) if value.lower() == plain]
    if brands:
        return Condition(DIMENSIONS["brand"], (brands[0],), given.exclude), brands[0]
    tries: tuple[Callable[[], tuple[Condition, str]], ...] = (
        lambda: _shelf_or_kind(said, given, stores, context),
        lambda: _of(DIMENSIONS["brand"], said, given, stores, windows, context),
        lambda: _of(DIMENSIONS["product"], said, given, stores, windows, context),
    )
    for attempt in tries:
        try:
            return attempt()
        except BadArgumentError:
            continue
    raise BadArgumentError(
        f"“{said.strip()[:60]}” is no department, category, brand or product here. Say what it is, or name it as the"
        " till does."
    )


def _shelf_or_kind(said: str, given: Only, stores: StoreSet, context: ToolContext) -> tuple[Condition, str]:
    """A department, or all products of that word where it is only a part of a category's name (“organic”)."""
    found, label = _shelf(said, given, context)
    if found.dimension.name == "department" or (kind := kind_of(said, stores, context)) is None:
        return found, label
    return _of_kind(kind, said, given)


def _shelf(said: str, given: Only, context: ToolContext) -> tuple[Condition, str]:
    found = resolve_shelf(said, context)
    label = shelf_label(found)
    if not found.categories:
        return Condition(DIMENSIONS["department"], found.departments, given.exclude), label
    category = DIMENSIONS["category"]
    if not found.departments:
        return Condition(category, found.categories, given.exclude), label
    both = replace(category, key=f"CONCAT({DIMENSIONS['department'].key}, ' / ', {category.key})")
    return Condition(both, (f"{found.departments[0]} / {found.categories[0]}",), given.exclude), label


def on_weekdays(only: Only) -> bool:
    """Whether a condition keeps to days of the week, or leaves some out."""
    if only.dimension:
        return dimension_named(only.dimension).name in OF_WEEK
    return all(_days(" ".join(value.lower().split())) for value in only.values)


def _days(plain: str) -> list[int]:
    text = plain.removesuffix("s")
    if text in ("weekend", "weekday", "week day", "working day"):
        return [5, 6] if text == "weekend" else [0, 1, 2, 3, 4]
    return [number for number, day in enumerate(WEEKDAYS) if text == day or (len(text) >= 3 and day.startswith(text))]


def _weekdays(said: str, given: Only) -> tuple[Condition, str]:
    days = _days(" ".join(said.lower().split()))
    if not days:
        raise BadArgumentError(f"“{said[:40]}” is no weekday. Say “Saturday”, “weekends” or “weekdays”.")
    keys = tuple((day - WEEK_START) % 7 for day in days)
    return Condition(DIMENSIONS["weekday"], keys, given.exclude), listed([WEEKDAYS[day].title() for day in days])


def _hours(said: str, given: Only) -> tuple[Condition, str]:
    found = _HOURS.fullmatch(said.strip().lower())
    if not found:
        raise BadArgumentError(f"“{said[:40]}” is no hour. Say “17” or “15-18” (three to six in the afternoon).")
    first = _clock(int(found["first"]), found["a"] or (found["b"] if found["last"] else None))
    last = first + 1 if found["last"] is None else _clock(int(found["last"]), found["b"] or found["a"])
    hours = tuple(range(first, last)) if first < last <= 24 else ()
    if not hours:
        raise BadArgumentError(f"“{said[:40]}” is no stretch of a day. Say “15-18” for three to six in the afternoon.")
    return Condition(DIMENSIONS["hour"], hours, given.exclude), f"{first:02d}:00–{last:02d}:00"


def _clock(hour: int, half: str | None) -> int:
    return hour % 12 + 12 * (half == "pm") if half else hour


def _own_or_national(plain: str) -> str | None:
    text = plain.removesuffix("s")
    return STORE_BRAND if text in _OWN else NATIONAL_BRAND if text in _NATIONAL else None


def _tender(plain: str) -> str | None:
    return _TENDERS.get(plain) or _TENDERS.get(plain.removesuffix("s"))


def _weather(plain: str) -> str | None:
    if re.search(r"\b(?:no rain|dry|sunny|fine)\b", plain):
        return DRY
    return RAIN if re.search(r"\b(?:rain\w*|wet)\b", plain) else None


def _temperature(plain: str) -> str | None:
    names = [name for _, name in TEMPERATURES] + [HOTTEST]
    return next((name for name in names if name.lower().removesuffix(" °c") in plain or plain in name.lower()), None)


_FIXED: dict[str, Callable[[str], str | None]] = {
    "private_label": _own_or_national,
    "tender": _tender,
    "weather": _weather,
    "temperature": _temperature,
}


def _values(dimension: Dimension, windows: Sequence[Window], context: ToolContext) -> list[tuple[str, str]]:
    statement = build_values(dimension, windows, context.scope)
    rows = context.mirror.query(statement.sql, statement.params).rows
    return [(str(value), str(name)) for value, name in rows if value is not None]


def _match(said: str, dimension: Dimension, values: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The one value whose key or name a phrase means: the same, its words among the name's, begun alike, or near."""
    if not values:
        raise NoDataError(f"No {dimension.label.lower()} is recorded here. {dimension.what}".strip())
    plain, words = said.strip().lower(), words_of(said)
    exact = [pair for pair in values if plain in (pair[0].lower(), pair[1].lower())]
    if exact:
        return exact[0]
    worded = [(pair, words_of(pair[1])) for pair in values]
    tests: tuple[Callable[[str, list[str]], bool], ...] = (
        lambda _, own: bool(words) and own == words,
        lambda _, own: bool(words) and set(words) <= set(own),
        lambda _, own: bool(words) and all(any(mine.startswith(word) for mine in own) for word in words),
        lambda name, _: fuzz.ratio(name.lower(), plain) >= _CLOSE,
    )
    for fits in tests:
        found = [pair for pair, own in worded if fits(pair[1], own)]
        if len(found) == 1:
            return found[0]
        if found:
            names = [name for _, name in found[:5]]
            raise ClarifyError(f"“{said.strip()[:60]}” fits {listed(names)}. Which one do you mean?", names)
    near = sorted((name for _, name in values), key=lambda name: -fuzz.ratio(name.lower(), plain))[:5]
    raise BadArgumentError(
        f"There is no {dimension.label.lower()} “{said.strip()[:60]}”. Among them are {listed(near)}."
    )


def still_inside(where: Where, windows: Sequence[Window], context: ToolContext) -> list[tuple[str, int]]:
    """Departments with fuel, where a department with fuel is left out, and its net sales in minor units."""
    out = [
        str(value)
        for one in where.conditions
        if one.exclude and one.dimension.name == "department"
        for value in one.values
    ]
    if not out:
        return []
    statement = build_alike(out, windows, context.scope)
    return [(row[0], int(row[1])) for row in context.mirror.query(statement.sql, statement.params).rows]
