"""Getting messages to Slack: the fallback chain, streams, cards, briefings, and the queue that turns run in."""
