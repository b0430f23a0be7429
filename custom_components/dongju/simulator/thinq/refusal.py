"""Why a virtual appliance refuses a command, in the cloud's own error codes."""

from enum import StrEnum


class Refusal(StrEnum):
    """The ThinQ Connect error codes a control or energy call can end with."""

    MISSING_PARAMETERS = "1101"
    UNACCEPTABLE_PARAMETERS = "1102"
    NOT_SUPPORTED_PRODUCT = "1221"
    NOT_CONNECTED_DEVICE = "1222"
    INVALID_COMMAND_ERROR = "2207"
    COMMAND_NOT_SUPPORTED_IN_REMOTE_OFF = "2301"
    COMMAND_NOT_SUPPORTED_IN_STATE = "2302"
    COMMAND_NOT_SUPPORTED_IN_ERROR = "2303"
    COMMAND_NOT_SUPPORTED_IN_POWER_OFF = "2304"
    COMMAND_NOT_SUPPORTED_IN_MODE = "2305"


class ControlRefused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A command is refused: `code` is the cloud's error code, `message` the reason."""

    def __init__(self, code: str, message: str) -> None:
        """Keep code and reason."""
        super().__init__(f"{code} {message}")
        self.code = str(code)
        self.message = message
