"""Workflows that are on record as running and that nobody runs."""

from __future__ import annotations

from pathlib import Path

from dbos import DBOSClient


def strand(home: Path, name: str, workflow_id: str, *args: object) -> None:
    """Put a workflow into a queue that nobody works off, as if whoever was to run it had been lost on the way."""
    client = DBOSClient(system_database_url=f"sqlite:///{home / 'dbos.sqlite'}")
    try:
        client.enqueue(
            {"queue_name": "nobody", "workflow_name": name, "workflow_id": workflow_id, "app_version": "1"}, *args
        )
    finally:
        client.destroy()
