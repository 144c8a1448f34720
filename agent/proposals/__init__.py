"""Changes that wait for a person: payload, policy, store, service, executor."""
