"""Finding the interactive elements of blocks, and what using one of them means in Slack's terms."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.sandbox.workspace.wire import ControlError, JsonObject

ONE_OPTION = ("static_select", "external_select", "overflow", "radio_buttons")
MANY_OPTIONS = ("multi_static_select", "multi_external_select", "checkboxes")
PLAIN = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
}


def elements(blocks: list[JsonObject]) -> Iterator[tuple[JsonObject, JsonObject]]:
    """Every interactive element with the block it is in."""
    for block in blocks:
        if block["type"] == "container":
            yield from elements(block["child_blocks"])
        elif block["type"] == "carousel":
            yield from elements(block["elements"])
        else:
            parts = [*(block.get("elements") or []), *(block.get("actions") or [])]
            parts += [block[key] for key in ("accessory", "element") if block.get(key)]
            yield from ((block, part) for part in parts if isinstance(part, dict) and part.get("action_id"))


def choose(
    blocks: list[JsonObject], action_id: str, value: object, block_id: str | None
) -> tuple[JsonObject, JsonObject]:
    """The element an action id names; ``value`` or ``block_id`` decide when several have it.

    Raises:
        ControlError: There is none now, or the value is not on offer.
    """
    everything = list(elements(blocks))
    named = [
        (block, part)
        for block, part in everything
        if part["action_id"] == action_id and block_id in (None, block["block_id"])
    ]
    if not named:
        offered = ", ".join(sorted({part["action_id"] for _, part in everything})) or "nothing"
        raise ControlError(f"There is no {action_id} to use here now; there is: {offered}.", 404)
    fitting = [pair for pair in named if value is None or value in on_offer(pair[1]) or not on_offer(pair[1])]
    if not fitting:
        offered = ", ".join(str(choice) for _, part in named for choice in on_offer(part))
        raise ControlError(f"{action_id} does not offer {value!r}; it offers: {offered}.", 409)
    return fitting[0]


def on_offer(element: JsonObject) -> list[str]:
    """The values an element can send; empty when anything may be typed or picked."""
    kind = element["type"]
    if kind in ("button", "icon_button"):
        return [element.get("value", "")]
    if kind == "feedback_buttons":
        return [element["positive_button"]["value"], element["negative_button"]["value"]]
    return [option["value"] for option in options(element)]


def options(element: JsonObject) -> list[JsonObject]:
    """The options of a select, overflow, radio or checkbox element, groups flattened."""
    if element.get("option_groups"):
        return [option for group in element["option_groups"] for option in group["options"]]
    return list(element.get("options") or [])


def entered(element: JsonObject, value: object) -> JsonObject:
    """An element's state as Slack sends it: type and the chosen option, date, or typed value.

    Raises:
        ControlError: The value is not one of the options.
    """
    kind = element["type"]
    if kind in ONE_OPTION:
        key = "selected_option"
        return {"type": kind, key: None if value in (None, "") else _option(element, value)}
    if kind in MANY_OPTIONS:
        chosen = value if isinstance(value, list) else [] if value in (None, "") else [value]
        return {"type": kind, "selected_options": [_option(element, one) for one in chosen]}
    if kind in PLAIN:
        return {"type": kind, PLAIN[kind]: value if value != "" else None}
    text = None if value in (None, "") else value if isinstance(value, dict) else str(value)
    return {"type": kind, "value": text}


def initial(element: JsonObject) -> JsonObject:
    """An element's state before anybody touched it."""
    kind = element["type"]
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind in PLAIN:
        key = PLAIN[kind]
        return {"type": kind, key: element.get(key.replace("selected", "initial"))}
    return {"type": kind, "value": element.get("initial_value")}


def is_empty(state: JsonObject) -> bool:
    """Whether nothing was entered."""
    return not any(value for key, value in state.items() if key != "type")


def _option(element: JsonObject, value: object) -> JsonObject:
    if isinstance(value, dict):
        value = value.get("value")
    found = next((option for option in options(element) if option["value"] == value), None)
    if found is None and element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
    if found is None:
        offered = ", ".join(option["value"] for option in options(element))
        raise ControlError(f"{element['action_id']} does not offer {value!r}; it offers: {offered}.", 409)
    return found
