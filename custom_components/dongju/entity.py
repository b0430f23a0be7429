"""The base entity: identity, keyed subscription, availability, and sending a command."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, override

from homeassistant.core import callback
from homeassistant.helpers.device_registry import AnyDeviceEntry
from homeassistant.helpers.entity import Entity

from .errors import translated
from .model.command import Command
from .model.device import AVAILABLE, DESCRIPTION, MAIN, Attribute, Device, Key, Value
from .model.errors import HubError
from .model.vocabulary import Attr

if TYPE_CHECKING:
    from .discovery import Discovered
    from .runtime import AccountRuntime


class DongjuEntity(Entity):
    """One entity of one part of a device.

    Subclasses set their `_attr_*` values in `_update_attrs`, and what depends on the description (ranges, options) in
    `_describe`; both run before the entity is added, `_update_attrs` again on each change of a claimed attribute.
    """

    _attr_has_entity_name = True
    _attr_should_poll = False
    always_available: ClassVar[bool] = False

    def __init__(self, runtime: AccountRuntime, found: Discovered, device_entry: AnyDeviceEntry | None) -> None:
        """Identify the entity and read its first values."""
        self.entity_description = found.description
        if found.description.name is None:
            # The device's main feature: without this, the text that its states have would name it too.
            self._attr_name = None
        self.device_entry = device_entry
        self._runtime = runtime
        self._store = runtime.store
        self._device = found.device
        self._part_id = found.part.id
        self._claimed = found.attributes
        self._key = found.attributes[0]
        self._attr_unique_id = found.unique_id
        self._describe()
        self._refresh()

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to what this entity is made of, and to nothing else."""
        self._store.subscribe(self._heard_keys(), self._handle_change)
        self._refresh()

    @override
    async def async_will_remove_from_hass(self) -> None:
        """Listen no more."""
        self._store.unsubscribe(self._heard_keys(), self._handle_change)

    def _heard_keys(self) -> Iterator[Key]:
        """Yield the keys whose changes concern this entity."""
        device_id = self._device.id
        for key in self._claimed:
            yield (device_id, self._part_id, key)
        yield (device_id, MAIN, AVAILABLE)
        yield (device_id, MAIN, DESCRIPTION)

    def _attribute(self, key: str | None = None) -> Attribute | None:
        """Return the description of an attribute of this part (by default the entity's own), if it still exists."""
        part = self._device.parts.get(self._part_id)
        return part.attributes.get(key or self._key) if part else None

    def _value(self, key: str | None = None) -> Value:
        """Return the shown value of an attribute of this part (by default the entity's own)."""
        return self._store.value((self._device.id, self._part_id, key or self._key))

    def _has(self, key: str) -> bool:
        """Return whether this entity claimed the attribute."""
        return key in self._claimed

    def _can_write(self, key: str) -> bool:
        """Return whether this entity claimed the attribute and may write it."""
        attribute = self._attribute(key) if key in self._claimed else None
        return attribute is not None and attribute.writable

    def _describe(self) -> None:
        """Set what depends on the description alone."""

    def _update_attrs(self) -> None:
        """Set the `_attr_*` values from the store."""

    def _refresh(self) -> None:
        self._attr_available = self.always_available or self._store.available(self._device.id)
        self._update_attrs()

    @callback
    def _handle_change(self) -> None:
        """Show a change of a claimed attribute, of the availability or of the description."""
        device = self._store.devices.get(self._device.id)
        if device is not None and device is not self._device:
            self._take_description(device)
        self._refresh()
        self.async_write_ha_state()

    def _take_description(self, device: Device) -> None:
        """Take a changed description: new ranges, options or units, and what else the entity is made of now.

        An entity of which nothing is left was removed by the loader before.
        """
        self._device = device
        claims = (
            found.attributes
            for found in self._runtime.entities.found(device.id)
            if found.unique_id == self._attr_unique_id and found.row.entity_class is type(self)
        )
        claimed = next(claims, self._claimed)
        if claimed != self._claimed:
            self._store.unsubscribe(self._heard_keys(), self._handle_change)
            self._claimed, self._key = claimed, claimed[0]
            self._store.subscribe(self._heard_keys(), self._handle_change)
        self._describe()

    async def _async_send(self, values: Mapping[str | Attr, Value], **kwargs: Any) -> None:
        """Send values of this part as one command; raise a translated error when it is refused."""
        command = Command(
            device_id=self._device.id,
            part=self._part_id,
            values={str(key): value for key, value in values.items()},
            **kwargs,
        )
        try:
            await self._runtime.bus.send(command)
        except HubError as err:
            raise translated(err) from err
