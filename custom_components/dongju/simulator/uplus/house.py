"""The devices behind the U+ cloud: what a control brings about, and what people do by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import hmac
import random
from typing import Any, Final

from ..clock import Clock, TimerHandle
from ..home import HomeSpec
from .dialect import (
    BAD_REQUEST,
    DEVICE_OFFLINE,
    NO,
    NOT_ALLOWED,
    PIN_LOCKED,
    TYPES,
    UNKNOWN_CODE,
    UNKNOWN_DEVICE,
    WRONG_PIN,
    YES,
    UplusError,
)

LATENCY_S: Final = 1.0
TICK_S: Final = 300.0
_CURTAIN_STEP: Final = 10
_PIN_TRIES: Final = 5
_PIN_LOCK: Final = timedelta(minutes=3)


@dataclass(slots=True, kw_only=True)
class UplusDevice:
    """One device; `status` is what the list shows, `pin` and `wrong` only the lock knows."""

    serial: str
    model: str
    type: str
    name: str
    room: str
    room_name: str = ""
    status: dict[str, str] = field(default_factory=dict)
    online: bool = True
    pin: str = "0000"
    wrong: int = 0
    locked_until: float = 0.0
    load_w: int = 35
    exact_c10: float | None = None
    exact_wh: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return everything, for the snapshot."""
        return {name: getattr(self, name) for name in self.__slots__}

    def item(self) -> dict[str, Any]:
        """Return the device as the list shows it."""
        return {
            "deviceSn": self.serial,
            "modelCd": self.model,
            "typeCd": self.type,
            "nickNm": self.name,
            "roomNm": self.room_name,
            "connYn": YES if self.online else NO,
            "statusList": [{"code": code, "val": value} for code, value in self.status.items()],
        }


