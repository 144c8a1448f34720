"""Groups of customers by what is known of their households: “with kids”, “over 65”, “homeowners”, “income over 100K”.

Bands are those of the usual loyalty data. An age or income that does not end where a band ends is not taken: figures
for other people than were asked for would be wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.conversation.planner.reading import Reading

PEOPLE = r"(?:customers?|shoppers?|households?|families|family|people|buyers?|members?|couples?|those|guests?)"
_AGES = (
    (19, 24, "19-24"),
    (25, 34, "25-34"),
    (35, 44, "35-44"),
    (45, 54, "45-54"),
    (55, 64, "55-64"),
    (65, 120, "65+"),
)
_INCOMES = (
    (0, 14, "Under 15K"), (15, 24, "15-24K"), (25, 34, "25-34K"), (35, 49, "35-49K"), (50, 74, "50-74K"),
    (75, 99, "75-99K"), (100, 124, "100-124K"), (125, 149, "125-149K"), (150, 174, "150-174K"), (175, 199, "175-199K"),
    (200, 249, "200-249K"), (250, 9_999, "250K+"),
)  # fmt: skip
_KIDS = r"(?:kids?|children|child)"
_WITH_KIDS = re.compile(
    rf"\b(?:(?:{PEOPLE} )?(?:who have|that have|having|with)|{PEOPLE} have) (?:young |small |any )?{_KIDS}\b"
)
_WITH_OR_WITHOUT = re.compile(rf"\b(?:{PEOPLE} )?with (?:or|and|versus|vs\.?) (?:those )?without (?:young )?{_KIDS}\b")
_FAMILIES = re.compile(
    r"(?<=\bdo )families\b(?= (?:buy|shop|spend|visit|come|purchase|prefer|like))|(?<=\bfor )families\b(?= *$| (?:last"
    r"|this|in|at)\b)"
)
"""Families that do something are households with children."""
_SO_MANY_KIDS = re.compile(
    rf"\b(?:{PEOPLE} )?(?:who have|that have|having|with) (?P<least>at least )?(?P<n>[1-9]|one|two|three|four"
    rf"|five)(?P<more>\+| or more)? {_KIDS}\b"
)
_NO_KIDS = re.compile(
    rf"\b(?:{PEOPLE} )?(?:without|with no|who have no|that have no|with zero|having no) {_KIDS}\b"
    rf"|\bchildless(?: {PEOPLE})?\b|\b(?:versus|vs\.?|and|or|than|against|compared (?:to|with)) (?:those "
    rf"|the ones )?(?:{PEOPLE} )?without(?: (?:any|them))?(?: {_KIDS})?\b"
)
_OF_FAMILIES = re.compile(rf"\b{_KIDS}\b|\bchildless\b|\bfamil(?:y|ies)\b")
"""Whom a bare “and without” is about: “with a coupon and without” says nothing of children."""
_AGED = re.compile(
    rf"\b(?:{PEOPLE} )?(?:aged |ages |between (?:the ages of )?|age )(?P<a>\d{{2}}) ?(?:-|to|and|–) ?(?P<b>\d{{2}})\b"
    rf"|\b(?P<c>\d{{2}}) ?(?:-|to|–) ?(?P<d>\d{{2}})[- ]?(?:years?[- ]olds?|year old|yos?|y/o)(?: {PEOPLE})?\b"
    rf"|\b(?P<e>\d{{2}}) ?(?:-|–) ?(?P<f>\d{{2}}) age (?:group|band|bracket|range)\b"
)
_OVER = re.compile(
    rf"\b{PEOPLE} (?:who are |that are |aged |are )?(?:over|above|older than) (?:the age of )?(?P<a>\d{{2}})s?\b"
    rf"(?! ?(?:%|dollars|bucks|items|units|times|visits|days|k\b))|\b(?:over|above)[- ](?P<b>\d{{2}})'?s\b"
    r"|\b(?P<c>\d{2}) (?:and|or) (?:over|older|above)\b|\b(?P<d>65)\+"
)
_UNDER = re.compile(
    rf"\b{PEOPLE} (?:who are |that are |aged |are )?(?:under|younger than) (?:the age of )?(?P<a>\d{{2}})s?\b(?! ?(?:%"
    rf"|dollars|bucks|items|units|times|visits|days|k\b))|\bunder[- ](?P<b>\d{{2}})'?s\b"
)
_SENIORS = re.compile(
    r"\b(?:seniors?(?: citizens?)?|pensioners?|elderly(?: \w+)?|retirees?|older (?:people|customers))\b"
)
_EARN = r"(?:(?:household )?incomes?|earning|earn|making|who earn|who make)"
_EARNING = re.compile(
    rf"\b(?:{PEOPLE} )?(?:with )?(?:an? )?{_EARN} (?:of )?(?P<way>over|above|more than|at least|under|below|less than)"
    r" \$?(?P<k>\d{2,3})(?:,?000| ?k)\b"
    rf"|\b(?:{PEOPLE} )?(?:with )?(?:an? )?{_EARN} (?:of )?\$?(?P<least>\d{{2,3}})(?:,?000| ?k)(?:\+| (?:or"
    rf"|and) (?:more|over"
    r"|above|up)\b)"
)
_RICHEST = re.compile(
    rf"\b(?:the )?(?:highest|top)[- ]income(?: {PEOPLE}\b|(?= *$))|\b(?:the )?(?:richest|wealthiest) {PEOPLE}\b"
)
_POOREST = re.compile(rf"\b(?:the )?(?:lowest|bottom)[- ]income(?: {PEOPLE}\b|(?= *$))|\b(?:the )?poorest {PEOPLE}\b")
_RICH = re.compile(
    rf"\b(?:the )?(?:high|higher)[- ]income (?:{PEOPLE}|groups?|earners?)\b|\b(?:affluent|wealthy|rich) {PEOPLE}\b"
)
_POOR = re.compile(rf"\b(?:the )?(?:low|lower)[- ]income (?:{PEOPLE}|groups?|earners?)\b")
_SIZE = re.compile(
    r"\b(?P<a>\d|one|two|three|four|five|single)[- ]?(?:person|people|member)s? (?:households?|famil(?:y|ies)"
    r"|homes?)\b|\b(?:households?|famil(?:y|ies)) of size (?P<c>\d)(?P<more_c>\+| or (?:more|larger|greater|bigger"
    r"|above)| and (?:up|above))?(?!\w)|\b(?:households?|famil(?:y|ies)) (?:of|with|having"
    r"|that have) (?P<least>at least )?(?P<b>\d|one|two|three|four|five)(?P<more_b>\+| or more"
    r"| and more)?(?: (?:people|persons|members))?(?!\w)|\b(?P<d>\d)(?:\+| or more)[- ](?:person|people"
    r"|member)s? (?:households?|famil(?:y|ies)|homes?)\b|\b(?:households?|famil(?:y|ies)) (?:with|of|have|having"
    r"|that have) more than (?P<over>\d|one|two|three|four) (?:people|persons|members)\b"
)
_SIZES = ("1", "2", "3", "4", "5+")
_NUMBERS = {"one": "1", "single": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_MARITAL = (
    (
        re.compile(rf"\bunmarried(?: {PEOPLE})?\b|\bsingle (?:customers?|shoppers?|people|adults)\b|\bsingles\b"),
        "Unmarried",
    ),
    (re.compile(rf"\bmarried(?: {PEOPLE})?\b"), "Married"),
)
_MARRIED = re.compile(r"\bmarried\b")
_SINGLE = re.compile(rf"\bsingle(?: (?:{PEOPLE}|ones))?\b(?! (?:items?|person|parent))")
"""Beside “married” a single household is not one of one person."""
_RENT = (
    rf"\b(?:{PEOPLE} (?:who |that )?|who |that |they )rent\b"
    r"|\brent(?= (?:or|vs\.?|versus|and|than|instead of|rather than) (?:who |they |those |that )*(?:own|buy)\w*\b)"
    r"|(?<=\bown (?:or|vs) )rent\b|(?<=\bown and )rent\b"
)
"""What people do; “after rent” is a cost of the shop."""
_HOME = (
    (re.compile(rf"\b(?:{PEOPLE} who )?(?:home ?owners?|own (?:a|their) homes?)\b(?! ?(?:ship|status))"), "Homeowner"),
    (re.compile(rf"\b(?:{PEOPLE} who )?(?:renters?|rent (?:a|their) homes?)\b|{_RENT}"), "Renter"),
)
_COMPOSITIONS = (
    (re.compile(rf"\bsingle[- ](?:parents?|mothers?|moms?|fathers?|dads?)(?: {PEOPLE})?\b"), ("1 Adult Kids",)),
    (
        re.compile(
            rf"\b(?:single|one|1)[- ]adult(?:s'?)?(?: {PEOPLE})\b|\b{PEOPLE} with (?:a single|only one|one) adult\b"
        ),
        ("1 Adult Kids", "1 Adult No Kids"),
    ),
    (
        re.compile(
            rf"\bcouples? (?:with(?:out| no)|and no) {_KIDS}\b|\bchildless couples?\b|\bcouples? (?:who have"
            rf"|having) no {_KIDS}\b"
        ),
        ("2 Adults No Kids",),
    ),
    (
        re.compile(rf"\bcouples? (?:with|who have|having) {_KIDS}\b|\btwo[- ]parent (?:households?|famil(?:y|ies))\b"),
        ("2 Adults Kids",),
    ),
    (
        re.compile(r"\b(?:(?<!married )couples?|two[- ]adult households?|households? (?:of|with) two adults)\b"),
        ("2 Adults No Kids", "2 Adults Kids"),
    ),
)
_ALONE = re.compile(
    r"\bsingle(?:[- ]adult)? (?:households?|homes?)\b|\bpeople (?:who )?liv(?:e|ing) alone\b"
    rf"|\bone[- ]adult households?\b|\bsingles\b|\bsingle {PEOPLE}\b"
)
"""Beside couples a single household is one adult without children."""
_AGAINST = re.compile(
    r"\b(?:versus|vs\.?|against|compared (?:to|with)|than|or|differ\w*|compare|more|less|higher|lower|bigger"
    r"|smaller)\b"
)


_OR_MORE = re.compile(
    rf"\b(?:\d|one|two|three|four|five) or (?:more|less|fewer)\b|\bmore than (?:\d|one|two|three) (?={_KIDS}\b)"
)
"""“Three or more” is a number and holds nobody against anybody."""


@dataclass(frozen=True, slots=True)
class Group:
    """Customers meant by an attribute: its dimension and the values that count."""

    dimension: str
    values: tuple[str, ...]

    def condition(self) -> dict[str, object]:
        """As ``sales_breakdown`` takes it."""
        return {"dimension": self.dimension, "values": list(self.values)}


def take_people(reading: Reading) -> list[Group]:
    """The groups named, taken out of the question; groups of one attribute that are held against each other too."""
    found: list[Group] = _compositions(reading)
    if reading.take(_WITH_OR_WITHOUT):
        return [Group("kids", ("0",)), Group("kids", ("1", "2", "3+"))]
    if (counted := reading.take(_SO_MANY_KIDS)) is not None:
        number = int(_NUMBERS.get(counted["n"], counted["n"]))
        bands = ("1", "2", "3+")
        more = bool(counted["least"] or counted["more"])
        values = bands[min(number, 3) - 1 :] if more else (bands[min(number, 3) - 1],)
        found.append(Group("kids", values))
    if not found and reading.take(_FAMILIES):
        found.append(Group("kids", ("1", "2", "3+")))
    childless = reading.find(_NO_KIDS)
    if childless is not None and (_OF_FAMILIES.search(childless[0]) or _OF_FAMILIES.search(reading.source.lower())):
        reading.blank(childless.start(), childless.end())
        found.append(Group("kids", ("0",)))
    if reading.take(_WITH_KIDS):
        found.append(Group("kids", ("1", "2", "3+")))
    found += [group for group in (_age(reading), _income(reading), _size(reading)) if group]
    if _MARRIED.search(reading.text) and reading.take(_SINGLE):
        found.append(Group("marital_status", ("Unmarried",)))
    for name, table in (("marital_status", _MARITAL), ("home_ownership", _HOME)):
        found += [Group(name, (value,)) for pattern, value in table if reading.take(pattern)]
    return found


def _compositions(reading: Reading) -> list[Group]:
    """Couples, single parents and, beside them, who lives alone."""
    found = [Group("household_comp", values) for pattern, values in _COMPOSITIONS if reading.take(pattern)]
    if found and reading.take(_ALONE):
        found.append(Group("household_comp", ("1 Adult No Kids",)))
    return found


def split_instead(groups: list[Group], whole: str) -> str | None:
    """The attribute to split by, where groups are held against each other or against everybody else."""
    names = [group.dimension for group in groups]
    whole = _OR_MORE.sub(" ", whole)
    twice = next((name for name in names if names.count(name) > 1), None)
    return twice or (names[0] if len(names) == 1 and _AGAINST.search(whole) else None)


def _age(reading: Reading) -> Group | None:
    match = reading.find(_AGED)
    if match:
        low, high = (
            int(one) for one in (match["a"] or match["c"] or match["e"], match["b"] or match["d"] or match["f"])
        )
        return _bands(reading, match, "age_band", _AGES, low, high)
    if match := reading.find(_OVER):
        number = int(next(one for one in match.groups() if one))
        return _bands(reading, match, "age_band", _AGES, number, 120) or _bands(
            reading, match, "age_band", _AGES, number + 1, 120
        )
    if match := reading.find(_UNDER):
        return _bands(reading, match, "age_band", _AGES, 19, int(match["a"] or match["b"]) - 1)
    return Group("age_band", ("65+",)) if reading.take(_SENIORS) else None


def _income(reading: Reading) -> Group | None:
    if match := reading.find(_EARNING):
        number = int(match["k"] or match["least"])
        over = match["least"] is not None or match["way"] in ("over", "above", "more than", "at least")
        low, high = (number, 9_999) if over else (0, number - 1)
        return _bands(reading, match, "income_band", _INCOMES, low, high)
    if reading.take(_RICHEST):
        return Group("income_band", (_INCOMES[-1][2],))
    if reading.take(_POOREST):
        return Group("income_band", (_INCOMES[0][2],))
    if reading.take(_RICH):
        return Group("income_band", tuple(name for low, _, name in _INCOMES if low >= 100))
    if reading.take(_POOR):
        return Group("income_band", tuple(name for _, high, name in _INCOMES if high <= 34))
    return None


def _size(reading: Reading) -> Group | None:
    match = reading.take(_SIZE)
    if match is None:
        return None
    said = match["a"] or match["b"] or match["c"] or match["d"] or match["over"]
    number = min(int(_NUMBERS.get(said, said)) + bool(match["over"]), len(_SIZES))
    if number < 1:
        return None
    more = any(match[name] for name in ("more_b", "more_c", "least", "d", "over"))
    return Group("household_size", _SIZES[number - 1 :] if more else (_SIZES[number - 1],))


def _bands(
    reading: Reading, match: re.Match[str], name: str, bands: tuple[tuple[int, int, str], ...], low: int, high: int
) -> Group | None:
    """The bands from ``low`` to ``high``, if bands begin and end there; then the words are taken out."""
    inside = [one for one in bands if one[0] >= low and one[1] <= high]
    if not inside or inside[0][0] != low or inside[-1][1] != high:
        return None
    reading.blank(match.start(), match.end())
    return Group(name, tuple(one[2] for one in inside))
