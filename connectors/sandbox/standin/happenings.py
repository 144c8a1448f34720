"""What can be made to happen in a stand-in's shop, in the same words for every platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from connectors.credentials import Secret


class RefusalError(Exception):
    """The stand-in refuses a request: HTTP status, a sentence, and the field it is about."""

    def __init__(self, status: int, detail: str, field: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.field = field


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """Where events are sent and the key they are signed with."""

    url: str
    key: Secret


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was made to happen: what to answer, and the platform's own event that tells of it."""

    answer: Mapping[str, Any]
    event: Any


class StandIn(Protocol):
    """A stateful stand-in. Requests name stores, products and people by the ids that the stand-in's shop has.

    Every method that makes something happen raises ``RefusalError`` with a 4xx that names the field.
    """

    webhook: WebhookTarget | None

    def now(self) -> datetime:
        """The stand-in's present."""
        ...

    def play(self) -> int:
        """Let the sales that are due by now happen; how many there were."""
        ...

    def effects(self) -> Mapping[str, Any]:
        """Every write that came over the API and was applied, oldest first: ``{"effects": [...]}``."""
        ...

    def sell(self, request: Mapping[str, Any]) -> Happening:
        """Ring up ``lines`` of ``variant_id``, ``quantity`` (``price_minor``, ``discount_minor``) at ``store_id``.

        Optional: ``order_discount_minor``, ``tip_minor``, ``employee_id``, ``register_id``, ``customer_id``. The answer
        has ``order_id``, ``store_id``, ``state``, ``total_minor``, ``at``.
        """
        ...

    def void(self, request: Mapping[str, Any]) -> Happening:
        """Cancel ``order_id`` as if it had never been paid."""
        ...

    def refund(self, request: Mapping[str, Any]) -> Happening:
        """Give money back on ``order_id``: ``amount_minor``, ``lines`` of ``line_no`` and ``quantity``, or the rest."""
        ...

    def clock_in(self, request: Mapping[str, Any]) -> Happening:
        """Open a timecard for ``employee_id`` at ``store_id``."""
        ...

    def clock_out(self, request: Mapping[str, Any]) -> Happening:
        """Close the open timecard of ``employee_id``."""
        ...

    def strike(self, request: Mapping[str, Any]) -> Happening:
        """Somebody deletes the time card ``timecard_id`` in the back office."""
        ...

    def reprice(self, request: Mapping[str, Any]) -> Happening:
        """Somebody sets ``price_minor`` of ``variant_id`` at the till's back office, at ``store_id`` or everywhere."""
        ...

    def recount(self, request: Mapping[str, Any]) -> Happening:
        """Somebody counts ``quantity`` of ``variant_id`` at ``store_id``."""
        ...

    def retire(self, request: Mapping[str, Any]) -> Happening:
        """Somebody deletes or archives ``variant_id``."""
        ...

    def tell(self, happening: Happening) -> None:
        """Send the happening's webhook, where a target is set and the platform has one."""
        ...
