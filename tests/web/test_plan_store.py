"""A plan in the database is the plan of a folder: same digest, one step at a time, each of which can be taken back."""

from datetime import date
from pathlib import Path

import pytest

from throughline.app.plans import new_plan, open_plan
from throughline.app.recipe import play_into, read_recipe, sample_folder
from throughline.app.records import FolderError
from throughline.app.run_plan import run_plan
from throughline.app.set_value import set_values
from throughline.web.access.scope import NoScopeError, within_district
from throughline.web.audit.verify import verify
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead, RecordChange, Revision

DAY = date(2026, 7, 1)


def test_the_same_steps_give_the_same_digest_in_a_folder_and_in_the_database(home: District, tmp_path: Path) -> None:
    source = sample_folder().parent / "quillfern"
    recipe = read_recipe(source)
    folder = play_into(source, new_plan(tmp_path / "plan", "Home", "NJ", 7))
    with within_district(home.pk):
        kept = play_into(source, store.open_district(home))
        store._plans.clear()
        read = store.open_district(home)
        assert run_plan(read, recipe["as_of"]).digest == run_plan(open_plan(folder.root), recipe["as_of"]).digest
    assert kept.manifest.digest == folder.manifest.digest == read.manifest.digest


def test_a_step_is_undone_and_the_undoing_stays_in_the_history(home: District) -> None:
    with within_district(home.pk):
        before = store.open_district(home)
        set_values(before, ["budget=180000"], DAY)
        set_values(store.open_district(home), ["funds/levy/kind=levy", "funds/levy/name=Levy"], DAY)
        store.undo(home)
        store._plans.clear()
        after = store.open_district(home)
        assert [fund.id for fund in after.plan.funds] == ["general"]
        store.undo(home)
        store._plans.clear()
        assert store.open_district(home).manifest.digest == before.manifest.digest
        with pytest.raises(FolderError, match="nothing to undo"):
            store.undo(home)
        assert [r.undone_by for r in Revision.objects.order_by("number")] == [None, 5, 4, None, None]
        assert list(verify(home.pk)) == []


def test_who_read_an_older_plan_writes_nothing(home: District) -> None:
    with within_district(home.pk):
        stale = store.open_district(home)
        set_values(store.open_district(home), ["budget=180000"], DAY)
        number = PlanHead.objects.get().number
        with pytest.raises(FolderError, match="changed by someone else"):
            set_values(stale, ["budget=5"], DAY)
        assert PlanHead.objects.get().number == number


def test_rows_of_another_district_are_never_seen(home: District, away: District) -> None:
    with within_district(home.pk):
        set_values(store.open_district(home), ["budget=180000"], DAY)
        assert RecordChange.objects.count() > 1
    with within_district(away.pk):
        assert RecordChange.objects.count() == 1
        assert store.open_district(away).plan.funds == ()
    with pytest.raises(NoScopeError):
        RecordChange.objects.count()