class UplusHouse:
    """All devices, and time working on them."""

    def __init__(self, home: HomeSpec, clock: Clock, seed: int, state: Mapping[str, Any] | None = None) -> None:
        self._home = home
        self._clock = clock
        self._seed = seed
        self._timers: dict[str, list[TimerHandle]] = {}
        self._tick: TimerHandle | None = None
        self._removed: set[str] = set()
        self.devices: dict[str, UplusDevice] = {}
        for raw in home.uplus:
            device = self._build(raw)
            self.devices[device.serial] = device
        if state:
            self._restore(state)

    def start(self) -> None:
        """Let time begin to work."""
        self._tick = self._clock.call_later(TICK_S, self._pass_time)

    def close(self) -> None:
        """Stop time and every plan."""
        if self._tick is not None:
            self._tick.cancel()
        for serial in list(self._timers):
            self._forget(serial)

    def get(self, serial: str) -> UplusDevice:
        """Return a device; raise 2001."""
        if serial not in self.devices:
            raise UplusError(UNKNOWN_DEVICE)
        return self.devices[serial]

    def control(self, serial: str, code: str, value: str, pin: str | None) -> None:
        """Accept a control, which takes effect a second later; raise 2001 to 2007."""
        device = self.get(serial)
        if not device.online:
            raise UplusError(DEVICE_OFFLINE)
        rule = TYPES[device.type].controls.get(code)
        if rule is None:
            raise UplusError(UNKNOWN_CODE)
        rule.check(value)
        for delay, values in self._effect(device, code, value, pin):
            self._later(device, LATENCY_S + delay, self._apply(device, values))

    def change(self, serial: str, values: Mapping[str, str]) -> UplusDevice:
        """Change a device as someone in the house does it; raise ValueError for a code it has not."""
        device = self.get(serial)
        unknown = sorted(set(values) - set(device.status))
        if unknown:
            raise ValueError(f"{device.type} has no {', '.join(unknown)}")
        changed = {code: str(value) for code, value in values.items()}
        if device.type == "P01" and "PWR" in changed and "WATT" not in changed:
            changed["WATT"] = str(device.load_w if changed["PWR"] == YES else 0)
        for code, stamp in (("DETECT", "DETECT_DT"), ("OPEN", "CHG_DT"), ("LOCK", "LAST_DT")):
            if code in changed and stamp in device.status:
                changed[stamp] = f"{self._clock.now():%Y%m%d%H%M%S}"
        device.status.update(changed)
        if "CUR_TEMP" in changed:
            device.exact_c10 = None
        if "WH" in changed:
            device.exact_wh = None
        return device

    def add(self, raw: Mapping[str, Any]) -> UplusDevice:
        """Add a device; raise KeyError or ValueError for one that cannot be."""
        device = self._build(raw)
        self.devices[device.serial] = device
        self._removed.discard(device.serial)
        return device

    def remove(self, serial: str) -> None:
        """Remove a device."""
        self._forget(self.get(serial).serial)
        del self.devices[serial]
        self._removed.add(serial)

    def snapshot(self) -> dict[str, Any]:
        """Return every device and which of the home's own were removed."""
        return {
            "devices": [device.as_dict() for device in self.devices.values()],
            "removed": sorted(self._removed),
        }

    def _effect(
        self, device: UplusDevice, code: str, value: str, pin: str | None
    ) -> Sequence[tuple[float, dict[str, str]]]:
        """Return what follows and when; raise 2005 to 2007 for what a rule forbids."""
        if code == "VALVE" and value == YES:
            raise UplusError(NOT_ALLOWED)
        if code == "LOCK" and value == NO:
            self._check_pin(device, pin)
        if code == "POS":
            return _curtain(device, int(value))
        if code == "MOVE":
            self._forget(device.serial)
            if value == "STOP":
                return [(0, {"MOVE": "STOP"})]
            return _curtain(device, 100 if value == "OPEN" else 0)
        if code == "BRT":
            return [(0, {"BRT": value, "PWR": YES})]
        return [(0, {code: value})]

    def _check_pin(self, device: UplusDevice, pin: str | None) -> None:
        now = self._clock.now()
        if now.timestamp() < device.locked_until:
            raise UplusError(PIN_LOCKED)
        if pin is not None and hmac.compare_digest(pin.encode(), device.pin.encode()):
            device.wrong = 0
            return
        if pin is not None:
            device.wrong += 1
        if device.wrong >= _PIN_TRIES:
            device.wrong = 0
            device.locked_until = (now + _PIN_LOCK).timestamp()
            raise UplusError(PIN_LOCKED)
        raise UplusError(WRONG_PIN)

    def _apply(self, device: UplusDevice, values: dict[str, str]) -> Callable[[], None]:
        def apply() -> None:
            if device.online:
                self.change(device.serial, values)

        return apply

    def _later(self, device: UplusDevice, delay_s: float, callback: Callable[[], None]) -> None:
        waiting = self._timers.setdefault(device.serial, [])

        def due() -> None:
            waiting.remove(timer)
            callback()

        timer = self._clock.call_later(delay_s, due)
        waiting.append(timer)

    def _forget(self, serial: str) -> None:
        for timer in self._timers.pop(serial, []):
            timer.cancel()

    def _pass_time(self) -> None:
        self._tick = self._clock.call_later(TICK_S, self._pass_time)
        now = self._clock.now()
        for device in self.devices.values():
            drift = _DRIFTS.get(device.type)
            if drift is not None and device.online:
                rng = random.Random(f"{self._seed}:{device.serial}:{int(now.timestamp() // TICK_S)}")
                device.status.update(drift(device, rng))

    def _build(self, raw: Mapping[str, Any]) -> UplusDevice:
        type_code, serial = str(raw["typeCd"]), str(raw["deviceSn"])
        if type_code not in TYPES:
            raise ValueError(f"unknown U+ type {type_code!r}")
        if serial in self.devices:
            raise ValueError(f"serial {serial!r} is taken")
        room = self._home.room(str(raw.get("room", "")))
        return UplusDevice(
            serial=serial,
            model=str(raw.get("modelCd", f"UIOT-{type_code}")),
            type=type_code,
            name=str(raw.get("nickNm", serial)),
            room=str(raw.get("room", "")),
            room_name=room.name_ko if room else "",
            status={**TYPES[type_code].status, **{code: str(val) for code, val in raw.get("status", {}).items()}},
            online=bool(raw.get("online", True)),
            pin=str(raw.get("pin", "0000")),
            load_w=int(raw.get("load_w", 35)),
        )

    def _restore(self, state: Mapping[str, Any]) -> None:
        self._removed = set(state.get("removed", []))
        for serial in self._removed:
            self.devices.pop(serial, None)
        for raw in state.get("devices", []):
            known = self.devices.get(raw["serial"])
            if known is None or known.type == raw["type"]:
                self.devices[raw["serial"]] = UplusDevice(**raw)


