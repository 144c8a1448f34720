"""Receipts and the audit chain."""
