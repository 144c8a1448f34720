"""What leaves by webhook, out of a sentence: customer lists, notes on a store's record, playlists of the screens."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.surroundings import Surroundings

LIST, NOTE, SIGNAGE = "propose_customer_list", "propose_store_note", "propose_signage"
_PLEASE = re.compile(r"^(?:(?:please|can you|could you|would you|i want to|let's|now|ok|also)[ ,]+)+", re.IGNORECASE)
_SEGMENTS = (
    "(?:champions?|loyal(?: customers)?|potential loyalists?|needing attention|at[- ]risk|slipping away|occasional"
    "|lost)"
)
_LIST = re.compile(
    "(?:send|export|push) (?:a list of |the list of )?(?:the "
    rf"|our )?(?P<segment>{_SEGMENTS})(?: segment)?(?: customers?| list)?(?P<place> (?:of|at|in) .+?)? to (?:the "
    r"|our )?(?P<receiver>[\w-]+)(?: platform)?(?: (?:with|for) (?:an? offer of )?(?P<offer>.+))?",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    rf"(?:send|make|give|offer|launch|run) (?:out )?(?:an? |the )?(?P<offer>(?:[\w%-]+ ){{0,4}}(?:offer|coupon|discount"
    rf"|voucher|promotion|campaign|incentive)) (?:to|for) (?:all )?(?:the |our |my )?(?:(?P<segment>{_SEGMENTS})"
    r"(?: segment)?(?: customers?)?|customers? (?:who are |that are |in the )?(?P<named>at[- ]risk|loyal|slipping away"
    r"|needing attention|lost)(?: segment)?)(?P<place> (?:of|at|in) .+?)?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    "(?:add|write|put|leave) a note (?:on|to) (?:the (?:store )?record of )?(?P<place>.+?)(?:'s record)?(?: that"
    "|:) (?P<text>.+)",
    re.IGNORECASE,
)
_SIGNAGE = re.compile(
    r"(?:show|play|put|run) (?P<content>\S+) on (?:the )?(?P<playlist>.+?) (?:playlist|screens?"
    "|signage)(?P<place> (?:at|in) .+?)?(?: from (?P<start>.+?))?(?: (?:until|till|through) (?P<until>.+))?",
    re.IGNORECASE,
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The proposal that a sentence asks for."""
    said = _PLEASE.sub("", tidy(text).rstrip(" ?.!")).strip()
    if found := _LIST.fullmatch(said):
        args: dict[str, Any] = {"segment": found["segment"].replace("-", " ").capitalize()}
        receiver = found["receiver"]
        generic = receiver.lower() in ("marketing", "mailing")
        args |= {} if generic else {"receiver": receiver}
        args |= {"offer": found["offer"]} if found["offer"] else {}
        return Plan(((LIST, {**args, **_store(found["place"], around)}),))
    if found := _OFFERED.fullmatch(said):
        segment = (found["segment"] or found["named"]).replace("-", " ").capitalize()
        segment = "Loyal" if segment == "Loyal customers" else segment
        return Plan(((LIST, {"segment": segment, "offer": found["offer"], **_store(found["place"], around)}),))
    if found := _NOTE.fullmatch(said):
        place = _store(f" at {found['place']}", around)
        if not place:
            return None
        words = found["text"].strip()
        title = " ".join(words.split()[:8])
        return Plan(((NOTE, {"title": title[:1].upper() + title[1:], "text": words[:1].upper() + words[1:], **place}),))
    if found := _SIGNAGE.fullmatch(said):
        spans = {name: found[name].strip() for name in ("start", "until") if found[name]}
        args = {"playlist": found["playlist"], "content": found["content"], **spans}
        return Plan(((SIGNAGE, {**args, **_store(found["place"], around)}),))
    return None


def _store(words: str | None, around: Surroundings) -> dict[str, str]:
    store = take_stores(Reading.of(words.replace(" of ", " at ")), around) if words else None
    return {"store": store} if store else {}
