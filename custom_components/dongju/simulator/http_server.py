"""A small loopback HTTP server around an aiohttp application."""

import asyncio
import socket
from typing import Final

from aiohttp import web

LOOPBACK: Final = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """Return a socket on loopback for a server to listen on; raise OSError when the port is taken."""
    # The protocol has to be named: asyncio sends without delay only on sockets that say they are TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


async def stop_listening(listener: socket.socket) -> None:
    """Take no more connections; to be called before the server of this socket is closed.

    A connection that asyncio has accepted and not yet handed to its server fails when the server
    closes in that moment, and its socket stays open: the caller would wait for its own timeout.
    """
    asyncio.get_running_loop().remove_reader(listener)
    # One turn of the event loop to reach the server, one for its protocol to hear of it.
    for _ in range(2):
        await asyncio.sleep(0)


class LoopbackServer:
    """Serve an application on 127.0.0.1, on a port the system chooses."""

    def __init__(self, app: web.Application) -> None:
        """Prepare to serve; nothing is opened yet."""
        # Handlers are cancelled with their connection: one that never answers ends with it.
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=1.0,
        )
        self._listener: socket.socket | None = None
        self._port = 0

    @property
    def port(self) -> int:
        """Return the port in use; 0 before the first start."""
        return self._port

    @property
    def url(self) -> str:
        """Return the base address without a trailing slash."""
        return f"http://{LOOPBACK}:{self._port}"

    async def start(self, port: int = 0) -> None:
        """Start to serve; raise OSError when a given port is taken."""
        await self._runner.setup()
        self._listener = listen(port)
        await web.SockSite(self._runner, self._listener).start()
        self._port = int(self._listener.getsockname()[1])

    async def close(self) -> None:
        """Close the listener and every connection; harmless when not started."""
        if self._listener is not None:
            await stop_listening(self._listener)
            self._listener = None
        await self._runner.cleanup()
