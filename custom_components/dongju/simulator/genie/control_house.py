"""Control actions on the physical world: what people and things in the flat do, without any client."""

from datetime import timedelta

from ..cloud import Action, ControlError
from .devices import SET_TOP_BOX, SPEAKER, GenieDevice
from .endpoints import Parts
from .envelope import GenieError, JsonDict, iso
from .homeiot_desk import air_grade
from .homeiot_effects import elevator_journey
from .stb_state import STB_STATE


class HouseControl:
    """Press, open, ring, leak, say."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def actions(self) -> list[Action]:
        """Return the rows."""
        rows = (
            ("say", "say a sentence to a speaker: deviceId, text, wakeWord, push, skill, repeat, tamper", self._say),
            ("wake", "say a wake word only: deviceId, wakeWord", self._wake),
            ("speaker_button", "press volume_up, volume_down, mute, play_pause, next: deviceId, button", self._button),
            ("wall_switch", "switch a light, plug or ventilation by hand: deviceId, on, brightness", self._wall_switch),
            ("set_state", "change any values of a device as if by hand: deviceId, values", self._set_state),
            ("doorbell", "ring at the entrance: deviceId", self._doorbell),
            ("door", "open or close a door with a sensor: deviceId, open, tamper", self._door),
            ("motion", "move in front of a motion sensor: deviceId, detected", self._motion),
            ("gas_leak", "let gas leak or not: deviceId, leak", self._gas_leak),
            ("gas_handle", "turn the gas valve by hand: deviceId, open", self._gas_handle),
            ("lock_handle", "lock or unlock by hand: deviceId, locked, by", self._lock_handle),
            ("jam_lock", "make the bolt jam at the next lock, or free it: deviceId, jammed", self._jam_lock),
            ("issue_otp", "let a one-time password open the lock: deviceId, otp", self._issue_otp),
            ("elevator", "move the elevator: deviceId, floor", self._elevator),
            ("air", "change the air: deviceId, pm25, pm10, co2, tempC, humidity", self._air),
            ("notice", "send a parking, package or visitor notice: deviceId, text and other values", self._notice),
            ("stb_power", "switch the box with its own button: deviceId, power (on, standby, off)", self._stb_power),
            ("stb_key", "press a key of the remote control: deviceId, key (KEY_CD)", self._stb_key),
            ("alert", "issue an alert: category, level, title, body, updateType, alertId, hours, area", self._alert),
            ("diagnosis", "set what a device reports of itself: deviceId, entries", self._diagnosis),
            ("music_link", "link or unlink Genie Music: linked", self._music_link),
            ("check_in", "a hotel guest arrives: householdId, stayId, lang", self._check_in),
            ("check_out", "a hotel guest leaves and every trace with them: householdId, stayId", self._check_out),
        )  # fmt: skip
        return [Action(name=name, description=text, handler=handler) for name, text, handler in rows]

    def _device(self, data: JsonDict, kind: str | tuple[str, ...] | None = None) -> GenieDevice:
        kinds = (kind,) if isinstance(kind, str) else kind
        device_id = data.get("deviceId")
        if device_id is None and kinds:
            device = next((device for device in self._parts.devices.of() if device.kind in kinds), None)
        else:
            device = self._parts.devices.devices.get(str(device_id))
        if device is None or (kinds and device.kind not in kinds):
            raise ControlError(f"no such device: {device_id}")
        return device

    def _changed(self, device: GenieDevice, values: JsonDict) -> JsonDict:
        self._parts.homeiot.change_now(device, values)
        return {"version": device.version, "state": self._parts.devices.shown_state(device)}

    async def _say(self, data: JsonDict) -> JsonDict:
        device = self._device(data, SPEAKER)
        if not device.online or device.state["micMuted"]:
            raise ControlError("the speaker does not hear: it is offline or its microphone is off")
        return await self._parts.dialog.say(device, data)

    async def _wake(self, data: JsonDict) -> JsonDict:
        return await self._parts.dialog.say(
            self._device(data, SPEAKER), {**data, "text": "", "push": False, "skill": False}
        )

    async def _button(self, data: JsonDict) -> JsonDict:
        device = self._device(data, SPEAKER)
        button = data["button"]
        try:
            if button in {"volume_up", "volume_down"}:
                self._parts.speakers.volume(
                    device, {"control": "UP" if button == "volume_up" else "DN", "value": "LE"}, None
                )
            elif button == "mute":
                self._parts.speakers.set_volume(device, {"muted": not device.state["muted"]})
            elif button in {"play_pause", "next"}:
                playing = device.state["media"]["status"] == "playing"
                act = "next" if button == "next" else "pause" if playing else "resume"
                self._parts.media.act(device, {"act": act}, None)
            else:
                raise ControlError(f"no button {button!r}")
        except GenieError as err:
            raise ControlError(str(err)) from err
        return {"state": self._parts.devices.shown_state(device)}

    async def _wall_switch(self, data: JsonDict) -> JsonDict:
        device = self._device(data, ("light", "plug", "ventilation"))
        values: JsonDict = {"on": bool(data.get("on", not device.state["on"]))}
        if "brightness" in data and device.kind == "light":
            values["brightness"] = max(1, min(100, int(data["brightness"])))
        return self._changed(device, values)

    async def _set_state(self, data: JsonDict) -> JsonDict:
        device, values = self._device(data), dict(data["values"])
        unknown = sorted(set(values) - set(device.state))
        if unknown:
            raise ControlError(f"{device.kind} has no {', '.join(unknown)}")
        return self._changed(device, values)

    async def _doorbell(self, data: JsonDict) -> JsonDict:
        device = self._device(data, "entrance")
        self._parts.devices.forget_plans(device.id)
        result = self._changed(
            device, {"ringing": True, "lastRingAt": iso(self._parts.clock.now()), "opened": False, "talking": False}
        )
        self._parts.devices.later(device, float(device.config["ringS"]), lambda: self._stop_ringing(device))
        return result

    def _stop_ringing(self, device: GenieDevice) -> None:
        if device.state["ringing"]:
            self._changed(device, {"ringing": False, "talking": False})

    async def _door(self, data: JsonDict) -> JsonDict:
        device = self._device(data, "door_sensor")
        values: JsonDict = {"open": bool(data.get("open", not device.state["open"]))}
        if "tamper" in data:
            values["tamper"] = bool(data["tamper"])
        return self._changed(device, values)

    async def _motion(self, data: JsonDict) -> JsonDict:
        device = self._device(data, "motion")
        detected = bool(data.get("detected", True))
        at = iso(self._parts.clock.now()) if detected else device.state["at"]
        return self._changed(device, {"detected": detected, "at": at})

    async def _gas_leak(self, data: JsonDict) -> JsonDict:
        return self._changed(self._device(data, "gas_valve"), {"leak": bool(data.get("leak", True))})

    async def _gas_handle(self, data: JsonDict) -> JsonDict:
        return self._changed(self._device(data, "gas_valve"), {"open": bool(data.get("open", True))})

    async def _lock_handle(self, data: JsonDict) -> JsonDict:
        device = self._device(data, "door_lock")
        values = {"locked": bool(data["locked"]), "jammed": False, "lastBy": str(data.get("by", "manual"))}
        return self._changed(device, values)

    async def _jam_lock(self, data: JsonDict) -> JsonDict:
        device = self._device(data, "door_lock")
        device.memory["jam"] = bool(data.get("jammed", True))
        return {"jam": device.memory["jam"]}

    async def _issue_otp(self, data: JsonDict) -> JsonDict:
        device = self._device(data, "door_lock")
        device.memory["otp"] = str(data["otp"])
        return {}

    async def _elevator(self, data: JsonDict) -> JsonDict:
        device = self._device(data, "elevator")
        journey = elevator_journey(device, str(data["floor"]), arrives=str(data["floor"]) == str(device.config["home"]))
        self._parts.homeiot.plan(device, journey, None, replace=True)
        return {"state": dict(device.state)}

    async def _air(self, data: JsonDict) -> JsonDict:
        device = self._device(data, "air_quality")
        values: JsonDict = {
            key: data[key] for key in ("pm25", "pm10", "co2", "voc", "tempC", "humidity") if key in data
        }
        if "pm25" in values:
            values["grade"] = air_grade(float(values["pm25"]))
        return self._changed(device, values)

    async def _notice(self, data: JsonDict) -> JsonDict:
        device = self._device(data, ("parking", "package", "visitor"))
        values = {key: value for key, value in data.items() if key in device.state}
        return self._changed(device, {**values, "at": iso(self._parts.clock.now())})

    async def _stb_power(self, data: JsonDict) -> JsonDict:
        box = self._device(data, SET_TOP_BOX)
        power = data["power"]
        if power not in {"on", "standby", "off"}:
            raise ControlError("power is on, standby or off")
        self._parts.boxes.power(box, on=power == "on", standby=power == "standby")
        return {"state": dict(box.state)}

    async def _stb_key(self, data: JsonDict) -> JsonDict:
        box = self._device(data, SET_TOP_BOX)
        try:
            self._parts.boxes.press(box, int(data["key"]))
        except GenieError as err:
            raise ControlError(str(err)) from err
        return {"state": dict(box.state)}

    async def _alert(self, data: JsonDict) -> JsonDict:
        return self._parts.alerts.issue(data)

    async def _diagnosis(self, data: JsonDict) -> JsonDict:
        device = self._device(data)
        now = self._parts.clock.now()
        device.memory["diagnosis"] = [
            {
                "code": "E00",
                "severity": "low",
                "component": device.kind,
                "message": "",
                "firstSeenAt": iso(now - timedelta(hours=1)),
                "lastSeenAt": iso(now),
                "suggested": [],
                "source": "rule",
                "confidence": 1.0,
                **entry,
            }
            for entry in data["entries"]
        ]
        return {"entries": device.memory["diagnosis"]}

    async def _music_link(self, data: JsonDict) -> JsonDict:
        self._parts.music_link.set(linked=bool(data["linked"]))
        return self._parts.music_link.status()

    async def _check_in(self, data: JsonDict) -> JsonDict:
        household = self._household(data)
        stay: JsonDict = {
            "stayId": str(data.get("stayId", "stay-1")),
            "lang": str(data.get("lang", "ko")),
            "checkinAt": iso(self._parts.clock.now()),
        }
        for speaker in self._parts.devices.of(household, SPEAKER):
            self._parts.devices.update(speaker, {"language": "en" if stay["lang"] == "en" else "ko"})
        self._parts.dialog.notify("stay.checkin", household, stay)
        return stay

    async def _check_out(self, data: JsonDict) -> JsonDict:
        """Wipe a guest's traces: music account, timers, dialogue, volumes, favourites."""
        household = self._household(data)
        self._parts.music_link.set(linked=False)
        for speaker in self._parts.devices.of(household, SPEAKER):
            self._parts.media.silence(speaker)
            self._parts.timers.clear_all(speaker)
            self._parts.dialog.forget(speaker.id)
            self._parts.speakers.set_volume(speaker, {"volume": 35, "muted": False})
            self._parts.devices.update(speaker, {"wakeWord": "기가지니", "language": "ko", "voice": "genie-1"})
        for box in self._parts.devices.of(household, SET_TOP_BOX):
            self._parts.devices.update(box, {"favourites": list(STB_STATE["favourites"]), "volume": 20, "vod": None})
        stay: JsonDict = {"stayId": str(data.get("stayId", "stay-1")), "checkoutAt": iso(self._parts.clock.now())}
        self._parts.dialog.notify("stay.checkout", household, stay)
        return stay

    def _household(self, data: JsonDict) -> str:
        household_id = str(data.get("householdId") or next(iter(self._parts.devices.households), ""))
        if household_id not in self._parts.devices.households:
            raise ControlError(f"no such household: {household_id}")
        return household_id
