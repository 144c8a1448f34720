"""When to look at what a change did: after one whole day, after seven, and the day after a temporary one is over.

The day of the change itself is half old and half new, so it counts for neither. A look is due on the morning after its
last day, store time; nobody's phone rings at midnight.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import singledispatch
from zoneinfo import ZoneInfo

from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.price_list import PriceList
from agent.proposals.kinds.product_flags import ProductFlags
from agent.proposals.kinds.promotions import PromotionCreate, PromotionEnd
from agent.proposals.kinds.purchase_order import PurchaseOrderDraft
from agent.proposals.kinds.shifts import ShiftDraft, ShiftPublish
from agent.proposals.kinds.stock import StockAdjust, StockCount
from agent.proposals.kinds.transfer import Transfer
from agent.proposals.payload import Payload
from tools.analysis.business_day import business_date, day_begins

DAY, WEEK, END = "day", "week", "end"
MORNING = time(8)
_WEEK_DAYS = 7
_NEARLY = timedelta(minutes=1)

KINDS = (
    "price_change",
    "price_list",
    "promotion_create",
    "promotion_end",
    "product_flags",
    "stock_adjust",
    "stock_count",
    "transfer",
    "purchase_order_draft",
    "shift_draft",
    "shift_publish",
)
"""The kinds whose effect the mirror can show."""


@dataclass(frozen=True, slots=True)
class StorePlace:
    """A store with its clock and currency."""

    store_id: str
    name: str
    timezone: str
    day_starts_at: time
    currency: str

    def date_of(self, instant: datetime) -> date:
        """The business date of an instant."""
        return business_date(instant, self.timezone, self.day_starts_at)

    def begins(self, on: date) -> datetime:
        """When a business date begins."""
        return day_begins(on, self.timezone, self.day_starts_at)


@dataclass(frozen=True, slots=True)
class Due:
    """One look: its name, when it is due, and the whole days it is about (none if ``last_on`` is before ``first_on``).

    ``changed_on`` is the business date of the change; a forecast is made of the days before it.
    """

    name: str
    due_at: datetime
    changed_on: date
    first_on: date
    last_on: date


@singledispatch
def dues(payload: Payload, executed_at: datetime, place: StorePlace) -> tuple[Due, ...]:  # noqa: ARG001
    """The looks at a change of this kind; none where nothing of it can be seen in the mirror."""
    return ()


@dues.register(PriceChange)
@dues.register(PriceList)
def _(payload: PriceChange | PriceList, executed_at: datetime, place: StorePlace) -> tuple[Due, ...]:
    """From now, and until its end if it has one."""
    return _from(executed_at, payload.until, place)


@dues.register
def _(payload: PromotionCreate, executed_at: datetime, place: StorePlace) -> tuple[Due, ...]:
    """From its beginning, and until its end if it has one."""
    return _from(max(executed_at, payload.starts_at), payload.ends_at, place)


@dues.register(PromotionEnd)
@dues.register(StockAdjust)
@dues.register(StockCount)
@dues.register(Transfer)
def _(payload: Payload, executed_at: datetime, place: StorePlace) -> tuple[Due, ...]:  # noqa: ARG001
    """From now."""
    return _from(executed_at, None, place)


@dues.register
def _(payload: ProductFlags, executed_at: datetime, place: StorePlace) -> tuple[Due, ...]:
    """After a week, if it was taken into or out of sale."""
    looks = _from(executed_at, None, place) if "active" in payload.after else ()
    return tuple(look for look in looks if look.name == WEEK)


@dues.register
def _(payload: PurchaseOrderDraft, executed_at: datetime, place: StorePlace) -> tuple[Due, ...]:
    """After a week, and the day after the goods were wanted: a draft does nothing on its first day."""
    looks = [look for look in _from(executed_at, None, place) if look.name == WEEK]
    first_on = looks[0].first_on
    if payload.due_on is not None and payload.due_on > looks[0].last_on:
        looks.append(_due(END, place, looks[0].changed_on, first_on, payload.due_on))
    return tuple(looks)


@dues.register(ShiftDraft)
@dues.register(ShiftPublish)
def _(payload: ShiftDraft | ShiftPublish, executed_at: datetime, place: StorePlace) -> tuple[Due, ...]:  # noqa: ARG001
    """The day of the shift."""
    on = place.date_of(payload.starts_at)
    return (_due(DAY, place, on, on, on),)


def _from(starts_at: datetime, ends_at: datetime | None, place: StorePlace) -> tuple[Due, ...]:
    changed_on = place.date_of(starts_at)
    first_on = changed_on if starts_at == place.begins(changed_on) else changed_on + timedelta(days=1)
    wanted = [(DAY, first_on), (WEEK, first_on + timedelta(days=_WEEK_DAYS - 1))]
    if ends_at is not None:
        # The last day that it held all of; an end at 23:59:59 is that day's end.
        last_on = place.date_of(ends_at + _NEARLY) - timedelta(days=1)
        wanted = [(name, day) for name, day in wanted if day < last_on]
        wanted.append((END, last_on))
    looks = [_due(name, place, changed_on, first_on, last) for name, last in wanted]
    if ends_at is not None:
        over = place.date_of(ends_at - timedelta(microseconds=1))
        looks[-1] = replace(looks[-1], due_at=_morning(over + timedelta(days=1), place))
    return tuple(looks)


def _due(name: str, place: StorePlace, changed_on: date, first_on: date, last_on: date) -> Due:
    return Due(name, _morning(last_on + timedelta(days=1), place), changed_on, first_on, last_on)


def _morning(on: date, place: StorePlace) -> datetime:
    """Eight o'clock, or when the business date begins where that is later."""
    local = datetime.combine(on, MORNING, tzinfo=ZoneInfo(place.timezone))
    return max(local.astimezone(UTC), place.begins(on))
