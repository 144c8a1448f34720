"""Where the data comes from: which sources, how far they reach, and what of them is simulated or worked out."""

from __future__ import annotations

from tools.context import ToolContext
from tools.directory import visible_stores
from tools.registry import Arguments, tool
from tools.result import Provenance, Table, TableColumn, ToolResult
from tools.wording import counted, listed, moment, span


class DataOriginArguments(Arguments):
    """Arguments of ``data_origin``: there are none."""


@tool()
def data_origin(_: DataOriginArguments, context: ToolContext) -> ToolResult:
    """Which data there is, from where and up to when, and what of it is simulated.

    Use it for “is this real data?”, “as of when are these numbers”, “what data do you have”, “how far back does the
    data go”, “when was it last updated”, “which figures are estimated”. What a metric means is ``about_figures``.
    """
    snapshot = context.mirror.snapshot()
    stores = visible_stores(context)
    zone = next((store.timezone for store in stores), "UTC")
    states = sorted(snapshot.sources.values(), key=lambda one: (one.source != "sales", one.source))
    first = min((store.first_on for store in stores if store.first_on), default=None)
    last = max((store.last_on for store in stores if store.last_on), default=None)
    sales = snapshot.sources.get("sales")
    said = []
    if first and last:
        said.append(f"Sales of {counted(len(stores), 'store')} from {span(first, last)}.")
    else:
        said.append("No sales are recorded yet.")
    if sales:
        said.append(f"Known up to {moment(sales.as_of_at, zone)}.")
        if sales.note:
            said.append(f"Their source: {sales.note.rstrip('.')}.")
    simulated = [one.source for one in states if one.simulated]
    real = [one.source for one in states if not one.simulated]
    if simulated:
        said.append(f"Simulated, not real: {listed(simulated, most=12)}. Not simulated: {listed(real, most=12)}.")
    elif states:
        said.append("Nothing of it is marked as simulated.")
    return ToolResult(
        headline=said[0],
        text=" ".join(said),
        table=Table(
            (TableColumn("Source", "text"), TableColumn("Known up to", "text"), TableColumn("Simulated", "text"),
             TableColumn("Note", "text")),
            [(one.source, moment(one.as_of_at, zone), "yes" if one.simulated else "no", one.note) for one in states],
        ),
        follow_ups=("How is gross margin defined?", "What can you do?"),
        provenance=Provenance(
            metrics=(), stores=context.scope.store_ids, snapshot=snapshot.version,
            as_of=sales.as_of_at if sales else None, sources={one.source: one.as_of_at for one in states},
        ),
    )  # fmt: skip
