"""What questions say beside their subject: when, where, of what, how many, in which order."""
