"""The answer before once more, with one more side of it: what is typed behind figures in three or four words."""

from agent.conversation.planner.threads.once_more.read import read as read
