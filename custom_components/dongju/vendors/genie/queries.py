"""Questions to KT's services, by name: news, knowledge, music, programme guide, channels, weather."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from ...model.errors import NotFoundError
from ..base import JsonDict
from .client import GenieClient

type Query = Callable[[GenieClient, str, JsonDict], Awaitable[JsonDict]]


def _get(path: str, **names: str) -> Query:
    """Return a query of one GET: `names` are our argument -> the query's parameter; `{device}` is filled in."""

    async def query(client: GenieClient, household: str, arguments: JsonDict) -> JsonDict:
        wanted = {theirs: _text(arguments[ours]) for ours, theirs in names.items() if arguments.get(ours) is not None}
        filled = path.format(device=arguments.get("device", ""), household=household)
        answer = await client.async_get(filled, wanted)
        return answer if isinstance(answer, dict) else {}

    return query


async def _search_videos(client: GenieClient, _household: str, arguments: JsonDict) -> JsonDict:
    answer = await client.async_post(f"iptv/{arguments['device']}/vod/search", {"query": arguments["query"]})
    return answer if isinstance(answer, dict) else {}


async def _run_scene(client: GenieClient, household: str, arguments: JsonDict) -> JsonDict:
    _, answer = await client.async_command(f"households/{household}/scenes/{arguments['scene']}/run", {})
    return answer if isinstance(answer, dict) else {}


async def _ask(client: GenieClient, _household: str, arguments: JsonDict) -> JsonDict:
    """Ask a speaker's service in words (news, weather, knowledge, music); NotFoundError when no service answers."""
    body = {"text": arguments["text"], "lang": arguments.get("language", "ko"), "servicesOnly": True}
    answer = await client.async_post(f"speakers/{arguments['device']}/query", body)
    if not isinstance(answer, dict) or not answer.get("handled"):
        raise NotFoundError("no service answers", name=str(arguments["text"]))
    return answer


async def _set_timer(client: GenieClient, _household: str, arguments: JsonDict) -> JsonDict:
    body: JsonDict = {"reqAct": "0", "inSeconds": arguments["seconds"], "label": arguments.get("label", "")}
    if at := arguments.get("at"):
        body = {"kind": "alarm", "setTime": at, "label": arguments.get("label", "")}
    _, answer = await client.async_command(f"speakers/{arguments['device']}/timers", body)
    return answer if isinstance(answer, dict) else {}


async def _cancel_timer(client: GenieClient, _household: str, arguments: JsonDict) -> JsonDict:
    answer = await client.async_delete(f"speakers/{arguments['device']}/timers/{arguments['timer']}")
    return answer if isinstance(answer, dict) else {}


def _text(value: Any) -> str:
    return str(value)


QUERIES: Final[Mapping[str, Query]] = {
    "weather": _get("services/weather", area="area", type="type"),
    "news": _get("services/news", topic="topic", count="count"),
    "knowledge": _get("services/knowledge", question="q"),
    "music_search": _get("services/music/search", query="q", limit="limit"),
    "playlists": _get("services/music/playlists"),
    "music_link": _get("services/music/link"),
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
