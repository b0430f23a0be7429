"""The home as voice sees it, from Home Assistant's registries and our accounts; cached until one of them changes."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from homeassistant.components.homeassistant.exposed_entities import async_listen_entity_updates, async_should_expose
from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED, ConfigEntry, ConfigEntryChange, ConfigEntryState
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
)
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util.event_type import EventType

from .. import devices
from ..const import CONF_KIND, CONF_VOICE_HIDDEN, DOMAIN, EntryKind
from ..model.device import MAIN, Device, Part
from ..model.vocabulary import Attr, DeviceType
from ..runtime import AccountEntry
from ..voice.home import HomeArea, HomeDevice, HomeIndex, HomeScene
from ..voice.understand import Understander
from .compartment_words import compartment_words
from .room_words import other_names
from .targets import (
    ENTITY_CLASS_KINDS,
    ENTITY_KINDS,
    MEDIA_TYPES,
    NAMED_KINDS,
    NOTICE_KINDS,
    OWN_KINDS,
    SCENE_DOMAINS,
    EntityTarget,
    OwnTarget,
    Target,
)

ASSISTANT: Final = "conversation"

_RANGES: Final = (
    (Attr.TARGET_TEMPERATURE, "C"),
    (Attr.HOT_WATER_TARGET_TEMPERATURE, "C"),
    (Attr.TARGET_HUMIDITY, "%"),
)
_KIMCHI_AND_WINE: Final = frozenset({DeviceType.KIMCHI_REFRIGERATOR, DeviceType.WINE_CELLAR})


@dataclass(slots=True)
class HomeMap:
    """A home ready for understanding, and what each of its devices really is."""

    understander: Understander
    targets: dict[str, Target] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def name(self, device_id: str) -> str:
        """Return what people call a device."""
        return self.names.get(device_id, "")


class HomeMaps:
    """Builds home maps when they are asked for and forgets them when the home changes."""

    def __init__(self, hass: HomeAssistant, scenes: Sequence[str] = ()) -> None:
        """Start without any; `scenes` are the scenes and scripts that voice may run."""
        self._hass = hass
        self._scenes = scenes
        self._maps: dict[str | None, HomeMap] = {}
        self._stop: list[Callable[[], None]] = []

    @callback
    def start(self) -> None:
        """Follow the registries and the accounts."""
        events: tuple[EventType[Any], ...] = (
            ar.EVENT_AREA_REGISTRY_UPDATED,
            dr.EVENT_DEVICE_REGISTRY_UPDATED,
            er.EVENT_ENTITY_REGISTRY_UPDATED,
            fr.EVENT_FLOOR_REGISTRY_UPDATED,
        )
        self._stop = [self._hass.bus.async_listen(event, self._handle_event) for event in events]
        self._stop.append(async_listen_entity_updates(self._hass, ASSISTANT, self.forget))
        self._stop.append(async_dispatcher_connect(self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._handle_entry))

    @callback
    def stop(self) -> None:
        """Follow nothing."""
        for stop in self._stop:
            stop()
        self._stop.clear()
        self._maps.clear()

    @callback
    def forget(self) -> None:
        """Build anew when next asked."""
        self._maps.clear()

    @callback
    def _handle_event(self, _event: Event) -> None:
        self.forget()

    @callback
    def _handle_entry(self, _change: ConfigEntryChange, _entry: ConfigEntry) -> None:
        self.forget()

    def get(self, entry_id: str | None = None) -> HomeMap:
        """Return the whole home, or only what belongs to one entry (a Demo microphone reaches Demo devices)."""
        if entry_id not in self._maps:
            self._maps[entry_id] = _Builder(self._hass, entry_id, self._scenes).build()
        return self._maps[entry_id]


class _Builder:
    def __init__(self, hass: HomeAssistant, only_entry: str | None, allowed: Sequence[str]) -> None:
        self._hass = hass
        self._only = only_entry
        self._allowed = allowed
        self._areas = ar.async_get(hass)
        self._devices = dr.async_get(hass)
        self._entities = er.async_get(hass)
        self._home_devices: list[HomeDevice] = []
        self._scenes: list[HomeScene] = []
        self._targets: dict[str, Target] = {}
        self._names: dict[str, str] = {}

    def build(self) -> HomeMap:
        for entry in self._hass.config_entries.async_entries(DOMAIN):
            if entry.data.get(CONF_KIND) != EntryKind.HUB and entry.state is ConfigEntryState.LOADED:
                self._add_account(entry)
        if self._only is None:
            self._add_entities()
            self._add_scenes()
        index = HomeIndex(
            areas=tuple(self._home_areas()), devices=tuple(self._told_apart()), scenes=tuple(self._scenes)
        )
        return HomeMap(Understander(index), self._targets, self._names)

    def _home_areas(self) -> Iterator[HomeArea]:
        areas = list(self._areas.async_list_areas())
        taken = frozenset(name.casefold() for area in areas for name in (area.name, *area.aliases))
        for area in areas:
            names = (area.name, *sorted(area.aliases))
            yield HomeArea(id=area.id, names=(*names, *other_names(names, taken)), floor=area.floor_id)

    def _told_apart(self) -> Iterator[HomeDevice]:
        """Give a name of its own to what is not simply "the living room's light" where there are several."""
        count = Counter((device.kind, device.area) for device in self._home_devices)
        for device in self._home_devices:
            area = self._areas.async_get_area(device.area) if device.area else None
            plain = area is not None and any(name.startswith(area.name) for name in device.names)
            alone = count[device.kind, device.area] == 1
            yield device if alone or plain else replace(device, name=device.id)

    def _add_account(self, entry: AccountEntry) -> None:
        if self._only not in {None, entry.entry_id}:
            return
        hidden = set(entry.options.get(CONF_VOICE_HIDDEN, ()))
        for device in entry.runtime_data.store.devices.values():
            if device.id not in hidden:
                self._add_own(entry, device)

    def _add_own(self, entry: AccountEntry, device: Device) -> None:
        """Add a device of ours: whole, or part by part where the parts are what people name."""
        if device.type in MEDIA_TYPES:
            self._add_media(entry, device)
            return
        for part in device.parts.values():
            kind = _kind(device, part)
            if kind is None:
                continue
            others = tuple(other for other in device.parts if other != part.id)
            order = (part.id, *others) if device.type is DeviceType.REFRIGERATOR else (part.id, MAIN)
            self._add(
                f"{device.id}/{part.id}",
                kind,
                OwnTarget(entry.entry_id, device.id, tuple(dict.fromkeys(order))),
                self._registry_names(entry, device, part),
                self._area(entry, device, part),
                _range(device, (part, *(device.parts[other] for other in others))),
            )

    def _add_media(self, entry: AccountEntry, device: Device) -> None:
        """Add a speaker or set-top box by its media player."""
        registered = devices.find(self._devices, entry.entry_id, device.id)
        if registered is None:
            return
        for entity in er.async_entries_for_device(self._entities, registered.id):
            if entity.domain == "media_player":
                names = self._registry_names(entry, device, device.parts[MAIN])
                area = self._area(entry, device, device.parts[MAIN])
                self._add(device.id, OWN_KINDS[device.type], EntityTarget(entity.entity_id), names, area, None)

    def _add_entities(self) -> None:
        """Add what other integrations have and the person exposed."""
        for state in self._hass.states.async_all():
            entity = self._entities.async_get(state.entity_id)
            if entity is not None and (entity.platform == DOMAIN or entity.hidden_by or entity.entity_category):
                continue
            if not async_should_expose(self._hass, ASSISTANT, state.entity_id):
                continue
            names = er.async_get_entity_aliases(self._hass, entity, allow_empty=False) if entity else [state.name]
            names = list(dict.fromkeys([state.name, *names]))
            device_class = str(state.attributes.get("device_class", ""))
            kind = ENTITY_CLASS_KINDS.get((state.domain, device_class), ENTITY_KINDS.get(state.domain))
            if kind:
                area = self._entity_area(entity)
                limits = _entity_range(state.attributes)
                self._add(state.entity_id, kind, EntityTarget(state.entity_id), tuple(names), area, limits)

    def _add_scenes(self) -> None:
        """Add the scenes and scripts that the person allowed one by one: each does whatever its owner put into it."""
        for entity_id in self._allowed:
            state = self._hass.states.get(entity_id)
            if state is None or state.domain not in SCENE_DOMAINS:
                continue
            entity = self._entities.async_get(entity_id)
            names = er.async_get_entity_aliases(self._hass, entity, allow_empty=False) if entity else []
            plain = entity.original_name if entity else None
            known = dict.fromkeys(name for name in (state.name, plain, *names) if name)
            self._scenes.append(HomeScene(id=entity_id, names=tuple(known)))
            self._targets[entity_id] = EntityTarget(entity_id)
            self._names[entity_id] = (entity.name if entity else None) or plain or state.name

    def _entity_area(self, entity: er.RegistryEntry | None) -> str | None:
        if entity is None:
            return None
        if entity.area_id:
            return entity.area_id
        device = self._devices.async_get(entity.device_id) if entity.device_id else None
        return device.area_id if device else None

    def _add(
        self,
        device_id: str,
        kind: str,
        target: Target,
        names: tuple[str, ...],
        area: str | None,
        limits: tuple[float, float, str] | None,
    ) -> None:
        self._targets[device_id] = target
        self._names[device_id] = names[0] if names else device_id
        self._home_devices.append(
            HomeDevice(
                id=device_id,
                kind=kind,
                area=area,
                names=names,
                range=limits[:2] if limits else None,
                unit=limits[2] if limits else "",
            )
        )

    def _registry_names(self, entry: AccountEntry, device: Device, part: Part) -> tuple[str, ...]:
        """Return the names of a device or part: what the person gave it first."""
        names = []
        whole = part.type is device.type or part.id.casefold() == "fridge"
        for part_id in dict.fromkeys((part.id, MAIN)) if whole else (part.id,):
            registered = devices.find(self._devices, entry.entry_id, device.id, part_id)
            if registered is None:
                continue
            names += [name for name in (registered.name_by_user, registered.name) if name]
            for entity in er.async_entries_for_device(self._entities, registered.id):
                names += [alias for alias in entity.aliases if isinstance(alias, str)]
        if part.id and names:
            # "the washtower's washer": the part alone may be called like another device.
            whole_entry = devices.find(self._devices, entry.entry_id, device.id)
            parent = (whole_entry.name_by_user or whole_entry.name) if whole_entry else device.name
            others = compartment_words(names[0]) if device.type in _KIMCHI_AND_WINE else ()
            names += [f"{parent} {name}" for name in (*names, *others) if name != parent]
        return tuple(dict.fromkeys(names)) or (device.name,)

    def _area(self, entry: AccountEntry, device: Device, part: Part) -> str | None:
        for part_id in (part.id, MAIN):
            registered = devices.find(self._devices, entry.entry_id, device.id, part_id)
            if registered is not None and registered.area_id:
                return registered.area_id
        return None


def _kind(device: Device, part: Part) -> str | None:
    """Return the voice kind of a part, or None for one that people do not name."""
    if device.type is DeviceType.REFRIGERATOR:
        if part.id == MAIN:
            return None if len(device.parts) > 1 else "fridge"
        if "freezer" in part.id.casefold():
            return "freezer"
        # A convertible compartment is neither "the fridge" nor "the freezer" to anybody.
        return "fridge" if part.id.casefold() == "fridge" or not _has_fridge(device) else None
    if part.id == MAIN:
        if device.type is DeviceType.WASHTOWER or (_only_in_parts(device) and device.type in OWN_KINDS):
            return None
        for attribute, kind in NOTICE_KINDS.items():
            if device.attribute(part.id, attribute):
                return kind
        named = NAMED_KINDS.get(device.type, {})
        name = device.name.casefold()
        return next((kind for word, kind in named.items() if word in name), OWN_KINDS.get(device.type))
    return "compartment" if device.type in _KIMCHI_AND_WINE else OWN_KINDS.get(part.type)


def _has_fridge(device: Device) -> bool:
    return any(part_id.casefold() == "fridge" for part_id in device.parts)


def _only_in_parts(device: Device) -> bool:
    """Tell whether what a device does, its parts do (both cavities of an oven, the gangs of a switch)."""
    return any(part.id and part.type in OWN_KINDS for part in device.parts.values())


def _range(device: Device, parts: tuple[Part, ...]) -> tuple[float, float, str] | None:
    for part in parts:
        for key, unit in _RANGES:
            attribute = device.attribute(part.id, key)
            if attribute and attribute.minimum is not None and attribute.maximum is not None:
                shown = "F" if attribute.unit and attribute.unit.endswith("F") else unit
                return attribute.minimum, attribute.maximum, shown
    return None


def _entity_range(attributes: Mapping[str, Any]) -> tuple[float, float, str] | None:
    for low, high, unit in (("min_temp", "max_temp", "C"), ("min_humidity", "max_humidity", "%")):
        least, most = attributes.get(low), attributes.get(high)
        if isinstance(least, int | float) and isinstance(most, int | float):
            return float(least), float(most), unit
    return None
