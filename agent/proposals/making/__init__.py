"""How each kind of draft becomes a payload: checked against the mirror and the live point of sale."""
