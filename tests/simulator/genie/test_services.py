"""Weather, news, knowledge, music search, alerts, and the few questions the mock answers itself."""

from typing import Any

import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud

from .account import Account, Push

WEATHER_KEYS = {
    "type", "area", "forecast", "icon", "temp", "tempHigh", "tempLow", "precipitationChance", "windSpeed",
    "windDirection", "humidity", "pm10", "pm25", "ozone", "uv", "weatherList", "updated",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "rows"), [("today", 8), ("tomorrow", 1), ("day", 1), ("weekend", 2), ("week", 7)])
async def test_weather(account: Account, kind: str, rows: int) -> None:
    info = (await account.get("services/weather", area="부산", type=kind))["metaInfo"]
    assert info == (await account.get("services/weather", area="부산", type=kind))["metaInfo"]
    detail = info["infoDetail"]
    assert info["contentType"] == "weather"
    assert set(detail) >= WEATHER_KEYS
    assert (detail["area"], len(detail["weatherList"]), len(detail["dailyList"])) == ("부산", rows, 7)
    assert 1 <= detail["icon"] <= 22
    assert 0 <= detail["windDirection"] <= 8
    assert detail["tempLow"] <= detail["temp"] <= detail["tempHigh"]
    assert "부산" in info["mesg"]


async def test_news_changes_by_the_hour(account: Account, clock: ManualClock) -> None:
    info = (await account.get("services/news", topic="economy", count="2"))["metaInfo"]
    assert (info["contentType"], info["infoDetail"]["category"]) == ("news", "경제")
    assert len(info["infoDetail"]["newsList"]) == 2
    main = (await account.get("services/news"))["metaInfo"]["infoDetail"]["newsList"]
    assert len(main) == 5
    assert len({row["title"] for row in main}) == 5


async def test_knowledge(account: Account) -> None:
    info = (await account.get("services/knowledge", q="세종대왕이 누구야?"))["metaInfo"]
    assert (info["contentType"], info["infoDetail"]["keyword"]) == ("wikipedia", "세종대왕")
    assert (await account.call("GET", "services/knowledge", q="양자 중력의 최종 이론"))[0] == 404


async def test_music_search(account: Account) -> None:
    info = (await account.get("services/music/search", q="문리버 트리오", limit="2"))["metaInfo"]
    assert (info["contentType"], len(info["infoDetail"]["list"])) == ("music", 2)
    first = info["infoDetail"]["list"][0]
    assert {"title", "artist", "imageurl", "duration"} <= set(first)
    assert (first["artist"], type(first["duration"])) == ("문리버 트리오", str)
    async with account.http.get(first["imageurl"]) as response:
        assert response.content_type == "image/svg+xml"
        assert first["title"] in await response.text()
    nothing = (await account.get("services/music/search", q="쉬쉬쉬쉬"))["metaInfo"]
    assert nothing["infoDetail"]["list"] == []


async def test_playlists(account: Account) -> None:
    playlists = (await account.get("services/music/playlists"))["playlists"]
    assert all(row["size"] > 0 for row in playlists)
    kids = await account.get("services/music/playlists/pl-kids")
    assert {track["genre"] for track in kids["list"]} == {"동요"}
    assert (await account.call("GET", "services/music/playlists/pl-x"))[0] == 404


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("services/weather", {"type": "yesterday"}),
        ("services/news", {"topic": "gossip"}),
        ("services/news", {"count": "11"}),
        ("services/news", {"count": "all"}),
        ("services/knowledge", {}),
        ("services/music/search", {"q": " "}),
    ],
)
async def test_questions_that_make_no_sense(account: Account, path: str, query: dict[str, str]) -> None:
    assert (await account.call("GET", path, **query))[0] == 400


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("오늘 날씨 어때", "weather"),
        ("내일 부산에 비 와?", "weather"),
        ("경제 뉴스 들려줘", "news"),
        ("한라산 높이 알려줘", "wikipedia"),
        ("재즈 틀어줘", "music"),
        ("가상 밴드 노래 들려줘", "music"),
        ("뉴스 라디오 틀어줘", "radio"),
        ("what's the weather tomorrow", "weather"),
    ],
)
async def test_services_are_answered_by_the_mock(account: Account, text: str, content: str) -> None:
    status, body = await account.call("POST", "speakers/sp-living/query", {"text": text})
    assert status == 200
    assert (body["data"]["handled"], body["data"]["by"]) == (True, "service")
    assert body["data"]["metaInfo"]["contentType"] == content
    assert body["data"]["metaInfo"]["mesg"]


