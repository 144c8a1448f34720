"""The Slack surface: listeners that only acknowledge and enqueue, pure Block Kit builders, and delivery."""
