"""What is on hand, for how long, what is missing, too much, dead or not there at all."""
