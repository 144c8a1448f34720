"""Our own purchase orders, for stores whose point of sale has none: stored in the mirror, written for the supplier."""
