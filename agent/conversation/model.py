"""Which chat model answers: a language model when one is set, otherwise the planner."""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel

from agent.conversation.model_settings import NO_KEY, ModelSettings
from agent.conversation.planner.model import PlannerModel
from agent.conversation.planner.topics import topics


def build_model(settings: ModelSettings) -> BaseChatModel:
    """The language model of the settings, or the planner if they name none."""
    if not settings.api_key and not settings.base_url:
        # Reading the subjects' phrases takes as long as twenty questions: the first person to ask should not pay it.
        topics()
        return PlannerModel()
    # Imported here: the OpenAI client takes over a second to import, and the planner never needs it.
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    return ChatOpenAI(
        model=settings.model,
        api_key=SecretStr(settings.api_key or NO_KEY),
        base_url=settings.base_url or None,
        timeout=settings.timeout_seconds,
        max_retries=settings.max_retries,
        use_responses_api=False,
        stream_usage=False,
    )


def model_name(model: BaseChatModel) -> str:
    """What an answer says it was written by: the model's own name, or ``planner``."""
    if isinstance(model, PlannerModel):
        return "planner"
    return str(getattr(model, "model_name", "") or model._llm_type)  # noqa: SLF001 - LangChain's only public-ish name
