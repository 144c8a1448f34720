"""Holds an answer to what the tools of this turn returned.

A language model may choose words, never numbers. Every number of an answer must be a number of this turn's results
(also rounded), of the question, a date or a small count; a change goes the way that the tools say; and nothing may be
claimed as done, since no tool here does anything but read or file a proposal. An answer that fails is replaced by the
tools' own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from agent.conversation.context import Finding, with_options
from agent.conversation.toolbox import MODEL_ROWS
from tools.result import ToolResult

SMALL_COUNT = 12
TURNED = "The drafted answer turned a rise into a fall or a fall into a rise, so these are the tools' own words."
REWRITTEN = "The drafted answer held numbers that no tool returned, so these are the tools' own words."
UNDONE = "The drafted answer claimed an action as done; nothing has been changed, so these are the tools' own words."
_NOT_SHOWN = "I cannot share or change my instructions or any credentials."
_TELLING = 50
"""A line of so many characters is not said by chance."""
_NO_RESULT = (
    "I have no data for that in this conversation, so I will not name a number. Ask me about a period and a store."
)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATES = re.compile(
    r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s*(?:[-–]|to|and)\s*\d{{1,2}}(?:st|nd|rd"
    rf"|th)?\s+(?:of\s+)?{_MONTH}\b\.?(?:,?\s+(?:19|20)\d{{2}})?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b\.?(?:,?\s+(?:19|20)\d{{2}})?"
    rf"|\b{_MONTH}\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?(?:,?\s+(?:19|20)\d{{2}})?\b"
    rf"|\b{_MONTH}\s+(?:19|20)\d{{2}}\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    r"|\bweek\s+\d{1,2}\b(?:\s+of\s+(?:19|20)\d{2})?|\bq[1-4]\b(?:\s+(?:19|20)\d{2})?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<money>[$€£¥]\s*|\b(?:USD|EUR|GBP|CAD|AUD|JPY)\s*)?"
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f']\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:\s*(?P<scale>k|m|bn|thousand|million|billion)\b)?(?:\s*(?P<percent>%|percent\b|per cent\b))?",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"\b(hundred|thousand|million|billion|dozen)s?\b", re.IGNORECASE)
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 10**9, "billion": 10**9}
_ORDINAL = re.compile(r"(?m)^\s*(?:#|no\. ?)?\d{1,2}[.)](?=\s)|#\d{1,2}\b|\b\d{1,2}(?:st|nd|rd|th)\b")
_CODE = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*\d)\w+\b")
_ACTED = (
    r"(?:changed|updated|applied|approved|executed|marked|reduced|lowered|raised|deleted|refunded|ordered|sent|published"
    r"|scheduled|transferred|cancell?ed|carried out)"
)
_DONE = re.compile(
    rf"\b(?:i|we)(?:'ve|’ve| have| just| already)*\s+(?:\w+ly\s+)?(?:{_ACTED}|set|cut|told|notified|informed|messaged"
    r"|e-?mailed|alerted)\b"
    rf"|(?<!\bnothing )(?<!\bnone )\b(?:has|have) (?:now |just )?been (?:{_ACTED}|set|told|notified|informed)\b"
    r"|\b(?:price|change|markdown) is now (?:live|active|in effect|applied)\b"
    rf"|\b(?:proposal|request|change|order|transfer|shift|task|promotion) is (?:now )?{_ACTED}\b"
    r"|^\W*(?:all )?done\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:(?P<up>up|rose|risen|rise|grew|grown|increased?|gained|climbed)"
    r"|(?:down|fell|fallen|fall|dropped|declined?|decreased?|shrank|lost|slipped))"
    r"(?: (?:by|of|about|around|roughly|some|nearly|almost|just|over))* ?[+\u2212-]?"
    r"(?P<size>[$€£¥]? ?\d[\d,.]*\d?(?: ?(?:%|percent|per cent))?)",
    re.IGNORECASE,
)
_DIGIT_GAPS = str.maketrans("", "", ",\u00a0\u202f'")


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer that may be shown, and the caveat if it had to be replaced."""

    text: str
    caveat: str = ""


def ground(
    text: str,
    findings: Sequence[Finding],
    question: str,
    *,
    earlier: Sequence[str] = (),
    offered: Sequence[str] = (),
    private: str = "",
) -> Grounded:
    """The text if it stands on the findings, else the tools' own words with a caveat.

    Args:
        text: what the model wrote.
        findings: those of this turn.
        question: its numbers may be said again.
        earlier: what was shown before in the thread; of a turn without findings its numbers may be said again.
        offered: questions that the text offers; the numbers of a question are no figures.
        private: a text that nobody is to be shown.
    """
    if _repeats(text, private):
        return Grounded(_NOT_SHOWN)
    results = [finding.result for finding in findings if finding.result is not None]
    said = [finding.message for finding in findings if finding.message]
    said += [option for finding in findings for option in finding.options]
    sources = [*said, question, *offered, *(piece for result in results for piece in _texts(result))]
    sources += () if findings else earlier
    if _DONE.search(text) and not any(_DONE.search(source) for source in sources):
        return Grounded(own_words(findings) or "Nothing has been changed.", UNDONE)
    if ungrounded_numbers(text, sources):
        return Grounded(own_words(findings) or _NO_RESULT, REWRITTEN if findings else "")
    if turned_changes(text, sources, results):
        return Grounded(own_words(findings), TURNED)
    return Grounded(text)


