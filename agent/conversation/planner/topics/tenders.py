"""Questions about how customers paid: the payment mix, cards against cash, fees; tax and tips; gift cards."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

MIX, TAXES, GIFT_CARDS = "tender_mix", "taxes_and_tips", "gift_cards"
BREAKDOWN, EACH = "sales_breakdown", "part_of_each"
_BRANDS = r"visa|master ?card|amex|american express|discover cards?"
_MEANS = (
    f"(?:cash|{_BRANDS}|"
    "(?:credit|debit|bank|visa|amex|mastercard|contactless)(?: |-)?cards?|cards?|credit|debit|wallets?"
    "|mobile (?:wallets?|payments?)|apple pay|google pay|contactless|store credit|checks?|cheques?)"
)
_MIX = re.compile(
    r"\b(?:payment|tender|pay)[- ](?:mix|methods?|types?|split|breakdown|options?|shares?|tenders?)\b|\btenders?\b"
    r"|\bpayments? (?:by|broken|split|breakdown|received|taken)\b|\bhow (?:do|did|are|were|have) (?:our |the "
    "|my )?(?:customers?|people|shoppers?|guests?|they|we|sales|orders|transactions) (?:get |been )?(?:pay(?:ing)?"
    rf"|paid)\b|\b(?:pay(?:ing)?|paid)(?: for)? (?:by|with|in|using|via) {_MEANS}\b|\b(?:percent(?:age)?|share"
    rf"|how many) (?:of (?:\w+ )?\w+ )?paid {_MEANS}\b|% (?:of (?:\w+ )?\w+ )?paid (?:in |by |with )?{_MEANS}\b"
    rf"|\b(?:percent(?:age)?|share|proportion|%) of (?:\w+ ){{0,2}}(?:sales|revenue|payments|transactions|takings"
    rf"|orders)"
    rf" (?:was|were|is|are) {_MEANS}\b"
    r"|(?:\b(?:percent(?:age)?|share|proportion)|%)(?: of \w+)? (?:are |is |was |were )?(?:paid|pays?|use[ds]?|paying"
    rf"|using) (?:by |with |in |using )?(?:a )?{_MEANS}\b"
    r"|\b(?:how much|how many|what)(?: \w+){0,3} (?:apple pay|google pay|contactless|wallets?|credit cards?"
    r"|debit cards?)\b"
    rf"|\b{_MEANS} (?:vs\.?|versus|and|or|against|to|compared (?:to|with)) {_MEANS}\b|\b{_MEANS} (?:sales|payments?"
    "|share|mix|percent(?:age)?|%|transactions|takings|revenue|split|usage|ratio|receipts|volume|orders|purchases"
    rf"|totals?)\b|\b(?:share|percent(?:age)?|proportion|fraction|part|%)(?: \w+){{0,8}} (?:was |were |is "
    rf"|are )?(?:of |in |by |on |with |via |using |from )(?:the )?{_MEANS}\b(?! (?:drawer|register))|\b(?:much|many"
    rf"|sales|revenue|takings)(?: \w+){{0,8}} (?:in |by |on |with |via |using )(?:the )?{_MEANS}\b(?! (?:drawer"
    r"|register))|\bcashless\b|\b(?:card|processing|payment|merchant|credit card"
    r"|transaction) (?:processing )?(?:fees?|costs?|charges)\b"
)
_ONE_CARD = re.compile(rf"\b(?:{_BRANDS}|debit)\b")
NOT_BY_CARD = "Cards are not told apart, neither by brand nor as credit and debit: all of them stand as card."
_FEES = re.compile(r"\b(?:fees?|processing costs?|card charges)\b")
_NOT_MIX = re.compile(
    # Sales figures by or of a payment method are a breakdown of sales, not the mix of payments.
    r"^\W*(?:net |gross )?(?:sales(?! tax)|revenue|transactions|orders|units|margin)(?: \w+){0,3} (?:by|per|paid)\b"
    r"|\bcash (?:drawers?|differences?|variances?|counts?|flow|over|short|register)\b|\b(?:unusual|suspicious"
    r"|outliers?)\b|\b(?:payouts?|chargebacks?|bank deposits?|payment terms|overdue|invoices?|loyalty cards?)\b"
    r"|\bscore ?cards?\b"
)
_MIX_WORDS = re.compile(
    rf"\b(?:payments?|tenders?|pay(?:ing|s)?|paid|methods?|{_MEANS}|gift cards?|vs\.?|versus|against|compared|fees?"
    "|costs?|charges?|processing|merchant|effective|percent(?:age)?|share|proportion|fraction|ratio|usage|cashless"
    "|customers?|shoppers?|people|guests?|sales|revenue|takings|transactions?|orders?|receipts?|purchases?|volume"
    r"|mix|split|options?|using|via|through|taken|received|been|get|accept(?:ed)?|rates?)(?!\w)|%"
)
_BY_TENDER = re.compile(r"\b(?:by|per|for each|across) (?:payment|tender)(?: (?:methods?|types?|kinds?))?s?\b")
_TAX = re.compile(
    r"\b(?:sales[- ])?tax(?:es)?\b(?! (?:inclusive|exempt\w*|rates?|filing|returns?|codes?|settings?))|\bvat\b|\bgst\b"
)
_TIPS = re.compile(
    r"\btips?\b(?! (?:for|about|to|off|on (?:how|improv\w+|sell\w*|increas\w+))\b)|\btipped\b|\bgratuit(?:y|ies)\b"
)
_CHARGES = (
    (re.compile(r"\bservice (?:charges?|fees?)\b"), "service"),
    (
        re.compile(
            r"\bshipping (?:charges?|fees?|income|revenue|collected)\b|\bshipping (?:did )?we (?:charged?|collect)\w*"
        ),
        "shipping",
    ),
    (re.compile(r"\b(?:cash )?rounding(?: differences?| of cash)?\b"), "rounding"),
)
_WHO = re.compile(r"^\W*who (?:got|gets|made|makes|earned|received|has|had|took|collected)\b")
_ADVICE = re.compile(r"\b(?:any|some|give me|got|share|useful|good|best) tips\b")
_NET_OF = re.compile(
    r"\b(?:before|after|without|net of|less|minus|including|incl\.?|excl\.?|with) (?:the )?(?:sales )?(?:tax(?:es)?"
    r"|vat|gst|tips?)\b"
)
_TAX_WORDS = re.compile(
    r"\b(?:service|shipping|(?:cash )?rounding|income|revenue|differences?|fees?|charges?|sales[- ]tax(?:es)?"
    r"|tax(?:es)?|vat|gst|tips?|tipped|gratuit(?:y|ies)|collect(?:ed|ing|ions?)?|charged?|owed?"
    "|amounts?|received|left|most|least|average|avg|customers?|staff|rates?|percent(?:age)?|share|highest|best|and"
    "|liability"
    r"|remit|due|paid|pay)(?!\w)"
)
_CARDS = re.compile(r"\bgift[- ]?(?:cards?|certificates?|vouchers?)\b")
_CARD_WORDS = re.compile(
    r"\b(?:gift[- ]?(?:cards?|certificates?|vouchers?)|sold|sell|sales|issued?|redeem(?:ed|ing)?|redemptions?|used?"
    "|using|liabilit(?:y|ies)|outstanding|activations?|activated|loaded|paid|payments?|with|customers?|value|worth"
    r"|versus|vs\.?|against|purchased?|bought|add(?:ed)?|new)(?!\w)"
)
_ONE_MEANS = re.compile(
    r"\b(?:cash|(?<!gift )(?<!credit )(?<!debit )(?<!loyalty )cards?|(?:mobile )?wallets?)(?: (?:payments?|sales"
    r"|takings))?\b"
)
_TILL = re.compile(r"\b(?:registers?|tills?|terminals?|lanes?)\b")
_WHICH_STORE = re.compile(
    r"\b(?:which|what) (?:of our |of the )?(?:stores?|shops?|locations?|registers?|tills?|terminals?"
    r"|lanes?)(?= .*\b(?:most|least|highest|lowest|more)\b)"
)
_EACH_STORE = re.compile(
    r"\bhow much (?=(?:cash|cards?|wallets?)\b.*\b(?:each|every|by|per) (?:stores?|shops?|locations?)\b)"
)
_SHARES = re.compile(
    r"\b(?:share|percent(?:age)?|proportion|ratio|mix|vs\.?|versus|average|avg|fees?|refunds?|tips?|tax|drawers?"
    "|differences?|variances?|short|over|voids?|discounts?|customers?|departments?|products?|employees?|cashiers?"
    r"|compared?|why)\b|%"
)
_TAKEN_WORDS = re.compile(
    r"\b(?:take[sn]?|took|gets?|got|handles?|handled|has|have|had|receives?|received|collects?|collected|do|does|did"
    "|accept(?:s|ed)?|the|most|least|highest|lowest|fewest|more|amounts?|money|in|each|every|by|per|stores?|shops?"
    r"|locations?|payments?|of|is|are|paid|with|total|sales|takings)(?!\w)"
)
_OF_TRANSACTIONS = re.compile(
    r"(?:\b(?:percent(?:age)?|share|proportion|fraction|part)|%) of (?:all |our |the |total )*"
    r"(?:transactions|orders|receipts|tickets|baskets)\b"
)
_SPLITS = frozenset({"store", "day", "week", "month", "weekday"})
_TAKEN_SUBJECT = Subject(BREAKDOWN, _TAKEN_WORDS, frozenset({"store", "register"}))
_MIX_SUBJECT = Subject(MIX, _MIX_WORDS, _SPLITS)
_PART_SUBJECT = Subject(BREAKDOWN, _MIX_WORDS, _SPLITS)
_TAX_SUBJECT = Subject(TAXES, _TAX_WORDS, _SPLITS | {"employee"})
_CARD_SUBJECT = Subject(GIFT_CARDS, _CARD_WORDS, _SPLITS)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a question about payments, tax, tips or gift cards; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if _NOT_MIX.search(whole):
        return None
    if (taken := _taken_by_store(reading, around)) is not None:
        return taken
    mix = _MIX.search(whole)
    if mix and (part := _part_of_transactions(reading, around)) is not None:
        return part
    if _CARDS.search(whole) and not (mix and re.search(r"\b(?:cash|mix|methods?|tenders?)\b", whole)):
        return plan_for(_CARD_SUBJECT, reading, around)
    if mix and not (_TIPS.search(whole) or _TAX.search(whole)):
        reading.take(_BY_TENDER)
        fees = {"show": "fees"} if _FEES.search(whole) else {}
        found = plan_for(replace(_MIX_SUBJECT, args=fees), reading, around)
        if found is not None and found.calls and _ONE_CARD.search(whole):
            return replace(found, opening=NOT_BY_CARD)
        return found
    return _taxes(reading, around)


def _one_kind(whole: str) -> str | None:
    """The one way of paying that is named; None where there are none or several."""
    means = {found[0] for found in _ONE_MEANS.finditer(whole)}
    if len(means) != 1:
        return None
    said = means.pop()
    return "cash" if "cash" in said else "wallet" if "wallet" in said else "card"


def _part_of_transactions(reading: Reading, around: Surroundings) -> Plan | None:
    """Which part of the transactions were paid in a way: these are counted, where the mix is of the money."""
    kind = _one_kind(reading.text)
    if kind is None or not _OF_TRANSACTIONS.search(reading.text) or _FEES.search(reading.text):
        return None
    where = [{"dimension": "tender", "values": [kind]}]
    found = plan_for(_PART_SUBJECT, Reading(reading.text, reading.source), around)
    if found is None or not found.calls:
        return None
    whole = {"metrics": ["transactions"], "of_total": True}
    return Plan(tuple(
        (EACH, {"where": where, "metric": "transactions", **args}) if args.get("by")
        else (BREAKDOWN, {"where": where, **whole, **args})
        for _, args in found.calls
    ))  # fmt: skip


def _taken_by_store(reading: Reading, around: Surroundings) -> Plan | None:
    """How much of one way of paying each store took, ranked; None where shares or several ways are asked for."""
    whole = reading.text
    kind = _one_kind(whole)
    if kind is None or _SHARES.search(whole) or not (_WHICH_STORE.search(whole) or _EACH_STORE.search(whole)):
        return None
    tried = Reading(whole, reading.source)
    least = re.search(r"\b(?:least|lowest|smallest|fewest)\b", whole) is not None
    by = "register" if _TILL.search(whole) else "store"
    args = {
        "by": by,
        "metrics": ["payments"],
        "where": [{"dimension": "tender", "values": [kind]}],
        "order": "bottom" if least else None,
    }
    for pattern in (_WHICH_STORE, _EACH_STORE, _ONE_MEANS):
        while tried.take(pattern):
            pass
    found = plan_for(replace(_TAKEN_SUBJECT, args=args), tried, around, by=by)
    if found is None or not found.calls:
        return found
    return calls_for(BREAKDOWN, {}, [{k: v for k, v in call.items() if v is not None} for _, call in found.calls])


def _taxes(reading: Reading, around: Surroundings) -> Plan | None:
    whole = reading.text
    tax, tips = _TAX.search(whole), _TIPS.search(whole)
    other = next((name for pattern, name in _CHARGES if pattern.search(whole)), None)
    if not (tax or tips or other) or _ADVICE.search(whole) or _NET_OF.search(whole):
        return None
    shown = ["both" if tax and tips else "tax" if tax else "tips"] if tax or tips else []
    by = "employee" if reading.take(_WHO) else None
    subject = replace(_TAX_SUBJECT, args={"show": (other or shown[0])})
    found = plan_for(subject, reading, around, by=by)
    if found is None or not found.calls or not (other and shown):
        return found
    beside = [(name, {**args, "show": shown[0]}) for name, args in found.calls]
    return replace(found, calls=(*found.calls, *beside))
