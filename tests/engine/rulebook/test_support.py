from datetime import date

from throughline.engine.refs import PackRef
from throughline.engine.rulebook.catalog import SupportEnd
from throughline.engine.rulebook.support import Standing, disagreement, resolve_support

ORDER = ("admin", "image", "page")
REF = PackRef("support-end/m", "2026-01-01", "list", "V2", "2026-01-01")


def _end(origin: str, as_of: date, end: date | None, *, known_none: bool = False, ended: bool = False) -> SupportEnd:
    return SupportEnd("m", end, known_none, as_of, origin, REF, ended)


ADMIN = _end("admin", date(2025, 12, 1), date(2033, 6, 1))
IMAGE = _end("image", date(2026, 8, 22), date(2035, 6, 6))
PAGE = _end("page", date(2020, 1, 20), date(2026, 6, 1))
SILENT = _end("admin", date(2025, 12, 1), None)


def test_the_first_list_of_the_order_wins_whatever_the_order_of_rows() -> None:
    for rows in ((ADMIN, IMAGE, PAGE), (PAGE, IMAGE, ADMIN)):
        view = resolve_support(rows, ORDER)
        assert (view.standing, view.end, view.chosen) == (Standing.DATED, date(2033, 6, 1), ADMIN)
        assert set(view.others) == {IMAGE, PAGE}


def test_the_newest_day_of_a_list_wins_within_it() -> None:
    earlier = _end("admin", date(2024, 1, 1), date(2030, 6, 1))
    assert resolve_support((ADMIN, earlier), ORDER).chosen == ADMIN


def test_of_two_dates_on_one_day_the_earlier_is_planned_with() -> None:
    later = _end("admin", date(2025, 12, 1), date(2034, 6, 1))
    assert resolve_support((later, ADMIN), ORDER).end == date(2033, 6, 1)


def test_a_list_that_says_nothing_gives_way_to_one_that_does() -> None:
    assert resolve_support((SILENT, PAGE), ORDER).chosen == PAGE


def test_unknown_none_announced_and_ended_are_told_apart() -> None:
    assert resolve_support((), ORDER).standing is Standing.UNKNOWN
    assert resolve_support((SILENT,), ORDER).standing is Standing.UNKNOWN
    none = _end("admin", date(2025, 12, 1), None, known_none=True)
    assert resolve_support((none,), ORDER).standing is Standing.NONE_ANNOUNCED
    over = _end("admin", date(2025, 12, 1), None, ended=True)
    assert resolve_support((over,), ORDER).standing is Standing.ENDED


def test_a_plan_made_on_a_day_uses_what_was_known_that_day() -> None:
    assert resolve_support((ADMIN, IMAGE, PAGE), ORDER, date(2020, 6, 1)).chosen == PAGE
    assert resolve_support((ADMIN, IMAGE, PAGE), ORDER, date(2025, 12, 1)).chosen == ADMIN


def test_late_knowledge_is_used_when_there_is_no_other() -> None:
    assert resolve_support((IMAGE,), ORDER, date(2026, 1, 1)).chosen == IMAGE


def test_lists_that_name_different_months_are_reported() -> None:
    found = disagreement("m", resolve_support((ADMIN, IMAGE), ORDER), 1, 24)
    assert found is not None
    assert found.code == "TL-RULE-011"
    assert found.arguments["chosen_month"] == "2033-06"
    assert found.arguments["other_month"] == "2035-06"


def test_a_month_of_difference_is_no_disagreement() -> None:
    near = _end("image", date(2026, 8, 22), date(2033, 7, 30))
    further = _end("image", date(2026, 8, 22), date(2033, 8, 1))
    assert disagreement("m", resolve_support((ADMIN, near), ORDER), 1, 24) is None
    assert disagreement("m", resolve_support((ADMIN, further), ORDER), 1, 24) is not None


def test_a_day_within_the_month_does_not_matter() -> None:
    same = _end("image", date(2026, 8, 22), date(2033, 6, 30))
    assert resolve_support((ADMIN, same), ORDER).others == ()


def test_a_list_that_was_revised_since_contradicts_nothing() -> None:
    assert disagreement("m", resolve_support((ADMIN, PAGE), ORDER), 1, 24) is None
