"""The labelled questions: which tool answers, which of its words they name, and where values stand in them.

They come from the files beside this module, from the questions that are known to be read (``closest/known.txt``) and
from those of the tests, both with the calls that the planner makes of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from agent.conversation.planner.closest.known import known_questions
from agent.conversation.planner.learned.network import NONE, SEVERAL
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.wording.words import WORD_NUMBERS
from tools.registry import catalogue

QUESTIONS = Path(__file__).parent / "questions"
HELD_OUT = Path(__file__).parent / "held_out"
"""Never learned from: how well the network reads is measured on these."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SAID = """
period compare_to later product with_product stores department limit top over at_least under at_most days weeks text
supplier campaign promotion person job time_of_day until due within top_percent top_number bottom_percent percent price
price_change_pct over_hours giver taker not_at but_not name employee day start end store to_store assignee title place
amount large least_units segment times weekday cover budget grace_minutes time register_id values term within_days
away_days fewer_than top_count sales_percent weeks_before clear_in_weeks cover_weeks bands sold at_least_percent
over_percent under_percent at_most_percent containing wanted_days keep_days deepest_pct least_margin_pct counted change
detail products reason
"""
_IN_THE_QUESTION = frozenset(_SAID.split())
"""Arguments whose values are said in the question; all others take words of their own."""
_EITHER = frozenset({"values", "segment", "weekday", "within"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, the tool that answers it, its (argument=value) words, and characters of the values in the question.

    ``words`` is None where only the tool is known to be right.
    """

    question: str
    tool: str
    words: frozenset[str] | None
    spans: Mapping[str, tuple[int, int]]


def written(folder: Path = QUESTIONS) -> Iterator[Labelled]:
    """Those of a folder's files, in their order."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            one = json.loads(line)
            yield labelled(one["q"], one["tool"], None if "also" in one else one.get("args", {}))


def planned(tests: Path, plan: Any) -> Iterator[Labelled]:
    """Those that the planner reads: the known ones and those of the tests, by what it makes of them.

    What is refused for another reason than its words, because nothing of it is recorded, is of no tool.

    Args:
        tests: the folder of ``planner.yaml`` and ``topics/``.
        plan: from a question to its plan.
    """
    cases = [
        case["q"]
        for path in (tests / "planner.yaml", *sorted((tests / "topics").glob("*.yaml")))
        for case in yaml.safe_load(path.read_text("utf-8")) or ()
        if "thread" not in case
    ]
    for question in dict.fromkeys([*cases, *known_questions()]):
        decided: Plan = plan(question)
        if decided.unread and not decided.calls:
            continue  # what no rule reads says nothing about what it means
        calls = decided.calls or ((NONE, {}),)
        several = len({name for name, _ in calls}) > 1
        yield labelled(question, calls[0][0], None if several else calls[0][1])


def labelled(question: str, tool: str, args: Mapping[str, Any] | None) -> Labelled:
    """A question with the labels that its call gives."""
    words: set[str] = set()
    spans: dict[str, tuple[int, int]] = {}
    spec = catalogue().get(tool)
    properties = spec.schema().get("properties", {}) if spec else {}
    for name, value in (args or {}).items():
        chosen = "enum" in json.dumps(properties.get(name, {}))
        for one in _each(name, value):
            found = _where(question, one) if name in _IN_THE_QUESTION and not chosen else None
            if found:
                spans.setdefault(name, found)
            elif isinstance(one, dict):
                words.add(f"{name}={SEVERAL}")
            elif one is True or (not isinstance(one, bool) and _is_a_word(name, chosen=chosen)):
                words.add(f"{name}={str(one).lower()}")
    return Labelled(question, tool, None if args is None else frozenset(words), spans)


def _each(name: str, value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return value.split(", ") if name == "by" and isinstance(value, str) else [value]


def _is_a_word(name: str, *, chosen: bool) -> bool:
    return chosen or name not in _IN_THE_QUESTION or name in _EITHER


def _where(question: str, value: Any) -> tuple[int, int] | None:
    """Where a value stands in a question; None where it does not."""
    lowered, said = question.lower(), str(value).lower().strip().removesuffix(".0")
    if isinstance(value, bool) or value is None or not said:
        return None
    if re.fullmatch(r"\d+(\.\d+)?", said):
        for number in _NUMBER.finditer(lowered):
            if number.group().replace(",", "") == said:
                return number.span()
        word = next((word for word, number in WORD_NUMBERS.items() if str(number) == said), None)
        return _span(re.search(rf"\b{word}\b", lowered)) if word else None
    whole = re.search(rf"(?<!\w){re.escape(said)}(?!\w)", lowered)
    return _span(whole or (re.search(rf"(?<!\w){re.escape(said.rstrip('s'))}", lowered) if len(said) > 3 else None))


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    return match.span() if match else None
