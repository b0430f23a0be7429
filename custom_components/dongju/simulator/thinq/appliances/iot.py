"""Small things sold beside the appliances: light switch, plug, bulbs, door sensor."""

from collections.abc import Mapping, Sequence
import random
from typing import Any, Final, override

from ..machine import Machine
from ..part import Command, Part, Selector
from ..profile import Wire, enum, number, read_enum, read_span, span, text
from .family import Family, Options

_STATE: Final = "runState.currentState"
_POWER: Final = ("POWER_ON", "POWER_OFF")


def _switch_names(raw: Options) -> list[str]:
    return [f"SWITCH_{index}" for index in range(1, int(raw.get("switches", 2)) + 1)]


def _switch_profile(raw: Options) -> Wire:
    switches = [{"switchName": name, "currentSwitch": enum("ON", "OFF")} for name in _switch_names(raw)]
    return {"property": {"switchState": switches}}


def _switch_state(raw: Options, _rng: random.Random) -> Wire:
    return {"switchState": [{"switchName": name, "currentSwitch": "OFF"} for name in _switch_names(raw)]}


class _SwitchMachine(Machine):
    """A light switch that can also be pressed."""

    name = "switch"
    actions: Mapping[str, str] = {"press_switch": "press a rocker: switch (SWITCH_1 ...)"}

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Press a rocker."""
        selector = Selector("switchName", str(data.get("switch", "SWITCH_1")))
        now = self.part.get("switchState.currentSwitch", selector)
        if now is None:
            raise ValueError(f"no rocker {selector.value!r}")
        self.part.set("switchState.currentSwitch", "OFF" if now == "ON" else "ON", selector)
        return None


def _plug_profile(_raw: Options) -> Wire:
    units = {f"{name}Unit": text() for name in ("current", "voltage", "power")}
    measured = {name: number() for name in ("current", "voltage", "power")}
    properties: Wire = {"runState": {"currentState": enum(*_POWER)}, "electricity": {**measured, **units}}
    return {"property": properties, "notification": {"push": ["POWER_IS_OVERLOADED"]}}


def _plug_state(raw: Options, _rng: random.Random) -> Wire:
    watts = float(raw.get("watts", 0))
    return {
        "runState": {"currentState": "POWER_ON"},
        "electricity": {
            "current": round(watts / 0.22),
            "currentUnit": "mA",
            "voltage": 220,
            "voltageUnit": "V",
            "power": watts,
            "powerUnit": "W",
        },
    }


_OVERLOAD_WATTS: Final = 2800.0


class _PlugMachine(Machine):
    """A plug that measures what hangs on it."""

    name = "plug"
    actions: Mapping[str, str] = {
        "plug_in": "plug something in: watts (0 to pull it out)",
        "press_power": "press the button",
    }

    def __init__(self, part: Part, watts: float) -> None:
        """Feed a load."""
        super().__init__(part)
        self._watts = watts

    @override
    def begin(self) -> None:
        """Measure now and then."""
        self.after("measure", self.host.rng.uniform(200.0, 400.0))

    @override
    def apply(self, command: Command) -> None:
        """Switch."""
        if command.has(_STATE):
            self.part.set(_STATE, command.take(_STATE), force=True)
            self._measure()

    @override
    def wake(self, timer: str) -> None:
        """Measure; only a load that works is worth telling."""
        if self._watts >= 5 and self.part.get(_STATE) == "POWER_ON":
            self._measure(round(self.host.rng.uniform(-0.02, 0.02) * self._watts, 1))
        self.after("measure", 300.0)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Plug in, or press the button."""
        if name == "plug_in":
            self._watts = max(0.0, float(data["watts"]))
        else:
            on = self.part.get(_STATE) == "POWER_ON"
            self.part.set(_STATE, "POWER_OFF" if on else "POWER_ON")
        self._measure()
        return {"watts": self.part.get("electricity.power")}

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return the load."""
        return {"watts": self._watts}

    @override
    def restore(self, data: Mapping[str, Any]) -> None:
        """Take over the load."""
        self._watts = float(data["watts"])

    def _measure(self, noise: float = 0.0) -> None:
        on = self.part.get(_STATE) == "POWER_ON"
        if on and self._watts > _OVERLOAD_WATTS:
            self.part.set(_STATE, "POWER_OFF")
            self.push("POWER_IS_OVERLOADED")
            on = False
        watts = round(self._watts + noise, 1) if on else 0.0
        self.part.update({"electricity.power": watts, "electricity.current": round(watts / 0.22)})


def _bulb_profile(_raw: Options) -> Wire:
    properties: Wire = {
        "runState": {"currentState": enum(*_POWER)},
        "whiteLight": {"brightness": span(1, 100), "colorTemperature": span(3000, 6500)},
    }
    return {"property": properties}


def _bulb_state(_raw: Options, _rng: random.Random) -> Wire:
    return {"runState": {"currentState": "POWER_OFF"}, "whiteLight": {"brightness": 70, "colorTemperature": 4000}}


def _color_bulb_profile(_raw: Options) -> Wire:
    properties: Wire = {
        "runState": {"currentState": enum(*_POWER)},
        "mode": {"lightMode": enum("WHITE", "COLOR", "SCENE", write=("WHITE", "COLOR"))},
        "whiteLight": {"brightness": span(1, 100)},
        "colorLight": {"hue": span(0, 360), "saturation": span(0, 100), "brightness": span(1, 100)},
    }
    return {"property": properties}


def _color_bulb_state(_raw: Options, _rng: random.Random) -> Wire:
    return {
        "runState": {"currentState": "POWER_OFF"},
        "mode": {"lightMode": "WHITE"},
        "whiteLight": {"brightness": 60},
        "colorLight": {"hue": 30, "saturation": 80, "brightness": 60},
    }


class _BulbMachine(Machine):
    """A bulb; writing a colour turns it to colour."""

    name = "bulb"

    @override
    def apply(self, command: Command) -> None:
        """Follow the light that is written, unless the mode is written too."""
        if command.has("mode.lightMode") or not self.part.has("mode.lightMode"):
            return
        for resource, mode in (("whiteLight", "WHITE"), ("colorLight", "COLOR")):
            if any(change.path.startswith(f"{resource}.") for change in command.changes):
                self.part.set("mode.lightMode", mode)


def _door_profile(_raw: Options) -> Wire:
    properties: Wire = {
        "doorState": {"currentState": read_enum("OPEN", "CLOSE")},
        "battery": {"percent": read_span(0, 100)},
    }
    pushes = ["BATTERY_IS_LOW", "DOOR_WINDOW_IS_OPENED", "DOOR_WINDOW_IS_CLOSED"]
    return {"property": properties, "notification": {"push": pushes}}


def _door_state(_raw: Options, rng: random.Random) -> Wire:
    return {"doorState": {"currentState": "CLOSE"}, "battery": {"percent": rng.randint(55, 98)}}


class _DoorSensorMachine(Machine):
    """A sensor that tells every movement of a door, until its battery is empty."""

    name = "door_sensor"
    actions: Mapping[str, str] = {
        "open_door": "open the door",
        "close_door": "close the door",
        "replace_battery": "put a new battery in",
    }
    _wear: Final = 5 * 86400.0

    @override
    def begin(self) -> None:
        """Drain from now on."""
        self.after("wear", self._wear * self.host.rng.uniform(0.3, 1.0))

    @override
    def wake(self, timer: str) -> None:
        """Lose a percent."""
        percent = max(0, int(self.part.get("battery.percent") or 0) - 1)
        self.part.set("battery.percent", percent)
        if percent == 10:
            self.push("BATTERY_IS_LOW")
        self.after("wear", self._wear)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Move the door or change the battery."""
        if name == "replace_battery":
            self.part.set("battery.percent", 100)
            return None
        is_open = name == "open_door"
        self.part.set("doorState.currentState", "OPEN" if is_open else "CLOSE")
        self.push("DOOR_WINDOW_IS_OPENED" if is_open else "DOOR_WINDOW_IS_CLOSED")
        return None


