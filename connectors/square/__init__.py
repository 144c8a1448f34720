"""Square: reads by change cursor, one price change at a time under an idempotency key."""
