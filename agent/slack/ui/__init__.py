"""Pure Block Kit builders: values in, plain dictionaries out; nothing here talks to Slack."""
