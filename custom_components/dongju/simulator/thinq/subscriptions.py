"""Clients of the mock ThinQ cloud and what each of them is told about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..clock import Clock
from .accounts import Account
from .errors import ApiError

_SECONDS_PER_HOUR: Final = 3600


@dataclass(kw_only=True, slots=True)
class Client:
    """A registered caller of the API, known by its x-client-id."""

    client_id: str
    user_number: str
    registered: bool = False
    # Serial numbers of its certificates.
    certificates: set[str] = field(default_factory=set)


class ClientRegistry:
    """Registered clients, and whose certificate a client shows."""

    def __init__(self) -> None:
        """Create an empty registry."""
        self._clients: Final[dict[str, Client]] = {}
        self._owners: Final[dict[str, Client]] = {}
        self._revoked: Final[set[str]] = set()

    def register(self, account: Account, client_id: str, *, allow_existing: bool) -> Client:
        """Register a client; raise ApiError when the id is taken."""
        client = self.note(account, client_id)
        if client.registered and not allow_existing:
            raise ApiError("1000", "Client id already exists")
        client.registered = True
        return client

    def note(self, account: Account, client_id: str) -> Client:
        """Return the client of an id, which may subscribe before it registers; raise ApiError."""
        client = self._clients.get(client_id)
        if client is None:
            client = self._clients[client_id] = Client(client_id=client_id, user_number=account.user_number)
        elif client.user_number != account.user_number:
            raise ApiError("1000", "Client id belongs to another user")
        return client

    def unregister(self, account: Account, client_id: str) -> None:
        """End a registration; its certificate no longer opens a new connection."""
        self.note(account, client_id).registered = False

    def require(self, account: Account, client_id: str) -> Client:
        """Return a registered client of an account; raise ApiError."""
        client = self._clients.get(client_id)
        if client is None or not client.registered or client.user_number != account.user_number:
            raise ApiError("1000", "Client is not registered")
        return client

    def user_of(self, client_id: str) -> str | None:
        """Return the user number a client belongs to."""
        client = self._clients.get(client_id)
        return None if client is None else client.user_number

    def registered(self) -> list[str]:
        """Return the ids of registered clients."""
        return [client.client_id for client in self._clients.values() if client.registered]

    def add_certificate(self, client: Client, serial: str) -> None:
        """Note that a certificate was issued to a client."""
        client.certificates.add(serial)
        self._owners[serial] = client

    def revoke_certificates(self, client_ids: Iterable[str]) -> None:
        """Declare all certificates of some clients void."""
        for client_id in client_ids:
            if (client := self._clients.get(client_id)) is not None:
                self._revoked.update(client.certificates)

    def owner(self, serial: str) -> Client | None:
        """Return whose certificate it is, unless it is unknown or revoked."""
        return None if serial in self._revoked else self._owners.get(serial)

    def snapshot(self) -> dict[str, Any]:
        """Return the registry as plain data."""
        return {
            "clients": [
                {
                    "client_id": client.client_id,
                    "user_number": client.user_number,
                    "registered": client.registered,
                    "certificates": sorted(client.certificates),
                }
                for client in self._clients.values()
            ],
            "revoked": sorted(self._revoked),
        }

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Take up the registry of an earlier snapshot."""
        for raw in saved["clients"]:
            client = Client(**{**raw, "certificates": set(raw["certificates"])})
            self._clients[client.client_id] = client
            self._owners.update(dict.fromkeys(client.certificates, client))
        self._revoked.update(saved["revoked"])


