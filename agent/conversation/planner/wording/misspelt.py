"""Several slips of the thumb in a question that nothing understood: “sho me totl revnue by stroe”.

Each word that is known nowhere is held against the words of the planner's own lists, never against goods, and replaced
where one of them lies a slip away that keyboards make: two letters changed over, one left out, one typed twice; in
long words any two. A word that is English and means something else stays, and so do names. What was read is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from agent.conversation.planner.closest.known import known_questions
from agent.conversation.planner.concepts.lexicon import words_listed
from agent.conversation.planner.outcome import Plan, together
from agent.conversation.planner.wording.endings import without_ending
from agent.conversation.planner.wording.fillers import FILLERS, NOT_ALONE, NOT_GOODS
from agent.conversation.planner.wording.ordinary import ORDINARY
from agent.conversation.surroundings import Surroundings

_CALENDAR = """
january february march april may june july august september october november december monday tuesday wednesday thursday
friday saturday sunday yesterday today tomorrow week month quarter year weekend morning afternoon evening since until
"""
_USUAL = "show were have what from how the for with last this that which does much many our and by did why who where"
"""Words that hold questions together, and that are known questions' words less often than people's."""
_SHORT_GOODS = """
ale ales bacon bagel bagels beef beer beers bran bread bun buns butter cake cakes candle candy cat chip chips cider
clam coal cod coke cola cookie cookies corn crab cream dog dip dips donut donuts duck egg eggs fig figs fish flour fruit
gin goat grape grapes gravy gum gums ham hams herb herbs honey ice jam jams juice kale kiwi lamb leek lime limes liver
meat meats melon milk mint mints nut nuts oat oats oil oils olive onion pan pans pasta patty pea peas peach pear pears
pen pens pie pies pizza plum plums pop pork pot pots prune razor rice roll rolls rum rye sake salad salsa salt sauce
seed seeds soap sock socks soda soup soups soy spice steak stew sugar swab syrup tart tarts tea teas tire toast toy toys
tuna turkey veal vodka wax wine wines wrap wraps yarn yeast yam yams
"""
"""Goods that are one letter from a word of the lists: “tea” is no “team”."""
_ENGLISH = """
form forms trail trails bear bears bare quite casual diary angle angles scared stake stakes tank tanks sail sails peek
brake brakes plane planes hear ten tens weak sore stat stats mouth moth moths whole hole holes county trial trials tore
lose loose sole soul soles costumer costumers contract contracts board boards cloth clothes lace tow two too sue pay
play plays spring string strong staring starring stair stairs stare stares start starts spore spores snore shore shores
sport sports wear wears wheat whey where which witch whit white wait weight price prize prizes pride prides
"""
"""English words of a meaning of their own that are a slip from a word of the lists."""
_WORD = re.compile(r"\"[^\"]*\"|(?<![\w'#-])[A-Za-z][A-Za-z']*(?![\w'-])")
_SHORTEST, _LONG = 3, 7
_RARE = 5
"""Shorter words of the lists count only where they are usual: “sho” is no slip for slang."""
_TOLD_ALONE, _USUAL_AT = 5, 4
"""So long is a word, and so often is the one it was meant for among the known questions, where only that is wrong."""
_SEVERAL = 2
_CLEARER = 3
"""One of two words equally near is meant where it is so many times as frequent in the questions that are known."""
_READ_AS = "I read {words}."


def respelt(question: str, around: Surroundings, read: Callable[[str], Plan]) -> Plan | None:
    """The plan for the question with its slips put right, which says how it was read; None where that is none either.

    Args:
        question: as it was asked, in one line.
        around: the names that may stand in it.
        read: the plan for a question, which decides whether the words put right make sense together.
    """
    mended, changed = _put_right(question, around)
    if not changed:
        return None
    decided = read(mended)
    if not decided.calls or decided.text:
        return None
    words = " and ".join(f"“{said}” as “{right}”" for said, right in dict.fromkeys(changed))
    return replace(decided, opening=together(_READ_AS.format(words=words), decided.opening))


def taken_for_goods(question: str, decided: Plan, around: Surroundings) -> bool:
    """Whether a plan takes a slip for goods or a department, in a question of several slips."""
    named = [str(args[key]).lower() for _, args in decided.calls for key in ("product", "department") if args.get(key)]
    if not named:
        return False
    _, changed = _put_right(question, around)
    said = {word.lower() for word, _ in changed}
    return len(said) >= _SEVERAL and any(set(name.split()) <= said for name in named)


def _put_right(question: str, around: Surroundings) -> tuple[str, list[tuple[str, str]]]:
    """The question with its slips put right, and each word with what it was read as."""
    names = {
        word
        for name in (*around.departments, *(f"{store.name} {store.district or ''}" for store in around.stores))
        for word in name.lower().split()
    }
    changed: list[tuple[str, str]] = []

    def put_right(found: re.Match[str]) -> str:
        said = found[0]
        right = "" if said.startswith('"') or said.lower() in names else meant_by(said.lower())
        right = right or changed_over(said.lower())
        if not right:
            return said
        changed.append((said, right))
        return right

    return _WORD.sub(put_right, question), changed


@lru_cache(maxsize=4096)
def meant_by(word: str) -> str:
    """The word of the lists that a misspelt word stands for; empty where it is known or none is near enough.

    >>> meant_by("monht"), meant_by("revnue"), meant_by("tea"), meant_by("form")
    ('month', 'revenue', '', '')
    """
    if len(word) < _SHORTEST or word in _right():
        return ""
    another_form = without_ending(word) in _stems()
    near = [(_slips(word, one), -_frequency()[one], one) for one in _targets() if abs(len(one) - len(word)) <= 2]
    found = sorted(one for one in near if one[0])
    if not found or (another_form and (found[0][0] > 1 or len(found[0][2]) <= len(word))):
        return ""
    best = [one for one in found if one[0] == found[0][0]]
    clear = len(best) == 1 or -best[0][1] >= _CLEARER * max(1, -best[1][1])
    return best[0][2] if clear else ""


@lru_cache(maxsize=4096)
def changed_over(word: str) -> str:
    """The usual word of which a word is one with two letters changed over; empty where it is known or there is none.

    >>> changed_over("salse"), changed_over("trail")
    ('sales', '')
    """
    if len(word) < _TOLD_ALONE or word in _right():
        return ""
    near = [one for one in _of_letters().get("".join(sorted(word)), ()) if OSA.distance(word, one) == 1]
    return near[0] if len(near) == 1 and _frequency()[near[0]] >= _USUAL_AT else ""


def _slips(typed: str, meant: str) -> int:
    """How many slips lie between them, 0 where they are none that a keyboard makes."""
    if typed[0] != meant[0] and sorted(typed[:2]) != sorted(meant[:2]):
        return 0
    distance = int(OSA.distance(typed, meant, score_cutoff=2))
    if distance == 1:
        if len(typed) == len(meant):
            swapped = sorted(typed) == sorted(meant)
            return 1 if swapped or len(meant) >= _LONG else 0
        if len(typed) < len(meant):
            return 1
        return 1 if len(meant) >= _LONG or _doubled(typed, meant) else 0
    return 2 if distance == 2 and min(len(typed), len(meant)) >= _LONG else 0


def _doubled(typed: str, meant: str) -> bool:
    """Whether the letter too many is that beside it: “salees”."""
    return any(typed[place] == typed[place - 1] and typed[:place] + typed[place + 1 :] == meant
               for place in range(1, len(typed)))  # fmt: skip


@lru_cache(maxsize=1)
def _targets() -> tuple[str, ...]:
    """The words that a slip may have meant: of figures, groups, ranks, days, and those that hold questions together."""
    common = FILLERS | frozenset(_CALENDAR.split())
    listed = (one for one in words_listed() if len(one) >= _RARE or one in _frequency())
    return tuple(sorted(one for one in {*common, *listed} if one.isalpha() and len(one) >= _SHORTEST))


@lru_cache(maxsize=1)
def _of_letters() -> dict[str, list[str]]:
    """The targets by their letters in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    for one in _targets():
        found.setdefault("".join(sorted(one)), []).append(one)
    return found


@lru_cache(maxsize=1)
def _right() -> frozenset[str]:
    return frozenset(_targets()) | words_listed() | ORDINARY | NOT_GOODS | NOT_ALONE | frozenset(
        f"{_SHORT_GOODS} {_ENGLISH}".split()
    ) | _frequency().keys()  # fmt: skip


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    return frozenset(without_ending(one) for one in _right())


@lru_cache(maxsize=1)
def _frequency() -> Counter[str]:
    """How often a word stands in the questions that are known."""
    counted = Counter(re.findall(r"[a-z]+", " ".join(known_questions()).lower()))
    counted.update(dict.fromkeys(_USUAL.split(), len(known_questions())))
    return counted
