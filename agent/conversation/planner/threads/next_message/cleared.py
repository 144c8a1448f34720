"""What is left of the goods above and how to be rid of them: its stock and worth, another store, a lower price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from agent.conversation.planner.outcome import TOP, Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.next_message.named import WHICH_OF_THEM
from agent.conversation.planner.threads.next_message.pointed import ROW, THING, goods_meant, kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.surroundings import Surroundings

LEVELS, CLEAR, SPARE = "stock_levels", "markdown_candidates", "transfer_candidates"
SLOW = "slow_stock"
SLOW_STOCK = (
    "This is what lies too long for what it sells there, with its value; a sum for just the products of the list above "
    "I do not have."
)
OF_ALL_GOODS = "These are transfers of all goods, not only of those in the list above."
_LEFT_NOW = re.compile(
    rf"{LEAD}how (?:much|many)(?: of (?P<thing>{THING}))?(?: (?:is|are|do we (?:still )?have|have we|have we got"
    rf"|we have|we got"
    r"|have))?(?: still| now| left)* (?:still |left |just |now )*(?:sitting|lying|left|unsold|on (?:the |our )?(?:shelf"
    r"|shelves|hand|floor)|in (?:stock|the back)|there)(?: (?:there|here|around|in stock|on hand|unsold|now|today|still"
    r"|right now))*\W*$"
)
_TO_PRICE = re.compile(
    rf"{LEAD}(?:(?:by )?how (?:much|far|low|deep)(?: of a (?:discount|markdown))?|what (?:%|percent|price|discount"
    rf"|markdown))(?: off)?(?: (?:should|would|do|must|can|to|need) ?(?:we|i)?(?: (?:have"
    rf"|need) to)?)? (?:mark (?P<thing>"
    rf"{THING}) down|mark down (?P<down>{THING})|(?:clear|get rid of|shift|sell off|move) (?P<rid>{THING}))"
    r"(?P<when> .{3,30})?\W*$"
    rf"|{LEAD}(?:mark (?P<it>{THING}) down|mark down (?P<its>{THING})) (?:by )?(?:how (?:much|far)|what (?:%|percent))"
    r"(?: (?:to|so (?:it|we)|would|will|does it take to) .{0,12}?(?:get rid of|clear|shift|sell|goes?)(?: (?:it|them"
    r"|that|off|out|all))*)?(?P<until> .{3,30})?\W*$"
)
_WEEKS = re.compile(r"\b(?:in|within|over) (?:the next )?(?P<n>\d|two|three|four|six|eight) weeks?\b")
_NUMBER_OF = {"two": 2, "three": 3, "four": 4, "six": 6, "eight": 8}
_BY_XMAS = re.compile(r"\b(?:x-?mas|christmas)\b")
NOT_BY_THEN = (
    "“{when}” is not worked out: the prices are those at which it would be gone in the weeks the answer names."
)
_SENT = re.compile(
    rf"{LEAD}(?:(?:can|could|should|would it help to) (?:we|i)?|what (?:can|could|should) (?:we|i)|how about (?:we"
    rf"|i)?) ?"
    rf"(?:move|send|transfer|ship|shift|mov\w+|send\w+)(?: (?P<thing>{THING}))?(?: (?:all|over|some of them))? (?:to"
    r"|over to) (?P<to>[a-z][\w' ]{2,40}?)(?: instead| then)?\W*$"
)
_SENT_OVER = re.compile(
    rf"{LEAD}(?:can|could|should) (?:we|i|they) (?:move|send|transfer|ship|bring|get) (?P<thing>{THING})"
    r" over(?: (?:here|there|from there|to us))?\W*$"
)
_TIED_UP = re.compile(
    rf"{LEAD}(?:how much (?:money|cash|capital|stock|value)?(?:'s| is| have we| do we have)? ?(?:tied up|locked up"
    rf"|sitting"
    rf"|stuck|invested) in (?P<thing>{THING})|(?:what|how much)(?:'s|s| is| are) (?P<worth>{THING}) worth)"
    r"(?: (?:in stock|on hand|right now|now))*\W*$"
)
_IS_ROW = re.compile(ROW)
_LISTED = frozenset({TOP, "overstock", "dead_stock", "slow_stock", "markdown_candidates", "out_of_stock", "lost_sales"})


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such words mean; None for every other message."""
    stores = kept(previous[-1], "stores")
    if (left := _LEFT_NOW.match(plain)) is not None:
        goods = goods_meant(left["thing"], previous)
        return Plan(((LEVELS, {**goods, **stores}),)) if goods else None
    if (priced := _TO_PRICE.match(plain)) is not None:
        said = priced.groupdict()
        pointing = next((said[key] for key in ("thing", "down", "rid", "it", "its") if said[key]), None)
        return _cleared(goods_meant(pointing, previous), stores, (said["when"] or said["until"] or "").strip(), around)
    if (tied := _TIED_UP.match(plain)) is not None:
        return _tied_up(tied["thing"] or tied["worth"], previous)
    if (sent := _SENT.match(plain)) is not None:
        return _sent(sent["thing"], sent["to"], previous, around)
    if (over := _SENT_OVER.match(plain)) is not None:
        goods = goods_meant(over["thing"], previous)
        route = kept(previous[-1], "giver", "taker") or stores
        return Plan(((SPARE, {**goods, **route}),)) if goods else None
    return None


def _tied_up(thing: str, previous: Sequence[Call]) -> Plan | None:
    """What the stock of it is worth; of a list of weak sellers, the slow stock of its stores and department."""
    last = previous[-1]
    if last.name == TOP and not _IS_ROW.fullmatch(thing):
        weak = last.args.get("order") == "bottom"
        told = Plan(((SLOW, kept(last, "stores", "department")),), SLOW_STOCK)
        return told if weak else Plan(text=WHICH_OF_THEM.format(word=thing))
    goods = goods_meant(thing, previous)
    return Plan(((LEVELS, {**goods, **kept(last, "stores")}),)) if goods else None


def _sent(thing: str | None, to: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """What would be moved to a store: of the goods meant, or of their part of the range and from their store."""
    last, reading = previous[-1], Reading.of(f"at {to}")
    taker = take_stores(reading, around)
    if taker is None or reading.rest() or taker == "all stores":
        return None
    giver = str(last.args.get("giver") or last.args.get("stores") or "")
    one = any(giver == each.name for each in around.stores) and giver != taker
    route = {"taker": taker, **({"giver": giver} if one else {})}
    listed = last.name in _LISTED and not _IS_ROW.fullmatch(thing or "")
    goods = {} if listed else goods_meant(thing, previous)
    if goods and last.name != SPARE:
        return Plan(((SPARE, {**goods, **route}),))
    if not listed and last.name != SPARE:
        return None
    return Plan(((SPARE, {**kept(last, "department", "product"), **route}),), OF_ALL_GOODS)


def _cleared(goods: dict[str, str], stores: dict[str, Any], when: str, around: Surroundings) -> Plan | None:
    """The price at which goods would be gone in so many weeks; another span is named as left out."""
    if not goods:
        return None
    found = _WEEKS.search(when)
    weeks = (_NUMBER_OF.get(found["n"]) or int(found["n"])) if found is not None else 0
    if _BY_XMAS.search(when):
        today = date.fromisoformat(around.today)
        weeks = max(1, (date(today.year, 12, 25) - today).days // 7) if today < date(today.year, 12, 25) else 0
    args: dict[str, Any] = {**goods, **stores, **({"clear_in_weeks": weeks} if weeks else {})}
    return Plan(((CLEAR, args),), NOT_BY_THEN.format(when=when) if when and not weeks else "")
