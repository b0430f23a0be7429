"""LG ThinQ, by the official ThinQ Connect API."""
