"""What products, categories and groups of customers earn."""
