"""The tables between LG's properties and the hub's attributes."""
