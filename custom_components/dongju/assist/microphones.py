"""Where a sentence was heard: the room of the microphone, and the account that bounds what it reaches."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr

from .. import devices
from ..const import CONF_KIND, DOMAIN, EntryKind
from ..vendors.base import Utterance


def only_entry(hass: HomeAssistant, utterance: Utterance, *, reaches_all: bool) -> str | None:
    """Return the Demo home's entry for a Demo microphone: it reaches Demo devices, unless the person opted in."""
    if reaches_all:
        return None
    for entry in hass.config_entries.async_entries(DOMAIN):
        is_demo = entry.data.get(CONF_KIND) == EntryKind.DEMO and entry.state is ConfigEntryState.LOADED
        if is_demo and utterance.device_id in entry.runtime_data.store.devices:
            return entry.entry_id
    return None


def area_id(hass: HomeAssistant, utterance: Utterance) -> str | None:
    """Return the area in which a sentence was heard."""
    registry = dr.async_get(hass)
    for entry in hass.config_entries.async_entries(DOMAIN):
        identifier = devices.identifier(utterance.device_id)
        if found := registry.async_get_device_by_identifier(identifier, entry.entry_id):
            return found.area_id
    if utterance.room is None:
        return None
    areas = ar.async_get(hass)
    area = areas.async_get_area(utterance.room) or areas.async_get_area_by_name(utterance.room)
    return area.id if area else None
