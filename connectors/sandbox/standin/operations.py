"""An API as a table of operations, each behind its own address and with its own faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from connectors.sandbox.standin.endpoint import Endpoint, Wire
from connectors.sandbox.standin.faults import Faults

Run = TypeVar("Run")


@dataclass(frozen=True, slots=True)
class ApiOperation(Generic[Run]):
    """One thing an API does: how it is done is ``run``, and ``writes`` needs the writing token."""

    name: str
    method: str
    path: str
    run: Run
    writes: bool = False


SomeOperation = TypeVar("SomeOperation", bound=ApiOperation[Any])


@dataclass(frozen=True, slots=True)
class Call:
    """A request that passed the door: path parameters, query parameters and body."""

    path: Mapping[str, str]
    params: Mapping[str, str]
    body: Mapping[str, Any]


def api(
    operations: Iterable[SomeOperation],
    wire: Callable[[SomeOperation], Wire],
    faults: Faults,
    unknown_path: Callable[[Request, Exception], Response],
    root: str = "",
) -> Starlette:
    """The operations over HTTP, under ``root``, each answered by its ``wire``; to be mounted anywhere."""
    routes = [
        Route(root + operation.path, Endpoint(wire(operation), faults, operation.name), methods=[operation.method])
        for operation in operations
    ]
    return Starlette(routes=routes, exception_handlers={404: unknown_path, 405: unknown_path})


def faults_of(operations: Iterable[ApiOperation[Any]]) -> Faults:
    """An empty list of faults for these operations."""
    return Faults(frozenset(operation.name for operation in operations))
