"""Mock LG U+ home IoT cloud: a dialect of its own, polled with a static token; all of it is invented."""
