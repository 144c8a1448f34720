"""What ``doctor`` says of a Lightspeed X connection: token, scopes, clocks, and what cannot be told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from connectors.base import Health
from connectors.errors import ConnectorError
from connectors.http import RejectedError
from connectors.lightspeed_x.client import PAGE, TITLE, LightspeedXClient
from connectors.lightspeed_x.surroundings import as_retailer, home_of

_SKEW_ALLOWED = timedelta(minutes=2)


def check(client: LightspeedXClient, setting: str) -> Health:
    """Try the token on everything that is read, and compare the clocks."""
    try:
        reply = client.retailer()
    except ConnectorError as error:
        return Health(ok=False, problems=(error.user_message,))
    retailer = as_retailer(reply.body)
    problems = list(_refused(client, setting))
    if reply.date is not None and abs(datetime.now(UTC) - reply.date) > _SKEW_ALLOWED:
        problems.append(f"This machine's clock differs from {TITLE}'s by more than two minutes. Set it by NTP.")
    if not problems:
        problems += _unclear(client)
    return Health(ok=not problems, account=retailer.name, problems=tuple(problems))


def _refused(client: LightspeedXClient, setting: str) -> Iterator[str]:
    def feed(path: str) -> Callable[[], object]:
        return lambda: client.feed(path, 0, 1)

    probes: tuple[tuple[str, Callable[[], object]], ...] = (
        ("outlets:read", feed("/outlets")),
        ("registers:read", feed("/registers")),
        ("products:read", feed("/products")),
        ("products:read:price_books", feed("/price_books")),
        ("sales:read", feed("/sales")),
        ("customers:read", feed("/customers")),
        ("users:read", feed("/users")),
        ("suppliers:read", feed("/suppliers")),
        ("consignments:read", feed("/consignments")),
        ("promotions:read", lambda: client.promotions(1)),
        ("inventory:read", lambda: client.inventory(0, size=1)),
        # The platform lists adjustments only to those who may make them.
        ("inventory:write", feed("/stock_adjustments")),
        ("users:read", feed("/shifts")),
    )
    for scope, probe in probes:
        try:
            probe()
        except RejectedError as error:
            yield f"Give the token in {setting} the scope {scope}." if error.status == 403 else error.user_message
        except ConnectorError as error:
            yield error.user_message


def _unclear(client: LightspeedXClient) -> Iterator[str]:
    """What works, and of which some will be missing."""
    try:
        outlets = [outlet for outlet in client.all("/outlets") if not outlet.get("deleted_at")]
        if not outlets:
            yield f"The {TITLE} account has no outlets. Create one in {TITLE}, under Setup, Outlets and Registers."
        homeless = _homeless(client) if len(outlets) > 1 and client.feed("/shifts", 0, 1).objects else 0
        if homeless:
            yield (
                f"{homeless} of the staff may work at several outlets, and {TITLE} does not say where a shift was. "
                "Restrict them to one outlet in its user settings, so that their hours belong to a store."
            )
        if len(client.promotions(PAGE * 2)) >= PAGE * 2:
            yield f"{TITLE} has more promotions than it gives at once. Archive old ones, or the newest may be missing."
    except ConnectorError as error:
        yield error.user_message


def _homeless(client: LightspeedXClient) -> int:
    """Staff, administrators aside, who are not bound to one outlet."""
    staff = [user for user in client.all("/users") if not user.get("deleted_at") and user.get("enabled", True)]
    return sum(1 for user in staff if user.get("account_type") != "admin" and home_of(user) is None)
