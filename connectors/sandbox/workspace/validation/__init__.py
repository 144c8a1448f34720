"""What Slack accepts as blocks and views; each refusal names the block and the limit."""

from connectors.sandbox.workspace.validation.blocks import MESSAGE_TEXT_LIMIT, check_blocks, shown_characters
from connectors.sandbox.workspace.validation.views import check_view

__all__ = ["MESSAGE_TEXT_LIMIT", "check_blocks", "check_view", "shown_characters"]