def _repeats(text: str, private: str) -> bool:
    """Whether a text says a line of another word for word."""
    said = " ".join(text.split())
    lines = (" ".join(line.split()).lstrip("#- ") for line in private.splitlines())
    return any(len(line) >= _TELLING and line in said for line in lines)


def own_words(findings: Sequence[Finding]) -> str:
    """What the tools themselves said, in order; what failed on the way to a result is no answer."""
    answered = any(finding.result is not None for finding in findings)
    kept = [finding for finding in findings if not answered or finding.status != "error"]
    return "\n\n".join(said for finding in kept if (said := _said(finding)))


def _said(finding: Finding) -> str:
    if finding.result is not None:
        return finding.result.text or finding.result.headline
    return with_options(finding.message, finding.options)


def ungrounded_numbers(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """The numbers in ``text`` that none of the ``sources`` holds, as they were written."""
    sources = tuple(sources)
    whole = "\n".join(sources)
    allowed = {value for value, _, _ in _numbers(whole)}
    codes = set(_CODE.findall(whole))
    remaining = _CODE.sub(lambda match: " " if match.group(0) in codes else match.group(0), _DATES.sub(" ", text))
    remaining = _ORDINAL.sub(" ", remaining)
    missing = [
        written
        for value, written, bare in _numbers(remaining)
        if not (bare and value <= SMALL_COUNT and value == value.to_integral_value())
        and not _known(value, written, allowed)
    ]
    spelled = [match.group(0) for match in _SPELLED.finditer(_NUMBER.sub(" ", text))]
    missing += [word for word in spelled if word.lower() not in whole.lower()]
    return tuple(missing)


def turned_changes(text: str, sources: Iterable[str], results: Iterable[ToolResult]) -> tuple[str, ...]:
    """The changes in ``text`` of which the tools know only the opposite, “down 3 %” for a rise by 3.2 %, as written."""
    known = {change for source in sources for change, _ in _changes(source)}
    for result in results:
        for held in (figure.compared_to for figure in result.figures if figure.compared_to is not None):
            known |= {*_signed(held.change, percent=False), *_signed(held.change_pct, percent=True)}
    return tuple(
        written
        for change, written in _changes(text)
        if (ways := {one.rises for one in known if one.percent == change.percent and one.is_about(change, written)})
        and change.rises not in ways
    )


@dataclass(frozen=True, slots=True)
class _Change:
    rises: bool
    size: Decimal
    percent: bool

    def is_about(self, other: _Change, written: str) -> bool:
        """Whether the size of the other, as it was written, is this one's or this one's rounded."""
        return _known(other.size, written, {self.size})


def _changes(text: str) -> Iterable[tuple[_Change, str]]:
    """Every change that is said with its direction, and its number as it was written."""
    for match in _CHANGE.finditer(text):
        for size, written, _ in _numbers(match["size"]):
            yield _Change(bool(match["up"]), size, written.rstrip().endswith(("%", "t"))), written


def _signed(value: str | None, *, percent: bool) -> Iterable[_Change]:
    with suppress(InvalidOperation, TypeError):
        change = Decimal(str(value))
        if change:
            yield _Change(change > 0, abs(change), percent)


def _numbers(text: str) -> Iterable[tuple[Decimal, str, bool]]:
    """Every number as (absolute value, as written, whether it is a bare count)."""
    for match in _NUMBER.finditer(text):
        try:
            value = Decimal(match["digits"].translate(_DIGIT_GAPS))
        except InvalidOperation:
            continue
        scale = (match["scale"] or "").lower()
        yield value * _SCALES.get(scale, 1), match.group(0).strip(), not (match["money"] or scale or match["percent"])


def _known(value: Decimal, written: str, allowed: set[Decimal]) -> bool:
    if value in allowed:
        return True
    match = _NUMBER.search(written)
    digits = match["digits"].translate(_DIGIT_GAPS) if match else ""
    scale = Decimal(_SCALES.get((match["scale"] or "").lower(), 1)) if match else Decimal(1)
    # A rounded number is the same number: 12,346 for 12345.67, 12.3k for 12345.67. The unit of its last digit decides.
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) * scale
    return any(abs(candidate - value) <= step / 2 for candidate in allowed if candidate >= step)


def _texts(result: ToolResult) -> Iterable[str]:
    yield result.headline
    yield result.text
    yield from result.caveats
    yield from result.follow_ups
    for figure in result.figures:
        yield f"{figure.value} {figure.start_on} {figure.end_on} {' '.join(figure.group.values())}"
        if figure.compared_to is not None:
            yield f"{figure.compared_to.value} {figure.compared_to.change} {figure.compared_to.change_pct}"
    if result.table is not None:
        yield f"{len(result.table.rows)} rows, {len(result.table.rows) - MODEL_ROWS} left out"
        for row in result.table.rows:
            yield " ; ".join("" if cell is None else str(cell) for cell in row)
