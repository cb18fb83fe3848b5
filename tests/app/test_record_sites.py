from datetime import date
from pathlib import Path

import pytest

from throughline.app.import_source import import_files
from throughline.app.plans import new_plan, open_plan
from throughline.engine.plan.plan import Plan

TODAY = date(2026, 11, 22)
SITES = "School Name,Level,Grades\nLincoln Elementary School,Elementary,K-5\nDistrict Office,Office,\n"
PUPILS = "School Year,School,K,1,2\n2026-27,Lincoln Elementary,41,44,39\n2026-27,Pine Academy,30,31,32\n"


def imported(folder: Path, *batches: dict[str, str]) -> Plan:
    root = folder / "plan"
    new_plan(root, "Maple Valley", "NJ")
    for batch in batches:
        paths = []
        for name, text in batch.items():
            (folder / name).write_text(text, encoding="utf-8")
            paths.append(folder / name)
        report = import_files(open_plan(root), paths, TODAY)
        assert all(file.counts.add_up for file in report.files)
    return open_plan(root).plan


def sites(plan: Plan) -> set[str]:
    return {site.id for site in plan.sites}


def test_enrollment_by_school_suggests_the_sites_a_plan_does_not_have(tmp_path: Path) -> None:
    plan = imported(tmp_path, {"enrollment.csv": PUPILS})
    assert sites(plan) == {"lincoln-elementary", "pine-academy"}
    assert plan.site_by_id["pine-academy"].grades == ("K", "1", "2")


@pytest.mark.parametrize("order", [("sites.csv", "enrollment.csv"), ("enrollment.csv", "sites.csv")])
def test_a_school_spelled_differently_is_the_school_of_the_list(order: tuple[str, str], tmp_path: Path) -> None:
    texts = {"sites.csv": SITES, "enrollment.csv": PUPILS}
    plan = imported(tmp_path, {name: texts[name] for name in order})
    assert sites(plan) == {"lincoln-elementary-school", "district-office", "pine-academy"}
    assert {count.site for count in plan.enrollment} == {"lincoln-elementary-school", "pine-academy"}
    assert "2026-lincoln-elementary-school-K" in {count.id for count in plan.enrollment}


def test_a_suggested_site_never_replaces_one(tmp_path: Path) -> None:
    office = SITES.replace("Lincoln Elementary School,Elementary,K-5", "Pine Academy,Mixed,K-8")
    plan = imported(tmp_path, {"sites.csv": office}, {"enrollment.csv": PUPILS})
    assert plan.site_by_id["pine-academy"].grades[-1] == "8"


def test_the_same_enrollment_again_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path, {"sites.csv": SITES, "enrollment.csv": PUPILS})
    (file,) = import_files(open_plan(tmp_path / "plan"), [tmp_path / "enrollment.csv"], TODAY).files
    assert (file.status, file.counts.created, file.counts.updated, file.counts.unchanged) == ("unchanged", 0, 0, 2)
