"""Local stand-ins that speak the vendors' own protocols, so that the real clients talk to them."""
