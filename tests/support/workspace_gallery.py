"""Messages that between them use every block kind, within Slack's limits."""

from __future__ import annotations

from connectors.sandbox.workspace.wire import JsonObject


def plain(text: str) -> JsonObject:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> JsonObject:
    return {"type": "mrkdwn", "text": text}


def button(action_id: str, text: str, **more: object) -> JsonObject:
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": action_id, **more}


def raw(text: str) -> JsonObject:
    return {"type": "raw_text", "text": text}


def number(value: float, text: str) -> JsonObject:
    return {"type": "raw_number", "value": value, "text": text}


def option(text: str) -> JsonObject:
    return {"text": plain(text), "value": text.lower()}


def rich(text: str) -> JsonObject:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
PRODUCTS = ["Oat milk 1 l", "Bananas", "Sourdough", "Eggs 12", "Cheddar", "Lager 6×", "Coffee beans"]


def series(name: str, values: list[float]) -> JsonObject:
    return {"name": name, "data": [{"label": day, "value": value} for day, value in zip(DAYS, values, strict=True)]}


def chart(kind: str, title: str, *lines: JsonObject) -> JsonObject:
    axis = {"categories": DAYS, "x_label": "Day", "y_label": "Net sales, USD"}
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {"type": kind, "series": list(lines), "axis_config": axis},
    }


THIS = series("This week", [4210, 3980, 4105, 4420, 5310, 6890, 5120])
LAST = series("Last week", [4050, 4010, 3890, 4260, 5480, 6410, 5240])
CONFIRM: JsonObject = {
    "title": plain("Approve this change?"),
    "text": mrkdwn("The price at *Market Street* changes now."),
    "confirm": plain("Approve"),
    "deny": plain("Not yet"),
}

ANSWER: list[JsonObject] = [
    {
        "type": "markdown",
        "text": "**Net sales were $5,120.40 yesterday**, down 2.3% on the Sunday before.\n\n"
        "| Store | Net sales | Change |\n|:--|--:|--:|\n| Market Street | $5,120.40 | −2.3% |"
        "\n| Maple Avenue | $3,881.15 | +4.1% |"
        "\n\n- Best: *Produce*\n- Worst: ~~Deli~~ `BAKERY`\n  1. bread\n  2. rolls\n\n> 312 transactions",
    },
    chart("line", "Net sales by day", THIS, LAST),
    {
        "type": "data_table",
        "caption": "Top products, last week",
        "page_size": 5,
        "rows": [
            [raw("Product"), raw("Units"), raw("Net sales")],
            *(
                [raw(name), number(90 - at * 7, str(90 - at * 7)), number(300 - at * 31.5, f"${300 - at * 31.5:,.2f}")]
                for at, name in enumerate(PRODUCTS)
            ),
        ],
    },
    {
        "type": "container",
        "title": plain("How I got this"),
        "subtitle": plain("2 queries · 4,812 rows"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [
            {"type": "section", "text": mrkdwn("```SELECT sum(net_sales) FROM rollup_store_day```")},
            {"type": "context", "elements": [mrkdwn("As of <!date^1511157600^{date_short} {time}|yesterday>")]},
        ],
    },
    {
        "type": "actions",
        "elements": [
            button("by_dept", "By department"),
            button("month", "Last month"),
            {
                "type": "static_select",
                "action_id": "store",
                "placeholder": plain("Another store"),
                "options": [option("Harbor Point"), option("Station Road")],
            },
        ],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good answer"), "value": "good"},
                "negative_button": {"text": plain("Bad answer"), "value": "bad"},
            },
            {"type": "icon_button", "action_id": "remove", "icon": "trash", "text": plain("Remove")},
        ],
    },
]

