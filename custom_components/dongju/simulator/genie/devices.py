"""Households and their devices: what is there, in which state, and telling the clients when that changes."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from ..clock import Clock, TimerHandle
from ..home import HomeSpec
from .envelope import GenieError, JsonDict, not_found
from .homeiot_kinds import KINDS
from .push import PushHub
from .speaker_state import SPEAKER_STATE, shown_media
from .stb_state import STB_STATE

SPEAKER: Final = "speaker"
SET_TOP_BOX: Final = "settopbox"

# The event that tells of a changed state, by kind; everything else is home IoT.
_STATE_EVENTS: Final[Mapping[str, str]] = {SPEAKER: "speaker.state", SET_TOP_BOX: "iptv.state"}


@dataclass(slots=True, kw_only=True)
class GenieDevice:
    """One device of a household.

    `state` is what clients see, `config` how it was built (PIN, floors), `memory` what only the device itself knows.
    """

    id: str
    household_id: str
    kind: str
    name: str
    room: str
    model: str = ""
    vendor: str = "KT"
    aliases: list[str] = field(default_factory=list)
    config: JsonDict = field(default_factory=dict)
    state: JsonDict = field(default_factory=dict)
    memory: JsonDict = field(default_factory=dict)
    version: int = 1
    online: bool = True

    def as_dict(self) -> JsonDict:
        """Return everything, for the snapshot."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True, kw_only=True)
class Household:
    """One household: a flat, a hotel floor."""

    id: str
    name: str
    type: str = "home"
    scenes: list[JsonDict] = field(default_factory=list)


def default_state(kind: str) -> JsonDict:
    """Return a fresh state of a kind; raise ValueError for an unknown kind."""
    if kind == SPEAKER:
        return deepcopy(SPEAKER_STATE)
    if kind == SET_TOP_BOX:
        return deepcopy(STB_STATE)
    if kind in KINDS:
        return deepcopy(KINDS[kind].state)
    raise ValueError(f"unknown device kind {kind!r}")


