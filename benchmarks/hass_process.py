"""Home Assistant as small as it can be started for real: registries on disk, its own event loop, no user interface."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import json
import logging
from pathlib import Path
import socket
from typing import Final

from homeassistant import bootstrap, loader
from homeassistant.config_entries import ConfigEntries
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.helpers.translation import async_load_integrations
from homeassistant.runner import configure_event_loop
from homeassistant.setup import async_setup_component
from homeassistant.util import slugify

from benchmarks.clocks import WatchingSelector

_CORE_CONFIG: Final = {
    "name": "Benchmark",
    "latitude": 37.5665,
    "longitude": 126.9780,
    "elevation": 38,
    "unit_system": "metric",
    "time_zone": "Asia/Seoul",
    "country": "KR",
    "language": "ko",
}

# What either integration builds on: set up in advance, so that neither is charged with loading it.
_FOUNDATION: Final = ("homeassistant", "persistent_notification", "conversation", "webhook")


def create_loop(rate: float = 1.0) -> tuple[asyncio.AbstractEventLoop, WatchingSelector]:
    """Return Home Assistant's event loop over a selector that watches it."""
    selector = WatchingSelector(rate)
    loop = asyncio.SelectorEventLoop(selector)
    configure_event_loop(loop)
    return loop, selector


@asynccontextmanager
async def running_home_assistant(
    folder: Path, integrations: tuple[str, ...], platforms: tuple[str, ...]
) -> AsyncGenerator[HomeAssistant]:
    """Run Home Assistant on a configuration folder, the code of the integrations and entity platforms loaded."""
    logging.basicConfig(level=logging.ERROR)
    await asyncio.to_thread(_prepare, folder)
    hass = HomeAssistant(str(folder))
    # What is needed is installed; what else a manifest names (a network sniffer for finding appliances) is not used.
    hass.config.skip_pip = True
    loader.async_setup(hass)
    hass.config_entries = ConfigEntries(hass, {})
    await loader.async_get_custom_components(hass)
    assert await bootstrap.async_load_base_functionality(hass)
    assert await async_setup_component(hass, "homeassistant", {})
    await async_process_ha_core_config(hass, dict(_CORE_CONFIG))
    for domain in (*_FOUNDATION, *platforms):
        assert await async_setup_component(hass, domain, {}), domain
    for domain in integrations:
        integration = await loader.async_get_integration(hass, domain)
        await integration.async_get_component()
        await integration.async_get_platforms([name for name in platforms if integration.platforms_exists([name])])
    await async_load_integrations(hass, set(integrations))
    # Home Assistant reads its table of transliteration (3 MiB) for the first name that is not in Latin letters; a
    # Korean home has had one, which an integration is not to be charged with.
    slugify("거실")
    await hass.async_start()
    await hass.async_block_till_done()
    try:
        yield hass
    finally:
        await hass.async_stop()


def _prepare(folder: Path) -> None:
    """Write where the web server listens; everything else Home Assistant makes itself."""
    storage = folder / ".storage"
    storage.mkdir(parents=True, exist_ok=True)
    (folder / "configuration.yaml").touch()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = {"server_host": ["127.0.0.1"], "server_port": port}
    (storage / "http").write_text(json.dumps({"version": 1, "minor_version": 1, "key": "http", "data": address}))
