"""A stand-in of Shopify's Admin GraphQL API: a stateful part of it for demonstrations and tests, with faults on order.

It reads GraphQL documents, answers exactly what they select, and speaks Shopify's refusals, so the production connector
talks to it unchanged.
"""
