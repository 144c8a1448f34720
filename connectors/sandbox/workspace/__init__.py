"""A stand-in Slack workspace: the Web API, Socket Mode, and a page to use it, on this machine and persistent."""

from connectors.sandbox.workspace.app import workspace_app
from connectors.sandbox.workspace.demo import DEMO_APP_TOKEN, DEMO_BOT_TOKEN, demo_seed
from connectors.sandbox.workspace.seed import SeedBot, SeedChannel, SeedCommand, SeedTeam, SeedUser, WorkspaceSeed
from connectors.sandbox.workspace.workspace import Workspace

__all__ = [
    "DEMO_APP_TOKEN",
    "DEMO_BOT_TOKEN",
    "SeedBot",
    "SeedChannel",
    "SeedCommand",
    "SeedTeam",
    "SeedUser",
    "Workspace",
    "WorkspaceSeed",
    "demo_seed",
    "workspace_app",
]
