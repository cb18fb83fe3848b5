from decimal import Decimal
from pathlib import Path

from tests.importers.records.tables import codes, read_text, records

HEAD = "Employee Name,Employee ID,Position,FTE,School,Salary and Benefits,TCO Code,Date of Birth\n"


def test_one_row_per_employee_is_added_up_by_site_and_role_without_a_name(tmp_path: Path) -> None:
    text = HEAD + "".join(
        f'Ada Zyxwvuta,E-{n},Field Technician,{fte},Oak Street,"$82,000",D4.1,1980-01-0{n}\n'
        for n, fte in ((1, "1.0"), (2, "0.5"))
    )
    outcome = read_text(tmp_path, text)
    (staff,) = records(outcome, "staffing")
    assert (staff.site, staff.role, staff.fte) == ("oak-street", "field-technician", Decimal("1.5"))
    assert (staff.loaded_salary_cents, staff.category) == (8_200_000, "D4.1")
    assert "Zyxwvuta" not in repr(outcome)
    assert {item.column for item in outcome.dropped_columns} == {"Employee Name", "Employee ID", "Date of Birth"}


def test_a_position_without_a_salary_is_a_position_and_costs_nothing_known(tmp_path: Path) -> None:
    (staff,) = records(read_text(tmp_path, "Role,FTE\nCoach,2\n"), "staffing")
    assert (staff.site, staff.fte, staff.loaded_salary_cents) == ("DISTRICT", 2, None)


def test_two_salaries_of_one_role_at_one_site_are_refused(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "Role,FTE,Salary\nCoach,1,60000\nCoach,1,70000\nCoach,-1,60000\n,1,60000\n")
    assert (outcome.accepted, outcome.rejected) == (1, 3)
    assert "TL-REC-071" in codes(outcome)


def test_a_list_without_full_time_equivalents_is_refused_and_a_roster_is_not_claimed(tmp_path: Path) -> None:
    assert read_text(tmp_path, "Role,Site\nCoach,Oak\n", hints={"importer": "staffing_list"}).is_refused
    roster = "sourcedId,status,enabledUser,orgSourcedIds,role,username,grades\nT,,true,E,teacher,t,\n"
    assert read_text(tmp_path, roster).importer != "staffing_list"
