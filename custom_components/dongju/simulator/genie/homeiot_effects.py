"""What each home IoT command brings about, and the rules that forbid."""

from collections.abc import Sequence
from datetime import datetime, timedelta
import hmac
from http import HTTPStatus
from typing import Final

from .envelope import GenieError, JsonDict, iso
from .homeiot import Change, Target, at_once, safety_blocked

_AWAY_TARGET_C: Final = 17
_ARRIVING_S: Final = 10


def light(_target: Target, args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Set a light; a brightness or colour alone switches it on."""
    return at_once({"on": True, **args} if args.get("on") is None else args)


def plug(target: Target, args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Switch a plug; what hangs on it draws its load."""
    return at_once({**args, "powerW": plug_power(target, on=args["on"])})


def plug_power(target: Target, *, on: bool) -> float:
    """Return the watts of what is plugged in."""
    return float(target.config.get("loadW", 0)) if on else 0.0


def standby_cut(_target: Target, args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Let the plug cut what only stands by, or not."""
    return at_once(args)


def close_gas(_target: Target, _args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Close the valve; it takes three seconds."""
    return [Change(3, {"open": False})]


def open_gas(_target: Target, _args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Refuse: gas is opened by hand, at the valve."""
    raise safety_blocked("a gas valve cannot be opened from afar")


def set_gas(target: Target, args: JsonDict, now: datetime) -> Sequence[Change]:
    """Close the valve, or refuse."""
    return open_gas(target, args, now) if args["open"] else close_gas(target, args, now)


def boiler(target: Target, args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Set a room's heating; power and mode follow each other."""
    values = dict(args)
    if args.get("mode") == "off":
        values["on"] = False
    elif "mode" in args or args.get("on") or ("targetC" in args and args.get("on") is not False):
        values["on"] = args.get("on", True)
        if values["on"] and "mode" not in args and target.state["mode"] == "off":
            values["mode"] = "heat"
    if values.get("mode") == "away" and "targetC" not in args:
        values["targetC"] = _AWAY_TARGET_C
    return at_once(values)


def lock(target: Target, _args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Lock; a bolt that meets the frame reports a jam instead."""
    if target.memory.get("jam"):
        return at_once({"jammed": True, "locked": False})
    return at_once({"locked": True, "jammed": False, "lastBy": "app"})


def unlock(target: Target, args: JsonDict, now: datetime) -> Sequence[Change]:
    """Unlock with the PIN or a one-time password; raise 423, or 403 for a voice."""
    if args.get("origin") == "voice":
        raise safety_blocked("a door is not unlocked by voice")
    memory, config = target.memory, target.config
    locked_out_until = float(memory.get("lockedOutUntil", 0))
    if now.timestamp() < locked_out_until:
        raise _locked("LOCKED_OUT", retryAt=iso(datetime.fromtimestamp(locked_out_until, now.tzinfo)))
    pin, otp = args.get("pin"), args.get("otp")
    if not pin and not otp:
        raise _locked("PIN_REQUIRED")
    known_otp = memory.get("otp")
    if (pin and _same(pin, config["pin"])) or (otp and known_otp and _same(otp, known_otp)):
        memory.pop("otp", None)
        memory["wrong"] = 0
        return at_once({"locked": False, "jammed": False, "lastBy": "app"})
    memory["wrong"] = int(memory.get("wrong", 0)) + 1
    left = int(config["tries"]) - memory["wrong"]
    if left <= 0:
        until = now + timedelta(seconds=float(config["lockoutS"]))
        memory.update(wrong=0, lockedOutUntil=until.timestamp())
        raise _locked("LOCKED_OUT", retryAt=iso(until))
    raise _locked("PIN_WRONG", left=left)


def curtain_to(target: Target, args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Move a curtain second by second."""
    position, goal = int(target.state["position"]), int(args["position"])
    if position == goal:
        return at_once({"moving": "stopped"})
    speed = int(target.config["percentPerSecond"])
    moving = "opening" if goal > position else "closing"
    changes = [Change(0, {"moving": moving})]
    second = 0
    while position != goal:
        second += 1
        step = min(speed, abs(goal - position))
        position += step if goal > position else -step
        changes.append(Change(second, {"position": position, "moving": moving}))
    changes[-1] = Change(second, {"position": goal, "moving": "stopped"})
    return changes


def curtain_open(target: Target, _args: JsonDict, now: datetime) -> Sequence[Change]:
    """Open a curtain wholly."""
    return curtain_to(target, {"position": 100}, now)


def curtain_close(target: Target, _args: JsonDict, now: datetime) -> Sequence[Change]:
    """Close a curtain wholly."""
    return curtain_to(target, {"position": 0}, now)


def curtain_stop(_target: Target, _args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Stop where it is."""
    return at_once({"moving": "stopped"})


def ventilation(_target: Target, args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Set the ventilation; a speed alone switches it on."""
    return at_once({"on": True, **args} if "speed" in args and "on" not in args else args)


def aircon(_target: Target, args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Set an air conditioner; a mode or target alone switches it on."""
    return at_once({"on": True, **args} if "on" not in args and ("mode" in args or "targetC" in args) else args)


def call_elevator(target: Target, _args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Bring the elevator floor by floor to the home's floor."""
    return elevator_journey(target, str(target.config["home"]), arrives=True)


def elevator_journey(target: Target, goal: str, *, arrives: bool) -> list[Change]:
    """Return the floors an elevator passes on its way; raise ValueError for a floor the house has not."""
    floors = [str(floor) for floor in target.config["floors"]]
    start, end = floors.index(str(target.state["floor"])), floors.index(goal)
    step = 1 if end > start else -1
    pace = float(target.config["secondsPerFloor"])
    direction = "up" if step > 0 else "down"
    changes = [
        Change(pace * (count + 1), {"floor": floors[at], "direction": direction, "arriving": False})
        for count, at in enumerate(range(start + step, end + step, step))
        if start != end
    ]
    there = pace * abs(end - start)
    changes = [*changes[:-1], Change(there, {"floor": goal, "direction": "idle", "arriving": arrives})]
    if arrives:
        changes.append(Change(there + _ARRIVING_S, {"arriving": False}))
    return [Change(0, {"direction": direction}), *changes] if start != end else changes


def open_entrance(target: Target, args: JsonDict, _now: datetime) -> Sequence[Change]:
    """Answer the door phone, open, hang up; raise 409 when nobody rings and 403 for a voice."""
    if args.get("origin") == "voice":
        raise safety_blocked("the entrance is not opened by voice")
    if not target.state["ringing"]:
        raise GenieError(HTTPStatus.CONFLICT, "NOT_RINGING", "nobody is at the door")
    return [
        Change(0, {"talking": True}),
        Change(1, {"opened": True, "ringing": False}),
        Change(6, {"opened": False, "talking": False}),
    ]


def _locked(error: str, **data: object) -> GenieError:
    return GenieError(HTTPStatus.LOCKED, error, data=dict(data) or None)


def _same(given: str, known: object) -> bool:
    return hmac.compare_digest(given.encode(), str(known).encode())
