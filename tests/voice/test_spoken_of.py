# ruff: noqa: E501 - tables of sentences read best one row to a line
"""What a sentence speaks of when it names no device: what was spoken of before, everything, nothing at all."""

from typing import Any, Final

import pytest

from custom_components.dongju.voice.dialog import DialogState
from custom_components.dongju.voice.frames import Understanding
from custom_components.dongju.voice.home import HomeIndex
from custom_components.dongju.voice.understand import Understander

ROOMS: Final = {
    "living": ("거실", "living room"),
    "bedroom": ("안방", "bedroom"),
    "study": ("서재", "study"),
    "kitchen": ("주방", "kitchen"),
}
DEVICES: Final = (
    ("air_conditioner", "living", "거실 에어컨"),
    ("air_conditioner", "bedroom", "안방 에어컨"),
    ("light", "living", "거실 조명"),
    ("light", "bedroom", "안방 조명"),
    ("fan", "living", "실링팬"),
    ("tv", "living", "TV"),
    ("curtain", "living", "거실 커튼"),
    ("curtain", "study", "서재 커튼"),
    ("blind", "bedroom", "안방 블라인드"),
    ("boiler", "living", "거실 난방"),
    ("boiler", "bedroom", "안방 난방"),
    ("humidifier", "bedroom", "가습기"),
    ("fridge", "kitchen", "냉장고"),
    ("oven", "kitchen", "오븐"),
    ("cooktop", "kitchen", "인덕션"),
    ("gas_valve", "kitchen", "가스밸브"),
    ("door_lock", "living", "현관 도어락"),
    ("dryer", "study", "건조기"),
    ("robot_cleaner", "living", "로봇청소기"),
)
LIMITS: Final = {"fridge": [1, 7, "C"], "oven": [80, 230, "C"]}


@pytest.fixture(scope="module")
def flat() -> Understander:
    return Understander(
        HomeIndex.from_json(
            {
                "areas": [{"id": key, "names": list(names)} for key, names in ROOMS.items()],
                "devices": [
                    {"id": f"{kind}_{area}", "kind": kind, "area": area, "names": [name], "range": LIMITS.get(kind)}
                    for kind, area, name in DEVICES
                ],
            }
        )
    )


def talk(flat: Understander, *sentences: str, area: str | None = None) -> Understanding:
    """Say sentences in one conversation and return what the last was understood as."""
    dialog = DialogState()
    for sentence in sentences:
        understood = flat.understand(sentence, dialog=dialog, area=area)
    return understood


def done(understood: Understanding) -> list[tuple[Any, ...]]:
    """Return action, devices and value of each frame that is carried out."""
    if understood.outcome not in {"act", "confirm"}:
        return [(understood.outcome, understood.reason)]
    return [
        (frame.action, *frame.targets, *([frame.value] if frame.value is not None else []))
        for frame in understood.frames
    ]


LIVING: Final = [("turn_off", f"{kind}_living") for kind in ("light", "tv", "air_conditioner", "fan")]
HOUSE: Final = [
    ("turn_off", "light_living", "light_bedroom"),
    ("turn_off", "tv_living"),
    ("turn_off", "air_conditioner_living", "air_conditioner_bedroom"),
    ("turn_off", "fan_living"),
    ("turn_off", "humidifier_bedroom"),
]


@pytest.mark.parametrize(
    ("sentences", "wanted"),
    [
        (("거실 다 꺼줘",), LIVING),
        (("turn off everything in the living room",), LIVING),
        (("거실에 있는 모든 기기 꺼줘",), LIVING),
        (("turn off all devices in the living room",), LIVING),
        (("안방 불 켜줘", "거실 다 꺼줘"), LIVING),
        (("다 꺼줘", "거실"), LIVING),
        (("집 전체 꺼줘",), HOUSE),
        (("turn off everything in the house",), HOUSE),
        (("모든 방 다 꺼줘",), HOUSE),
        (("안방 불 켜줘", "turn off everything", "the whole house"), HOUSE),
        (("안방 불 켜줘", "다 꺼줘", "전부"), HOUSE),
        (("안방 불 켜줘", "다 꺼줘", "거실 켜줘"), [("clarify", "incomplete")]),
    ],
)
def test_everything_is_a_room_or_the_home(
    flat: Understander, sentences: tuple[str, ...], wanted: list[tuple[Any, ...]]
) -> None:
    assert done(talk(flat, *sentences)) == wanted


