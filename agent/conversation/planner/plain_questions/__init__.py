"""Questions of figures that stand on their own, and what belongs to every one of them."""
