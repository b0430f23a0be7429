"""ThinQ Connect error codes with the HTTP status and text the cloud answers them with."""

from typing import Final

# code -> (HTTP status, message). Statuses were seen on the real cloud where known; the
# rest follows LG's older mapping: 11xx 400, 12xx 404, permission 401.
ERRORS: Final[dict[str, tuple[int, str]]] = {
    "0000": (500, "Unknown error"),
    "1000": (400, "Bad request"),
    "1101": (400, "Missing parameters"),
    "1102": (400, "Unacceptable parameters"),
    "1103": (401, "Invalid token"),
    "1104": (400, "Invalid message id"),
    "1204": (404, "Not subscribed event"),
    "1205": (404, "Not exist device"),
    "1206": (404, "Not subscribed push"),
    "1207": (404, "Already subscribed push"),
    "1212": (404, "Not owned device"),
    "1213": (404, "Not registered device"),
    "1216": (400, "Incorrect header"),
    "1218": (401, "Invalid token"),
    "1219": (400, "Not supported model"),
    "1220": (400, "Not supported feature"),
    "1221": (400, "Not supported product"),
    "1222": (404, "Not connected device"),
    "1225": (400, "Duplicate device id"),
    "1301": (401, "Invalid service key"),
    "1302": (401, "Not found token"),
    "1304": (401, "Not acceptable terms"),
    "1305": (401, "Not allowed api"),
    "1306": (401, "Exceeded API calls"),
    "1307": (400, "Not supported country"),
    "1308": (401, "No control authority"),
    "1309": (401, "Not allowed api"),
    "1311": (400, "Bad request format"),
    "1312": (400, "Exceeded number of event subscription"),
    # Not named by the SDK, seen on the real cloud.
    "1314": (401, "Exceeded User API calls"),
    "2000": (500, "Internal server error"),
    "2201": (400, "Not provided feature"),
    "2207": (400, "Invalid command error"),
    "2208": (400, "Fail device control"),
    "2209": (400, "Device response delay"),
    "2210": (400, "Retry request"),
    "2212": (400, "Syncing"),
    "2214": (400, "Fail request"),
    "2301": (400, "Command not supported in REMOTE OFF"),
    "2302": (400, "Command not supported in STATE"),
    "2303": (400, "Command not supported in ERROR"),
    "2304": (400, "Command not supported in POWER OFF"),
    "2305": (400, "Command not supported in MODE"),
    # Not named by the SDK either; the spelling is the cloud's.
    "4001": (400, "Already Subscirbed Home Push"),
}


class ApiError(Exception):
    """The cloud refuses a call with an error code."""

    def __init__(self, code: str, message: str | None = None, *, status: int | None = None) -> None:
        """Take the usual status and message of the code unless others are given."""
        usual_status, usual_message = ERRORS.get(code, (400, "Fail request"))
        self.code = code
        self.status = status or usual_status
        self.message = message or usual_message
        super().__init__(f"{code} {self.message}")


class EmptyAnswerError(Exception):
    """The cloud refuses a call with a bare HTTP status and no body."""

    def __init__(self, status: int) -> None:
        """Remember the status to answer with."""
        self.status = status
        super().__init__(f"HTTP {status} without a body")
