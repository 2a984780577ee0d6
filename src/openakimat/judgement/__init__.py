"""Whether it is allowed, and what it sets running."""
