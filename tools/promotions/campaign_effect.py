"""How households that were sent a campaign shopped before and during it, beside households that nothing was sent to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.analysis.intervals import Estimate, Moments, difference, pooled
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, one_currency, provenance
from tools.metrics import METRICS
from tools.metrics.coupons_query import Spell, build_spending
from tools.promotions.campaigns import Campaign, campaign_frame, chosen_campaigns, undated, whole_history
from tools.promotions.coupon_redemption import CAMPAIGN_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.stores import stores_again
from tools.wording import counted, money, span

LEAST_RECIPIENTS = 30
LEAST_OTHERS = 30
LEAST_DAYS = 14
WEEK = 7
SELECTION = (
    "Who was sent a campaign was chosen, not drawn by lot, and a campaign is sent to customers who already buy more:"
    " the"
    " comparison shows what went together, not what the campaign caused."
)
METHOD = (
    "Change per household from the weeks before to the weeks of the campaign, recipients less households that no"
    " campaign"
    " was sent to in that time (difference in differences, Welch's 95 % interval); only households that bought before."
)


class CampaignEffectArguments(Arguments):
    """Arguments of ``campaign_effect``."""

    period: str | None = Field(
        default=None,
        max_length=120,
        description="Campaigns that ran then, in the asker's own words. Leave out for every campaign so far.",
    )
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    campaign: str | None = Field(default=None, max_length=120, description=CAMPAIGN_HELP)


@tool()
def campaign_effect(arguments: CampaignEffectArguments, context: ToolContext) -> ToolResult:
    """Whether households that were sent a campaign came more often and bought more, beside those sent nothing.

    Use it for “is there evidence that direct marketing improves engagement”, “did campaign 8 bring people in”. Each
    household is held against itself before, and the change against that of households without a campaign. It is a
    correlation: recipients were chosen. Never say that a campaign caused it.
    """
    asked = campaign_frame(arguments.period, arguments.stores, context)
    one_currency(asked, None)
    campaigns = chosen_campaigns(asked, arguments.campaign)
    spells, early = _spells(asked, campaigns)
    if not spells:
        raise NoDataError(
            f"No campaign can be compared: it needs {LEAST_DAYS} days of sales during it and as many before, and sales"
            f" of {asked.stores.label} begin on {span(_first(asked), _first(asked))}."
        )
    statement = build_spending(spells, whole_history(asked), context.scope)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    names = {one.campaign_id: one for one in campaigns}
    compared = [
        each for spell in spells if (each := _compared(names[spell.campaign_id], spell, rows, asked)) is not None
    ]
    if not compared:
        raise NoDataError(
            f"Too few households to compare: at least {LEAST_RECIPIENTS} recipients and {LEAST_OTHERS} households"
            " without"
            " a campaign must have bought before one of these campaigns."
        )
    visits = pooled([(one.recipients, one.visits) for one in compared])
    net = pooled([(one.recipients, one.net) for one in compared])
    headline = _headline(asked, compared, visits, net)
    left_out = len(campaigns) - len(compared)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(compared)]),
        figures=tuple(_figures(asked, compared, visits, net)),
        table=_table(asked, compared),
        caveats=(
            SELECTION,
            METHOD,
            *(["Households in several campaigns count in each, which makes the interval over all too narrow."]
              if len(compared) > 1 else []),
            *([(f"{counted(left_out, 'campaign')} left out: too few households, or too few days before or during it"
               f" ({early} for want of days).")] if left_out else []),
            *undated(campaigns),
        ),
        follow_ups=(
            f"Coupon redemption rate by campaign{stores_again(asked.stores, context)}",
            f"Promotion lift last week{stores_again(asked.stores, context)}",
        ),
        provenance=provenance(asked, (METRICS["net_sales"], METRICS["transactions"]), [statement]),
    )  # fmt: skip


def _first(asked: Frame) -> Any:
    return min(store.first_on for store in asked.stores.stores if store.first_on)


def _spells(asked: Frame, campaigns: Sequence[Campaign]) -> tuple[list[Spell], int]:
    """The days to compare: as many whole weeks before the start as there are of the campaign so far."""
    last = max(store.last_on for store in asked.stores.stores if store.last_on)
    spells = []
    for one in campaigns:
        if one.starts_on is None:
            continue
        until = min(one.ends_on or last, last, asked.end_on)
        weeks = min((until - one.starts_on).days + 1, (one.starts_on - _first(asked)).days) // WEEK
        if weeks * WEEK < LEAST_DAYS:
            continue
        days = weeks * WEEK
        spells.append(
            Spell(
                one.campaign_id,
                one.starts_on - timedelta(days=days),
                one.starts_on,
                days,
                one.starts_on + timedelta(days=days - 1),
            )
        )
    return spells, len(campaigns) - len(spells)


@dataclass(frozen=True, slots=True)
class _Compared:
    """One campaign: who was compared, the weekly means before and during, and the difference of the changes."""

    campaign: Campaign
    weeks: int
    recipients: int
    others: int
    visits: Estimate
    net: Estimate
    visits_means: tuple[float, float, float, float]
    net_means: tuple[float, float, float, float]


def _compared(campaign: Campaign, spell: Spell, rows: Sequence[Mapping[str, Any]], asked: Frame) -> _Compared | None:
    """Per household and week; money in major units."""
    own = {row["was_sent"]: row for row in rows if row["campaign_id"] == spell.campaign_id}
    sent, other = own.get(1), own.get(0)
    if not sent or not other or sent["households"] < LEAST_RECIPIENTS or other["households"] < LEAST_OTHERS:
        return None
    scale = {"visits": float(WEEK), "net": WEEK / 10**asked.exponent}

    def change(row: Mapping[str, Any], name: str) -> Moments:
        by = scale[name]
        return Moments(int(row["households"]), row[f"{name}_change"] * by, row[f"{name}_squares"] * by * by)

    def means(name: str) -> tuple[float, float, float, float]:
        by = scale[name]
        values = [
            row[f"{name}_{when}"] * by / row["households"] for row in (sent, other) for when in ("before", "during")
        ]
        return values[0], values[1], values[2], values[3]

    return _Compared(
        campaign,
        spell.days // WEEK,
        int(sent["households"]),
        int(other["households"]),
        difference(change(sent, "visits"), change(other, "visits")),
        difference(change(sent, "net"), change(other, "net")),
        means("visits"),
        means("net"),
    )


def _verdict(one: Estimate) -> str:
    if one.above:
        return "rose more"
    return "rose less" if one.below else "did not change measurably otherwise"


def _headline(asked: Frame, compared: Sequence[_Compared], visits: Estimate, net: Estimate) -> str:
    kinds = {one.campaign.kind for one in compared}
    noun = f"{next(iter(kinds))} campaign" if len(kinds) == 1 and all(kinds) else "campaign"
    what = compared[0].campaign.name if len(compared) == 1 else counted(len(compared), noun)
    if visits.above and net.above:
        opening = "Yes, as a correlation"
    elif visits.above or net.above:
        opening = "In part, as a correlation"
    else:
        opening = "No clear evidence"
    return (
        f"{opening}: over {what}, recipients' visits {_verdict(visits)} than those of households sent nothing"
        f" ({_plainly(visits.value)} a week, 95 % interval {_plainly(visits.low)} to {_plainly(visits.high)}), and"
        f" net sales {_verdict(net)} ({_signed(net.value, asked)} a household and week, {_signed(net.low, asked)} to"
        f" {_signed(net.high, asked)}), {asked.stores.label}."
    )


def _plainly(value: float) -> str:
    """Two digits with their sign; what rounds to nought has none."""
    return "0.00" if round(value, 2) == 0 else f"{value:+.2f}"


def _signed(value: float, asked: Frame) -> str:
    amount = Decimal(str(round(value, asked.exponent)))
    return f"{'+' if amount >= 0 else ''}{money(amount, asked.currency)}"


def _sentences(compared: Sequence[_Compared]) -> list[str]:
    people = sum(one.recipients for one in compared)
    mean = [sum(one.recipients * one.visits_means[at] for one in compared) / people for at in range(4)]
    said = [
        (
            f"Recipients came {mean[0]:.2f} times a week before and {mean[1]:.2f} during, the others {mean[2]:.2f} and"
            f" {mean[3]:.2f}."
        )
    ]
    if len(compared) > 1:
        better = sum(one.net.above for one in compared)
        worse = sum(one.net.below for one in compared)
        said.append(
            f"Taken singly, net sales of recipients rose measurably more in {better} of {len(compared)} campaigns and"
            f" less in {worse}."
        )
    said.append(SELECTION)
    return said


def _figures(asked: Frame, compared: Sequence[_Compared], visits: Estimate, net: Estimate) -> list[Figure]:
    rows = [({}, visits, net), *(({"campaign": one.campaign.campaign_id}, one.visits, one.net) for one in compared)]
    made = []
    for group, of_visits, of_net in rows:
        common = (asked.stores.ids, asked.start_on, asked.end_on)
        for part in ("value", "low", "high"):
            named = {**group, "part": part} if part != "value" else group
            made.append(Figure("visits_change_per_week", f"{getattr(of_visits, part):.3f}", "visits", *common, named))
            made.append(
                Figure("net_sales_change_per_week", f"{getattr(of_net, part):.2f}", asked.currency, *common, named)
            )
    return made


def _table(asked: Frame, compared: Sequence[_Compared]) -> Table:
    named = (
        ("Campaign", "text"),
        ("Weeks", "count"),
        ("Recipients", "count"),
        ("Others", "count"),
        ("Visits a week, recipients before", "visits"),
        ("during", "visits"),
        ("others before", "visits"),
        ("others during", "visits"),
        ("Visits, difference of changes", "visits"),
        ("95 % interval, visits", "text"),
        ("Net sales a week, difference of changes", asked.currency),
        ("95 % interval, net sales", "text"),
    )
    body: list[tuple[str | int | None, ...]] = [
        (
            one.campaign.name,
            one.weeks,
            one.recipients,
            one.others,
            *(f"{value:.2f}" for value in one.visits_means),
            f"{one.visits.value:.2f}",
            f"{one.visits.low:.2f} to {one.visits.high:.2f}",
            f"{one.net.value:.2f}",
            f"{one.net.low:.2f} to {one.net.high:.2f}",
        )
        for one in compared
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), body)
