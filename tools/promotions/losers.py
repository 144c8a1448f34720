"""Which promotions (or displays, departments ...) made less gross margin than would have been made without."""

from __future__ import annotations

from tools.frame import Frame
from tools.promotions.answer import Measured, plus
from tools.wording import counted


def losers(asked: Frame, found: Measured, by: str) -> list[str]:
    """Which parts made less gross margin than expected, and which made most more."""
    known = [(side, side.extra_margin) for side, _ in found.parts if side.extra_margin is not None]
    unknown = [side.name for side, _ in found.parts if side.extra_margin is None]
    if not known:
        return [
            "The cost of more than a tenth of what was promoted is unknown, so none can be said to have lost money."
        ]
    losing = sorted((one for one in known if one[1] < 0), key=lambda one: (one[1], one[0].name))
    making = sorted((one for one in known if one[1] >= 0), key=lambda one: (-one[1], one[0].name))
    kinds = {"support": "kind of support", "display": "display", "mailer": "mailer"}.get(by, by)
    said = []
    for way, parts in (("less", losing), ("more", making)):
        named = "; ".join(f"{side.name} {plus(extra, asked)}" for side, extra in parts[:6])
        if parts:
            said.append(
                f"{len(parts)} of {counted(len(known), kinds)} made {way} gross margin than expected without: {named}."
            )
    if not losing:
        said.insert(0, "None made less gross margin than expected without.")
    if unknown:
        said.append(f"Costs are not known well enough for {', '.join(unknown[:6])}.")
    return [*said, "These are estimates; a small amount either way may be chance."]
