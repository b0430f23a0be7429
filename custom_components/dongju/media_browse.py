"""Browsing and searching: Genie Music's playlists and songs, the set-top box's channels and apps."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from homeassistant.components.media_player import BrowseMedia, MediaClass, MediaType, SearchMedia

from .model.channels import Channel
from .queries import async_query, info_detail
from .runtime import AccountRuntime

_TITLES: Final = {
    "ko": {"box": "지니 TV", "channels": "채널", "apps": "앱"},
    "en": {"box": "Genie TV", "channels": "Channels", "apps": "Apps"},
}
_PLAYLIST: Final = "playlist:"


async def async_music(runtime: AccountRuntime, device_id: str, media_id: str | None) -> BrowseMedia:
    """Return the playlists of Genie Music, or one with its songs."""
    if media_id and media_id.startswith(_PLAYLIST):
        listed = await async_query(runtime, device_id, "playlist", playlist=media_id.removeprefix(_PLAYLIST))
        playlist = _playlist(listed)
        playlist.children = [_song(row) for row in _rows(listed.get("list"), "trackId")]
        return playlist
    listed = await async_query(runtime, device_id, "playlists")
    return _folder("Genie Music", "music", [_playlist(row) for row in _rows(listed.get("playlists"), "playlistId")])


async def async_search_music(runtime: AccountRuntime, device_id: str, query: str) -> SearchMedia:
    """Return the songs that a search finds."""
    found = await async_query(runtime, device_id, "music_search", query=query)
    return SearchMedia(result=[_song(row) for row in songs(found)])


def songs(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the rows of a music search's answer."""
    return _rows(info_detail(found).get("list"), "trackId")


def box(channels: Sequence[Channel], apps: Mapping[str, str], language: str) -> BrowseMedia:
    """Return the channels and apps of a set-top box."""
    titles = _TITLES.get(language, _TITLES["en"])
    return _folder(
        titles["box"],
        "tv",
        [
            _folder(titles["channels"], "channels", [_channel(channel) for channel in channels]),
            _folder(
                titles["apps"],
                "apps",
                [_leaf(MediaClass.APP, MediaType.APP, app_id, name) for app_id, name in apps.items()],
            ),
        ],
    )


def _channel(channel: Channel) -> BrowseMedia:
    return _leaf(MediaClass.CHANNEL, MediaType.CHANNEL, str(channel.number), f"{channel.number} {channel.name}")


def _song(row: Mapping[str, Any]) -> BrowseMedia:
    song = _leaf(MediaClass.TRACK, MediaType.MUSIC, f"track:{row['trackId']}", _song_title(row))
    song.thumbnail = str(row["imageurl"]) if row.get("imageurl") else None
    return song


def _song_title(row: Mapping[str, Any]) -> str:
    return " - ".join(str(row[key]) for key in ("title", "artist") if row.get(key)) or str(row["trackId"])


def _playlist(row: Mapping[str, Any]) -> BrowseMedia:
    name = str(row.get("name") or row.get("playlistId"))
    playlist = _leaf(MediaClass.PLAYLIST, MediaType.PLAYLIST, f"{_PLAYLIST}{row.get('playlistId')}", name)
    playlist.can_expand = True
    return playlist


def _rows(rows: object, key: str) -> list[Mapping[str, Any]]:
    """Return the rows of a list that have what identifies them."""
    return [row for row in rows if isinstance(row, Mapping) and row.get(key)] if isinstance(rows, list) else []


def _leaf(media_class: MediaClass, media_type: MediaType, media_id: str, title: str) -> BrowseMedia:
    return BrowseMedia(
        media_class=media_class,
        media_content_type=media_type,
        media_content_id=media_id,
        title=title,
        can_play=True,
        can_expand=False,
    )


def _folder(title: str, media_id: str, children: list[BrowseMedia]) -> BrowseMedia:
    return BrowseMedia(
        media_class=MediaClass.DIRECTORY,
        media_content_type="directory",
        media_content_id=media_id,
        title=title,
        can_play=False,
        can_expand=True,
        children=children,
    )
