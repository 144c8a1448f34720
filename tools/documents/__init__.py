"""Single documents and what they are made of: payments, taxes, refunds, voids, discounts, prices, hours."""
