"""What the range consists of."""
