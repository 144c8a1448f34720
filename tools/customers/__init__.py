"""Known customers, always as groups: who they are, what they do, who stays away."""
