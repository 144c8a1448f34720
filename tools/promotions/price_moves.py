"""What a change of the price did to units and net sales in the past, in words; never what it will do."""

from __future__ import annotations

from tools.analysis.elasticity import Elasticity

NO_FORECAST = "What a price change would do is told as it went in the past, and is no forecast."


def supposed(whole: Elasticity, change_pct: float | None) -> list[str]:
    """What units and net sales did at such a price in the past, with the interval; else what they would have to do."""
    if not change_pct:
        return []
    share = change_pct / 100
    if whole.high >= 0:
        untold = f"What a price {_price(change_pct)} would do cannot be told from this."
        same = f"With the same units net sales would be {_price(change_pct)}"
        return [
            untold,
            f"{same}; to hold net sales units would have to change by {(1 / (1 + share) - 1) * 100:+.1f} %.",
        ]
    units = [units_pct(one, share) for one in (whole.value, whole.low, whole.high)]
    net = [((1 + share) * (1 + one / 100) - 1) * 100 for one in units]
    return [
        (
            f"If it went as in the past, a price {_price(change_pct)} would go with"
            f" {units[0]:+.1f} % units ({min(units[1:]):+.1f} to {max(units[1:]):+.1f} %) and {net[0]:+.1f} % net sales"
            f" ({min(net[1:]):+.1f} to {max(net[1:]):+.1f} %). That is no forecast."
        )
    ]


def effect(one: Elasticity, change_pct: float | None) -> str:
    """“a price 5 % higher went with about -6.0 % units and -1.3 % net sales”; empty where no change is asked about."""
    if not change_pct:
        return ""
    units, net = moved(one.value, change_pct)
    return f"a price {_price(change_pct)} went with about {units:+.1f} % units and {net:+.1f} % net sales"


def briefly(one: Elasticity, change_pct: float | None) -> str:
    """The units alone, in brackets behind the elasticity."""
    return f" ({moved(one.value, change_pct)[0]:+.1f} % units)" if change_pct else ""


def moved(elasticity: float, change_pct: float) -> tuple[float, float]:
    """Change of units and of net sales, in per cent, at such a change of the price."""
    units = units_pct(elasticity, change_pct / 100)
    return units, ((1 + change_pct / 100) * (1 + units / 100) - 1) * 100


def _price(change_pct: float) -> str:
    return f"{abs(change_pct):g} % {'higher' if change_pct > 0 else 'lower'}"


def units_pct(elasticity: float, share: float) -> float:
    """Change of units in per cent at a change of the price by a share."""
    return float(((1 + share) ** elasticity - 1) * 100)
