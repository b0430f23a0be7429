"""Mock KT GiGA Genie cloud: account API and push, set-top box, G-INSIDE terminals, skill calls."""
