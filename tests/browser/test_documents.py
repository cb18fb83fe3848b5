"""Documents: a long job with progress and a cancel, the packet's pages and its PDF, an adopted version and what changed since."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

LONG = 180_000
LARKHOLLOW, QUILLFERN = "/d/larkhollow", "/d/quillfern"


def _build(page: Page, base: str, *titles: str) -> None:
    page.goto(f"{base}/documents/")
    form = page.locator("#build").locator("xpath=ancestor::section")
    for box in form.get_by_role("checkbox").all():
        box.uncheck()
    for title in titles:
        form.get_by_role("checkbox", name=re.compile(f"^{title}")).check()
    page.get_by_role("button", name="Build the ticked documents").click()


def _change(page: Page, amount: str) -> None:
    page.goto(f"{QUILLFERN}/records/appropriations/")
    page.get_by_role("row").filter(has_text="2030").get_by_role("link").first.click()
    page.get_by_label("Amount").fill(amount)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved the")).to_be_visible()


def test_a_job_shows_its_progress_and_is_cancelled_with_nothing_half_made(page_as: Callable[..., Page]) -> None:
    page = page_as("tech_leader")
    _build(page, LARKHOLLOW, "Plan workbook", "Board packet, PDF", "Board agenda item, PDF")
    job = page.locator(".tl-job")
    expect(job.get_by_role("progressbar")).to_be_visible()
    job.get_by_role("button", name="Cancel").click()
    expect(job).to_contain_text(re.compile("ancel"), timeout=LONG)
    expect(job.get_by_role("progressbar")).to_have_count(0, timeout=LONG)
    page.goto(f"{LARKHOLLOW}/documents/")
    expect(page.get_by_role("main")).not_to_contain_text("Plan workbook.xlsx")
    page.goto(f"{LARKHOLLOW}/jobs/")
    expect(page.get_by_role("row").nth(1)).to_contain_text("ancelled")


def test_the_packet_is_built_looked_at_page_by_page_and_opens_as_a_pdf(
    page_as: Callable[..., Page], packet: Path
) -> None:
    page = page_as("board")
    page.goto(f"{LARKHOLLOW}/documents/")
    page.get_by_role("link", name="Board packet").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Board packet")
    expect(page.locator(".tl-lead")).to_contain_text("figures of today’s plan")
    sheets = page.locator(".tl-sheets img")
    reader = PdfReader(packet)
    assert sheets.count() == len(reader.pages)
    for sheet in (sheets.first, sheets.last):
        sheet.scroll_into_view_if_needed()
        sheet.evaluate("(image) => image.decode()")
        assert sheet.evaluate("(image) => image.naturalWidth") > 600
    run = page.locator(".tl-sub .tl-num").inner_text()
    assert run in reader.pages[0].extract_text()
    assert reader.metadata is not None
    assert "Larkhollow" in str(reader.metadata.title)


def test_an_adopted_version_stays_and_the_plan_says_what_changed_since(page_as: Callable[..., Page]) -> None:
    page = page_as("quillfern")
    page.goto(f"{QUILLFERN}/documents/versions/")
    number = page.get_by_role("region", name="Versions, table").locator("tbody tr").count() + 1
    _change(page, f"${150_000 + number}")
    page.goto(f"{QUILLFERN}/documents/versions/")
    page.get_by_label("Adopted on").fill("2026-11-18")
    page.get_by_label("Name").fill("After the second reading")
    page.get_by_role("button", name=f"Adopt as version {number}").click()
    expect(page.get_by_role("link", name=f"Version {number}")).to_be_visible(timeout=LONG)

    _change(page, "$1,000")
    page.goto(f"{QUILLFERN}/")
    since = page.get_by_role("region", name="What changed since adoption").first
    expect(since).to_contain_text(re.compile(r"not funded were \$0, now \$[1-9]"))
    page.goto(f"{QUILLFERN}/documents/versions/{number}/")
    page.get_by_role("link", name="Check that nothing was touched").click()
    expect(page.locator(".tl-check")).to_contain_text("are as they were adopted")
    page.goto(f"{QUILLFERN}/history/")
    page.get_by_role("button", name=re.compile("^Undo: ")).click()
