"""``question``: a whole turn, against running its one tool alone."""

from __future__ import annotations

from agent.benchmarks.ground import NOW, Ground
from agent.benchmarks.measure import Report, against, seconds
from agent.benchmarks.tool import one_tool


def run(ground: Ground) -> Report:
    """Milliseconds of both and their ratio; the first turn, which builds things, on its own."""
    from agent.conversation.answer import Question

    application = ground.application
    scope = application.directory.scope_for("U_MANAGER_S01")
    count = iter(range(10_000))

    def turn() -> None:
        question = Question("How did we do yesterday?", scope, f"bench-{next(count)}", NOW)
        application.conversation.answer(question)

    first = seconds(turn)
    return {"first_seconds": round(first, 4), **against(turn, one_tool(ground), "the same tool alone")}
