"""Behaviour shared by families of appliances: cycles, power and modes, timers, doors, sensors."""
