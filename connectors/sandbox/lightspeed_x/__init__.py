"""The stand-in Lightspeed X: its API of version 2026-07 over one SQLite file, versions and throttling included."""
