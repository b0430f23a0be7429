"""Which devices of an account voice may reach: asked at set-up, changed in the options.

The person ticks what voice may reach; kept is what it may not, so that devices that come later can be spoken to.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorConfig, SelectSelectorMode
import voluptuous as vol

from . import devices
from .const import CONF_KIND, CONF_VOICE_DEVICES, CONF_VOICE_HIDDEN, EntryKind
from .model.vocabulary import DeviceType
from .vendors.base import ListedDevice

_CAREFUL: Final = frozenset(
    {DeviceType.COOKTOP, DeviceType.DOOR_LOCK, DeviceType.ENTRANCE, DeviceType.MICROWAVE_OVEN, DeviceType.OVEN}
)
"""Types that a person has to tick: locks, entrances, and what heats food."""


def first_hidden(listed: Mapping[str, ListedDevice]) -> set[str]:
    """Return the ids that are not ticked before a person has answered."""
    return {device_id for device_id, device in listed.items() if device.type in _CAREFUL}


def question(names: Mapping[str, str], hidden: Collection[str]) -> dict[vol.Marker, Any]:
    """Return the field of a form that asks which of the devices (id -> name) voice may reach."""
    ordered = sorted(names, key=lambda device_id: (names[device_id], device_id))
    ticked = [device_id for device_id in ordered if device_id not in hidden]
    options = [SelectOptionDict(value=device_id, label=names[device_id]) for device_id in ordered]
    selector = SelectSelector(SelectSelectorConfig(options=options, multiple=True, mode=SelectSelectorMode.LIST))
    return {vol.Required(CONF_VOICE_DEVICES, default=ticked): selector}


def answer(names: Collection[str], ticked: Collection[str], hidden: Collection[str] = ()) -> dict[str, list[str]]:
    """Return the option that keeps an answer; what was hidden and not asked about stays hidden."""
    kept = (set(hidden) - set(names)) | (set(names) - set(ticked))
    return {CONF_VOICE_HIDDEN: sorted(kept)}


def names_of(hass: HomeAssistant, entry: ConfigEntry) -> dict[str, str]:
    """Return the devices of a loaded account by id, named as the person named them; the Demo home asks nothing."""
    if entry.data[CONF_KIND] != EntryKind.ACCOUNT or entry.state is not ConfigEntryState.LOADED:
        return {}
    registry = dr.async_get(hass)
    names = {}
    for device in entry.runtime_data.store.devices.values():
        if device.type is not DeviceType.SERVICE:
            registered = devices.find(registry, entry.entry_id, device.id)
            names[device.id] = (registered and registered.name_by_user) or device.name
    return names
