"""Load the pure packages (model, vendors, voice, simulator) without Home Assistant.

The integration's own `__init__` imports Home Assistant, which costs a second and much memory that a command-line
program has no use for. Here the package becomes a bare namespace called `dongju`: its subpackages are imported as they
are, its `__init__` never runs.

As a program: `python scripts/_standalone.py MODULE:FUNCTION ARGUMENTS` calls that function (plain or async, without
arguments; it reads `sys.argv`) and exits with what it returns.
"""

import asyncio
from importlib import import_module
import inspect
from pathlib import Path
import sys
from types import ModuleType

PACKAGE = Path(__file__).resolve().parent.parent / "custom_components" / "dongju"


def prepare() -> None:
    """Make `import dongju.model` and its siblings work."""
    if "dongju" not in sys.modules:
        namespace = ModuleType("dongju", "The integration's pure packages, without its Home Assistant edge.")
        namespace.__path__ = [str(PACKAGE)]
        sys.modules["dongju"] = namespace


def main() -> int | str | None:
    """Run the function named by the first argument."""
    target = sys.argv.pop(1)
    sys.argv[0] = target
    module, _, function = target.partition(":")
    prepare()
    result = getattr(import_module(module), function)()
    if inspect.iscoroutine(result):
        result = asyncio.run(result)
    return result if result is None or isinstance(result, str) else int(result)


if __name__ == "__main__":
    sys.exit(main())