CARD: list[JsonObject] = [
    {"type": "header", "text": plain("Price change for approval :label:")},
    {
        "type": "section",
        "text": mrkdwn(
            "*Oat milk 1 l* at <#C_S01> · asked by <@U_MANAGER_S01>\n>Sell-through _fell_ to 41% ~last week~"
        ),
        "fields": [
            mrkdwn("*Before*\n$3.49"),
            mrkdwn("*After*\n$2.97"),
            mrkdwn("*Until*\nSunday"),
            mrkdwn("*Margin*\n31%"),
        ],
        "accessory": {
            "type": "overflow",
            "action_id": "more",
            "options": [option("Snooze"), option("Show history")],
        },
    },
    {"type": "divider"},
    {
        "type": "actions",
        "elements": [
            button("approve", "Approve", style="primary", confirm=CONFIRM),
            button("edit", "Edit…"),
            button("reject", "Reject", style="danger"),
            button("open", "Open product", url="https://example.com/p"),
        ],
    },
    {"type": "context", "elements": [mrkdwn(":lock: Expires in 4 hours · `P-1042`")]},
]

CHARTS: list[JsonObject] = [
    chart("bar", "Transactions", THIS, LAST),
    {
        "type": "data_visualization",
        "title": "Share of net sales",
        "chart": {
            "type": "pie",
            "segments": [
                {"label": name, "value": value}
                for name, value in [("Grocery", 48), ("Produce", 21), ("Meat", 16), ("Drug", 11), ("Other", 4)]
            ],
        },
    },
]

REST: list[JsonObject] = [
    chart("area", "Foot traffic", THIS),
    {"type": "table", "rows": [[raw("Store"), raw("ATV")], [raw("Market Street"), raw("$16.41")]]},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Rich ", "style": {"bold": True}},
                    {"type": "emoji", "name": "tada"},
                    {"type": "user", "user_id": "U_OWNER"},
                    {"type": "link", "url": "https://example.com", "text": " link"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]}],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "SELECT 1"}]},
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
        ],
    },
    {
        "type": "carousel",
        "elements": [
            {
                "type": "card",
                "title": plain(name),
                "subtitle": mrkdwn("Weeks of cover *1.2*"),
                "body": mrkdwn("Order 24 by Thursday."),
                "actions": [button(f"order_{at}", "Order")],
            }
            for at, name in enumerate(PRODUCTS[:3])
        ],
    },
    {
        "type": "plan",
        "title": "Three steps",
        "tasks": [
            {
                "type": "task_card",
                "task_id": "1",
                "title": "Read sales",
                "status": "complete",
                "output": rich("312 rows"),
            },
            {"type": "task_card", "task_id": "2", "title": "Compare weeks", "status": "in_progress"},
            {"type": "task_card", "task_id": "3", "title": "Write the answer", "status": "pending"},
        ],
    },
    {"type": "task_card", "task_id": "4", "title": "Weather did not answer", "status": "error"},
    {"type": "card", "title": plain("A card"), "body": mrkdwn("alone"), "actions": [button("card", "Look")]},
    {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "A picture elsewhere"},
    {
        "type": "video",
        "title": plain("Film"),
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/t",
        "alt_text": "film",
    },
    {"type": "file", "external_id": "F1"},
    {
        "type": "input",
        "block_id": "note",
        "label": plain("Note"),
        "dispatch_action": True,
        "element": {"type": "plain_text_input", "action_id": "note"},
    },
]

MODAL: JsonObject = {
    "type": "modal",
    "callback_id": "edit_price",
    "title": plain("Edit price"),
    "submit": plain("Save"),
    "blocks": [
        {"type": "alert", "level": "warning", "text": mrkdwn("The shelf label must be *changed too*.")},
        {
            "type": "input",
            "block_id": "price",
            "label": plain("New price"),
            "hint": plain("In dollars, for example 2.97"),
            "element": {"type": "number_input", "action_id": "amount", "is_decimal_allowed": True},
        },
        {
            "type": "input",
            "block_id": "until",
            "optional": True,
            "label": plain("Until"),
            "element": {"type": "datepicker", "action_id": "day"},
        },
        {
            "type": "input",
            "block_id": "scope",
            "label": plain("Stores"),
            "element": {
                "type": "checkboxes",
                "action_id": "stores",
                "options": [option("Market Street"), option("Maple Avenue")],
                "initial_options": [option("Market Street")],
            },
        },
        {
            "type": "input",
            "block_id": "why",
            "label": plain("Reason"),
            "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
        },
    ],
}

HOME: JsonObject = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Good morning, Grace")},
        {"type": "section", "text": mrkdwn("*2 changes* wait for you."), "accessory": button("see", "See them")},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("Square · synced 06:02")]},
    ],
}
