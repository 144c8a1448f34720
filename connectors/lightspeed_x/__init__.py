"""The connector for Lightspeed Retail (X-Series), once called Vend."""
