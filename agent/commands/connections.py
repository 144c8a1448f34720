"""What ``doctor`` says of each POS connection: whether it answers, what was pulled, what was not understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import duckdb

from agent.errors import FloorwalkerError
from agent.wiring import Application
from connectors.base import Entity, Reader, Support
from connectors.errors import ConnectorError, InputError
from connectors.manifest import load_manifest

Told = tuple[str, str, str]
"""Name of the check, ``ok``, ``warn`` or ``bad``, and a sentence."""

_SHOWN = 5


def connection_health(application: Application) -> Iterator[Told]:
    """Every connection: platform and level, problems, last pulls, failures, unknown fields, records set aside."""
    try:
        specs = application.connections
    except FloorwalkerError as error:
        yield "pos", "bad", error.user_message
        return
    if not specs:
        yield (
            "pos",
            "warn",
            "No POS is connected; set an access token such as SQUARE_ACCESS_TOKEN (docs/connectors.md).",
        )
    for name, reader in application.readers.items():
        manifest = load_manifest(reader.platform)
        what = f"{manifest.title}, {manifest.quality}"
        try:
            health = reader.check()
        except ConnectorError as error:
            yield f"pos: {name}", "bad", f"{what}: {error.user_message}"
        else:
            said = health.account if health.ok else " ".join(health.problems)
            yield f"pos: {name}", "ok" if health.ok else "bad", f"{what}: {said}" if said else what
        yield from _mirrored(application, name, reader)
        if specs[name].write is None and any(entry.write is not Support.NO for entry in manifest.actions.values()):
            setting = manifest.write.setting
            yield (
                f"pos: {name}: writing",
                "warn",
                f"There is no token that may write ({setting}), so approved changes cannot be carried out.",
            )


def _mirrored(application: Application, name: str, reader: Reader) -> Iterator[Told]:
    try:
        query = application.mirror.reader.query
        pulled = dict(query(_PULLED, {"name": name}).rows)
        failures = query(_FAILED, {"name": name}).rows
        drift = query(_DRIFT, {"name": name}).rows
        rejected = query(_REJECTED, {"name": name}).rows
        unfinished = query(_REBUILD, {"name": name}).rows
    except InputError:
        return
    except duckdb.CatalogException:
        yield (
            f"pos: {name}: pulls",
            "warn",
            "The mirror is of an older layout; the next `floorwalker sync` brings it up to date.",
        )
        return
    yield _pulls(name, reader, pulled)
    for entity, failed_at, reason in failures:
        yield f"pos: {name}: {_noun(entity)}", "bad", f"Not pulled since {_minute(failed_at)}: {reason}"
    if drift:
        paths = ", ".join(f"{_noun(entity)} {path} ({objects})" for entity, path, objects in drift[:_SHOWN])
        more = f" and {len(drift) - _SHOWN} more" if len(drift) > _SHOWN else ""
        said = f"{len(drift)} fields that this version does not know are kept with the raw objects: {paths}{more}."
        yield f"pos: {name}: new fields", "warn", f"{said} An update may make use of them."
    for entity, count, reason in rejected:
        said = f"{count} records of {_noun(entity)} could not be understood and are kept: {reason}"
        remedy = "Their later versions are taken by themselves; after an update run `floorwalker sync --rebuild`."
        yield f"pos: {name}: set aside", "warn", f"{said} {remedy}"
    if unfinished:
        yield f"pos: {name}: rebuild", "warn", "A rebuild was not finished; run `floorwalker sync --rebuild` again."


def _pulls(name: str, reader: Reader, pulled: Mapping[str, datetime]) -> Told:
    offered = [entity for entity in Entity if reader.capabilities()[entity].read is not Support.NO]
    missing = [_noun(entity.value) for entity in offered if entity.value not in pulled]
    if not pulled:
        return f"pos: {name}: pulls", "warn", "Nothing was pulled yet; run `floorwalker sync`."
    parts = [f"{_noun(entity.value)} {_minute(pulled[entity.value])}" for entity in offered if entity.value in pulled]
    said = f"up to (UTC): {', '.join(parts)}"
    if missing:
        return f"pos: {name}: pulls", "warn", f"{said}; not yet {', '.join(missing)}: run `floorwalker sync`."
    return f"pos: {name}: pulls", "ok", said


def _noun(entity: Any) -> str:
    return str(entity).replace("_", " ")


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


_PULLED = "SELECT entity, until_at FROM sync_cursor WHERE connection = $name"
_FAILED = "SELECT entity, failed_at, reason FROM sync_failure WHERE connection = $name ORDER BY failed_at"
_DRIFT = "SELECT entity, path, objects FROM schema_drift WHERE connection = $name ORDER BY objects DESC, entity, path"
_REJECTED = (
    "SELECT entity, count(*), arg_max(reason, last_seen_at) FROM rejected_record WHERE connection = $name "
    "GROUP BY entity ORDER BY entity"
)
_REBUILD = "SELECT entity FROM rebuild_state WHERE connection = $name"
