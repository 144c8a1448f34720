"""A chat model without a language model: rules that choose tools from the words of a question."""
