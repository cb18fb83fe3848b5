"""What nobody needs any more goes after its period and not a day before; the log, adopted versions and public pages never go."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.invitations import accept, invite
from throughline.web.accounts.links import make_link
from throughline.web.accounts.models import Invitation, OneTimeLink, User
from throughline.web.audit.models import Entry
from throughline.web.config.paths import data_folder
from throughline.web.config.retention import PERIODS, kept
from throughline.web.districts.models import District
from throughline.web.jobs import jobs
from throughline.web.jobs.models import DONE, QUEUED, Job
from throughline.web.ops import retention
from throughline.web.planning import store
from throughline.web.publishing import publish
from throughline.web.publishing.models import PREPARED, PUBLISHED, RETURNED, Snapshot
from throughline.web.teamwork import versions

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_long_work_goes_with_its_result_and_what_waits_stays(home: District) -> None:
    with within_district(home.pk):
        ages = [("a", DONE, kept("jobs") + DAY), ("b", DONE, kept("jobs") - DAY), ("c", QUEUED, kept("jobs") * 9)]
        for key, state, age in ages:
            made = jobs.start("run", key)
            Job.objects.filter(pk=made.pk).update(state=state, ended_at=None if state == QUEUED else NOW - age)
    found = retention.remove(NOW)
    with within_district(home.pk):
        assert sorted(Job.objects.values_list("key", flat=True)) == ["b", "c"]
    assert found["jobs"] == 1
    entry = Entry.objects.get(action="retention.swept")
    assert (entry.actor, entry.chain_id, entry.facts) == ("server", 0, {"jobs": 1})


def test_used_withdrawn_and_stale_links_go_and_open_ones_stay(home: District) -> None:
    user = User.objects.create_user("kim@home.example", None)
    for email in ("kim@home.example", "gone@home.example", "open@home.example"):
        invite(email, "board", None, district=home)
    accept(Invitation.objects.get(email="kim@home.example"), user)
    Invitation.objects.filter(email="gone@home.example").update(withdrawn_at=timezone.now())
    make_link("setup")
    assert retention.remove(timezone.now() + kept("links") - DAY)["links"] == 0
    assert retention.remove(timezone.now() + kept("links") + DAY)["links"] == 3
    assert [one.email for one in Invitation.objects.all()] == ["open@home.example"]
    assert not OneTimeLink.objects.exists()
    assert retention.remove(timezone.now() + kept("links") + timedelta(days=9))["links"] == 1


def test_expired_sessions_go_and_live_ones_stay(db: None) -> None:
    user = User.objects.create_user("kim@home.example", None)
    Session.objects.create(session_key="old", session_data="", expire_date=NOW - DAY)
    Session.objects.create(session_key="live", session_data="", expire_date=NOW + DAY)
    for name, age in (("old", kept("sessions") + DAY), ("live", DAY)):
        UserSession.objects.create(user=user, ip="127.0.0.1", user_agent="", session_key=name, data={})
        UserSession.objects.filter(session_key=name).update(last_seen_at=NOW - age)
    assert retention.remove(NOW)["sessions"] == 1
    assert [one.session_key for one in Session.objects.all()] == ["live"]
    assert [one.session_key for one in UserSession.objects.all()] == ["live"]


def test_returned_drafts_of_public_pages_go_with_their_files_and_what_was_public_stays(
    home: District, cast: dict[str, User]
) -> None:
    admin, cabinet = cast["district_admin"], cast["cabinet"]
    with within_district(home.pk):
        with acting(Actor(admin.email, admin.pk)):
            store.open_district(home)
            version = versions.adopt(home, "", date(2026, 6, 16))
            shown = publish.prepare(home, version, [], False)
        with acting(Actor(cabinet.email, cabinet.pk)):
            publish.approve(shown)
        with acting(Actor(admin.email, admin.pk)):
            draft = publish.prepare(home, version, [], True)
        alone = publish.public_folder(home) / f"{'0' * 64}.html"
        alone.write_bytes(b"x")
        Snapshot.objects.filter(pk=draft.pk).update(page="0" * 64)
        now, long_ago = timezone.now(), timezone.now() - kept("drafts") - DAY
        assert publish.remove_drafts(home, now) == 0
        assert Snapshot.objects.get(pk=draft.pk).state == PREPARED
        Snapshot.objects.filter(pk=draft.pk).update(prepared_at=long_ago)
        assert publish.remove_drafts(home, now) == 0
        assert Snapshot.objects.get(pk=draft.pk).state == RETURNED
        Snapshot.objects.filter(pk=draft.pk).update(ended_at=long_ago)
        assert publish.remove_drafts(home, now) == 1
        assert not alone.exists()
        row = Snapshot.objects.get()
        assert (row.pk, row.state) == (shown.pk, PUBLISHED)
        assert publish.stored(home, row.page, "html")
        assert publish.stored(home, row.data, "json")


def test_files_of_deliveries_go_by_the_clock_and_not_only_when_the_next_arrives(
    home: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(retention, "remove_old", lambda district, now: asked.append((district.pk, now)) or 3)
    assert retention.remove(NOW)["uploads"] == 3
    assert asked == [(home.pk, NOW)]


def test_it_happens_once_a_day(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    (data_folder() / retention.RECORD).unlink(missing_ok=True)
    assert retention.daily(date(2027, 3, 1)) is not None
    assert retention.daily(date(2027, 3, 1)) is None
    assert retention.daily(date(2027, 2, 28)) is None, "a clock that was set back sweeps nothing twice"
    assert retention.daily(date(2027, 3, 2)) is not None
    (data_folder() / retention.RECORD).unlink()


def test_what_a_killed_process_left_in_temporary_folders_goes_after_a_day(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    for name, age in (("throughline-upload-a", 2), ("throughline-upload-b", 0), ("something-else", 2)):
        (tmp_path / name).mkdir()
        at = datetime.now(UTC).timestamp() - age * 86_400
        os.utime(tmp_path / name, (at, at))
    retention.remove(datetime.now(UTC))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["something-else", "throughline-upload-b"]


def test_entries_of_the_log_are_in_no_period(home: District) -> None:
    assert "log" not in " ".join(PERIODS).replace("logo", "")
    before = list(Entry.objects.values_list("pk", flat=True))
    retention.remove(NOW + timedelta(days=36_500))
    assert set(before) <= set(Entry.objects.values_list("pk", flat=True))


def test_periods_come_from_the_environment_and_a_wrong_one_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THROUGHLINE_KEEP_JOBS_DAYS", "90")
    assert kept("jobs") == timedelta(days=90)
    for wrong in ("0", "-1", "ten", "99999"):
        monkeypatch.setenv("THROUGHLINE_KEEP_JOBS_DAYS", wrong)
        with pytest.raises(ValueError, match="THROUGHLINE_KEEP_JOBS_DAYS"):
            kept("jobs")
    done = subprocess.run(
        [sys.executable, "-m", "throughline.cli.main", "doctor"], env=os.environ | {"THROUGHLINE_KEEP_UPLOADS_DAYS": "soon"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "write a number of days" in done.stderr


def test_the_guide_names_every_period_with_its_default() -> None:
    guide = (Path(__file__).parents[2] / "docs/guides/what-is-kept-how-long.md").read_text(encoding="utf-8")
    for name, period in PERIODS.items():
        assert f"| {period.words} | {period.days} | `{period.variable(name)}` |" in guide
