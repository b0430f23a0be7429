"""The elevator, where the car stands, parcels, compartments, and answers before a yes is asked for."""

import pytest

from .demo_house import DemoHouse


async def test_the_elevator_is_called_and_asked_about(house: DemoHouse) -> None:
    assert "층에 있어요" in await house.answer("엘리베이터 몇 층이야?")
    assert await house.answer("엘리베이터 불러줘") == "엘리베이터를 불렀어요."
    await house.until(lambda: house.reported("엘리베이터", "", "direction") not in {None, "idle", "none"})


@pytest.mark.parametrize("question", ["주차 어디에 했어?", "주차 위치 알려줘", "내 차 어디 있어?"])
async def test_where_the_car_stands(house: DemoHouse, question: str) -> None:
    assert "B-12" in await house.answer(question)


async def test_parcels(house: DemoHouse) -> None:
    assert await house.answer("택배 왔어?") == "택배 소식은 없어요."


async def test_zones_of_a_wine_cellar_tell_one_by_one(house: DemoHouse) -> None:
    answer = await house.answer("와인셀러 몇 도야?")
    assert answer.count("도") >= 2, answer


async def test_what_cannot_be_started_is_said_before_a_yes_is_asked_for(house: DemoHouse) -> None:
    said = await house.say("전자레인지 2분 돌려줘")
    assert not said.continue_conversation
    assert "할 수 없어요" in str(said.response.speech) or "쓸 수 없어요" in str(said.response.speech)


async def test_an_oven_that_is_off_need_not_be_switched_off(house: DemoHouse) -> None:
    assert "돌아가고 있지 않아요" in await house.answer("오븐 꺼줘")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("와인셀러 윗칸 몇 도야?", "상단 칸은 8도예요."),
        ("와인셀러 맨 위 칸 온도 알려줘", "상단 칸은 8도예요."),
        ("와인셀러 하단 칸 몇 도야?", "하단 칸은 16도예요."),
        ("김치냉장고 상칸 몇 도야?", "상칸은 3도예요."),
    ],
)
async def test_a_compartment_is_asked_about(house: DemoHouse, question: str, told: str) -> None:
    assert await house.answer(question) == told


async def test_a_compartment_is_set(house: DemoHouse) -> None:
    assert await house.answer("와인셀러 상단 칸 10도로 맞춰줘") == "상단 칸 온도를 10도로 맞췄어요."
    assert await house.answer("와인셀러 윗칸 50도로 맞춰줘") != "상단 칸 온도를 50도로 맞췄어요."
    assert "음성으로 쓸 수 없어요" in await house.answer("김치냉장고 상칸 2도로 맞춰줘")


@pytest.mark.parametrize("question", ["where is my car", "where is my car parked", "where did I park"])
async def test_korean_notices_are_not_read_to_who_speaks_english(house: DemoHouse, question: str) -> None:
    said = await house.answer(question, language="en")
    assert said == "There is something new about 주차, in Korean only."
