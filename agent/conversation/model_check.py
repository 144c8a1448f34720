"""Whether the language model of the settings answers as it must: asked one question, with the tools shown for it."""

from __future__ import annotations

from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

from agent.conversation.cleaning import harmless
from agent.conversation.model import build_model
from agent.conversation.model_settings import ModelSettings
from agent.conversation.toolbox import RegisteredTools, build_toolbox
from agent.conversation.tools_at_hand import ToolsAtHand
from prompts.loader import load_prompts

QUESTION = "How did we do yesterday?"
_REMEDIES = {
    401: "the key is refused; copy OPENAI_API_KEY again",
    403: "the key may not use this model; choose another FLOORWALKER_MODEL or another key",
    404: "it is not known there; check FLOORWALKER_MODEL and OPENAI_BASE_URL",
    429: "the server says that it is asked too often or that the account has run out; see the account's limits",
}
_SHOWN = 200


def try_model(settings: ModelSettings) -> str:
    """What is wrong with the model, as a sentence with its remedy; empty if it calls a tool when it should."""
    import openai

    prompts = load_prompts()
    tools = ToolsAtHand(build_toolbox(RegisteredTools()), prompts).shown_for(QUESTION)
    asked = [SystemMessage(prompts.system), HumanMessage(QUESTION)]
    try:
        reply = build_model(settings).bind_tools(tools).invoke(asked)
    except openai.APITimeoutError:
        return f"it gave no reply in {settings.timeout_seconds:g} seconds; raise FLOORWALKER_MODEL_SECONDS"
    except openai.APIConnectionError:
        return "its server cannot be reached; check OPENAI_BASE_URL and the network"
    except openai.APIStatusError as error:
        said = harmless(str((error.body or {}).get("message", "")) if isinstance(error.body, dict) else "")[:_SHOWN]
        return _REMEDIES.get(error.status_code, f"its server answers {error.status_code}: {said or 'without a reason'}")
    except openai.OpenAIError as error:
        return f"its reply cannot be read ({type(error).__name__}); is it a server that speaks OpenAI's protocol?"
    if not (isinstance(reply, AIMessage) and reply.tool_calls):
        return "it answers but calls no tools, so the planner would do better; choose a model that calls tools"
    return ""
