"""The people and channels of the demo chain: one channel per store, one per district, a DM with the bot for each."""

from __future__ import annotations

from connectors.sandbox.workspace.seed import SeedBot, SeedChannel, SeedTeam, SeedUser, WorkspaceSeed

STORES = {
    "S01": ("Market Street", "market-street", "North"),
    "S02": ("Harbor Point", "harbor-point", "South"),
    "S03": ("Maple Avenue", "maple-avenue", "North"),
    "S04": ("Harbor Street", "harbor-street", "South"),
    "S05": ("Station Road", "station-road", "North"),
}
MANAGERS = {
    "S01": "Grace Lindqvist",
    "S02": "Tomás Herrera",
    "S03": "Aisha Bello",
    "S04": "Peter Novak",
    "S05": "Mei Tanaka",
}
STAFF = {
    "S01": "Jonah Reyes",
    "S02": "Kayla Brooks",
    "S03": "Sam Okafor",
    "S04": "Ida Larsen",
    "S05": "Rahul Mehta",
}
DEMO_BOT_TOKEN = "xoxb-demo-floorwalker"  # noqa: S105 - accepted by the stand-in alone
DEMO_APP_TOKEN = "xapp-1-demo-floorwalker"  # noqa: S105 - accepted by the stand-in alone
EVERYWHERE = ("U_BOT", "U_OWNER", "U_ANALYST", "U_GUEST")


def demo_seed() -> WorkspaceSeed:
    """The demo workspace: five stores in two districts.

    The guest is invited to every channel, so that anyone can see it being refused.
    """
    users = [
        SeedUser("U_OWNER", "nora", "Nora Whitfield", is_admin=True, title="Owner"),
        SeedUser("U_DISTRICT", "dmitri", "Dmitri Castellan", title="District manager, North"),
        SeedUser("U_ANALYST", "lena", "Lena Fischer", title="Analyst"),
    ]
    channels: list[SeedChannel] = []
    for store, (name, channel, district) in STORES.items():
        manager, staff = f"U_MANAGER_{store}", f"U_STAFF_{store}"
        users.append(_person(manager, MANAGERS[store], f"Store manager, {name}"))
        users.append(_person(staff, STAFF[store], f"Associate, {name}"))
        members = (*EVERYWHERE, manager, staff, *(("U_DISTRICT",) if district == "North" else ()))
        channels.append(SeedChannel(f"C_{store}", channel, f"{name} · {district} district", members))
    for district in ("North", "South"):
        stores = [store for store, (_, _, where) in STORES.items() if where == district]
        members = (*EVERYWHERE, "U_DISTRICT", *(f"U_MANAGER_{store}" for store in stores))
        names = ", ".join(STORES[store][0] for store in stores)
        channels.append(SeedChannel(f"C_{district.upper()}", f"district-{district.lower()}", names, members))
    users.append(SeedUser("U_GUEST", "visitor", "Alex Visitor", is_restricted=True, title="Guest"))
    return WorkspaceSeed(
        team=SeedTeam("T_DEMO", "Corner & Main Grocers", "corner-and-main"),
        users=tuple(users),
        channels=tuple(channels),
        bot=SeedBot("U_BOT", "B_FLOORWALKER", "A_FLOORWALKER", "floorwalker"),
        tokens=(DEMO_BOT_TOKEN, DEMO_APP_TOKEN),
    )


def _person(user_id: str, real_name: str, title: str) -> SeedUser:
    return SeedUser(user_id, real_name.split()[0].lower(), real_name, title=title)
