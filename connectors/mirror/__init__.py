"""The DuckDB mirror of every connected POS: the only place that knows DuckDB files."""
