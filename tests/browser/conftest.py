"""What the suite shares: one server for the session, one Chromium for each file of tests, and pages signed in as a role."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.serving import Server, free_port, serving
from tests.browser.watching import Watch

SESSION_COOKIE = "throughline_session"
DESK = {"width": 1280, "height": 900}
READY = "THROUGHLINE_BROWSER_SERVER"
PACKET = 240_000
LIMIT = 20_000  # milliseconds; a busy machine is no bug in the code under test


expect.set_options(timeout=LIMIT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here needs Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.needs_chromium)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of the sample district, with the sessions of its people in `cast.json` beside the data."""
    ready = os.environ.get(READY)  # a folder kept by someone who writes tests, with its server running
    if ready:
        data = Path(ready) / "data"
        yield Server(f"http://localhost:{(data.parent / 'port').read_text()}", data, data.with_suffix(".log"))
        return
    data = tmp_path_factory.mktemp("server") / "data"
    port = free_port()
    prepared = Server(f"http://localhost:{port}", data, data.with_suffix(".log"))
    (data.parent / "cast.json").write_text(prepared.run(sys.executable, "-m", "tests.browser.cast"))
    with serving(data, port) as running:
        yield running


@pytest.fixture(scope="session")
def cast(server: Server) -> dict[str, dict[str, str]]:
    """What `tests.browser.cast` made."""
    made: dict[str, dict[str, str]] = json.loads((server.data.parent / "cast.json").read_text())
    return made


@pytest.fixture(scope="session")
def sessions(cast: dict[str, dict[str, str]]) -> dict[str, str]:
    """Session key of each person."""
    return cast["sessions"]


@pytest.fixture(scope="session")
def examples(cast: dict[str, dict[str, str]]) -> dict[str, str]:
    """Addresses of what was made."""
    return cast["examples"]


def launch(playwright: Playwright) -> Browser:
    """The machine's own Chromium, without a window."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    return playwright.chromium.launch(
        executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file of tests. It is ended with the file: its event loop must not be met by tests of the database."""
    with sync_playwright() as playwright:
        made = launch(playwright)
        yield made
        made.close()


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """Collects what went wrong in any page of the test; the end of the test asks for nothing."""
    made, before = Watch(), len(server.said())
    yield made
    reported = [
        line for line in server.said()[before:].splitlines() if "content security policy" in line or "Traceback" in line
    ]
    assert [*made.wrong, *reported] == []


@pytest.fixture
def visitor(browser: Browser, server: Server, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """A new browser profile that nobody is signed in to."""
    opened: list[BrowserContext] = []

    def make(**settings: object) -> BrowserContext:
        chosen = {
            "base_url": server.base,
            "viewport": DESK,
            "reduced_motion": "reduce",
            "color_scheme": "light",
            **settings,
        }
        context = browser.new_context(**chosen)  # type: ignore[arg-type]  # each setting has its own type
        context.set_default_timeout(LIMIT)
        watch.over(context)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page_as(visitor: Callable[..., BrowserContext], server: Server, sessions: dict[str, str]) -> Callable[..., Page]:
    """A page of someone with that role, signed in; a profile of its own each time."""

    def enter(role: str, **settings: object) -> Page:
        context = visitor(**settings)
        context.add_cookies([{"name": SESSION_COOKIE, "value": sessions[role], "url": server.base}])
        return context.new_page()

    return enter


@pytest.fixture
def stranger(visitor: Callable[..., BrowserContext]) -> Page:
    """A page of someone who is not signed in."""
    return visitor().new_page()


@pytest.fixture(scope="module")
def packet(server: Server, sessions: dict[str, str], browser: Browser) -> Path:
    """The board packet of Larkhollow, built and downloaded in the browser once."""
    path = server.data.parent / "board-packet.pdf"
    if path.exists():
        return path
    context = browser.new_context(base_url=server.base)
    context.add_cookies([{"name": SESSION_COOKIE, "value": sessions["business_office"], "url": server.base}])
    page = context.new_page()
    page.goto("/d/larkhollow/documents/")
    for box in page.locator("section:has(#build)").get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") == "board_packet.pdf")
    page.get_by_role("button", name="Build the ticked documents").click()
    link = page.get_by_role("link", name="Download Board packet, PDF")
    link.wait_for(timeout=PACKET)
    with page.expect_download() as waited:
        link.click()
    waited.value.save_as(path)
    context.close()
    return path


@pytest.fixture(scope="module")
def packet_text(packet: Path) -> str:
    """What the packet says."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(packet).pages)
