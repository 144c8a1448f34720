"""What is never done or told, said plainly."""
