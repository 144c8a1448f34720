"""Behind an answer that had no figures: the same asked once more of less, and no figures of everything instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.conversation.planner.outcome import COMPARE, SUMMARY, TOP, Plan
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.refused.boundaries import NOT_UNDERSTOOD
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.threads.carried import stands_alone
from agent.conversation.planner.threads.once_more.before import BREAKDOWN, usual_days
from agent.conversation.planner.threads.once_more.beside import at_store
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.unrecorded.not_kept import TILL_SPEED
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

PRICES, REFUNDS, FEEDBACK, LIFT = "price_changes", "refunds_and_voids", "feedback_themes", "promotion_lift"
_FIGURES = frozenset({SUMMARY, COMPARE, BREAKDOWN, TOP, "explain_change"})
_DIRECTION = re.compile(
    rf"{LEAD}(?:show (?:me )?|give me )?(?:only |just )*(?:the )?(?:ones? (?:that |which )?(?:went |go |are )?)?"
    r"(?:(?P<up>increases?|up|raises?|hikes?|higher|rises?)|(?P<down>decreases?|down|cuts?|lower|drops?|reductions?))"
    r"(?: only| please)?\W*$"
)
_WHICH_WAY = re.compile(
    rf"{LEAD}(?:which|what)(?: ones?)? (?:went|go|gone|are) (?:(?P<up>up|higher)|(?P<down>down|lower))\W*$"
)
_WITH = re.compile(
    rf"{LEAD}(?:compared?|versus|vs\.?|against)(?: (?:it|that|this|them))? ?(?:w|with|to|against|and)? "
    r"(?P<at>[\w' ]{3,40}?)(?: then)?\W*$"
)
_WHO = re.compile(
    rf"{LEAD}(?:who(?:'s|s| is| was| are| were)? (?:doing|making|giving|ringing|processing|taking|handling"
    rf"|behind) (?:them|it|that|those"
    r"|these|(?:the )?(?:returns|refunds))(?: up| in| back| out)?|(?:by|which|what) (?:employees?|cashiers?))\W*$"
)
_REASONS = re.compile(
    rf"{LEAD}(?:(?:what (?:are|were|is|was) )?(?:the )?(?:top |main |biggest "
    rf"|most common )?reasons?(?: for (?:it|them"
    r"|that|those))?|what for|for what reasons?|why(?: are (?:they|things) (?:returned|coming back))?)\W*$"
)
_ITEMS = re.compile(
    rf"{LEAD}(?:(?:is it|are (?:they|these|those)|was it)(?: always| usually| mostly)? the same (?:items"
    rf"|products|ones"
    r"|things)|(?:which|what) (?:items|products|ones|things)(?: (?:mostly|most|is it|are they"
    r"|come back|came back))?)\W*$"
)
_ABOUT = re.compile(
    rf"{LEAD}(?:(?:mostly |mainly )?(?:about|on) what|what (?:is|are|was|were) (?:it|they|that"
    rf"|those)(?: mostly| mainly)? "
    r"about|what (?:do|did) (?:they|people)(?: mostly)? (?:say|complain about|like|mention)(?: most| mostly)?)\W*$"
)
_HOW_MANY_SAY = re.compile(
    rf"{LEAD}how many(?: of (?:them|those|these))?(?: (?:are|were|is|was|complain\w*|comments?|reviews?|mention\w*"
    r"|people|customers|say|said|talk))* (?:about|on|of) .{3,40}$"
)
_SAME_AT = re.compile(
    rf"{LEAD}(?:same|what about|how about)(?: (?:thing|question))? (?:for |at |in )?(?P<at>[a-z][\w' ]{{2,40}}?)\W*$"
)
_OF_IT = re.compile(
    rf"{LEAD}(?:is|was|are|were) (?:it|that|this|they|those|these)(?: number| figure)? (?:more|less|higher|lower|up"
    r"|down|better|worse|different|a lot|normal|usual|the same|always|common)\b"
)
_WHY_SO = re.compile(rf"{LEAD}why (?:is|are|was|were)? ?.{{3,40}}? (?:so|that) (?:high|low|many|much|bad|good)\W*$")
_ONE_OR_ALL = re.compile(
    rf"{LEAD}(?:is|was|are|were) (?:that|this|it|they|those)(?: all)? (?:(?:for |per |by |in |at"
    rf" |of )?(?:one|a|each|every"
    r"|per|just one|a single)? ?stores?|for (?:one|each)) or (?:for |of |in |at |across"
    r" )?(?:all|total|the (?:total|whole|lot)"
    r"|everything|overall|together|chain ?wide|the chain|company ?wide|every store)(?: (?:of"
    r" them|stores?|together|chain"
    r"|company|(?:five|5|\d+)))*\W*$"
)
_SPEAKS_OF_ALL = re.compile(
    r"\b(?:sales|revenue|takings|turnover|total|overall|everything|all|whole|altogether|business|company|chain|we)\b"
)
_ITS_FIGURE = re.compile(
    rf"{LEAD}(?:(?:what|how) about |what(?:'s|s| is| was) )?(?:the |its |their )?(?P<what>margins?|sales|revenue"
    rf"|units|profit"
    r"|volume|gross margin|quantity)(?: (?:on|of|for) (?:it|that|them|those))?\W*$"
)
_POINTS = re.compile(
    r"\b(?:it|its|that|those|them|they|these|before the change|after the change|the (?:first|second|third"
    r"|last)(?: one)?"
    r"|(?:that|this|which) one)\b(?! (?:day|week|month|year)\b)"
)
_RESTS = re.compile(
    r"\W*(?:and |so |but |ok )*(?:by how much|how much|how far|realistic|really|why|which|who|are we|is it|would)\b"
)
_GROUP = (
    r"(?:old(?:er)?|young(?:er)?|senior|elderly|male|female|new|regular|loyal|local)s? ?(?:customers|people"
    r"|shoppers|folks|ones"
    r"|guests|members)?|(?:men|women|families|seniors|parents|students|members|regulars|kids)"
)
_WHOSE = re.compile(
    rf"{LEAD}(?:(?:is|are|was|were) (?:it|that|this|they|those|these) )?(?:from |by )?(?:(?P<led>mainly|mostly"
    rf"|just|only"
    rf"|usually|more) )?(?:the )?(?:{_GROUP})(?P<then> (?:mainly|mostly|only|usually|then|or everyone|or all))*\W*$"
)
_FASTER = re.compile(
    rf"{LEAD}(?:(?:is|are|were|was|did|do|does|has|have) (?:we|it|they|things|lines?|that|checkout)"
    r"(?: (?:any|get|got|gotten|getting|actually|even|now|really|been))* )?(?:faster|quicker|slower|speedier)"
    r"(?: (?:at least|now|than before|with (?:it|them)|because of (?:it|them)|at the (?:tills?|registers?)))*\W*$"
)
_TILLS = re.compile(r"\b(?:check ?-?outs?|tills?|registers?|lanes?|lines?|queues?|self[- ]scan|cashiers?)\b")
_SHORT = 9
"""Words of a message that may be nothing without the answer above."""
SAME_GOODS = "Whether they are always the same is not told by itself, only which come back most."
OF_STORES = {
    "each": "The answer above tells each store by itself, and where it has a total, that is of all of them together.",
    "all": "The answer above is of all the stores you see, taken together.",
    "some": "The answer above is of {stores}.",
}
NOTHING_ABOVE = (
    "That leans on the answer above, which had no figures to go on with, and I give none of something else. Ask it in "
    "one sentence: what, where and when."
)
OF_WHAT = (
    "The answer above was of {goods}, and I cannot tell what this asks of it; figures of"
    " everything would be no answer. "
    "Ask it in one sentence, with the name."
)


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call such words mean, also where the answer before had no figures; None for every other message."""
    last = previous[-1]
    if last.name == PRICES and (way := _DIRECTION.match(plain) or _WHICH_WAY.match(plain)) is not None:
        return Plan(((PRICES, {**last.args, "direction": "up" if way["up"] else "down"}),))
    if last.name == FEEDBACK and _ABOUT.match(plain):
        return Plan(((FEEDBACK, dict(last.args)),))
    of_returns = last.args.get("metric") == "returns" or last.args.get("metrics") == ["returns"]
    if last.name == REFUNDS or (last.name in (SUMMARY, TOP) and of_returns):
        found = _returned(plain, last)
        if found is not None:
            return replace(found, leans=True)
    if _ONE_OR_ALL.match(plain):
        return _of_which_stores(last)
    if _FASTER.match(plain) and (_TILLS.search(last.question.lower()) or last.name == FEEDBACK):
        return Plan(text=TILL_SPEED)
    return _of_none(plain, last, around) if last.failed else None


