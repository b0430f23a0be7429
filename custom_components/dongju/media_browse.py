"""Browsing and searching: Genie Music's playlists and songs, the set-top box's channels and apps."""

from collections.abc import Mapping, Sequence
from typing import Any

from homeassistant.components.media_player import BrowseMedia, MediaClass, MediaType, SearchMedia

from .model.channels import Channel
from .queries import async_query
from .runtime import AccountRuntime


async def async_playlists(runtime: AccountRuntime, device_id: str) -> BrowseMedia:
    """Return the playlists of Genie Music."""
    listed = await async_query(runtime, device_id, "playlists")
    children = [
        _leaf(MediaClass.PLAYLIST, MediaType.PLAYLIST, f"playlist:{row['playlistId']}", str(row["name"]))
        for row in listed.get("playlists", ())
    ]
    return _folder("Genie Music", "music", children)


async def async_search_music(runtime: AccountRuntime, device_id: str, query: str) -> SearchMedia:
    """Return the songs that a search finds."""
    found = await async_query(runtime, device_id, "music_search", query=query)
    detail = (found.get("metaInfo") or {}).get("infoDetail") or {}
    return SearchMedia(result=[_song(row) for row in detail.get("list", ())])


def box(channels: Sequence[Channel], apps: Mapping[str, str]) -> BrowseMedia:
    """Return the channels and apps of a set-top box."""
    return _folder(
        "Genie TV",
        "tv",
        [
            _folder("채널", "channels", [_channel(channel) for channel in channels]),
            _folder(
                "앱", "apps", [_leaf(MediaClass.APP, MediaType.APP, app_id, name) for app_id, name in apps.items()]
            ),
        ],
    )


def _channel(channel: Channel) -> BrowseMedia:
    return _leaf(MediaClass.CHANNEL, MediaType.CHANNEL, str(channel.number), f"{channel.number} {channel.name}")


def _song(row: Mapping[str, Any]) -> BrowseMedia:
    song = _leaf(MediaClass.TRACK, MediaType.MUSIC, f"track:{row['trackId']}", f"{row['title']} - {row['artist']}")
    song.thumbnail = str(row["imageurl"]) if row.get("imageurl") else None
    return song


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
