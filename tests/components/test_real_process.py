"""The integration in a real Home Assistant process, beside mock clouds in a process of their own.

No control of the virtual home is opened inside of Home Assistant, by design. So an LG account on the simulator program
is watched from its other side, and the Demo home by what it still knows after a restart.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.home_assistant_client import HomeAssistantError
from tests.real_home_assistant import RealHomeAssistant
from tests.simulator.program import RunningSimulator, running_simulator

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("socket_enabled")]

PATIENCE_SECONDS = 60
FRIDGE_HOME = """
thinq:
  - {type: refrigerator, name: 시험 냉장고, room: kitchen}
  - {type: washer, name: 시험 세탁기, room: balcony}
"""


@pytest.fixture
async def home_assistant(tmp_path: Path, socket_enabled: None) -> AsyncGenerator[RealHomeAssistant]:
    """Yield a Home Assistant that runs, in Korean, without any account."""
    async with RealHomeAssistant(tmp_path / "config") as running:
        yield running


class VirtualHome:
    """The simulator program, by its control API."""

    def __init__(self, simulator: RunningSimulator, http: aiohttp.ClientSession) -> None:
        """Speak to a running program."""
        self._simulator = simulator
        self._http = http
        self.connection = simulator.connection

    async def control(self, action: str, **data: Any) -> Any:
        """Do something in the virtual home."""
        return await self._simulator.control(self._http, f"thinq/{action}", data)

    async def fridge_temperature(self) -> float:
        """Return what the refrigerator is set to, in Celsius."""
        rows = (await self.control("state", device="시험 냉장고"))["state"]["temperatureInUnits"]
        return float(next(row["targetTemperatureC"] for row in rows if row["locationName"] == "FRIDGE"))

    async def commands(self) -> list[Any]:
        """Return the commands that the refrigerator was sent."""
        return list((await self.control("requests", kind="control", device="시험 냉장고"))["requests"])


@pytest.fixture
async def virtual_home(tmp_path: Path, socket_enabled: None) -> AsyncGenerator[VirtualHome]:
    """Yield the simulator program with a small home."""
    home = tmp_path / "home.yaml"
    home.write_text(FRIDGE_HOME, encoding="utf-8")
    async with running_simulator("--home", str(home), "--seed", "77") as running, aiohttp.ClientSession() as http:
        yield VirtualHome(running, http)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that another process has to do."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await condition():  # noqa: ASYNC110 - the answer is in another process
            await asyncio.sleep(0.1)


async def add_lg_account(home_assistant: RealHomeAssistant, virtual_home: VirtualHome) -> str:
    """Add the LG account as a person does; return the entry's id."""
    thinq = virtual_home.connection["thinq"]
    form = await home_assistant.config_flow(
        "dongju",
        {"next_step_id": "thinq"},
        {
            "access_token": thinq["token"],
            "country": thinq["country"],
            "advanced": {"server_url": thinq["rest_url"]},
        },
    )
    assert (form["type"], form["step_id"]) == ("form", "voice"), form
    done = await home_assistant.post(f"/api/config/config_entries/flow/{form['flow_id']}", {})
    assert done["type"] == "create_entry", done
    return str(done["result"]["entry_id"])


async def entities(home_assistant: RealHomeAssistant, entry_id: str) -> dict[str, str]:
    """Return the entity ids of an entry by their unique ids."""
    [listed] = await home_assistant.websocket({"type": "config/entity_registry/list"})
    return {row["unique_id"]: row["entity_id"] for row in listed if row["config_entry_id"] == entry_id}


async def devices(home_assistant: RealHomeAssistant, entry_id: str) -> dict[str, str]:
    """Return the names of an entry's devices by their ids in the registry."""
    [listed] = await home_assistant.websocket({"type": "config/device_registry/list"})
    return {row["id"]: row["name"] for row in listed if entry_id in row.get("config_entries", ())}


async def entity_of(home_assistant: RealHomeAssistant, entry_id: str, device: str, *, ends: str) -> str:
    """Return an entity of a device, by the device's name and the end of its unique id."""
    [listed, known] = await home_assistant.websocket(
        {"type": "config/entity_registry/list"}, {"type": "config/device_registry/list"}
    )
    parents = {row["id"] for row in known if row["name"] == device and entry_id in row.get("config_entries", ())}
    ours = parents | {row["id"] for row in known if row.get("parent_device_id") in parents}
    (found,) = [row["entity_id"] for row in listed if row["device_id"] in ours and row["unique_id"].endswith(ends)]
    return str(found)


async def set_number(home_assistant: RealHomeAssistant, number: str, value: float) -> None:
    await home_assistant.call_service("number", "set_value", {"entity_id": number, "value": value})


def complaints(home_assistant: RealHomeAssistant) -> list[str]:
    """Return what Home Assistant logged about us that a person would have to look at."""
    log = home_assistant.console.read_text(encoding="utf-8", errors="replace").splitlines()
    return [
        line
        for line in log
        if "dongju" in line and ("ERROR" in line or "WARNING" in line) and "has not been tested" not in line
    ]


