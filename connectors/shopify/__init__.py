"""Shopify POS, over the Admin GraphQL API."""
