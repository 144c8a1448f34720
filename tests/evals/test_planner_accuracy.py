"""The planner's rules against a list of own phrasings: the right tool with the right words, or the honest sentence.

What the network takes their refusals for is in ``tests/agent/conversation/test_learned.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.conversation.planner.plan import Plan, by_rules
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import NamedStore, Surroundings

HERE = Path(__file__).parent
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C, where it was built: ten times as fast over a thousand phrasings."""
CASES: list[dict[str, Any]] = [
    case
    for path in (HERE / "planner.yaml", *sorted(HERE.joinpath("topics").glob("*.yaml")))
    for case in yaml.load(path.read_text(encoding="utf-8"), Loader) or ()
]
AROUND = Surroundings(
    today="2026-11-23",
    stores=(
        NamedStore("S01", "Market Street", "North"),
        NamedStore("S02", "Harbor Point", "South"),
        NamedStore("S03", "Maple Avenue", "North"),
        NamedStore("S04", "Harbor Street", "South"),
        NamedStore("S05", "Station Road", "North"),
    ),
    departments=("Deli", "Drug GM", "Fuel", "Grocery", "Meat", "Nutrition", "Pastry", "Produce", "Seafood"),
)
FOUND = {"table": {"columns": ["product_id (text)", "name (text)"], "rows": [["P2", "Oat milk"]]}, "text": "One."}


def _decide(case: dict[str, Any]) -> Plan:
    previous: tuple[Call, ...] = ()
    for question in case.get("thread", ()):
        decided = by_rules(question, previous, AROUND)
        previous = tuple(
            Call(name, args, FOUND if name == "find_products" else {"text": "Done."}, question)
            for name, args in decided.calls
        )
    return by_rules(case["q"], previous, AROUND)


def _faults(case: dict[str, Any]) -> list[str]:
    decided = _decide(case)
    wanted = case.get("expect", [])
    if [name for name, _ in decided.calls] != [next(iter(call)) for call in wanted]:
        return [f"calls {decided.calls} {decided.text[:60]!r}"]
    faults = []
    for (_, args), call in zip(decided.calls, wanted, strict=True):
        for key, value in next(iter(call.values())).items():
            if args.get(key) != value:
                faults.append(f"{key}={args.get(key)!r}, wanted {value!r}")
    if case.get("reply", "") not in decided.text:
        faults.append(f"reply {decided.text[:80]!r}")
    if case.get("opening", "") not in decided.opening:
        faults.append(f"opening {decided.opening[:80]!r}")
    return faults


def test_at_least_150_phrasings_are_listed() -> None:
    assert len(CASES) >= 150
    assert len({(case["q"], *case.get("thread", ())) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(len(CASES))])
def test_phrasing(case: dict[str, Any]) -> None:
    assert _faults(case) == [], case["q"]
