"""What a split or a condition makes a figure mean: said beside the numbers, never left to be guessed."""

from __future__ import annotations

from tools.breakdown.rows import Breakdown
from tools.breakdown.view import KEPT_ROWS
from tools.metrics.breakdown_plan import adds_up
from tools.wording import listed


def meaning(made: Breakdown) -> list[str]:
    """What must be known to read the figures."""
    said = [*_counted(made), *_dimensions(made)]
    if made.metrics[0].denominator and made.order.by == "value" and made.plan.by and not made.plan.by[0].is_time:
        said.append(f"{made.metrics[0].label} is a rate: groups that sold little can lead it.")
    voids = [metric for metric in made.metrics if metric.name.startswith("void_rate")]
    if voids and not any(made.whole.sums.get(f"n_{metric.name}") for metric in voids):
        said.append("No voided sale is recorded; that may mean that the point of sale does not report them.")
    refunds = [metric for metric in made.metrics if metric.name.startswith(("refund_rate", "returns"))]
    if refunds and not any(made.whole.sums.get(f"n_{metric.name}") for metric in refunds):
        said.append("No refund is recorded; that may mean that the point of sale does not report them.")
    if len(made.rows) > KEPT_ROWS:
        said.append(f"The first {KEPT_ROWS:,} of {len(made.rows):,} rows are kept.")
    if made.other and made.other.versus.periods[0].days != made.asked.period.days:
        said.append("The two periods differ in length.")
    return said


def _counted(made: Breakdown) -> list[str]:
    """How documents were counted."""
    plan = made.plan
    containing = [
        metric.label for metric in made.metrics if not adds_up(metric, plan) and metric.name != "paid_transactions"
    ]
    said = []
    if containing:
        said.append(
            f"{listed(containing)}: a transaction counts in every group it contains, so the groups do not add up to the"
            " total."
        )
    elif plan.contains and any("transactions" in f"{one.numerator} {one.denominator}" for one in made.metrics):
        said.append("Transactions are those that contain what is counted here.")
    if any(one.dimension.name == "tender" for one in plan.where) and made.metrics[0].sources != ("tender",):
        said.append("A sale paid in several ways counts wholly where one of them is meant.")
    return said


def _dimensions(made: Breakdown) -> list[str]:
    """What the dimensions mean."""
    names = {one.name for one in made.plan.dimensions}
    said = [sentence for name, sentence in _SAID.items() if name in names]
    if names & {"weather", "temperature"}:
        said.append(_WEATHER)
        state = made.asked.snapshot.sources.get("weather")
        if state is not None and state.simulated:
            said.append("The weather is simulated.")
    if "supplier" in names:
        state = made.asked.snapshot.sources.get("supplier")
        if state is not None and state.simulated:
            said.append("The suppliers are simulated.")
    return said


_SAID = {
    "region": "A region is the store's state or province, or its district where none is recorded.",
    "period": "Periods are those of the 4-5-4 retail calendar; the first and last may be there in part.",
    "promotion": "A product in several promotions at once counts in the first of them by id.",
    "display": "A product on several displays at once counts with the first of them by name.",
    "mailer": "A product in several places of the mailer at once counts with the first of them by name.",
    "discount_depth": (
        "The depth is what was taken off a line, of its gross amount. That much sold at a depth does not say that the"
        " discount made it: promotion lift and the optimal discount estimate that."
    ),
    "supplier": "A product counts for the supplier who delivers it now; who delivered the goods sold is not recorded.",
}
_WEATHER = (
    "A store's day is one of rain when at least 1 mm fell in its trading hours; its temperature is their mean. One with"
    " hours that are not known, and without rain in the others, is neither dry nor wet. That"
    " figures go with the weather does not say that it made them."
)
