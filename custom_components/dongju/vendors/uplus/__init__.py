"""LG U+ home IoT: polled, with a token that ends after thirty days, in a dialect of strings."""

from .definition import DEFINITION

__all__ = ["DEFINITION"]
