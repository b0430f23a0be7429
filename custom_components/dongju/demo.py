"""The Demo home.

Mock clouds inside Home Assistant, on loopback ports the system chooses, used through the very same clients.
"""

from collections.abc import Callable, Mapping
import importlib
import logging
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import HomeAssistant, callback

from .const import CONF_SEED
from .errors import translated_setup
from .model.device import Device
from .model.errors import CannotConnectError
from .model.vocabulary import Vendor
from .session_host import DiskCache
from .vendors.base import JsonDict
from .vendors.registry import VENDORS

if TYPE_CHECKING:
    from .runtime import AccountEntry
    from .simulator.home import HomeSpec
    from .simulator.simulator import Simulator

_LOGGER: Final = logging.getLogger(__name__)

STATE_KEY: Final = "demo_home"


class DemoHome:
    """The mock clouds of one Demo entry. Their seed, keys, tokens and devices survive restarts; addresses do not."""

    def __init__(self, hass: HomeAssistant, entry: AccountEntry) -> None:
        """Prepare; `async_start` opens the ports."""
        self._hass = hass
        self._entry = entry
        self._disk = DiskCache(hass, f"{entry.entry_id}.{STATE_KEY}")
        self._state: JsonDict = {}
        self._connection: Mapping[str, Any] = {}
        self._rooms: dict[str, str] = {}
        self._room_names: dict[str, str] = {}
        self.simulator: Simulator | None = None

    async def async_start(self) -> None:
        """Open the mock clouds as they were left; a home that cannot be restored starts anew."""
        self._state = await self._disk.async_load()
        # Imported here, in the import executor: nobody without a Demo home pays for the mock clouds.
        simulator, home = [
            await self._hass.async_add_import_executor_job(importlib.import_module, f"{__package__}.simulator.{name}")
            for name in ("simulator", "home")
        ]
        spec = await self._hass.async_add_executor_job(home.load_home, None)
        names = {room.id: room.name_ko if self._hass.config.language == "ko" else room.name_en for room in spec.rooms}
        self._rooms = {row["name"]: names[row["room"]] for row in spec.thinq if row.get("room") in names}
        self._room_names = {room.name_ko: names[room.id] for room in spec.rooms}
        seed = self._entry.data[CONF_SEED]
        try:
            self.simulator = await _async_open(simulator.Simulator, spec, seed, self._state.get("clouds"))
        except OSError as err:
            raise translated_setup(CannotConnectError(str(err))) from err
        except Exception:
            if not self._state:
                raise
            _LOGGER.exception("The Demo home cannot be opened as it was left")
            self._state = {}
            self.simulator = await _async_open(simulator.Simulator, spec, seed, None)
        self._connection = self.simulator.connection()

    async def async_close(self) -> None:
        """Write the home down and close the ports."""
        if self.simulator is None:
            return
        self._disk.save(self._snapshot)
        await self._disk.async_close()
        await self.simulator.close()
        self.simulator = None

    async def async_control(self, cloud: str, action: str, data: JsonDict) -> JsonDict:
        """Do something in the virtual home (press a button, open a door, say a sentence)."""
        if self.simulator is None:
            return {}
        return await self.simulator.control(cloud, action, data)

    async def async_use(self, device: Device, act: str, data: JsonDict) -> JsonDict:
        """Do something by hand to a device; raise ValueError, with the reason, for what cannot be done to it."""
        if self.simulator is None:
            return {}
        cloud = self.simulator.clouds[device.vendor]
        return await cloud.control(act, {**data, cloud.device_field: device.vendor_id})

    def room_of(self, device: Device) -> str | None:
        """Return the room of a virtual device in the home's language: LG knows no rooms, the others Korean ones."""
        return self._room_names.get(device.room) if device.room else self._rooms.get(device.name)

    def accounts(self) -> dict[Vendor, JsonDict]:
        """Return the entry data each vendor's session would have, had the person typed it in."""
        secrets = self._state.setdefault("secrets", {})
        return {
            vendor: {**definition.demo_data(self._connection[vendor]), **secrets.get(vendor, {})}
            for vendor, definition in VENDORS.items()
            if vendor in self._connection
        }

    def saver(self, vendor: Vendor) -> Callable[[JsonDict], None]:
        """Return how a session keeps changed secrets (certificates, rotated tokens)."""

        @callback
        def save(changed: JsonDict) -> None:
            self._state.setdefault("secrets", {}).setdefault(vendor, {}).update(changed)
            self._disk.save(self._snapshot)

        return save

    def _snapshot(self) -> JsonDict:
        return {
            "clouds": self.simulator.snapshot() if self.simulator else {},
            "secrets": self._state.get("secrets", {}),
        }


async def _async_open(factory: Callable[..., Simulator], home: HomeSpec, seed: int, state: Any) -> Simulator:
    simulator = factory(home, seed=seed, state=state)
    await simulator.start()
    return simulator


async def async_remove_demo_state(hass: HomeAssistant, entry_id: str) -> None:
    """Delete what a removed Demo home left on disk."""
    await DiskCache(hass, f"{entry_id}.{STATE_KEY}", read_only=True).async_remove()
