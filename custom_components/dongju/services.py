"""Service actions, registered once: KT's services, timers, channels, programme guide, scenes, the Demo home by hand."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, cast
import unicodedata

from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, device_registry as dr, entity_registry as er, service
import voluptuous as vol

from . import devices
from .const import CONF_KIND, DOMAIN, EntryKind
from .demo import DemoHome
from .errors import translated
from .media_browse import songs
from .model.device import Device
from .model.errors import AmbiguousError, HubError, IncompleteError, NotFoundError
from .model.vocabulary import DeviceType, Vendor
from .queries import info_detail
from .runtime import AccountEntry
from .set_top_box import GUIDE_HOURS
from .speaker import WEEKDAYS
from .vendors.base import VendorSession

TOPICS: Final = ("main", "economy", "society", "sports", "culture", "it")
_ACCOUNT: Final = {vol.Optional("config_entry_id"): cv.string}
_SAY_WAIT_S: Final = 8
_MAX_HOURS: Final = 24


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register every action."""
    for name, (handler, fields, response) in _ACTIONS.items():
        hass.services.async_register(DOMAIN, name, handler, schema=vol.Schema(fields), supports_response=response)
    for name, (method, schema, response) in _PLAYER_ACTIONS.items():
        service.async_register_platform_entity_service(
            hass, DOMAIN, name, entity_domain=MEDIA_PLAYER, schema=schema, func=method, supports_response=response
        )


async def _get_news(call: ServiceCall) -> dict[str, Any]:
    """Return the headlines of a topic, and what KT would say."""
    answer = await _ask(_account(call), "news", topic=call.data["topic"], count=call.data["count"])
    rows = info_detail(answer).get("newsList")
    return {
        "speech": _speech(answer),
        "articles": [
            {
                "title": row.get("title"),
                "summary": row.get("summary"),
                "press": row.get("press"),
                "category": row.get("category"),
                "published_at": row.get("publishedAt"),
            }
            for row in (rows if isinstance(rows, list) else ())
            if isinstance(row, Mapping)
        ],
    }


async def _async_ask(call: ServiceCall) -> dict[str, Any]:
    """Ask KT's services in words, at a speaker where the account has one; return the answer."""
    entry = _account(call)
    text: str = call.data["text"]
    speaker = _speaker(call, entry)
    if speaker is None:
        answer = await _ask(entry, "knowledge", question=text)
    else:
        language = call.data.get("language") or ("en" if call.hass.config.language.startswith("en") else "ko")
        answer = await _ask(entry, "ask", device=speaker, text=text, language=language)
    info = answer.get("metaInfo")
    facts = info if isinstance(info, Mapping) else {}
    return {
        "answer": _speech(answer),
        "content_type": facts.get("contentType"),
        "detail": dict(info_detail(answer)),
    }


async def _search_music(call: ServiceCall) -> dict[str, Any]:
    """Return the songs that a search of Genie Music finds, each with the id to play it by."""
    answer = await _ask(_account(call), "music_search", query=call.data["query"], limit=call.data["limit"])
    return {
        "songs": [
            {
                "media_content_id": f"track:{row['trackId']}",
                "title": row.get("title"),
                "artist": row.get("artist"),
                "album": row.get("album"),
                "image": row.get("imageurl"),
                "duration": row.get("duration"),
            }
            for row in songs(answer)
        ]
    }


async def _run_scene(call: ServiceCall) -> dict[str, Any] | None:
    """Run a scene by its id, name or other name; what did not follow is named in an error."""
    entry = _account(call)
    listed = await _ask(entry, "scenes")
    rows = listed.get("scenes")
    scene = _find_scene(call.data["scene"], [row for row in rows or () if isinstance(row, Mapping)])
    answer = await _ask(entry, "run_scene", scene=scene["id"])
    results = [row for row in answer.get("results") or () if isinstance(row, Mapping)]
    names = {device.vendor_id: device.name for device in entry.runtime_data.store.devices.values()}
    told = [
        {"name": names.get(str(row.get("deviceId")), str(row.get("deviceId"))), "done": _is_done(row)}
        for row in results
    ]
    if call.return_response:
        return {"scene": scene.get("name"), "devices": told}
    if failed := [str(device["name"]) for device in told if not device["done"]]:
        raise translated(IncompleteError("scene", names=", ".join(failed)))
    return None


