"""Carrying out checked commands: which calls they become, and in what order."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from ...model.command import Command, Origin
from ...model.device import MAIN, Device, Value
from ...model.errors import (
    DeviceGoneError,
    IncompleteError,
    LoginRequiredError,
    NotFoundError,
    NotSupportedError,
    SpeakerMutedError,
    UnconfirmedError,
    WrongStateError,
)
from ...model.store import Store
from ...model.vocabulary import Attr
from ..base import JsonDict
from .client import GenieClient, segment
from .describe import SCENE_PREFIX, store_id
from .errors import ConflictError
from .inventory import Inventory
from .mapping import encode
from .media import SET_TOP_BOX, SPEAKER, box_call, power_key, speaker_call
from .speech import SpeechDesk

_NAMING: Final = frozenset({Attr.MEDIA, Attr.CHANNEL, Attr.APP})
"""Attributes whose value names what may not be found; for the others there is nothing to act on."""
_POWER_TRIES: Final = 3
_POWER_LOOKS_S: Final = (0.2, 0.3, 0.5, 1.0, 2.0)
"""How long to wait between looks at whether a box has obeyed its power key."""


class CommandDesk:
    """Carries out the commands of one household."""

    def __init__(
        self,
        client: GenieClient,
        store: Store,
        inventory: Inventory,
        speech: SpeechDesk,
        *,
        household: str,
        music_missing: Callable[[], object],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Send through `client`; `music_missing` hears that music needs a link that is not there."""
        self._client = client
        self._store = store
        self._inventory = inventory
        self._speech = speech
        self._household = household
        self._music_missing = music_missing
        self._sleep = sleep

    async def execute(self, command: Command) -> None:
        """Send a command in as many calls as it needs; raise HubError when the vendor refuses."""
        device = self._store.devices.get(command.device_id)
        if device is None:
            raise DeviceGoneError(command.device_id)
        if device.id == self._inventory.service_id:
            await self._run_scenes(command)
            return
        kind = self._inventory.kind(device.id)
        if kind is None:
            raise DeviceGoneError(command.device_id)
        if kind == SPEAKER:
            await self._tell_speaker(device, command)
        elif kind == SET_TOP_BOX:
            await self._tell_box(device, command)
        else:
            for name, args in encode(kind, command.values):
                body = {"capability": kind, "command": name, "args": {**args, **_with_pin(name, command)}}
                await self._client.async_command(f"devices/{segment(device.vendor_id)}/commands", body)

    async def run_scene(self, scene_id: str) -> JsonDict:
        """Run a scene and return what came of it for each device; raise HubError when it could not begin."""
        path = f"households/{segment(self._household)}/scenes/{segment(scene_id)}/run"
        answer = await self._client.async_command(path, {})
        return answer if isinstance(answer, dict) else {}

    async def _run_scenes(self, command: Command) -> None:
        for key in command.values:
            if not key.startswith(SCENE_PREFIX):
                raise NotSupportedError(key)
            answer = await self.run_scene(key.removeprefix(SCENE_PREFIX))
            if failed := self.not_done(answer):
                raise IncompleteError(key, names=", ".join(failed))

    def not_done(self, answer: Mapping[str, Any]) -> list[str]:
        """Return the names of the devices that refused their part of a scene."""
        results = answer.get("results")
        rows = [row for row in results if isinstance(row, Mapping)] if isinstance(results, list) else []
        refused = [row.get("deviceId") for row in rows if isinstance(row.get("rc"), int) and row["rc"] >= 400]
        devices = [self._store.devices.get(store_id(vendor_id)) for vendor_id in refused]
        return [device.name if device else str(vendor_id) for device, vendor_id in zip(devices, refused, strict=True)]

    async def _tell_speaker(self, device: Device, command: Command) -> None:
        for key, value in command.values.items():
            if key == Attr.SPEAK:
                if self._store.value((device.id, MAIN, Attr.MUTED.value)) is True:
                    raise SpeakerMutedError(device.id)
                await self._speech.say(device.vendor_id, str(value))
            else:
                await self._send(speaker_call(device.vendor_id, key, value), key, value)

    async def _tell_box(self, device: Device, command: Command) -> None:
        for key, value in command.values.items():
            if key == Attr.ON_OFF:
                await self._switch_box(device, on=value is True)
            else:
                await self._send(box_call(device.vendor_id, key, value), key, value)

    async def _send(self, call: tuple[str, JsonDict], key: str, value: Value) -> None:
        path, body = call
        try:
            await self._client.async_command(path, body)
        except LoginRequiredError:
            self._music_missing()
            raise
        except NotFoundError as err:
            if key not in _NAMING:
                raise WrongStateError(f"{key}: {err.detail}") from err
            raise NotFoundError(f"{key}: {err.detail}", name=str(value).partition(":")[2] or str(value)) from err

    async def _switch_box(self, device: Device, *, on: bool) -> None:
        """Press the power key, which is a toggle, when the box is read to be in the other state, and see it obey."""
        for _try in range(_POWER_TRIES):
            box = await self._inventory.refresh(device.id)
            if bool(box["state"].get("on")) is on:
                return
            version = box.get("version")
            path, body = power_key(device.vendor_id, version if isinstance(version, int) else None)
            try:
                await self._client.async_command(path, body)
            except ConflictError:
                continue
            # Until the box has obeyed, the next command would read the old state and press again.
            for wait in _POWER_LOOKS_S:
                await self._sleep(wait)
                box = await self._inventory.refresh(device.id)
                if bool(box["state"].get("on")) is on:
                    return
            break
        raise UnconfirmedError(device.id)


def _with_pin(name: str, command: Command) -> JsonDict:
    """Return what unlocking needs beyond the command; the PIN goes nowhere else."""
    if name != "unlock":
        return {}
    return {"pin": command.pin or "", "origin": "voice" if command.origin is Origin.VOICE else "app"}
