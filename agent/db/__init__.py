"""Operational state in SQLAlchemy: people, proposals, receipts, deliveries. Never POS data."""
