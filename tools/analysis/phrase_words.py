"""The words that periods are said in, brought to one form before anything reads them."""

from __future__ import annotations

import difflib
import re

from tools.analysis.calendar import MONTHS, WEEKDAYS, PeriodError

EXAMPLES = "“yesterday”, “last week”, “MTD”, “last 28 days”, “week 32”, “July”, “last summer”, “3-9 May”, “2026-05-03”"
LONGEST_PHRASE = 200
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SHORT = {
    "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "2moro": "tomorrow", "yday": "yesterday",
    "ystd": "yesterday", "tdy": "today", "2day": "today", "wk": "week", "wks": "weeks", "wkend": "weekend",
    "wknd": "weekend", "mth": "month", "mths": "months", "mnth": "month", "yr": "year", "yrs": "years",
    "qtr": "quarter", "nxt": "next", "lst": "last", "prev": "last",
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "weds": "wednesday", "thu": "thursday",
    "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday",
}  # fmt: skip
"""How periods are typed on a phone."""
_FILLER = re.compile(r"^(?:for|in|on|during|over|of|the|all of|whole) ")
_KNOWN = re.findall(
    r"\w+",
    """today yesterday tomorrow before after last this next week weeks weekend month months quarter quarters year years
    day days same since from between until through date far ago past previous weekday four norm ever half beginning
    commencing starting monthly weekly fortnight average usual normal typical earlier period periods evening night
    current tonight coming default retail fiscal easter thanksgiving christmas halloween memorial labor labour veterans
    valentine valentines independence presidents patrick patricks martin luther columbus mothers fathers
    juneteenth friday cyber black ending ended half full complete thru around first second third fourth fifth final
    sunday onward onwards spring summer autumn fall winter springtime summertime wintertime""",
)
_WORDS = frozenset([*_KNOWN, *(word for name in (*MONTHS, *WEEKDAYS) for word in (name, name[:3]))])


def normalise(phrase: str) -> str:
    """Lower case, single spaces, digits for small numbers, one word for each meaning, small misspellings mended."""
    text = phrase[: LONGEST_PHRASE + 1].lower()
    if len(text) > LONGEST_PHRASE:
        raise PeriodError(f"A period is a few words, such as {EXAMPLES}.")
    text = text.replace("’", "'").replace("'s", "").replace("–", "-").replace("—", "-").replace("−", "-")
    text = re.sub(r"[\"'“”?!;()]", " ", text)
    text = re.sub(r"\b(?:past|previous|prior|trailing|rolling|preceding)\b", "last", text)
    text = re.sub(r"(?<=[a-z])\.", "", text)
    text = " ".join(_mended(word) for word in text.replace(",", " , ").split()).replace(" ,", ",").strip(" ,.")
    while (shorter := _FILLER.sub("", text)) != text:
        text = shorter
    return text


def _mended(word: str) -> str:
    if word in _NUMBERS:
        return str(_NUMBERS.index(word) + 1)
    if word in _SHORT:
        return _SHORT[word]
    if len(word) < 5 or not word.isalpha() or word in _WORDS:
        return word
    close = difflib.get_close_matches(word, _WORDS, n=1, cutoff=0.82)
    return close[0] if close else word
