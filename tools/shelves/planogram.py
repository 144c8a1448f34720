"""What should stand where, and what does; each subject has a module of its own, gathered here for the catalogue."""

from __future__ import annotations

from tools.shelves.check import planogram_check, product_location
from tools.shelves.gaps import shelf_gaps
from tools.shelves.space import space_to_sales

__all__ = ["planogram_check", "product_location", "shelf_gaps", "space_to_sales"]
