"""Whether a plan says what the question said, and what the question took for granted."""
