"""The devices of one household as the cloud told them last, kept in the store.

Lists, single readings and push meet here. Each carries a version: what is older than the state we have is dropped,
unless the cloud was asked after we had that state and counts anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
import logging
from typing import Any, Final

from ...model.device import MAIN, Key, Value
from ...model.errors import (
    AuthError,
    DeviceGoneError,
    HouseholdGoneError,
    HubError,
    NotFoundError,
    UnexpectedAnswerError,
)
from ...model.vocabulary import Attr, DeviceType
from ..base import SessionContext
from .client import GenieClient, segment
from .describe import home_iot_rows, make_device, make_service, store_id
from .mapping import KINDS
from .media import SET_TOP_BOX, SPEAKER, box_rows, speaker_rows
from .rows import StateRow

_LOGGER: Final = logging.getLogger(__name__)

LISTS_TO_FORGET: Final = 3
"""A device is removed by push, or once this many whole lists in a row have missed it."""

MALFORMED: Final = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)
"""What reading a message that makes no sense may raise."""


@dataclass(slots=True)
class _Known:
    """What is known of a device beside its description."""

    kind: str
    rows: tuple[StateRow, ...]
    version: int | None = None
    missed: int = 0
    has_state: bool = False
    marker: Any = None


class Inventory:
    """The devices of one household."""

    def __init__(self, context: SessionContext, client: GenieClient, household: str) -> None:
        """Keep them in the context's store."""
        self._context = context
        self._store = context.store
        self._client = client
        self._household = household
        self._known: dict[str, _Known] = {}
        self._choices: dict[str, tuple[str, ...]] = {}
        self._scenes: list[Any] = []
        self.listed: frozenset[str] = frozenset()
        """The store ids the last whole list named, whether or not their rows made sense."""
        self.service_id = store_id(f"service_{household}")

    @property
    def ids(self) -> list[str]:
        """Return the store ids of the devices."""
        return list(self._known)

    def kind(self, device_id: str) -> str | None:
        """Return KT's kind of a device; None when it is not ours."""
        known = self._known.get(device_id)
        return known.kind if known else None

    def kinds(self) -> list[str]:
        """Return the kinds, sorted, for diagnostics."""
        return sorted(known.kind for known in self._known.values())

    async def read_all(self) -> None:
        """Read the household and bring the store in line; a device whose row makes no sense harms no other.

        Raises HouseholdGoneError when the account no longer has it, and any other HubError.
        """
        asked_at = {device_id: known.version for device_id, known in self._known.items()}
        try:
            listed = await self._client.async_get(f"households/{segment(self._household)}/devices")
        except NotFoundError as err:
            raise HouseholdGoneError(self._household) from err
        rows = listed.get("devices") if isinstance(listed, dict) else None
        if not isinstance(rows, list):
            raise UnexpectedAnswerError("no list of devices")
        self.listed = frozenset(self._named(rows))
        seen = set()
        for raw in rows:
            try:
                if device_id := await self.add(raw, asked_at):
                    seen.add(device_id)
            except MALFORMED as err:
                _LOGGER.debug("A device's row makes no sense: %r", err)
        self._forget_missing(seen)
        await self._read_scenes()
        self._store.set_device(make_service(self._household, self._scenes))

    def _named(self, rows: list[Any]) -> Iterator[str]:
        """Yield the ids that a list names, but for kinds the person left out."""
        wanted = self._context.options.get("kinds")
        for raw in rows:
            if isinstance(raw, Mapping) and "id" in raw and (not wanted or raw.get("kind") in wanted):
                yield store_id(raw["id"])

    async def add(self, raw: Mapping[str, Any], asked_at: Mapping[str, int | None] | None = None) -> str | None:
        """Describe a listed device and take its state; return its id, None when it is not ours to show.

        `asked_at` are the versions we had when we asked for it. Raises one of MALFORMED for a row without sense.
        """
        kind, device_id = str(raw["kind"]), store_id(raw["id"])
        wanted = self._context.options.get("kinds")
        if wanted and kind not in wanted:
            return None
        device_type, rows = await self._rows(raw, kind)
        device = make_device(raw, device_type, rows)
        if not self._context.owns(device.id):
            return None
        known = self._known.setdefault(device_id, _Known(kind, rows))
        known.kind, known.rows, known.missed = kind, rows, 0
        self._store.set_device(device)
        self.apply(device_id, raw, (asked_at or {}).get(device_id))
        return device_id

    async def refresh(self, device_id: str) -> Mapping[str, Any]:
        """Read one device and return what was read; raise HubError."""
        device = self._store.devices.get(device_id)
        known = self._known.get(device_id)
        if device is None or known is None:
            raise DeviceGoneError(device_id)
        asked_at = known.version
        raw = await self._client.async_get(f"devices/{segment(device.vendor_id)}/state")
        if not isinstance(raw, dict) or not isinstance(raw.get("state"), dict):
            raise UnexpectedAnswerError("no state")
        self.apply(device_id, raw, asked_at)
        return raw

    def apply(self, device_id: str, raw: Mapping[str, Any], asked_at: int | None = None) -> None:
        """Take a whole or partial state unless it is older than the one we have."""
        known = self._known.get(device_id)
        if known is None:
            return
        version = raw.get("version")
        if isinstance(version, int) and not isinstance(version, bool):
            counts_anew = asked_at is not None and version < asked_at
            if known.version is not None and version < known.version and not counts_anew:
                return
            known.version = version
        if isinstance(raw.get("online"), bool):
            self._store.set_available([device_id], available=raw["online"])
        state = raw.get("state")
        if isinstance(state, Mapping):
            self._apply_state(device_id, known, state)

    def set_problem(self, device_id: str, *, problem: bool) -> None:
        """Note whether a device reports something wrong with itself."""
        if device_id in self._known:
            self._store.apply({(device_id, MAIN, Attr.PROBLEM.value): problem})

    def remove(self, device_id: str) -> None:
        """Forget a device."""
        self._known.pop(device_id, None)
        self._choices.pop(device_id, None)
        self._store.remove_device(device_id)

    def set_available(self, *, available: bool) -> None:
        """Mark the service reachable, or everything unreachable: only the cloud knows which device is there."""
        self._store.set_available(
            [self.service_id] if available else [*self._known, self.service_id],
            available=available,
            cloud_away=not available,
        )

    def _apply_state(self, device_id: str, known: _Known, state: Mapping[str, Any]) -> None:
        """Take what the rows find in a state, and tell of what it means has happened."""
        batch: dict[Key, Value] = {
            (device_id, MAIN, str(row.attr)): row.value(state)
            for row in known.rows
            if row.path and row.path.split(".", 1)[0] in state
        }
        self._describe_limits(device_id, known, state)
        self._store.apply(batch)
        kind = KINDS.get(known.kind)
        edge = kind.edge if kind else None
        if edge is None or edge.marker not in state:
            return
        marker = state[edge.marker]
        changed = known.has_state and marker != known.marker
        known.marker, known.has_state = marker, True
        if changed and (happening := edge.happening(state)):
            self._store.fire((device_id, MAIN, edge.attr.value), happening)

    def _describe_limits(self, device_id: str, known: _Known, state: Mapping[str, Any]) -> None:
        """Describe a device anew when a state brings other limits."""
        device = self._store.devices.get(device_id)
        changed = {
            str(row.attr): described
            for row in known.rows
            if device and row.limits and row.keys <= set(state)
            if (described := row.describe(state)) != device.attribute(MAIN, row.attr)
        }
        if device and changed:
            part = device.parts[MAIN]
            self._store.set_device(
                replace(device, parts={MAIN: replace(part, attributes={**part.attributes, **changed})})
            )

    async def _rows(self, raw: Mapping[str, Any], kind: str) -> tuple[DeviceType, tuple[StateRow, ...]]:
        """Return type and rows of a listed device; voices and apps are asked for."""
        device_id, vendor_id = store_id(raw["id"]), segment(raw["id"])
        if kind == SPEAKER:
            voices = await self._read_choices(device_id, f"speakers/{vendor_id}/voices", "voices", "id")
            return DeviceType.SPEAKER, speaker_rows(raw["state"], voices)
        if kind == SET_TOP_BOX:
            return DeviceType.SET_TOP_BOX, box_rows(
                await self._read_choices(device_id, f"iptv/{vendor_id}/apps", "apps", "appId")
            )
        return home_iot_rows(kind, raw["state"])

    async def _read_choices(self, device_id: str, path: str, name: str, key: str) -> tuple[str, ...]:
        """Return the ids of what a speaker or set-top box can choose from; the known ones while the service fails."""
        try:
            listed = await self._client.async_get(path)
            rows = listed.get(name, ())
            self._choices[device_id] = tuple(str(row[key]) for row in rows if row.get("status") != "revoked")
        except AuthError:
            raise
        except (HubError, *MALFORMED) as err:
            _LOGGER.debug("No %s: %r", name, err)
        return self._choices.get(device_id, ())

    async def _read_scenes(self) -> None:
        """Read the scenes of the household; while the service fails, the ones we know stay."""
        try:
            listed = await self._client.async_get(f"households/{segment(self._household)}/scenes")
        except AuthError:
            raise
        except HubError as err:
            _LOGGER.debug("No scenes: %r", err)
            return
        scenes = listed.get("scenes") if isinstance(listed, dict) else None
        self._scenes = scenes if isinstance(scenes, list) else []

    def _forget_missing(self, seen: set[str]) -> None:
        """Count what a list missed; an empty list proves nothing."""
        if not seen:
            return
        for device_id, known in list(self._known.items()):
            known.missed = 0 if device_id in seen else known.missed + 1
            if known.missed >= LISTS_TO_FORGET:
                self.remove(device_id)
