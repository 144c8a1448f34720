"""Shorthand and slips of the thumb put right before a question is read; what stands in quotes stays as it was typed."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.conversation.planner.wording.fillers import FILLERS, NOT_GOODS
from agent.conversation.planner.wording.misspelt import changed_over

_SHORT = {
    "how'd": "how did", "hows": "how's", "whats": "what's", "wats": "what's", "whos": "who's", "wheres": "where's",
    "wich": "which", "whcih": "which", "witch": "which", "yday": "yesterday", "ystd": "yesterday",
    "yest": "yesterday", "yesterdays": "yesterday's", "todays": "today's", "lst": "last", "wk": "week",
    "wks": "weeks", "wkend": "weekend", "wkends": "weekends", "mth": "month", "mths": "months", "mnth": "month",
    "qtr": "quarter", "qtrs": "quarters", "yr": "year", "yrs": "years", "hr": "hour", "hrs": "hours",
    "txn": "transaction", "txns": "transactions", "trx": "transactions", "custs": "customers", "cust": "customer",
    "ppl": "people", "pls": "please", "plz": "please", "pct": "percent", "rev": "revenue", "inv": "inventory",
    "disc": "discount", "discs": "discounts", "mkt": "market", "ur": "your", "whn": "when", "teh": "the",
    "lastweek": "last week", "lastmonth": "last month", "thismonth": "this month", "thisweek": "this week",
    "wat": "what", "wht": "what", "whta": "what", "waht": "what", "hw": "how", "hwo": "how", "lask": "last",
    "lsat": "last", "sals": "sales", "slaes": "sales", "saels": "sales", "sles": "sales", "itmes": "items",
    "itms": "items", "iems": "items", "prodcuts": "products", "porducts": "products", "stroe": "store",
    "prods": "products", "sho": "show", "shw": "show",
    "stors": "stores", "strore": "store", "tmrw": "tomorrow", "tmr": "tomorrow", "tomorow": "tomorrow",
    "tommorow": "tomorrow", "tomorrw": "tomorrow", "tody": "today", "qty": "quantity",
    "shud": "should", "shoud": "should", "cud": "could", "ordr": "order", "odrers": "orders", "oders": "orders",
    "custmers": "customers", "stok": "stock", "stck": "stock", "invntory": "inventory", "r": "are", "u": "you",
    "n": "and", "abt": "about", "thru": "through", "mnths": "months", "dept": "department", "depts": "departments",
    "y'day": "yesterday", "w": "with", "v": "vs", "tdy": "today",
    "ystrday": "yesterday", "ystrdy": "yesterday", "yestrdy": "yesterday", "didnt": "didn't",
    "lw": "last week", "ly": "last year", "chg": "change", "tnx": "thanks", "thats": "that's",
    "doesnt": "doesn't",
    "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't", "werent": "weren't", "havent": "haven't", "hasnt": "hasn't",
    "cant": "can't", "wont": "won't", "im": "i'm", "ive": "i've", "tonite": "tonight", "gd": "good", "thr": "there",
    "asign": "assign", "assigne": "assign", "unasigned": "unassigned", "unassinged": "unassigned", "shft": "shift",
    "shfts": "shifts", "scedule": "schedule", "shedule": "schedule", "schedual": "schedule",
    "munday": "monday", "tusday": "tuesday", "wensday": "wednesday", "thrusday": "thursday", "firday": "friday",
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "weds": "wednesday", "thu": "thursday",
    "thur": "thursday", "thurs": "thursday", "fri": "friday",
    "employes": "employees", "emplyees": "employees",
    "bestseller": "best seller", "bestsellers": "best sellers",
}  # fmt: skip
_LISTED = """
yesterday department departments transaction transactions customer customers household households revenue category
categories discount discounts quarter average weekend weekends weekday weekdays inventory campaign campaigns promotion
promotions coupons product products employee employees cashier cashiers compare compared private demographic
performance busiest slowest quietest january february september october november december wednesday thursday saturday
monthly quarterly percent percentage
"""
_LOOKALIKES = """
produce producer produced beverage beverages costumer costumers costume costumes compares coupon privates
performances averages quarters promotional performed comparer
"""
_WORDS = tuple(_LISTED.split())
_ALIKE = frozenset(_LOOKALIKES.split())
"""Words of their own that look like one of those."""
_PERCENTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "twenty-five": 25, "twenty five": 25, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_PERCENT = re.compile(
    rf"(?<![\w-])(?P<count>{'|'.join(sorted(_PERCENTS, key=len, reverse=True))}) per ?cent\b", re.IGNORECASE
)
_ONE_DOLLAR = re.compile(r"\bone dollar\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?<![\w-])(?P<lead>which|what|top|bottom|best|worst) (?P<count>two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?! (?:week|month|day|hour|year|o'?clock|per ?cent|%))(?![^?]*\btogether\b)",
    re.IGNORECASE,
)
_SO_MANY = re.compile(
    r"(?<![\w-])(?P<count>two|three|four|five|six|seven|eight|nine|ten)(?= (?:vendors|suppliers|stores|shops|brands"
    r"|products"
    r"|items|categories|departments|customers|households|promotions|campaigns) (?:with|by|that"
    r"|having)\b)(?![^?]*\btogether\b)",
    re.IGNORECASE,
)
"""“Five vendors with the lowest margin”."""
_SHORT_WORD = 5
_FORM = re.compile(
    r"\bform (?=(?:the )?(?:last|this|past|previous|yesterday|today|next)\b|(?:january|february|march|april|june|july"
    r"|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)",
    re.IGNORECASE,
)
"""“From” with two letters changed over: a word of its own, but not before a time."""
_TOKEN = re.compile(r"\"[^\"]*\"|(?<![\w'#-])[A-Za-z][A-Za-z']*(?![\w-])")


def mended(text: str) -> str:
    """The question with its shorthand written out; names in quotes, codes and words that may be goods are left alone.

    >>> mended("sales yday by departmnt")
    'sales yesterday by department'
    """
    counted = _PERCENT.sub(lambda match: f"{_PERCENTS[match['count'].lower()]} %", text)
    counted = _ONE_DOLLAR.sub("$1", _FORM.sub("from ", counted))
    counted = _COUNTED.sub(lambda match: f"{match['lead']} {_PERCENTS[match['count'].lower()]}", counted)
    counted = _SO_MANY.sub(lambda match: str(_PERCENTS[match["count"].lower()]), counted)
    return _TOKEN.sub(lambda match: _word(match[0]), counted)


def _word(said: str) -> str:
    plain = said.lower()
    if plain in _SHORT and (len(plain) > 1 or said == plain):
        return _SHORT[plain]
    if "'" in plain or said.startswith('"') or plain in _ALIKE:
        return said
    return (_near(plain) if len(plain) > _SHORT_WORD else "") or (changed_over(plain) if said == plain else "") or said


@cache
def _near(word: str) -> str:
    """The one word of the list that lies a single slip away; empty when it is one itself or none is near.

    A slip keeps the first letter and is none of the ending: “lowest” is not “slowest”, nor “discounted” “discounts”.
    """
    if word in _WORDS or word in FILLERS or word in NOT_GOODS:
        return ""
    found = process.extractOne(word, [one for one in _WORDS if one[0] == word[0]], scorer=OSA.distance, score_cutoff=1)
    if found is None:
        return ""
    near = str(found[0])
    ending = near.startswith(word.rstrip("s")) or word.startswith(near.rstrip("s"))
    return "" if ending else near
