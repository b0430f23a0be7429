"""Mock of the LG ThinQ Connect cloud: REST, MQTT over mutual TLS, and the appliances behind it."""
