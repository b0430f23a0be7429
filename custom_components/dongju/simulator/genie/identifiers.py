"""Seeded identifiers and tokens: the same seed gives the same ones, none twice, not even after a restart."""

from collections.abc import Mapping
import hashlib
import hmac
import random
import uuid


class Identifiers:
    """Derive identifiers from a seed and one counter per label."""

    def __init__(self, seed: int, counters: Mapping[str, int] | None = None) -> None:
        self._key = f"genie-{seed}".encode()
        self._seed = seed
        self._counters = dict(counters or {})

    def number(self, label: str) -> int:
        """Return the next number of a label, from 1."""
        self._counters[label] = self._counters.get(label, 0) + 1
        return self._counters[label]

    def token(self, label: str) -> str:
        """Return a new token of 40 hex digits."""
        return self._digest(f"{label}:{self.number(label)}")[:40]

    def uuid(self, label: str) -> str:
        """Return a new UUID text."""
        return str(uuid.UUID(self._digest(f"{label}:{self.number(label)}")[:32]))

    def name(self, label: str) -> str:
        """Return a short readable identifier, such as `t-7`."""
        return f"{label}-{self.number(label)}"

    def fixed(self, label: str) -> str:
        """Return the one secret of a label: the same for as long as the seed is."""
        return self._digest(label)[:40]

    def random(self, label: str) -> random.Random:
        """Return a generator that depends on the seed and the label alone."""
        return random.Random(f"{self._seed}:{label}")

    def snapshot(self) -> dict[str, int]:
        """Return the counters, to be handed to the next Identifiers of the same seed."""
        return dict(self._counters)

    def _digest(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
