"""A KT GiGA Genie account: one household's devices, kept true by push, and by reading while push is down."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
import logging
from typing import Any, Final, override

from ...model.command import Command, Origin
from ...model.device import MAIN, Device, Happening, Key, Value
from ...model.errors import (
    DeviceError,
    DeviceGoneError,
    HubError,
    LoginRequiredError,
    NotFoundError,
    NotSupportedError,
)
from ...model.vocabulary import Attr, DeviceType, Vendor
from ..backoff import Backoff
from ..base import JsonDict, SessionContext, Utterance, VendorSession
from .client import GenieClient
from .events import EVENT_ROWS, Alerts
from .mapping import KINDS, StateRow, encode, make_device, make_service
from .media import SET_TOP_BOX, SPEAKER, box_call, box_rows, speaker_call, speaker_rows, split_speech
from .push import GeniePush
from .queries import QUERIES
from .skill import SkillGate

_LOGGER: Final = logging.getLogger(__name__)

POLL_HEALTHY_S: Final = 1800.0
POLL_DOWN_S: Final = 30.0
LISTS_TO_FORGET: Final = 3
"""A device is removed by push, or once this many whole lists in a row have missed it."""


class GenieSession(VendorSession):
    """One household of one account."""

    def __init__(self, context: SessionContext) -> None:
        """Prepare; nothing is contacted yet."""
        self.vendor = Vendor.GENIE
        self._context = context
        self._household = str(context.data["household"])
        self.account_id = self._household
        self.client = GenieClient(
            context.http, context.data["server_url"], context.data.get("tokens", {}), context.save_data, context.now
        )
        self._backoff = Backoff(base=1.0, cap=60.0)
        self._push = GeniePush(
            context.http,
            self.client,
            self._backoff,
            on_event=self._handle_event,
            on_state=self._handle_push_state,
            refetch=self._async_read_all,
            auth_failed=context.auth_failed,
        )
        self._rows: dict[str, tuple[StateRow, ...]] = {}
        self._kinds: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        self._missed: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._gate: SkillGate | None = None
        self._skill_id: str | None = None
        self._alerts = Alerts()
        self._service_id = f"{Vendor.GENIE}_service_{self._household}"
        self._poll_backoff = Backoff(base=POLL_DOWN_S, cap=600.0)
        self._reachable = False
        self.connected = False
        self.last_message: datetime | None = None

    @override
    async def async_start(self) -> None:
        """Read the household, register the skill and open the push channel."""
        if not self._context.data.get("tokens"):
            await self.client.async_pair(str(self._context.data["pairing_token"]))
        await self._async_read_all()
        self._context.store.set_device(make_service(self._service_id, self._household))
        self._context.store.set_available([self._service_id], available=True)
        await self._async_register_skill()
        self._task = self._context.create_task(self._push.run(), "genie push")

    @override
    async def async_close(self) -> None:
        """Close the push channel and take the skill back."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._gate:
            await self._gate.close()
        if self._skill_id:
            await self._quietly(self.client.async_delete(f"skills/{self._skill_id}"))
            self._skill_id = None

    @override
    async def async_remove_account(self) -> None:
        """Remove what an earlier run may have left, and sign out."""
        try:
            skills = (await self.client.async_get("skills")).get("skills", [])
        except HubError as err:
            _LOGGER.debug("Could not clean up: %r", err)
            return
        for skill in skills:
            if skill.get("name") == _SKILL_NAME:
                await self._quietly(self.client.async_delete(f"skills/{skill['skillId']}"))
        await self._quietly(self.client.async_delete("oauth/token"))

    @override
    async def async_execute(self, command: Command) -> None:
        """Send a command in as many calls as it needs."""
        device = self._context.store.devices[command.device_id]
        kind = self._kinds[device.id]
        try:
            if kind in {SPEAKER, SET_TOP_BOX}:
                await self._execute_media(device, kind, command)
                return
            for name, args in encode(kind, command.values):
                body = {"capability": kind, "command": name, "args": {**args, **_with_pin(name, command)}}
                await self.client.async_command(f"devices/{device.vendor_id}/commands", body)
        except LoginRequiredError:
            self._context.issue("music_login_required", {})
            raise

    @override
    async def async_refresh(self, device_id: str) -> None:
        """Read one device."""
        device = self._context.store.devices.get(device_id)
        if device is None:
            raise DeviceGoneError(device_id)
        raw = await self.client.async_get(f"devices/{device.vendor_id}/state")
        self._versions.pop(device_id, None)
        self._apply(device_id, raw)

    @override
    async def async_poll(self) -> float:
        """Read everything: rarely while push is alive, soon and again while it is not."""
        try:
            await self._async_read_all()
        except HubError as err:
            _LOGGER.debug("Safety poll failed: %r", err)
            self._set_reachable(reachable=False)
            return self._poll_backoff.delay()
        self._poll_backoff.reset()
        return POLL_HEALTHY_S if self.connected else POLL_DOWN_S

    @override
    async def async_query(self, name: str, arguments: JsonDict) -> JsonDict:
        """Ask one of KT's services; see `queries.QUERIES` for the names."""
        query = QUERIES.get(name)
        if query is None:
            raise NotSupportedError(name)
        return await query(self.client, self._household, arguments)

    @override
    async def async_set_fahrenheit(self, *, fahrenheit: bool) -> None:
        """Do nothing: KT's devices speak Celsius, and Home Assistant converts."""

    @override
    def diagnostics(self) -> JsonDict:
        """Return the state of the channels."""
        return {
            "push": {
                "connected": self.connected,
                "reconnects": self._push.reconnects,
                "gaps": self._push.gaps,
                "last_seq": self._push.last_seq,
            },
            "clock_offset_s": self.client.clock_offset.total_seconds(),
            "skill_registered": self._skill_id is not None,
            "skill_refused": self._gate.refused if self._gate else 0,
            "kinds": sorted(self._kinds.values()),
        }

    @override
    def health(self) -> JsonDict:
        """Return whether push is alive and when it last said something."""
        return {"connected": self.connected, "last_message": self.last_message, "calls_left": None}

    async def async_webhook(self, headers: Mapping[str, str], body: bytes) -> tuple[int, JsonDict | None]:
        """Answer a call to the account's webhook."""
        return await self._gate.handle(headers, body) if self._gate else (404, None)

    async def _execute_media(self, device: Device, kind: str, command: Command) -> None:
        call = speaker_call if kind == SPEAKER else box_call
        for key, value in command.values.items():
            if kind == SET_TOP_BOX and key == Attr.ON_OFF and await self._is_on(device) is value:
                continue  # the power key is a toggle
            texts: list[Value] = [*split_speech(str(value))] if key == Attr.SPEAK else [value]
            for text in texts:
                path, body = call(device.vendor_id, key, text)
                await self.client.async_command(path, body)

    async def _is_on(self, device: Device) -> bool:
        """Read whether a set-top box is on, now: pressing its power key on an old belief would do the opposite."""
        raw = await self.client.async_get(f"devices/{device.vendor_id}/state")
        self._apply(device.id, raw)
        return bool(raw["state"].get("on"))

    async def _async_read_all(self) -> None:
        """Read the household and bring the store in line; a device whose row makes no sense harms no other."""
        listed = await self.client.async_get(f"households/{self._household}/devices")
        kinds = self._context.options.get("kinds")
        seen = set()
        for raw in listed.get("devices", ()):
            try:
                if kinds and raw.get("kind") not in kinds:
                    continue
                device_id = await self._async_add(raw)
            except (KeyError, TypeError, ValueError, AttributeError) as err:
                _LOGGER.debug("A device's row makes no sense: %r", err)
                continue
            if device_id:
                seen.add(device_id)
        self._forget_missing(seen)
        self._set_reachable(reachable=True)

    async def _async_add(self, raw: Mapping[str, Any]) -> str | None:
        """Describe a listed device and take its state; return its id, None when it is not ours to show."""
        kind = raw["kind"]
        device_type, rows = await self._async_rows(raw)
        if device_type is None:
            return None
        device = make_device(raw, device_type, rows)
        if not self._context.owns(device.id):
            return None
        self._kinds[device.id], self._rows[device.id] = kind, rows
        self._context.store.set_device(device)
        self._versions.pop(device.id, None)
        self._apply(device.id, raw)
        return device.id

    async def _async_rows(self, raw: Mapping[str, Any]) -> tuple[DeviceType | None, tuple[StateRow, ...]]:
        """Return type and rows of a listed device; voices and apps are asked for once."""
        known = f"{Vendor.GENIE}_{raw['id']}"
        kind = raw["kind"]
        if kind == SPEAKER:
            if known in self._rows:
                return DeviceType.SPEAKER, self._rows[known]
            voices = await self.client.async_get(f"speakers/{raw['id']}/voices")
            ids = tuple(str(voice["id"]) for voice in voices.get("voices", ()) if voice.get("status") != "revoked")
            return DeviceType.SPEAKER, speaker_rows(raw["state"], ids)
        if kind == SET_TOP_BOX:
            if known in self._rows:
                return DeviceType.SET_TOP_BOX, self._rows[known]
            apps = await self.client.async_get(f"iptv/{raw['id']}/apps")
            return DeviceType.SET_TOP_BOX, box_rows(tuple(str(app["appId"]) for app in apps.get("apps", ())))
        row = KINDS.get(kind)
        return (row.type, row.rows) if row else (None, ())

    def _apply(self, device_id: str, raw: Mapping[str, Any]) -> None:
        """Take a state unless it is older than the one we have."""
        version = raw.get("version")
        known = self._versions.get(device_id)
        if isinstance(version, int):
            if known is not None and version < known:
                return
            self._versions[device_id] = version
        if isinstance(raw.get("online"), bool):
            self._context.store.set_available([device_id], available=raw["online"])
        state = raw.get("state")
        if isinstance(state, Mapping):
            self._apply_state(device_id, state)

    def _apply_state(self, device_id: str, state: Mapping[str, Any]) -> None:
        """Take whole or partial state: rows whose first key is in it."""
        batch: dict[Key, Value] = {}
        ringing = (device_id, MAIN, Attr.RINGING.value)
        rang = self._context.store.value(ringing)
        for row in self._rows.get(device_id, ()):
            if row.path and row.path.split(".", 1)[0] in state:
                batch[device_id, MAIN, row.attr.value] = row.value(state)
        self._context.store.apply(batch)
        if rang is False and batch.get(ringing) is True:
            self._fire(device_id, Attr.DOORBELL, Happening(type="ring"))

    def _handle_alert(self, data: Mapping[str, Any]) -> None:
        """Tell of a warning once per update; a test and one that has ended tell nothing."""
        alert = self._alerts.take(data, self._context.now())
        if alert is None:
            return
        service = self._service_id
        self._context.store.apply({(service, MAIN, Attr.ALERT_LEVEL.value): self._alerts.level(self._context.now())})
        self._fire(service, Attr.ALERT, alert)

    def _forget_missing(self, seen: set[str]) -> None:
        """Count what a list missed; an empty list proves nothing."""
        if not seen:
            return
        for device_id in list(self._rows):
            count = 0 if device_id in seen else self._missed.get(device_id, 0) + 1
            self._missed[device_id] = count
            if count >= LISTS_TO_FORGET:
                self._remove(device_id)

    def _remove(self, device_id: str) -> None:
        for table in (self._rows, self._kinds, self._versions, self._missed):
            table.pop(device_id, None)
        self._context.store.remove_device(device_id)

    def _set_reachable(self, *, reachable: bool) -> None:
        """Log once when the account is lost or back; without it no device can be said to be there."""
        if reachable is not self._reachable:
            _LOGGER.info("KT GiGA Genie is %s", "reachable" if reachable else "not reachable")
        self._reachable = reachable
        if not reachable and not self.connected:
            self._context.store.set_available([*self._kinds, self._service_id], available=False)
        elif reachable:
            self._context.store.set_available([self._service_id], available=True)

    def _handle_push_state(self, connected: bool) -> None:  # noqa: FBT001 - a callback's only fact
        self.connected = connected

    def _handle_event(self, message: JsonDict) -> None:
        """Take one notification; a malformed one is dropped."""
        self.last_message = self._context.now()
        if message.get("householdId") not in {None, self._household}:
            return
        data = message.get("data")
        event = str(message.get("event", ""))
        device_id = f"{Vendor.GENIE}_{message.get('deviceId')}"
        try:
            self._dispatch(event, device_id, data if isinstance(data, Mapping) else {})
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            _LOGGER.debug("Dropping a malformed %s: %r", event, err)

    def _dispatch(self, event: str, device_id: str, data: Mapping[str, Any]) -> None:
        handlers: Mapping[str, Callable[[], object]] = {
            "device.added": lambda: self._context.create_task(self._async_listed(data["device"]), "genie device"),
            "device.changed": lambda: self._context.create_task(self._async_listed(data["device"]), "genie device"),
            "device.removed": lambda: self._remove(device_id),
            "device.online": lambda: self._handle_online(device_id, online=bool(data["online"])),
            "link.revoked": lambda: self._context.issue("music_login_required", {}),
            "link.granted": lambda: self._context.issue("music_login_required", None),
            "alert": lambda: self._handle_alert(data),
        }
        if handler := handlers.get(event):
            handler()
            return
        if device_id not in self._rows:
            return
        if row := EVENT_ROWS.get(event):
            self._fire(device_id, row.attr, row.happening(data, self._context.options))
        if "state" in data:
            self._apply(device_id, {"version": data.get("version"), "state": data["state"]})
        elif event in _PARTIAL_EVENTS:
            self._apply(device_id, {"version": data.get("version"), "state": {**data, **_PARTIAL_EVENTS[event]}})

    def _handle_online(self, device_id: str, *, online: bool) -> None:
        self._context.store.set_available([device_id], available=online)
        if online:
            self._context.create_task(self._async_refresh_quietly(device_id), "genie refresh")

    def _fire(self, device_id: str, attr: Attr, happening: Happening) -> None:
        self._context.store.fire((device_id, MAIN, attr.value), happening)

    async def _async_listed(self, raw: Mapping[str, Any]) -> None:
        try:
            await self._async_add(raw)
        except (HubError, KeyError, TypeError, ValueError) as err:
            _LOGGER.debug("Could not take a device: %r", err)

    async def _async_refresh_quietly(self, device_id: str) -> None:
        await self._quietly(self.async_refresh(device_id))

    async def _async_register_skill(self) -> None:
        """Ask the cloud to call our webhook with what is said to the speakers; without one there is only push."""
        url = self._context.webhook_url()
        if url is None:
            return
        body = {"householdId": self._household, "name": _SKILL_NAME, "url": url, "intents": []}
        try:
            await self._async_remove_old_skills()
            skill = await self.client.async_post("skills", body)
            self._skill_id = str(skill["skillId"])
            secret = str(skill["skillSecret"])
        except (HubError, KeyError, TypeError) as err:
            _LOGGER.debug("No skill: %r", err)
            return
        self._gate = SkillGate(
            self._skill_id,
            secret,
            self._context.now,
            lambda: self.client.clock_offset,
            self._async_respond,
            self._async_speak,
        )

    async def _async_remove_old_skills(self) -> None:
        """Remove the skill of a run that ended without saying goodbye; its secret is lost."""
        for skill in (await self.client.async_get("skills")).get("skills", ()):
            if skill.get("name") == _SKILL_NAME and skill.get("householdId") == self._household:
                await self.client.async_delete(f"skills/{skill['skillId']}")

    async def _async_respond(self, payload: JsonDict) -> Any:
        """Hand an utterance to the hub."""
        if self._context.handle_utterance is None:
            raise NotSupportedError("no voice")
        device_id = f"{Vendor.GENIE}_{payload.get('deviceId')}"
        device = self._context.store.devices.get(device_id)
        session = payload.get("session")
        session_id = session.get("id") if isinstance(session, Mapping) else None
        voice_id = payload.get("voiceId")
        return await self._context.handle_utterance(
            Utterance(
                assistant="genie",
                text=str(payload.get("uword", "")),
                language=str(payload.get("lang", "ko")),
                device_id=device_id,
                room=device.room if device else None,
                user=str(voice_id) if voice_id not in {None, "UNKNOWN"} else None,
                conversation_id=f"genie-{session_id}" if session_id else None,
            )
        )

    async def _async_speak(self, vendor_id: str, text: str) -> None:
        """Say on a speaker what came too late for the skill's answer."""
        path, body = speaker_call(vendor_id, Attr.SPEAK, text)
        await self._quietly(self.client.async_command(path, body))

    async def _quietly(self, call: Any) -> None:
        try:
            await call
        except (HubError, DeviceError, NotFoundError) as err:
            _LOGGER.debug("A call that may fail failed: %r", err)


def _with_pin(name: str, command: Command) -> JsonDict:
    """Return what unlocking needs beyond the command; the PIN goes nowhere else."""
    if name != "unlock":
        return {}
    return {"pin": command.pin, "origin": "voice" if command.origin is Origin.VOICE else "app"}


_SKILL_NAME: Final = "Dongju"
_PARTIAL_EVENTS: Final[Mapping[str, JsonDict]] = {
    "media.state": {},
    "volume": {},
    "timer.set": {},
    "timer.fired": {},
    "timer.cleared": {},
    "tts.finished": {"speaking": False},
}
"""Events that carry a part of the state, and what they mean beyond it."""