class Subscriptions:
    """Which client hears of which device: states (events), notifications (pushes), the home's list."""

    def __init__(self, clock: Clock) -> None:
        """Create with nobody subscribed."""
        self._clock = clock
        # Device -> client -> when it ends; looked up for every report, hence by device.
        self._events: Final[dict[str, dict[str, float]]] = {}
        self._pushes: Final[dict[str, dict[str, None]]] = {}
        self._home: Final[dict[str, None]] = {}

    def subscribe_event(self, account: Account, client_id: str, device_id: str, hours: float) -> None:
        """Subscribe to state reports, or renew it; raise ApiError when there are too many."""
        known = client_id in self._events.get(device_id, {})
        allowed = account.event_subscriptions
        if not known and allowed is not None and len(self.events_of(client_id)) >= allowed:
            raise ApiError("1312")
        ends = self._clock.monotonic() + hours * _SECONDS_PER_HOUR
        self._events.setdefault(device_id, {})[client_id] = ends

    def unsubscribe_event(self, client_id: str, device_id: str) -> None:
        """End state reports; raise ApiError when there are none."""
        if client_id not in self.event_clients(device_id):
            raise ApiError("1204")
        del self._events[device_id][client_id]

    def subscribe_push(self, client_id: str, device_id: str) -> None:
        """Subscribe to notifications; raise ApiError when it is already so."""
        clients = self._pushes.setdefault(device_id, {})
        if client_id in clients:
            raise ApiError("1207")
        clients[client_id] = None

    def unsubscribe_push(self, client_id: str, device_id: str) -> None:
        """End notifications; raise ApiError when there are none."""
        if client_id not in self._pushes.get(device_id, {}):
            raise ApiError("1206")
        del self._pushes[device_id][client_id]

    def subscribe_home(self, client_id: str) -> None:
        """Subscribe to devices coming, going and renamed; raise ApiError when it is already so."""
        if client_id in self._home:
            raise ApiError("4001")
        self._home[client_id] = None

    def unsubscribe_home(self, client_id: str) -> None:
        """End the home's pushes; raise ApiError when there are none."""
        if client_id not in self._home:
            raise ApiError("1206")
        del self._home[client_id]

    def event_clients(self, device_id: str) -> list[str]:
        """Return who hears a device's state reports now."""
        clients = self._events.get(device_id)
        if not clients:
            return []
        now = self._clock.monotonic()
        ended = [client_id for client_id, ends in clients.items() if ends <= now]
        for client_id in ended:
            del clients[client_id]
        return list(clients)

    def push_clients(self, device_id: str) -> list[str]:
        """Return who hears a device's notifications."""
        return list(self._pushes.get(device_id, ()))

    def home_clients(self) -> list[str]:
        """Return who hears of devices coming, going and renamed."""
        return list(self._home)

    def events_of(self, client_id: str) -> list[str]:
        """Return the devices whose state reports a client hears."""
        return [device_id for device_id in list(self._events) if client_id in self.event_clients(device_id)]

    def pushes_of(self, client_id: str) -> list[str]:
        """Return the devices whose notifications a client hears."""
        return [device_id for device_id, clients in self._pushes.items() if client_id in clients]

    def drop_client(self, client_id: str) -> None:
        """Forget everything a client subscribed to."""
        for clients in self._events.values():
            clients.pop(client_id, None)
        for listeners in self._pushes.values():
            listeners.pop(client_id, None)
        self._home.pop(client_id, None)

    def drop_device(self, device_id: str) -> None:
        """Forget every subscription to a device that is gone."""
        self._events.pop(device_id, None)
        self._pushes.pop(device_id, None)

    def expire_events(self) -> None:
        """End every state report subscription at once."""
        self._events.clear()

    def snapshot(self) -> dict[str, Any]:
        """Return all subscriptions as plain data; ends are in Unix time."""
        offset = self._clock.now().timestamp() - self._clock.monotonic()
        return {
            "events": {
                device_id: {client_id: ends + offset for client_id, ends in clients.items()}
                for device_id, clients in self._events.items()
                if clients
            },
            "pushes": {device_id: list(clients) for device_id, clients in self._pushes.items() if clients},
            "home": list(self._home),
        }

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Take up the subscriptions of an earlier snapshot."""
        offset = self._clock.now().timestamp() - self._clock.monotonic()
        for device_id, clients in saved["events"].items():
            self._events[device_id] = {client_id: ends - offset for client_id, ends in clients.items()}
        for device_id, listeners in saved["pushes"].items():
            self._pushes[device_id] = dict.fromkeys(listeners)
        self._home.update(dict.fromkeys(saved["home"]))
