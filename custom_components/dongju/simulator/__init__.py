"""Virtual home and the mock clouds that serve it over each vendor's own wire protocol."""
