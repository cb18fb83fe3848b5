"""A lever dragged in Chromium: milliseconds from moving it to the picture redrawn, over a district of a million devices."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.harness import machine, row
from benchmarks.sliders.bench import kind_of

TITLE = "Levers in a browser"
ROWS = int(os.environ.get("THROUGHLINE_BENCH_ROWS", "1000000"))
WANTED = 100  # ms, p95
STEPS = 6  # positions each lever is dragged through, there and back
# Moves a lever as a hand does, and waits until the server's answer is drawn and the frame after it begins.
DRAG = """
async ([name, value]) => {
  const form = document.querySelector("[data-tl-whatif]");
  const input = document.querySelector(`#l-${name}`);
  const drawn = new Promise((resolve) => {
    new MutationObserver((_, seen) => {
      if (form.hasAttribute("aria-busy")) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(resolve, 0));
    }).observe(form, { attributes: true, attributeFilter: ["aria-busy"] });
  });
  const start = performance.now();
  if (input.type === "checkbox") input.checked = value === 1; else input.value = String(value);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await drawn;
  return performance.now() - start;
}
"""
LEVERS = """
() => [...document.querySelectorAll("[data-tl-lever]")].map((knob) => {
  const input = knob.querySelector("input");
  const box = input.type === "checkbox";
  return { name: input.name, now: Number(knob.dataset.now), least: box ? 0 : Number(input.min),
           most: box ? 1 : Number(input.max), step: box ? 1 : Number(input.step) };
})
"""


def positions(lever: dict[str, Any]) -> list[float]:
    """Neighbouring values up from where the lever stands, or down from there, and back."""
    now, step = lever["now"], lever["step"]
    for way in (step, -step):
        found = [round(now + way * n, 6) for n in range(1, STEPS + 1)]
        if found := [value for value in found if lever["least"] <= value <= lever["most"]]:
            return [*found, *reversed(found[:-1]), now]
    return []


@contextmanager
def opened(folder: Path, rows: int) -> Iterator[Any]:
    """The page of all levers in Chromium, signed in, of a server of its own."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import SESSION_COOKIE, launch
    from tests.browser.serving import Server, free_port, serving

    data, port = folder / "data", free_port()
    prepared = Server(f"http://localhost:{port}", data, data.with_suffix(".log"))
    made = json.loads(prepared.run(sys.executable, "-m", "benchmarks.pages.furnish", str(rows)))
    with serving(data, port) as server, sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(base_url=server.base, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(120_000)
        context.add_cookies([{"name": SESSION_COOKIE, "value": made["session"], "url": server.base}])
        page = context.new_page()
        page.goto(f"/d/{made['slug']}/refresh/what-if/")
        page.wait_for_selector("[data-tl-chart] svg, [data-tl-chart] canvas")
        yield page
        browser.close()


def share(times: Sequence[float], part: float) -> float:
    """A quantile: the value that `part` of the times do not exceed."""
    return sorted(times)[min(int(part * len(times)), len(times) - 1)]


def lines(page: Any) -> Iterator[str]:
    """The table by kind of lever, and a line for all of them."""
    first: dict[str, list[float]] = {}
    again: dict[str, list[float]] = {}
    for lever in page.evaluate(LEVERS):
        seen: set[float] = set()
        for value in positions(lever):
            took = page.evaluate(DRAG, [lever["name"], value])
            into = again if value in seen or value == lever["now"] else first
            into.setdefault(kind_of(lever["name"]), []).append(took)
            seen.add(value)
    yield row("lever", "moves", "p50, ms", "p95", "largest")
    yield row("---", "--:", "--:", "--:", "--:")
    for name, times in first.items():
        yield row(name, len(times), *(f"{share(times, part):.0f}" for part in (0.5, 0.95, 1)))
    both = (("all, values never asked before", first), ("all, values asked before", again))
    for name, by_kind in both:
        times = [took for found in by_kind.values() for took in found]
        yield row(f"**{name}**", len(times), *(f"{share(times, part):.0f}" for part in (0.5, 0.95, 1)))


def run() -> str:
    """The section."""
    with tempfile.TemporaryDirectory() as name, opened(Path(name), ROWS) as page:
        version = subprocess.run(["chromium", "--version"], capture_output=True, text=True, check=False).stdout.strip()
        table = list(lines(page))
    return "\n".join(
        [
            "`python -m benchmarks drag --write`",
            "",
            (
                f"{ROWS:,} devices. The page of all levers in {version or 'Chromium'}, without a window, served by `throughline serve` "
                "on the same machine. From moving a lever to the frame after its answer was drawn: question, session, the run at "
                f"class grain, JSON, picture, key figures. Wanted: p95 <= {WANTED} ms."
            ),
            "",
            *table,
            "",
            machine(),
        ]
    )
