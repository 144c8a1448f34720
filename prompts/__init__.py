"""The words given to the model, versioned and hashed."""
