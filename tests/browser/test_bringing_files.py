"""Files: rows that are wrong and get repaired, an import that is taken back, an answer that is remembered."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

BASE = "/d/brookfield"
HEAD = "Serial Number,Asset Tag,Model,School,Quantity,Purchase Date,Unit Price\n"


def _row(serial: str, bought: str) -> str:
    return f"{serial},,HP Chromebook 11 G8 EE,North School,,{bought},349.00\n"


LONG = 90_000


def _bring(page: Page, path: Path) -> None:
    page.goto(f"{BASE}/inventory/bring/")
    page.get_by_label("Drop files here, or choose them").set_input_files(path)
    page.get_by_role("button", name="See what is in them").click()
    expect(page.get_by_text("Every row is counted once")).to_be_visible(timeout=LONG)


def _count(page: Page, words: str) -> int:
    return int(page.locator("dl.tl-sum dt").filter(has_text=words).locator("+ dd").inner_text().replace(",", ""))


def _apply(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"Apply [\d,]+ rows?")).click()
    expect(page.get_by_text(re.compile(r"rows? w(as|ere) applied"))).to_be_visible(timeout=LONG)


def test_bad_rows_are_named_cell_by_cell_and_a_repaired_file_takes_their_place(
    page_as: Callable[..., Page], tmp_path: Path
) -> None:
    page = page_as("brookfield")
    bad = tmp_path / "asset list.csv"
    bad.write_text(HEAD + _row("BF-1", "2024-07-15") + _row("BF-2", "not a day") + _row("BF-3", "2024-13-45"))
    _bring(page, bad)
    assert (_count(page, "New"), _count(page, "Refused"), _count(page, "Rows in the file")) == (1, 2, 3)
    errors = page.get_by_role("region", name=re.compile("Refused rows"))
    expect(errors).to_contain_text("not a day")
    expect(errors).to_contain_text("2024-13-45")
    told = [row.locator("td").all_inner_texts() for row in errors.get_by_role("row").all()[1:]]
    assert [(cells[0], cells[1]) for cells in told] == [("3", "Purchase Date"), ("4", "Purchase Date")]
    assert all(cells[-1].strip() for cells in told), "each says what to do"

    with page.expect_download() as fetched:
        page.get_by_role("link", name="as CSV").click()
    assert fetched.value.suggested_filename == "asset list-refused.csv"
    given = Path(fetched.value.path()).read_text("utf-8-sig").splitlines()
    assert len(given) == 3
    assert all(serial in row for serial, row in zip(("BF-2", "BF-3"), given[1:], strict=True))

    good = tmp_path / "asset list repaired.csv"
    good.write_text(bad.read_text().replace("not a day", "2024-08-01").replace("2024-13-45", "2024-08-02"))
    page.get_by_text("Bring a repaired file instead").click()
    page.get_by_label("Repaired file").set_input_files(good)
    page.get_by_role("button", name="Read it instead").click()
    expect(page.get_by_role("region", name=re.compile("Refused rows"))).to_have_count(0, timeout=LONG)
    assert _count(page, "New") == 3
    _apply(page)

    page.get_by_role("link", name="See the inventory").click()
    expect(page.locator(".tl-lead")).to_contain_text("3 devices")
    page.go_back()
    page.get_by_role("button", name="Undo this step").click()
    page.goto(f"{BASE}/inventory/")
    expect(page.locator(".tl-lead")).to_contain_text("No device is known yet")


def test_an_answer_is_given_once_and_remembered_at_the_next_import(
    page_as: Callable[..., Page], tmp_path: Path
) -> None:
    page = page_as("brookfield")
    first = tmp_path / "register 2025.csv"
    first.write_text(HEAD + _row("BF-4", "03/04/2024"))
    _bring(page, first)
    question = page.get_by_role("group", name=re.compile("Purchase Date"))
    question.get_by_role("radio").nth(1).check()
    said = question.get_by_role("radio", checked=True).get_attribute("value")
    page.get_by_role("button", name="Answer and read again").click()
    expect(page.get_by_text("Settled answers")).to_be_visible(timeout=LONG)
    _apply(page)

    second = tmp_path / "register 2026.csv"
    second.write_text(first.read_text() + _row("BF-5", "05/06/2024"))
    _bring(page, second)
    expect(page.get_by_role("group", name=re.compile("Purchase Date"))).to_have_count(0)
    expect(page.get_by_text("Settled answers").locator("xpath=following-sibling::ul")).to_contain_text(str(said))
    assert (_count(page, "New"), _count(page, "Same as before")) == (1, 1)
    page.get_by_role("button", name="Discard").click()
    page.goto(f"{BASE}/history/")
    page.get_by_role("button", name=re.compile("^Undo: ")).click()


def test_a_dropped_file_is_taken_like_a_chosen_one(page_as: Callable[..., Page]) -> None:
    page = page_as("brookfield")
    page.goto(f"{BASE}/inventory/bring/")
    dropped = page.evaluate_handle(
        """(text) => { const carried = new DataTransfer(); carried.items.add(new File([text], "dropped.csv", {type: "text/csv"}));
        return carried; }""",
        HEAD + _row("BF-6", "2024-07-15"),
    )
    page.dispatch_event("[data-tl-drop]", "drop", {"dataTransfer": dropped})
    expect(page.get_by_text("Every row is counted once")).to_be_visible(timeout=LONG)
    expect(page.locator(".tl-sub")).to_contain_text("dropped.csv")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("row").filter(has_text="dropped.csv").first).to_contain_text("Discarded")
