"""What leans on the messages before it: short replies, words that point, and what a question in a thread takes over."""
