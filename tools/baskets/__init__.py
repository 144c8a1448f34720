"""What lies in baskets, and what lies in them together."""
