"""What the figures mean: definitions, what they leave out, how fresh they are, and why another report may differ."""

from __future__ import annotations

from pydantic import Field

from tools.context import ToolContext
from tools.directory import visible_stores
from tools.meanings import meaning_of
from tools.metrics.definitions import METRICS, metric_named
from tools.registry import Arguments, tool
from tools.result import Provenance, Table, TableColumn, ToolResult
from tools.wording import moment

_REASONS = (
    "sales tax, tips, service and shipping are not in net sales here",
    "gift cards sold are a liability, not sales",
    "a refund counts on the day it was given, not on the day of the sale",
    "days are each store's own business days, in its own time zone",
    "voided and test documents do not count",
    "documents that reached me after the other report was made count on their own day",
)


class AboutFiguresArguments(Arguments):
    """Arguments of ``about_figures``."""

    metric: str | None = Field(
        default=None, max_length=60, description="One metric in the asker's own words; left out, net sales."
    )
    term: str | None = Field(
        default=None,
        max_length=80,
        description="Instead: a word that is no metric, or two to be told apart, such as “dead stock”, “void and"
        " refund”, “new customer”, “week”.",
    )


@tool()
def about_figures(arguments: AboutFiguresArguments, context: ToolContext) -> ToolResult:
    """What a metric means here, what it leaves out, how fresh the data is, and why another report may differ from it.

    Use it for “how do you define net sales?”, “what counts as a transaction?”, “why does this number differ from the
    finance report?”, “how fresh is the data?”, “what do you mean by dead stock?”. It knows nothing of the other report
    itself.
    """
    if arguments.term:
        return _meaning(arguments.term, context)
    metric = metric_named(arguments.metric) if arguments.metric else METRICS["net_sales"]
    snapshot = context.mirror.snapshot()
    zone = next((store.timezone for store in visible_stores(context)), "UTC")
    topics = [state for topic, state in sorted(snapshot.sources.items()) if topic in metric.sources]
    fresh = "; ".join(f"{state.source} up to {moment(state.as_of_at, zone)}" for state in topics)
    headline = f"{metric.label}: {metric.definition}"
    rows = [
        ("What it is", metric.definition),
        ("Leaves out", metric.excludes or "Nothing."),
        ("Known up to", fresh or "Nothing is recorded."),
        ("Simulated", "; ".join(f"{state.source}: {state.note}" for state in topics if state.simulated) or "No."),
    ]
    return ToolResult(
        headline=headline,
        text=(
            f"{headline} It leaves out: {metric.excludes.rstrip('.').lower() or 'nothing'}. Known: "
            f"{fresh or 'nothing yet'}. Another report often differs because {'; '.join(_REASONS[:3])}."
            " Ask me for the "
            "same stores and days, and compare."
        ),
        table=Table(
            (TableColumn("About", "text"), TableColumn(metric.label, "text")),
            [*rows, *(("May differ because", reason) for reason in _REASONS)],
        ),
        follow_ups=(f"{metric.label} last week by store", f"{metric.label} last week by day"),
        provenance=Provenance(
            metrics=(metric.name,),
            stores=context.scope.store_ids,
            snapshot=snapshot.version,
            as_of=topics[0].as_of_at if topics else None,
            sources={state.source: state.as_of_at for state in topics},
        ),
    )


def _meaning(term: str, context: ToolContext) -> ToolResult:
    """What a word of answers means that is no metric."""
    found = meaning_of(term)
    text = " ".join(f"{one.label}: {one.text}" for one in found)
    return ToolResult(
        headline=f"{found[0].label}: {found[0].text}",
        text=text,
        table=Table(
            (TableColumn("Word", "text"), TableColumn("Meaning", "text")), [(one.label, one.text) for one in found]
        ),
        provenance=Provenance(stores=context.scope.store_ids, snapshot=context.mirror.snapshot().version),
    )
