"""The mock ThinQ cloud as a whole: listeners, accounts, appliances, controls."""

import asyncio
from collections.abc import Mapping
import contextlib
import logging
from pathlib import Path
import random
import shutil
import tempfile
from typing import Any, Final

from ..clock import Clock
from ..cloud import ControlError
from ..faults import HTTP_FAULTS, FaultBox
from ..home import HomeSpec
from ..http_server import LOOPBACK, LoopbackServer
from .accounts import DEFAULT_CALLS_PER_HOUR, AccountBook
from .actions import ThinqActions
from .broker import MQTT_FAULTS, Broker
from .call_log import CallLog
from .certificates import CertificateAuthority
from .context import CloudContext
from .errors import ApiError
from .fleet import Fleet
from .mqtt_codec import ConnectCode
from .notifier import Notifier
from .pushes import PUSH_FAULTS, PushQueue
from .rest import DATA_FAULTS, RestApi
from .subscriptions import ClientRegistry, Subscriptions
from .voice import VoiceDesk

_LOGGER: Final = logging.getLogger(__name__)


class ThinqCloud:
    """Mock of LG ThinQ Connect on loopback."""

    name: Final = "thinq"
    device_field: Final = "device"

    def __init__(
        self,
        home: HomeSpec,
        *,
        clock: Clock,
        seed: int = 0,
        state: Mapping[str, Any] | None = None,
        calls_per_hour: int | None = DEFAULT_CALLS_PER_HOUR,
    ) -> None:
        """Prepare to serve the home's `thinq` section and captured folders.

        `state` is an earlier snapshot; one that cannot be read is left aside.
        """
        self.faults: Final = FaultBox(clock, {**HTTP_FAULTS, **DATA_FAULTS, **MQTT_FAULTS, **PUSH_FAULTS})
        saved = dict(state or {})
        rng = random.Random(f"{seed}/thinq/cloud")
        accounts = AccountBook(clock, rng, calls_per_hour)
        clients = ClientRegistry()
        subscriptions = Subscriptions(clock)
        try:
            accounts.restore(saved.get("accounts", []))
            clients.restore(saved.get("clients", {"clients": [], "revoked": []}))
            subscriptions.restore(saved.get("subscriptions", {"events": {}, "pushes": {}, "home": []}))
        except (AttributeError, KeyError, TypeError, ValueError) as err:
            _LOGGER.warning("Cannot restore the mock ThinQ cloud, starting anew: %r", err)
            saved = {}
            accounts = AccountBook(clock, rng, calls_per_hour)
            clients = ClientRegistry()
            subscriptions = Subscriptions(clock)
        if not accounts.accounts:
            accounts.open("KR", voice=True)
        broker = Broker(self.faults, self._admit)
        queue = PushQueue(clock, rng, self.faults, broker.publish)
        self.context: Final = CloudContext(
            clock=clock,
            faults=self.faults,
            accounts=accounts,
            clients=clients,
            subscriptions=subscriptions,
            fleet=Fleet(home, clock, seed, saved.get("fleet", {})),
            broker=broker,
            notifier=Notifier(accounts, clients, subscriptions, queue),
            voice=VoiceDesk(rng),
            calls=CallLog(),
        )
        self._actions: Final = ThinqActions(self.context)
        self._saved_authority: dict[str, str] | None = saved.get("authority")
        self._authority: CertificateAuthority | None = None
        self._rest: LoopbackServer | None = None
        self._folder: Path | None = None
        # Kept over close and start, so that clients find a cloud again that was away.
        self._rest_port = 0
        self._mqtt_port = 0

    async def start(self) -> None:
        """Open both listeners and start the appliances; raise ValueError for a wrong home."""
        loop = asyncio.get_running_loop()
        try:
            authority = await loop.run_in_executor(None, self._prepare_authority)
            tls = await loop.run_in_executor(None, authority.server_context)
            for appliance in await self.context.fleet.create():
                self.context.notifier.attach(appliance)
            self._mqtt_port = await self.context.broker.start(tls, self._mqtt_port)
            self._rest = LoopbackServer(RestApi(self.context, authority, self._route).application())
            await self._rest.start(self._rest_port)
            self._rest_port = self._rest.port
            self.context.fleet.start()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Stop appliances, connections and listeners; harmless when not started."""
        self.context.fleet.close()
        self.context.notifier.close()
        await self.context.broker.close()
        if self._rest is not None:
            await self._rest.close()
            self._rest = None
        if self._folder is not None:
            folder, self._folder = self._folder, None
            await asyncio.get_running_loop().run_in_executor(None, shutil.rmtree, folder, True)

    def connection(self) -> dict[str, Any]:
        """Return addresses, access token, country and the root certificate's file."""
        if self._rest is None or self._folder is None:
            raise RuntimeError("the mock ThinQ cloud is not started")
        account = self.context.accounts.accounts[0]
        return {
            "rest_url": self._rest.url,
            "token": account.token(),
            "country": account.country,
            "mqtt_host": LOOPBACK,
            "mqtt_port": self._mqtt_port,
            "ca_file": str(self._folder / "AmazonRootCA1.pem"),
        }

    def describe(self) -> dict[str, Any]:
        """Return the actions, the devices with theirs, and what is going on."""
        context = self.context
        return {
            "actions": self._actions.describe(),
            "faults": self.faults.known,
            "state": {
                "devices": [
                    {
                        "device_id": appliance.device_id,
                        "alias": appliance.alias,
                        "type": appliance.device_type,
                        "room": appliance.room,
                        "online": appliance.online,
                        "voice": context.fleet.hears(appliance.device_id),
                        "actions": appliance.actions(),
                    }
                    for appliance in context.fleet.all()
                ],
                "active_faults": self.faults.active(),
                "calls": context.calls.summary(),
                "calls_last_hour": [account.calls.used() for account in context.accounts.accounts],
                "mqtt": context.broker.statistics(),
            },
        }

    async def control(self, action: str, data: dict[str, Any]) -> dict[str, Any]:
        """Run a control action, or an appliance's own action when `data` names a device."""
        try:
            return await self._actions.run(action, data)
        except ApiError as err:
            raise ControlError(str(err)) from err

    def snapshot(self) -> dict[str, Any]:
        """Return authority, accounts, clients, subscriptions and appliances, JSON-able."""
        authority = self._saved_authority
        if self._authority is not None:
            authority = {"key": self._authority.key_pem(), "certificate": self._authority.certificate_pem}
        return {
            "authority": authority,
            "accounts": self.context.accounts.snapshot(),
            "clients": self.context.clients.snapshot(),
            "subscriptions": self.context.subscriptions.snapshot(),
            "fleet": self.context.fleet.snapshot(),
        }

    def _prepare_authority(self) -> CertificateAuthority:
        """Load or create the authority and write its certificate; runs in an executor."""
        saved = self._saved_authority
        if self._authority is None and saved is not None:
            # A damaged one is replaced: clients then have to fetch new certificates.
            with contextlib.suppress(KeyError, TypeError, ValueError):
                self._authority = CertificateAuthority.load(saved["key"], saved["certificate"])
        if self._authority is None:
            self._authority = CertificateAuthority.create()
        self._folder = Path(tempfile.mkdtemp(prefix="dongju-thinq-"))
        self._authority.write_certificate(self._folder)
        return self._authority

    def _route(self) -> dict[str, str]:
        return {
            "apiServer": f"http://{LOOPBACK}:{self._rest_port}",
            "mqttServer": f"mqtts://{LOOPBACK}:{self._mqtt_port}",
            "webSocketServer": f"wss://{LOOPBACK}:{self._mqtt_port}/mqtt",
        }

    def _admit(self, serial: str | None, client_id: str) -> ConnectCode | None:
        """Decide on a CONNECT: a revoked certificate is hung up on, somebody else's refused."""
        owner = self.context.clients.owner(serial) if serial is not None else None
        if owner is None:
            return None
        if owner.client_id != client_id or not owner.registered:
            return ConnectCode.NOT_AUTHORIZED
        return ConnectCode.ACCEPTED
