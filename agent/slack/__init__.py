"""The Slack surface: listeners, blocks, delivery."""
