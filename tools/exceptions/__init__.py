"""What stands out between stores, registers and people, fairly compared."""
