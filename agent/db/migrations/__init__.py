"""Migrations of the operational database, packaged so that an installed floorwalker can upgrade itself."""
