"""Control actions of the mock ThinQ cloud: the physical home, the cloud's moods, looking inside."""

import asyncio
import contextlib
from typing import Any, Final

from ..cloud import Action, ActionTable
from .accounts import Account
from .appliance import Appliance
from .context import CloudContext


class ThinqActions:
    """Everything that can be done to the mock ThinQ cloud from outside."""

    def __init__(self, context: CloudContext) -> None:
        """Act on the shared parts."""
        self._context = context
        rows = [
            ("act", "use an appliance: device, do, data (see the device's actions)", self._act),
            ("state", "read an appliance: device", self._state),
            ("online", "unplug an appliance's network or plug it in: device, online", self._online),
            ("device_options", "device, strict (one property at a time), confirm_seconds [from, to]", self._options),
            ("push", "send a notification: device, code", self._push),
            ("report", "send a state report as it is, the state stays: device, report", self._report),
            ("send_raw", "send arbitrary text over MQTT: text, client_id?", self._send_raw),
            ("say", "speak to an appliance: device, utterance, language?, session_id?, wait? (s)", self._say),
            ("conversations", "read what was said and answered", self._conversations),
            ("add_device", "add an appliance: a row of the home's thinq section", self._add_device),
            ("remove_device", "remove an appliance: device", self._remove_device),
            ("rename_device", "rename an appliance: device, alias", self._rename_device),
            ("drop_mqtt", "cut MQTT: session (lost or kept), client_id?", self._drop_mqtt),
            ("forget_subscriptions", "lose MQTT subscriptions silently: client_id?", self._forget_subscriptions),
            ("expire_events", "end all event subscriptions", self._expire_events),
            ("revoke_certificate", "void certificates and cut MQTT: client_id?", self._revoke_certificate),
            (
                "token",
                "set an access token's state: state (valid, revoked, expired, unknown, empty), token?",
                self._token,
            ),
            ("issue_token", "issue another access token: token? (of the account)", self._issue_token),
            ("terms", "accept the terms or not: accepted, token?", self._terms),
            ("scope", "take rights away: forbidden (endpoint kinds), token?", self._scope),
            ("rate_limit", "calls per hour (null is no limit), reset?: per_hour, token?", self._rate_limit),
            ("account", "voice, wrapped, event_hours, event_subscriptions, token?", self._account_options),
            ("open_account", "open another account: country, voice?, devices? (all)", self._open_account),
            ("calls", "read the call counters; reset: true starts anew", self._calls),
            ("requests", "read the latest calls: limit?, kind?, device?", self._requests),
            ("mqtt", "read the broker's counters", self._mqtt),
        ]
        self._table: Final = ActionTable(
            context.faults,
            [Action(name=name, description=description, handler=handler) for name, description, handler in rows],
        )

    def describe(self) -> dict[str, str]:
        """Return what can be done, by name."""
        return self._table.describe()

    async def run(self, action: str, data: dict[str, Any]) -> dict[str, Any]:
        """Run an action; with a device in the data its own actions count too. Raise ControlError."""
        if action not in self._table.describe() and "device" in data:
            rest = {key: value for key, value in data.items() if key != "device"}
            return await self._table.run("act", {"device": data["device"], "do": action, "data": rest})
        return await self._table.run(action, data)

    def _device(self, data: dict[str, Any]) -> Appliance:
        return self._context.fleet.find(str(data["device"]))

    def _account(self, data: dict[str, Any]) -> Account:
        """Return the account that holds a token, by default the first."""
        token = data.get("token")
        for account in self._context.accounts.accounts:
            if token is None or token in account.tokens:
                return account
        raise ValueError("no account has this token")

    # The physical home.

    async def _act(self, data: dict[str, Any]) -> dict[str, Any]:
        appliance = self._device(data)
        told = appliance.action(str(data["do"]), data.get("data") or {})
        return {"told": told, "state": appliance.state}

    async def _state(self, data: dict[str, Any]) -> dict[str, Any]:
        appliance = self._device(data)
        return {**appliance.info(), "online": appliance.online, "state": appliance.state, "profile": appliance.profile}

    async def _online(self, data: dict[str, Any]) -> dict[str, Any]:
        appliance = self._device(data)
        appliance.online = bool(data["online"])
        return {"online": appliance.online}

    async def _options(self, data: dict[str, Any]) -> dict[str, Any]:
        appliance = self._device(data)
        if "strict" in data:
            appliance.strict = bool(data["strict"])
        if "confirm_seconds" in data:
            shortest, longest = data["confirm_seconds"]
            appliance.confirm_seconds = (float(shortest), float(longest))
        return {"strict": appliance.strict, "confirm_seconds": list(appliance.confirm_seconds)}

    async def _push(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"told": self._context.notifier.push(self._device(data), str(data["code"]))}

    async def _report(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"told": self._context.notifier.report(self._device(data), data["report"])}

    async def _send_raw(self, data: dict[str, Any]) -> dict[str, Any]:
        wanted = data.get("client_id")
        clients = [name for name in self._context.broker.connected if wanted in {None, name}]
        self._context.notifier.send_raw(str(data["text"]).encode(), clients)
        return {"told": clients}

    async def _say(self, data: dict[str, Any]) -> dict[str, Any]:
        appliance = self._device(data)
        if not self._context.fleet.hears(appliance.device_id):
            raise ValueError(f"{appliance.alias} has no microphone")
        if not appliance.online:
            raise ValueError(f"{appliance.alias} is offline")
        session = self._context.voice.hear(
            appliance.device_id,
            str(data["utterance"] if "utterance" in data else data["text"]),
            str(data.get("language", "ko")),
            data.get("session_id"),
        )
        told = self._context.notifier.spoken(appliance, self._context.voice.spoken(session))
        if told and (seconds := float(data.get("wait", 0))) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(session.replied.wait(), seconds)
        reply = session.replies[-1] if session.replied.is_set() else None
        return {"session_id": session.session_id, "told": told, "reply": reply}

    async def _conversations(self, _data: dict[str, Any]) -> dict[str, Any]:
        return {"conversations": self._context.voice.latest()}

    async def _add_device(self, data: dict[str, Any]) -> dict[str, Any]:
        appliance = self._context.fleet.add(data)
        self._context.notifier.attach(appliance)
        return {"device_id": appliance.device_id, "told": self._context.notifier.registered(appliance)}

    async def _remove_device(self, data: dict[str, Any]) -> dict[str, Any]:
        appliance = self._context.fleet.remove(str(data["device"]))
        told = self._context.notifier.unregistered(appliance)
        self._context.subscriptions.drop_device(appliance.device_id)
        return {"device_id": appliance.device_id, "told": told}

    async def _rename_device(self, data: dict[str, Any]) -> dict[str, Any]:
        appliance = self._device(data)
        appliance.alias = str(data["alias"])
        return {"device_id": appliance.device_id, "told": self._context.notifier.renamed(appliance)}

    # The cloud's moods.

    async def _drop_mqtt(self, data: dict[str, Any]) -> dict[str, Any]:
        session = data.get("session", "lost")
        if session not in {"lost", "kept"}:
            raise ValueError("session is lost or kept")
        dropped = self._context.broker.drop(data.get("client_id"), keep_session=session == "kept")
        return {"dropped": dropped}

    async def _forget_subscriptions(self, data: dict[str, Any]) -> dict[str, Any]:
        self._context.broker.forget_subscriptions(data.get("client_id"))
        return {}

    async def _expire_events(self, _data: dict[str, Any]) -> dict[str, Any]:
        self._context.subscriptions.expire_events()
        return {}

    async def _revoke_certificate(self, data: dict[str, Any]) -> dict[str, Any]:
        wanted = data.get("client_id")
        self._context.clients.revoke_certificates(self._context.clients.registered() if wanted is None else [wanted])
        return {"dropped": self._context.broker.drop(wanted, keep_session=False)}

    async def _token(self, data: dict[str, Any]) -> dict[str, Any]:
        token = str(data.get("token") or self._context.accounts.accounts[0].token())
        self._context.accounts.spoil_token(token, str(data["state"]))
        return {"state": data["state"]}

    async def _issue_token(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"token": self._context.accounts.issue_token(self._account(data))}

    async def _terms(self, data: dict[str, Any]) -> dict[str, Any]:
        self._account(data).terms_accepted = bool(data["accepted"])
        return {"accepted": data["accepted"]}

    async def _scope(self, data: dict[str, Any]) -> dict[str, Any]:
        account = self._account(data)
        account.forbidden = {str(kind) for kind in data["forbidden"]}
        return {"forbidden": sorted(account.forbidden)}

    async def _rate_limit(self, data: dict[str, Any]) -> dict[str, Any]:
        calls = self._account(data).calls
        if "per_hour" in data:
            calls.per_hour = None if data["per_hour"] is None else int(data["per_hour"])
        if data.get("reset"):
            calls.reset()
        return {"per_hour": calls.per_hour, "used": calls.used()}

    async def _account_options(self, data: dict[str, Any]) -> dict[str, Any]:
        account = self._account(data)
        account.voice = bool(data.get("voice", account.voice))
        account.wrapped = bool(data.get("wrapped", account.wrapped))
        account.event_hours = int(data.get("event_hours", account.event_hours))
        account.event_subscriptions = data.get("event_subscriptions", account.event_subscriptions)
        return {
            "country": account.country,
            "voice": account.voice,
            "wrapped": account.wrapped,
            "event_hours": account.event_hours,
            "event_subscriptions": account.event_subscriptions,
        }

    async def _open_account(self, data: dict[str, Any]) -> dict[str, Any]:
        devices = data.get("devices")
        account = self._context.accounts.open(
            str(data.get("country", "KR")),
            voice=bool(data.get("voice", False)),
            device_ids=None if devices is None else {self._context.fleet.find(name).device_id for name in devices},
        )
        return {"token": account.token(), "country": account.country}

    # Looking inside.

    async def _calls(self, data: dict[str, Any]) -> dict[str, Any]:
        summary = self._context.calls.summary()
        if data.get("reset"):
            self._context.calls.reset()
        return summary

    async def _requests(self, data: dict[str, Any]) -> dict[str, Any]:
        device = None if "device" not in data else self._device(data).device_id
        kind, limit = data.get("kind"), int(data.get("limit", 100))
        calls = self._context.calls.calls(kind, device)[-limit:]
        return {"requests": [call.as_dict() for call in calls]}

    async def _mqtt(self, _data: dict[str, Any]) -> dict[str, Any]:
        return self._context.broker.statistics()
