"""How long the study screen takes from a key to the next card, beside a request to the server.

A site with its demo is served on this machine, a real Chromium studies by keyboard, and the page
itself takes the time: from the key that rates to the first frame in which the next card stands.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

CARDS = 100
WARM_UP = 5
PATIENCE_SECONDS = 120
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PASSWORD = "reading-room"  # noqa: S105  # of the demo, which shows it to everybody

WATCH = """() => {
  window.taken = [];
  let pressed;
  addEventListener("keydown", () => { pressed = performance.now(); }, true);
  new MutationObserver(() => {
    const since = pressed;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.taken.push(performance.now() - since);
    }));
  }).observe(document.getElementById("session"), { childList: true });
}"""
ASK = """async () => {
  const begun = performance.now();
  await (await fetch("/review/ahead/")).text();
  return performance.now() - begun;
}"""


def main() -> None:
    """Print the median and the 95th percentile, and what a request takes in the same run."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site:
        painted, asked = measure(site)
    median, p95 = statistics.median(painted), statistics.quantiles(painted, n=20)[-1]
    request = statistics.median(asked)
    print(f"key to next card, {len(painted)} cards: median {median:.0f} ms, p95 {p95:.0f} ms")
    print(f"a request for the day's cards: median {request:.0f} ms")
    print(f"p95 of the next card / a request: {p95 / request:.2f}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A site with its demo, on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"DATA_DIR": str(folder), "PORT": str(port), "STUDYAPP_DEMO": "on"}
    command = [sys.executable, "manage.py", "serve", "--prepare"]
    site = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        site.terminate()
        site.wait()


def wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with urlopen(address):  # noqa: S310  # our own site
                return
        except (URLError, ConnectionError):
            time.sleep(0.5)
    sys.exit("The site did not open.")


def measure(site: str) -> tuple[list[float], list[float]]:
    """Milliseconds from a key to the next card, and of some requests."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{site}/accounts/login/")
        page.get_by_label("Name or e-mail address").fill("student")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/today/")
        page.goto(f"{site}/plan/red-army-introduction/")
        page.get_by_label("New cards a day").fill("200")
        page.get_by_role("button", name="Save").first.click()
        page.goto(f"{site}/review/")
        page.wait_for_function("() => document.getElementById('kept-state').textContent !== ''")
        asked = [page.evaluate(ASK) for _ in range(WARM_UP * 2)][WARM_UP:]
        painted = study(page)
        browser.close()
    return painted, asked


def study(page: Page) -> list[float]:
    page.evaluate(WATCH)
    for n in range(CARDS + WARM_UP):
        page.keyboard.press("Space")
        page.wait_for_function("() => document.getElementById('answer')?.hidden === false")
        page.keyboard.press("3")
        page.wait_for_function("(n) => window.taken.length > n", arg=n)
    return page.evaluate("window.taken")[WARM_UP:]  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
