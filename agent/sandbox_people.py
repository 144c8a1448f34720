"""The people and channels of the demonstration chain as operational rows.

The stand-in workspace says who exists; this says what each of them may do. Managers approve up to a limit, the
district manager up to a higher one, the owner anything; the guest is nobody's member and is refused.
"""

from __future__ import annotations

from typing import Any

from connectors.sandbox.workspace.demo import STORES, demo_seed

_MANAGER_LIMIT_MINOR = 50_000
_DISTRICT_LIMIT_MINOR = 250_000
_DISTRICT = "North"


def sandbox_members() -> list[dict[str, Any]]:
    """Rows of the ``member`` table for the demonstration."""
    names = {user.id: user.real_name for user in demo_seed().users}
    north = [store for store, (_, _, district) in STORES.items() if district == _DISTRICT]
    rows = [
        _row("U_OWNER", "owner", [], None),
        _row("U_DISTRICT", "district_manager", north, _DISTRICT_LIMIT_MINOR),
        _row("U_ANALYST", "analyst", [], None),
    ]
    for store in STORES:
        rows.append(_row(f"U_MANAGER_{store}", "store_manager", [store], _MANAGER_LIMIT_MINOR))
        rows.append(_row(f"U_STAFF_{store}", "staff", [store], None))
    return [{**row, "name": names.get(row["user_id"], "")} for row in rows]


def sandbox_channels() -> list[dict[str, Any]]:
    """Rows of the ``channel`` table for the demonstration."""
    rows = [
        {"channel_id": f"C_{store}", "name": channel, "stores": [store]} for store, (_, channel, _) in STORES.items()
    ]
    for district in sorted({where for _, _, where in STORES.values()}):
        stores = [store for store, (_, _, where) in STORES.items() if where == district]
        rows.append({"channel_id": f"C_{district.upper()}", "name": f"district-{district.lower()}", "stores": stores})
    return rows


def _row(user_id: str, role: str, stores: list[str], limit_minor: int | None) -> dict[str, Any]:
    return {"user_id": user_id, "role": role, "stores": stores, "approve_limit_minor": limit_minor}
