"""Words and their spelling: the tables of the trade, slips of the thumb, and words that carry nothing."""