async def _use_demo_device(call: ServiceCall) -> dict[str, Any]:
    """Do by hand to a device of the Demo home what a person in the flat would; return what its cloud tells."""
    demo, device = _demo_device(call)
    details = dict(call.data["data"])
    if call.data["act"] == "say":
        details.setdefault("wait", _SAY_WAIT_S)
    try:
        return await demo.async_use(device, call.data["act"], details)
    except ValueError as err:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="demo_refused",
            translation_placeholders={"device": device.name, "reason": str(err)},
        ) from err


def _demo_device(call: ServiceCall) -> tuple[DemoHome, Device]:
    """Return the Demo home and the device of it that is meant."""
    registered = dr.async_get(call.hass).async_get(call.data["device_id"])
    device_id = devices.device_id(call.hass, registered) if registered else None
    for entry in call.hass.config_entries.async_entries(DOMAIN):
        if entry.data[CONF_KIND] != EntryKind.DEMO or entry.state is not ConfigEntryState.LOADED:
            continue
        runtime = cast("AccountEntry", entry).runtime_data
        device = runtime.store.devices.get(device_id or "")
        if runtime.coordinator.demo and device:
            return runtime.coordinator.demo, device
    raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_a_demo_device")


def _is_done(result: Mapping[str, Any]) -> bool:
    rc = result.get("rc")
    return isinstance(rc, int) and rc < 400


def _find_scene(wanted: str, scenes: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the scene of this id, name or alias; raise a translated error for none or several."""
    plain = _plain(wanted)
    steps = (
        lambda scene: scene.get("id") == wanted,
        lambda scene: _plain(str(scene.get("name"))) == plain,
        lambda scene: plain in {_plain(str(alias)) for alias in scene.get("aliases") or ()},
    )
    for step in steps:
        found = [scene for scene in scenes if step(scene)]
        if len(found) > 1:
            candidates = ", ".join(str(scene.get("name")) for scene in found)
            raise translated(AmbiguousError(wanted, candidates=candidates))
        if found:
            return found[0]
    raise translated(NotFoundError(wanted, name=wanted))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().replace(" ", "")


def _account(call: ServiceCall) -> AccountEntry:
    """Return the account that is meant: the named one, or the only one with KT's services."""
    if entry_id := call.data.get("config_entry_id"):
        entry = cast("AccountEntry", service.async_get_config_entry(call.hass, DOMAIN, entry_id))
        if not _has_services(entry):
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_genie_account")
        return entry
    entries = [
        cast("AccountEntry", entry)
        for entry in call.hass.config_entries.async_entries(DOMAIN)
        if entry.state is ConfigEntryState.LOADED and _has_services(entry)
    ]
    if not entries:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_genie_account")
    if len(entries) > 1:
        names = ", ".join(entry.title for entry in entries)
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="which_account", translation_placeholders={"accounts": names}
        )
    return entries[0]


def _has_services(entry: Any) -> bool:
    return entry.data[CONF_KIND] != EntryKind.HUB and Vendor.GENIE in entry.runtime_data.coordinator.sessions


def _speaker(call: ServiceCall, entry: AccountEntry) -> str | None:
    """Return the speaker to ask at: the named entity's, else the account's first; None without any."""
    speakers = {
        device.id: device.vendor_id
        for device in entry.runtime_data.store.devices.values()
        if device.type is DeviceType.SPEAKER
    }
    if entity_id := call.data.get("entity_id"):
        entity = er.async_get(call.hass).async_get(entity_id)
        known = [
            vendor_id
            for device_id, vendor_id in speakers.items()
            if entity and entity.unique_id.startswith(f"{device_id}-")
        ]
        if not known or entity is None or entity.config_entry_id != entry.entry_id:
            raise translated(NotFoundError(entity_id, name=entity_id))
        return known[0]
    return next(iter(speakers.values()), None)