def _curtain(device: UplusDevice, goal: int) -> list[tuple[float, dict[str, str]]]:
    """Return a curtain's way, a step of ten percent a second."""
    position = int(device.status["POS"])
    moving = "OPEN" if goal > position else "CLOSE"
    way: list[tuple[float, dict[str, str]]] = []
    while position != goal:
        step = min(_CURTAIN_STEP, abs(goal - position))
        position += step if goal > position else -step
        way.append((len(way), {"POS": str(position), "MOVE": moving}))
    return [*way, (len(way), {"MOVE": "STOP"})]


def _drift_boiler(device: UplusDevice, rng: random.Random) -> dict[str, str]:
    """Move the room by at most half a degree towards its target."""
    heats = device.status["PWR"] == YES and device.status["MODE"] == "H"
    goal = float(device.status["SET_TEMP"]) if heats else 180.0
    exact = float(device.exact_c10 or device.status["CUR_TEMP"])
    exact += max(-5.0, min(5.0, goal - exact)) + rng.uniform(-0.5, 0.5)
    device.exact_c10 = exact
    return {"CUR_TEMP": str(round(exact / 5) * 5)}


def _drift_air(device: UplusDevice, rng: random.Random) -> dict[str, str]:
    def wander(code: str, step: int, low: int, high: int) -> int:
        return max(low, min(high, int(device.status[code]) + rng.randint(-step, step)))

    pm25 = wander("PM25", 3, 3, 120)
    return {
        "PM25": str(pm25),
        "PM10": str(wander("PM10", 4, 6, 200)),
        "CO2": str(wander("CO2", 25, 420, 2500)),
        "HUMI": str(wander("HUMI", 1, 20, 85)),
        "GRADE": str(1 + sum(pm25 > limit for limit in (15, 35, 75))),
    }


def _count_energy(device: UplusDevice, _rng: random.Random) -> dict[str, str]:
    exact = float(device.exact_wh or device.status["WH"]) + int(device.status["WATT"]) / 12
    device.exact_wh = exact
    return {"WH": str(int(exact))}


_DRIFTS: Final[Mapping[str, Callable[[UplusDevice, random.Random], dict[str, str]]]] = {
    "B01": _drift_boiler,
    "A01": _drift_air,
    "P01": _count_energy,
}


def read_control(body: Mapping[str, Any]) -> tuple[str, str, str, str | None]:
    """Return serial, code, value and PIN of a control; raise 2000 unless all are texts."""
    values = [body.get(name) for name in ("deviceSn", "code", "val")]
    pin = body.get("pin")
    if not all(isinstance(value, str) for value in values) or not isinstance(pin, str | None):
        raise UplusError(BAD_REQUEST)
    serial, code, value = (str(value) for value in values)
    return serial, code, value, pin


def expiry(issued_at: float, days: int, now: datetime) -> datetime:
    """Return when a token issued at a moment ends, in the zone of `now`."""
    return datetime.fromtimestamp(issued_at, now.tzinfo) + timedelta(days=days)
