"""“Eggs and butter”, “salt / shovels”: where no product is called so, each of them by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.next_message.kinds_of_it import KIND
from agent.conversation.planner.threads.remembered import Call
from tools.errors import NO_SUCH_PRODUCT
from tools.registry import catalogue

_BETWEEN = re.compile(r" ?/ ?| & | \+ |,? (?:and|or|vs\.?|versus) |, ")
_ONE = re.compile(r"[a-z][a-z'-]+(?: [a-z][a-z'-]+){0,2}")
_MOST = 3


def each_by_itself(calls: Sequence[Call]) -> Plan | None:
    """The same call for each of the goods that were sought as one; None for everything else."""
    if len(calls) != 1 or calls[0].document.get("reason") != NO_SUCH_PRODUCT:
        return None
    call, said = calls[0], str(calls[0].args.get("product") or "")
    spec = catalogue().get(call.name)
    goods = [one.strip() for one in _BETWEEN.split(said.lower())]
    named = all(_ONE.fullmatch(one) and not re.fullmatch(KIND, one) for one in goods)
    if spec is None or spec.proposes or not 2 <= len(goods) <= _MOST or not named:
        return None
    return Plan(tuple((call.name, {**call.args, "product": one}) for one in goods))
