"""What a session tells and answers: events, warnings, diagnoses, questions to KT's services, timers."""

from typing import Any

import pytest

from custom_components.dongju.model.errors import (
    HubError,
    NotFoundError,
    NotSupportedError,
)
from custom_components.dongju.simulator.genie.cloud import GenieCloud

from .living import Living, until

LIGHT = "light-living"


async def test_a_diagnosis_becomes_an_issue_and_goes(live: Living) -> None:
    entry = {"code": "E01", "severity": "high", "message": "점화 불량"}
    await live.control("diagnosis", deviceId="boiler-living", entries=[entry])
    await poll_everything(live)
    assert live.value("boiler-living", "problem") is True
    assert live.value(LIGHT, "problem") is False
    assert live.issues["device_problem"] == {"devices": "거실 난방: 점화 불량 (E01)"}
    await live.control("diagnosis", deviceId="boiler-living", entries=[])
    await poll_everything(live)
    assert live.value("boiler-living", "problem") is False
    assert "device_problem" not in live.issues


async def test_a_small_fault_is_no_issue(live: Living) -> None:
    await live.control("diagnosis", deviceId=LIGHT, entries=[{"severity": "low"}])
    await poll_everything(live)
    assert live.value(LIGHT, "problem") is True
    assert "device_problem" not in live.issues


async def test_a_diagnosis_that_fails_says_nothing(live: Living) -> None:
    await live.fault("http_status", data={"status": 500}, match={"path": f"/genie/v1/devices/{LIGHT}/diagnosis"})
    await poll_everything(live)
    assert live.value(LIGHT, "problem") is None


async def poll_everything(live: Living) -> None:
    for _device in range(27):
        await live.session.async_poll()


async def test_warnings_are_told_once_and_end(live: Living) -> None:
    live.listen("service_h1", "alert")
    await live.control("alert", alertId="a-1", category="typhoon", level="warning", title="태풍", hours=1)
    await live.control("alert", alertId="a-2", category="weather", level="info", updateType="test")
    await live.control("alert", alertId="a-3", category="weather", level="info", hours=2)
    await until(lambda: len(live.happenings) == 2)
    assert live.value("service_h1", "alert_level") == "warning"
    assert live.happenings[0].data["title"] == "태풍"
    live.clock.advance(3700)
    await live.session.async_poll()
    assert live.value("service_h1", "alert_level") == "info"
    await live.control("alert", alertId="a-3", category="weather", level="info", updateType="cancel")
    await until(lambda: live.value("service_h1", "alert_level") == "none")
    assert [happening.type for happening in live.happenings] == ["issue", "issue", "cancel"]


async def test_a_warning_that_push_lost_is_told_after_reading(live: Living) -> None:
    live.listen("service_h1", "alert")
    await live.control("push_fault", drop=2)
    await live.control("alert", category="earthquake", level="warning", title="지진")
    await until(lambda: live.happenings)
    assert live.value("service_h1", "alert_level") == "warning"


async def test_warnings_of_before_the_start_are_known_and_not_told(home: Living) -> None:
    await home.control("alert", category="typhoon", level="advisory")
    home.listen("service_h1", "alert")
    await home.start()
    assert home.value("service_h1", "alert_level") == "advisory"
    assert home.happenings == []


async def test_what_was_said_is_told_only_where_allowed(live: Living) -> None:
    live.listen("sp-living", "utterance")
    await live.control("say", deviceId="sp-living", text="비밀이야")
    await until(lambda: live.happenings)
    assert live.happenings[0].data == {"language": "ko", "speaker": "unknown"}
    live.options["record_utterances"] = True
    await live.control("say", deviceId="sp-living", text="괜찮아")
    await until(lambda: len(live.happenings) == 2)
    assert live.happenings[1].data["text"] == "괜찮아"


async def test_a_wake_word_is_heard(live: Living) -> None:
    live.listen("sp-living", "wake_word_heard")
    await live.control("wake", deviceId="sp-living", wakeWord="지니야")
    await until(lambda: live.happenings)
    assert live.happenings[0].data == {"word": "지니야"}


async def test_the_doorbell_rings_each_time(live: Living) -> None:
    live.listen("entrance-common", "doorbell")
    await live.control("doorbell", deviceId="entrance-common")
    await until(lambda: len(live.happenings) == 1)
    live.clock.advance(1)
    await live.control("doorbell", deviceId="entrance-common")
    await until(lambda: len(live.happenings) == 2)
    assert {happening.type for happening in live.happenings} == {"ring"}


