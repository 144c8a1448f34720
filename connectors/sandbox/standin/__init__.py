"""What every stand-in POS shares: its memory, its door with faults on order, and the shop it is filled from.

Each platform's stand-in speaks that vendor's protocol over HTTP, so the production connector talks to it unchanged.
"""
