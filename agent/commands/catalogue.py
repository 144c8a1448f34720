"""``tools`` and ``metrics``: what can be asked for."""

from __future__ import annotations

from typing import Any

from agent.control import Invocation


def tools(_invocation: Invocation) -> list[dict[str, Any]]:
    """Every tool: name, description, whether it proposes, JSON schema of its arguments."""
    from tools.registry import catalogue

    return [
        {"name": spec.name, "description": spec.description, "proposes": spec.proposes, "schema": spec.schema()}
        for spec in catalogue().values()
    ]


def metrics(_invocation: Invocation) -> list[dict[str, Any]]:
    """Every metric: name, definition, unit, exclusions."""
    from tools.metrics import describe_metrics

    return describe_metrics()
