"""Slack's limits, each at its bound and one over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.sandbox.workspace.validation import check_blocks, check_view
from connectors.sandbox.workspace.wire import JsonObject
from tests.support.workspace_gallery import button, chart, mrkdwn, number, option, plain, raw, series
from tests.support.workspace_server import serving

Build = Callable[[int], list[JsonObject]]
DIVIDER: JsonObject = {"type": "divider"}
ROW = [raw("a"), raw("b")]


def actions(*elements: JsonObject) -> list[JsonObject]:
    return [{"type": "actions", "elements": list(elements)}]


def section(text: JsonObject, **more: object) -> list[JsonObject]:
    return [{"type": "section", "text": text, **more}]


def select(**fields: object) -> list[JsonObject]:
    return actions({"type": "static_select", "action_id": "s", **fields})


def visual(**fields: object) -> list[JsonObject]:
    return [{**chart("bar", "Sales", series("Now", [1.0] * 7)), **fields}]


def categories(count: int) -> list[JsonObject]:
    names = [f"d{at}" for at in range(count)]
    line = {"name": "Now", "data": [{"label": name, "value": 1} for name in names]}
    return visual(chart={"type": "bar", "series": [line], "axis_config": {"categories": names}})


def container(count: int) -> list[JsonObject]:
    return [{"type": "container", "title": plain("t"), "child_blocks": [DIVIDER] * count}]


def confirm(length: int) -> JsonObject:
    return {"title": plain("t"), "text": plain("x" * length), "confirm": plain("y"), "deny": plain("n")}


MESSAGE_LIMITS: dict[str, tuple[int, Build]] = {
    "blocks of a message": (50, lambda n: [DIVIDER] * n),
    "section text": (3000, lambda n: section(mrkdwn("x" * n))),
    "section fields": (10, lambda n: [{"type": "section", "fields": [plain("x")] * n}]),
    "section field text": (2000, lambda n: [{"type": "section", "fields": [plain("x" * n)]}]),
    "header": (150, lambda n: [{"type": "header", "text": plain("x" * n)}]),
    "context elements": (10, lambda n: [{"type": "context", "elements": [plain("x")] * n}]),
    "actions elements": (25, lambda n: actions(*(button(f"a{at}", "x") for at in range(n)))),
    "button text": (75, lambda n: actions(button("a", "x" * n))),
    "button value": (2000, lambda n: actions(button("a", "x", value="v" * n))),
    "button url": (3000, lambda n: actions(button("a", "x", url="u" * n))),
    "action id": (255, lambda n: actions(button("a" * n, "x", value="v"))),
    "block id": (255, lambda n: [{"type": "divider", "block_id": "b" * n}]),
    "confirm text": (300, lambda n: actions(button("a", "x", confirm=confirm(n)))),
    "select options": (100, lambda n: select(options=[option(f"o{at}") for at in range(n)])),
    "option text": (75, lambda n: select(options=[{"text": plain("x" * n), "value": "v"}])),
    "option value": (150, lambda n: select(options=[{"text": plain("x"), "value": "v" * n}])),
    "overflow options": (5, lambda n: actions({"type": "overflow", "options": [option(f"o{at}") for at in range(n)]})),
    "markdown": (12_000, lambda n: [{"type": "markdown", "text": "x" * n}]),
    "alt text": (2000, lambda n: [{"type": "image", "image_url": "u", "alt_text": "x" * n}]),
    "table rows": (100, lambda n: [{"type": "table", "rows": [ROW] * n}]),
    "table columns": (20, lambda n: [{"type": "table", "rows": [[raw("x")] * n]}]),
    "table characters": (10_000, lambda n: [{"type": "table", "rows": [[raw("x" * n)]]}]),
    "data table rows": (101, lambda n: [{"type": "data_table", "caption": "c", "rows": [ROW] * n}]),
    "data table columns": (20, lambda n: [{"type": "data_table", "caption": "c", "rows": [[raw("x")] * n] * 2}]),
    "data table page": (100, lambda n: [{"type": "data_table", "caption": "c", "page_size": n, "rows": [ROW] * 2}]),
    "chart title": (50, lambda n: visual(title="x" * n)),
    "chart series": (6, lambda n: [chart("line", "t", *(series(f"s{at}", [1.0] * 7) for at in range(n)))]),
    "chart categories": (20, categories),
    "chart label": (20, lambda n: [chart("line", "t", series("x" * n, [1.0] * 7))]),
    "charts of a message": (2, lambda n: visual() * n),
    "container children": (10, container),
    "carousel cards": (10, lambda n: [{"type": "carousel", "elements": [{"type": "card", "title": plain("t")}] * n}]),
    "card body": (200, lambda n: [{"type": "card", "body": plain("x" * n)}]),
    "card actions": (3, lambda n: [{"type": "card", "actions": [button(f"a{at}", "x") for at in range(n)]}]),
    "context actions": (
        5,
        lambda n: [
            {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain("x")}] * n}
        ],
    ),
}


@pytest.mark.parametrize("name", MESSAGE_LIMITS)
def test_a_message_block_at_its_limit_passes_and_one_over_is_refused_by_place(name: str) -> None:
    most, build = MESSAGE_LIMITS[name]
    assert check_blocks(build(most), "message") == []
    refused = check_blocks(build(most + 1), "message")
    assert refused
    assert all("[json-pointer:/blocks" in message for message in refused)


REFUSED: dict[str, list[JsonObject]] = {
    "an unknown block": [{"type": "sparkline"}],
    "an alert in a message": [{"type": "alert", "text": plain("x")}],
    "an empty cell": [{"type": "table", "rows": [[raw("")]]}],
    "a number cell without text": [{"type": "table", "rows": [[{"type": "raw_number", "value": 1}]]}],
    "a number cell without a number": [{"type": "table", "rows": [[{"type": "raw_number", "text": "1"}]]}],
    "a ragged data table": [{"type": "data_table", "caption": "c", "rows": [ROW, [raw("a")]]}],
    "a data table without caption": [{"type": "data_table", "rows": [ROW, ROW]}],
    "the same block id twice": [{"type": "divider", "block_id": "b"}, {"type": "divider", "block_id": "b"}],
    "a container in a container": [{"type": "container", "title": plain("t"), "child_blocks": container(1)}],
    "an empty section": [{"type": "section"}],
    "an empty text": section(mrkdwn("")),
    "a mrkdwn button": actions({"type": "button", "text": mrkdwn("x")}),
    "a header in mrkdwn": [{"type": "header", "text": mrkdwn("x")}],
    "a missing point": visual(
        chart={
            "type": "bar",
            "axis_config": {"categories": ["a", "b"]},
            "series": [{"name": "n", "data": [{"label": "a", "value": 1}]}],
        }
    ),
    "no cards": [{"type": "carousel", "elements": []}],
    "a task in no known state": [{"type": "task_card", "task_id": "1", "title": "t", "status": "done"}],
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_slack_would_not_take_is_refused(name: str) -> None:
    assert check_blocks(REFUSED[name], "message")


def modal(count: int = 1, **fields: object) -> JsonObject:
    return {"type": "modal", "title": plain("t"), "blocks": [DIVIDER] * count, **fields}


@pytest.mark.parametrize(
    ("most", "build"),
    [
        (100, lambda n: modal(n)),
        (24, lambda n: modal(title=plain("x" * n))),
        (24, lambda n: modal(submit=plain("x" * n))),
        (3000, lambda n: modal(private_metadata="x" * n)),
    ],
)
def test_a_modal_at_its_limit_passes_and_one_over_is_refused(most: int, build: Callable[[int], JsonObject]) -> None:
    assert check_view(build(most), "modal") == []
    assert check_view(build(most + 1), "modal")


def test_an_alert_is_for_modals_and_inputs_need_a_submit_button() -> None:
    assert check_view(modal(blocks=[{"type": "alert", "level": "info", "text": plain("x")}]), "modal") == []
    field = {"type": "input", "label": plain("l"), "element": {"type": "plain_text_input", "action_id": "a"}}
    assert check_view(modal(blocks=[field]), "modal")
    assert check_view(modal(blocks=[field], submit=plain("Save")), "modal") == []


def test_the_web_api_answers_a_refusal_with_its_code_and_the_block_at_fault(tmp_path: Path) -> None:
    with serving(tmp_path / "workspace.sqlite") as served:
        post = "chat.postMessage"
        refused = served.slack(post, channel="C_S01", text="t", blocks=[DIVIDER, {"type": "sparkline"}])
        assert refused["error"] == "invalid_blocks"
        assert refused["response_metadata"]["messages"] == [
            "[ERROR] unsupported type: sparkline [json-pointer:/blocks/1]"
        ]
        assert served.slack(post, channel="C_S01", text="x" * 40_000)["ok"]
        assert served.slack(post, channel="C_S01", text="x" * 40_001)["error"] == "msg_too_long"
        assert served.slack(post, channel="C_S01", markdown_text="x" * 12_000)["ok"]
        assert served.slack(post, channel="C_S01", markdown_text="x" * 12_001)["error"] == "msg_too_long"
        two = [{"type": "markdown", "text": "x" * 6_500}, {"type": "markdown", "text": "x" * 6_500}]
        assert served.slack(post, channel="C_S01", text="t", blocks=two)["ok"]
        two.append({"type": "markdown", "text": "x"})
        assert served.slack(post, channel="C_S01", text="t", blocks=two)["error"] == "msg_blocks_too_long"
        table = {"type": "table", "rows": [[raw("n"), number(3, "3")]]}
        assert served.slack("blocks.validate", blocks=[table])["ok"]
