"""Which lists make up an entity, and how the changes of each are followed.

- By stamp: the first walk goes through everything by number; a later one through what was changed within a window
  that is closed before its first page and overlaps the last by fifteen minutes.
- By number: records that are never changed; a walk goes on behind the highest number that was older than the overlap
  when it was read.
- Recent: no change stamp and no fixed past; whatever began within the last 35 days is read again, and what is not met
  then was deleted or moved out of them: a census says what was met.
- Whole: a short list, read from end to end.

A sale's ``timeStamp`` is the instant of completion once it is completed, so that a later void or an import of old
sales would not move it; ``updatetime`` does move.
Source: developers.lightspeedhq.com/retail/endpoints (Sale, sortable fields of each), .../introduction/pagination
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

from connectors.base import Entity

OVERLAP = timedelta(minutes=15)
RECENT = timedelta(days=35)


class Follow(Enum):
    """How the changes of a list are followed."""

    STAMP = auto()
    NUMBER = auto()
    RECENT = auto()
    WHOLE = auto()


@dataclass(frozen=True, slots=True)
class Feed:
    """One list of an entity.

    Args:
        path: the endpoint, such as ``Sale``.
        identity: the field of its number.
        follow: how its changes are followed.
        stamp: the field of the change stamp; of the beginning, where there is none.
        relations: what is loaded with each record.
        archives: whether it hides archived records unless asked.
        prefix: put before the number in the id of the raw record, where an entity has several lists.
    """

    path: str
    identity: str
    follow: Follow
    stamp: str = "timeStamp"
    relations: tuple[str, ...] = ()
    archives: bool = True
    prefix: str = ""

    @property
    def name(self) -> str:
        """The element of an answer that holds the records."""
        return self.path.rpartition("/")[2]


SALE_RELATIONS = (
    "SaleLines",
    "SaleLines.Discount",
    "SalePayments",
    "SalePayments.PaymentType",
    "SalePayments.SaleAccounts",
    "Discount",
)

FEEDS: Mapping[Entity, tuple[Feed, ...]] = {
    Entity.LOCATION: (Feed("Shop", "shopID", Follow.WHOLE, relations=("Contact", "TaxCategory")),),
    Entity.SUPPLIER: (Feed("Vendor", "vendorID", Follow.STAMP, relations=("Contact",)),),
    Entity.CATALOG: (
        Feed("Category", "categoryID", Follow.STAMP, archives=False, prefix="category:"),
        Feed("ItemMatrix", "itemMatrixID", Follow.STAMP, prefix="matrix:"),
        Feed(
            "Item",
            "itemID",
            Follow.STAMP,
            relations=("ItemAttributes", "ItemVendorNums", "Manufacturer", "CustomFieldValues"),
        ),
    ),
    Entity.EMPLOYEE: (Feed("Employee", "employeeID", Follow.STAMP, relations=("EmployeeRole",)),),
    Entity.CUSTOMER: (Feed("Customer", "customerID", Follow.STAMP),),
    Entity.PROMOTION: (Feed("Discount", "discountID", Follow.STAMP),),
    Entity.SALE: (Feed("Sale", "saleID", Follow.STAMP, stamp="updatetime", relations=SALE_RELATIONS),),
    Entity.REGISTER_EVENT: (
        Feed(
            "RegisterCount",
            "registerCountID",
            Follow.NUMBER,
            stamp="createTime",
            relations=("RegisterCountAmounts", "RegisterCountAmounts.PaymentType"),
            archives=False,
            prefix="count:",
        ),
        Feed(
            "RegisterWithdraw",
            "registerWithdrawID",
            Follow.NUMBER,
            stamp="createTime",
            archives=False,
            prefix="withdraw:",
        ),
        Feed("SaleVoid", "saleVoidID", Follow.NUMBER, stamp="createTime", archives=False, prefix="void:"),
    ),
    Entity.INVENTORY: (Feed("ItemShop", "itemShopID", Follow.STAMP, archives=False),),
    Entity.INVENTORY_CHANGE: (
        Feed("InventoryLog", "inventoryLogID", Follow.NUMBER, stamp="createTime", archives=False),
    ),
    Entity.TIMECARD: (Feed("EmployeeHours", "employeeHoursID", Follow.RECENT, stamp="checkIn", archives=False),),
    Entity.PURCHASE_ORDER: (Feed("Order", "orderID", Follow.STAMP, relations=("OrderLines",)),),
}


def feeds_of(entity: Entity, *, sale_stamp: str) -> tuple[Feed, ...]:
    """The lists of an entity; empty when the platform has none."""
    feeds = FEEDS.get(entity, ())
    return tuple(replace(feed, stamp=sale_stamp) for feed in feeds) if entity is Entity.SALE else feeds


def feed_of(entity: Entity, raw_id: str) -> Feed | None:
    """The list that a raw record came from, by its id."""
    fitting = [feed for feed in FEEDS.get(entity, ()) if raw_id.startswith(feed.prefix)]
    return max(fitting, key=lambda feed: len(feed.prefix), default=None)
