"""Addresses of servers that a person types in: a token goes out over https, or stays on this machine."""

import ipaddress
from urllib.parse import urlsplit

from ..model.errors import CannotConnectError


def checked_server(server: str) -> str:
    """Return a server address without its trailing slash; raise CannotConnectError for one that is not safe."""
    try:
        parts = urlsplit(server.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as err:
        raise CannotConnectError("not an address") from err
    if not host or parts.username or parts.query or parts.fragment:
        raise CannotConnectError("not an address")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise CannotConnectError("neither https nor on this machine")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
