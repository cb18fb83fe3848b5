"""The programming interface: entrance by token, figures, records with versions, imports, one effect of a repeated call."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.api.models import ApiToken
from throughline.web.api.tokens import make_token
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District
from throughline.web.jobs.attempt import drain
from throughline.web.jobs.models import Job
from throughline.web.planning import store
from throughline.web.planning.models import Revision
from throughline.web.teamwork.models import BuiltDocument

BASE = "/api/v1/districts/home"
ALL = ("read", "write", "import", "build")
Caller = Callable[..., Any]


def _token(home: District, user: User, *verbs: str) -> str:
    with within_district(home.pk), acting(Actor(user.email, user.pk)):
        return make_token(home, user, "test", verbs or ALL, 30)


@pytest.fixture
def call(home: District, cast: dict[str, User]) -> Caller:
    token = _token(home, cast["district_admin"])

    def ask(method: str, path: str, told: Any = None, **headers: str) -> Any:
        return Client(SERVER_NAME="127.0.0.1").generic(
            method,
            BASE + path,
            b"" if told is None else json.dumps(told).encode(),
            "application/json",
            headers={"Authorization": f"Bearer {token}", **headers},
        )

    return ask


def test_figures_are_those_of_the_summary_and_carry_the_plans_version(call: Caller, home: District) -> None:
    call("POST", "/assignments", {"assignments": ["budget=180000"]})
    answer = call("GET", "/plan")
    assert answer.status_code == 200
    assert answer.json()["district"]["name"] == "Home"
    with within_district(home.pk):
        assert answer["ETag"] == f'"{store.open_district(home).manifest.digest[:24]}"'


def test_a_record_is_made_read_changed_and_removed_each_by_its_version(call: Caller) -> None:
    made = call("PUT", "/records/goals/read", {"name": "Every child reads"})
    assert made.status_code == 200, made.content
    assert call("PUT", "/records/goals/read", {"name": "Other"}).status_code == 428
    assert call("PUT", "/records/goals/read", {"name": "Other"}, **{"If-Match": '"old"'}).status_code == 412
    changed = call("PATCH", "/records/goals/read", {"target": "2029"}, **{"If-Match": made["ETag"]})
    assert changed.json()["name"] == "Every child reads"
    assert changed.json()["target"] == "2029"
    assert call("GET", "/records/goals").json()["count"] == 1
    assert call("DELETE", "/records/goals/read", **{"If-Match": changed["ETag"]}).status_code == 200
    assert call("GET", "/records/goals/read").status_code == 404


def test_what_does_not_fit_is_refused_in_words_and_nothing_is_written(call: Caller, home: District) -> None:
    with within_district(home.pk):
        before = Revision.objects.count()
    wrong = [
        ("/records/funds/x", {"name": "X", "kind": "lottery"}, "lottery is not known here"),
        ("/records/goals/x", {"title": "X"}, "unknown title"),
        ("/records/goals/x", {}, "lacks name"),
        ("/records/appropriations/x", {"fund": "general", "fiscal_year": 2028, "cents": 10**20}, "too large"),
        ("/records/contracts/x", {"name": "a\u0000b"}, "control characters"),
    ]
    for path, told, words in wrong:
        answer = call("PUT", path, told)
        assert answer.status_code == 422, (path, answer.content)
        assert words in answer.json()["detail"]
    with within_district(home.pk):
        assert Revision.objects.count() == before


def test_a_repeated_call_with_the_same_key_has_one_effect_and_the_same_answer(call: Caller, home: District) -> None:
    told = {"assignments": ["budget=180000"]}
    first = call("POST", "/assignments", told, **{"Idempotency-Key": "a-1"})
    again = call("POST", "/assignments", told, **{"Idempotency-Key": "a-1"})
    assert first.json() == again.json()
    other = call("POST", "/assignments", {"assignments": ["budget=5"]}, **{"Idempotency-Key": "a-1"})
    assert other.status_code == 422
    with within_district(home.pk):
        assert Revision.objects.count() == 2


def test_a_token_opens_its_district_its_verbs_and_its_time_only(
    home: District, away: District, cast: dict[str, User]
) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    reader = {"Authorization": f"Bearer {_token(home, cast['district_admin'], 'read')}"}
    assert client.get(f"{BASE}/plan", headers=reader).status_code == 200
    assert client.get("/api/v1/districts/away/plan", headers=reader).status_code == 404
    sent = client.put(f"{BASE}/records/goals/x", b'{"name": "X"}', "application/json", headers=reader)
    assert sent.status_code == 403
    assert client.get(f"{BASE}/plan", headers={"Authorization": "Bearer tl_00000000_x"}).status_code == 401
    assert client.get(f"{BASE}/plan").status_code == 401
    with within_district(home.pk):
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"{BASE}/plan", headers=reader).status_code == 401


def test_a_file_is_previewed_then_applied_and_its_lines_add_up(home: District, cast: dict[str, User]) -> None:
    headers = {"Authorization": f"Bearer {_token(home, cast['tech_leader'])}"}
    client = Client(SERVER_NAME="127.0.0.1")

    def send(dry: str) -> Any:
        text = b"school,level\nOak Street School,elementary\n,\nPine School,high\n"
        sent = {"files": SimpleUploadedFile("sites.csv", text), "dry_run": dry}
        return client.post(f"{BASE}/imports", sent, headers=headers)

    preview = send("true").json()
    assert not preview["written"]
    done = send("false").json()
    assert done["written"], done
    counts = done["files"][0]["counts"]
    assert counts["lines_read"] == sum(
        counts[name] for name in ("created", "updated", "unchanged", "rejected", "blank")
    )
    with within_district(home.pk):
        assert {site.name for site in store.open_district(home).plan.sites} == {"Oak Street School", "Pine School"}


def test_a_figure_is_explained_and_a_wrong_selector_says_what_exists(call: Caller) -> None:
    call("POST", "/assignments", {"assignments": ["contracts/a/name=A", "contracts/a/annual_cents=$1,000",
                                                  "contracts/a/category=D2.2", "contracts/a/start=2026-07-01"]})  # fmt: skip
    found = call("GET", "/explain?selector=total").json()
    assert found["cents"] == sum(part["cents"] for part in found["parts"])
    assert call("GET", "/explain?selector=nonsense").status_code == 422


def test_a_run_with_overrides_saves_nothing(call: Caller, home: District) -> None:
    call("POST", "/assignments", {"assignments": ["budget=180000"]})
    order = {"overrides": [{"path": "appropriations/general-fy2028/cents", "value": "0"}]}
    assert call("POST", "/runs", order).status_code == 200
    assert call("POST", "/runs", {"overrides": [{"path": "nowhere/x/y", "value": "0"}]}).status_code == 422
    with within_district(home.pk):
        assert Revision.objects.count() == 2


def test_undo_needs_the_version_of_the_plan(call: Caller) -> None:
    call("POST", "/assignments", {"assignments": ["budget=180000"]})
    assert call("POST", "/undo").status_code == 428
    tag = call("GET", "/plan")["ETag"]
    assert call("POST", "/undo", **{"If-Match": tag}).json()["what"].startswith("undo: set budget")


def test_a_document_is_built_as_long_work_and_stands_in_the_documents_room(call: Caller, home: District) -> None:
    call("POST", "/assignments", {"assignments": ["budget=180000"]})
    asked = call("POST", "/documents/cost_lines/csv", **{"Idempotency-Key": "one"})
    work = asked.json()
    assert (asked.status_code, work["state"], work["documents"]) == (202, "queued", [])
    again = call("POST", "/documents/cost_lines/csv", **{"Idempotency-Key": "one"})
    assert (again.status_code, again.json()["job"]) == (202, work["job"])
    assert work["address"] == f"{BASE}/jobs/{work['job']}"
    drain()
    done = call("GET", f"/jobs/{work['job']}").json()
    assert (done["state"], done["percent"]) == ("done", 100)
    (made,) = done["documents"]
    file = call("GET", made["address"].removeprefix(BASE))
    data = b"".join(file.streaming_content)
    assert sha256(data).hexdigest() == made["digest"]
    assert file["X-Run"] == made["run"] == call("GET", "/plan").json()["run"]["digest"]
    with within_district(home.pk):
        assert BuiltDocument.objects.get().pk == made["number"]
        assert Job.objects.get(kind="documents").pk == work["job"]
        assert Entry.objects.filter(action="document.downloaded").count() == 1
    call("POST", "/assignments", {"assignments": ["budget=190000"]})
    assert [item["stale"] for item in call("GET", "/documents").json()] == [True]


def test_documents_that_do_not_exist_are_not_found(call: Caller) -> None:
    assert call("POST", "/documents/nothing/pdf").status_code == 404
    for path in ("/documents/77", "/jobs/77", f"/documents/{10**30}", f"/jobs/{10**30}"):
        assert call("GET", path).status_code == 404


def test_a_token_that_may_only_build_fetches_what_it_built_and_reads_nothing_else(
    home: District, cast: dict[str, User]
) -> None:
    token = {"Authorization": f"Bearer {_token(home, cast['district_admin'], 'build')}"}
    client = Client(SERVER_NAME="127.0.0.1")
    assert client.post(f"{BASE}/documents/summary_text/txt", headers=token).status_code == 202
    assert client.get(f"{BASE}/documents", headers=token).status_code == 200
    assert client.get(f"{BASE}/plan", headers=token).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_many_writes_on_one_version_one_is_taken(call: Caller) -> None:
    made = call("PUT", "/records/goals/read", {"name": "Read"})

    def write(number: int) -> int:
        try:
            answer = call("PATCH", "/records/goals/read", {"target": str(number)}, **{"If-Match": made["ETag"]})
            return int(answer.status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, range(24)))
    assert sorted(set(answers)) == [200, 412]
    assert answers.count(200) == 1


def test_the_description_of_the_interface_names_every_call() -> None:
    paths = Client(SERVER_NAME="127.0.0.1").get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/districts/{district}/records/{noun}/{record_id}" in paths
