"""The canonical device model: where vendor code ends and Home Assistant code starts."""
