"""A stand-in POS: a stateful part of Square's API for demonstrations and tests, with faults on order.

It speaks Square's protocol over HTTP, so the production connector and Square's own SDK talk to it unchanged.
"""