class Devices:
    """Every household and device, their versions, and what is still going to happen to them."""

    def __init__(self, home: HomeSpec, clock: Clock, push: PushHub, state: JsonDict | None = None) -> None:
        self._clock = clock
        self._push = push
        self._rooms = {room.id: room for room in home.rooms}
        self._removed: set[str] = set()
        self._timers: dict[str, list[TimerHandle]] = {}
        self.households: dict[str, Household] = {}
        self.devices: dict[str, GenieDevice] = {}
        self.media_base: Callable[[], str] = str
        for raw in home.genie.get("households", []):
            self._load_household(raw)
        if state:
            self._restore(state)

    def rooms(self) -> list[JsonDict]:
        """Return the rooms as the account API shows them."""
        return [{"id": room.id, "name": room.name_ko, "nameEn": room.name_en} for room in self._rooms.values()]

    def household(self, household_id: str) -> Household:
        """Return a household; raise 404."""
        if household_id not in self.households:
            raise not_found("household")
        return self.households[household_id]

    def first_household(self) -> Household:
        """Return the household that is meant when none is named; raise 404 in an empty home."""
        return self.household(next(iter(self.households), ""))

    def get(self, device_id: str, kind: str | None = None) -> GenieDevice:
        """Return a device, of a kind where one is given; raise 404."""
        device = self.devices.get(device_id)
        if device is None or (kind is not None and device.kind != kind):
            raise not_found(kind or "device")
        return device

    def reachable(self, device_id: str, kind: str | None = None) -> GenieDevice:
        """Return a device that can act now; raise 404, or 504 when it is offline."""
        device = self.get(device_id, kind)
        if not device.online:
            raise GenieError(HTTPStatus.GATEWAY_TIMEOUT, "DEVICE_OFFLINE", f"{device.name} is offline")
        return device

    def of(self, household_id: str | None = None, kind: str | None = None) -> list[GenieDevice]:
        """Return the devices of a household and/or kind, in the order they were added."""
        return [
            device
            for device in self.devices.values()
            if household_id in {None, device.household_id} and kind in {None, device.kind}
        ]

    def update(
        self,
        device: GenieDevice,
        changes: Mapping[str, Any],
        *,
        cause: str | None = None,
        event: str | None = None,
        show: Callable[[GenieDevice], JsonDict] | None = None,
    ) -> None:
        """Change a device's state, count its version up and tell every client.

        `show` says what the event holds in the place of the whole state.
        """
        device.state.update(changes)
        device.version += 1
        data: JsonDict = {"version": device.version}
        data.update({"state": self.shown_state(device)} if show is None else show(device))
        if cause is not None:
            data["causeCommandId"] = cause
        self._push.notify(
            event or _STATE_EVENTS.get(device.kind, "homeiot.state"), device.household_id, device.id, data
        )

    def later(self, device: GenieDevice, delay_s: float, callback: Callable[[], object]) -> TimerHandle:
        """Run a callback for a device after a delay, unless the device is removed or its plans are cancelled."""

        def due() -> None:
            waiting.remove(timer)
            callback()

        waiting = self._timers.setdefault(device.id, [])
        timer = self._clock.call_later(delay_s, due)
        waiting.append(timer)
        return timer

    def forget_plans(self, device_id: str) -> None:
        """Cancel everything that was still going to happen to a device."""
        for timer in self._timers.pop(device_id, []):
            timer.cancel()

    def close(self) -> None:
        """Cancel everything."""
        for device_id in list(self._timers):
            self.forget_plans(device_id)

    def shown_state(self, device: GenieDevice) -> JsonDict:
        """Return the state as clients see it."""
        if device.kind == SPEAKER:
            return {**device.state, "media": shown_media(device.state["media"], self.media_base())}
        return dict(device.state)

    def shown(self, device: GenieDevice) -> JsonDict:
        """Return a device as the list shows it."""
        kind = KINDS.get(device.kind)
        room = self._rooms.get(device.room)
        return {
            "id": device.id,
            "householdId": device.household_id,
            "kind": device.kind,
            "vendor": device.vendor,
            "model": device.model,
            "name": device.name,
            "aliases": device.aliases,
            "room": device.room,
            "roomName": room.name_ko if room else device.room,
            "online": device.online,
            "version": device.version,
            "capabilities": [] if kind is None else kind.capabilities(device.kind, device.state),
            "state": self.shown_state(device),
        }

    def set_online(self, device: GenieDevice, *, online: bool) -> None:
        """Connect or disconnect a device."""
        if device.online == online:
            return
        device.online = online
        device.version += 1
        self._push.notify(
            "device.online", device.household_id, device.id, {"online": online, "version": device.version}
        )

    def add(self, raw: Mapping[str, Any], household_id: str) -> GenieDevice:
        """Add a device and tell the clients; raise ValueError for one that cannot be."""
        device = self._build(raw, self.household(household_id).id)
        self.devices[device.id] = device
        self._removed.discard(device.id)
        self._push.notify("device.added", device.household_id, device.id, {"device": self.shown(device)})
        return device

    def remove(self, device_id: str) -> GenieDevice:
        """Remove a device and tell the clients."""
        device = self.get(device_id)
        self.forget_plans(device_id)
        del self.devices[device_id]
        self._removed.add(device_id)
        self._push.notify("device.removed", device.household_id, device.id, {"deviceId": device_id})
        return device

    def change(self, device: GenieDevice, *, name: str | None, room: str | None) -> None:
        """Rename or move a device and tell the clients."""
        device.name = name or device.name
        device.room = room or device.room
        device.version += 1
        self._push.notify("device.changed", device.household_id, device.id, {"device": self.shown(device)})

    def snapshot(self) -> JsonDict:
        """Return every device and which of the home's own were removed."""
        return {
            "devices": [device.as_dict() for device in self.devices.values()],
            "removed": sorted(self._removed),
        }

    def _load_household(self, raw: Mapping[str, Any]) -> None:
        household = Household(
            id=str(raw["id"]),
            name=str(raw.get("name", raw["id"])),
            type=str(raw.get("type", "home")),
            scenes=list(raw.get("scenes", [])),
        )
        self.households[household.id] = household
        for row in raw.get("devices", []):
            device = self._build(row, household.id)
            self.devices[device.id] = device

    def _build(self, raw: Mapping[str, Any], household_id: str) -> GenieDevice:
        kind = str(raw["kind"])
        device_id = str(raw["id"])
        if device_id in self.devices:
            raise ValueError(f"device id {device_id!r} is taken")
        kind_row = KINDS.get(kind)
        return GenieDevice(
            id=device_id,
            household_id=household_id,
            kind=kind,
            name=str(raw.get("name", device_id)),
            room=str(raw.get("room", "")),
            model=str(raw.get("model", "")),
            vendor=str(raw.get("vendor", "KT")),
            aliases=[str(alias) for alias in raw.get("aliases", [])],
            config={**(kind_row.config if kind_row else {}), **raw.get("config", {})},
            state={**default_state(kind), **raw.get("state", {})},
            online=bool(raw.get("online", True)),
        )

    def _restore(self, state: JsonDict) -> None:
        """Lay an earlier state over the home as it is written now."""
        self._removed = set(state.get("removed", []))
        for device_id in self._removed:
            self.devices.pop(device_id, None)
        for raw in state.get("devices", []):
            if raw["household_id"] not in self.households:
                continue
            known = self.devices.get(raw["id"])
            if known is not None and known.kind != raw["kind"]:
                continue
            restored = GenieDevice(**raw)
            # Keys that a newer version of the mock has added keep their defaults.
            restored.state = {**default_state(restored.kind), **restored.state}
            self.devices[restored.id] = restored

    def online(self, kinds: Iterable[str]) -> list[GenieDevice]:
        """Return the reachable devices of some kinds."""
        wanted = set(kinds)
        return [device for device in self.devices.values() if device.online and device.kind in wanted]
