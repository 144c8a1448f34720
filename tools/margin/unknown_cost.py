"""How much of what was sold has no known cost, as a caveat says it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.metrics.evaluate import Group
from tools.metrics.model import Metric, too_much_unknown
from tools.wording import counted


def unknown_share(whole: Group) -> Decimal | None:
    """Per cent of net sales without a known cost; None where returns make it no share: below nought or above all."""
    net, unknown = whole.sums.get("x_net"), whole.sums.get("x_unknown_net")
    if net is None or unknown is None or net <= 0 or not 0 <= unknown <= net:
        return None
    return unknown * 100 / net


def unknown_cost(metrics: Sequence[Metric], whole: Group) -> list[str]:
    """How much of net sales has no known cost, if a margin is among the metrics and any has not."""
    lines, net, unknown = (whole.sums.get(name) for name in ("x_unknown_lines", "x_net", "x_unknown_net"))
    if not lines or unknown is None or not net or not any("cost" in metric.sources for metric in metrics):
        return []
    share = unknown_share(whole)
    part = "" if share is None else f" ({share.quantize(Decimal('0.1'))} % of net sales)"
    what = "margin" if any(metric.name.startswith("gross_margin") for metric in metrics) else "the cost of goods"
    said = [f"The cost of {counted(int(lines), 'line')} is unknown{part}; {what} leaves them out."]
    each = next((metric.label for metric in metrics if metric.margin_each), None)
    if each and too_much_unknown(whole.sums):
        said.append(f"{each} is not told where that is more than a tenth: it would be too low.")
    return said
