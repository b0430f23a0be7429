"""The appliances behind the mock ThinQ cloud: made from the home, added, removed, renamed."""

import asyncio
from collections.abc import Mapping
import logging
from pathlib import Path
import random
from typing import Any, Final

from ..clock import Clock
from ..home import HomeSpec
from .appliance import Appliance, create_appliance, load_folder
from .errors import ApiError

_LOGGER: Final = logging.getLogger(__name__)

# Types that hear a voice unless the home says otherwise.
_VOICE_TYPES: Final = frozenset({"DEVICE_REFRIGERATOR"})


class Fleet:
    """All appliances of a home, by device id."""

    def __init__(self, home: HomeSpec, clock: Clock, seed: int, saved: Mapping[str, Any]) -> None:
        """Remember what to create; `saved` is an earlier snapshot or empty."""
        self._home = home
        self._clock = clock
        self._seed = seed
        self._states: dict[str, Any] = dict(saved.get("states", {}))
        # Device id -> row, of appliances added while the home ran.
        self._added: dict[str, dict[str, Any]] = dict(saved.get("added", {}))
        self._removed: set[str] = set(saved.get("removed", []))
        self._appliances: Final[dict[str, Appliance]] = {}
        self._voice: Final[dict[str, bool]] = {}
        self._running = False

    async def create(self) -> list[Appliance]:
        """Make the appliances of the home; raise ValueError when one is described wrongly."""
        if not self._appliances:
            for raw in (*self._home.thinq, *self._added.values()):
                self._create(raw)
            loop = asyncio.get_running_loop()
            for folder in self._home.thinq_folders:
                self._insert(await loop.run_in_executor(None, load_folder, Path(folder)))
        return self.all()

    def start(self) -> None:
        """Bring every appliance to life."""
        self._running = True
        for appliance in self._appliances.values():
            self._bring_to_life(appliance)

    def close(self) -> None:
        """Stop every appliance; they keep their state."""
        if self._running:
            self._states = self._current_states()
            self._running = False
        for appliance in self._appliances.values():
            appliance.close()
        self._appliances.clear()

    def all(self) -> list[Appliance]:
        """Return every appliance."""
        return list(self._appliances.values())

    def get(self, device_id: str) -> Appliance:
        """Return an appliance by its id; raise ApiError 1205."""
        appliance = self._appliances.get(device_id)
        if appliance is None:
            raise ApiError("1205")
        return appliance

    def find(self, reference: str) -> Appliance:
        """Return an appliance by its id or else its alias; raise ValueError."""
        if reference in self._appliances:
            return self._appliances[reference]
        for appliance in self._appliances.values():
            if appliance.alias == reference:
                return appliance
        raise ValueError(f"no device {reference!r}")

    def hears(self, device_id: str) -> bool:
        """Return whether an appliance has a microphone."""
        return self._voice.get(device_id, False)

    def add(self, raw: dict[str, Any]) -> Appliance:
        """Add an appliance while the home runs; raise ValueError."""
        appliance = self._create(raw)
        self._added[appliance.device_id] = dict(raw)
        self._bring_to_life(appliance)
        return appliance

    def remove(self, reference: str) -> Appliance:
        """Take an appliance out of the home; raise ValueError."""
        appliance = self.find(reference)
        appliance.close()
        del self._appliances[appliance.device_id]
        self._states.pop(appliance.device_id, None)
        self._added.pop(appliance.device_id, None)
        self._removed.add(appliance.device_id)
        return appliance

    def snapshot(self) -> dict[str, Any]:
        """Return states, additions and removals as plain data."""
        states = self._current_states() if self._running else self._states
        return {"states": states, "added": self._added, "removed": sorted(self._removed)}

    def _current_states(self) -> dict[str, Any]:
        return {appliance.device_id: appliance.snapshot() for appliance in self._appliances.values()}

    def _create(self, raw: Mapping[str, Any]) -> Appliance:
        if not isinstance(raw, Mapping):
            raise ValueError(f"an appliance is a mapping with type and name, not {raw!r}")  # noqa: TRY004 - bad data
        row = {key: value for key, value in raw.items() if key != "voice"}
        # A source of chance of its own, so that ids stay the same when the home grows.
        appliance = create_appliance(row, random.Random(f"{self._seed}/thinq/{raw.get('name')}"))
        self._insert(appliance, voice=raw.get("voice"))
        return appliance

    def _insert(self, appliance: Appliance, *, voice: bool | None = None) -> None:
        device_id = appliance.device_id
        if device_id in self._removed:
            if self._running:
                self._removed.discard(device_id)
            else:
                return
        if device_id in self._appliances:
            raise ValueError(f"{appliance.alias!r}: another appliance has the same id {device_id}")
        self._appliances[device_id] = appliance
        self._voice[device_id] = appliance.device_type in _VOICE_TYPES if voice is None else bool(voice)

    def _bring_to_life(self, appliance: Appliance) -> None:
        saved = self._states.get(appliance.device_id)
        if saved is not None:
            appliance.restore(saved)
        appliance.start(self._clock, random.Random(f"{self._seed}/life/{appliance.device_id}"))
