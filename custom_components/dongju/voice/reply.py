# ruff: noqa: E501 - tables of words read best one row to a line
"""Spoken answers: one table of results and errors, in 해요체 and in English."""

import re
from typing import Final

from .josa import josa

__all__ = ["REPLIES", "fill_in", "josa", "reply"]

# key -> (Korean, English). {name} takes a value; {name|을/를} adds the particle that fits it.
REPLIES: Final[dict[str, tuple[str, str]]] = {
    # What was done.
    "turn_on": ("{device|을/를} 켰어요.", "Turned on the {device}."),
    "on_until": ("{device|을/를} 켰고 {value}에 끌게요.", "Turned on the {device} until {value}."),
    "turn_off": ("{device|을/를} 껐어요.", "Turned off the {device}."),
    "start": ("{device|을/를} 시작했어요.", "Started the {device}."),
    "start_with": ("{device|을/를} {value} 코스로 시작했어요.", "Started the {device} on {value}."),
    "start_later": ("{device|을/를} {value} 뒤에 시작하도록 예약했어요.", "The {device} will start in {value}."),
    "stop": ("{device|을/를} 멈췄어요.", "Stopped the {device}."),
    "pause": ("{device|을/를} 잠시 멈췄어요.", "Paused the {device}."),
    "resume": ("{device|을/를} 다시 시작했어요.", "Resumed the {device}."),
    "dock": ("{device|을/를} 충전대로 보냈어요.", "Sent the {device} back to its dock."),
    "call": ("{device|을/를} 불렀어요.", "Called the {device}."),
    "open": ("{device|을/를} 열었어요.", "Opened the {device}."),
    "close": ("{device|을/를} 닫았어요.", "Closed the {device}."),
    "close_gas": ("{device|을/를} 잠갔어요.", "Closed the {device}."),
    "lock": ("{device|을/를} 잠갔어요.", "Locked the {device}."),
    "set_temperature": ("{device} 온도를 {value}도로 맞췄어요.", "Set the {device} to {value} degrees."),
    "adjust_temperature": ("{device} 온도를 {value}도로 바꿨어요.", "The {device} is now set to {value} degrees."),
    "set_humidity": ("{device} 습도를 {value}%로 맞췄어요.", "Set the {device} to {value} percent."),
    "set_mode": ("{device|을/를} {value} 모드로 바꿨어요.", "Set the {device} to {value} mode."),
    "set_fan_speed": ("{device} 바람을 {value|으로/로} 맞췄어요.", "Set the {device} fan to {value}."),
    "set_course": ("{device} 코스를 {value|으로/로} 골랐어요.", "Selected {value} on the {device}."),
    "preheat": ("{device|을/를} {value}도로 예열할게요.", "Preheating the {device} to {value} degrees."),
    "set_position": ("{device|을/를} {value}%만큼 열었어요.", "Set the {device} to {value} percent open."),
    "opened_a_little": ("{device|을/를} 조금 열었어요.", "Opened the {device} a little."),
    "closed_a_little": ("{device|을/를} 조금 닫았어요.", "Closed the {device} a little."),
    "set_brightness": ("{device} 밝기를 {value}%로 맞췄어요.", "Set the {device} to {value} percent."),
    "brighter": ("{device|을/를} 더 밝게 했어요.", "Made the {device} brighter."),
    "dimmer": ("{device|을/를} 더 어둡게 했어요.", "Dimmed the {device}."),
    "set_color": ("{device} 색을 {value|으로/로} 바꿨어요.", "Changed the {device} to {value}."),
    "set_channel": ("{value|으로/로} 돌렸어요.", "Switched to {value}."),
    "set_channel_number": ("{value}번으로 돌렸어요.", "Switched to channel {value}."),
    "channel_up": ("다음 채널로 돌렸어요.", "Next channel."),
    "channel_down": ("아래 채널로 돌렸어요.", "Previous channel number."),
    "channel_previous": ("보던 채널로 돌아갔어요.", "Back to the last channel."),
    "set_volume": ("소리를 {value|으로/로} 맞췄어요.", "Volume {value}."),
    "volume_up": ("소리를 키웠어요.", "Volume up."),
    "volume_down": ("소리를 줄였어요.", "Volume down."),
    "mute": ("소리를 껐어요.", "Muted."),
    "unmute": ("소리를 다시 켰어요.", "Unmuted."),
    "launch_app": ("{value|을/를} 열었어요.", "Opened {value}."),
    "play_video": ("{title|을/를} 틀게요.", "Playing {title}."),
    "set_input": ("{value|으로/로} 바꿨어요.", "Switched to {value}."),
    "play_music": ("{title|을/를} 들려드릴게요.", "Playing {title}."),
    "play_some_music": ("음악을 들려드릴게요.", "Playing music."),
    "media_pause": ("재생을 멈췄어요.", "Paused."),
    "media_resume": ("이어서 재생할게요.", "Resuming."),
    "media_stop": ("음악을 껐어요.", "Stopped the music."),
    "media_next": ("다음 곡을 틀게요.", "Next song."),
    "media_previous": ("이전 곡을 틀게요.", "Previous song."),
    "timer_start": ("타이머를 {value} 맞췄어요.", "Timer set for {value}."),
    "timer_start_named": ("{name} 타이머를 {value} 맞췄어요.", "{name} timer set for {value}."),
    "remind_in": ("{value} 뒤에 {name} 알려드릴게요.", "I'll remind you to {name} in {value}."),
    "remind_at": ("{value}에 {name} 알려드릴게요.", "I'll remind you to {name} at {value}."),
    "timer_cancel": ("타이머를 취소했어요.", "Timer cancelled."),
    "timer_cancel_named": ("{name} 타이머를 취소했어요.", "{name} timer cancelled."),
    "timer_cancel_all": ("타이머 {count}개를 모두 취소했어요.", "All {count} timers are cancelled."),
    "timer_left": ("타이머가 {value} 남았어요.", "{value} left on the timer."),
    "timer_left_named": ("{name} 타이머가 {value} 남았어요.", "{value} left on the {name} timer."),
    "timer_listed": ("타이머가 {count}개 있어요.", "There are {count} timers."),
    "timer_which": ("어느 타이머를 취소할까요?", "Which timer should I cancel?"),
    "timer_none": ("맞춰 둔 타이머가 없어요.", "There is no timer."),
    "timer_not_found": ("{name} 타이머는 없어요.", "There is no {name} timer."),
    "alarm_set": ("{value}에 알람을 맞췄어요.", "Alarm set for {value}."),
    "alarm_cancel": ("{value} 알람을 취소했어요.", "The alarm at {value} is cancelled."),
    "alarm_cancel_all": ("알람 {count}개를 모두 취소했어요.", "All {count} alarms are cancelled."),
    "alarm_left": ("{value}에 알람이 있어요.", "There is an alarm at {value}."),
    "alarm_listed": ("알람이 {count}개 있어요.", "There are {count} alarms."),
    "alarm_which": ("어느 알람을 취소할까요?", "Which alarm should I cancel?"),
    "alarm_none": ("맞춰 둔 알람이 없어요.", "There is no alarm."),
    "alarm_not_found": ("그런 알람은 없어요.", "There is no such alarm."),
    "scene": ("{value} 모드를 실행했어요.", "Activated {value} mode."),
    "notify": ("{device|이/가} 끝나면 알려드릴게요.", "I'll tell you when the {device} is done."),
    "enable": ("{value} 기능을 켰어요.", "Turned on {value}."),
    "disable": ("{value} 기능을 껐어요.", "Turned off {value}."),
    "finish_at": ("{value}에 끝나게 {begin}에 {device|을/를} 시작할게요.", "I'll start the {device} at {begin}, to finish at {value}."),
    "delay_cancelled": ("{value} {device} 예약을 취소했어요.", "Cancelled what was scheduled for the {device} at {value}."),
    "delay_cancelled_at": ("{value} 예약을 취소했어요.", "Cancelled what was scheduled at {value}."),
    "delay_cancelled_there": ("{device} 예약을 취소했어요.", "Cancelled the delayed start of the {device}."),
    "delayed_all_cancelled": ("예약 {count}개를 모두 취소했어요.", "All {count} schedules are cancelled."),
    "is_reserved": ("{device|은/는} 시작 예약이 되어 있어요.", "The {device} has a delayed start."),
    "and_more": ("그 밖에 {count}개가 더 있어요.", "And {count} more."),
    "done": ("네, 했어요.", "Done."),
    # What is so.
    "is_on": ("{device|은/는} 켜져 있어요.", "The {device} is on."),
    "is_off": ("{device|은/는} 꺼져 있어요.", "The {device} is off."),
    "all_on": ("{device|은/는} 모두 켜져 있어요.", "Every {device} is on."),
    "one_on": ("{device|이/가} 켜져 있어요.", "Only the {device} is on."),
    "all_off": ("{device|은/는} 모두 꺼져 있어요.", "Every {device} is off."),
    "some_on": ("{device|이/가} 켜져 있어요.", "These are on: {device}."),
    "all_open": ("{device|은/는} 모두 열려 있어요.", "Every {device} is open."),
    "all_closed": ("{device|은/는} 모두 닫혀 있어요.", "Every {device} is closed."),
    "some_open": ("{device|이/가} 열려 있어요.", "These are open: {device}."),
    "all_unlocked": ("{device|은/는} 모두 열려 있어요.", "Every {device} is unlocked."),
    "all_locked": ("{device|은/는} 모두 잠겨 있어요.", "Every {device} is locked."),
    "some_unlocked": ("{device|이/가} 열려 있어요.", "These are unlocked: {device}."),
    "function_on": ("{value} 기능은 켜져 있어요.", "{value} is on."),
    "function_off": ("{value} 기능은 꺼져 있어요.", "{value} is off."),
    "is_open": ("{device|이/가} 열려 있어요.", "The {device} is open."),
    "is_closed": ("{device|은/는} 닫혀 있어요.", "The {device} is closed."),
    "is_locked": ("{device|은/는} 잠겨 있어요.", "The {device} is locked."),
    "is_unlocked": ("{device|이/가} 열려 있어요.", "The {device} is unlocked."),
    "is_state": ("{device|은/는} 지금 {value} 상태예요.", "The {device} is {value}."),
    "is_going_on": ("{device|은/는} 지금 {value}이에요.", "The {device} is {value}."),
    "is_fan_speed": ("{device} 바람은 {value|이에요/예요}.", "The fan of the {device} is at {value}."),
    "is_value": ("{device} {attribute|은/는} {value|이에요/예요}.", "The {device}'s {attribute} is {value}."),
    "is_degrees": ("{device|은/는} {value}도예요.", "The {device} is at {value} degrees."),
    "time_left": ("{device|은/는} {value} 남았어요.", "The {device} has {value} left."),
    "is_finished": ("{device|은/는} 다 끝났어요.", "The {device} is finished."),
    "unknown_value": ("{device} 상태를 지금은 알 수 없어요.", "I can't tell the state of the {device} right now."),
    # What is asked back.
    "ask_area": ("어느 방 {device|을/를} 말씀하시는 거예요?", "Which room's {device} do you mean?"),
    "ask_device": ("어떤 기기를 말씀하시는 거예요?", "Which device do you mean?"),
    "ask_everything": ("어느 방을 모두 끌까요? 집 전체라고 하셔도 돼요.", "Everything in which room, or in the whole house?"),
    "ask_action": ("{device|을/를} 어떻게 할까요?", "What should I do with the {device}?"),
    "ask_temperature": ("{device|을/를} 몇 도로 맞출까요?", "To what temperature should I set the {device}?"),
    "ask_color": ("{device|을/를} 무슨 색으로 바꿀까요?", "Which color should the {device} have?"),
    "ask_input": ("어느 외부 입력으로 바꿀까요?", "Which input?"),
    "ask_seconds": ("타이머를 얼마로 맞출까요?", "For how long?"),
    "ask_at": ("몇 시에 알람을 맞출까요?", "At what time?"),
    "ask_delay": ("언제 할까요? 몇 시인지, 몇 분 뒤인지 말씀해 주세요.", "When? Tell me the time, or in how many minutes."),
    "confirm": ("{device|을/를} {value}도로 예열할까요?", "Shall I preheat the {device} to {value} degrees?"),
    "confirm_start": ("{device|을/를} 시작할까요?", "Shall I start the {device}?"),
    # Small talk.
    "hello": ("안녕하세요! 필요한 것을 말씀해 주세요.", "Hello! Tell me what you need."),
    "thanks": ("천만에요.", "You're welcome."),
    "help": (
        "조명이나 에어컨을 켜고 끄거나, 냉장고 온도를 맞추거나, 세탁이 얼마나 남았는지 물어보실 수 있어요. 예를 들어 거실 불 켜 줘, 하고 말씀해 주세요.",
        "You can have lights or the air conditioner switched, set the fridge, or ask how long the washer takes. Say, for example: turn on the living room light.",
    ),
    "enough": ("네, 알겠어요.", "All right."),
    "cancelled": ("네, 하지 않을게요.", "All right, I won't."),
    # What cannot be done.
    "out_of_range": ("{device|은/는} {low}부터 {high}까지만 맞출 수 있어요.", "The {device} can only be set from {low} to {high}."),
    "out_of_range_percent": (
        "{device|은/는} {low}%부터 {high}%까지만 맞출 수 있어요.", "The {device} can only be set from {low} to {high} percent."
    ),
    "fan_strongest": ("{device} 바람이 이미 가장 세요.", "The {device} fan is at its strongest already."),
    "fan_weakest": ("{device} 바람이 이미 가장 약해요.", "The {device} fan is at its weakest already."),
    "just_started": ("{device|은/는} 방금 시작했어요. 남은 시간은 잠시 뒤에 알 수 있어요.", "The {device} has just started. How long it takes is known in a moment."),
    "just_started_for": ("{device|은/는} 방금 시작했고 약 {value} 걸려요.", "The {device} has just started and takes about {value}."),
    "out_of_range_degrees": (
        "{device|은/는} {low}도부터 {high}도까지만 맞출 수 있어요.", "The {device} can only be set from {low} to {high} degrees."
    ),
    "unknown_device": ("그런 기기를 찾지 못했어요.", "I couldn't find that device."),
    "unknown_area": ("그런 방을 찾지 못했어요.", "I couldn't find that room."),
    "unsupported": ("{device|은/는} 그 기능을 음성으로 쓸 수 없어요.", "The {device} can't do that by voice."),
    "unsupported_here": ("그건 제가 할 수 없어요.", "I can't do that."),
    "no_recurring": (
        "되풀이하는 예약은 음성으로 만들 수 없어요. 홈어시스턴트의 자동화로 만들어 주세요.",
        "I can't schedule what repeats. Please make an automation in Home Assistant.",
    ),
    "no_scene": (
        "음성으로 실행하도록 허용된 장면이 아니에요. 동주 허브의 옵션에서 골라 주세요.",
        "That scene isn't allowed by voice. Choose it in the options of the Dongju hub.",
    ),
    "unsafe_heat": ("안전을 위해 {device|은/는} 음성으로 켤 수 없어요.", "For safety, I don't turn on the {device} by voice."),
    "unsafe": ("안전을 위해 음성으로는 열거나 풀 수 없어요.", "For safety, I don't open or unlock that by voice."),
    "negated": ("네, 그대로 둘게요.", "All right, I'll leave it as it is."),
    "incomplete": ("무엇을 할지 조금만 더 말씀해 주세요.", "Please tell me a little more."),
    "not_a_command": ("무슨 뜻인지 잘 모르겠어요.", "I'm not sure what you mean."),
    "remote_start_off": (
        "원격 시작이 꺼져 있어요. {device}에서 원격 시작을 눌러 주세요.", "Remote start is off. Press Remote Start on the {device}."
    ),
    "course_by_hand": (
        "이 {device|은/는} 앱에서 코스를 바꿀 수 없어요. 기기에서 코스를 고르고 원격 시작을 눌러 주세요.",
        "The course of this {device} can't be changed from afar. Choose it on the appliance and press Remote Start.",
    ),
    "are_offline": ("{device|은/는} 연결되어 있지 않아요.", "These are offline: {device}."),
    "offline": ("{device|이/가} 연결되어 있지 않아요.", "The {device} is offline."),
    "is_powered_off": ("{device|이/가} 꺼져 있어요. 먼저 켜 주세요.", "The {device} is off. Turn it on first."),
    "door_is_open": ("{device} 문이 열려 있어요. 문을 닫고 다시 말씀해 주세요.", "The {device} door is open. Close it and try again."),
    "busy": ("{device|이/가} 지금은 그렇게 할 수 없는 상태예요.", "The {device} can't do that right now."),
    "rate_limited": ("요청이 너무 많았어요. {minutes}분쯤 뒤에 다시 말씀해 주세요.", "Too many requests. Please try again in about {minutes} min."),
    "timeout": ("{device|이/가} 대답하지 않아요. 잠시 뒤에 다시 말씀해 주세요.", "The {device} doesn't answer. Please try again in a moment."),
    "sign_in_again": ("계정에 다시 로그인해야 해요.", "The account needs to be signed in again."),
    "confirmation_needed": ("안전을 위해 한 번 더 확인이 필요해요.", "For safety, please confirm first."),
    "failed": ("{device|을/를} 제어하지 못했어요.", "I couldn't control the {device}."),
    "not_exposed": ("{device|은/는} 음성으로 쓰도록 허용되어 있지 않아요.", "The {device} isn't allowed for voice."),
    # What the hub's edge adds: rooms, sensors, services, several things at once.
    "is_set_to": ("{device|은/는} {value}도로 맞춰져 있어요.", "The {device} is set to {value} degrees."),
    "is_percent": ("{device} 습도는 {value}%예요.", "The humidity at the {device} is {value} percent."),
    "is_position": ("{device|은/는} {value}% 열려 있어요.", "The {device} is {value} percent open."),
    "is_floor": ("{device|은/는} 지금 {value}층에 있어요.", "The {device} is on floor {value}."),
    "is_channel": ("지금 {value} 채널이에요.", "It is on {value}."),
    "is_showing": ("{device|은/는} 켜져 있고, {value}에서 {title|이/가} 나오고 있어요.", "The {device} is on: {title} on {value}."),
    "is_playing": ("{device}에서 {title|이/가} 나오고 있어요.", "The {device} is playing {title}."),
    "is_paused": ("{device|은/는} {title|을/를} 잠시 멈추고 있어요.", "The {device} has paused {title}."),
    "is_silent": ("{device}에서는 지금 아무것도 나오지 않아요.", "The {device} is not playing anything."),
    "is_pm25": ("초미세먼지 농도는 {value}마이크로그램이에요.", "Fine dust is at {value} micrograms."),
    "is_air_quality": ("공기 상태는 {value|이에요/예요}.", "The air quality is {value}."),
    "is_running": ("{device|은/는} 지금 {state} 중이고 {value} 남았어요.", "The {device} is at {state}, {value} left."),
    "not_running": ("{device|은/는} 지금 돌아가고 있지 않아요.", "The {device} is not running."),
    "battery_left": ("{device} 배터리는 {value}% 남았어요.", "The {device} has {value} percent battery left."),
    "filter_left": ("{device} 필터는 {value}% 남았어요.", "The {device}'s filter has {value} percent left."),
    "energy_today": ("{device|은/는} 오늘 전기를 {value} 썼어요.", "The {device} has used {value} today."),
    "energy_used": ("{device|은/는} 지금까지 전기를 {value} 썼어요.", "The {device} has used {value} so far."),
    "room_temperature": ("{room} 온도는 {value}도예요.", "It is {value} degrees in the {room}."),
    "room_humidity": ("{room} 습도는 {value}%예요.", "The humidity in the {room} is {value} percent."),
    "room_pm25": ("{room} 초미세먼지는 {value}마이크로그램이에요.", "Fine dust in the {room} is at {value} micrograms."),
    "room_air_quality": ("{room} 초미세먼지는 {value}마이크로그램이에요.", "Fine dust in the {room} is at {value} micrograms."),
    "room_energy": ("전기를 {value}킬로와트시 썼어요.", "{value} kilowatt-hours have been used."),
    "no_news": ("{device} 소식은 없어요.", "Nothing new: {device}."),
    "no_sensor": ("그걸 알려 주는 센서가 없어요.", "There is no sensor for that."),
    "only_korean": ("그 서비스는 한국어로만 대답해요.", "That service answers in Korean only. Please ask in Korean."),
    "no_service": ("그건 제가 알려 드릴 수 없어요.", "I have no service for that."),
    "time": ("지금은 {hour}시 {minute}분이에요.", "It is {hour}:{minute}."),
    "date": ("{month}월 {day}일 {weekday_ko}요일이에요.", "It is {weekday_en}, {month}/{day}."),
    "warmer": ("{device} 온도를 올렸어요.", "Turned the {device} up."),
    "cooler": ("{device} 온도를 내렸어요.", "Turned the {device} down."),
    "fan_up": ("{device} 바람을 더 세게 했어요.", "Turned the {device} fan up."),
    "fan_down": ("{device} 바람을 더 약하게 했어요.", "Turned the {device} fan down."),
    "delayed_none": ("예약된 것이 없어요.", "Nothing is scheduled."),
    "delayed_full": ("예약이 너무 많아요. 먼저 취소해 주세요.", "Too many things are waiting. Cancel some first."),
    "delayed_listed": ("예약이 {count}개 있어요.", "{count} scheduled."),
    "delayed_which": ("어느 예약을 취소할까요?", "Which one should I cancel?"),
    "delayed_not_found": ("그런 예약은 없어요.", "Nothing like that is scheduled."),
    "ambiguous": ("{candidates} 중에 어느 것인지 말씀해 주세요.", "Which one do you mean: {candidates}?"),
    "not_found": ("{name|을/를} 찾지 못했어요.", "I couldn't find {name}."),
    "login_required": ("지니뮤직에 먼저 로그인해 주세요.", "Genie Music has to be linked first."),
}  # fmt: skip

_PLACEHOLDER: Final = re.compile(r"\{(\w+)(?:\|([^}]+))?\}")


def reply(key: str, language: str, **values: object) -> str:
    """Return the spoken text for a result or an error, with its values filled in.

    Raises KeyError for an unknown key or a missing value.
    """
    said = fill_in(REPLIES[key], language, **values)
    return said[:1].upper() + said[1:]


def fill_in(row: tuple[str, str], language: str, **values: object) -> str:
    """Return a row's sentence in a language, with its values and the particles that fit them."""
    korean, english = row

    def fill(found: re.Match[str]) -> str:
        value = str(values[found[1]])
        return josa(value, found[2]) if found[2] else value

    return _PLACEHOLDER.sub(fill, korean if language.startswith("ko") else english)
