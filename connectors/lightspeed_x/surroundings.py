"""What a retailer's objects leave unsaid and others know: the currency of a sale, the store of a shift.

Asked for once and kept; asked for again when something names an outlet or a user that is not known yet. What is found
is written into the stored object under ``floorwalker``, so that mapping it again needs no network.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.lightspeed_x.client import LightspeedXClient

MARK = "floorwalker"


@dataclass(frozen=True, slots=True)
class Retailer:
    """The account. ``tax_inclusive``: its prices are with tax. ``discount_product_id`` stands for sale discounts."""

    name: str
    currency: str
    tax_inclusive: bool
    discount_product_id: str
    timezone: str


class Surroundings:
    """Remembers the retailer, its outlets and who works where. Safe from several threads."""

    def __init__(self, client: LightspeedXClient) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._retailer: Retailer | None = None
        self._outlets: dict[str, Mapping[str, Any]] = {}
        self._users: dict[str, Mapping[str, Any]] = {}

    def retailer(self) -> Retailer:
        """The account.

        Raises:
            TransientError, TerminalError: it could not be read.
        """
        with self._lock:
            if self._retailer is None:
                self._retailer = as_retailer(self._client.retailer().body)
            return self._retailer

    def outlets(self) -> Mapping[str, Mapping[str, Any]]:
        """Outlets that are open, by id; raises as ``retailer`` does."""
        found = self._known(self._outlets, "/outlets", None)
        return {outlet_id: outlet for outlet_id, outlet in found.items() if not outlet.get("deleted_at")}

    def currency_at(self, outlet_id: str) -> str:
        """The currency of an outlet, else the retailer's; raises as ``retailer`` does."""
        outlet = self._known(self._outlets, "/outlets", outlet_id).get(outlet_id) or {}
        return str(outlet.get("currency") or self.retailer().currency).upper()

    def outlet_of_user(self, user_id: str) -> str | None:
        """Where somebody works: the only outlet they may use, or the only one there is; raises as ``retailer`` does."""
        outlets = self.outlets()
        user = self._known(self._users, "/users", user_id).get(user_id) or {}
        own = home_of(user)
        if own is None and len(outlets) == 1:
            return next(iter(outlets))
        return own

    def forget(self) -> None:
        """Ask again next time."""
        with self._lock:
            self._retailer = None
            self._outlets.clear()
            self._users.clear()

    def _known(
        self, known: dict[str, Mapping[str, Any]], path: str, wanted: str | None
    ) -> dict[str, Mapping[str, Any]]:
        with self._lock:
            if not known or (wanted and wanted not in known):
                filters = {"deleted": "true"} if path == "/outlets" else {}
                known.update({str(item["id"]): item for item in self._client.all(path, **filters)})
                if wanted and wanted not in known:
                    # Not there at all: remember that too, so that it is not asked for with every object.
                    known[wanted] = {"id": wanted, "deleted_at": "unknown"}
            return dict(known)


def as_retailer(body: Any) -> Retailer:
    """The retailer out of the answer to ``/retailer``."""
    data = body.get("data") if isinstance(body, Mapping) else None
    source: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    currency = source.get("currency")
    code = currency.get("code") if isinstance(currency, Mapping) else currency
    return Retailer(
        name=str(source.get("name") or ""),
        currency=str(code or "USD").upper(),
        tax_inclusive=not source.get("tax_exclusive", False),
        discount_product_id=str(source.get("discount_product_id") or ""),
        timezone=str(source.get("timezone") or "UTC"),
    )


def home_of(user: Mapping[str, Any]) -> str | None:
    """The outlet of somebody who may use only one."""
    outlets = [str(item) for item in user.get("restricted_outlet_ids") or () if item]
    if not outlets and user.get("restricted_outlet_id"):
        outlets = [str(user["restricted_outlet_id"])]
    return outlets[0] if len(outlets) == 1 else None
