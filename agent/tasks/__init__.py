"""The stores' own list of tasks: in our database, and copied to a Slack List where there is one."""
