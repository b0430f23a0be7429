"""News, knowledge, weather, music, timers: KT's services, for whoever asks at whichever microphone."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import CONF_KIND, DOMAIN, EntryKind
from ..model.command import Command, Origin
from ..model.device import Device, Value
from ..model.errors import HubError, NotFoundError, NotSupportedError
from ..model.vocabulary import Attr, DeviceType, Vendor
from ..runtime import AccountRuntime
from ..vendors.base import JsonDict, SpokenReply, Utterance, VendorSession
from ..voice.frames import Frame
from . import speech
from .answers import Answer

_WEATHER_TYPES: Final = {"today": "today", "tomorrow": "tomorrow", "weekend": "weekend", "week": "week"}


@dataclass(frozen=True, slots=True)
class Genie:
    """A GiGA Genie account that can be asked, and a speaker of it."""

    session: VendorSession
    runtime: AccountRuntime
    entry_id: str
    speakers: tuple[Device, ...]


def genies(hass: HomeAssistant, only_entry: str | None) -> list[Genie]:
    """Return the loaded GiGA Genie accounts, or the one of a Demo home."""
    found = []
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.data.get(CONF_KIND) == EntryKind.HUB or entry.state is not ConfigEntryState.LOADED:
            continue
        if only_entry not in {None, entry.entry_id}:
            continue
        runtime = entry.runtime_data
        if session := runtime.coordinator.sessions.get(Vendor.GENIE):
            speakers = tuple(device for device in runtime.store.devices.values() if device.type is DeviceType.SPEAKER)
            found.append(Genie(session, runtime, entry.entry_id, speakers))
    return found


async def async_inform(
    hass: HomeAssistant, utterance: Utterance, frame: Frame, only_entry: str | None
) -> SpokenReply | Answer | None:
    """Answer a frame of `INFORMED` by KT's services; None when no account has one. Raises HubError."""
    handler = _HANDLERS[frame.action]
    for genie in genies(hass, only_entry):
        try:
            return await handler(genie, utterance, frame)
        except NotSupportedError:
            continue
    return None


async def _told(genie: Genie, name: str, arguments: JsonDict) -> SpokenReply:
    answer = await genie.session.async_query(name, arguments)
    info = answer.get("metaInfo") or answer
    return _spoken(info)


def _spoken(info: Mapping[str, Any]) -> SpokenReply:
    """Return what a service says, with the picture and media that a display shows."""
    detail = info.get("infoDetail")
    picture = detail.get("imageurl") if isinstance(detail, Mapping) else None
    return SpokenReply(
        text=str(info.get("mesg", "")),
        acted=True,
        picture=str(picture) if picture else None,
        media={"contentType": info.get("contentType"), "infoDetail": detail} if detail else None,
    )


async def _weather(genie: Genie, utterance: Utterance, frame: Frame) -> SpokenReply:
    if reply := await _at_terminal(genie, utterance):
        return reply
    arguments: JsonDict = {"type": _WEATHER_TYPES.get(frame.when or "today", "day")}
    if frame.place:
        arguments["area"] = frame.place
    return await _told(genie, "weather", arguments)


async def _news(genie: Genie, utterance: Utterance, _frame: Frame) -> SpokenReply:
    return await _at_terminal(genie, utterance) or await _told(genie, "news", {"count": 3})


async def _ask(genie: Genie, utterance: Utterance, _frame: Frame) -> SpokenReply:
    return await _at_terminal(genie, utterance) or await _told(genie, "knowledge", {"question": utterance.text})


async def _at_terminal(genie: Genie, utterance: Utterance) -> SpokenReply | None:
    """Ask as a G-INSIDE terminal when an LG appliance heard it: the mirror is then a Genie device like any other."""
    if utterance.assistant != Vendor.THINQ:
        return None
    arguments = {"device": utterance.device_id, "text": utterance.text, "language": utterance.language}
    try:
        answer = await genie.session.async_query("terminal", arguments)
    except HubError:
        return None
    reply = _spoken(answer)
    return reply if reply.text else None


