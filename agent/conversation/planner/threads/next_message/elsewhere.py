"""The answer before once more, elsewhere or of another part: “and at the other stores”, “any in dairy”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_UNCHANGED = (
    r"stores? (?:that|which|who|where) (?:(?:did|do|does|have|has)(?:n'?t| not) (?:change|have|get|do|run|had"
    r"|got|changed|done"
    r")(?: (?:it|that|one|anything|the change))?|(?:nothing|none) (?:was )?changed|it (?:did|was)(?:n'?t"
    r"| not) (?:changed?"
    r"|there|on))"
)
_OTHERS = re.compile(
    rf"{LEAD}(?:(?:what|how) about|(?:the )?same(?: (?:thing|days?|weeks?|time|dates?|period|span))?(?: (?:for"
    rf"|at|in))?"
    r"|show(?: me)?|(?:do|run|try|check|repeat) (?:it|that|this|the same)(?: thing)?|at|in|for)? ?(?:at |in |for )?"
    r"(?:(?:all )?(?:the |our |my )?(?:other (?:stores?|shops?|locations?|branch(?:es)?|ones?)|rest of the stores"
    rf"|(?P<unchanged>{_UNCHANGED}))|(?<=at |in )the (?:others|rest)|(?<=for )the (?:others|rest)|elsewhere"
    rf"|everywhere else"
    r"|anywhere else)(?: (?:too|as well|also|then))?\W*$"
)
_ANY = re.compile(
    rf"{LEAD}(?:is there |are there |do we have )?any(?:thing)?(?: (?:else|of (?:them|those|it)|ones?))? "
    r"(?P<where>(?:in|from|for|at) .{3,40}?)\W*$"
)
_DISTRICT = re.compile(
    rf"{LEAD}(?:(?:what|how) about|(?:do )?(?:the )?(?:same|that)(?: thing)?(?: again)?(?: for| at| in)?|show(?:"
    rf" me)?|(?P<held>vs\.?"
    r"|versus|against|compared? (?:it |that |this )?(?:to|with|against))|for|at|in|only|just|and)*"
    r" ?(?:the |our )?(?P<name>[a-z][\w' -]{1,30}?)(?: (?:district|region|area|stores|shops|side))?(?: (?:too"
    r"|only|instead))?\W*$"
)
_ONE = re.compile(r"\bother ones?\b|\bthe (?:others|rest)\b(?! of the stores)")
"""“The other one” may be of goods where no store was named."""
_NONE = re.compile(r"(?!)")
OF_ALL = "The answer above is of all the stores you see. For one of them, name it: {stores}."
ALL_THE_OTHERS = "Which of them changed nothing I cannot tell; these are all the others."
WHICH_STORE = "Which of the other stores: {stores}?"


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call before with other stores or another part of the range; None for every other message."""
    last = previous[-1]
    spec = catalogue().get(last.name)
    if spec is None or spec.proposes:
        return None
    taken = spec.arguments.model_fields
    if "stores" in taken and (district := _district(plain, around)) is not None:
        return _in_district(*district, previous)
    if _OTHERS.match(plain) and "stores" in taken:
        return _others(plain, last, around)
    found = _ANY.match(plain)
    if found is None or not {"department", "stores"} & set(taken):
        return None
    slots = take_slots(Reading.of(found["where"]), around, _NONE)
    part = slots.department or slots.product
    if slots.unknown or slots.period or slots.limit or not (part or slots.stores):
        return None
    said = {**({"department": part} if part else {}), **({"stores": slots.stores} if slots.stores else {})}
    if not set(said) <= set(taken):
        return None
    before = {key: value for key, value in last.args.items() if not (part and key == "product")}
    return Plan(((last.name, {**before, **said}),))


def _district(plain: str, around: Surroundings) -> tuple[str, bool] | None:
    """The district that is said, and whether it is to be held against the stores before."""
    found = _DISTRICT.match(plain)
    names = {one.district.lower() for one in around.stores if one.district}
    said = found["name"] if found is not None else ""
    if found is None or said not in names or len(names) < 2:
        return None
    return f"{said} stores", bool(found["held"])


def _in_district(stores: str, held: bool, previous: Sequence[Call]) -> Plan | None:
    """The calls before at the stores of a district; beside those before where it is held against them."""
    if any("stores" not in catalogue()[one.name].arguments.model_fields for one in previous):
        return None
    there = tuple((one.name, {**one.args, "stores": stores}) for one in previous)
    here = tuple((one.name, dict(one.args)) for one in previous[:1]) if held else ()
    return Plan((*here, *there))


def _others(plain: str, last: Call, around: Surroundings) -> Plan | None:
    said = str(last.args.get("stores") or "").lower()
    named = [one.name for one in around.stores if one.name.lower() in said or one.store_id.lower() == said]
    rest = [one.name for one in around.stores if one.name not in named]
    if re.search(_UNCHANGED, plain) and not named:
        return None
    if not rest or len(around.stores) < 2 or ((last.failed or _ONE.search(plain)) and not named):
        return None
    names = ", ".join(rest)
    one = re.search(r"\b(?:store|shop|location|branch|one)\W*$", plain) is not None
    if not named:
        return _each_store(last) or Plan(text=OF_ALL.format(stores=names))
    if len(rest) > 1 and one:
        return Plan(text=WHICH_STORE.format(stores=names))
    if len(named) > 1 and re.search(r"\b(?:too|as well|also)\W*$", plain):  # they were the others already: all of them
        args = {key: value for key, value in last.args.items() if key != "stores"}
        return _each_store(Call(last.name, {**args, "by": None}, last.document)) or Plan(((last.name, args),))
    unchanged = (found := _OTHERS.match(plain)) is not None and found["unchanged"]
    there = {**last.args, "stores": " and ".join(rest)}
    return Plan(((last.name, there),), opening=ALL_THE_OTHERS if unchanged else "")


def _each_store(last: Call) -> Plan | None:
    """An answer of all stores once more by store, where its tool can split so and it is not split already."""
    field = catalogue()[last.name].arguments.model_fields.get("by")
    if field is None or last.args.get("by") or "'store'" not in str(field.annotation):
        return None
    return Plan(((last.name, {**last.args, "by": "store"}),))
