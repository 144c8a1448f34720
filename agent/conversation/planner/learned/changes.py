"""How to say a change that was asked for in words no rule reads: it is filed word by word or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from agent.conversation.titles import tool_title

SAY_IT = "That sounds like a change ({title}). I file one only where I understand every word; say it like “{example}”."
EXAMPLES: Mapping[str, str] = {
    "propose_count_task": "ask the team to count avocados tonight",
    "propose_customer_list": "export my at-risk customers",
    "propose_price_change": "mark oat milk down by ten per cent until Sunday",
    "propose_price_list": "mark down oat milk, butter and yogurt by ten per cent",
    "propose_product_change": "stop selling oat milk",
    "propose_promotion": "run a ten per cent off promotion on bananas this weekend",
    "propose_promotion_end": "end the autumn promotion",
    "propose_purchase_order": "order 6 oat milk",
    "propose_shift": "put Ellis on Saturday 9 to 5",
    "propose_shift_publication": "publish Ellis's shift on Saturday",
    "propose_signage": "show holiday-set on the Entrance playlist until Sunday",
    "propose_stock_adjustment": "write off 3 oat milk, damaged",
    "propose_stock_count": "we counted 6 oat milk",
    "propose_store_note": "leave a note for Maple Avenue that the cooler was repaired",
    "propose_store_task": "create a restocking task for aisle 5",
    "propose_transfer": "transfer 6 oat milk from Market Street to Harbor Point",
}
"""For each tool that files a change a sentence that the rules read."""


def how_to_say(tool: str) -> str:
    """The sentence for a change that was not read word by word; empty for a tool that files none."""
    example = EXAMPLES.get(tool, "")
    return SAY_IT.format(title=tool_title(tool).lower(), example=example) if example else ""
