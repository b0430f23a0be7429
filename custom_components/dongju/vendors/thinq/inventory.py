"""Which devices the account has, and what each of them is: the list and the profiles, and what survives a restart."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
import logging
from typing import Any, Final

from ...model.errors import DeviceError, UnexpectedAnswerError
from .client import ThinQClient
from .device import ThinQDevice
from .fleet import Fleet
from .mapping.describe import Identity
from .messages import Registered
from .profile import parse_profile

_LOGGER: Final = logging.getLogger(__name__)

type JsonDict = dict[str, Any]

_MISSES_TO_REMOVE: Final = 3
"""LG's list leaves devices out at times; one that is missing this often in a row, in lists with others, is gone."""

_BATCH: Final = 25
"""Devices published before others have their turn."""

PROFILE_DAYS: Final = 14
"""A firmware update may change a profile: it is read again after this long."""


class Inventory:
    """Fills the fleet from the device list and the profiles."""

    def __init__(
        self,
        client: ThinQClient,
        fleet: Fleet,
        *,
        create_device: Callable[[Identity, Any], ThinQDevice],
        owns: Callable[[str], bool],
        now: Callable[[], datetime],
        changed: Callable[[], None],
    ) -> None:
        """Call `changed` when there is something to keep for the next start."""
        self._client = client
        self._fleet = fleet
        self._create_device = create_device
        self._owns = owns
        self._now = now
        self._changed = changed
        self._identities: dict[str, Identity] = {}
        self._profiles: dict[str, JsonDict] = {}
        self._misses: Counter[str] = Counter()
        self._borrowed: set[str] = set()
        self._degraded: set[str] = set()
        self._reading: dict[tuple[str, str], asyncio.Lock] = {}
        self.oddities: Counter[str] = Counter()

    def restore(self, data: JsonDict) -> None:
        """Take up what an earlier run kept; what is damaged is read again."""
        devices, profiles = data.get("devices"), data.get("profiles")
        entries = devices if isinstance(devices, list) else []
        self._identities = {identity.vendor_id: identity for entry in entries if (identity := _kept_identity(entry))}
        table = profiles if isinstance(profiles, dict) else {}
        told = ((vendor_id, _kept_profile(kept, table)) for vendor_id, kept in table.items())
        self._profiles = {vendor_id: kept for vendor_id, kept in told if kept}

    def snapshot(self) -> JsonDict:
        """Return what the next start needs to show every entity at once; a profile that many have only once."""
        first: dict[int, str] = {}
        profiles: dict[str, JsonDict] = {}
        for key, kept in self._profiles.items():
            if key not in self._identities:
                continue
            owner = first.setdefault(id(kept["profile"]), key)
            profiles[key] = kept if owner == key else {**kept, "profile": owner}
        return {
            "devices": [
                {"id": known.vendor_id, "type": known.raw_type, "model": known.model, "alias": known.alias}
                for known in self._identities.values()
            ],
            "profiles": profiles,
        }

    async def publish_kept(self) -> None:
        """Publish every device of which there is a profile, if only another one's of its model."""
        for number, identity in enumerate(self.all()):
            self._publish(identity)
            if number % _BATCH == _BATCH - 1:
                await asyncio.sleep(0)

    @property
    def doubts(self) -> bool:
        """Tell whether a device was missing in the last list: then the list is worth another look."""
        return bool(self._misses)

    def all(self) -> list[Identity]:
        """Return every device of the account."""
        return list(self._identities.values())

    def is_provisional(self, vendor_id: str) -> bool:
        """Tell whether a device has no profile of its own: another one's of its model, or none at all."""
        return vendor_id in self._borrowed or vendor_id in self._degraded

    def missing(self) -> list[Identity]:
        """Return the devices that have no profile of their own yet, the ones without any first."""
        without = [known for known in self._identities.values() if self._fleet.get(known.vendor_id) is None]
        without = [known for known in without if self._owns(known.device_id)]
        provisional = [*self._degraded, *self._borrowed]
        return [*without, *(self._identities[key] for key in provisional if key in self._identities)]

    def outdated(self) -> Identity | None:
        """Return a device whose profile is old enough to be read again."""
        horizon = self._now().timestamp() - PROFILE_DAYS * 86400
        for identity in self._identities.values():
            kept = self._profiles.get(identity.vendor_id)
            if kept and kept.get("at", 0) < horizon:
                return identity
        return None

    async def refresh(self, *, max_wait: float | None = None) -> list[Identity]:
        """Read the device list; return the devices that are new. Raises HubError.

        With `max_wait` seconds, RateLimitedError when no call is allowed by then.

        An empty list removes nothing: it is what LG answers when something is wrong.
        """
        listed = self._read_list(await self._client.devices(max_wait=max_wait))
        new = [identity for key, identity in listed.items() if key not in self._identities]
        for identity in listed.values():
            self._misses.pop(identity.vendor_id, None)
            self._identify(identity)
        if not listed:
            self.oddities["empty_list"] += 1
        else:
            for vendor_id in [key for key in self._identities if key not in listed]:
                self._misses[vendor_id] += 1
                if self._misses[vendor_id] >= _MISSES_TO_REMOVE:
                    self.remove(vendor_id)
        self._changed()
        return new

    async def describe(self, identity: Identity) -> None:
        """See that a device is published, by its own profile or by one of the same model. Raises HubError."""
        async with self._reading.setdefault((identity.raw_type, identity.model), asyncio.Lock()):
            if self._fleet.get(identity.vendor_id) is None:
                await self.fetch_profile(identity)

    async def fetch_profile(self, identity: Identity) -> None:
        """Read a device's profile and publish it. Raises HubError when there is no sense in going on.

        A device that has no readable profile is published without attributes: its neighbours are unharmed.
        """
        try:
            profile = await self._client.profile(identity.vendor_id, urgent=self._fleet.get(identity.vendor_id) is None)
        except (DeviceError, UnexpectedAnswerError) as err:
            self.oddities["profile_refused"] += 1
            _LOGGER.debug("No profile of a %s: %r", identity.raw_type, err)
            if self._fleet.get(identity.vendor_id) is None and self._owns(identity.device_id):
                self._degraded.add(identity.vendor_id)
                self._fleet.add(self._create_device(identity, {}))
            raise
        self._degraded.discard(identity.vendor_id)
        self._borrowed.discard(identity.vendor_id)
        self._profiles[identity.vendor_id] = {
            "type": identity.raw_type,
            "model": identity.model,
            # One in memory for all that have the same.
            "profile": parse_profile(profile).raw,
            "at": round(self._now().timestamp()),
        }
        device = self._fleet.get(identity.vendor_id)
        if device is not None and device.set_profile(profile):
            self._fleet.describe(device)
        for other in self.all():
            if (other.raw_type, other.model) == (identity.raw_type, identity.model):
                self._publish(other)
        self._changed()

    def registered(self, message: Registered) -> Identity:
        """Take a device that was added to the account."""
        identity = Identity(
            vendor_id=message.device_id,
            raw_type=message.device_type or "DEVICE_UNKNOWN",
            model=message.model,
            alias=message.alias or message.model or message.device_id[:8],
        )
        self._identify(identity)
        self._misses.pop(identity.vendor_id, None)
        self._changed()
        return identity

    def renamed(self, vendor_id: str, alias: str) -> None:
        """Take a device's new name."""
        if known := self._identities.get(vendor_id):
            self._identify(
                Identity(vendor_id=vendor_id, raw_type=known.raw_type, model=known.model, alias=alias, room=known.room)
            )
            self._changed()

    def remove(self, vendor_id: str) -> None:
        """Forget a device that left the account."""
        self._identities.pop(vendor_id, None)
        self._profiles.pop(vendor_id, None)
        self._misses.pop(vendor_id, None)
        self._borrowed.discard(vendor_id)
        self._degraded.discard(vendor_id)
        self._fleet.remove(vendor_id)
        self._changed()

    def _identify(self, identity: Identity) -> None:
        self._identities[identity.vendor_id] = identity
        device = self._fleet.get(identity.vendor_id)
        if device is None:
            self._publish(identity)
        elif device.identify(identity):
            self._fleet.describe(device)

    def _publish(self, identity: Identity) -> None:
        """Publish a device by its own profile, or for the time being by that of another one of its model."""
        vendor_id = identity.vendor_id
        if self._fleet.get(vendor_id) is not None:
            return
        kept = self._profiles.get(vendor_id)
        borrowed = None if kept else self._profile_of_model(identity)
        found = kept or borrowed
        if found is None or not self._owns(identity.device_id):
            return
        if borrowed:
            self._borrowed.add(vendor_id)
        device = self._create_device(identity, found["profile"])
        found["profile"] = device.profile.raw
        self._fleet.add(device)

    def _profile_of_model(self, identity: Identity) -> JsonDict | None:
        if not identity.model:
            return None
        for kept in self._profiles.values():
            if kept.get("type") == identity.raw_type and kept.get("model") == identity.model:
                return kept
        return None

    def _read_list(self, entries: list[JsonDict]) -> dict[str, Identity]:
        """Return the devices of a list; an entry without sense is counted, of a repeated one the first counts."""
        listed: dict[str, Identity] = {}
        for entry in entries:
            identity = listed_identity(entry)
            if identity is None:
                self.oddities["unreadable_entry"] += 1
            elif identity.vendor_id in listed:
                self.oddities["duplicate_id"] += 1
            else:
                listed[identity.vendor_id] = identity
        return listed


