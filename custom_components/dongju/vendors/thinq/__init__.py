"""LG ThinQ, by the official ThinQ Connect API."""

from .definition import DEFINITION

__all__ = ["DEFINITION"]
