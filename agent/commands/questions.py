"""``ask`` and ``tool``: one turn of the conversation, or one tool by itself."""

from __future__ import annotations

import time
from typing import Any

from agent.control import Invocation
from agent.errors import BadInputError
from agent.wiring import Application


def ask(application: Application, invocation: Invocation) -> dict[str, Any]:
    """One turn; the document is ``Answer.to_json``."""
    from agent.conversation.answer import Question

    text = str(invocation.arguments.get("question", "")).strip()
    if not text:
        raise BadInputError(
            "ask: the question is empty; write what you want to know, for example “How did we do yesterday?”"
        )
    user = application.person(invocation.user)
    thread = str(invocation.arguments.get("thread") or "") or f"once-{time.time_ns()}"
    thread_id = f"cli:{user}:{thread}"
    scope = application.directory.scope_for(user, thread_id=thread_id)
    question = Question(text=text, scope=scope, thread_id=thread_id, asked_at=application.clock.now())
    with application.turn_of(thread_id):
        return application.conversation.answer(question).to_json()


def tool(application: Application, invocation: Invocation) -> dict[str, Any]:
    """One tool run as that person; the document is the tool's result with ``seconds``."""
    from tools.context import ToolContext
    from tools.registry import catalogue, run_tool

    name = str(invocation.arguments.get("name", ""))
    arguments = invocation.arguments.get("args", {})
    if not name:
        raise BadInputError(f"tool: give a name out of {', '.join(catalogue())}.")
    if not isinstance(arguments, dict):
        raise BadInputError("tool: “args” must be a JSON object.")
    call = f"cli-{time.time_ns()}"
    scope = application.directory.scope_for(application.person(invocation.user), thread_id=call)
    spec = catalogue().get(name)
    context = ToolContext(
        scope=scope,
        mirror=application.mirror.reader,
        clock=application.clock,
        proposals=application.proposals if spec is not None and spec.proposes else None,
        tool_call_id=call,
        extras=application.tool_extras,
    )
    started = time.perf_counter()
    result = run_tool(name, arguments, context)
    return {**result.to_json(), "seconds": round(time.perf_counter() - started, 4)}
