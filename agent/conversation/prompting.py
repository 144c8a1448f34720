"""Puts the system prompt together: the packaged words, the examples, and what surrounds this turn."""

from __future__ import annotations

import json

from agent.conversation.context import TurnContext
from prompts.loader import Example, Prompts


def system_prompt(prompts: Prompts, context: TurnContext) -> str:
    """The system prompt of one turn."""
    examples = "\n".join(_line(example) for example in prompts.examples)
    return f"{prompts.system}\n\n# Examples\n{examples}\n\n{context.surroundings.render()}"


def _line(example: Example) -> str:
    after = f"(after “{example.after}”) " if example.after else ""
    calls = "; ".join(f"{name} {json.dumps(dict(args), ensure_ascii=False)}" for name, args in example.calls)
    return f"“{example.question}” {after}-> {calls or example.reply}"
