"""What the agent may call: thin tools over pure mathematics and a mirror reader."""
