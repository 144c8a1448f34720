"""Signed webhooks to systems of the user's choice: marketing, operations, signage."""