@pytest.mark.parametrize("everything", ["다 꺼줘", "싹 다 꺼줘", "turn off everything", "turn everything off"])
def test_everything_is_not_only_what_was_spoken_of(flat: Understander, everything: str) -> None:
    understood = talk(flat, "거실 불 켜줘", everything)
    assert understood.question is not None
    assert understood.question.slot == "everything"


def test_everything_here(flat: Understander) -> None:
    assert done(talk(flat, "여기 다 꺼줘", area="living")) == LIVING


@pytest.mark.parametrize(
    ("sentences", "wanted"),
    [
        (("거실 에어컨 켜줘", "선풍기 켜줘", "둘 다 꺼줘"), [("turn_off", "air_conditioner_living"), ("turn_off", "fan_living")]),
        (("거실 에어컨이랑 거실 불 켜줘", "둘 다 꺼줘"), [("turn_off", "air_conditioner_living"), ("turn_off", "light_living")]),
        (
            ("turn on the bedroom light", "turn on the humidifier", "turn both off"),
            [("turn_off", "light_bedroom"), ("turn_off", "humidifier_bedroom")],
        ),
        (
            ("turn on the bedroom light and the humidifier", "turn them off"),
            [("turn_off", "light_bedroom"), ("turn_off", "humidifier_bedroom")],
        ),
        (("거실 에어컨이랑 거실 불 켜줘", "그거 다 꺼줘"), [("turn_off", "air_conditioner_living"), ("turn_off", "light_living")]),
        (("거실 커튼 열어줘", "서재 커튼 열어줘", "둘 다 닫아줘"), [("close", "curtain_living"), ("close", "curtain_study")]),
        (("거실 불 켜줘", "둘 다 꺼줘"), [("clarify", "incomplete")]),
        (("에어컨이랑 불 켜줘", "둘 다 꺼줘"), [("clarify", "incomplete")]),
        (("선풍기랑 가습기 둘 다 꺼줘",), [("turn_off", "fan_living"), ("turn_off", "humidifier_bedroom")]),
        (("에어컨 둘 다 꺼줘",), [("turn_off", "air_conditioner_living", "air_conditioner_bedroom")]),
        (("거실 에어컨 켜줘", "거실 에어컨 켜줘", "둘 다 꺼줘"), [("clarify", "incomplete")]),
    ],
)  # fmt: skip
def test_both_are_the_last_two(flat: Understander, sentences: tuple[str, ...], wanted: list[tuple[Any, ...]]) -> None:
    assert done(talk(flat, *sentences)) == wanted


@pytest.mark.parametrize(
    ("sentences", "wanted"),
    [
        (("거실 난방 켜줘", "난방 몇 도야?"), [("query", "boiler_living")]),
        (("거실 난방 몇 도야?", "난방 몇 도야?"), [("query", "boiler_living")]),
        (
            ("거실 불 켜줘", "에어컨 켜져 있어?", "꺼줘"),
            [("turn_off", "air_conditioner_living", "air_conditioner_bedroom")],
        ),
        (("거실 에어컨 켜져 있어?", "꺼줘"), [("turn_off", "air_conditioner_living")]),
        (("거실 에어컨 켜줘", "에어컨 24도로 해줘"), [("set_temperature", "air_conditioner_living", 24)]),
        (("turn on the bedroom light and open the blinds", "dim it"), [("set_brightness", "light_bedroom", "down")]),
        (("turn on the bedroom light and open the blinds", "turn it off"), [("turn_off", "light_bedroom")]),
        (("turn on the bedroom light and open the blinds", "close it"), [("close", "blind_bedroom")]),
        (("거실 에어컨 켜줘", "set the fan to high"), [("set_fan_speed", "air_conditioner_living", "high")]),
        (("거실 에어컨 켜줘", "turn off the fan"), [("turn_off", "fan_living")]),
        (("거실 에어컨 켜줘", "set the living room fan to high"), [("set_fan_speed", "fan_living", "high")]),
        (("급속냉동 켜줘", "그거 꺼줘"), [("disable", "fridge_kitchen")]),
        (("급속냉동 켜줘", "꺼줘"), [("disable", "fridge_kitchen")]),
        (("turn on express freeze", "turn it off"), [("disable", "fridge_kitchen")]),
        (("거실 에어컨 켜줘", "급속냉동 켜줘", "그거 꺼줘"), [("disable", "fridge_kitchen")]),
        (("급속냉동 켜줘", "거실 에어컨 켜줘", "그거 꺼줘"), [("turn_off", "air_conditioner_living")]),
    ],
)
def test_a_follow_up_means_what_it_can_mean(
    flat: Understander, sentences: tuple[str, ...], wanted: list[tuple[Any, ...]]
) -> None:
    assert done(talk(flat, *sentences)) == wanted


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("인덕션 꺼져 있어?", "켜줘"),
        ("인덕션 꺼줘", "그거 다시 켜줘"),
        ("가스 잠가줘", "다시 켜줘"),
        ("가스 잠겼어?", "열어줘"),
        ("현관문 잠겼어?", "열어줘"),
        ("현관문 잠가줘", "그거 풀어줘"),
        ("turn off the cooktop", "turn it on again"),
    ],
)
def test_what_is_never_done_is_not_done_to_it_either(flat: Understander, before: str, sentence: str) -> None:
    assert done(talk(flat, before, sentence)) == [("refuse", "unsafe")]


