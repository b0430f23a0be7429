"""Log in to a running demo with a real browser and take pictures of its pages; called by `scripts/screenshots`."""

import argparse
import os
from pathlib import Path
import shutil
import tempfile
from typing import Final

from playwright.sync_api import Page, sync_playwright

USER: Final = "demo"
PASSWORD: Final = "dongju-demo"  # noqa: S105 - of a home that lives on this machine alone
FLAGS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
# Pages by name; any other page is named on the command line as NAME=PATH.
PAGES: Final = {
    "overview": "/",
    "integrations": "/config/integrations/dashboard",
    "integration": "/config/integrations/integration/dongju",
    "devices": "/config/devices/dashboard?domain=dongju",
    "entities": "/config/entities?domain=dongju",
    "add": "/config/integrations/dashboard/add?domain=dongju",
    "energy": "/energy",
    "voice": "/config/voice-assistants/assistants",
}
READY_MS: Final = 60_000
DEVICE_BY_NAME: Final = """name => Object.values(document.querySelector("home-assistant").hass.devices)
  .find(device => (device.name_by_user ?? device.name) === name)?.id ?? null"""


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/screenshots",
        description="Take pictures of pages of a running demo (start it with scripts/demo).",
        epilog=f"pages: {', '.join(PAGES)}, NAME=PATH for any other, NAME=device:DEVICE for a device's page",
    )
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("pages", nargs="*", default=list(PAGES), help="which pages (default: all that have a name)")
    parser.add_argument("--address", default=f"http://127.0.0.1:{os.environ.get('DONGJU_PORT', '8123')}")
    parser.add_argument("--user", default=USER)
    parser.add_argument("--password", default=PASSWORD)
    parser.add_argument("--language", default="ko", choices=["ko", "en"])
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--dark", action="store_true", help="the dark theme")
    parser.add_argument("--scale", type=float, default=1, help="device pixels per pixel")
    parser.add_argument("--wait", type=float, default=3, help="seconds a page may take to settle")
    return parser.parse_args()


def browser_path() -> str:
    """Return the installed browser."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise SystemExit("screenshots: no Chromium here; install the package chromium")


def log_in(page: Page, options: argparse.Namespace) -> None:
    """Log in and wait for the sidebar."""
    page.goto(options.address, wait_until="domcontentloaded")
    page.wait_for_selector("input[name=username]", timeout=READY_MS)
    page.fill("input[name=username]", options.user)
    page.fill("input[name=password]", options.password)
    page.keyboard.press("Enter")
    page.wait_for_selector("ha-sidebar", timeout=READY_MS)


def device_page(page: Page, name: str) -> str:
    """Return the path of a device's page."""
    found: str | None = page.evaluate(DEVICE_BY_NAME, name)
    if found is None:
        raise SystemExit(f"screenshots: no device is called {name}")
    return f"/config/devices/device/{found}"


def shoot(page: Page, name: str, target: str, options: argparse.Namespace) -> None:
    """Go to a page and take its picture."""
    if target.startswith("device:"):
        target = device_page(page, target.removeprefix("device:"))
    page.goto(f"{options.address}{target}", wait_until="domcontentloaded")
    page.wait_for_selector("ha-sidebar", timeout=READY_MS)
    page.wait_for_selector("#ha-launch-screen", state="detached", timeout=READY_MS)
    page.wait_for_timeout(options.wait * 1000)
    picture = options.folder / f"{name}.png"
    page.screenshot(path=picture)
    print(picture)


def main() -> None:
    """Take the pictures."""
    options = arguments()
    options.folder.mkdir(parents=True, exist_ok=True)
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=browser_path(),
            headless=True,
            args=flags,
            viewport={"width": options.width, "height": options.height},
            device_scale_factor=options.scale,
            locale="ko-KR" if options.language == "ko" else "en-GB",
            timezone_id="Asia/Seoul",
            color_scheme="dark" if options.dark else "light",
        )
        page = context.new_page()
        log_in(page, options)
        for name in options.pages:
            key, _, target = name.partition("=")
            shoot(page, key, target or PAGES[name], options)
        context.close()


if __name__ == "__main__":
    main()