async def _timer_start(genie: Genie, utterance: Utterance, frame: Frame) -> Answer:
    speaker = speaker_near(genie, utterance)
    arguments = {"device": speaker.vendor_id, "seconds": frame.seconds, "label": frame.name or ""}
    await genie.session.async_query("set_timer", arguments)
    return Answer("timer_start", {"seconds": frame.seconds or 0})


async def _alarm_set(genie: Genie, utterance: Utterance, frame: Frame) -> Answer:
    speaker = speaker_near(genie, utterance)
    moment = next_moment(frame.at or "", dt_util.now(), frame.when)
    arguments = {"device": speaker.vendor_id, "at": moment.isoformat(), "label": frame.name or ""}
    await genie.session.async_query("set_timer", arguments)
    return Answer("alarm_set", {"value": speech.moment(moment, utterance.language)})


async def _timers(genie: Genie, utterance: Utterance) -> list[JsonDict]:
    state = await genie.session.async_query("timers", {"device": speaker_near(genie, utterance).vendor_id})
    timers = (state.get("state") or {}).get("timers") or []
    return [timer for timer in timers if isinstance(timer, dict)]


async def _timer_query(genie: Genie, utterance: Utterance, _frame: Frame) -> Answer:
    timers = await _timers(genie, utterance)
    if not timers:
        return Answer("timer_none", {})
    left = datetime.fromisoformat(timers[0]["fireAt"]) - dt_util.now()
    return Answer("timer_left", {"seconds": max(0, round(left / timedelta(seconds=1)))})


async def _timer_cancel(genie: Genie, utterance: Utterance, frame: Frame) -> Answer:
    timers = await _timers(genie, utterance)
    wanted = [timer for timer in timers if not frame.name or frame.name in str(timer.get("label", ""))]
    if not wanted:
        return Answer("timer_none", {})
    speaker = speaker_near(genie, utterance)
    for timer in wanted:
        await genie.session.async_query("cancel_timer", {"device": speaker.vendor_id, "timer": timer["id"]})
    return Answer("timer_cancel", {})


def speaker_near(genie: Genie, utterance: Utterance) -> Device:
    """Return the speaker that heard it, the one in its room, or the first."""
    if not genie.speakers:
        raise NotFoundError("no speaker", name="")
    heard_it = [speaker for speaker in genie.speakers if speaker.id == utterance.device_id]
    near = [speaker for speaker in genie.speakers if utterance.room is not None and speaker.room == utterance.room]
    return (heard_it or near or list(genie.speakers))[0]


def next_moment(clock: str, now: datetime, when: str | None = None) -> datetime:
    """Return the next moment of a time of day ("07:00"), tomorrow's when that is said."""
    hour, _, minute = clock.partition(":")
    moment = now.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0)
    if when == "tomorrow" or moment <= now:
        moment += timedelta(days=1)
    return moment


async def _play_video(genie: Genie, _utterance: Utterance, frame: Frame) -> Answer:
    """Find a video and play it on the set-top box."""
    if frame.app or not frame.title:
        raise NotSupportedError("videos of an app")
    runtime = genie.runtime
    boxes = [device for device in runtime.store.devices.values() if device.type is DeviceType.SET_TOP_BOX]
    if not boxes:
        raise NotSupportedError("no set-top box")
    found = await genie.session.async_query("videos", {"device": boxes[0].vendor_id, "query": frame.title})
    free = [row for row in found.get("videos", ()) if not row.get("price")]
    if not free:
        raise NotFoundError(frame.title, name=frame.title)
    values: dict[str, Value] = {Attr.MEDIA: f"vod:{free[0]['vodId']}"}
    await runtime.bus.send(Command(device_id=boxes[0].id, values=values, origin=Origin.VOICE))
    return Answer("play_video", {"title": free[0]["title"]})


type _Handler = Callable[[Genie, Utterance, Frame], Awaitable[SpokenReply | Answer]]
_HANDLERS: Final[Mapping[str, _Handler]] = {
    "weather": _weather,
    "news": _news,
    "ask": _ask,
    "timer_start": _timer_start,
    "timer_query": _timer_query,
    "timer_cancel": _timer_cancel,
    "alarm_set": _alarm_set,
    "play_video": _play_video,
}
INFORMED: Final = frozenset({*_HANDLERS, "time", "date"})
