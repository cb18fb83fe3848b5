from datetime import date
from pathlib import Path

import pytest

from throughline.app.plans import new_plan, open_plan, undo
from throughline.app.set_value import set_values

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("assignments", "words"),
    [
        (["budget=180000"], "set budget"),
        (["district/agenda_number=7.2", "district/meeting_date=2027-03-16"], "set district"),
        (["goals/a/name=A", "goals/a/target=1"], "set goals/a"),
        ([f"goals/g{n}/name=G" for n in range(6)], "set goals/g0, goals/g1, goals/g2, goals/g3 and 2 more"),
    ],
)
def test_a_step_names_the_records_it_set_once_and_not_all_of_many(
    assignments: list[str], words: str, tmp_path: Path
) -> None:
    new_plan(tmp_path / "plan", "Maple Valley", "NJ")
    set_values(open_plan(tmp_path / "plan"), assignments, TODAY)
    assert undo(tmp_path / "plan")[0].what == words
