"""Products and customer feedback by what words mean."""
