"""What floorwalker says unasked: the morning briefing, once per store and business day."""
