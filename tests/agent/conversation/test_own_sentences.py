"""What the planner says without a tool is shown as it is: no example in it is taken for a number that no tool told."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import agent.conversation.planner as package
from agent.conversation.grounding import ground
from agent.conversation.planner.learned.changes import EXAMPLES, how_to_say

HERE = Path(package.__file__).parent
_SENTENCE = re.compile(r"[A-Z“][^\\]{44,}[.?”]\s*")


def sentences() -> Iterator[str]:
    for path in HERE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
                yield node.value
    yield from (one["said"] for one in tomllib.loads((HERE / "unrecorded" / "nouns.toml").read_text("utf-8")).values())


def test_no_sentence_of_the_planner_is_thrown_away() -> None:
    said = [one for one in sentences() if _SENTENCE.fullmatch(one.replace("\n", " ")) and "(?:" not in one]
    assert len(said) > 300
    assert [one for one in said if ground(one, (), "").text != one] == []


def test_how_to_say_a_change_is_shown() -> None:
    said = [how_to_say(tool) for tool in EXAMPLES]
    assert [one for one in said if ground(one, (), "").text != one] == []


def test_no_question_that_is_offered_is_taken_for_a_claim() -> None:
    offered = (HERE / "closest" / "known.txt").read_text("utf-8").splitlines()
    assert [one for one in offered if ground(f"• “{one}”", (), "", offered=[one]).text != f"• “{one}”"] == []
