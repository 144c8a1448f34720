"""The views a query may read, as the page ``docs/answers/query.md`` and the tool's own description list them.

What counts is what counts everywhere: voided and test documents and gift cards sold are left out, returns are
documents of their own with negative amounts. Customers do not occur, not even by their pseudonym.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tools.query_gate.sales_views import SALES_VIEWS
from tools.query_gate.store_views import STORE_VIEWS
from tools.query_gate.views import View

VIEWS: Mapping[str, View] = MappingProxyType({view.name: view for view in (*SALES_VIEWS, *STORE_VIEWS)})
"""Every view by name."""


def compact() -> str:
    """One line a view, for the model that writes the query."""
    return "\n".join(f"- {view.name}({', '.join(column.name for column in view.columns)})" for view in VIEWS.values())
