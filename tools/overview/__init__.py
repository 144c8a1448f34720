"""How the business does, what needs attention, and how stores compare with each other and their targets."""
