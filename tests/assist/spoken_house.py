"""Devices of a test's own description in Home Assistant, with everything a test needs to ask after them by voice."""

from typing import Any

from homeassistant.components import conversation
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
import pytest

from custom_components.dongju.const import DOMAIN
from custom_components.dongju.model.device import Attribute, Device
from custom_components.dongju.model.vocabulary import Attr, Kind, Unit
from tests.components.described_house import House, make_device, set_up

__all__ = ["SpokenHouse", "answer", "command", "make_device", "number", "spoken_house", "switch", "words"]


def switch(key: str = Attr.ON_OFF, *, writable: bool = True) -> Attribute:
    """Return an attribute that is true or false."""
    return Attribute(key=key, kind=Kind.BOOLEAN, writable=writable)


def words(key: str, *options: str, writable: bool = False) -> Attribute:
    """Return an attribute whose values are words."""
    return Attribute(
        key=key, kind=Kind.ENUM, writable=writable, options=options, write_options=options if writable else ()
    )


def number(key: str, low: float | None = None, high: float | None = None, unit: Unit | None = None) -> Attribute:
    """Return an attribute that is a number: writable when it has a range."""
    return Attribute(key=key, kind=Kind.NUMBER, writable=low is not None, step=1, minimum=low, maximum=high, unit=unit)


def command(*options: str) -> Attribute:
    """Return the operations that a device can be told."""
    return Attribute(key=Attr.OPERATION, kind=Kind.COMMAND, readable=False, writable=True, write_options=options)


async def answer(hass: HomeAssistant, text: str, **heard: Any) -> str:
    """Say a sentence to the hub's conversation agent and return what is answered."""
    entities = er.async_get(hass).entities.values()
    result = await conversation.async_converse(
        hass,
        text=text,
        context=Context(),
        agent_id=next(entity.entity_id for entity in entities if entity.domain == "conversation"),
        **{"language": "ko", "conversation_id": None, **heard},
    )
    return str(result.response.speech["plain"]["speech"])


class SpokenHouse:
    """A described house that listens."""

    def __init__(self, hass: HomeAssistant, house: House) -> None:
        """Speak to the agent of the hub."""
        self.hass = hass
        self.house = house

    @property
    def hub(self) -> ConfigEntry:
        """Return the Hub entry."""
        entries = self.hass.config_entries.async_entries(DOMAIN)
        return next(entry for entry in entries if entry.entry_id != self.house.entry.entry_id)

    async def answer(self, text: str, **heard: Any) -> str:
        """Say a sentence and return what is answered."""
        return await answer(self.hass, text, **heard)

    def place(self, device: Device, room: str) -> ar.AreaEntry:
        """Put a device into a room."""
        area = ar.async_get(self.hass).async_get_or_create(room)
        registered = self.registered(device)
        dr.async_get(self.hass).async_update_device(registered.id, area_id=area.id)
        return area

    def registered(self, device: Device) -> dr.DeviceEntry:
        """Return a device in the registry."""
        found = dr.async_get(self.hass).async_get_device_by_identifier((DOMAIN, device.id), self.house.entry.entry_id)
        assert found is not None
        return found


async def spoken_house(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, *devices: Device) -> SpokenHouse:
    """Put devices into a Korean Home Assistant that listens."""
    hass.config.language = "ko"
    return SpokenHouse(hass, await set_up(hass, monkeypatch, *devices))
