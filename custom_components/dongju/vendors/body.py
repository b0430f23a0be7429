"""Reading an HTTP body whole, and never more of it than wanted."""

from typing import Final, Protocol

_CHUNK: Final = 64 * 1024


class _Readable(Protocol):
    async def read(self, n: int = -1, /) -> bytes:
        """Return some bytes, none at the end."""
        ...


async def read_body(stream: _Readable, limit: int) -> bytes:
    """Return a body of at most `limit` bytes, or `limit` + 1 of its bytes when it is longer.

    A stream's `read(n)` returns what has arrived, which may be less than there is.
    """
    body = bytearray()
    while len(body) <= limit and (part := await stream.read(min(_CHUNK, limit + 1 - len(body)))):
        body += part
    return bytes(body)
