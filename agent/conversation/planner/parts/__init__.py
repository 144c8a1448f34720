"""Messages that ask for several things: their parts, what the later ones take over, and items of a list."""
