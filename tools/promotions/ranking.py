"""Promotions (or displays, departments ...) in the order of what they brought: lift, sales, units, margin or return."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.analysis.lift import Lift
from tools.frame import Frame
from tools.promotions.answer import Measured, Side, amount_said, extra_net, plus
from tools.wording import counted

_NAMED = 10
_NOT_IN_IT = "Margin has no interval of its own here, and what other goods in the baskets earned is not in it."
Parts = tuple[tuple[Side, Lift | None], ...]


def money_first(asked: Frame, found: Measured, names: Sequence[str], rank_by: str) -> list[str]:
    """What all of them together brought in by the figure asked for; nothing where that is the lift or the units."""
    side = found.whole
    what = f"{f'Promotion {names[0]}' if names else 'Promotions'}{asked.subject} {asked.when}, {asked.stores.label},"
    if rank_by == "net_sales":
        net = f"{amount_said(side.net, asked)} against {amount_said(side.expected_net, asked)} expected without"
        return [f"{what} changed net sales by {extra_net(asked, side, found.lift)}: {net}."]
    if rank_by not in ("margin", "roi"):
        return []
    if side.extra_margin is None or side.margin is None:
        return [f"{what} sold goods of which the cost of more than a tenth is unknown, so what they earned is too."]
    way = "more" if side.extra_margin >= 0 else "less"
    margin = f"{amount_said(abs(side.extra_margin), asked)} {way} gross margin than expected without"
    if rank_by == "roi" and side.roi is not None:
        discounts = f"{amount_said(side.extra_discount, asked)} more in discounts"
        return [f"{what} returned {side.roi:+.0f} % on {discounts}: {margin}.", _NOT_IN_IT]
    back = "" if side.roi is None else f", {side.roi:+.0f} % on {amount_said(side.extra_discount, asked)} of discounts"
    return [f"{what} made {margin} ({amount_said(side.margin, asked)} in all{back}).", _NOT_IN_IT]


def in_order(parts: Parts, rank_by: str, order: str, limit: int | None) -> Parts:
    """The parts by a figure of theirs, those too thin for a lift last; at most ``limit`` of them."""
    sign = 1 if order == "bottom" else -1

    def key(pair: tuple[Side, Lift | None]) -> tuple[bool, Decimal, str]:
        value = _value(pair, rank_by)
        return pair[1] is None or value is None, sign * (value or Decimal(0)), pair[0].name

    return tuple(sorted(parts, key=key)[:limit])


def _value(pair: tuple[Side, Lift | None], rank_by: str) -> Decimal | None:
    """Lift as a ratio, money in minor units, or units above the expected ones."""
    side, lift = pair
    if rank_by == "net_sales":
        return side.extra_net
    if rank_by == "units":
        return side.units - Decimal(str(round(side.expected_units, 2)))
    if rank_by == "margin":
        return side.extra_margin
    if rank_by == "roi":
        return None if side.roi is None or lift is None else Decimal(str(side.roi))
    return None if lift is None else Decimal(str(lift.ratio))


def ranking(asked: Frame, found: Measured, by: str, rank_by: str, order: str) -> list[str]:
    """The order by what was brought, in words; nothing for the lift, which the parts are told by anyway."""
    if rank_by == "margin":
        return losers(asked, found, by)
    if rank_by == "roi":
        return _returns(found, by, order)
    told = [(side, lift) for side, lift in found.parts if lift is not None]
    if rank_by == "lift" or not told:
        return []
    end = "least" if order == "bottom" else "most"
    if rank_by == "net_sales":
        named = "; ".join(f"{side.said} {extra_net(asked, side, lift)}" for side, lift in told[:6])
        return [f"Net sales above the expected ones by {by}, {end} first: {named}."]
    named = "; ".join(f"{side.said} {float(side.units) - side.expected_units:+,.0f}" for side, _ in told[:6])
    return [f"Units above the expected ones by {by}, {end} first: {named}."]


def _returns(found: Measured, by: str, order: str) -> list[str]:
    """The return on the discounts of each part that sold enough for a lift, and how many have none."""
    judged = [side for side, lift in found.parts if lift is not None]
    known = [f"{side.said} {side.roi:+.0f} %" for side in judged if side.roi is not None]
    said = []
    if known:
        end = "lowest" if order == "bottom" else "highest"
        said.append(f"Return on discounts by {by}, {end} first: {'; '.join(known[:_NAMED])}.")
    if few := len(found.parts) - len(judged):
        said.append(f"{counted(few, by)} sold too little for a return to be told.")
    if unknown := len(judged) - len(known):
        said.append(
            f"{counted(unknown, by)} without a return: no extra discount, or costs that are not known well enough."
        )
    return said


def cut(by: str, limit: int | None, parts: int) -> list[str]:
    """How many of the parts are listed where a number was asked for."""
    if limit is None or limit == parts:
        return []
    if limit > parts:
        return [f"There are only {counted(parts, by)} to list."]
    return [f"{limit} of {parts} are listed."]


def losers(asked: Frame, found: Measured, by: str) -> list[str]:
    """Which parts made less gross margin than expected, and which made most more."""
    known = [(side, side.extra_margin) for side, _ in found.parts if side.extra_margin is not None]
    unknown = [side.said for side, _ in found.parts if side.extra_margin is None]
    if not known:
        return [
            "The cost of more than a tenth of what was promoted is unknown, so none can be said to have lost money."
        ]
    losing = sorted((one for one in known if one[1] < 0), key=lambda one: (one[1], one[0].name))
    making = sorted((one for one in known if one[1] >= 0), key=lambda one: (-one[1], one[0].name))
    kinds = {"support": "kind of support", "display": "display", "mailer": "mailer"}.get(by, by)
    said = []
    for way, parts in (("less", losing), ("more", making)):
        many = f"All {counted(len(known), kinds)}" if len(parts) == len(known) > 1 else (
            f"{len(parts)} of {counted(len(known), kinds)}"
        )  # fmt: skip
        named = "; ".join(f"{side.said} {plus(extra, asked)}" for side, extra in parts[:6])
        if parts:
            said.append(f"{many} made {way} gross margin than expected without: {named}.")
    if unknown:
        said.append(f"Costs are not known well enough for {', '.join(unknown[:6])}.")
    return [*said, "These are estimates; a small amount either way may be chance."]
