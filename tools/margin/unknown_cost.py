"""How much of what was sold has no known cost, as a caveat says it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.metrics.evaluate import Group
from tools.metrics.model import Metric, too_much_unknown
from tools.wording import counted


def unknown_cost(metrics: Sequence[Metric], whole: Group) -> list[str]:
    """How much of net sales has no known cost, if a margin is among the metrics and any has not."""
    lines, net, unknown = (whole.sums.get(name) for name in ("x_unknown_lines", "x_net", "x_unknown_net"))
    if not lines or unknown is None or not net or not any("cost" in metric.sources for metric in metrics):
        return []
    share = (abs(unknown) * 100 / abs(net)).quantize(Decimal("0.1"))
    what = "margin" if any(metric.name.startswith("gross_margin") for metric in metrics) else "the cost of goods"
    said = [f"The cost of {counted(int(lines), 'line')} is unknown ({share} % of net sales); {what} leaves them out."]
    each = next((metric.label for metric in metrics if metric.margin_each), None)
    if each and too_much_unknown(whole.sums):
        said.append(f"{each} is not told where that is more than a tenth: it would be too low.")
    return said
