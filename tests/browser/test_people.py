"""People: an invited colleague with a passkey, a board member who reads, a neighbour district that stays closed."""

import re
import secrets
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import look
from tests.browser.signing import hold_a_passkey
from tests.browser.watching import Watch

EDITING = re.compile(
    r"^(Save|Apply|Build|Undo|Adopt|Invite|Discard|Remove|Add|Keep|Drop|Prepare|See what is in them)\b"
)


def test_an_invited_colleague_accepts_with_a_passkey_and_signs_in_with_it(
    page_as: Callable[..., Page], visitor: Callable[..., BrowserContext]
) -> None:
    admin = page_as("district_admin")
    admin.goto("/d/larkhollow/people/")
    admin.get_by_label("E-mail address").fill(f"pat-{secrets.token_hex(3)}@larkhollow.example")
    admin.get_by_label("Role", exact=True).select_option("business_office")
    admin.get_by_role("button", name="Invite", exact=True).click()
    link = admin.get_by_label("Link of the invitation").input_value()
    assert "/invitation/" in link

    colleague = visitor().new_page()
    hold_a_passkey(colleague)
    colleague.goto(link)
    expect(colleague.get_by_role("heading", level=1)).to_contain_text("Larkhollow City Schools invites you")
    expect(colleague.get_by_role("main")).to_contain_text(re.compile("business office", re.IGNORECASE))
    colleague.get_by_label("Your name").fill("Pat Moreno")
    colleague.get_by_role("button", name="Accept with a passkey").click()
    colleague.get_by_label("Name of this passkey").fill("Office laptop")
    colleague.get_by_role("button", name="Add the passkey").click()
    colleague.wait_for_url(lambda address: "/webauthn/add" not in address)

    colleague.goto("/account/security/")
    expect(colleague.get_by_role("main")).to_contain_text("signs in with 1 passkey")
    assert look(colleague) == []
    colleague.goto("/account/logout/")
    colleague.get_by_role("main").get_by_role("button", name="Sign out").click()
    colleague.goto("/d/larkhollow/")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Sign in")
    colleague.get_by_role("button", name="Sign in with a passkey").click()
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Plan")
    expect(colleague.locator(".tl-top")).to_contain_text("Pat Moreno")


def test_a_board_member_reads_every_room_and_is_offered_nothing_to_change(
    page_as: Callable[..., Page], watch: Watch
) -> None:
    page = page_as("board")
    page.goto("/d/larkhollow/")
    rooms = page.locator(".tl-side .tl-nav a").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    assert len(rooms) >= 7, rooms
    for address in [
        *rooms,
        "/d/larkhollow/records/funds/",
        "/d/larkhollow/records/funds/edit/general/",
        "/d/larkhollow/history/",
    ]:
        page.goto(address)
        offered = page.get_by_role("main").locator("button, input[type=submit], a.btn").all_inner_texts()
        assert [words for words in offered if EDITING.search(words.strip())] == [], address

    page.goto("/d/larkhollow/records/funds/edit/general/")
    before = page.locator("#f-name").input_value()
    token = page.evaluate("JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken']")
    for address, told in (
        ("/d/larkhollow/records/funds/edit/general/", {"name": "Mine now"}),
        ("/d/larkhollow/settings/budget/", {"amount": "$1"}),
        ("/d/larkhollow/undo/", {}),
        ("/d/larkhollow/documents/build/", {"document": "board_packet.pdf"}),
    ):
        answer = page.request.post(address, form={"csrfmiddlewaretoken": token, **told}, headers={"Referer": page.url})
        assert answer.status == 403, address
    page.reload()
    expect(page.locator("#f-name")).to_have_value(before)


def test_a_technology_leader_finds_no_trace_of_another_district(page_as: Callable[..., Page], watch: Watch) -> None:
    page = page_as("tech_leader")
    page.goto("/")
    expect(page.locator(".tl-district")).to_have_text("Larkhollow City Schools")  # the only district opens by itself
    assert "Quillfern" not in page.content()
    with watch.expecting(404):
        for path in (
            "",
            "funds/",
            "inventory/devices/",
            "documents/1/",
            "documents/1/download/",
            "records/funds/",
            "audit/",
            "jobs/1/",
        ):
            closed = page.goto(f"/d/quillfern/{path}")
            assert closed is not None
            there = closed.text()
            absent = page.goto(f"/d/no-such-district/{path}")
            assert absent is not None
            assert (closed.status, absent.status) == (404, 404), path
            assert "Quillfern" not in there
