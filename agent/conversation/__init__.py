"""One turn of the conversation: question in, sourced answer out."""
