"""The operator's limits in minor units of the stores' currencies."""

from __future__ import annotations

from decimal import Decimal

from agent.proposals.policy import ProposalSettings
from connectors.currency import minor_exponent
from tools.context import MirrorPort

_CURRENCIES = "SELECT DISTINCT currency FROM store"


def proposal_settings(
    four_eyes_over: Decimal | None, two_approvals_over: Decimal | None, mirror: MirrorPort
) -> ProposalSettings:
    """The settings with these bounds in major units; None for no bound.

    One bound holds for every store, each in its own currency; where they differ in digits, by the strictest reading.
    """
    exponent = min((minor_exponent(row[0]) for row in mirror.query(_CURRENCIES).rows), default=2)
    first, second = (
        None if bound is None else int(bound.scaleb(exponent)) for bound in (four_eyes_over, two_approvals_over)
    )
    return ProposalSettings(four_eyes_over_minor=first, two_approvals_over_minor=second)
