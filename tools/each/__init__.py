"""A figure of each basket, product, day or store: how it lies among them."""
