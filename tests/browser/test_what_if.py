"""What if: a lever answers while it moves, is kept as a scenario, and scenarios stand side by side with the plan."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

BASE = "/d/larkhollow"


def _move(page: Page, lever: str, keys: list[str]) -> None:
    """Move a lever as its reader does: open its group, focus it, press keys."""
    knob = page.locator(f"#l-{lever}")
    knob.evaluate(
        "(one) => { for (let at = one.closest('details'); at; at = at.parentElement.closest('details')) at.open = true }"
    )
    knob.focus()
    for key in keys:
        page.keyboard.press(key)


def _keep(page: Page, name: str) -> None:
    page.get_by_label("Name it to keep it").fill(name)
    page.get_by_role("button", name="Keep as scenario").click()
    expect(page.get_by_text(f"{name} is kept")).to_be_visible()


def test_a_moved_lever_answers_is_kept_as_a_scenario_and_compared_side_by_side(page_as: Callable[..., Page]) -> None:
    page = page_as("cabinet")
    page.goto(f"{BASE}/")
    plan = page.locator(".tl-lead").inner_text()
    page.goto(f"{BASE}/refresh/what-if/")
    keys = page.locator("[data-tl-keys]")
    before = keys.inner_text()
    _move(page, "inflation", ["ArrowRight", "ArrowRight"])
    expect(keys).not_to_have_text(before)
    expect(page.locator("#l-inflation").locator("xpath=ancestor::*[@data-tl-lever]")).to_contain_text("Changed. Plan:")
    _keep(page, "Prices rise faster")

    page.goto(f"{BASE}/refresh/what-if/")
    _move(page, "cut-percent", ["ArrowRight"] * 5)
    expect(page.locator("#l-cut-percent").locator("xpath=ancestor::*[@data-tl-lever]")).to_contain_text(
        "Changed. Plan:"
    )
    _keep(page, "Five percent less")

    page.goto(f"{BASE}/refresh/scenarios/")
    page.get_by_label("Prices rise faster").check()
    page.get_by_label("Five percent less").check()
    page.get_by_role("button", name="Compare").click()
    side = page.get_by_role("region", name="Scenarios side by side")
    for name in ("Plan", "Prices rise faster", "Five percent less"):
        expect(side).to_contain_text(name)
    page.goto(f"{BASE}/")
    assert page.locator(".tl-lead").inner_text() == plan, "a scenario changes nothing of the plan"

    page.goto(f"{BASE}/refresh/scenarios/")
    for name in ("Prices rise faster", "Five percent less"):
        page.get_by_role("button", name=f"Discard {name}").click()
        expect(page.get_by_text("Discarded.")).to_be_visible()


def test_an_answer_comes_within_the_blink_of_an_eye(page_as: Callable[..., Page]) -> None:
    page = page_as("cabinet")
    page.goto(f"{BASE}/refresh/what-if/")
    with page.expect_response(lambda answer: "what-if/answer/" in answer.url) as waited:
        _move(page, "inflation", ["ArrowRight"])
    assert waited.value.ok
    figures = waited.value.json()
    assert figures["moved"] == ["inflation"]
