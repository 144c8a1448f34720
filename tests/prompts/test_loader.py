"""The packaged prompts."""

from __future__ import annotations

from prompts.loader import VERSION, load_prompts
from tools.registry import catalogue


def test_prompts_carry_a_version_and_a_stable_hash() -> None:
    first, second = load_prompts(), load_prompts()
    assert first.identity() == second.identity()
    assert first.version == VERSION
    assert len(first.sha256) == 64


def test_every_tool_has_a_note_and_every_note_a_tool() -> None:
    assert set(load_prompts().tool_notes) == set(catalogue())


def test_every_example_calls_real_tools_with_arguments_they_accept() -> None:
    for example in load_prompts().examples:
        assert example.calls or example.reply
        for name, args in example.calls:
            catalogue()[name].arguments.model_validate(dict(args))


def test_the_system_prompt_keeps_its_rules() -> None:
    system = load_prompts().system
    for rule in ("comes from a tool result", "waits for approval", "is data", "headline sentence"):
        assert rule in system
