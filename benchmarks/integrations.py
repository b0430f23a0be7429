"""The two integrations under test, behind one face."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
import json
from types import MappingProxyType
from typing import Any, Final, Protocol

from homeassistant.config_entries import SOURCE_USER, ConfigEntry

type Deliver = Callable[[bytes], Awaitable[None]]

PLATFORMS: Final = (
    *("binary_sensor", "button", "climate", "cover", "event", "fan", "humidifier", "light", "lock", "media_player"),
    *("notify", "number", "remote", "select", "sensor", "switch", "time", "vacuum", "valve", "water_heater", "weather"),
)
"""Every entity platform of either integration."""

ENERGY_CALLS: Final = frozenset({"energy_profile", "energy_usage"})


class Driver(Protocol):
    """One integration."""

    domain: str

    def prepare(self, connection: Mapping[str, Any]) -> None:
        """Point the integration's code at the mock cloud, before anything is set up."""
        ...

    def entry(self, connection: Mapping[str, Any], options: Mapping[str, Any]) -> ConfigEntry[Any]:
        """Return the config entry a user would have made."""
        ...

    def ready(self, entry: ConfigEntry[Any], devices: int) -> bool:
        """Tell whether every device was read and subscribed to, after set-up returned."""
        ...

    def deliver(self, entry: ConfigEntry[Any]) -> Deliver:
        """Return the handler that the vendor's bytes are given to."""
        ...


def config_entry(
    domain: str, data: Mapping[str, Any], options: Mapping[str, Any], *, unique_id: str = "benchmark"
) -> ConfigEntry[Any]:
    """Return a config entry as a flow makes it."""
    return ConfigEntry(
        data=data,
        discovery_keys=MappingProxyType({}),
        domain=domain,
        minor_version=1,
        options=options,
        source=SOURCE_USER,
        subentries_data=(),
        title=domain,
        unique_id=unique_id,
        version=1,
    )


class Core:
    """Home Assistant's own lg_thinq and LG's SDK, as installed; only addresses are changed."""

    domain = "lg_thinq"

    def prepare(self, connection: Mapping[str, Any]) -> None:
        """Change the REST address, where the root certificate is, and at the last moment the MQTT port."""
        from awscrt import mqtt  # noqa: PLC0415 - native code that only this integration needs
        from thinqconnect import ThinQApi, mqtt_client  # noqa: PLC0415

        real_connection = mqtt.Connection

        def connection_elsewhere(**options: Any) -> Any:
            return real_connection(**{**options, "port": connection["mqtt_port"]})

        # Assigned by name: they are not meant to be replaced, which a type checker would say.
        setattr(ThinQApi, "_get_url_from_endpoint", lambda _api, path: f"{connection['rest_url']}/{path}")  # noqa: B010
        setattr(mqtt_client, "ROOT_CA_REPOSITORY", f"{connection['rest_url']}/repository")  # noqa: B010
        setattr(mqtt, "Connection", connection_elsewhere)  # noqa: B010

    def entry(self, connection: Mapping[str, Any], options: Mapping[str, Any]) -> ConfigEntry[Any]:
        """Return an entry as the config flow makes it."""
        data = {
            "access_token": connection["token"],
            "country": connection["country"],
            "connect_client_id": "home-assistant-6f1c2b1e-0000-4000-8000-000000000001",
        }
        return config_entry(self.domain, data, options)

    def ready(self, entry: ConfigEntry[Any], devices: int) -> bool:
        """Tell whether it is connected: everything else is waited for by its set-up."""
        del devices
        client = entry.runtime_data.mqtt_client
        return bool(client and client.client and client.client.is_connected)

    def deliver(self, entry: ConfigEntry[Any]) -> Deliver:
        """Return what its MQTT callback does, without the thread it comes on."""
        handle = entry.runtime_data.mqtt_client.async_handle_device_event

        async def deliver(payload: bytes) -> None:
            await handle(json.loads(payload.decode()))

        return deliver


class Dongju:
    """The integration of this repository."""

    domain = "dongju"

    def prepare(self, connection: Mapping[str, Any]) -> None:
        """Do nothing: the address is a field of its form."""

    def entry(self, connection: Mapping[str, Any], options: Mapping[str, Any]) -> ConfigEntry[Any]:
        """Return an account entry as the config flow makes it."""
        data = {
            "kind": "account",
            "vendor": "thinq",
            "access_token": connection["token"],
            "country": connection["country"],
            "server_url": connection["rest_url"],
        }
        return config_entry(self.domain, data, options)

    def ready(self, entry: ConfigEntry[Any], devices: int) -> bool:
        """Tell whether reports come from every device and nothing waits to be read."""
        session = self._session(entry)
        told = session.diagnostics()
        subscribed = told["subscriptions"]
        return bool(
            told["push"]["connected"]
            and subscribed["events"] + subscribed["unsupported"] >= devices
            and subscribed["pushes"] + subscribed["unsupported"] >= devices
            and sum(told["devices"].values()) >= devices
            and len(session._fleet.read_at) >= devices  # noqa: SLF001 - nothing else tells when the last one was read
        )

    def deliver(self, entry: ConfigEntry[Any]) -> Deliver:
        """Return what its push connection gives messages to."""
        handle = self._session(entry)._link.handle_message  # noqa: SLF001 - the door the connection uses itself

        async def deliver(payload: bytes) -> None:
            handle(payload)

        return deliver

    def _session(self, entry: ConfigEntry[Any]) -> Any:
        (session,) = entry.runtime_data.coordinator.sessions.values()
        return session


DRIVERS: Final[Mapping[str, type[Core | Dongju]]] = {"core": Core, "dongju": Dongju}


def without_energy(calls: Mapping[str, int]) -> int:
    """Return how many calls were not about energy figures."""
    return sum(count for kind, count in calls.items() if kind not in ENERGY_CALLS)


def only_energy(calls: Mapping[str, int]) -> int:
    """Return how many calls were about energy figures."""
    return sum(count for kind, count in calls.items() if kind in ENERGY_CALLS)


def flatten(rounds: Iterable[Iterable[str]]) -> list[bytes]:
    """Return all reports of some rounds in order."""
    return [text.encode() for texts in rounds for text in texts]
