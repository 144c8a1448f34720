"""Lightspeed Retail (R-Series): reads by change stamp, writes that are found again by a key written into them."""
