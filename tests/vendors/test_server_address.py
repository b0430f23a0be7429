import pytest

from custom_components.dongju.model.errors import CannotConnectError
from custom_components.dongju.vendors.server_address import checked_server


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("https://iot.example.com", "https://iot.example.com"),
        (" https://iot.example.com:8443/base/ ", "https://iot.example.com:8443/base"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://127.1.2.3", "http://127.1.2.3"),
        ("http://[::1]:81", "http://[::1]:81"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_safe_addresses(typed: str, used: str) -> None:
    assert checked_server(typed) == used


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "iot.example.com",
        "http://iot.example.com",
        "http://192.168.0.2",
        "ftp://127.0.0.1",
        "https://",
        "https://user:secret@iot.example.com",
        "https://iot.example.com/?next=http://else",
        "https://iot.example.com:port",
        "https://[broken",
    ],
)
def test_what_could_give_a_token_away(typed: str) -> None:
    with pytest.raises(CannotConnectError):
        checked_server(typed)
