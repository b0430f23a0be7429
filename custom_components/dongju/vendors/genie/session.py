"""A KT GiGA Genie account: one household's devices, kept true by push, and by reading while push is down."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
import logging
from typing import Final, override

from ...model.command import Command
from ...model.errors import AuthError, HouseholdGoneError, HubError, LoginRequiredError, NotSupportedError
from ...model.vocabulary import Vendor
from ..backoff import Backoff
from ..base import JsonDict, SessionContext, VendorSession
from .alerts import Alerts
from .client import GenieClient
from .commands import CommandDesk
from .events import EventDesk
from .ginside import GinsideDesk
from .inventory import Inventory
from .kept import Kept
from .push import GeniePush, Timing
from .queries import QUERIES
from .skill_link import SkillLink
from .speech import SpeechDesk
from .watch import Watch

_LOGGER: Final = logging.getLogger(__name__)

READ_EVERY_S: Final = 1800.0
"""How often everything is read although push is alive."""
POLL_S: Final = 30.0
"""How often everything is read while push is down; while it is alive, the poll only looks whether it still is."""


class GenieSession(VendorSession):
    """One household of one account."""

    def __init__(self, context: SessionContext, *, timing: Timing | None = None) -> None:
        """Prepare; nothing is contacted yet. Raises CannotConnectError for an address that is none."""
        self.vendor = Vendor.GENIE
        self._context = context
        self._household = str(context.data["household"])
        self.account_id = self._household
        data = context.data
        self.client = GenieClient(
            context.http,
            str(data["server_url"]),
            data.get("tokens", {}),
            context.save_data,
            context.now,
            pairing_token=data.get("pairing_token"),
        )
        self._kept = Kept(context.cache)
        self._inventory = Inventory(context, self.client, self._household)
        self._speech = SpeechDesk(self.client, context.create_task)
        self._alerts = Alerts()
        self._events = EventDesk(
            context, self._household, self._inventory, self._alerts, self._speech, self._handle_music_link
        )
        self._commands = CommandDesk(
            self.client,
            context.store,
            self._inventory,
            self._speech,
            household=self._household,
            music_missing=lambda: self._handle_music_link(False),
        )
        self._watch = Watch(context, self.client, self._inventory, self._alerts, self._events, self._household)
        self._terminals = GinsideDesk(context, self._kept, lambda: self.client.clock_offset)
        self._skill = SkillLink(
            context, self.client, self._kept, self._household, self._speech, self._terminals.not_known
        )
        self._push = GeniePush(
            context.http,
            self.client,
            Backoff(base=1.0, cap=60.0),
            on_event=self._handle_event,
            on_state=self._handle_push_state,
            refetch=self._async_read_all,
            timing=timing,
        )
        self._task: asyncio.Task[None] | None = None
        self._poll_backoff = Backoff(base=POLL_S, cap=600.0, floor=POLL_S / 2)
        self._reachable = True
        self._read_at = context.monotonic()
        self.connected = False
        self.last_message: datetime | None = None

    @override
    async def async_start(self) -> None:
        """Read the household, register the skill and open the push channel."""
        await self._kept.load()
        try:
            await self._inventory.read_all()
        except HouseholdGoneError:
            self._context.issue("household_gone", {})
            raise
        self._set_reachable(reachable=True)
        await self._watch.read_alerts(tell=False)
        await self._skill.register()
        self.client.auth_lost = self._handle_auth_lost
        self._task = self._context.create_task(self._push.run(), "genie push")

    @override
    async def async_close(self) -> None:
        """Close the push channel and the terminals, and take the skill back."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._speech.close()
        await self._terminals.close()
        await self._skill.close()

    @override
    async def async_remove_account(self) -> None:
        """Remove what an earlier run may have left, and sign out."""
        await self._kept.load()
        await self._skill.remove_left()
        await self._terminals.unregister()
        try:
            await self.client.async_delete("oauth/token")
        except HubError as err:
            _LOGGER.debug("Could not sign out: %r", err)

    @override
    async def async_execute(self, command: Command) -> None:
        """Send a command in as many calls as it needs."""
        await self._commands.execute(command)

    @override
    async def async_refresh(self, device_id: str) -> None:
        """Read one device; what stands for the services has nothing to read."""
        if device_id != self._inventory.service_id:
            await self._inventory.refresh(device_id)

    @override
    async def async_poll(self) -> float:
        """Read everything: rarely while push is alive, every half minute while it is not."""
        self._events.show_alert_level()
        due = self._context.monotonic() - self._read_at >= READ_EVERY_S
        try:
            if due or not self.connected or not self._reachable:
                await self._async_read_all()
            else:
                await self._watch.diagnose_next()
            await self._skill.register()
        except HubError as err:
            _LOGGER.debug("Safety poll failed: %r", err)
            return self._poll_backoff.delay()
        self._poll_backoff.reset()
        return POLL_S

    @override
    def listed(self) -> frozenset[str]:
        """Return every device the household named: one whose row makes no sense today keeps its entities."""
        return self._inventory.listed | {self._inventory.service_id}

    @override
    async def async_query(self, name: str, arguments: JsonDict) -> JsonDict:
        """Ask one of KT's services; see `queries.QUERIES` for the names.

        `terminal` asks as the G-INSIDE terminal of a microphone of any vendor: `device, text` ->
        `mesg, contentType, infoDetail, media`.
        """
        if name == "terminal":
            return await self._async_ask_terminal(arguments)
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
            "signed_out": self.client.signed_out,
            "skill_registered": self._skill.registered,
            "skill_refused": self._skill.refused,
            "terminals": self._terminals.connections,
            "kinds": self._inventory.kinds(),
        }

    @override
    def health(self) -> JsonDict:
        """Return whether push is alive and when it last said something."""
        return {"connected": self.connected, "last_message": self.last_message, "calls_left": None}

    async def async_webhook(self, headers: Mapping[str, str], body: bytes) -> tuple[int, JsonDict | None]:
        """Answer a call to the account's webhook."""
        return await self._skill.handle(headers, body)

    async def _async_ask_terminal(self, arguments: JsonDict) -> JsonDict:
        try:
            return await self._terminals.ask(str(arguments["device"]), str(arguments["text"]))
        except LoginRequiredError:
            self._handle_music_link(False)
            raise

    async def _async_read_all(self) -> None:
        """Read everything that push tells of; note whether the cloud can be reached."""
        try:
            await self._inventory.read_all()
            await self._watch.read_alerts(tell=True)
        except HouseholdGoneError:
            self._context.issue("household_gone", {})
            self._set_reachable(reachable=False, although_pushed=True)
            raise
        except HubError as err:
            self._set_reachable(reachable=False, although_pushed=isinstance(err, AuthError))
            raise
        self._read_at = self._context.monotonic()
        self._context.issue("household_gone", None)
        self._set_reachable(reachable=True)

    def _set_reachable(self, *, reachable: bool, although_pushed: bool = False) -> None:
        """Log once when the account is lost or back; without it no device can be said to be there."""
        if not reachable and self.connected and not although_pushed:
            return
        if reachable is not self._reachable:
            _LOGGER.info("KT GiGA Genie is %s", "reachable again" if reachable else "not reachable")
        self._reachable = reachable
        self._inventory.set_available(available=reachable)

    def _handle_push_state(self, connected: bool) -> None:  # noqa: FBT001 - a callback's only fact
        was, self.connected = self.connected, connected
        if connected and not was and not self._reachable:
            # It resumed, so nothing was missed; but everything still counts as not there.
            self._context.create_task(self._async_read_quietly(), "genie read")

    async def _async_read_quietly(self) -> None:
        try:
            await self._async_read_all()
        except HubError as err:
            _LOGGER.debug("Could not read the household: %r", err)

    def _handle_event(self, message: JsonDict) -> None:
        self.last_message = self._context.now()
        self._events.take(message)

    def _handle_auth_lost(self, err: AuthError) -> None:
        """Ask the person to sign in again, once; until then nothing is known of the devices."""
        self._set_reachable(reachable=False, although_pushed=True)
        self._context.auth_failed(err)

    def _handle_music_link(self, linked: bool) -> None:  # noqa: FBT001 - a callback's only fact
        if linked:
            self._context.issue("music_login_required", None)
        else:
            self._context.create_task(self._async_ask_to_link_music(), "genie music link")

    async def _async_ask_to_link_music(self) -> None:
        """Tell the person where to link Genie Music."""
        try:
            status = await self.async_query("music_link", {})
        except HubError as err:
            _LOGGER.debug("Could not ask where to link Genie Music: %r", err)
            status = {}
        if status.get("oauth_status") != "valid":
            self._context.issue("music_login_required", {"url": str(status.get("oauth_url") or "")})
