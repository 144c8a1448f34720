"""The application: conversation, proposals, briefings, Slack, command line."""
