"""A stand-in POS that speaks Lightspeed Retail's R-Series API V3: strings, one-or-many, cursors, a leaky bucket.

Demonstrations and tests only.
"""