async def _ask(entry: AccountEntry, name: str, **arguments: Any) -> dict[str, Any]:
    session: VendorSession = entry.runtime_data.coordinator.session(Vendor.GENIE)
    try:
        return await session.async_query(name, arguments)
    except HubError as err:
        raise translated(err) from err


def _speech(answer: Mapping[str, Any]) -> str:
    info = answer.get("metaInfo")
    return str(info.get("mesg") or "") if isinstance(info, Mapping) else ""


_ACTIONS: Final[Mapping[str, tuple[Any, dict[Any, Any], SupportsResponse]]] = {
    "get_news": (
        _get_news,
        {
            **_ACCOUNT,
            vol.Optional("topic", default="main"): vol.In(TOPICS),
            vol.Optional("count", default=5): vol.All(vol.Coerce(int), vol.Range(min=1, max=10)),
        },
        SupportsResponse.ONLY,
    ),
    "ask": (
        _async_ask,
        {
            **_ACCOUNT,
            vol.Required("text"): vol.All(cv.string, vol.Length(min=1, max=500)),
            vol.Optional("language"): vol.In(("ko", "en")),
            vol.Optional("entity_id"): cv.entity_id,
        },
        SupportsResponse.ONLY,
    ),
    "search_music": (
        _search_music,
        {
            **_ACCOUNT,
            vol.Required("query"): vol.All(cv.string, vol.Length(min=1, max=200)),
            vol.Optional("limit", default=10): vol.All(vol.Coerce(int), vol.Range(min=1, max=50)),
        },
        SupportsResponse.ONLY,
    ),
    "use_demo_device": (
        _use_demo_device,
        {
            vol.Required("device_id"): cv.string,
            vol.Required("act"): cv.string,
            vol.Optional("data", default=dict): {str: object},
        },
        SupportsResponse.OPTIONAL,
    ),
    "run_scene": (_run_scene, {**_ACCOUNT, vol.Required("scene"): cv.string}, SupportsResponse.OPTIONAL),
}
"""Actions of an account or of the Demo home: handler, fields, whether there is an answer."""

_PLAYER_ACTIONS: Final[Mapping[str, tuple[str, dict[Any, Any] | None, SupportsResponse]]] = {
    "get_channels": ("async_get_channels", None, SupportsResponse.ONLY),
    "get_programmes": (
        "async_get_programmes",
        {
            vol.Optional("channel"): cv.string,
            vol.Optional("start"): cv.datetime,
            vol.Optional("hours", default=GUIDE_HOURS): vol.All(vol.Coerce(float), vol.Range(min=0.5, max=_MAX_HOURS)),
        },
        SupportsResponse.ONLY,
    ),
    "set_timer": (
        "async_set_timer",
        {
            vol.Optional("duration"): vol.All(cv.positive_time_period, vol.Range(min=timedelta(seconds=1))),
            vol.Optional("time"): cv.time,
            vol.Optional("label", default=""): vol.All(cv.string, vol.Length(max=100)),
            vol.Optional("repeat", default=[]): vol.All(cv.ensure_list, [vol.In(WEEKDAYS)]),
        },
        SupportsResponse.OPTIONAL,
    ),
    "cancel_timer": (
        "async_cancel_timer",
        {vol.Optional("timer_id"): cv.string, vol.Optional("label"): cv.string},
        SupportsResponse.OPTIONAL,
    ),
    "list_timers": ("async_list_timers", None, SupportsResponse.ONLY),
}
"""Actions of a media player: method, fields, whether there is an answer."""
