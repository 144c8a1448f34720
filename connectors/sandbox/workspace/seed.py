"""Who and what exists in a stand-in workspace before anybody speaks."""

from __future__ import annotations

from dataclasses import dataclass, field

BOT_SCOPES = (
    "app_mentions:read,assistant:write,channels:history,channels:join,channels:read,chat:write,commands,files:read,"
    "files:write,groups:history,im:history,im:read,im:write,reactions:read,reactions:write,team:read,users:read"
)


@dataclass(frozen=True, slots=True)
class SeedTeam:
    """The workspace itself."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class SeedUser:
    """One member; ``is_restricted`` marks a guest."""

    id: str
    name: str
    real_name: str
    tz: str = "America/New_York"
    is_admin: bool = False
    is_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class SeedChannel:
    """A public channel and its first members (user ids, the bot's included when it is in)."""

    id: str
    name: str
    topic: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeedBot:
    """The installed app and its bot user."""

    user_id: str
    bot_id: str
    app_id: str
    name: str


@dataclass(frozen=True, slots=True)
class SeedCommand:
    """A slash command of the app, with its leading slash."""

    command: str
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True, slots=True)
class WorkspaceSeed:
    """Everything a workspace starts with; ``tokens`` are the accepted ``xoxb-`` and ``xapp-`` tokens."""

    team: SeedTeam
    users: tuple[SeedUser, ...]
    channels: tuple[SeedChannel, ...]
    bot: SeedBot
    tokens: tuple[str, ...]
    commands: tuple[SeedCommand, ...] = ()
    scopes: str = field(default=BOT_SCOPES)
