"""Blocks of messages, modals and App Home: kinds, surfaces, lengths, counts, duplicate ids."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from connectors.sandbox.workspace.validation.data_blocks import check_chart, check_data_table, check_table
from connectors.sandbox.workspace.validation.elements import (
    ACCESSORIES,
    ACTIONS,
    CONTEXT_ACTIONS,
    ID_LENGTH,
    INPUTS,
    URL,
    check_element,
    check_image,
)
from connectors.sandbox.workspace.validation.findings import Findings
from connectors.sandbox.workspace.validation.texts import check_text
from connectors.sandbox.workspace.wire import JsonObject

Surface: TypeAlias = Literal["message", "modal", "home"]
MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MARKDOWN = 12_000
MESSAGE_TEXT_LIMIT = 13_000
CHARTS = 2
EVERYWHERE: tuple[Surface, ...] = ("message", "modal", "home")
MESSAGES: tuple[Surface, ...] = ("message",)
TASK_STATUSES = ("pending", "in_progress", "complete", "error")
RICH_TEXT = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")


def check_blocks(blocks: object, surface: Surface, where: str = "/blocks", most: int | None = None) -> list[str]:
    """What is wrong with the blocks of a surface; empty when Slack would take them."""
    found = Findings()
    items = found.items(where, blocks, most or MOST_BLOCKS[surface], 0)
    seen: set[str] = set()
    for number, block in enumerate(items):
        _block(found, f"{where}/{number}", block, surface, seen)
    charts = sum(isinstance(block, dict) and block.get("type") == "data_visualization" for block in items)
    if charts > CHARTS:
        found.add(where, f"no more than {CHARTS} data_visualization blocks allowed in a message")
    return found.messages


def shown_characters(value: object) -> int:
    """How much text blocks carry: the length of every ``text`` string inside."""
    if isinstance(value, dict):
        own = sum(len(text) for key, text in value.items() if key == "text" and isinstance(text, str))
        return own + sum(shown_characters(inner) for inner in value.values() if isinstance(inner, (dict, list)))
    if isinstance(value, list):
        return sum(shown_characters(inner) for inner in value)
    return 0


def _block(found: Findings, where: str, value: object, surface: Surface, seen: set[str]) -> None:
    block = found.table(where, value)
    if block is None:
        return
    kind = block.get("type")
    rule = KINDS.get(kind) if isinstance(kind, str) else None
    if rule is None:
        found.add(where, f"unsupported type: {kind}")
        return
    surfaces, check = rule
    if surface not in surfaces:
        found.add(where, f"{kind} is not allowed in a {surface}")
        return
    block_id = block.get("block_id")
    if block_id is not None and found.characters(f"{where}/block_id", block_id, ID_LENGTH, 1):
        if block_id in seen:
            found.add(f"{where}/block_id", f"block_id {block_id} already exists")
        seen.add(block_id)
    check(found, where, block)
    if kind == "container":
        children = found.items(f"{where}/child_blocks", block.get("child_blocks"), 10)
        for number, child in enumerate(children):
            if isinstance(child, dict) and child.get("type") == "container":
                found.add(f"{where}/child_blocks/{number}", "unsupported type: container")
            else:
                _block(found, f"{where}/child_blocks/{number}", child, surface, seen)


def _section(found: Findings, where: str, block: JsonObject) -> None:
    if block.get("text") is None and not block.get("fields"):
        found.add(where, "missing required field: text or fields")
    if block.get("text") is not None:
        check_text(found, f"{where}/text", block["text"], 3000)
    if block.get("fields") is not None:
        for number, field in enumerate(found.items(f"{where}/fields", block["fields"], 10)):
            check_text(found, f"{where}/fields/{number}", field, 2000)
    if block.get("accessory") is not None:
        check_element(found, f"{where}/accessory", block["accessory"], ACCESSORIES)


def _header(found: Findings, where: str, block: JsonObject) -> None:
    check_text(found, f"{where}/text", block.get("text"), 150, plain=True)


def _divider(_found: Findings, _where: str, _block: JsonObject) -> None:
    return


def _context(found: Findings, where: str, block: JsonObject) -> None:
    for number, element in enumerate(found.items(f"{where}/elements", block.get("elements"), 10)):
        inside = f"{where}/elements/{number}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_image(found, inside, element)
        else:
            check_text(found, inside, element, 3000)


def _elements(kinds: tuple[str, ...], most: int) -> Callable[[Findings, str, JsonObject], None]:
    def check(found: Findings, where: str, block: JsonObject) -> None:
        for number, element in enumerate(found.items(f"{where}/elements", block.get("elements"), most)):
            check_element(found, f"{where}/elements/{number}", element, kinds)

    return check


def _image(found: Findings, where: str, block: JsonObject) -> None:
    check_image(found, where, block)
    if block.get("title") is not None:
        check_text(found, f"{where}/title", block["title"], 2000, plain=True)


def _input(found: Findings, where: str, block: JsonObject) -> None:
    check_text(found, f"{where}/label", block.get("label"), 2000, plain=True)
    if block.get("hint") is not None:
        check_text(found, f"{where}/hint", block["hint"], 2000, plain=True)
    check_element(found, f"{where}/element", block.get("element"), INPUTS)


def _markdown(found: Findings, where: str, block: JsonObject) -> None:
    found.characters(f"{where}/text", block.get("text"), MARKDOWN, 1)


def _rich_text(found: Findings, where: str, block: JsonObject) -> None:
    for number, element in enumerate(found.items(f"{where}/elements", block.get("elements"), 1000)):
        inside = f"{where}/elements/{number}"
        part = found.table(inside, element)
        if part is not None and found.one_of(f"{inside}/type", part.get("type"), RICH_TEXT):
            found.items(f"{inside}/elements", part.get("elements"), 1000, 0)


def _alert(found: Findings, where: str, block: JsonObject) -> None:
    check_text(found, f"{where}/text", block.get("text"), 200)
    if block.get("level") is not None:
        found.one_of(f"{where}/level", block["level"], ("default", "info", "warning", "error", "success"))


def _card(found: Findings, where: str, block: JsonObject) -> None:
    if not any(block.get(key) for key in ("hero_image", "title", "actions", "body")):
        found.add(where, "missing required field: hero_image, title, actions or body")
    for key, most in (("title", 150), ("subtitle", 150), ("body", 200)):
        if block.get(key) is not None:
            check_text(found, f"{where}/{key}", block[key], most)
    for key in ("hero_image", "icon"):
        if block.get(key) is not None:
            check_element(found, f"{where}/{key}", block[key], ("image",))
    if block.get("actions") is not None:
        for number, button in enumerate(found.items(f"{where}/actions", block["actions"], 3)):
            check_element(found, f"{where}/actions/{number}", button, ("button",))


def _carousel(found: Findings, where: str, block: JsonObject) -> None:
    for number, value in enumerate(found.items(f"{where}/elements", block.get("elements"), 10)):
        inside = f"{where}/elements/{number}"
        card = found.table(inside, value)
        if card is not None and found.one_of(f"{inside}/type", card.get("type"), ("card",)):
            _card(found, inside, card)


def _container(found: Findings, where: str, block: JsonObject) -> None:
    if block.get("rich_text_title") is None:
        check_text(found, f"{where}/title", block.get("title"), 150, plain=True)
    if block.get("subtitle") is not None:
        check_text(found, f"{where}/subtitle", block["subtitle"], 150)
    if block.get("width") is not None:
        found.one_of(f"{where}/width", block["width"], ("narrow", "standard", "wide", "full"))
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        found.add(f"{where}/default_collapsed", "requires is_collapsible")
    if block.get("is_collapsible") and block.get("has_header_divider"):
        found.add(f"{where}/has_header_divider", "not allowed when is_collapsible")


def _task(found: Findings, where: str, block: JsonObject) -> None:
    found.characters(f"{where}/task_id", block.get("task_id"), ID_LENGTH, 1)
    found.characters(f"{where}/title", block.get("title"), 3000, 1)
    found.one_of(f"{where}/status", block.get("status"), TASK_STATUSES)
    for key in ("details", "output"):
        part = block.get(key)
        if part is not None and (not isinstance(part, dict) or part.get("type") != "rich_text"):
            found.add(f"{where}/{key}", "must be a rich_text block")


def _plan(found: Findings, where: str, block: JsonObject) -> None:
    found.characters(f"{where}/title", block.get("title"), 3000, 1)
    for number, value in enumerate(found.items(f"{where}/tasks", block.get("tasks") or [], 50, 0)):
        task = found.table(f"{where}/tasks/{number}", value)
        if task is not None:
            _task(found, f"{where}/tasks/{number}", task)


def _video(found: Findings, where: str, block: JsonObject) -> None:
    check_text(found, f"{where}/title", block.get("title"), 199, plain=True)
    for key in ("video_url", "thumbnail_url"):
        found.characters(f"{where}/{key}", block.get(key), URL, 1)
    found.characters(f"{where}/alt_text", block.get("alt_text"), 2000, 1)


def _file(found: Findings, where: str, block: JsonObject) -> None:
    found.characters(f"{where}/external_id", block.get("external_id"), ID_LENGTH, 1)


KINDS: dict[str, tuple[tuple[Surface, ...], Callable[[Findings, str, JsonObject], None]]] = {
    "section": (EVERYWHERE, _section),
    "header": (EVERYWHERE, _header),
    "divider": (EVERYWHERE, _divider),
    "context": (EVERYWHERE, _context),
    "actions": (EVERYWHERE, _elements(ACTIONS, 25)),
    "image": (EVERYWHERE, _image),
    "input": (EVERYWHERE, _input),
    "rich_text": (EVERYWHERE, _rich_text),
    "video": (EVERYWHERE, _video),
    "card": (EVERYWHERE, _card),
    "carousel": (("message", "home"), _carousel),
    "alert": (("modal",), _alert),
    "markdown": (MESSAGES, _markdown),
    "table": (MESSAGES, check_table),
    "data_table": (MESSAGES, check_data_table),
    "data_visualization": (MESSAGES, check_chart),
    "container": (MESSAGES, _container),
    "plan": (MESSAGES, _plan),
    "task_card": (MESSAGES, _task),
    "context_actions": (MESSAGES, _elements(CONTEXT_ACTIONS, 5)),
    "file": (MESSAGES, _file),
}
