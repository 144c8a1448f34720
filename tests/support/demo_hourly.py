"""The demo with an hour between two polls: what is seen sooner came by a webhook. Run as a script."""

from __future__ import annotations

from agent import cli, demo

if __name__ == "__main__":
    demo._SYNC_SECONDS = 3600
    cli.main()
