"""The simulator as a program: serve a virtual home's mock clouds until stopped."""

import argparse
import asyncio
from collections.abc import Sequence
import json
import logging
from pathlib import Path
import signal
import sys
from typing import Any, Final

from .clock import RealClock
from .control import ControlServer
from .home import HomeError, load_home
from .simulator import Simulator

_STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    try:
        return asyncio.run(serve(arguments))
    except KeyboardInterrupt:
        # Only a Ctrl-C before the handlers were installed comes here.
        return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/simulate",
        description="Serve the mock clouds of a virtual home on loopback until stopped.",
    )
    parser.add_argument("--home", type=Path, help="YAML file or folder of a home (default: the Demo home)")
    parser.add_argument(
        "--thinq-device",
        type=Path,
        action="append",
        default=[],
        metavar="FOLDER",
        help="add a captured ThinQ appliance: device.json, profile.json, status.json (repeatable)",
    )
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same run (default: 0)")
    parser.add_argument("--json", action="store_true", help="print addresses and tokens as one line of JSON")
    parser.add_argument("--rate", type=float, default=1.0, help="virtual seconds per real second (default: 1)")
    parser.add_argument("--state", type=Path, help="file that keeps the home's state between runs")
    parser.add_argument("--control-port", type=int, default=0, help="port of the control API (default: any free)")
    parser.add_argument("--verbose", action="store_true", help="log to standard error")
    return parser.parse_args(arguments)


async def serve(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM; return the exit code."""
    options = _parse(arguments)
    logging.basicConfig(level=logging.DEBUG if options.verbose else logging.WARNING, stream=sys.stderr)
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for signum in _STOP_SIGNALS:
        loop.add_signal_handler(signum, stopped.set)
    try:
        home = load_home(options.home)
        simulator = Simulator(
            home,
            seed=options.seed,
            clock=RealClock(options.rate),
            state=_read_state(options.state),
            thinq_folders=options.thinq_device,
        )
        control = ControlServer(simulator)
        try:
            await simulator.start()
            await control.start(options.control_port)
            _announce(simulator, control, as_json=options.json)
            await stopped.wait()
            _write_state(options.state, simulator)
        finally:
            await control.close()
            await simulator.close()
    except (HomeError, OSError, ValueError) as err:
        print(f"simulate: {err}", file=sys.stderr)
        return 1
    finally:
        for signum in _STOP_SIGNALS:
            loop.remove_signal_handler(signum)
    return 0


def _announce(simulator: Simulator, control: ControlServer, *, as_json: bool) -> None:
    addresses: dict[str, Any] = {
        **simulator.connection(),
        "control_url": control.url,
        "control_token": control.token,
    }
    if as_json:
        print(json.dumps(addresses, ensure_ascii=False), flush=True)
        return
    for name in simulator.clouds:
        print(name)
        for key, value in addresses[name].items():
            print(f"  {key}: {value}")
    # The part after # never leaves the browser.
    print(f"control page: {control.url}/#{control.token}", flush=True)


def _read_state(file: Path | None) -> dict[str, Any] | None:
    if file is None or not file.exists():
        return None
    state = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(state, dict):
        raise ValueError(f"{file} holds no saved home")  # noqa: TRY004 - a wrong file, not a wrong call
    return state


def _write_state(file: Path | None, simulator: Simulator) -> None:
    if file is None:
        return
    # It holds keys and tokens: for this user's eyes only, and never half written.
    fresh = file.with_name(f"{file.name}.new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(simulator.snapshot(), ensure_ascii=False), encoding="utf-8")
    fresh.replace(file)