def listed_identity(entry: Mapping[str, Any]) -> Identity | None:
    """Return the device of a list's entry, None for one without sense."""
    vendor_id, info = entry.get("deviceId"), entry.get("deviceInfo")
    if not isinstance(vendor_id, str) or not vendor_id or not isinstance(info, dict):
        return None
    raw_type, model, alias = (_text(info, key) for key in ("deviceType", "modelName", "alias"))
    return Identity(
        vendor_id=vendor_id,
        raw_type=raw_type or "DEVICE_UNKNOWN",
        model=model,
        alias=alias or model or vendor_id[:8],
        room=_text(info, "roomName") or None,
    )


def _kept_profile(kept: Any, table: JsonDict) -> JsonDict | None:
    """Return a kept profile whose `profile` is one, or the id of the device that has the same; None without sense."""
    if not isinstance(kept, dict):
        return None
    owner = table.get(kept["profile"]) if isinstance(kept.get("profile"), str) else kept
    profile = owner.get("profile") if isinstance(owner, dict) else None
    return {**kept, "profile": profile} if isinstance(profile, dict) else None


def _kept_identity(entry: Any) -> Identity | None:
    if not isinstance(entry, dict) or not _text(entry, "id"):
        return None
    return Identity(
        vendor_id=_text(entry, "id"),
        raw_type=_text(entry, "type") or "DEVICE_UNKNOWN",
        model=_text(entry, "model"),
        alias=_text(entry, "alias") or _text(entry, "id")[:8],
    )


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""