async def test_a_notice_is_an_event(live: Living) -> None:
    live.listen("package", "notice")
    await live.control("notice", deviceId="package", text="택배가 도착했습니다.", count=1)
    await until(lambda: live.happenings)
    assert live.happenings[0].data == {"text": "택배가 도착했습니다."}


async def test_the_music_issue_comes_and_goes(live: Living) -> None:
    await live.control("music_link", linked=False)
    await until(lambda: "music_login_required" in live.issues)
    assert live.issues["music_login_required"]["url"].startswith("http://127.0.0.1")
    await live.control("music_link", linked=True)
    await until(lambda: "music_login_required" not in live.issues)


async def test_malformed_events_are_dropped(live: Living, cloud: GenieCloud) -> None:
    await live.control("music_link", linked=False)
    await live.control(
        "version_regress", deviceId=LIGHT, by=0, values={"brightness": "bright", "on": 3, "colorTempK": float("nan")}
    )
    await until(lambda: live.value(LIGHT, "brightness") is None)
    assert live.value(LIGHT, "on_off") is None
    await live.control("wall_switch", deviceId=LIGHT, on=True, brightness=50)
    await live.until_value(LIGHT, "brightness", 50)


async def test_questions_the_services_answer(live: Living) -> None:
    ask = live.session.async_query
    assert (await ask("weather", {"type": "today"}))["metaInfo"]["contentType"] == "weather"
    assert (await ask("news", {"topic": "it", "count": 2}))["metaInfo"]["infoDetail"]["newsList"]
    assert "세종" in (await ask("knowledge", {"question": "세종대왕이 누구야"}))["metaInfo"]["mesg"]
    assert (await ask("music_search", {"query": "자장가", "limit": 3}))["metaInfo"]["infoDetail"]["list"]
    playlists = (await ask("playlists", {}))["playlists"]
    assert (await ask("playlist", {"playlist": playlists[0]["playlistId"]}))["list"]
    assert (await ask("music_link", {}))["oauth_status"] == "valid"
    assert len((await ask("channels", {"device": "genie_stb-living"}))["channels"]) > 100
    assert (await ask("programmes", {"device": "stb-living", "channel": "7"}))["programmes"]
    assert (await ask("apps", {"device": "stb-living"}))["apps"]
    assert (await ask("videos", {"device": "stb-living", "query": "우주"}))["videos"]
    assert (await ask("scenes", {}))["scenes"]
    assert (await ask("alerts", {})) == {"alerts": []}
    assert (await ask("diagnosis", {"device": LIGHT})) == {"entries": []}
    assert (await ask("queue", {"device": "sp-living"}))["list"] == []
    told = await ask("ask", {"device": "sp-living", "text": "오늘 날씨 어때"})
    assert told["metaInfo"]["contentType"] == "weather"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("knowledge", {"question": "가나다라가 뭐야"}),
        ("ask", {"device": "sp-living", "text": "거실 불 꺼 줘"}),
        ("cancel_timer", {"device": "sp-living", "timer": "tm-99"}),
        ("no_such_question", {}),
    ],
)
async def test_questions_nothing_answers(live: Living, name: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError if arguments else NotSupportedError):
        await live.session.async_query(name, arguments)


async def test_timers_and_alarms(live: Living) -> None:
    ask = live.session.async_query
    timer = (await ask("set_timer", {"device": "sp-living", "seconds": 180, "label": "라면"}))["timer"]
    at = live.clock.now().replace(microsecond=0).isoformat()
    with pytest.raises(HubError):
        await ask("set_timer", {"device": "sp-living", "at": at})
    later = live.clock.now().replace(hour=23, minute=59).isoformat()
    await ask("set_timer", {"device": "genie_sp-living", "at": later, "repeat": ["mon", "fri"]})
    await until(lambda: live.value("sp-living", "next_alarm") is not None)
    assert live.value("sp-living", "next_timer") is not None
    listed = (await ask("timers", {"device": "sp-living"}))["state"]["timers"]
    assert [row["kind"] for row in listed] == ["timer", "alarm"]
    await ask("cancel_timer", {"device": "sp-living", "timer": timer["id"]})
    await until(lambda: live.value("sp-living", "next_timer") is None)


async def test_where_to_link_music_may_not_be_known(live: Living) -> None:
    await live.fault("http_status", data={"status": 500}, match={"path": "/genie/v1/services/music/link"})
    await live.control("music_link", linked=False)
    await until(lambda: "music_login_required" in live.issues)
    assert live.issues["music_login_required"] == {"url": ""}
