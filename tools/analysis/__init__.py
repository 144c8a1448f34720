"""Mathematics only: no I/O, no database, no language model."""
