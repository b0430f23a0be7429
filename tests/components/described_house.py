"""A vendor of the tests' own: whatever devices a test describes, with every command written down."""

from collections.abc import Iterable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju.const import CONF_KIND, CONF_VENDOR, DOMAIN, EntryKind
from custom_components.dongju.model.command import Command
from custom_components.dongju.model.device import MAIN, Attribute, Device, Happening, Key, Part, Value
from custom_components.dongju.model.store import Store
from custom_components.dongju.model.vocabulary import DeviceType, Vendor
from custom_components.dongju.vendors.base import Account, SessionContext, VendorDefinition
from custom_components.dongju.vendors.registry import VENDORS


def make_device(
    kind: DeviceType,
    attributes: Iterable[Attribute],
    *,
    parts: Iterable[Part] = (),
    name: str = "기기",
    number: int = 1,
) -> Device:
    """Return a device with these attributes, and further parts."""
    main = Part(type=kind, attributes={str(attribute.key): attribute for attribute in attributes})
    return Device(
        id=f"uplus_{number}",
        vendor=Vendor.UPLUS,
        vendor_id=str(number),
        type=kind,
        name=name,
        manufacturer="LG",
        parts={MAIN: main, **{part.id: part for part in parts}},
    )


class HouseSession:
    """A session that does as it is told."""

    vendor = Vendor.UPLUS
    account_id = "house"

    def listed(self) -> frozenset[str] | None:
        return frozenset(device.id for device in self._house.devices)

    def __init__(self, context: SessionContext, house: House) -> None:
        self._store = context.store
        self._house = house

    async def async_start(self) -> None:
        self._house.store = self._store
        for device in self._house.devices:
            self._store.set_device(device)
        self._store.set_available([device.id for device in self._house.devices], available=True)

    async def async_close(self) -> None:
        """Nothing runs."""

    async def async_remove_account(self) -> None:
        """Nothing was registered."""

    async def async_execute(self, command: Command) -> None:
        self._house.commands.append(command)
        if self._house.refusal:
            raise self._house.refusal
        self._store.apply(dict(zip(command.store_keys(), command.values.values(), strict=True)))

    async def async_refresh(self, device_id: str) -> None:
        """There is nothing to read that the store does not have."""

    async def async_poll(self) -> float:
        return 3600

    async def async_query(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return {}

    async def async_set_fahrenheit(self, *, fahrenheit: bool) -> None:
        """Units are the test's."""

    def diagnostics(self) -> dict[str, Any]:
        return {}

    def health(self) -> dict[str, Any]:
        return {}


class House:
    """The devices of a test in Home Assistant."""

    def __init__(self, hass: HomeAssistant, devices: tuple[Device, ...]) -> None:
        self.hass = hass
        self.devices = devices
        self.commands: list[Command] = []
        self.refusal: Exception | None = None
        self.store = Store()
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="집",
            unique_id="house",
            data={CONF_KIND: EntryKind.ACCOUNT, CONF_VENDOR: Vendor.UPLUS},
        )

    async def report(self, attribute: str, value: Value, *, part: str = MAIN, number: int = 1) -> None:
        """Have the vendor report a value."""
        self.store.apply({(f"uplus_{number}", part, str(attribute)): value})
        await self.hass.async_block_till_done()

    async def happen(self, attribute: str, happening: Happening, *, part: str = MAIN, number: int = 1) -> None:
        """Have something happen."""
        key: Key = (f"uplus_{number}", part, str(attribute))
        self.store.fire(key, happening)
        await self.hass.async_block_till_done()

    def entity_id(self, platform: str, key: str, *, part: str = MAIN, number: int = 1) -> str:
        """Return the id of an entity by its platform and key."""
        unique_id = f"uplus_{number}-{part}-{key}" if part else f"uplus_{number}-{key}"
        found = er.async_get(self.hass).async_get_entity_id(platform, DOMAIN, unique_id)
        assert found, (platform, unique_id)
        return found

    def state(self, platform: str, key: str, *, part: str = MAIN, number: int = 1) -> Any:
        """Return the state of an entity."""
        found = self.hass.states.get(self.entity_id(platform, key, part=part, number=number))
        assert found is not None, key
        return found


async def set_up(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, *devices: Device) -> House:
    """Put devices into Home Assistant."""
    house = House(hass, devices)

    async def check(_http: Any, _data: Any) -> Account:
        return Account(id="house", title="집")

    definition = VendorDefinition(
        vendor=Vendor.UPLUS,
        name="LG U+",
        fields=(),
        options=(),
        reauth=(),
        check=check,
        demo_data=dict,
        create_session=lambda context: HouseSession(context, house),
    )
    monkeypatch.setitem(VENDORS, Vendor.UPLUS, definition)
    assert await async_setup_component(hass, "homeassistant", {})
    house.entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await hass.async_block_till_done()
    return house
