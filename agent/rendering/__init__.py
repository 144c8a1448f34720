"""Results as files: pictures of charts that Slack cannot draw itself, and tables as CSV."""