def test_the_microphones_room_comes_before_what_was_spoken_of(flat: Understander) -> None:
    assert done(talk(flat, "안방 불 꺼줘", "불 꺼줘", area="living")) == [("turn_off", "light_living")]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("안방 불 켜고 커튼 닫아줘", [("turn_on", "light_bedroom"), ("close", "blind_bedroom")]),
        ("거실 불 켜고 블라인드 올려줘", [("turn_on", "light_living"), ("open", "curtain_living")]),
        ("안방 커튼 닫아줘", [("close", "blind_bedroom")]),
        ("블라인드 내려줘", [("close", "blind_bedroom")]),
        ("안방 불 켜고 티비 꺼줘", [("turn_on", "light_bedroom"), ("turn_off", "tv_living")]),
        ("서재 커튼 닫고 에어컨 꺼줘", [("clarify", "incomplete")]),
    ],
)
def test_a_room_carries_over_within_a_sentence(
    flat: Understander, sentence: str, wanted: list[tuple[Any, ...]]
) -> None:
    assert done(talk(flat, sentence)) == wanted


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("안녕", "hello"),
        ("안녕하세요", "hello"),
        ("지니야 안녕", "hello"),
        ("hello", "hello"),
        ("고마워", "thanks"),
        ("정말 고마워요", "thanks"),
        ("thank you so much", "thanks"),
        ("도와줘", "help"),
        ("너 뭐 할 수 있어?", "help"),
        ("무슨 말을 할 수 있니", "help"),
        ("what can you do?", "help"),
        ("심심해", "not_a_command"),
        ("how are you", "not_a_command"),
        ("초인종 울렸어?", "not_a_command"),
        ("손님 왔어", "not_a_command"),
        ("what are you doing", "not_a_command"),
        ("is anyone home", "not_a_command"),
        ("what", "not_a_command"),
    ],
)
def test_small_talk_is_about_no_device(flat: Understander, sentence: str, reason: str) -> None:
    dialog = DialogState()
    for before in ("거실 에어컨 켜줘", "오븐 예열해줘"):
        flat.understand(before, dialog=dialog)
        understood = flat.understand(sentence, dialog=dialog)
        assert (understood.outcome, understood.reason) == ("none", reason)
        assert not dialog.expects_answer


def test_who_wonders_wants_no_more_of_it(flat: Understander) -> None:
    assert done(talk(flat, "거실 에어컨 1도 올려줘", "really?")) == [("none", "not_a_command")]
    assert done(talk(flat, "거실 에어컨 1도 올려줘", "조금만 더")) == [
        ("adjust_temperature", "air_conditioner_living", 1)
    ]


@pytest.mark.parametrize("sentence", ["됐어", "아니야 괜찮아", "no thanks", "that's all"])
def test_nothing_more_is_wanted(flat: Understander, sentence: str) -> None:
    understood = talk(flat, "거실 에어컨 켜줘", sentence)
    assert (understood.outcome, understood.reason) == ("none", "enough")