@pytest.mark.smoke
async def test_lg_account_and_demo_home_side_by_side(home_assistant, virtual_home):
    demo = await home_assistant.config_flow("dongju", {"next_step_id": "demo"}, {})
    assert demo["type"] == "create_entry"
    lg = await add_lg_account(home_assistant, virtual_home)
    entries = await home_assistant.wait_for_entries()
    assert len(entries) == 3
    home_assistant.check_loopback_only()

    # From Home Assistant into the virtual home ...
    number = await entity_of(home_assistant, lg, "시험 냉장고", ends="fridge-target_temperature")
    state = await home_assistant.wait_for_state(number, lambda state: state["state"] not in {"unavailable", "unknown"})
    assert float(state["state"]) == await virtual_home.fridge_temperature()
    wanted = 2.0 if float(state["state"]) != 2 else 3.0
    await set_number(home_assistant, number, wanted)
    await until(lambda: _is(virtual_home, wanted))
    # ... and from there into Home Assistant.
    door = await entity_of(home_assistant, lg, "시험 냉장고", ends="-door")
    assert await home_assistant.state(door) == "off"
    await virtual_home.control("act", device="시험 냉장고", do="open_door")
    await home_assistant.wait_for_state(door, "on")
    await virtual_home.control("act", device="시험 냉장고", do="close_door")
    await home_assistant.wait_for_state(door, "off")

    # The Demo home speaks the same protocols, and knows after a restart what it was told.
    demo_id = demo["result"]["entry_id"]
    demo_number = await entity_of(home_assistant, demo_id, "냉장고", ends="fridge-target_temperature")
    before = await devices(home_assistant, demo_id)
    assert len(before) > 60
    value = 2.0 if float(await home_assistant.state(demo_number)) != 2 else 3.0
    await set_number(home_assistant, demo_number, value)
    await home_assistant.wait_for_state(demo_number, lambda state: float(state["state"]) == value)
    # Longer than an appliance takes to report what it was told.
    await asyncio.sleep(6)
    assert complaints(home_assistant) == []

    await home_assistant.restart()
    await home_assistant.wait_for_entries()
    await home_assistant.wait_for_state(demo_number, lambda state: state["state"] == f"{value:g}")
    await home_assistant.wait_for_state(number, lambda state: state["state"] == f"{wanted:g}")
    assert await devices(home_assistant, demo_id) == before
    assert complaints(home_assistant) == []


async def _is(virtual_home: VirtualHome, temperature: float) -> bool:
    return await virtual_home.fridge_temperature() == temperature


@pytest.mark.parametrize("killed", [False, True], ids=["stopped", "killed"])
async def test_restart_in_the_middle_of_a_command(home_assistant, virtual_home, killed):
    lg = await add_lg_account(home_assistant, virtual_home)
    await home_assistant.wait_for_entries()
    if killed:
        # Home Assistant writes new entries down some seconds later; what a power cut loses before is not ours.
        await home_assistant.restart()
        await home_assistant.wait_for_entries()
    number = await entity_of(home_assistant, lg, "시험 냉장고", ends="fridge-target_temperature")
    await home_assistant.wait_for_state(number, lambda state: state["state"] not in {"unavailable", "unknown"})
    wanted = 2.0 if await virtual_home.fridge_temperature() != 2 else 3.0
    # The appliance does as it is told and reports it much later: the command is not confirmed yet.
    await virtual_home.control("device_options", device="시험 냉장고", confirm_seconds=[8, 8])
    sending = asyncio.create_task(set_number(home_assistant, number, wanted))
    await until(lambda: _has_commands(virtual_home))
    if killed:
        assert home_assistant.process is not None
        home_assistant.process.kill()
        await home_assistant.process.wait()
    await home_assistant.restart()
    await asyncio.gather(sending, return_exceptions=True)

    entries = await home_assistant.wait_for_entries()
    assert len(entries) == 2
    await until(lambda: _is(virtual_home, wanted))
    await home_assistant.wait_for_state(number, lambda state: state["state"] == f"{wanted:g}")
    assert len(await virtual_home.commands()) == 1, "sent once, and not again after the restart"
    await virtual_home.control("act", device="시험 냉장고", do="open_door")
    door = await entity_of(home_assistant, lg, "시험 냉장고", ends="-door")
    await home_assistant.wait_for_state(door, "on")
    assert complaints(home_assistant) == []


async def _has_commands(virtual_home: VirtualHome) -> bool:
    return bool(await virtual_home.commands())


async def test_bad_input_is_named_over_rest(home_assistant, virtual_home):
    thinq = virtual_home.connection["thinq"]
    form = await home_assistant.config_flow(
        "dongju",
        {"next_step_id": "thinq"},
        {"access_token": "wrong", "country": "KR", "advanced": {"server_url": thinq["rest_url"]}},
    )
    assert form["errors"] == {"base": "invalid_auth"}
    with pytest.raises(HomeAssistantError, match="400"):
        await home_assistant.post(f"/api/config/config_entries/flow/{form['flow_id']}", {"country": "KR"})
    again = await home_assistant.post(
        f"/api/config/config_entries/flow/{form['flow_id']}",
        {"access_token": thinq["token"], "country": "KR", "advanced": {"server_url": thinq["rest_url"]}},
    )
    assert again["step_id"] == "voice"
    assert "wrong" not in home_assistant.console.read_text(encoding="utf-8", errors="replace")
