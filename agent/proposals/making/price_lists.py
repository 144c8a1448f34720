"""Lists of price changes."""

from __future__ import annotations

from datetime import datetime

from agent.proposals.ground import Ground
from agent.proposals.kinds.price_list import MOST_PRICES, PriceLine, PriceList
from agent.proposals.making.prices import price_change
from tools.drafts import PriceChangeDraft, PriceListDraft
from tools.errors import BadArgumentError

_OF_A_LINE = set(PriceLine.model_fields)


def price_list(draft: PriceListDraft, ground: Ground, now: datetime) -> PriceList:
    """The changes a draft means, each at the price the POS holds now; one that cannot be made refuses the list.

    Raises:
        BadArgumentError: a product, a price, the end or the number of lines cannot be used.
        ToolError: the POS did not answer, or cannot change one of the prices.
    """
    if not 1 <= len(draft.lines) <= MOST_PRICES:
        raise BadArgumentError(f"A list can change between 1 and {MOST_PRICES} prices, not {len(draft.lines)}.")
    if len({line.variant_id for line in draft.lines}) < len(draft.lines):
        raise BadArgumentError("A product is named twice; please name each once.")
    made = [
        price_change(
            PriceChangeDraft(line.variant_id, draft.store_id, line.percent, line.price, draft.until, draft.reason),
            ground,
            now,
        )
        for line in draft.lines
    ]
    if len({one.connection for one in made}) > 1:
        raise BadArgumentError("These products are on different POS accounts; please propose them apart.")
    everywhere = tuple(sorted({store for one in made for store in one.elsewhere}))
    reached = {"elsewhere": everywhere, "elsewhere_names": ground.names(everywhere)}
    shared = {**made[0].model_dump(exclude={"kind", *_OF_A_LINE}), **reached}
    return PriceList(**shared, lines=tuple(PriceLine(**one.model_dump(include=_OF_A_LINE)) for one in made))
