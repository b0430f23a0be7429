"""The U+ dialect as rows: type codes, status codes, and what a control may set. Every value is a string."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

YES: Final = "Y"
NO: Final = "N"

# Result codes.
OK: Final = "0000"
UNAUTHENTICATED: Final = "1001"
EXPIRED: Final = "1002"
BAD_REQUEST: Final = "2000"
UNKNOWN_DEVICE: Final = "2001"
DEVICE_OFFLINE: Final = "2002"
UNKNOWN_CODE: Final = "2003"
BAD_VALUE: Final = "2004"
NOT_ALLOWED: Final = "2005"
WRONG_PIN: Final = "2006"
PIN_LOCKED: Final = "2007"
TOO_MANY_CALLS: Final = "3001"
MAINTENANCE: Final = "9001"

MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        OK: "정상 처리되었습니다.",
        UNAUTHENTICATED: "인증 정보가 올바르지 않습니다.",
        EXPIRED: "인증이 만료되었습니다.",
        BAD_REQUEST: "요청 형식이 올바르지 않습니다.",
        UNKNOWN_DEVICE: "등록되지 않은 기기입니다.",
        DEVICE_OFFLINE: "기기가 연결되어 있지 않습니다.",
        UNKNOWN_CODE: "지원하지 않는 항목입니다.",
        BAD_VALUE: "허용되지 않는 값입니다.",
        NOT_ALLOWED: "안전을 위해 원격으로 할 수 없습니다.",
        WRONG_PIN: "비밀번호가 맞지 않습니다.",
        PIN_LOCKED: "비밀번호 오류 횟수를 넘었습니다.",
        TOO_MANY_CALLS: "요청이 너무 많습니다.",
        MAINTENANCE: "시스템 점검 중입니다.",
    }
)


class UplusError(Exception):
    """A refusal with its result code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} {MESSAGES[code]}")
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What a status code may be set to: one of `choices`, or whole numbers of a range in steps."""

    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = -1
    step: int = 1

    def check(self, value: str) -> None:
        """Raise 2004 for a value that may not be."""
        if self.choices:
            if value not in self.choices:
                raise UplusError(BAD_VALUE)
            return
        if not value.isdecimal() or not self.minimum <= int(value) <= self.maximum or int(value) % self.step:
            raise UplusError(BAD_VALUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRow:
    """One type of device: how its status starts and what can be set."""

    name: str
    status: Mapping[str, str]
    controls: Mapping[str, Control] = field(default_factory=dict)


_SWITCH: Final = Control(choices=(YES, NO))

TYPES: Final[Mapping[str, TypeRow]] = MappingProxyType(
    {
        "L01": TypeRow(
            name="light",
            status={"PWR": NO, "BRT": "100"},
            controls={"PWR": _SWITCH, "BRT": Control(minimum=1, maximum=100)},
        ),
        "P01": TypeRow(name="plug", status={"PWR": YES, "WATT": "35", "WH": "5120"}, controls={"PWR": _SWITCH}),
        "G01": TypeRow(name="gas", status={"VALVE": YES, "LEAK": NO}, controls={"VALVE": _SWITCH}),
        "B01": TypeRow(
            name="boiler",
            # Temperatures are tenths of a degree; MODE is H heat, A away, W hot water only.
            status={
                "PWR": YES,
                "MODE": "H",
                "CUR_TEMP": "215",
                "SET_TEMP": "220",
                "MIN_TEMP": "50",
                "MAX_TEMP": "400",
            },
            controls={
                "PWR": _SWITCH,
                "MODE": Control(choices=("H", "A", "W")),
                "SET_TEMP": Control(minimum=50, maximum=400, step=5),
            },
        ),
        "D01": TypeRow(
            name="lock",
            status={"LOCK": YES, "JAM": NO, "BATT": "76", "LAST_DT": ""},
            controls={"LOCK": _SWITCH},
        ),
        "C01": TypeRow(
            name="curtain",
            status={"POS": "100", "MOVE": "STOP"},
            controls={"POS": Control(minimum=0, maximum=100), "MOVE": Control(choices=("OPEN", "CLOSE", "STOP"))},
        ),
        "S01": TypeRow(name="motion", status={"DETECT": NO, "DETECT_DT": "", "BATT": "90"}),
        "S02": TypeRow(name="door", status={"OPEN": NO, "TAMPER": NO, "CHG_DT": "", "BATT": "88"}),
        "A01": TypeRow(
            name="air",
            status={"PM10": "31", "PM25": "16", "CO2": "712", "TEMP": "243", "HUMI": "47", "GRADE": "2"},
        ),
    }
)
