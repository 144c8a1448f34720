"""What to tell a store unasked, and whether it was told before."""
