"""Control actions on the cloud itself: what goes wrong, and what comes and goes."""

from collections.abc import Callable

from ..cloud import Action, ControlError
from .endpoints import Parts
from .envelope import JsonDict
from .ginside import GinsideService
from .push import PushHub
from .terminal import TerminalDesk


class KnobControl:
    """Tokens, push, clock, devices, terminals."""

    def __init__(
        self,
        parts: Parts,
        push: PushHub,
        ginside: GinsideService,
        terminals: TerminalDesk,
        set_skew: Callable[[float], None],
    ) -> None:
        self._parts = parts
        self._push = push
        self._ginside = ginside
        self._terminals = terminals
        self._set_skew = set_skew

    def actions(self) -> list[Action]:
        """Return the rows."""
        rows = (
            ("expire_token", "end every access token now", self._expire_token),
            ("revoke_refresh", "make every refresh token useless", self._revoke_refresh),
            ("revoke_all", "unlink every client: all tokens end, push is dropped", self._revoke_all),
            ("new_pairing_token", "replace the pairing token", self._new_pairing_token),
            ("push_fault", "push: drop, duplicate, reorder, delay_s, mute_heartbeat, silence_s", self._push_fault),
            ("push_gap", "leave a gap in the sequence: count", self._push_gap),
            ("push_disconnect", "drop every push connection; with forget no resume works", self._push_disconnect),
            ("version_regress", "send an old version of a device again: deviceId, by, values", self._version_regress),
            ("clock_skew", "make the server's clock wrong: seconds", self._clock_skew),
            ("tts_outcome", "how the next speeches end: code (409, 501 to 504), count", self._tts_outcome),
            ("revoke_voice", "withdraw a voice: voiceId", self._revoke_voice),
            ("rate_limit", "allow so many commands a minute: perMinute", self._rate_limit),
            ("skill_timeout", "wait so long for a skill: seconds", self._skill_timeout),
            ("offline", "take a device off the network: deviceId", lambda data: self._online(data, online=False)),
            ("online", "bring a device back: deviceId", lambda data: self._online(data, online=True)),
            ("add_device", "add a device: device {id, kind, name, room, ...}, householdId", self._add_device),
            ("remove_device", "remove a device: deviceId", self._remove_device),
            ("rename_device", "rename or move a device: deviceId, name, room", self._rename_device),
            ("ginside_send", "send a terminal a message: msgType, cmdOpt, uuid", self._ginside_send),
            ("ginside_drop", "drop a terminal's connection: uuid", self._ginside_drop),
        )  # fmt: skip
        return [Action(name=name, description=text, handler=handler) for name, text, handler in rows]

    async def _expire_token(self, _data: JsonDict) -> JsonDict:
        return {"grants": self._parts.accounts.expire_access_tokens()}

    async def _revoke_refresh(self, _data: JsonDict) -> JsonDict:
        return {"grants": self._parts.accounts.revoke_refresh_tokens()}

    async def _revoke_all(self, _data: JsonDict) -> JsonDict:
        grants = self._parts.accounts.revoke_all()
        await self._push.disconnect()
        return {"grants": grants}

    async def _new_pairing_token(self, _data: JsonDict) -> JsonDict:
        return {"pairing_token": self._parts.accounts.new_pairing_token()}

    async def _push_fault(self, data: JsonDict) -> JsonDict:
        faults = self._push.faults
        known = faults.as_dict()
        unknown = sorted(set(data) - set(known))
        if unknown:
            raise ControlError(f"no push fault {', '.join(unknown)}; known: {', '.join(known)}")
        for name, value in data.items():
            setattr(faults, name, type(known[name])(value))
        return faults.as_dict()

    async def _push_gap(self, data: JsonDict) -> JsonDict:
        self._push.skip(int(data.get("count", 1)))
        return {"seq": self._push.seq}

    async def _push_disconnect(self, data: JsonDict) -> JsonDict:
        if data.get("forget"):
            self._push.forget_history()
        return {"dropped": await self._push.disconnect()}

    async def _version_regress(self, data: JsonDict) -> JsonDict:
        device = self._parts.devices.devices[str(data["deviceId"])]
        version = max(0, device.version - int(data.get("by", 1)))
        state = {**self._parts.devices.shown_state(device), **data.get("values", {})}
        self._push.notify("homeiot.state", device.household_id, device.id, {"version": version, "state": state})
        return {"version": version}

    async def _clock_skew(self, data: JsonDict) -> JsonDict:
        self._set_skew(float(data["seconds"]))
        return {"seconds": float(data["seconds"])}

    async def _tts_outcome(self, data: JsonDict) -> JsonDict:
        code = int(data["code"])
        if code not in {200, 409, 501, 502, 503, 504}:
            raise ControlError("code is 200, 409 or 501 to 504")
        self._parts.speakers.next_outcomes = [code] * int(data.get("count", 1))
        return {"next": self._parts.speakers.next_outcomes}

    async def _revoke_voice(self, data: JsonDict) -> JsonDict:
        return self._parts.speakers.revoke_voice(str(data["voiceId"])).as_dict()

    async def _rate_limit(self, data: JsonDict) -> JsonDict:
        self._parts.api.per_minute = int(data["perMinute"])
        return {"perMinute": self._parts.api.per_minute}

    async def _skill_timeout(self, data: JsonDict) -> JsonDict:
        self._parts.skills.answer_s = float(data["seconds"])
        return {"seconds": self._parts.skills.answer_s}

    async def _online(self, data: JsonDict, *, online: bool) -> JsonDict:
        device = self._parts.devices.devices[str(data["deviceId"])]
        self._parts.devices.set_online(device, online=online)
        return {"online": device.online, "version": device.version}

    async def _add_device(self, data: JsonDict) -> JsonDict:
        household_id = str(data.get("householdId") or next(iter(self._parts.devices.households), ""))
        if household_id not in self._parts.devices.households:
            raise ControlError(f"no such household: {household_id}")
        device = self._parts.devices.add(data["device"], household_id)
        return {"device": self._parts.devices.shown(device)}

    async def _remove_device(self, data: JsonDict) -> JsonDict:
        device = self._parts.devices.devices[str(data["deviceId"])]
        self._parts.devices.remove(device.id)
        return {"deviceId": device.id}

    async def _rename_device(self, data: JsonDict) -> JsonDict:
        device = self._parts.devices.devices[str(data["deviceId"])]
        self._parts.devices.change(device, name=data.get("name"), room=data.get("room"))
        return {"device": self._parts.devices.shown(device)}

    async def _ginside_send(self, data: JsonDict) -> JsonDict:
        link = self._ginside.link(data.get("uuid"))
        return await self._terminals.send(link, str(data["msgType"]), dict(data.get("cmdOpt", {})))

    async def _ginside_drop(self, data: JsonDict) -> JsonDict:
        link = self._ginside.link(data.get("uuid"))
        await link.socket.close(code=1012)
        return {"uuid": link.terminal.uuid}
