"""“How do I …”: the plain sentence where floorwalker files such a change, and an honest word where a hand does it.

How the till, its devices, accounts and the procedures of the house are worked is in no data, and no word of such a
question is the name of goods: “how do I connect a printer”. Questions how a figure is seen or made better are others'.
"""

from __future__ import annotations

import re

from agent.conversation.planner.learned.changes import EXAMPLES
from agent.conversation.planner.outcome import Plan

_ASKS = (
    r"^\W*(?:(?:hey|hi|hello|ok|okay|so|and|but|please|sorry)\b[, ]*)*(?:(?:(?:can|could) you |please )*(?:tell|show"
    r"|explain|teach)(?: (?:to )?(?:me|us))? how (?:to|do i|do we|i can|we can|i|we)"
    r"|how (?:do|can|could|should|would|might|does|did) (?:i|we|you|one|someone|somebody|they|staff"
    r"|(?:the |an? |my |our )?(?:cashiers?|associates?|managers?|employees?))(?: \w+ly)?|how to"
    r"|what(?:'s| is| are) (?:the |our )?(?:\w+ )?(?:way|steps|process|procedure) (?:to|for(?: how to)?)"
    r"|(?:what are )?(?:the )?steps to|i (?:need|want) to know how to|(?:i |we )?(?:don't|do not) know how to) "
)
_ONE = r"(?:(?:an?|the|my|our|some|this|that|any|one|new|existing|another|store|single) )*"
_FIGURES = (
    r"(?:[\w' -]+ )??(?:sales|revenue|margins?|profits?|reports?|figures|numbers|data|dashboards?|analytics|trends?"
    r"|forecasts?|kpis?|metrics?|csv|table|results?|answer)\b"
)
_OURS: tuple[tuple[str, str], ...] = (
    (
        (
            rf"(?:change|set|update|edit|adjust|raise|lower|reduce|cut|override) {_ONE}(?:[\w' -]+ )??prices?\b"
            r"(?! overrides?)(?! (?:to|so)\b(?! \$?\d))|mark down \w+|(?:mark|put) [\w' -]+ (?:down|on (?:sale"
            r"|special|discount|offer))\b"
        ),
        "propose_price_change",
    ),
    (
        rf"(?:create|add|assign|make|file|set up|give out) {_ONE}(?:\w+ )?(?:tasks?|to-?dos?)\b",
        "propose_store_task",
    ),
    (
        (
            rf"(?:create|make|place|draft|write|raise|send|submit) {_ONE}(?:purchase |stock |supplier |vendor )*"
            r"(?:orders?|pos?)\b"
        ),
        "propose_purchase_order",
    ),
    (
        (
            rf"(?:add|move|change|create|edit|assign|swap|make|schedule) {_ONE}(?:\w+ )?shifts?\b"
            r"|(?:put|schedule) (?:someone|somebody|people|staff|an? \w+) on\b"
        ),
        "propose_shift",
    ),
    (rf"publish {_ONE}(?:\w+ )?(?:shifts?|schedules?|rota|roster)\b", "propose_shift_publication"),
    (
        (
            rf"(?:transfer|move|send|ship) {_ONE}(?:[\w' -]+ )??(?:stock|inventory|goods|products?|items?)\b(?=.* (?:"
            rf"store|shop|location|branch)s?\b|$)|(?:create|make|start|do) {_ONE}(?:stock |inventory )?transfers?\b"
        ),
        "propose_transfer",
    ),
    (
        (
            rf"(?:correct|fix|update|change|adjust|edit|enter|set) {_ONE}(?:[\w' -]+ )??(?:stock|inventory|on[- ]hand"
            r"|counts?)(?: (?:levels?|quantit\w+|counts?|numbers?))?\b|(?:record|enter|submit|log|do) "
            rf"{_ONE}(?:stock |inventory |cycle )+counts?\b"
        ),
        "propose_stock_count",
    ),
    (
        r"(?:write off|record|log|enter) (?:[\w' -]+ )??(?:waste|spoilage|damages?|breakage)\b|write off \w+",
        "propose_stock_adjustment",
    ),
    (
        (
            rf"(?:create|run|start|set up|launch|add|make|schedule) {_ONE}(?:[\w' -]+ )??"
            r"(?:promotions?|promos?|specials?)\b(?! (?:report|calendar)\w*)"
        ),
        "propose_promotion",
    ),
    (rf"(?:end|stop|cancel|finish) {_ONE}(?:[\w' -]+ )??(?:promotions?|promos?)\b", "propose_promotion_end"),
    (
        (
            rf"(?:stop selling|delist|discontinue) {_ONE}(?:product|item|sku)\b|(?:deactivate|archive|hide) "
            rf"{_ONE}(?:products?|items?|skus?)\b"
        ),
        "propose_product_change",
    ),
)
"""What is done with a proposal of floorwalker, and the tool that files it."""
_APPROVES = re.compile(
    rf"{_ASKS}(?:approve|reject|confirm|decline|undo|take back|revert) {_ONE}(?:[\w' -]+ )??(?:changes?|proposals?"
    r"|requests?|orders?|transfers?|cards?|markdowns?|tasks?|price changes?)\b"
)
_EXPORTS = re.compile(rf"{_ASKS}(?:export|download|save|back ?up|print(?: out)?) {_ONE}{_FIGURES}")
_DEVICES = (
    r"(?:hires?|employees?|staff|cashiers?|users?|accounts?|registers?|tills?|drawers?|cards?|printers?|scanners?"
    r"|readers?|terminals?|devices?|screens?|tablets?|receipts?|returns?|refunds?|complaints?|checklists?|shop|store"
    r"|bills?|checks?|payments?|cash|safe|protection|portal|app|system|settings?|checkout|menu|labels?|tags?|damaged)"
)
_HANDS = re.compile(
    rf"{_ASKS}(?!(?:[\w' -]+ )?(?:you|floorwalker|this bot)\W*$)(?:add|connect|pair|configure|set ?up|install|edit"
    r"|create|change|update|reset|print|reprint|process|request|log (?:in|on|out|into)|sign (?:in|on|up|out)"
    r"|clock (?:in|out)|cash (?:up|out)|invite|import|upload|delete|enable|disable|activate|deactivate|turn (?:on|off)"
    r"|void|refund|ring (?:up|out)?|scan|apply|issue|redeem|accept|cancel|close out|open up|count (?:down|out)"
    r"|troubleshoot|restart|reboot|archive|merge|integrate|sync(?:hroni[sz]e)?|submit|unlock|calibrate|reconcile"
    r"|onboard|hire|fire|exchange|(?:train|partner with|register|link|assign|access|handle|perform|complete|close|open"
    rf"|count|balance|replace|remove|use|reverse|split|clean) (?=.*\b{_DEVICES}\b))\b(?! {_ONE}{_FIGURES})"
)
_PROCEDURE = re.compile(
    r"^\W*(?:what(?:'s| is| are)|(?:tell|show|give) (?:me|us)|where (?:is|are)|explain) (?:to me )?(?:the |our |your"
    r" |a )*(?:[\w-]+ ){0,3}(?:procedures?|protocols?|sops?|guidelines?|dress code|handbook)\b"
    r"(?! (?:exceptions?|deviations?|violations?|compliance))"
)
NOT_EXPLAINED = (
    "How the till, its devices and accounts are worked, and how things are done in your house, is not in the data I am "
    "given: the help of your point of sale and your manager know. Nothing was changed. I answer what the figures say: "
    "ask “help”."
)
SAY_IT = (
    "Say it to me in a sentence, for example “{example}”. I file it as a proposal, and nothing happens until somebody "
    "with the right to approve it presses the button."
)
APPROVE = (
    "Press Approve, Reject or, once it is written, Undo on the card of the proposal: only somebody with the right to "
    "approve it can. Ask “what waits for approval?” for those that are open."
)
EXPORT = (
    "Ask me for the figures and add “as CSV”: the whole table comes as a file into this thread. I connect to no other "
    "program."
)


def read(text: str) -> Plan | None:
    """The reply to a question how something is done by hand or with floorwalker; None for every other."""
    said = " ".join(text.lower().split())
    if _PROCEDURE.search(said):
        return Plan(text=NOT_EXPLAINED)
    if not _BEGINS.match(said):
        return None
    if _APPROVES.match(said):
        return Plan(text=APPROVE)
    for pattern, tool in _FILED:
        if pattern.match(said):
            return Plan(text=SAY_IT.format(example=EXAMPLES[tool]))
    if _EXPORTS.match(said):
        return Plan(text=EXPORT)
    return Plan(text=NOT_EXPLAINED) if _HANDS.match(said) else None


_BEGINS = re.compile(_ASKS)
_FILED = tuple((re.compile(rf"{_ASKS}(?:{pattern})"), tool) for pattern, tool in _OURS)
