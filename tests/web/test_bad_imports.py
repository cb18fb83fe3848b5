"""Every case of the bad-input table through the pages: upload, preview, answer, apply. Never an error of the server.

One district for all; the cases are brought twenty files at a time, as a person may bring them, and each is looked at alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.importers.cases.case import Case
from tests.web import bad_files, bad_page
from tests.web.bad_files import ALL, ELSEWHERE, FORMATS, NOT_APPLICABLE
from tests.web.bringing import apply, bring, look, read_fast, shown_of, tell
from throughline.engine.plan.district import District as DistrictRecord
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import Membership, User
from throughline.web.districts.models import District
from throughline.web.intake.limits import MOST_FILES
from throughline.web.planning import store

pytestmark = pytest.mark.django_db
CASES = bad_files.every_case()
KIND = "generic_inventory"  # what a person says of a file that nothing recognizes
ACTIVE = ("<script>alert", "<svg onload", "<svg xmlns")  # never as markup in a page
PARTS = ("created", "updated", "unchanged", "rejected", "blank")


@dataclass(frozen=True)
class Seen:
    """What the page showed of one file, before and after its question was answered."""

    first: dict[str, Any]
    after: dict[str, Any]
    page: str


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[District, Client]]:
    """One district for the module, rolled back at its end."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        read_fast(patch)
        home = District.objects.create(slug="home", name="Home")
        user = User.objects.create_user("leader@home.example", None)
        Membership.objects.create(user=user, district=home, role="tech_leader")
        with within_district(home.pk):
            store.begin(home, DistrictRecord("home", "Home", "NJ", 7))
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user)
        session = client.session
        session["has second factor"] = True
        session.save()
        yield home, client
        transaction.set_rollback(True)


def _batches(cases: list[Case]) -> Iterator[list[Case]]:
    """Twenty at a time; those that ask stand together, since an answer has a whole delivery read again."""
    for group in (
        [case for case in cases if case.expected == "ask"],
        [case for case in cases if case.expected == "F"],
        [case for case in cases if case.expected not in ("ask", "F")],
    ):
        for start in range(0, len(group), MOST_FILES):
            yield group[start : start + MOST_FILES]


def _answers(cases: list[Case], shown: list[dict[str, Any]]) -> dict[str, str]:
    """What a person answers: the case's own answer, and the kind of list where it was asked."""
    told = {}
    for position, (case, one) in enumerate(zip(cases, shown, strict=True)):
        asked = {question["id"] for question in one["questions"]}
        if "importer" in asked:
            told[f"f{position}:importer"] = KIND
        if case.ask in asked:
            told[f"f{position}:{case.ask}"] = case.answer
    return told


@pytest.fixture(scope="module")
def seen(district: tuple[District, Client]) -> dict[str, Seen]:
    home, client = district
    found: dict[str, Seen] = {}
    for cases in _batches(CASES):
        made = bring(client, home, *((case.name, case.content()) for case in cases))
        shown = shown_of(home, made)
        while told := {k: v for k, v in _answers(cases, shown).items() if k.endswith(":importer")}:
            tell(client, made, told)
            shown = shown_of(home, made)
        page = look(client, made)
        told, after = _answers(cases, shown), shown
        if told:
            tell(client, made, told)
            after = shown_of(home, made)
        for case, first, then in zip(cases, shown, after, strict=True):
            found[f"{case.id} {case.title}"] = Seen(first, then, page)
        client.post(f"/d/home/inventory/bring/{made.ref}/discard")
    return found


def _severities(shown: dict[str, Any]) -> set[str]:
    return {item["severity"] for item in (*shown["cells"], *shown["notes"])}


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.id} {case.title}") for case in CASES])
def test_a_bad_file_ends_as_the_table_says(case: Case, seen: dict[str, Seen]) -> None:
    one = seen[f"{case.id} {case.title}"]
    shown = one.first
    for item in (one.first, one.after):
        assert item["counts"]["lines_read"] == sum(item["counts"][name] for name in PARTS)
    assert not any(markup in one.page for markup in ACTIVE)
    good = 3 if case.accepted is None else case.accepted
    match case.expected:
        case "F":
            assert shown["status"] == "refused"
            assert any(note["remedy"] for note in shown["notes"])
        case "ask":
            question = next(item for item in shown["questions"] if item["id"] == case.ask)
            assert question["blocking"]
            assert question["words"] in one.page or "&" in one.page
            assert not any(item["blocking"] for item in one.after["questions"])
            assert one.after["ready"] == good
        case "R":
            assert shown["counts"]["rejected"] == 1
            (cell,) = [item for item in shown["cells"] if item["code"] == case.code]
            assert cell["row"] == (case.row or cell["row"])
            assert cell["remedy"]
        case "W":
            assert "error" not in _severities(shown)
            assert "warning" in _severities(shown)
            assert shown["ready"] == good
        case "A":
            assert not {"error", "warning"} & _severities(shown)
            assert shown["ready"] == good


ONE_OF_EACH = list({(case.id, case.expected): case for case in CASES if case.expected != "F"}.values())


@pytest.mark.parametrize("cases", list(_batches(ONE_OF_EACH)))
def test_what_is_good_of_them_is_applied_in_one_step_and_undone(
    cases: list[Case], district: tuple[District, Client]
) -> None:
    home, client = district
    made = bring(client, home, *((case.name, case.content()) for case in cases))
    while told := _answers(cases, shown_of(home, made)):
        tell(client, made, told)
    assert "Applied in one step" in apply(client, made)
    assert {item["status"] for item in shown_of(home, made)} <= {"applied", "unchanged"}
    with within_district(home.pk):
        snapshot = store.open_district(home).plan.snapshot
        assert snapshot is not None
        assert snapshot.rows >= 3
        store.undo(home)
        assert store.open_district(home).plan.snapshot is None


def test_every_case_of_the_table_is_tested_in_both_formats_or_says_why_not() -> None:
    tested = {(case.id, case.name.rpartition(".")[2]) for case in CASES}
    tested |= ELSEWHERE.keys()
    table = {(name, kind) for name in ALL for kind in FORMATS}
    assert len(ALL) == 84
    assert tested | NOT_APPLICABLE.keys() == table
    assert not tested & NOT_APPLICABLE.keys()
    assert all(len(reason) > 20 for reason in NOT_APPLICABLE.values())


def test_the_page_on_bad_input_has_the_whole_table_as_it_is_tested() -> None:
    assert bad_page.PAGE.read_text(encoding="utf-8") == bad_page.page(), "run python -m tests.web.bad_page"