def _plug(part: Part, raw: Options) -> Sequence[Machine]:
    return [_PlugMachine(part, float(raw.get("watts", 0)))]


# "HEJ" is how LG's cloud calls these things.
FAMILIES: Final = (
    Family(
        type="light_switch",
        device_type="DEVICE_HEJ_LIGHT_SWITCH",
        model="HEJ-SW2",
        profile=_switch_profile,
        state=_switch_state,
        machines=lambda part, _raw: [_SwitchMachine(part)],
        options=frozenset({"switches"}),
    ),
    Family(
        type="plug",
        device_type="DEVICE_HEJ_PLUG",
        model="HEJ-PLG16",
        profile=_plug_profile,
        state=_plug_state,
        machines=_plug,
        options=frozenset({"watts"}),
    ),
    Family(
        type="bulb",
        device_type="DEVICE_HEJ_BULB_WHITE",
        model="HEJ-LB-W",
        profile=_bulb_profile,
        state=_bulb_state,
        machines=lambda part, _raw: [_BulbMachine(part)],
    ),
    Family(
        type="color_bulb",
        device_type="DEVICE_HEJ_BULB_COLOR",
        model="HEJ-LB-C",
        profile=_color_bulb_profile,
        state=_color_bulb_state,
        machines=lambda part, _raw: [_BulbMachine(part)],
    ),
    Family(
        type="door_sensor",
        device_type="DEVICE_HEJ_DOOR_SENSOR",
        model="HEJ-DS",
        profile=_door_profile,
        state=_door_state,
        machines=lambda part, _raw: [_DoorSensorMachine(part)],
    ),
)