@pytest.mark.parametrize(
    "question",
    ["됐어?", "꺼졌어?", "is it on", "what is it doing", "what mode is it in", "상태 알려줘", "지금 상태 어때?"],
)
def test_a_question_without_a_device_asks_about_the_last(flat: Understander, question: str) -> None:
    assert done(talk(flat, "거실 에어컨 켜줘", question)) == [("query", "air_conditioner_living")]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("고마워 거실 불 꺼줘", [("turn_off", "light_living")]),
        ("hello turn on the bedroom light", [("turn_on", "light_bedroom")]),
        ("방이 너무 건조해", [("turn_on", "humidifier_bedroom")]),
        ("건조하네", [("turn_on", "humidifier_bedroom")]),
        ("건조해", [("turn_on", "humidifier_bedroom")]),
        ("빨래 건조해", [("start", "dryer_study")]),
        ("건조해줘", [("start", "dryer_study")]),
        ("청소 그만해", [("stop", "robot_cleaner_living")]),
        ("거실 커튼 조금만 닫아줘", [("set_position", "curtain_living", "down")]),
        ("거실 커튼 살짝 열어줘", [("set_position", "curtain_living", "up")]),
        ("open the living room curtain a little", [("set_position", "curtain_living", "up")]),
        ("거실 커튼 끝까지 닫아줘", [("close", "curtain_living")]),
    ],
)
def test_what_is_no_small_talk(flat: Understander, sentence: str, wanted: list[tuple[Any, ...]]) -> None:
    assert done(talk(flat, "안방 에어컨 켜줘", sentence)) == wanted


@pytest.mark.parametrize(
    ("sentences", "wanted"),
    [
        (("냉장고 10도", "5도"), [("set_temperature", "fridge_kitchen", 5)]),
        (("냉장고 10도로 맞춰줘", "그럼 5도로 해줘"), [("set_temperature", "fridge_kitchen", 5)]),
        (("set the fridge to 10 degrees", "make it 5"), [("set_temperature", "fridge_kitchen", 5)]),
        (("냉장고 10도", "20도"), [("refuse", "out_of_range")]),
        (("냉장고 10도", "안방 불 켜줘"), [("turn_on", "light_bedroom")]),
        (("냉장고 10도", "채널 7번"), [("set_channel", "tv_living", 7)]),
    ],
)
def test_another_value_after_one_that_was_refused(
    flat: Understander, sentences: tuple[str, ...], wanted: list[tuple[Any, ...]]
) -> None:
    assert done(talk(flat, *sentences)) == wanted


@pytest.mark.parametrize("question", ["불 켜줘", "오븐 예열해줘", "오븐 180도로 예열해줘", "타이머 맞춰줘"])
@pytest.mark.parametrize(
    "answer", ["아니야 됐어", "알았어 됐어", "취소", "아니 취소해줘", "괜찮아요", "never mind", "no, cancel that"]
)
def test_a_question_may_be_left(flat: Understander, question: str, answer: str) -> None:
    dialog = DialogState()
    flat.understand(question, dialog=dialog)
    assert dialog.expects_answer
    understood = flat.understand(answer, dialog=dialog)
    assert (understood.outcome, understood.reason) == ("none", "cancelled")
    assert not dialog.expects_answer


def test_enough_may_be_an_answer(flat: Understander) -> None:
    assert done(talk(flat, "로봇청소기", "그만")) == [("stop", "robot_cleaner_living")]
    assert done(talk(flat, "불 켜줘", "그만")) == [("none", "cancelled")]


@pytest.mark.parametrize(
    ("sentences", "wanted"),
    [
        (("불 켜줘", "외출 모드"), [("refuse", "unsupported")]),
        (("오븐 예열해줘", "외출 모드"), [("refuse", "unsupported")]),
        (("불 켜줘", "현관문 열어줘"), [("refuse", "unsafe")]),
        (("오븐 예열해줘", "불 켜줘", "안방"), [("turn_on", "light_bedroom")]),
        (("불 켜줘", "안방 꺼줘"), [("turn_off", "light_bedroom")]),
        (("안방 에어컨 켜고 서재 커튼 닫고 난방 켜줘", "거실"), None),
    ],
)
def test_after_a_question_what_is_said_counts(
    flat: Understander, sentences: tuple[str, ...], wanted: list[tuple[Any, ...]] | None
) -> None:
    wanted = wanted or [
        ("turn_on", "air_conditioner_bedroom"),
        ("close", "curtain_study"),
        ("turn_on", "boiler_living"),
    ]
    assert done(talk(flat, *sentences)) == wanted


@pytest.mark.parametrize("room", ["거실", "거실이요", "거실 에어컨"])
def test_the_answer_to_which_room_keeps_delay_and_verb(flat: Understander, room: str) -> None:
    dialog = DialogState()
    flat.understand("1시간 뒤에 에어컨 켜줘", dialog=dialog)
    dialog.ask("device")  # as the assistant does, who finds several
    (frame,) = flat.understand(room, dialog=dialog).frames
    assert (frame.action, frame.targets, frame.delay_min) == ("turn_on", ("air_conditioner_living",), 60)
