"""One turn: a question goes through the graph, and what its tools found becomes a sourced answer with a receipt.

Whatever a person or a model does wrong ends in a sentence, never in an exception. Only when the thread's memory or the
operational database cannot be reached is ``UnavailableError`` raised, since then nothing could be kept.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langgraph.errors import GraphRecursionError
from langsmith import tracing_context

from agent.clock import FixedClock
from agent.conversation.answer import Answer, OnProgress, Progress, Question, ToolUse
from agent.conversation.cleaning import harmless, strip_hidden
from agent.conversation.context import OFFERED, Finding, TurnContext, TurnRecord
from agent.conversation.exporting import read_export
from agent.conversation.graph import RECURSION_LIMIT, Limits, build_graph, open_checkpointer
from agent.conversation.model import model_name
from agent.conversation.planner.refused.boundaries import EMPTY
from agent.conversation.surroundings import SurroundingsReader
from agent.conversation.titles import progress_title
from agent.conversation.toolbox import Catalogue, RegisteredTools, build_toolbox
from agent.errors import UnavailableError
from agent.governance.exports import NOTHING, latest_with_table
from agent.governance.receipts import Receipts, call_document, receipt_document
from prompts.loader import Prompts, load_prompts
from tools.context import MirrorPort, ProposalPort, ToolContext

MAX_CHARACTERS = 4_000
MAX_FOLLOW_UPS = 3
_TOO_LONG = (
    "Your message has {length:,} characters and I read at most {limit:,} at a time. Nothing of it was acted on; please"
    " send the question by itself, or in parts."
)
_LAST_TABLE = "The whole table of the last answer, as a CSV file."
_NO_ANSWER = "I found no answer to that. Please put it differently."
_TOO_DEEP = "That took more steps than I allow myself for one question. Please ask a smaller part of it."
_log = structlog.get_logger()


class Turns:
    """Answers questions; ``agent.conversation.answer.Conversation``. Turns of one thread must not overlap."""

    def __init__(
        self,
        *,
        memory: Path,
        mirror: MirrorPort,
        receipts: Receipts,
        model: BaseChatModel,
        proposals: ProposalPort | None = None,
        catalogue: Catalogue | None = None,
        prompts: Prompts | None = None,
        limits: Limits | None = None,
        allowed_hosts: frozenset[str] = frozenset(),
        extras: Mapping[str, Any] | None = None,
    ) -> None:
        loaded = prompts or load_prompts()
        self._mirror = mirror
        self._receipts = receipts
        self._proposals = proposals
        self._extras = extras or {}
        self._prompts = loaded
        self._model_name = model_name(model)
        self._names = SurroundingsReader(mirror)
        self._memory = open_checkpointer(memory)
        self._graph = build_graph(
            model,
            build_toolbox(catalogue or RegisteredTools()),
            loaded,
            self._memory,
            limits or Limits(),
            allowed_hosts,
        )

    @property
    def model(self) -> str:
        """The name of what answers: a language model's, or ``planner``."""
        return self._model_name

    def close(self) -> None:
        """Close the thread memory."""
        self._memory.conn.close()

    def forget(self, thread_id: str) -> None:
        """Drop everything remembered of a thread; its receipts stay."""
        self._memory.delete_thread(thread_id)

    def answer(self, question: Question, on_progress: OnProgress | None = None) -> Answer:
        """Answer one question in its thread.

        Raises:
            UnavailableError: the conversation memory or the operational database cannot be reached.
        """
        started = time.perf_counter()
        record = TurnRecord()
        text = strip_hidden(question.text, keep_newlines=True).strip()
        text, wants_file = read_export(text) if len(text) <= MAX_CHARACTERS else (text, False)
        export = ""
        if not text and wants_file:
            export = latest_with_table(self._receipts, question.thread_id, question.scope) or ""
            said = _LAST_TABLE if export else NOTHING
        elif not text:
            said = EMPTY
        elif len(text) > MAX_CHARACTERS:
            said = _TOO_LONG.format(length=len(text), limit=MAX_CHARACTERS)
        else:
            said = self._run(text, question, record, _Reporter(on_progress))
        answer = self._finish(question, record, said, started)
        if wants_file and not export and answer.table is not None and answer.table.rows:
            export = answer.receipt_id
        return replace(answer, export=export) if export else answer

    def _run(self, text: str, question: Question, record: TurnRecord, reporter: _Reporter) -> str:
        context = TurnContext(
            tools=ToolContext(
                scope=question.scope,
                mirror=self._mirror,
                clock=FixedClock(question.asked_at),
                proposals=self._proposals,
                extras=self._extras,
            ),
            record=record,
            question=text,
            surroundings=self._names.read(question.scope, question.asked_at),
        )
        said = ""
        try:
            for message in self._messages(text, question.thread_id, context):
                reporter.saw(message, record)
                if isinstance(message, AIMessage) and not message.tool_calls:
                    said = message.text
                    record.offered = tuple(
                        harmless(one, keep_newlines=False) for one in message.response_metadata.get(OFFERED, ())
                    )
        except GraphRecursionError:
            said = _TOO_DEEP
        except sqlite3.Error as error:
            raise UnavailableError(
                "The conversation memory cannot be reached right now; please try again.", detail=type(error).__name__
            ) from error
        except Exception as error:  # noqa: BLE001 - a fault of ours must still end in a sentence in the thread
            error_id = secrets.token_hex(4)
            _log.exception("turn.failed", error=type(error).__name__, error_id=error_id)
            said = f"Something went wrong on my side (error {error_id}). Nothing was changed; please try again."
        return said or _NO_ANSWER

    def _messages(self, text: str, thread_id: str, context: TurnContext) -> Iterator[Any]:
        """The messages of the turn as they come into being."""
        # Traces would carry questions and figures to a third party if the environment asked for them.
        with tracing_context(enabled=False):
            for update in self._graph.stream(
                {"messages": [HumanMessage(text)]},
                {"configurable": {"thread_id": thread_id}, "recursion_limit": RECURSION_LIMIT},
                context=context,
                stream_mode="updates",
                durability="exit",
            ):
                for node, change in update.items():
                    if isinstance(change, dict) and node in ("model", "tools", "Grounding.after_agent"):
                        yield from change.get("messages") or ()

    def _finish(self, question: Question, record: TurnRecord, said: str, started: float) -> Answer:
        findings = record.findings()
        results = record.results()
        model = self._model_name
        if record.model_failed:
            model = f"{model} (fell back to planner)"
        caveats = _unique([*(caveat for result in results for caveat in result.caveats), *record.notes])
        proposals = _unique([proposal for result in results for proposal in result.proposals])
        headline = _headline(said, findings, rewritten=record.rewritten)
        seconds = time.perf_counter() - started
        document = receipt_document(
            question=question.text[:MAX_CHARACTERS],
            now=question.asked_at,
            scope=question.scope,
            calls=[_call_document(finding) for finding in findings],
            prompt=self._prompts.identity(),
            model=model,
            answer=said,
            headline=headline,
            caveats=caveats,
            proposals=proposals,
            seconds=seconds,
            snapshot=self._mirror.snapshot(),
        )
        receipt_id = self._receipts.save(
            "answer", question.scope.user_id, question.thread_id, document, created_at=question.asked_at
        )
        _log.info(
            "turn.answered",
            model=model,
            tools=[finding.name for finding in findings],
            seconds=round(seconds, 3),
            receipt_id=receipt_id,
        )
        return Answer(
            answer=said,
            headline=headline,
            figures=tuple(figure for result in results for figure in result.figures),
            table=next((result.table for result in reversed(results) if result.table is not None), None),
            chart=next((result.chart for result in reversed(results) if result.chart is not None), None),
            caveats=caveats,
            follow_ups=_unique([*(text for result in results for text in result.follow_ups), *record.offered])[
                :MAX_FOLLOW_UPS
            ],
            proposals=proposals,
            tools=tuple(ToolUse(one.name, one.args, one.status, one.seconds) for one in findings),
            as_of=_oldest_as_of(record),
            receipt_id=receipt_id,
            model=model,
            seconds=time.perf_counter() - started,
            sql=tuple(sql for result in results for sql in result.provenance.sql),
            metrics=_unique([name for result in results for name in result.provenance.metrics]),
        )


