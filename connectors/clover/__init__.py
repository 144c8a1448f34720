"""Clover, REST v3: one merchant, which is one store, is one connection."""
