"""Records: a fund that moves the plan's sentence, two people at one record, and everything by keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.watching import Watch

BASE = "/d/larkhollow"


def _levy_of(page: Page, year: str) -> None:
    """Open the levy's money of a year, as someone would: search, then the line of the year."""
    page.goto(f"{BASE}/records/")
    page.get_by_role("link", name="Money in funds").click()
    page.get_by_role("searchbox").fill("Permanent improvement")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("row").filter(has_text=year).get_by_role("link").click()


def _sentence(page: Page) -> str:
    page.goto(f"{BASE}/")
    return page.locator(".tl-lead").inner_text().replace("\u00a0", " ")


def _undo(page: Page) -> None:
    page.goto(f"{BASE}/history/")
    page.get_by_role("button", name="Undo:").click()


def test_a_business_officer_gives_a_fund_more_money_and_the_plans_sentence_says_so(
    page_as: Callable[..., Page],
) -> None:
    page = page_as("business_office")
    before = _sentence(page)
    assert "$2.45 million is not" in before
    _levy_of(page, "2030")
    amount = page.get_by_label("Amount")
    expect(amount).to_have_value("310000.00")
    amount.fill("$2,500,000")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved the")).to_be_visible()

    after = _sentence(page)
    assert "$2.45 million is not" not in after
    assert any(cost in after for cost in ("$24.96 million", "$25.0 million")), "money changes nothing about the cost"
    _undo(page)
    assert _sentence(page) == before


def test_an_amount_nobody_can_read_is_refused_beside_its_field_and_what_was_typed_stays(
    page_as: Callable[..., Page], watch: Watch
) -> None:
    page = page_as("business_office")
    _levy_of(page, "2031")
    page.get_by_label("Amount").fill("about three hundred")
    with watch.expecting(422):
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".tl-error")).to_be_visible()
    expect(page.get_by_label("Amount")).to_have_value("about three hundred")


def test_two_people_change_one_record_and_nobodys_words_are_lost(page_as: Callable[..., Page], watch: Watch) -> None:
    one, two = page_as("business_office"), page_as("tech_leader")
    address = f"{BASE}/records/goals/edit/safety/"
    one.goto(address)
    two.goto(address)
    one.get_by_label("Measure", exact=True).fill("hours without core systems, per school year")
    one.get_by_role("button", name="Save").click()
    expect(one.get_by_text("Saved the")).to_be_visible()

    # another field: both changes stand
    two.get_by_label("Target", exact=True).fill("under 6 hours by 2029")
    two.get_by_role("button", name="Save").click()
    expect(two.get_by_text("Saved the")).to_be_visible()
    two.goto(address)
    expect(two.get_by_label("Measure", exact=True)).to_have_value("hours without core systems, per school year")

    # the same field: the second person sees both words and chooses
    one.goto(address)
    one.get_by_label("Target", exact=True).fill("under 4 hours by 2029")
    one.get_by_role("button", name="Save").click()
    expect(one.get_by_text("Saved the")).to_be_visible()
    two.get_by_label("Target", exact=True).fill("under 5 hours by 2029")
    with watch.expecting(422):
        two.get_by_role("button", name="Save").click()
        expect(two.get_by_role("heading", name="Someone else changed this meanwhile")).to_be_visible()
    beside = two.locator(".tl-conflict")
    expect(beside).to_contain_text("under 4 hours by 2029")
    expect(beside).to_contain_text("under 5 hours by 2029")
    two.get_by_role("button", name="Save").click()
    expect(two.get_by_text("Saved the")).to_be_visible()
    one.goto(address)
    expect(one.get_by_label("Target", exact=True)).to_have_value("under 5 hours by 2029")
    for _ in range(4):
        _undo(one)


def test_without_a_mouse_one_reaches_a_form_by_skip_link_and_menu_and_saves_it(page_as: Callable[..., Page]) -> None:
    page = page_as("business_office")
    page.goto(f"{BASE}/")
    _skip(page)
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/records/")
    _skip(page)
    _tab_to(page, "Goals")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/goals/")
    _skip(page)
    _tab_to(page, "Safe and reliable systems")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/safety/")
    _skip(page)
    _tab_to(page, "", "#f-name")
    page.keyboard.press("Control+a")
    page.keyboard.type("Safe and dependable systems")
    _tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved the")).to_be_visible()
    expect(page.get_by_role("link", name="Safe and dependable systems")).to_be_visible()
    _undo(page)


def _skip(page: Page) -> None:
    """The first key reaches the link past the menu."""
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the page")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def _tab_to(page: Page, words: str, selector: str = "") -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "(s) => [document.activeElement.innerText ?? '', s !== '' && document.activeElement.matches(s)]", selector
        )
        if at[1] or (words and at[0].strip() == words):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert outline != "none" or shadow != "none", f"{words or selector} shows no focus"
            return
    raise AssertionError(f"{words or selector} is not reached by Tab")