@dataclass(slots=True)
class _Reporter:
    """Tells the person what is being done; a failing listener is logged once and then left alone."""

    listener: OnProgress | None

    def saw(self, message: Any, record: TurnRecord) -> None:
        if self.listener is None:
            return
        if isinstance(message, AIMessage):
            for call in message.tool_calls:
                self._tell(Progress(call["id"] or "", progress_title(call["name"], call["args"]), "in_progress"))
        elif isinstance(message, ToolMessage):
            finding = record.get(message.tool_call_id)
            title = progress_title(message.name or "", finding.args if finding else {})
            failed = finding.status == "error" if finding else message.status == "error"
            status = "error" if failed else "complete"
            self._tell(Progress(message.tool_call_id, title, status))

    def _tell(self, progress: Progress) -> None:
        if self.listener is None:
            return
        try:
            self.listener(progress)
        except Exception as error:  # noqa: BLE001 - showing progress must never cost the answer
            _log.warning("progress.failed", error=type(error).__name__)
            self.listener = None


def _headline(said: str, findings: Sequence[Finding], *, rewritten: bool) -> str:
    """The first result's own headline when the text begins with it, else the first sentence of the text."""
    first = next((finding.result.headline for finding in findings if finding.result is not None), "")
    if first and (rewritten or said.startswith(first)):
        return first
    line = said.split("\n", 1)[0]
    sentence, stop, _ = line.partition(". ")
    return sentence + stop.strip()


def _call_document(finding: Finding) -> dict[str, Any]:
    return call_document(
        finding.name, finding.args, finding.status, finding.seconds, finding.result, error=finding.message
    )


def _oldest_as_of(record: TurnRecord) -> datetime | None:
    instants = [result.provenance.as_of for result in record.results() if result.provenance.as_of is not None]
    return min(instants, default=None)


def _unique(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
