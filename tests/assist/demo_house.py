"""The Demo home set up in Home Assistant, with everything a test of voice needs to speak to it and to look into it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from homeassistant.components import conversation
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju.assist.assistant import Assistant
from custom_components.dongju.const import CONF_KIND, CONF_SEED, DOMAIN, EntryKind
from custom_components.dongju.model.device import Device, Value
from custom_components.dongju.model.vocabulary import DeviceType
from custom_components.dongju.simulator.simulator import Simulator

WAIT_S = 8.0
COMPONENTS = ("homeassistant", "http", "media_player", "repairs", "webhook", "conversation", "light", "lock", DOMAIN)


@dataclass
class DemoHouse:
    """A running Demo home."""

    hass: HomeAssistant
    entry: ConfigEntry

    @property
    def simulator(self) -> Simulator:
        simulator = self.entry.runtime_data.coordinator.demo.simulator
        assert simulator is not None
        return simulator

    @property
    def hub(self) -> ConfigEntry:
        """Return the Hub entry."""
        return next(entry for entry in self.hass.config_entries.async_entries(DOMAIN) if entry is not self.entry)

    @property
    def assistant(self) -> Assistant:
        """Return the assistant behind every microphone."""
        assistant: Assistant = self.hub.runtime_data.assistant
        return assistant

    @property
    def agent(self) -> str:
        registry = er.async_get(self.hass)
        return next(entity.entity_id for entity in registry.entities.values() if entity.domain == "conversation")

    async def say(
        self, text: str, *, language: str = "ko", conversation_id: str | None = None, device_id: str | None = None
    ) -> conversation.ConversationResult:
        """Say a sentence to the conversation agent."""
        return await conversation.async_converse(
            self.hass,
            text=text,
            conversation_id=conversation_id,
            context=Context(),
            language=language,
            agent_id=self.agent,
            device_id=device_id,
        )

    async def answer(self, text: str, **kwargs: Any) -> str:
        """Return what the agent says."""
        result = await self.say(text, **kwargs)
        return str(result.response.speech["plain"]["speech"])

    def device(self, name: str) -> Device:
        """Return a device of the store by its name."""
        devices = self.entry.runtime_data.store.devices.values()
        return next(device for device in devices if device.name == name)

    def of_type(self, device_type: DeviceType) -> Device:
        """Return the first device of a type."""
        devices = self.entry.runtime_data.store.devices.values()
        return next(device for device in devices if device.type is device_type)

    def reported(self, name: str, part: str, attribute: str) -> Value:
        """Return what a device last reported."""
        return self.entry.runtime_data.store.reported((self.device(name).id, part, attribute))

    def registry_id(self, device: Device) -> str:
        """Return the device registry's id of a device."""
        found = dr.async_get(self.hass).async_get_device_by_identifier((DOMAIN, device.id), self.entry.entry_id)
        assert found is not None
        return found.id

    def area(self, name: str) -> ar.AreaEntry:
        """Return an area by its name."""
        found = ar.async_get(self.hass).async_get_area_by_name(name)
        assert found is not None
        return found

    def state_of(self, domain: str, name: str) -> State:
        """Return the state of the entity of a domain with this friendly name."""
        return next(state for state in self.hass.states.async_all(domain) if state.name == name)

    async def until(self, test: Callable[[], bool]) -> None:
        """Wait until something holds; the mock clouds confirm after a moment, as real ones do."""
        async with asyncio.timeout(WAIT_S):
            while not test():  # noqa: ASYNC110 - the mock clouds have no event for it
                await asyncio.sleep(0.02)


@asynccontextmanager
async def demo_house(hass: HomeAssistant, hass_client: Any) -> AsyncIterator[DemoHouse]:
    """Run the Demo home in Home Assistant, in Korean, with a web server that the mock Genie cloud can call."""
    hass.config.language = "ko"
    hass.config.country = "KR"
    await hass.config.async_set_time_zone("Asia/Seoul")
    for component in COMPONENTS:
        assert await async_setup_component(hass, component, {})
    client = await hass_client()
    hass.config.api = type("Api", (), {"port": client.server.port, "use_ssl": False})()
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="데모 홈",
        unique_id="demo",
        data={CONF_KIND: EntryKind.DEMO, CONF_SEED: 7},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    house = DemoHouse(hass, entry)
    store = entry.runtime_data.store
    await house.until(lambda: all(store.available(device_id) for device_id in store.devices))
    await hass.async_block_till_done()
    try:
        yield house
    finally:
        await hass.config_entries.async_unload(entry.entry_id)
        await hass.async_block_till_done()
