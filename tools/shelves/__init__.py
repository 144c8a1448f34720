"""Where goods should stand, where they were seen, and how much space they earn."""
