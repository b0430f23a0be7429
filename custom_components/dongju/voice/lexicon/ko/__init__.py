"""Korean tables."""
