"""Why a figure changed: parts that add up, and what stood beside it."""
