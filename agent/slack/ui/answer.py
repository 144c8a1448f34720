"""An answer as a Slack message: the number first, then what backs it, then what it stands on, then what to ask next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.conversation.answer import Answer, ToolUse
from agent.slack import ids
from agent.slack.stores import StoreLabel
from agent.slack.ui import limits, mrkdwn, values
from agent.slack.ui.chart import chart_block
from agent.slack.ui.message import Outgoing, at_most
from agent.slack.ui.table import data_table, preformatted
from tools.metrics import METRICS
from tools.result import Table

_BODY_SECTIONS = 4
_FOLLOW_UPS = 5
_SQL_TEXT = 2400
_SQL_TOTAL = 7200
_NAMED_STORES = 3


def compose_answer(answer: Answer, stores: Mapping[str, StoreLabel], *, table_rows: int = 20) -> Outgoing:
    """The message for an answer.

    Args:
        answer: what the conversation said; all of it is treated as data.
        stores: labels of the stores, for names and the time zone of the as-of line.
        table_rows: rows shown; the rest is counted.
    """
    headline, body = _parts(answer)
    bold = mrkdwn.bold_numbers(mrkdwn.prose(headline))
    head = limits.section(bold)
    words = [limits.section(piece) for piece in limits.split_mrkdwn(mrkdwn.prose(body), limits.SECTION_TEXT)]
    ending = _ending(answer, stores)
    rich, left_out = data_table(answer.table, _caption(answer, stores), table_rows) if answer.table else (None, 0)
    buttons = _buttons(answer, whole_table=bool(left_out) and not answer.export)
    chart = chart_block(answer.chart) if answer.chart else None
    how = _how(answer)
    full = [
        head,
        *words[:_BODY_SECTIONS],
        *([chart] if chart else []),
        *([rich] if rich else []),
        *_counted(left_out),
        *ending,
        *([how] if how else []),
        *buttons,
    ]
    simple = [head, *words[:_BODY_SECTIONS], *_as_text(answer.table, table_rows), *ending, *buttons]
    fits = len(words) <= _BODY_SECTIONS
    levels = [at_most(full), at_most(simple)] if fits else []
    return Outgoing(text=_whole_text(answer, table_rows), headline=mrkdwn.as_markdown(bold) or "–", levels=levels)


def _parts(answer: Answer) -> tuple[str, str]:
    whole = mrkdwn.clean(answer.answer).strip()
    headline = mrkdwn.clean(answer.headline).strip() or whole.split("\n", 1)[0]
    if len(headline) > limits.SECTION_TEXT // 2:
        # Escaping may lengthen it; a headline that long is not one.
        return limits.clip(headline, 200), whole
    body = whole[len(headline) :].strip() if whole.startswith(headline) else whole
    return headline or "I have nothing to say to that.", body


def _caption(answer: Answer, stores: Mapping[str, StoreLabel]) -> str:
    if answer.chart is not None and answer.chart.title.strip():
        return answer.chart.title
    seen = sorted({store for figure in answer.figures for store in figure.stores})
    parts = [", ".join(_labels(answer.metrics)), _store_names(seen, stores)]
    return " · ".join(part for part in parts if part) or "The figures in rows"


def _counted(left_out: int) -> list[limits.Block]:
    if not left_out:
        return []
    return [limits.context(f"{left_out:,} more {'row' if left_out == 1 else 'rows'} not shown.")]


def _as_text(table: Table | None, table_rows: int) -> list[limits.Block]:
    if table is None or not table.columns or not table.rows:
        return []
    text, left_out = preformatted(table, table_rows)
    # Escaping makes a character up to five times as long, and a cut code block would never end.
    room = limits.SECTION_TEXT // 2 if len(mrkdwn.escape(text)) <= len(text) * 1.5 else limits.SECTION_TEXT // 6
    pieces = limits.split_text(text, room)
    return [*(limits.section(mrkdwn.code_block(piece)) for piece in pieces[:20]), *_counted(left_out)]


def _ending(answer: Answer, stores: Mapping[str, StoreLabel]) -> list[limits.Block]:
    blocks = []
    if answer.caveats:
        notes = [f"ℹ️ {mrkdwn.data(caveat)}" for caveat in answer.caveats]
        blocks.append(limits.context(*notes))
    source = _source_line(answer, stores)
    if source:
        blocks.append(limits.context(source))
    return blocks


def _source_line(answer: Answer, stores: Mapping[str, StoreLabel]) -> str:
    seen = sorted({store for figure in answer.figures for store in figure.stores})
    parts = []
    if answer.as_of is not None:
        zones = {stores[store].time_zone for store in seen or stores if store in stores}
        zone = zones.pop() if len(zones) == 1 else "UTC"
        parts.append(f"Data as of {values.moment(answer.as_of, zone)}")
    if answer.metrics:
        parts.append(mrkdwn.data(", ".join(_labels(answer.metrics))))
    if seen:
        parts.append(mrkdwn.data(_store_names(seen, stores)))
    return " · ".join(parts)


def _store_names(seen: Sequence[str], stores: Mapping[str, StoreLabel]) -> str:
    if len(seen) > _NAMED_STORES and set(seen) >= set(stores):
        return f"all {len(seen)} stores"
    names = [stores[store].name if store in stores else store for store in seen]
    rest = len(names) - _NAMED_STORES
    return ", ".join(names[:_NAMED_STORES]) + (f" and {rest} more" if rest > 0 else "")


def _how(answer: Answer) -> limits.Block | None:
    children: list[limits.Block] = []
    if answer.tools:
        children.append(limits.context(*[_tool_line(use) for use in answer.tools[: limits.CONTEXT_ELEMENTS]]))
    room = _SQL_TOTAL
    for statement in answer.sql:
        # Slack has no room for long SQL; the receipt keeps all of it.
        text = mrkdwn.code_block(limits.clip(statement.strip(), min(_SQL_TEXT, room)))
        if room <= 0 or len(text) > limits.SECTION_TEXT or len(children) >= limits.CONTAINER_CHILDREN - 1:
            break
        room -= len(text)
        children.append(limits.section(text))
    if not children:
        return None
    receipt = f"Receipt {answer.receipt_id}" if answer.receipt_id else ""
    model = f"answered by {answer.model}" if answer.model else ""
    signed = " · ".join(part for part in (receipt, model) if part)
    if signed:
        children.append(limits.context(mrkdwn.data(signed)))
    return {
        "type": "container",
        "title": limits.plain_text("How I got this", limits.CONTAINER_TITLE),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": children,
    }


def _tool_line(use: ToolUse) -> str:
    arguments = ", ".join(f"{name}: {value}" for name, value in use.args.items() if value not in (None, "", [], {}))
    return f"{mrkdwn.data(use.name)} ({limits.clip_mrkdwn(mrkdwn.data(arguments), 500)}) · {use.seconds:.2f} s"


def _buttons(answer: Answer, *, whole_table: bool) -> list[limits.Block]:
    blocks: list[limits.Block] = []
    if whole_table and answer.receipt_id:
        whole = limits.button("Get CSV", ids.GET_CSV, answer.receipt_id)
        blocks.append({"type": "actions", "elements": [whole]})
    questions = [mrkdwn.one_line(text) for text in answer.follow_ups if mrkdwn.one_line(text)][:_FOLLOW_UPS]
    if questions:
        elements = [limits.button(text, f"{ids.FOLLOW_UP}_{i}", text) for i, text in enumerate(questions)]
        blocks.append({"type": "actions", "elements": elements})
    if answer.receipt_id:
        feedback = {
            "type": "feedback_buttons",
            "action_id": ids.FEEDBACK,
            "positive_button": {
                "text": limits.plain_text("Good answer", limits.BUTTON_TEXT),
                "value": f"good:{answer.receipt_id}",
            },
            "negative_button": {
                "text": limits.plain_text("Bad answer", limits.BUTTON_TEXT),
                "value": f"bad:{answer.receipt_id}",
            },
        }
        blocks.append({"type": "context_actions", "elements": [feedback]})
    return blocks


def _whole_text(answer: Answer, table_rows: int) -> str:
    parts = [mrkdwn.plain(answer.answer.strip() or answer.headline)]
    if answer.table is not None and answer.table.columns and answer.table.rows:
        text, left_out = preformatted(answer.table, table_rows)
        parts.append(mrkdwn.code_block(text) + (f"\n{left_out:,} more rows not shown." if left_out else ""))
    parts += [mrkdwn.data(caveat) for caveat in answer.caveats]
    return "\n\n".join(part for part in parts if part) or "–"


def _labels(names: Sequence[str]) -> list[str]:
    """Metrics by the names people use; one that is no longer defined keeps its own."""
    return [METRICS[name].label if name in METRICS else name.replace("_", " ") for name in names]
