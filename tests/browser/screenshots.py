"""Pictures of every room for the guides: `python -m tests.browser.screenshots [name ...]` writes docs/images/web-*.png.

The same server and people as the tests.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import Server, free_port, serving
from tests.browser.watching import settle

IMAGES = Path(__file__).parents[2] / "docs" / "images"
L, Q = "/d/larkhollow", "/d/quillfern"
DESK, PHONE = 1280, 390


@dataclass(frozen=True)
class Shot:
    """One picture: its name, who looks, where, how wide, in which theme, and how much of the page."""

    name: str
    who: str
    path: str
    width: int = DESK
    theme: str = "light"
    height: int = 900


SHOTS = (
    Shot("plan", "district_admin", f"{L}/", height=1150),
    Shot("plan-phone", "district_admin", f"{L}/", PHONE, height=1300),
    Shot("explain", "business_office", f"{L}/?explain=fiscal_year%3DFY2030%26fund%3Dunfunded"),
    Shot("explain-page", "business_office", f"{L}/explain/?fiscal_year=FY2028&category=D1.1"),
    Shot("refresh", "tech_leader", f"{L}/refresh/", height=1100),
    Shot("what-if", "cabinet", f"{L}/refresh/what-if/?inflation=5&cut-percent=3"),
    Shot("scenarios", "quillfern", f"{Q}/refresh/scenarios/"),
    Shot("costs", "business_office", f"{L}/costs/"),
    Shot("options", "tech_leader", f"{L}/costs/options/", height=1100),
    Shot("beside-others", "cabinet", f"{L}/costs/beside-others/", height=1100),
    Shot("budget", "business_office", f"{L}/costs/budget/", height=1100),
    Shot("schools", "cabinet", f"{L}/costs/schools/", height=1100),
    Shot("lives", "tech_leader", f"{L}/refresh/lives/", height=1000),
    Shot("two-lists", "tech_leader", f"{L}/inventory/lists/", height=1100),
    Shot("ends", "tech_leader", f"{L}/inventory/ends/", height=1000),
    Shot("funds", "business_office", f"{L}/funds/", height=950),
    Shot("goals", "district_admin", f"{L}/goals/"),
    Shot("goals-dark", "district_admin", f"{L}/goals/", theme="dark"),
    Shot("inventory", "tech_leader", f"{L}/inventory/", height=1000),
    Shot("devices", "tech_leader", f"{L}/inventory/devices/", height=720),
    Shot("delivery", "quillfern", "{delivery}", height=1000),
    Shot("records", "business_office", f"{L}/records/", height=720),
    Shot("record", "business_office", f"{L}/records/funds/edit/tech-levy/", height=800),
    Shot("documents", "quillfern", f"{Q}/documents/"),
    Shot("document-pages", "quillfern", f"{Q}/documents/1/"),
    Shot("versions", "quillfern", f"{Q}/documents/versions/"),
    Shot("decision", "quillfern", f"{Q}/documents/decisions/1/"),
    Shot("tasks", "quillfern_tech", f"{Q}/tasks/"),
    Shot("rules", "business_office", f"{L}/settings/rules/"),
    Shot("people", "quillfern", f"{Q}/people/"),
    Shot("log", "quillfern", f"{Q}/audit/", height=720),
    Shot("security", "quillfern", "/account/security/"),
    Shot("sign-in", "", "/account/login/", height=700),
    Shot("empty", "newlands", "/d/newlands/", height=800),
)


def take(shot: Shot, browser: Browser, server: Server, made: dict[str, dict[str, str]], folder: Path = IMAGES) -> Path:
    """One picture of one page, written into the folder."""
    context = browser.new_context(
        base_url=server.base, viewport={"width": shot.width, "height": shot.height}, color_scheme=_scheme(shot),
        reduced_motion="reduce",
    )  # fmt: skip
    if shot.who:
        context.add_cookies([{"name": "throughline_session", "value": made["sessions"][shot.who], "url": server.base}])
    page = context.new_page()
    page.goto(shot.path.format(**made["examples"]))
    settle(page)
    _wait_for_pictures(page)
    path = folder / f"web-{shot.name}.png"
    page.screenshot(path=path)
    context.close()
    return path


def _scheme(shot: Shot) -> Literal["dark", "light"]:
    return "dark" if shot.theme == "dark" else "light"


def _wait_for_pictures(page: Page) -> None:
    page.evaluate(
        "() => Promise.all([...document.images].filter((one) => one.loading !== 'lazy').map((one) => one.decode()))"
    )
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[Server, dict[str, dict[str, str]]]]:
    data, port = folder / "data", free_port()
    told = Server(f"http://localhost:{port}", data, data.with_suffix(".log")).run(
        sys.executable, "-m", "tests.browser.cast"
    )
    with serving(data, port) as server:
        yield server, json.loads(told)


def main(names: list[str]) -> int:
    """Take the named pictures, or all."""
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(Path(folder)) as (server, made),
        sync_playwright() as playwright,
    ):
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for shot in wanted:
            path = take(shot, browser, server, made)
            print(f"{path.name}: {path.stat().st_size // 1024} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
