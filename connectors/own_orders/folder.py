"""The supplier's two files, each there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import structlog

from connectors.own_orders.order import Order
from connectors.own_orders.sheet import csv_of

log = structlog.get_logger()


def paths_of(folder: Path, number: str) -> tuple[Path, Path]:
    """Where an order's CSV and PDF are."""
    return folder / f"{number}.csv", folder / f"{number}.pdf"


def are_there(folder: Path, number: str) -> bool:
    """Whether both files are there."""
    return all(path.is_file() for path in paths_of(folder, number))


def write_files(folder: Path, order: Order) -> None:
    """Write both files; when it returns they survive a power cut. Not for two threads at once.

    Raises:
        OSError: the folder cannot be written; a file that was there before may still be.
    """
    # Imported here: what draws PDF takes a quarter of a second to import, which every start would pay.
    from connectors.own_orders.paper import pdf_of

    csv_path, pdf_path = paths_of(folder, order.number)
    contents = {csv_path: csv_of(order), pdf_path: pdf_of(order)}
    folder.mkdir(parents=True, exist_ok=True)
    _replace(contents)
    _flush_folder(folder)


def remove_files(folder: Path, number: str) -> None:
    """Take an order's files away again, as far as the folder lets us; without an order they mean nothing."""
    for path in paths_of(folder, number):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("own_order.not_removed", error=type(error).__name__, code=error.errno)


def _replace(contents: Mapping[Path, bytes]) -> None:
    for path, content in contents.items():
        _sweep(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _sweep(path: Path) -> None:
    """Take away what a killed process left of this file."""
    for left in path.parent.glob(f".{path.name}.*"):
        left.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Make the new names durable; where folders cannot be opened (Windows), renaming is all there is."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
