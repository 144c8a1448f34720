"""The ports of the tools beyond data and proposals: meanings of words, the list of tasks, the list of proposals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from agent.embeddings import tool_extras
from agent.proposals.listing import ProposalList
from tools.proposed import PROPOSED
from tools.tasks import TASKS

if TYPE_CHECKING:
    from agent.conversation.model_settings import ModelSettings
    from agent.wiring import Application


def tool_ports(application: Application, model: ModelSettings) -> Mapping[str, Any]:
    """Ports by name. What a tool can do through them is read."""
    embeddings = tool_extras(model, application.settings.embedding_model, application.home)
    proposed = ProposalList(application.proposal_store, application.clock, application.directory)
    return {**embeddings, TASKS: application.task_book, PROPOSED: proposed}
