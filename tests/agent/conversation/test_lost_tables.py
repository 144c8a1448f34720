"""The tables of what tools tell name tools that there are: one that was renamed would be forgotten without a word."""

from __future__ import annotations

from agent.conversation.planner.lost import ends, figures, numbers, order, told
from agent.conversation.planner.plain_questions import over_time
from tools.registry import catalogue


def test_every_tool_in_the_tables_of_the_last_room_is_in_the_catalogue() -> None:
    told_beside = {tool for tools in figures._TELLS.values() for tool in tools}
    listed = told._GOODS | told._STORES | told._OTHERS.keys() | figures._STOCK | ends._TELLS_IT | order._BOTH_ENDS
    named = listed | told_beside | numbers._OWN | over_time._TELLS

    assert named - catalogue().keys() == set()
