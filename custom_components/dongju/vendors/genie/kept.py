"""What an account keeps between restarts and can do without: ids of what it registered."""

from typing import Any

from ..base import Cache, JsonDict


class Kept:
    """Named values in the account's cache."""

    def __init__(self, cache: Cache) -> None:
        """Use a cache; `load` comes first."""
        self._cache = cache
        self._data: JsonDict = {}

    async def load(self) -> None:
        """Read what was kept."""
        self._data = dict(await self._cache.async_load())

    def get(self, name: str) -> Any:
        """Return a value, None when there is none."""
        return self._data.get(name)

    def put(self, name: str, value: Any) -> None:
        """Keep a value, or with None no longer."""
        if value is None:
            self._data.pop(name, None)
        else:
            self._data[name] = value
        self._cache.save(lambda: dict(self._data))
