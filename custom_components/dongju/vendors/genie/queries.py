"""Questions to KT's services, by name: news, knowledge, music, programme guide, channels, timers, weather."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from ...model.errors import NotFoundError
from ..base import JsonDict
from .client import GenieClient, segment
from .describe import store_id

type Query = Callable[[GenieClient, str, JsonDict], Awaitable[JsonDict]]

_STORE_PREFIX: Final = store_id("")


def _object(answer: Any) -> JsonDict:
    return answer if isinstance(answer, dict) else {}


def _device(arguments: JsonDict) -> str:
    """Return the device of a question as a segment of a path; it may be named by its id here or at KT."""
    return segment(str(arguments.get("device", "")).removeprefix(_STORE_PREFIX))


def _get(path: str, **names: str) -> Query:
    """Return a query of one GET: `names` are our argument -> the query's parameter; `{device}` is filled in."""

    async def query(client: GenieClient, household: str, arguments: JsonDict) -> JsonDict:
        wanted = {theirs: str(arguments[ours]) for ours, theirs in names.items() if arguments.get(ours) is not None}
        filled = path
        if "{device}" in path:
            filled = path.replace("{device}", _device(arguments))
        if "{playlist}" in path:
            filled = path.replace("{playlist}", segment(arguments["playlist"]))
        return _object(await client.async_get(filled.replace("{household}", segment(household)), wanted))

    return query


async def _knowledge(client: GenieClient, _household: str, arguments: JsonDict) -> JsonDict:
    question = str(arguments["question"])
    try:
        return _object(await client.async_get("services/knowledge", {"q": question}))
    except NotFoundError as err:
        raise NotFoundError(err.detail, name=question) from err


async def _search_videos(client: GenieClient, _household: str, arguments: JsonDict) -> JsonDict:
    return _object(await client.async_post(f"iptv/{_device(arguments)}/vod/search", {"query": str(arguments["query"])}))


async def _run_scene(client: GenieClient, household: str, arguments: JsonDict) -> JsonDict:
    path = f"households/{segment(household)}/scenes/{segment(arguments['scene'])}/run"
    return _object(await client.async_command(path, {}))


async def _ask(client: GenieClient, _household: str, arguments: JsonDict) -> JsonDict:
    """Ask a speaker's service in words (news, weather, knowledge, music); NotFoundError when no service answers.

    Never with the skill: the hub would be asked what it could not answer itself.
    """
    body = {"text": str(arguments["text"]), "lang": arguments.get("language", "ko"), "servicesOnly": True}
    answer = _object(await client.async_post(f"speakers/{_device(arguments)}/query", body))
    if not answer.get("handled"):
        raise NotFoundError("no service answers", name=str(arguments["text"]))
    return answer


async def _set_timer(client: GenieClient, _household: str, arguments: JsonDict) -> JsonDict:
    """Set a timer of `seconds`, or an alarm `at` an ISO 8601 time, on `repeat` weekdays (mon to sun)."""
    label = str(arguments.get("label") or "")
    if at := arguments.get("at"):
        body: JsonDict = {"kind": "alarm", "setTime": at, "label": label, "repeat": arguments.get("repeat") or []}
    else:
        body = {"reqAct": "0", "inSeconds": arguments["seconds"], "label": label}
    return _object(await client.async_command(f"speakers/{_device(arguments)}/timers", body))


async def _cancel_timer(client: GenieClient, _household: str, arguments: JsonDict) -> JsonDict:
    name = str(arguments["timer"])
    try:
        return _object(await client.async_delete(f"speakers/{_device(arguments)}/timers/{segment(name)}"))
    except NotFoundError as err:
        raise NotFoundError(err.detail, name=name) from err


QUERIES: Final[Mapping[str, Query]] = {
    "weather": _get("services/weather", area="area", type="type"),
    "news": _get("services/news", topic="topic", count="count"),
    "knowledge": _knowledge,
    "music_search": _get("services/music/search", query="q", limit="limit"),
    "playlists": _get("services/music/playlists"),
    "playlist": _get("services/music/playlists/{playlist}"),
    "music_link": _get("services/music/link"),
    "queue": _get("speakers/{device}/queue"),
    "channels": _get("iptv/{device}/channels"),
    "programmes": _get("iptv/{device}/epg", channel="ch", start="from", end="to"),
    "apps": _get("iptv/{device}/apps"),
    "videos": _search_videos,
    "scenes": _get("households/{household}/scenes"),
    "run_scene": _run_scene,
    "alerts": _get("households/{household}/alerts"),
    "diagnosis": _get("devices/{device}/diagnosis"),
    "ask": _ask,
    "timers": _get("devices/{device}/state"),
    "set_timer": _set_timer,
    "cancel_timer": _cancel_timer,
}