@pytest.mark.parametrize(
    "text", ["거실 불 꺼줘", "세탁기 얼마나 남았어", "에어컨 24도로 맞춰줘", "채널 11번 틀어줘", "turn off the light"]
)
async def test_home_control_is_not(account: Account, text: str) -> None:
    _status, body = await account.call("POST", "speakers/sp-living/query", {"text": text})
    assert body["data"]["handled"] is False


async def test_a_query_can_be_spoken_and_can_play(account: Account, push: Push, clock: ManualClock) -> None:
    _status, body = await account.call("POST", "speakers/sp-living/query", {"text": "오늘 날씨 어때", "speak": True})
    clock.advance(60)
    assert (await push.next("tts.finished"))["data"]["playId"] == body["data"]["playId"]
    await account.call("POST", "speakers/sp-living/query", {"text": "동요 틀어줘"})
    assert (await account.state("sp-living"))["media"]["status"] == "playing"


async def test_music_without_the_link_asks_to_log_in(cloud: GenieCloud, account: Account) -> None:
    await cloud.control("music_link", {"linked": False})
    _status, body = await account.call("POST", "speakers/sp-living/query", {"text": "재즈 틀어줘"})
    info = body["data"]["metaInfo"]
    assert (info["error"], "oauth_url" in info) == ("MUSIC_LOGIN_REQUIRED", True)


async def alert(cloud: GenieCloud, push: Push, **data: Any) -> list[dict[str, Any]]:
    await cloud.control(
        "alert", {"category": "heavy_rain", "title": "호우주의보", "body": "외출을 삼가 주세요.", **data}
    )
    return [message for message in await push.all() if message["event"] in {"alert", "speaker.state"}]


async def test_alerts(cloud: GenieCloud, account: Account, push: Push, clock: ManualClock) -> None:
    messages = await alert(cloud, push, level="warning", alertId="a-1", hours=2)
    assert [message["householdId"] for message in messages] == ["h1", "h2"]
    shown = messages[0]["data"]
    assert (shown["alertId"], shown["level"], shown["updateType"]) == ("a-1", "warning", "issue")
    assert shown["expiresAt"] == "2026-07-01T11:00:00.000+09:00"
    assert [row["alertId"] for row in (await account.get("households/h1/alerts"))["alerts"]] == ["a-1"]
    await alert(cloud, push, alertId="a-2", supersedes="a-1")
    assert [row["alertId"] for row in (await account.get("households/h1/alerts"))["alerts"]] == ["a-2"]
    await alert(cloud, push, alertId="a-2", updateType="cancel")
    assert (await account.get("households/h1/alerts"))["alerts"] == []
    await alert(cloud, push, alertId="a-3", hours=0.5)
    clock.advance(1800)
    assert (await account.get("households/h1/alerts"))["alerts"] == []


async def test_an_emergency_is_spoken_and_a_test_wakes_nobody(cloud: GenieCloud, account: Account, push: Push) -> None:
    tested = await alert(cloud, push, level="emergency", updateType="test")
    assert {message["event"] for message in tested} == {"alert"}
    assert (await account.get("households/h1/alerts"))["alerts"] == []
    spoken = await alert(cloud, push, level="emergency")
    speaking = {message["deviceId"] for message in spoken if message["event"] == "speaker.state"}
    assert speaking == {"sp-living", "sp-bedroom", "sp-parents"}
