"""A Clover merchant on this machine: REST v3 with state, its limits, and faults on order.

The production connector talks to it unchanged; only the base URL and the tokens differ.
"""
