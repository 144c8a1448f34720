"""What follows once the tools have answered: further tries, and the reply."""
