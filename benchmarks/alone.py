"""What only Dongju can be asked: a burst, sentences, and a sentence that becomes a command."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

PARTS: Final[Mapping[str, Callable[[Any], Awaitable[dict[str, Any]]]]] = {}
