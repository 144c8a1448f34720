"""What promotions, coupons, campaigns, prices and markdowns did and could do."""
