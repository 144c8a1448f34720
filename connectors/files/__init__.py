"""Canonical CSV and Parquet files: how any POS that can export reaches the mirror."""

from __future__ import annotations

from connectors.files.load import load_folder
from connectors.files.report import LoadReport

__all__ = ["LoadReport", "load_folder"]
