"""The plan for a message that lists several requests: each item by itself, days and stores said once for all.

An item that nothing answers is named, and the others are told. Nothing is taken apart that reads well as one question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent.conversation.planner.concepts.lexicon import words_of
from agent.conversation.planner.outcome import SUMMARY, Plan, together, without
from agent.conversation.planner.parts.enumeration import GOES_ON, Enumeration, halves, listed_in
from agent.conversation.planner.parts.later_parts import in_its_department
from agent.conversation.planner.parts.listed_groups import each_level
from agent.conversation.planner.parts.paired_groups import with_pairs
from agent.conversation.planner.parts.pieces import NOT_THIS_PART, leans_on_the_first
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.arguments import valid
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_departments, take_stores
from agent.conversation.planner.wording.fillers import FILLERS
from agent.conversation.planner.wording.ordinary import is_ordinary
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

Read = Callable[[str], Plan]
MOST_CALLS = 10
_FOR_ALL = "I read “{said}” as meant for all of these."
_NOT_FOR = "“{item}” is told without “{said}”."
_OF_ONE_FIGURE = re.compile(
    r"\b(?:compar\w+|vs\.?|versus|against|rank\w*|trend\w*|change[ds]?|growth|grew|why|forecast\w*|predict\w*|if|not"
    r"|without|except|excluding|only|where)\b"
)
"""Words of a lead that change what every item asks."""
_SPLIT = re.compile(r"\b(?:by|per|for each|for every|in each|of each) (?:[a-z]+(?: (?:and|&) [a-z]+)?)$")
_TITLE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day (?:morning )?"
    r"(?=prep|meeting|check|brief|huddle|call|stand|review))?"
    r"(?:morning|evening|daily|nightly|opening|closing|waste|labou?r|management|manager'?s?|store|sales|stock|inventory"
    r"|shift|owner'?s?|area|district|board|staff|team|kpi|quick|end of (?:the )?(?:day|week|month)|eod|eow|weekly"
    r"|monthly)*[ -]*(?:check(?:-?in|list|up)?|report|summary|update|prep|briefing|brief|recap|snapshot|review|meeting"
    r"|huddle|dashboard|rundown|round-?up|overview|digest|handover|debrief|stand-?up|numbers|figures|stats|kpis?"
    r"|metrics|routine|list|call|pack|deck|closing|wrap-?up|health|status|pulse|position|performance|levels?"
    r"|scorecard)\b",
    re.IGNORECASE,
)
"""What such a message is called; “Monday prep” names no days."""
_CALLED_WORDS = """
morning evening daily weekly monthly end day week month eod eow start shift opening closing close open following
request requests ask asks question questions thing things point points send need want needs few couple several
briefly asap today's please hi hello hey team there good afternoon boss for covering cover includes including
include with showing shows containing contain pull together run prepare put order one two three
four five six seven eight
"""
_CALLED = frozenset(_CALLED_WORDS.split())
_OWN_DAYS = frozenset(
    {"days_ahead", "sales_outlook", "outlook_accuracy", "offers_starting", "team_schedule", "target_progress",
     "customers_away", "customers_at_risk", "promotions_running", "store_tasks", "product_location"}
)  # fmt: skip
"""What is told as it is now, or of days to come, whatever days the other items are of."""
_SUMS = (SUMMARY, "sales_breakdown", "compare_periods")
_PLAIN_SALES = ("net_sales",)
_TOO = ("gross_margin_pct",)
"""What is told beside margin alone."""
_WRITES = "propose_"
_Call = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Item:
    said: str
    plan: Plan
    days: str | None
    stores: str | None

    @property
    def told(self) -> bool:
        return bool(self.plan.calls)


def taken_apart(question: str, read: Read, around: Surroundings, *, alone: bool) -> Plan:
    """The plan for a message: pairs of groups and, where it stands ``alone`` in its thread, items of a list apart.

    ``read`` plans a message as one question.
    """
    question = each_level(question)
    if (paired := with_pairs(question, read)) is not None:
        return paired
    whole = read(question)
    return (each_of_a_list(question, whole, around, read) if alone else None) or whole


def each_of_a_list(question: str, whole: Plan, around: Surroundings, read: Read) -> Plan | None:
    """The plan of all items of a list; None where the message is none, or is answered better as one question."""
    found = listed_in(question)
    if found is None or any(name.startswith(_WRITES) for name, _ in whole.calls):
        return None
    lead = _Lead.of(found.lead, around)
    if lead is None or (_by_commas(found) and _hang_together(found)):
        return None
    items = _read(found, lead, around, read)
    if items is None:
        return None
    told = [one for one in items if one.told]
    complete = len(told) == len(items)
    least = max(2, len(items) - 1 if _by_commas(found) else len(items) / 2)
    if len(told) < least or any(name.startswith(_WRITES) for one in told for name, _ in one.plan.calls):
        return None
    if whole.calls and _by_commas(found) and not (complete and all(_names_a_figure(one.said) for one in items)):
        return None
    if _is_clean(whole) and not found.laid_out:
        if not complete or lead.aside or not all(_is_clean(one.plan) for one in items):
            return None
        if _covers(whole, told, by_group=not _by_commas(found)):
            return None
    return _together(items, lead)


def _is_clean(plan: Plan) -> bool:
    return bool(plan.calls) and not plan.text and not plan.opening


def _covers(whole: Plan, items: Sequence[_Item], *, by_group: bool) -> bool:
    """Whether the message as one question tells what its items ask for; ``by_group``: by the same groups, too."""
    return all(any(_tells(told, call, by_group=by_group) for told in whole.calls) for one in items
               for call in one.plan.calls)  # fmt: skip


def _tells(told: _Call, asked: _Call, *, by_group: bool) -> bool:
    (name, args), (wanted, of) = told, asked
    if by_group and args.get("by") != of.get("by"):
        return False
    if name in _SUMS and wanted in _SUMS:
        figures = (*(args.get("metrics") or _PLAIN_SALES), *_TOO)
        return set(of.get("metrics") or _PLAIN_SALES) <= set(figures)
    return name == wanted and all(args.get(key) == of.get(key) for key in ("metric", "show", "order", "rank_by"))


def _names_a_figure(said: str) -> bool:
    return any(one.named("figures") or one.named("ranks") in ("top", "bottom") for one in words_of(said))


def _by_commas(found: Enumeration) -> bool:
    """Whether nothing but commas says that the message is a list."""
    return not (found.laid_out or found.headed or found.joined)


def _hang_together(found: Enumeration) -> bool:
    """Whether items speak of each other, or the first says it of all: “the trend of sales, margin, units”."""
    first, *later = found.items
    asked_of_all = _OF_ONE_FIGURE.search(first.lower()) is not None and all(map(_is_bare_figure, later))
    return asked_of_all or GOES_ON.match(first) is not None or any(map(leans_on_the_first, later))


@dataclass(frozen=True, slots=True)
class _Lead:
    """What the words before the items say for all of them; ``aside`` are words that nothing takes.

    ``subject`` is the figure that its title names: a “top category” of a waste report is that of waste.
    """

    days: str | None = None
    stores: str | None = None
    department: str | None = None
    split: str = ""
    subject: str = ""
    aside: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: str, around: Surroundings) -> _Lead | None:
        """None where the lead asks for something itself, so that the items may be no requests."""
        plain = said.lower().strip(" :-")
        split = _SPLIT.search(plain)
        reading = Reading.of(_TITLE.sub(" ", said[: split.start()] if split else said))
        stores = take_stores(reading, around)
        days = [one.phrase for one in take_periods(reading)]
        departments = take_departments(reading, around)
        rest = reading.rest()
        if len(days) > 1 or len(departments) > 1 or _OF_ONE_FIGURE.search(plain):
            return None
        named = [one for one in words_of(rest) if one.words not in _CALLED]
        if any(one.named("figures") or one.named("groups") for one in named):
            return None  # “top products in: deli, meat”
        words = [word.strip("'.,:-!?") for word in rest.split() if not word.isdigit()]
        known = FILLERS | _CALLED
        aside = tuple(word for word in words if word and word not in known and not is_ordinary(word))
        return cls(
            days[0] if days else None,
            stores,
            departments[0] if departments else None,
            split[0] if split else "",
            next((one.words for one in words_of(plain) if one.named("figures")), ""),
            aside,
        )

    def asked(self, item: str) -> str:
        """An item as a question of its own."""
        named = any(one.named("figures") for one in words_of(item))
        subject = self.subject if self.subject and not named else ""
        return " ".join(filter(None, (subject, item, self.split)))


def _read(found: Enumeration, lead: _Lead, around: Surroundings, read: Read) -> list[_Item] | None:
    """The items with their plans; None where one is no request but a value: a store, some days, a bare group."""
    items: list[_Item] = []
    for place, said in enumerate(found.items):
        last = place == len(found.items) - 1
        if not found.laid_out and _is_no_request(said, around):
            return None
        items.extend(_of_one(said, lead, around, read, divided=last and not found.laid_out))
    if (
        _by_commas(found)
        and all(_is_bare_figure(one) for one in found.items[:-1])
        and _goes_on(found.items[-1], around)
    ):
        return None  # “sales, margin, units by channel”, “… and price of bananas”: all of them
    return items


def _of_one(said: str, lead: _Lead, around: Surroundings, read: Read, *, divided: bool) -> list[_Item]:
    asked = lead.asked(said)
    whole = _item(said, read(asked), around)
    if not whole.told and whole.days and (bare := _without_days(asked)):
        whole = replace(whole, plan=read(bare))
    if _is_clean(whole.plan) and (not divided or len(whole.plan.calls) > 1):
        return [whole]
    for one, other in halves(said):
        if _is_no_request(one, around) or _is_no_request(other, around):
            continue
        both = [_item(half, read(lead.asked(half)), around) for half in (one, other)]
        if all(_is_clean(half.plan) for half in both):
            return both
    return [whole]


def _without_days(said: str) -> str:
    """An item without the days it names: some lists are only of what is so now."""
    reading = Reading.of(said)
    take_periods(reading)
    return re.sub(r"(?:\b(?:for|in|of|on|over|during|since|from)|'s)$", "", reading.rest()).strip()


def _item(said: str, plan: Plan, around: Surroundings) -> _Item:
    reading = Reading.of(said)
    stores = take_stores(reading, around)
    held = {args.get("compare_to") for _, args in plan.calls}
    days = [one.phrase for one in take_periods(reading) if one.phrase not in held]
    return _Item(said, plan, days[0] if days else None, stores)


def _is_no_request(said: str, around: Surroundings) -> bool:
    """Whether an item only names a store, a department, days or a group, or says nothing."""
    if _names_a_figure(said):
        return False
    reading = Reading.of(said)
    take_periods(reading)
    take_stores(reading, around)
    take_departments(reading, around)
    rest = [one for one in words_of(reading.rest()) if one.words not in ("and", "the", "by", "each", "or", "all")]
    if not rest:
        return True
    return all(one.named("groups") and not one.named("figures") and not one.named("ranks") for one in rest)


def _goes_on(said: str, around: Surroundings) -> bool:
    """Whether an item says more than a figure, days and stores: a group or goods that may be meant for all items."""
    reading = Reading.of(said)
    take_periods(reading)
    take_stores(reading, around)
    return re.search(r"\b(?:by|per|of|for|in|on|from|with|without|at|each|among|across)\b", reading.rest()) is not None


def _is_bare_figure(said: str) -> bool:
    words = [one for one in words_of(said) if not one.named("plain")]
    return bool(words) and all(one.named("figures") for one in words)


def _together(items: Sequence[_Item], lead: _Lead) -> Plan:
    openings: list[str] = []
    if lead.aside:
        openings.append(without(*lead.aside))
    days, stores = lead.days, lead.stores
    named_days = [one.days for one in items if one.days]
    named_stores = [one.stores for one in items if one.stores]
    if days is None and len(named_days) == 1 and not items[0].days:
        days = named_days[0]
        openings.append(_FOR_ALL.format(said=days))
    if stores is None and len(named_stores) == 1 and not items[0].stores:
        stores = named_stores[0]
        openings.append(_FOR_ALL.format(said=stores))
    calls: list[tuple[str, Mapping[str, Any]]] = []
    texts: list[str] = []
    for one in items:
        days = one.days if one.days and one.days != days else days
        stores = one.stores or stores
        if not one.told:
            texts.append(_refused(one))
            continue
        shared = {"period": days, "stores": stores, "department": lead.department}
        for name, args in one.plan.calls:
            said = str(args.get("period", "")).lower()
            own = one.days or (said if said and said in one.said.lower() else None)
            filled, missing = _shared(name, args, shared, own={"period": own, "stores": one.stores})
            openings.extend(_NOT_FOR.format(item=one.said, said=said) for said in missing)
            _add(calls, (name, in_its_department(name, filled, calls)))
        openings.append(one.plan.opening)
        texts.append(one.plan.text)
    return Plan(tuple(calls[:MOST_CALLS]), together(*texts), together(*openings))


def _refused(item: _Item) -> str:
    """The sentence for an item that is not told: what is missing, where its refusal names it."""
    if item.plan.unread or not item.plan.text:
        return NOT_THIS_PART.format(part=item.said)
    return f"“{item.said}”: {item.plan.text.splitlines()[0]}"


def _shared(
    name: str, args: Mapping[str, Any], shared: Mapping[str, str | None], own: Mapping[str, str | None]
) -> tuple[Mapping[str, Any], list[str]]:
    """The arguments with what is said for all items, and what of it this tool does not take."""
    spec = catalogue().get(name)
    fields = spec.arguments.model_fields if spec is not None else {}
    filled = dict(args)
    missing = []
    for key, said in shared.items():
        if key == "period" and own.get(key) and key not in filled and key in fields and name not in _OWN_DAYS:
            filled[key] = own[key]
        if key == "period" and own.get(key) and key not in fields:
            missing.append(str(own[key]))
        if said is None or own.get(key) or (key == "period" and _is_of_its_own(name, args)):
            continue
        if key in fields and valid(name, {**filled, key: said}) is not None:
            if key == "period" or key not in filled:
                filled[key] = said
        elif key != "period":
            missing.append(said)
    return filled, missing


def _is_of_its_own(name: str, args: Mapping[str, Any]) -> bool:
    """Whether a call is of days of its own, whatever days the other items are of."""
    return name in _OWN_DAYS or "compare_to" in args or args.get("show") == "on_now"


def _add(calls: list[tuple[str, Mapping[str, Any]]], call: tuple[str, Mapping[str, Any]]) -> None:
    """Add a call; figures of the same days and stores become one."""
    name, args = call
    if name == SUMMARY and args.get("metrics"):
        for place, (other, known) in enumerate(calls):
            if other == SUMMARY and known.get("metrics") and _rest(known) == _rest(args):
                merged = [*dict.fromkeys((*known["metrics"], *args["metrics"]))]
                calls[place] = (SUMMARY, {**known, "metrics": merged})
                return
    if call not in calls:
        calls.append(call)


def _rest(args: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in args.items() if key != "metrics"}
