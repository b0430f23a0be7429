"""A small loopback HTTP server around an aiohttp application."""

from typing import Final

from aiohttp import web

LOOPBACK: Final = "127.0.0.1"


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
        site = web.TCPSite(self._runner, LOOPBACK, port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Close the listener and every connection; harmless when not started."""
        await self._runner.cleanup()
