"""News, knowledge, weather, music, timers: KT's services, for whoever asks at whichever microphone."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..model.command import Command, Origin
from ..model.device import Value
from ..model.errors import HubError, NotFoundError, NotSupportedError
from ..model.vocabulary import Attr, DeviceType, Vendor
from ..vendors.base import JsonDict, SpokenReply, Utterance
from ..voice.frames import Frame
from ..voice.times import days_until
from . import timers
from .answers import Answer
from .speakers import Genie, genies

type Undo = list[Callable[[], Awaitable[object]]]
"""What takes back what was set for later."""

_WEATHER_TYPES: Final = {"weekend": "weekend", "this_week": "week"}
_WEATHER_DAYS: Final = ("today", "tomorrow", "day")
_FORECAST_DAYS: Final = 7
_UNTOLD: Final = frozenset({"next_week", "this_month"})


async def async_inform(
    hass: HomeAssistant, utterance: Utterance, frame: Frame, only_entry: str | None, undo: Undo | None = None
) -> SpokenReply | Answer | None:
    """Answer a frame of `INFORMED` by KT's services; None when no account has one. Raises HubError.

    What it sets for later adds to `undo` what takes it back.
    """
    handler = _HANDLERS[frame.action]
    for genie in genies(hass, only_entry):
        try:
            answer = await handler(genie, utterance, frame)
        except NotSupportedError:
            continue
        if undo is not None and isinstance(answer, Answer) and (timer := answer.values.get("timer")):
            undo.append(partial(genie.session.async_query, "cancel_timer", timer))
        return answer
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


async def _weather(genie: Genie, utterance: Utterance, frame: Frame) -> SpokenReply | Answer:
    if reply := await _at_terminal(genie, utterance):
        return reply
    days = days_until(frame.when, dt_util.now())
    if days >= _FORECAST_DAYS or frame.when in _UNTOLD:
        return Answer("no_forecast", {})
    day = _WEATHER_DAYS[days] if days < len(_WEATHER_DAYS) else "week"
    arguments: JsonDict = {"type": _WEATHER_TYPES.get(frame.when or "", day)}
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
    "timer_start": timers.timer_start,
    "timer_query": timers.query,
    "timer_cancel": timers.cancel,
    "alarm_set": timers.alarm_set,
    "play_video": _play_video,
}
INFORMED: Final = frozenset({*_HANDLERS, "time", "date"})
