"""Run Home Assistant with a ready Demo home until it is stopped; called by `scripts/demo`."""

import asyncio
from collections.abc import Iterator
import contextlib
import fcntl
import json
import os
from pathlib import Path
import signal
import socket
import sys
from typing import Any, Final

from _demo_home import copy_blueprints, furnish

from tests.home_assistant_client import HomeAssistantError
from tests.real_home_assistant import RESTART_EXIT_CODE, ROOT, RealHomeAssistant

HOME: Final = Path(os.environ.get("DONGJU_DEMO_DIR", ROOT / ".demo"))
LANGUAGE: Final = os.environ.get("DONGJU_LANGUAGE", "ko")
LANGUAGES: Final = ("ko", "en")
NAMES: Final = {"ko": "동주", "en": "Dongju"}
USER: Final = "demo"
PASSWORD: Final = "dongju-demo"  # noqa: S105 - of a home that lives on this machine alone
DEMO_STEP: Final = "demo"
FLOWS: Final = "/api/config/config_entries/flow"
STEPS_AT_MOST: Final = 10


@contextlib.contextmanager
def single_instance(port: int) -> Iterator[bool]:
    """Hold the demo's lock and yield True, or yield False when another demo holds it."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        lock.truncate(0)
        lock.write(str(port))
        lock.flush()
        yield True


def port_is_free(port: int) -> bool:
    """Tell whether nothing answers or listens on the port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers_to(form: dict[str, Any]) -> dict[str, Any]:
    """Fill a form as a user does who changes nothing: every default, required or suggested."""
    answers = {}
    for field in form.get("data_schema") or ():
        suggested = (field.get("description") or {}).get("suggested_value")
        if "default" in field:
            answers[field["name"]] = field["default"]
        elif suggested is not None:
            answers[field["name"]] = suggested
        elif field.get("type") == "expandable":
            answers[field["name"]] = answers_to({"data_schema": field.get("schema")})
    return answers


async def ensure_demo_home(home: RealHomeAssistant) -> None:
    """Add the Demo home through the config flow, as a user would, unless it is there."""
    step = await home.config_flow("dongju")
    if step["type"] == "menu" and DEMO_STEP not in step["menu_options"]:
        await home.delete(f"{FLOWS}/{step['flow_id']}")  # the set-up offers it only once
        return
    for _ in range(STEPS_AT_MOST):
        if step["type"] == "menu":
            answers = {"next_step_id": DEMO_STEP}
        elif step["type"] == "form" and not step.get("errors"):
            answers = answers_to(step)
        else:
            break
        step = await home.post(f"{FLOWS}/{step['flow_id']}", answers)
    if step["type"] != "create_entry":
        raise HomeAssistantError(f"the Demo home could not be set up: {json.dumps(step, ensure_ascii=False)[:500]}")


def welcome(port: int, note: str) -> str:
    """Return what the user needs to know."""
    return f"\n{note}\n\n  address   http://localhost:{port}\n  user      {USER}\n  password  {PASSWORD}\n"


async def serve(port: int) -> int:
    """Keep Home Assistant running until a signal or its own end; return an exit code."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    home = RealHomeAssistant(HOME, port=port, name=NAMES[LANGUAGE], language=LANGUAGE, user=USER, password=PASSWORD)
    stopped = asyncio.create_task(stop.wait())
    try:
        while True:
            started = asyncio.create_task(start(home))
            await asyncio.wait((started, stopped), return_when=asyncio.FIRST_COMPLETED)
            if stopped.done():
                started.cancel()
                await asyncio.gather(started, return_exceptions=True)
                return 0
            await started
            print(welcome(port, "Dongju's Demo home is running. Ctrl-C stops it."), flush=True)
            ended = asyncio.create_task(home.wait_for_end())
            await asyncio.wait((ended, stopped), return_when=asyncio.FIRST_COMPLETED)
            if stopped.done():
                ended.cancel()
                print("Stopping Home Assistant ...", flush=True)
                return 0
            await home.stop()
            if ended.result() != RESTART_EXIT_CODE:
                print(f"Home Assistant ended by itself ({ended.result()}):\n{home.console_tail()}", file=sys.stderr)
                return 1
            print("Home Assistant asked to be restarted ...", flush=True)
    finally:
        stopped.cancel()
        await home.stop()


async def start(home: RealHomeAssistant) -> None:
    """Start Home Assistant and see that the Demo home is there, loaded and furnished."""
    await asyncio.to_thread(copy_blueprints, HOME)
    await home.start()
    await ensure_demo_home(home)
    await home.wait_for_entries()
    await furnish(home)
    home.check_loopback_only()


def main() -> int:
    """Run the demo; return an exit code."""
    port = int(os.environ.get("DONGJU_PORT", "8123"))
    if LANGUAGE not in LANGUAGES:
        print(f"DONGJU_LANGUAGE is one of {', '.join(LANGUAGES)}, not {LANGUAGE}", file=sys.stderr)
        return 1
    with single_instance(port) as alone:
        if not alone:
            running = (HOME / "demo.lock").read_text().strip()
            print(welcome(int(running or port), "Dongju's Demo home is already running."))
            return 0
        if not port_is_free(port):
            print(
                f"Port {port} is taken by another program. Choose one: DONGJU_PORT=8124 scripts/demo", file=sys.stderr
            )
            return 1
        print("Starting Home Assistant ...", flush=True)
        try:
            return asyncio.run(serve(port))
        except HomeAssistantError as err:
            print(err, file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