def _of_none(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """Behind an answer without figures: the same at another store, and what only leans on it told to be so."""
    if last.name in (LIFT, SUMMARY) and (figure := _ITS_FIGURE.match(plain)) is not None:
        return _its_figure(figure["what"], last)
    if (other := _WITH.match(plain) or _SAME_AT.match(plain)) is not None:
        return at_store(other["at"], last, around)
    whose = _WHOSE.match(plain)
    if whose is not None and (whose["led"] or whose["then"]) and last.name not in _FIGURES:
        return Plan(text=NOTHING_ABOVE)
    if last.name == FEEDBACK and _HOW_MANY_SAY.match(plain):
        return Plan(((FEEDBACK, dict(last.args)),))
    of_another = set(last.args.get("metrics") or ()) - {"net_sales"} or last.name not in _FIGURES
    why = of_another and _WHY_SO.match(plain) and not take_metrics(Reading.of(plain))
    return Plan(text=NOTHING_ABOVE) if why or _OF_IT.match(plain) else None


def _its_figure(what: str, last: Call) -> Plan | None:
    """Another figure of the goods and days of an answer that had none."""
    goods = {key: last.args[key] for key in ("product", "department") if key in last.args}
    metrics = list(take_metrics(Reading.of(what))) or (["net_sales"] if what in ("sales", "revenue") else [])
    if not goods or not metrics:
        return None
    kept = {key: last.args[key] for key in ("period", "stores") if key in last.args}
    return Plan(((SUMMARY, {"metrics": metrics, **kept, **goods}),))


def _returned(plain: str, last: Call) -> Plan | None:
    """Who took goods back, for which reasons, and which goods they were."""
    days = str(last.args["period"]) if last.name == REFUNDS and "period" in last.args else None
    days = days if last.name == REFUNDS else usual_days(last)
    kept = {key: last.args[key] for key in ("stores",) if key in last.args} | ({"period": days} if days else {})
    if last.args.get("show", "refunds") not in ("refunds", "all"):
        return None
    if _ITEMS.match(plain):
        return Plan(((TOP, {"metric": "returns", **kept}),), SAME_GOODS if "same" in plain else "")
    by = "employee" if _WHO.match(plain) else "reason" if _REASONS.match(plain) else None
    return Plan(((REFUNDS, {"show": "refunds", "by": by, **kept}),)) if by else None


def _of_which_stores(last: Call) -> Plan:
    """Of which stores the answer before was: one, all together, or each by itself."""
    if last.failed:
        return Plan(text=NOTHING_ABOVE)
    split, stores = last.args.get("by"), last.args.get("stores")
    if split == "store" or (isinstance(split, list) and "store" in split):
        return Plan(text=OF_STORES["each"])
    return Plan(text=OF_STORES["some"].format(stores=stores) if stores else OF_STORES["all"])


def not_of_everything(question: str, decided: Plan, previous: Sequence[Call]) -> Plan:
    """The plan, unless what only leans on the answer before became figures of everything that nobody asked for."""
    plain = tidy(question).lower()
    if not previous or decided.leans or (stands_alone(plain) and not previous[-1].failed):
        return decided
    if previous[-1].failed and _only_leans(plain, decided, previous[-1]):
        return Plan(text=NOTHING_ABOVE)
    if not decided.calls or stands_alone(plain):
        return decided
    last, said = previous[-1], Reading.of(plain)
    goods = last.args.get("product") or last.args.get("department")
    lost = all(
        name in _FIGURES and name != last.name and not {"product", "department", "where"} & set(args)
        for name, args in decided.calls
    )
    names = _SPEAKS_OF_ALL.search(plain) or take_metrics(said) or periods(said)
    if not lost or names or not (last.failed or isinstance(goods, str)):
        return decided
    return Plan(text=NOTHING_ABOVE) if last.failed else Plan(text=OF_WHAT.format(goods=f"“{goods}”"))


def speaks_of_all(plain: str) -> bool:
    """Whether a message names everything, so that the goods before it hold no longer."""
    return _SPEAKS_OF_ALL.search(plain) is not None


def _only_leans(plain: str, decided: Plan, last: Call) -> bool:
    """Whether a message points at an answer without figures, or is nothing without it, and became something else."""
    said = Reading.of(plain)
    if len(plain.split()) > _SHORT or take_metrics(said) or periods(said):
        return False
    points = _POINTS.search(plain) is not None
    if not decided.calls:
        bare = decided.text.startswith(NOT_UNDERSTOOD) and len(plain.split()) < _SHORT
        return decided.unread and (points or (bare and _RESTS.match(plain) is not None))
    parts = ("product", "department", "stores")
    own = any(args.get(key) not in (None, last.args.get(key)) for _, args in decided.calls for key in parts)
    return points and not own and all(name != last.name for name, _ in decided.calls)
