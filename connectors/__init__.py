"""Everything outside: POS platforms, signals, files, the mirror they fill, and the local stand-ins."""
